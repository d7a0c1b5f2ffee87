//! One vault, and the processes that die over it.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::json;
use wallet_core::{HistoryEvent, Outcome, Wallet};

use super::child::{JOB, KEY, SEED, VAULT};
use super::promises::Promises;
use super::stopping::Stopping;
use crate::vault::lived::checkpoint;
use crate::world::{
    Issuer, MDL, PID, Random, VaultFile, World, block_on, fresh_copies, history, receive, recovery_key,
};

/// How long a process lives at most after it unlocked, in microseconds.
const LIFE_US: u64 = 90_000;
/// How many copies of the PID there are at first.
const COPIES: usize = 10;

/// Starts this test binary as a process of its own that works on a vault.
pub fn start(vault: &Path, key: &str, job: &str, seed: u64) -> Child {
    start_under(Command::new(std::env::current_exe().unwrap()), vault, key, job, seed)
}

/// The same under a program that is to be told what to run.
pub fn start_under(mut command: Command, vault: &Path, key: &str, job: &str, seed: u64) -> Child {
    command
        .args(["--exact", "vault::kill_test::child::child", "--ignored", "--nocapture", "--test-threads=1"])
        .env(VAULT, vault)
        .env(KEY, key)
        .env(JOB, job)
        .env(SEED, seed.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::inherit())
        .spawn()
        .unwrap()
}

/// Reads what a process says up to this line; gives all that it said.
pub fn wait_for(out: &mut BufReader<ChildStdout>, line: &str) -> String {
    let mut said = String::new();
    while !said.ends_with(&format!("@{line}\n")) {
        assert!(out.read_line(&mut said).unwrap() > 0, "it ended before {line}: {said}");
    }
    said
}

/// A folder on the disk of the build; the processes' folders in memory would hide what a disk does.
pub struct Folder(pub PathBuf);

impl Folder {
    pub fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("kills-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::SeqCst));
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// A vault with a PID in many copies, and its recovery key: thousands of processes open it.
pub fn stock() -> &'static (VaultFile, String) {
    static STOCK: OnceLock<(VaultFile, String)> = OnceLock::new();
    STOCK.get_or_init(|| {
        let world = World::new();
        let wallet = world.empty_wallet();
        let issuer = Issuer::eu().changing("metadata", |reply| {
            reply.json["batch_credential_issuance"]["batch_size"] = json!(COPIES);
        });
        receive(&wallet, &issuer.offer(&world)).unwrap();
        let key = recovery_key(&wallet);
        checkpoint(&world.file());
        (VaultFile::read(&world.file()), key)
    })
}

pub struct Chain {
    folder: Folder,
    promises: Promises,
    random: Random,
}

impl Chain {
    pub fn begin(seed: u64) -> Self {
        let folder = Folder::new();
        stock().0.write(&folder.0.join("vault.db"));
        Self { folder, promises: Promises::default(), random: Random::new(seed) }
    }

    /// What lies on the disk after a power cut, and what the process had said by then.
    pub fn after_power_cut(&mut self, file: &VaultFile, said: &str) {
        file.write(&self.vault());
        self.promises.note(said);
        self.look();
    }

    pub fn vault(&self) -> PathBuf {
        self.folder.0.join("vault.db")
    }

    /// Starts a process, kills it at a random instant, and looks what it left. `inside` goes for an instant within a
    /// transaction; returns whether it was one.
    pub fn kill(&mut self, inside: bool) -> bool {
        let vault = self.vault();
        let mut child = start(&vault, &stock().1, "live", self.random.below(u64::MAX));
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut said = wait_for(&mut out, "ready");
        let stopping = Stopping::of(&child);
        std::thread::sleep(Duration::from_micros(self.random.below(LIFE_US)));
        stopping.stop();
        for _ in 0..200 {
            if !inside || stopping.writes(&vault) {
                break;
            }
            stopping.go_on();
            std::thread::sleep(Duration::from_micros(self.random.below(3_000)));
            stopping.stop();
        }
        let within = stopping.writes(&vault);
        child.kill().unwrap();
        child.wait().unwrap();
        out.read_to_string(&mut said).unwrap();
        self.promises.note(&said);
        self.look();
        within
    }

