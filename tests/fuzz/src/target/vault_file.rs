//! The vault's file, edited by somebody who has it.
//!
//! The input is the whole file.

use std::path::Path;
use std::sync::Arc;

use wallet_core::crypto::hash::sha256;
use wallet_core::trust::ListName;
use wallet_core::{HistoryEvent, Unlock, Wallet};
use zeroize::Zeroizing;

use crate::fixture::credentials::{MDL_CLAIMS, PID_CLAIMS};
use crate::fixture::pki::PKI;
use crate::fixture::wallet::{AUTHORITIES, Network, World, block_on, fresh_file, passphrase, settings};
use crate::vectors::Vectors;

/// Unlocking is slow on purpose: one input in so many goes that far.
const UNLOCKED: u8 = 16;

/// A file that was edited gives errors or what was in it, never anything else.
pub fn run(data: &[u8]) {
    let folder = fresh_file();
    std::fs::create_dir(&folder).expect("a folder for temporary files");
    let file = folder.join("vault.db");
    std::fs::write(&file, data).expect("room for temporary files");
    open(&file, sha256(data)[0].is_multiple_of(UNLOCKED));
    drop(std::fs::remove_dir_all(&folder));
}

fn open(file: &Path, unlock: bool) {
    let settings = settings(file.to_owned(), Arc::<Network>::default());
    let Ok(wallet) = block_on(Wallet::open(settings)) else { return };
    assert!(!wallet.is_unlocked().unwrap());
    // Too long for a derivation, so this reads the guards and no more.
    let endless = Zeroizing::new(vec![b'a'; 4096]);
    assert!(
        block_on(wallet.unlock(Unlock::Passphrase(endless), "")).is_err() && !wallet.is_unlocked().unwrap()
    );
    if unlock && block_on(wallet.unlock(Unlock::Passphrase(passphrase()), "")).is_ok() {
        look_at(&wallet);
    }
}

fn look_at(wallet: &Wallet) {
    if let Ok(list) = block_on(wallet.credentials()) {
        let known = list.entries.len() == 2 || (list.entries.len() < 2 && !list.damaged.is_empty());
        assert!(known, "a credential was added, or taken away in silence");
        for entry in list.entries {
            let Ok(details) = block_on(wallet.credential(entry.id)) else { continue };
            for (location, value) in details.claims() {
                let known = [&*PID_CLAIMS, &*MDL_CLAIMS].map(|claims| location.find_in(claims));
                assert!(known.contains(&Some(value)), "{location}");
            }
        }
    }
    let checkup = block_on(wallet.check());
    if let Ok(anchors) = block_on(wallet.trust_anchors()) {
        // A damaged anchor is trusted no more, and a checkup says why.
        let told = !checkup.is_ok_and(|found| found.is_whole());
        let known = anchors.len() == AUTHORITIES || (anchors.len() < AUTHORITIES && told);
        assert!(known, "an anchor was added, or taken away in silence");
    }
    if let Ok(history) = block_on(wallet.history()) {
        let known = matches!((history.entries.len(), history.is_whole), (1, _) | (0, false));
        assert!(known, "the history was edited");
        for entry in &history.entries {
            assert!(matches!(&entry.entry.event, HistoryEvent::Received { .. }));
        }
    }
    if let Ok(pending) = block_on(wallet.pending()) {
        assert!(pending.is_empty(), "a flow was added");
    }
    // Writing into it must not fail worse than reading.
    drop(block_on(wallet.add_trust_anchors(ListName::Tls, &PKI.list(ListName::Tls), "fixture")));
}

/// A vault that holds the fixture's credentials.
#[must_use]
pub fn seeds(_: &Vectors) -> Vec<Vec<u8>> {
    let file = fresh_file();
    drop(World::stocked_at(file.clone()));
    // The vault's thread closes the file when it has seen that nobody is left.
    let log = file.with_extension("db-wal");
    while log.exists() {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    let bytes = std::fs::read(&file).expect("a vault");
    drop(std::fs::remove_file(&file));
    vec![bytes]
}
