//! The wallet core: keeps a citizen's digital credentials on a phone, encrypted, and shows just the parts that are
//! needed to a verifier in the European Union or in Canada.
#![forbid(unsafe_code)]

pub mod asn1;
pub mod cbor;
pub mod cose;
pub mod credential;
pub mod crypto;
pub mod error;
#[cfg(feature = "issuer")]
pub mod issue;
pub mod jose;
pub mod json;
pub mod limits;
pub mod platform;
pub mod present;
pub mod time;
pub mod trust;
#[cfg(feature = "verifier")]
pub mod verify;
pub mod words;

#[cfg(test)]
mod testing;

pub use error::{Code, Fault, Result, WalletError};
