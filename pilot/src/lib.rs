//! The rest of the world for pilots and tests: demo issuers, verifiers, and what they need to speak to a wallet.
//!
//! The binary `pilot` is a thin command line over this library, so that a test or the tour can run the same servers in
//! one process.
//!
//! - [`cli`]: the command line
//! - [`issuer`]: the demo issuers
//! - [`error`]: why a server did not start
//! - [`http`]: the HTTP port of the wallet core on ureq, and an HTTPS server on axum
//! - [`pki`]: the test certificates, a folder of PEM files
//! - [`tour`]: everybody at once, playing the main job
//! - [`verifier`]: the demo verifiers
//! - [`wallet`]: the command-line wallet
//! - [`words`]: texts in English and French
//! - [`time`]: what time it is
#![forbid(unsafe_code)]

pub mod cli;
pub mod error;
pub mod http;
pub mod issuer;
pub mod pki;
pub mod time;
pub mod tour;
pub mod verifier;
pub mod wallet;
pub mod words;
