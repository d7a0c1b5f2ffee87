//! CBOR from outside (RFC 8949), strict, and read where it lies.
//!
//! What is signed or hashed is never encoded again: [`check()`] judges the bytes once, [`Reader`] then borrows from
//! them, and [`Writer`] makes only what is the wallet's own to say. Ints and lengths longer than needed are accepted
//! and kept, because issuers in use write them and the digests are over the bytes as they came.

mod check;
mod head;
mod json;
mod reader;
mod writer;

pub use check::check;
pub use json::to_json;
pub use reader::{Embedded, Reader};
pub use writer::Writer;

/// Tag of a date and time as text (RFC 8949 3.4.1), `tdate` in CDDL.
pub const TAG_TDATE: u64 = 0;
/// Tag of a byte string that holds one encoded item (RFC 8949 3.4.5.1).
pub const TAG_EMBEDDED: u64 = 24;
/// Tag of a calendar date as text (RFC 8943), `full-date` in ISO 18013-5.
pub const TAG_FULL_DATE: u64 = 1004;
