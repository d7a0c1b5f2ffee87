//! The verifier's side of the same formats (feature `verifier`), used by pilot and by tests.

pub mod mdoc;
pub mod sd_jwt;
