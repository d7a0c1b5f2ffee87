//! The issuer's side of an mdoc (ISO 18013-5 9.1.2): elements in, a signed IssuerSigned out.
//!
//! [`IssuerSignedBuilder`] makes correct mdocs. A test that needs one which is wrong in a single thing asks for that
//! [`Deviation`]; everything else, digests and signature included, then still fits.

mod builder;
mod deviation;
mod value;

pub use builder::IssuerSignedBuilder;
pub use deviation::{Deviation, ElementDeviation};
pub use value::ElementValue;
