//! The rest of the world for pilots and tests: demo issuers, verifiers, and what they need to speak to a wallet.
//!
//! The binary `pilot` is a thin command line over this library, so that a test or the tour can run the same servers in
//! one process.
//!
//! - [`http`]: the HTTP port of the wallet core on ureq, and an HTTPS server on axum
//! - [`pki`]: the test certificates, a folder of PEM files
//! - [`time`]: what time it is
#![forbid(unsafe_code)]

pub mod http;
pub mod pki;
pub mod time;
