//! What is recorded, and the wallet that it belongs to.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use wallet_core::crypto::secret::SecretBytes;
use wallet_core::platform::{Clock, HttpClient, Moment, PortError, Ports};
use wallet_core::{Development, Settings};

/// `recording.json`, beside the wallet's file `vault.db`.
#[derive(Serialize, Deserialize)]
pub(crate) struct Recording {
    /// What opens the wallet.
    pub(crate) passphrase: String,
    /// The verifier's links, one for each presentation.
    pub(crate) links: Vec<String>,
    /// The answers of the verifier's server to GET, by URL.
    pub(crate) answers: BTreeMap<String, Answer>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct Answer {
    /// Header fields.
    pub(crate) headers: BTreeMap<String, String>,
    /// The body: a request object is text.
    pub(crate) body: String,
}

impl Recording {
    pub(crate) fn secret(&self) -> SecretBytes {
        SecretBytes::new(self.passphrase.clone().into_bytes())
    }
}

pub(crate) fn settings(file: &Path, http: Arc<dyn HttpClient>) -> Settings {
    let clock = Arc::new(ProcessClock(Instant::now()));
    let ports = Ports { http, secure_area: None, rollback_anchor: None, clock, events: None };
    Settings { file: file.to_owned(), ports, idle_lock_ms: None, development: Development::default() }
}

/// Wall time, and the time since this process began.
struct ProcessClock(Instant);

impl Clock for ProcessClock {
    fn now(&self) -> Result<Moment, PortError> {
        let wall = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let since_boot_ms = u64::try_from(self.0.elapsed().as_millis()).unwrap_or(u64::MAX);
        let wall_seconds = i64::try_from(wall.as_secs()).unwrap_or(i64::MAX);
        Ok(Moment { wall_seconds, since_boot_ms, boot_id: format!("process-{}", std::process::id()) })
    }
}
