//! The command-line wallet as scripts drive it: the program itself in processes of its own, against the pilot's own
//! issuers and verifiers in theirs, over https.
//!
//! - `server`: an issuer or verifier that ends with this program
//! - `wallet`: a wallet's folder, and what the wallet says
//! - `world`: the servers and the folder that the tests share
//! - `relay`: stands before a server and spoils one answer
//!
//! The wire is the business of `wallet-core/tests/flows` and `tests/interop`. Here it is the contract of the command:
//! what is printed, how it ends, what the next process finds, and what the history says after a server misbehaved or
//! the wallet was killed.
#![cfg(target_os = "linux")] // the relay needs a second loopback address
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice
)]

#[path = "../common/mod.rs"]
mod common;

mod relay;
mod server;
mod wallet;
mod world;

mod backup;
mod bad_issuers;
mod bad_verifiers;
mod declining;
mod deleting;
mod guards;
mod history;
mod holding;
mod killed;
mod migrating;
mod plain_http;
mod presenting;
mod receiving;
mod registration;
mod requests;
mod statuses;
mod trust;
mod usage;
mod vault;
