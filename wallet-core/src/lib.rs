//! The wallet core: keeps a citizen's digital credentials on a phone, encrypted, and shows just the parts that are
//! needed to a verifier in the European Union or in Canada.
#![forbid(unsafe_code)]

#[cfg(feature = "uniffi")]
uniffi::setup_scaffolding!();

pub mod asn1;
mod backup;
pub mod cbor;
mod context;
pub mod cose;
pub mod credential;
#[cfg(feature = "uniffi")]
pub mod crossing;
pub mod crypto;
pub mod error;
mod http;
#[cfg(feature = "issuer")]
pub mod issue;
pub mod jose;
pub mod json;
mod keys;
pub mod limits;
pub mod migrate;
pub mod platform;
pub mod present;
pub mod profile;
pub mod receive;
mod stop;
pub mod time;
pub mod trust;
mod vault;
#[cfg(feature = "verifier")]
pub mod verify;
pub mod words;

pub mod wallet;

#[cfg(test)]
mod testing;

pub use context::Development;
pub use error::{Code, Fault, Result, WalletError};
pub use vault::history::{
    Asked, Disclosed, HistoryEntry, HistoryEvent, Move, NumberRange, Outcome, Party, Registration,
    RegistrationDetails, RegistrationStatus, SharedBefore, SharedClaims, SupervisoryAuthority, Verification,
};
pub use vault::model::Localized;
pub use vault::moved::{PastClaims, PastTransaction, Reissue, ReissueEntry, ReissueReason, TransactionKind};
pub use vault::reuse::ReuseMethod;
pub use vault::status::{CredentialStatus, Standing};
pub use wallet::{Settings, Unlock, Wallet};
