//! X.509 certificates for pilots and tests.
//!
//! - [`Template`]: what a certificate shall say; its presets are right for one use each, and every field can be changed
//!   afterwards, so that a test can make a certificate that is wrong in exactly one way
//! - [`Subject`], [`Validity`], [`AuthorityKeyId`], [`Extension`]: the parts of a template
//! - [`Authority`]: a certificate with its key, which issues others
//! - [`keys`]: private keys as text, for a folder of test keys

mod assemble;
mod authority;
pub mod keys;
mod template;

pub use authority::Authority;
pub use template::{AuthorityKeyId, Extension, Subject, Template, Validity};
