//! Locks a vault that nobody has used for a while. The deadline is checked at each use, so no timer has to run; an app
//! that wants its screen to change in time asks when it is due.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::keyring::Keyring;
use crate::platform::{Clock, WalletEvents};

/// When the vault was last used, and how long it may be idle.
#[derive(Clone)]
pub(super) struct Idle {
    clock: Arc<dyn Clock>,
    events: Option<Arc<dyn WalletEvents>>,
    limit_ms: Option<u64>,
    /// Milliseconds since boot.
    used_at: Arc<AtomicU64>,
}

impl Idle {
    pub(super) fn new(
        clock: Arc<dyn Clock>,
        events: Option<Arc<dyn WalletEvents>>,
        limit_ms: Option<u64>,
    ) -> Self {
        let used_at = Arc::new(AtomicU64::new(clock.since_boot_ms()));
        Self { clock, events, limit_ms, used_at }
    }

    /// Locks if it is time; says whether it did.
    pub(super) fn check(&self, keyring: &Keyring) -> bool {
        let due = self.lock_at().is_some_and(|due| self.clock.since_boot_ms() >= due);
        if !due || !keyring.is_unlocked() {
            return false;
        }
        keyring.lock();
        if let Some(events) = &self.events {
            events.locked();
        }
        true
    }

    /// Notes a use.
    pub(super) fn touch(&self) {
        self.used_at.store(self.clock.since_boot_ms(), Ordering::SeqCst);
    }

    /// When it will lock, in milliseconds since boot, if it is not used before.
    pub(super) fn lock_at(&self) -> Option<u64> {
        self.limit_ms.map(|limit| self.used_at.load(Ordering::SeqCst).saturating_add(limit))
    }
}
