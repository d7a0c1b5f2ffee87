//! An issuer or a verifier in a process of its own.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use serde_json::{Value, json};

use super::world::{block_on, http, pki_folder};

/// Ends the server when standard input ends, which it does with this program, however this program ends.
const KEEPER: &str = r#""$@" & read -r _; kill $! 2>/dev/null; wait"#;

/// A server that runs with `--json`. Dropped, it ends.
pub(crate) struct Server {
    keeper: Child,
    alive: Option<ChildStdin>,
    events: Mutex<Receiver<Value>>,
    /// What it said when it was ready.
    pub(crate) ready: Value,
}

impl Server {
    /// `pilot` with these arguments, over the shared certificates.
    pub(crate) fn start(arguments: &[&str]) -> Self {
        Self::start_at(pki_folder(), arguments)
    }

    /// With certificates of its own.
    pub(crate) fn start_at(pki: &Path, arguments: &[&str]) -> Self {
        let mut keeper = Command::new("sh")
            .args(["-c", KEEPER, "sh", env!("CARGO_BIN_EXE_pilot")])
            .args(arguments)
            .args(["--json", "--pki", pki.to_str().unwrap()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let alive = keeper.stdin.take();
        let lines = BufReader::new(keeper.stdout.take().unwrap()).lines();
        let (sender, events) = mpsc::channel();
        // Read as it comes, so that the server never waits for a full pipe.
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let _ = sender.send(serde_json::from_str::<Value>(&line).unwrap());
            }
        });
        let mut server = Self { keeper, alive, events: Mutex::new(events), ready: Value::Null };
        server.ready = server.event("ready");
        server
    }

    /// The next event of this kind.
    pub(crate) fn event(&self, kind: &str) -> Value {
        let events = self.events.lock().unwrap();
        loop {
            let event = events.recv_timeout(Duration::from_secs(30));
            let event = event.unwrap_or_else(|error| panic!("no event {kind}: {error}"));
            if event["event"] == kind {
                return event;
            }
        }
    }

    /// All events that there were, up to and with the first of this kind.
    pub(crate) fn events_until(&self, kind: &str) -> Vec<Value> {
        let events = self.events.lock().unwrap();
        let mut all = Vec::new();
        while all.last().is_none_or(|event: &Value| event["event"] != kind) {
            all.push(events.recv_timeout(Duration::from_secs(30)).unwrap());
        }
        all
    }

    /// The offer of an issuer that is ready.
    pub(crate) fn offer(&self) -> String {
        self.ready["credential_offer"].as_str().unwrap().to_owned()
    }

    /// The address.
    pub(crate) fn url(&self) -> &str {
        ["url", "credential_issuer"].iter().find_map(|name| self.ready[*name].as_str()).unwrap()
    }

    /// The port of the address.
    pub(crate) fn port(&self) -> u16 {
        self.url().rsplit(':').next().unwrap().parse().unwrap()
    }

    /// Makes a request through the verifier's API.
    pub(crate) fn ask(&self, what: &Value) -> Asked {
        let url = format!("{}/api/requests", self.url());
        let answer = block_on(http().post_json(&url, None, what));
        assert_eq!(answer.status(), 201, "{}", answer.text());
        let answer = answer.json();
        let text = |name: &str| answer[name].as_str().unwrap().to_owned();
        Asked { uri: text("uri"), result: text("result") }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.alive.take());
        let _ = self.keeper.wait();
    }
}

/// A request that was made.
pub(crate) struct Asked {
    /// The link.
    pub(crate) uri: String,
    result: String,
}

impl Asked {
    /// How far it is: `waiting`, `fetched` or `done`.
    pub(crate) fn status(&self) -> String {
        block_on(http().get(&self.result)).json()["status"].as_str().unwrap().to_owned()
    }

    /// The verifier's verdict.
    pub(crate) fn verdict(&self) -> Value {
        let answer = block_on(http().get(&format!("{}?wait=20", self.result))).json();
        assert_eq!(answer["status"], "done", "{answer}");
        answer["result"].clone()
    }
}

/// One of the queries that come with the verifier.
pub(crate) fn built_in(name: &str) -> Value {
    json!({ "query": name })
}
