use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use wallet_core::platform::Clock;

/// A clock that stands until it is moved.
pub struct FakeClock {
    wall: AtomicI64,
    since_boot_ms: AtomicU64,
}

impl FakeClock {
    pub fn new(wall: i64) -> Self {
        Self { wall: AtomicI64::new(wall), since_boot_ms: AtomicU64::new(1_000_000) }
    }

    pub fn advance(&self, seconds: u32) {
        self.wall.fetch_add(i64::from(seconds), Ordering::SeqCst);
        self.since_boot_ms.fetch_add(u64::from(seconds) * 1000, Ordering::SeqCst);
    }
}

impl Clock for FakeClock {
    fn wall_seconds(&self) -> i64 {
        self.wall.load(Ordering::SeqCst)
    }

    fn since_boot_ms(&self) -> u64 {
        self.since_boot_ms.load(Ordering::SeqCst)
    }

    fn boot_id(&self) -> String {
        "boot-1".to_owned()
    }
}
