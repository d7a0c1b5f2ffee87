//! Whether a credential still counts: what the issuer publishes, and what the verifier makes of it (Token Status List;
//! EU-46).
//!
//! - `publishing`: the places in what was issued, and the lists
//! - `checking`: presentations whose credential was revoked, suspended, or cannot be looked up
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../common/mod.rs"]
mod common;

mod checking;
mod publishing;
