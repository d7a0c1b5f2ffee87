//! Whole flows through the façade, against an issuer and a verifier that are right, or wrong in exactly one thing.
//!
//! The network is in memory: every message is made and read here with the core's issuer and verifier features, and
//! each call can be looked at, changed, or used as the instant at which the phone dies.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    missing_docs,
    unreachable_pub
)]

mod answers;
mod guards;
mod happy;
mod kills;
mod moving;
mod receiving;
mod requests;
mod rules;
mod vault;
mod world;
