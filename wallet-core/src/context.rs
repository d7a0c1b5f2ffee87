//! What every flow works with: the vault, the keys, the network and the clock of one wallet.

use std::sync::Arc;

use crate::error::{Next, Result, WalletError};
use crate::http::Http;
use crate::keys::KeyStore;
use crate::platform::{Clock, Ports, WalletEvent, WalletEvents};
use crate::time::UnixTime;
use crate::trust::{Anchors, TrustAnchor};
use crate::vault::{Transaction, VaultWorker, history};

/// Switches for development. All off by default, and none is set in anything that is shipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Development {
    /// Allows plain http, to loopback addresses only.
    #[cfg_attr(feature = "uniffi", uniffi(default = false))]
    pub insecure_http_to_loopback: bool,
    /// Shows requests of verifiers that nobody vouches for (`redirect_uri:` client ids) instead of refusing them.
    #[cfg_attr(feature = "uniffi", uniffi(default = false))]
    pub unverified_verifiers: bool,
}

/// The parts of one open wallet.
#[derive(Clone)]
pub(crate) struct Context {
    pub(crate) vault: VaultWorker,
    pub(crate) keys: KeyStore,
    pub(crate) http: Http,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) events: Option<Arc<dyn WalletEvents>>,
    pub(crate) development: Development,
}

impl Context {
    pub(crate) fn new(vault: VaultWorker, ports: Ports, development: Development) -> Self {
        Self {
            keys: KeyStore::new(vault.clone(), ports.secure_area, ports.clock.clone()),
            http: Http::new(ports.http, development.insecure_http_to_loopback),
            clock: ports.clock,
            events: ports.events,
            vault,
            development,
        }
    }

    /// Wall clock.
    pub(crate) fn now(&self) -> Result<UnixTime> {
        Ok(UnixTime(self.clock.now()?.wall_seconds))
    }

    /// The trust anchors in the vault.
    pub(crate) async fn anchors(&self) -> Result<Anchors> {
        self.vault.read(anchors).await
    }

    /// Notes in the history that input from outside was refused whose sender is not known, and gives the error back; one
    /// of the storage comes before it. What may succeed later was not refused.
    pub(crate) async fn note_refusal(&self, error: WalletError) -> WalletError {
        let code = error.code();
        if code.next() != Next::Refused {
            return error;
        }
        let at = match self.now() {
            Ok(now) => now.0,
            Err(error) => return error,
        };
        let noted = self.vault.write(move |transaction| history::note_refusal(transaction, at, code)).await;
        self.history_changed();
        noted.err().unwrap_or(error)
    }

    pub(crate) fn credentials_changed(&self) {
        self.tell(WalletEvent::CredentialsChanged);
    }

    pub(crate) fn history_changed(&self) {
        self.tell(WalletEvent::HistoryChanged);
    }

    pub(crate) fn locked(&self) {
        self.tell(WalletEvent::Locked);
    }

    fn tell(&self, event: WalletEvent) {
        if let Some(events) = &self.events {
            // It was told; what it makes of that is its own affair.
            drop(events.happened(event));
        }
    }
}

/// All trust anchors, within a transaction. One that is damaged is not trusted.
pub(crate) fn anchors(transaction: &mut Transaction<'_>) -> Result<Anchors> {
    Ok(transaction.readable::<TrustAnchor>()?.records.into_iter().map(|(_, anchor)| anchor).collect())
}
