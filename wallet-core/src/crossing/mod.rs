//! What crosses to Kotlin and Swift in another form than it has in Rust. Everything else is exported where it is defined,
//! behind the feature `uniffi`.
//!
//! | file | concept |
//! | --- | --- |
//! | `types` | types that are another language's own: identifiers, times, secrets, paths |
//! | `conformance` | the test of a secure area, for whoever writes one |
//! | `request` | a verifier's request as values, for a consent screen |
//! | `streams` | a backup that is written and read piece by piece |
//! | `texts` | the core's words |
//! | `trust` | whom the wallet trusts, as values |
//!
//! Every exported function returns a result, also where it cannot fail: a fault of the core, which would otherwise end the app,
//! arrives as an error (docs/decisions/0011).

#[cfg(feature = "conformance")]
pub mod conformance;
pub mod request;
pub mod streams;
pub mod texts;
pub mod trust;
mod types;
