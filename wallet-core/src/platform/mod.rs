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

/// Time.
pub trait Clock: Send + Sync {
    /// Wall clock, seconds since 1970 (UTC).
    fn wall_seconds(&self) -> i64;

    /// Milliseconds since the phone was started, time asleep included. It never goes back while `boot_id` is the same.
    fn since_boot_ms(&self) -> u64;

    /// Changes with every start of the phone.
    fn boot_id(&self) -> String;
}

/// Hears of changes. Events carry no data, come after the change is on disk and without any lock held, so an
/// implementation may call back into the wallet.
pub trait WalletEvents: Send + Sync {
    /// Credentials were added, changed or deleted.
    fn credentials_changed(&self);
    /// The history has a new entry.
    fn history_changed(&self);
    /// The wallet locked itself or was locked.
    fn locked(&self);
}

/// The ports of one wallet.
#[derive(Clone)]
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
