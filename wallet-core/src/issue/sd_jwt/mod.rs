//! Builds SD-JWT VCs (RFC 9901 4; SD-JWT VC 2; HAIP 1.0 6.1).
//!
//! [`Builder`] takes the claims and which of them are selectively disclosable; [`Unsigned`] is the credential before
//! its signature, open to every change, so that a test can break exactly one thing; [`Unsigned::sign`] ends it.

mod builder;
mod conceal;
mod unsigned;

pub use builder::Builder;
pub use conceal::{element_disclosure, property_disclosure};
pub use unsigned::Unsigned;
