//! The ports: what the core needs of the phone and cannot do itself. An app implements them in Kotlin or Swift, pilot
//! with ureq and a software key store, tests with a server or a store of their own.
//!
//! Every method may be called from any thread, and several at once. Whatever an implementation throws that is not a
//! [`PortError`] becomes [`PortError::Unexpected`] with the name of its class; its message stays behind, since it may
//! hold personal data.

#[cfg(feature = "conformance")]
pub mod conformance;
mod error;
mod http;
mod rollback_anchor;
mod secure_area;

use std::sync::Arc;

pub use error::PortError;
pub use http::{HttpClient, HttpHeader, HttpMethod, HttpRequest, HttpResponse};
pub use rollback_anchor::RollbackAnchor;
pub use secure_area::{
    CreatedKey, KeyAction, KeyAuthentication, KeyLevel, KeyPolicy, KeySession, KeyUse, Purpose, SealPolicy,
    SecureArea,
};

/// Now, by all the phone's clocks.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Moment {
    /// Wall clock, seconds since 1970 (UTC).
    pub wall_seconds: i64,
    /// Milliseconds since the phone was started, time asleep included. It never goes back while `boot_id` is the same.
    pub since_boot_ms: u64,
    /// Changes with every start of the phone.
    pub boot_id: String,
}

/// Time.
#[cfg_attr(feature = "uniffi", uniffi::export(foreign))]
pub trait Clock: Send + Sync {
    /// What time it is. Called often, so it should be quick; without an answer nothing is done that depends on time.
    fn now(&self) -> Result<Moment, PortError>;
}

/// What changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum WalletEvent {
    /// Credentials were added, changed or deleted.
    CredentialsChanged,
    /// The history has a new entry.
    HistoryChanged,
    /// The wallet locked itself or was locked.
    Locked,
}

/// Hears of changes. Events carry no data, come after the change is on disk and without any lock held, so an
/// implementation may call back into the wallet.
#[cfg_attr(feature = "uniffi", uniffi::export(foreign))]
pub trait WalletEvents: Send + Sync {
    /// Something changed. What this gives back changes nothing.
    fn happened(&self, event: WalletEvent) -> Result<(), PortError>;
}

/// The ports of one wallet.
#[derive(Clone)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Ports {
    /// HTTP.
    pub http: Arc<dyn HttpClient>,
    /// Keys in hardware; `None` keeps keys in the vault (software).
    pub secure_area: Option<Arc<dyn SecureArea>>,
    /// The rollback anchor, where the platform has a place for one.
    pub rollback_anchor: Option<Arc<dyn RollbackAnchor>>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Who hears of changes.
    pub events: Option<Arc<dyn WalletEvents>>,
}
