use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use wallet_core::platform::{Clock, Moment, PortError};

/// A clock that stands until it is moved.
pub struct FakeClock {
    wall: AtomicI64,
    since_boot_ms: AtomicU64,
    boots: AtomicU64,
}

impl FakeClock {
    pub fn new(wall: i64) -> Self {
        Self {
            wall: AtomicI64::new(wall),
            since_boot_ms: AtomicU64::new(1_000_000),
            boots: AtomicU64::new(1),
        }
    }

    /// The phone is switched off and on again, in no time.
    pub fn reboot(&self) {
        self.boots.fetch_add(1, Ordering::SeqCst);
        self.since_boot_ms.store(1_000, Ordering::SeqCst);
    }

    /// Somebody sets the wall clock back.
    pub fn set_back(&self, seconds: i64) {
        self.wall.fetch_sub(seconds, Ordering::SeqCst);
    }

    pub fn advance(&self, seconds: u32) {
        self.wall.fetch_add(i64::from(seconds), Ordering::SeqCst);
        self.since_boot_ms.fetch_add(u64::from(seconds) * 1000, Ordering::SeqCst);
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Result<Moment, PortError> {
        Ok(Moment {
            wall_seconds: self.wall.load(Ordering::SeqCst),
            since_boot_ms: self.since_boot_ms.load(Ordering::SeqCst),
            boot_id: format!("boot-{}", self.boots.load(Ordering::SeqCst)),
        })
    }
}
