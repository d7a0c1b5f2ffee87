//! COSE, only COSE_Sign1 with ES256 and keys on P-256 (RFC 9052, RFC 9053).
//!
//! Read in place over [`cbor`](crate::cbor): a signed structure is never copied or encoded again, and a wallet that
//! presents an mdoc does not read the issuer's COSE at all.

mod header;
pub mod key;
mod sign1;
mod unsigned;

pub use sign1::Sign1;
pub use unsigned::{Payload, Unsigned, alg_header, x5chain_header};

/// ECDSA with SHA-256, on any curve by its old registration (RFC 9053 2.1).
pub const ALG_ES256: i64 = -7;
/// ECDSA with SHA-256 on P-256 (RFC 9864 2.1): the same bytes as [`ALG_ES256`] with a P-256 key (EU-9).
pub const ALG_ESP256: i64 = -9;

/// Tag of a COSE_Sign1 where the context does not say what it is (RFC 9052 2).
pub const TAG_COSE_SIGN1: u64 = 18;

/// Header label `alg` (RFC 9052 3.1).
pub const LABEL_ALG: i64 = 1;
/// Header label `typ` (RFC 9596 2).
pub const LABEL_TYP: i64 = 16;
/// Header label `x5chain` (RFC 9360 2).
pub const LABEL_X5CHAIN: i64 = 33;
