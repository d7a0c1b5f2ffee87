//! The process whose memory is searched. It does what an app does with a wallet, and stops where it is told to. Claims come
//! from the vault alone; secrets come through its standard input, unbuffered, into memory that is wiped. Issuer, verifier
//! and network are in the process that started it.

use std::fs::File;
use std::io::Read;
use std::os::fd::AsFd;
use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use serde_json::{Value, json};
use wallet_core::jose::base64url;
use wallet_core::platform::{HttpClient, HttpMethod, HttpRequest, HttpResponse, PortError, Ports};
use wallet_core::{Development, Settings, Unlock, Wallet};
use zeroize::Zeroizing;

use crate::vault::kill_test::child::say;
use crate::world::{FakeClock, NOW, Phone, block_on, present};

/// The vault that it opens.
pub const VAULT: &str = "WALLET_MEMORY_VAULT";

/// Whoever started this process.
struct Parent(File);

impl Parent {
    fn new() -> Self {
        Self(File::from(std::io::stdin().as_fd().try_clone_to_owned().unwrap()))
    }

    /// The next line, with no copy of it anywhere else in this process.
    fn line(&self) -> Zeroizing<Vec<u8>> {
        let mut line = Zeroizing::new(Vec::with_capacity(1 << 16));
        let mut byte = [0];
        loop {
            (&self.0).read_exact(&mut byte).unwrap();
            if byte == *b"\n" {
                return line;
            }
            assert!(line.len() < line.capacity(), "a longer line would be copied as it grows");
            line.push(byte[0]);
        }
    }

    fn text(&self) -> String {
        String::from_utf8(self.line().to_vec()).unwrap()
    }

    /// Stands still until the parent has looked.
    fn look(&self, step: &str) {
        say(step);
        self.line();
    }
}

#[async_trait]
impl HttpClient for Parent {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, PortError> {
        let method = if request.method == HttpMethod::Get { "GET" } else { "POST" };
        let call = json!({ "method": method, "url": request.url, "body": base64url::encode(&request.body) });
        say(&format!("call {call}"));
        let answer: Value = serde_json::from_slice(&self.line()).unwrap();
        let body = base64url::decode(answer["body"].as_str().unwrap(), "body").unwrap();
        let status = u16::try_from(answer["status"].as_u64().unwrap()).unwrap();
        Ok(HttpResponse { status, headers: Vec::new(), body })
    }
}

#[test]
#[ignore = "a process of its own, which another test starts"]
fn child() {
    let Some(file) = std::env::var_os(VAULT).map(PathBuf::from) else { return };
    let parent = Arc::new(Parent::new());
    let ports = Ports {
        http: parent.clone(),
        secure_area: Some(Arc::new(Phone::from_text(&parent.text()))),
        rollback_anchor: None,
        clock: Arc::new(FakeClock::new(NOW.0)),
        events: None,
    };
    let settings = Settings { file, ports, idle_lock_ms: None, development: Development::default() };
    let wallet = block_on(Wallet::open(settings)).unwrap();
    parent.look("opened");

    let ways = [Unlock::Passphrase, Unlock::RecoveryKey, Unlock::Pin].map(|way| way(parent.line()));
    parent.look("typed");
    for way in ways {
        wallet.lock().unwrap();
        block_on(wallet.unlock(way, "Unlock")).unwrap();
    }
    parent.look("unlocked");

    for _ in 0..2 {
        present(&wallet, &parent.text()).unwrap();
        say("sent");
    }
    let entries = block_on(wallet.credentials()).unwrap().entries;
    let details: Vec<_> =
        entries.iter().map(|entry| block_on(wallet.credential(entry.id)).unwrap()).collect();
    let history = block_on(wallet.history()).unwrap();
    parent.look("shown");

    drop((entries, details, history));
    parent.look("put away");

    wallet.lock().unwrap();
    parent.look("locked");
}
