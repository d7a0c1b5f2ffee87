//! Time on a desktop.

use std::sync::OnceLock;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use wallet_core::platform::{Clock, Moment, PortError};

/// The operating system's clock. Time since boot and boot identifier come from Linux where it is one; elsewhere from the
/// start of this process, which makes every process a boot of its own: safe, and only less patient with flows that
/// another process is sending.
pub(crate) struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Result<Moment, PortError> {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let wall_seconds = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
        Ok(Moment { wall_seconds, since_boot_ms: since_boot_ms(), boot_id: boot_id() })
    }
}

fn since_boot_ms() -> u64 {
    let uptime = std::fs::read_to_string("/proc/uptime").ok();
    let seconds = uptime.as_deref().and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
    match seconds {
        Some(seconds) => (seconds * 1000.0) as u64,
        None => u64::try_from(process_start().elapsed().as_millis()).unwrap_or(u64::MAX),
    }
}

fn boot_id() -> String {
    std::fs::read_to_string("/proc/sys/kernel/random/boot_id")
        .map_or_else(|_| format!("process-{}", std::process::id()), |id| id.trim().to_owned())
}

fn process_start() -> Instant {
    static START: OnceLock<Instant> = OnceLock::new();
    *START.get_or_init(Instant::now)
}
