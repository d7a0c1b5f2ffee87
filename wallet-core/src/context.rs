//! What every flow works with: the vault, the keys, the network and the clock of one wallet.

use std::sync::Arc;

use crate::error::{Next, Result, WalletError};
use crate::http::Http;
use crate::keys::KeyStore;
use crate::platform::{Clock, Ports, WalletEvents};
use crate::time::UnixTime;
use crate::trust::{Anchors, TrustAnchor};
use crate::vault::{Moment, Transaction, VaultWorker, history};

/// Switches for development. All off by default, and none is set in anything that is shipped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Development {
    /// Allows plain http, to loopback addresses only.
    pub insecure_http_to_loopback: bool,
    /// Shows requests of verifiers that nobody vouches for (`redirect_uri:` client ids) instead of refusing them.
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
    pub(crate) fn now(&self) -> UnixTime {
        UnixTime(self.clock.wall_seconds())
    }

    /// Now, by all clocks.
    pub(crate) fn moment(&self) -> Moment {
        Moment {
            since_boot_ms: self.clock.since_boot_ms(),
            boot_id: self.clock.boot_id(),
            wall: self.clock.wall_seconds(),
        }
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
        let at = self.now().0;
        let noted = self.vault.write(move |transaction| history::note_refusal(transaction, at, code)).await;
        self.history_changed();
        noted.err().unwrap_or(error)
    }

    pub(crate) fn credentials_changed(&self) {
        if let Some(events) = &self.events {
            events.credentials_changed();
        }
    }

    pub(crate) fn history_changed(&self) {
        if let Some(events) = &self.events {
            events.history_changed();
        }
    }
}

/// All trust anchors, within a transaction. One that is damaged is not trusted.
pub(crate) fn anchors(transaction: &mut Transaction<'_>) -> Result<Anchors> {
    Ok(transaction.readable::<TrustAnchor>()?.records.into_iter().map(|(_, anchor)| anchor).collect())
}
