//! One byte of the database or of its log is another, anywhere. The wallet never takes altered data for its own, never
//! panics, still shows what is whole, and says that something is not. What SQLite finds damaged in the log it takes for the
//! log's end, so that the vault is an older one: the anchor shows that.
//!
//! A few thousand places are tried, the same in each run; `WALLET_BIT_FLIPS=all` tries every byte of both files, a number
//! that many.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;
use wallet_core::credential::CredentialId;
use wallet_core::credential::path::ClaimLocation;
use wallet_core::error::Next;
use wallet_core::trust::TrustAnchor;
use wallet_core::wallet::{CredentialEntry, History};
use wallet_core::{Code, Wallet, WalletError};

use super::history::is_left_of;
use super::lived::lived;
use crate::world::{Random, VaultFile, World, block_on};

const USUAL: usize = 3_000;

/// One byte that is to be another.
#[derive(Clone, Copy, Debug)]
struct Flip {
    in_log: bool,
    at: usize,
    mask: u8,
}

impl Flip {
    fn apply(self, file: &VaultFile) -> VaultFile {
        let mut file = file.clone();
        let bytes = if self.in_log { &mut file.log } else { &mut file.database };
        bytes[self.at] ^= self.mask;
        file
    }
}

fn flips(file: &VaultFile) -> Vec<Flip> {
    let mut random = Random::new(4);
    let sizes = [(false, file.database.len()), (true, file.log.len())];
    let mask = |random: &mut Random| u8::try_from(1 + random.below(255)).unwrap();
    let wanted = std::env::var("WALLET_BIT_FLIPS").unwrap_or_default();
    if wanted == "all" {
        let all = sizes.into_iter().flat_map(|(in_log, size)| (0..size).map(move |at| (in_log, at)));
        return all.map(|(in_log, at)| Flip { in_log, at, mask: mask(&mut random) }).collect();
    }
    let one = |_| {
        let (in_log, size) = sizes[random.index(2)];
        // A quarter where SQLite keeps its own structures: at the beginning of a page or frame.
        let at = match random.below(4) {
            0 => (random.index(size) / 4096 * 4096 + random.index(160)).min(size - 1),
            _ => random.index(size),
        };
        Flip { in_log, at, mask: mask(&mut random) }
    };
    (0..wanted.parse().unwrap_or(USUAL)).map(one).collect()
}

/// All that a wallet shows.
struct Shown {
    entries: Vec<CredentialEntry>,
    claims: BTreeMap<CredentialId, Vec<(ClaimLocation, Value)>>,
    anchors: Vec<TrustAnchor>,
    history: Option<History>,
    /// Whether something could not be shown.
    troubled: bool,
}

/// Looks at everything; whatever fails must fail as a damaged vault does.
fn look(wallet: &Wallet) -> Shown {
    let (mut claims, mut troubled) = (BTreeMap::new(), false);
    let entries = match block_on(wallet.credentials()) {
        Ok(list) => {
            troubled |= !list.damaged.is_empty();
            list.entries
        }
        Err(error) => {
            damaged(&error);
            troubled = true;
            Vec::new()
        }
    };
    for entry in &entries {
        match block_on(wallet.credential(entry.id)) {
            Ok(details) => {
                assert_eq!(&details.entry, entry);
                let all = details.claims().map(|(location, value)| (location.clone(), value.clone()));
                claims.insert(entry.id, all.collect());
            }
            Err(error) => {
                damaged(&error);
                troubled = true;
            }
        }
    }
    let anchors = block_on(wallet.trust_anchors()).inspect_err(damaged).unwrap_or_default();
    let history = block_on(wallet.history()).inspect_err(damaged).ok();
    troubled |= history.as_ref().is_none_or(|history| !history.is_whole);
    Shown { entries, claims, anchors, history, troubled }
}

/// A panic of the vault's thread would be an internal error.
#[track_caller]
fn damaged(error: &WalletError) {
    assert_eq!(error.code().next(), Next::Recover, "{error}");
}

#[derive(Default)]
struct Tally {
    refused: AtomicUsize,
    partly: AtomicUsize,
    harmless: AtomicUsize,
}

/// What the wallet makes of one flip.
fn examine(world: &World, number: usize, flip: Flip, whole: &Shown, tally: &Tally) {
    let name = format!("{number}.db");
    flip.apply(&lived().newer).write(&world.folder.join(&name));
    let anchor = Arc::new(lived().anchor.copy());
    let opened = block_on(Wallet::open(world.anchored(&name, &anchor)));
    let unlocked = opened.and_then(|wallet| block_on(wallet.unlock_with(&lived().root)).map(|()| wallet));
    let wallet = match unlocked {
        Ok(wallet) => wallet,
        Err(error) => {
            let code = error.code();
            // A header that says "read only" or "a later format" is believed, and nothing else is.
            let known =
                code.next() == Next::Recover || [Code::VaultNewer, Code::StorageFailed].contains(&code);
            assert!(known, "{flip:?}: {error}");
            tally.refused.fetch_add(1, Ordering::SeqCst);
            return;
        }
    };
    let shown = look(&wallet);
    for entry in &shown.entries {
        assert!(whole.entries.contains(entry), "{flip:?}");
    }
    for (id, claims) in &shown.claims {
        assert_eq!(Some(claims), whole.claims.get(id), "{flip:?}");
    }
    assert!(shown.anchors.iter().all(|anchor| whole.anchors.contains(anchor)), "{flip:?}");
    if let (Some(history), Some(whole)) = (&shown.history, &whole.history) {
        assert!(is_left_of(history, whole), "{flip:?}");
    }
    let checkup = block_on(wallet.check()).unwrap_or_else(|error| panic!("{flip:?}: {error}"));
    let lost = shown.entries.len() < whole.entries.len() || shown.anchors.len() < whole.anchors.len();
    assert!(!(shown.troubled || lost) || !checkup.is_whole(), "{flip:?}: it was not told");
    let count = if checkup.is_whole() { &tally.harmless } else { &tally.partly };
    count.fetch_add(1, Ordering::SeqCst);
}

#[test]
fn any_byte() {
    let world = World::new();
    lived().newer.write(&world.file());
    let wallet = super::lived::unlocked(world.settings("vault.db"), &lived().root);
    let whole = look(&wallet);
    assert!(!whole.troubled && whole.entries.len() == 3 && whole.history.is_some());
    assert!(block_on(wallet.check()).unwrap().is_whole());

    let (flips, tally, next) = (flips(&lived().newer), Tally::default(), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::SeqCst);
                    let Some(flip) = flips.get(number) else { return };
                    examine(&world, number, *flip, &whole, &tally);
                    remove(&world, number.saturating_sub(40));
                }
            });
        }
    });
    let [refused, partly, harmless] =
        [&tally.refused, &tally.partly, &tally.harmless].map(|count| count.load(Ordering::SeqCst));
    println!(
        "of {}: {refused} refused as a whole, {partly} read in part, {harmless} where nothing lies",
        flips.len()
    );
    assert_eq!(refused + partly + harmless, flips.len());
    assert!(partly > flips.len() / 20, "what is undamaged stays readable");
}

/// Files of long ago, whose wallet is surely closed.
fn remove(world: &World, number: usize) {
    for end in ["", "-wal", "-shm"] {
        drop(std::fs::remove_file(world.folder.join(format!("{number}.db{end}"))));
    }
}
