//! The whole file, or its log, is put back to an older state. Within the file nothing can tell: it once was exactly so.

use std::sync::Arc;

use wallet_core::{Code, Wallet};

use super::lived::{lived, refuse, unlocked};
use crate::world::{FakeAnchor, PID, VaultFile, World, block_on, code, fresh_copies, history};

/// What the wallet says that finds this file, with an anchor that has seen the newer state.
fn opened(world: &World, file: &VaultFile, anchor: &Arc<FakeAnchor>) -> Option<Code> {
    file.write(&world.file());
    let wallet = block_on(Wallet::open(world.anchored("vault.db", anchor))).unwrap();
    let outcome = code(block_on(wallet.unlock_with(&lived().root)));
    assert_eq!(wallet.is_unlocked().unwrap(), outcome.is_none());
    outcome
}

/// The newer file without what came last: its log was cut after some of its commits.
fn shortened() -> VaultFile {
    let mut file = lived().newer.clone();
    file.log.truncate(file.log.len() / 2);
    file
}

#[test]
fn an_anchor_shows_an_older_file() {
    let older = [
        ("the whole file", lived().older.clone()),
        ("the log only", VaultFile { log: Vec::new(), ..lived().newer.clone() }),
        ("the end of the log", shortened()),
        ("another way from there", lived().fork.clone()),
    ];
    for (what, file) in older {
        let world = World::new();
        assert_eq!(
            opened(&world, &file, &Arc::new(lived().anchor.copy())),
            Some(Code::VaultRolledBack),
            "{what}"
        );
    }
    let world = World::new();
    assert_eq!(opened(&world, &lived().newer, &Arc::new(lived().anchor.copy())), None);
}

/// Plainly: where nothing outside the file remembers (the desktop has no such place), an older state of the whole is
/// taken for the newest. Copies that were shown are fresh again, and the history does not know of it.
#[test]
fn without_an_anchor_nothing_shows_an_older_file() {
    let world = World::new();
    lived().newer.write(&world.file());
    let newer = unlocked(world.settings("vault.db"), &lived().root);
    assert_eq!((fresh_copies(&newer, PID), history(&newer).entries.len()), (2, 3));
    drop(newer);
    for (number, file) in [lived().older.clone(), VaultFile { log: Vec::new(), ..lived().newer.clone() }]
        .into_iter()
        .enumerate()
    {
        let name = format!("older-{number}.db");
        file.write(&world.folder.join(&name));
        let older = unlocked(world.settings(&name), &lived().root);
        assert!(block_on(older.check()).unwrap().is_whole());
        assert_eq!((fresh_copies(&older, PID), history(&older).entries.len()), (3, 2));
    }
}

#[test]
fn a_file_that_is_put_back_while_it_is_open_is_not_written_to() {
    let world = World::new();
    let anchor = Arc::new(lived().anchor.copy());
    lived().newer.write(&world.file());
    let wallet = unlocked(world.anchored("vault.db", &anchor), &lived().root);
    // As if another process had come further in the file that was there before.
    let further = unlocked(world.anchored("vault.db", &anchor), &lived().root);
    refuse(&further);
    let ahead = anchor.copy();
    drop((wallet, further));

    let world = World::new();
    lived().newer.write(&world.file());
    let behind = Arc::new(lived().anchor.copy());
    let wallet = unlocked(world.anchored("vault.db", &behind), &lived().root);
    behind.become_like(&ahead);
    let written = block_on(wallet.add_trust_anchors(
        wallet_core::trust::ListName::Tls,
        &world.pki.list(wallet_core::trust::ListName::EuIssuers),
        "late",
    ));
    assert_eq!(code(written), Some(Code::VaultRolledBack));
}

#[test]
fn a_kill_between_commit_and_anchor_is_healed() {
    let world = World::new();
    let anchor = Arc::new(lived().anchor.copy());
    lived().newer.write(&world.file());
    let wallet = unlocked(world.anchored("vault.db", &anchor), &lived().root);
    let before = anchor.generation();
    anchor.cut_off(true);
    for _ in 0..2 {
        let list = wallet_core::trust::ListName::Tls;
        let added = block_on(wallet.add_trust_anchors(
            list,
            &world.pki.list(wallet_core::trust::ListName::EuIssuers),
            "late",
        ));
        assert!(added.is_err(), "the anchor could not be lifted");
    }
    drop(wallet);
    assert_eq!(anchor.generation(), before);
    anchor.cut_off(false);

    let wallet = unlocked(world.anchored("vault.db", &anchor), &lived().root);
    assert!(anchor.generation() > before, "lifted when it was opened");
    let late = block_on(wallet.trust_anchors()).unwrap().iter().filter(|one| one.source() == "late").count();
    assert_eq!(late, 1, "what was committed is there");
}

/// Somebody who has neither the keys nor the anchor can put an older file there, and not make a newer one.
#[test]
fn an_anchor_knows_each_vault_apart() {
    let world = World::new();
    let anchor = Arc::new(lived().anchor.copy());
    lived().stranger.write(&world.file());
    let wallet = block_on(Wallet::open(world.anchored("vault.db", &anchor))).unwrap();
    // It is younger than the other vault, and that is no rollback.
    assert_eq!(
        code(block_on(wallet.unlock(wallet_core::Unlock::Passphrase(crate::world::passphrase()), "Unlock"))),
        None
    );
}