    /// Opens the vault as the next start of the app does, and checks every promise.
    fn look(&mut self) {
        let vault = self.vault();
        let world = World::new();
        // Later than anything can still be under way, and than anything waits.
        world.clock.advance(100_000);
        let wallet = world.recovered(vault.to_str().unwrap(), &stock().1);
        let checkup = block_on(wallet.check()).unwrap();
        assert!(checkup.is_whole(), "{:?}", checkup.damaged);
        self.holdings(&world, &wallet);
        self.history(&wallet);
        assert_eq!(block_on(wallet.pending()).unwrap(), []);
    }

    /// Each credential that was promised is there with all its copies and their keys, and none in part.
    fn holdings(&mut self, world: &World, wallet: &Wallet) {
        let entries = block_on(wallet.credentials()).unwrap().entries;
        let licences: Vec<_> = entries.iter().filter(|entry| entry.type_id == MDL).collect();
        assert!(licences.iter().all(|entry| entry.copies == 3 && entry.fresh_copies == 3));
        let kept: Vec<String> = licences.iter().map(|entry| entry.id.to_string()).collect();
        assert!(self.promises.received.iter().all(|id| kept.contains(id)), "a credential is lost");
        let unreported = kept.len() - self.promises.received.len();
        assert!(unreported <= self.promises.receiving, "{unreported}");
        let copies: u64 = entries.iter().map(|entry| entry.copies).sum();
        let file = self.vault();
        assert_eq!(world.keys_have_owners(file.to_str().unwrap()), i64::try_from(copies).unwrap());
        // A copy that a verifier saw is not fresh; one that was taken for nothing is not fresh again either.
        let used = COPIES - usize::try_from(fresh_copies(wallet, PID)).unwrap();
        let shown = self.promises.shown.len();
        assert!(shown <= used && used <= self.promises.sent + self.promises.sending, "{shown} {used}");
    }

    /// The history tells each thing once, and the truth about each answer.
    fn history(&self, wallet: &Wallet) {
        let promises = &self.promises;
        let history = history(wallet);
        let (mut received, mut sent, mut unknown, mut declined) = (0, 0, 0, 0);
        for logged in &history.entries {
            match (&logged.entry.event, logged.outcome) {
                (HistoryEvent::Received { .. }, None) => received += 1,
                (HistoryEvent::NotReceived { .. }, None) => {}
                (HistoryEvent::Sending { .. }, Some(Outcome::Sent { status: 200 })) => sent += 1,
                (HistoryEvent::Sending { .. }, Some(Outcome::Unknown)) => unknown += 1,
                (HistoryEvent::Declined { .. }, Some(Outcome::Sent { .. } | Outcome::Unknown)) => {
                    declined += 1
                }
                (event, outcome) => panic!("{event:?} {outcome:?}"),
            }
        }
        let between = |count: usize, done: usize, begun: usize| (done..=done + begun).contains(&count);
        // The first is the PID.
        assert!(between(received - 1, promises.received.len(), promises.receiving), "{received}");
        assert!(between(sent, promises.sent, promises.sending), "{sent}");
        assert!(between(sent + unknown, promises.sent, promises.sending), "{sent} {unknown}");
        assert!(
            promises.shown.len() <= sent + unknown,
            "something was shown of which the history says nothing"
        );
        assert!(between(declined, promises.declined, promises.declining), "{declined}");
        let refused = history.unauthenticated_refusals.len() as u64 + history.older_refusals;
        assert!(between(usize::try_from(refused).unwrap(), promises.refused, promises.refusing), "{refused}");
    }
}
