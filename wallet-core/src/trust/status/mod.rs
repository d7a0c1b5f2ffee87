//! Whether a credential still counts (Token Status List; EU-46): its issuer publishes a list, the credential names a place in
//! it.
//!
//! | file | concept |
//! | --- | --- |
//! | `reference` | the place that a credential names |
//! | `list` | the list itself: inflated, and looked up |
//! | `token` | the signed form in which a list comes, verified |
//!
//! Identifier lists (ISO 18013-5, second edition) are not read: a credential that names nothing else names no list here.

mod list;
mod reference;
#[cfg(test)]
mod tests;
mod token;

pub use list::{Bits, Status, StatusList};
pub use reference::StatusReference;
#[cfg(feature = "issuer")]
pub(crate) use token::labels;
pub use token::{ACCEPT, CWT_TYPE, JWT_TYPE, StatusListToken, verify};
