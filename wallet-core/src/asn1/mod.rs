//! X.509 certificates (RFC 5280), read but not judged: what a certificate says is here, what it may do is in
//! [`trust`](crate::trust).
//!
//! - [`Certificate`]: one certificate, with the bytes as they came; [`parse_chain`]: an `x5c` or `x5chain`
//! - [`Name`]: a subject or issuer, as bytes to compare and as words to show
//! - [`BasicConstraints`], [`KeyUsage`], [`Purposes`]: the extensions that a path check looks at
//! - [`pem`]: the text form in which people hand certificates around
//! - [`oid`]: the object identifiers that the core knows

mod certificate;
mod extensions;
mod name;
pub mod oid;
pub mod pem;
#[cfg(test)]
mod tests;

pub use certificate::{Certificate, parse_chain};
pub use extensions::{BasicConstraints, KeyUsage, Purposes};
pub use name::Name;
