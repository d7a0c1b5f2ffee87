//! Verifies an SD-JWT VC presentation: issuer, disclosures, validity, and that it was made for this request by who
//! holds the device key (RFC 9901 7.1 and 7.3; SD-JWT VC 2.4; OpenID4VP 1.0 B.3).

mod key_binding;
mod presentation;

pub use presentation::{Expected, VerifiedPresentation, verify};

#[cfg(test)]
mod tests;
