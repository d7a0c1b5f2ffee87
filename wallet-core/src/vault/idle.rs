//! Locks a vault that nobody has used for a while. The deadline is checked at each use, so no timer has to run; an app
//! that wants its screen to change in time asks when it is due.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::keyring::Keyring;
use crate::error::Result;
use crate::platform::{Clock, WalletEvent, WalletEvents};

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
    ) -> Result<Self> {
        let used_at = Arc::new(AtomicU64::new(clock.now()?.since_boot_ms));
        Ok(Self { clock, events, limit_ms, used_at })
    }

    /// Locks if it is time.
    pub(super) fn check(&self, keyring: &Keyring) -> Result<()> {
        self.check_at(self.clock.now()?.since_boot_ms, keyring);
        Ok(())
    }

    /// Locks if it is time, and notes a use.
    pub(super) fn touch(&self, keyring: &Keyring) -> Result<()> {
        let now = self.clock.now()?.since_boot_ms;
        self.check_at(now, keyring);
        self.used_at.store(now, Ordering::SeqCst);
        Ok(())
    }

    fn check_at(&self, now: u64, keyring: &Keyring) {
        if self.lock_at().is_none_or(|due| now < due) || !keyring.is_unlocked() {
            return;
        }
        keyring.lock();
        if let Some(events) = &self.events {
            // It was told; what it makes of that is its own affair.
            drop(events.happened(WalletEvent::Locked));
        }
    }

    /// When it will lock, in milliseconds since boot, if it is not used before.
    pub(super) fn lock_at(&self) -> Option<u64> {
        self.limit_ms.map(|limit| self.used_at.load(Ordering::SeqCst).saturating_add(limit))
    }
}
