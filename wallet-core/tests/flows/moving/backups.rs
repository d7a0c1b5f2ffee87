//! A full backup and the wallet that is made from it.

use std::io::{Cursor, Write};
use std::sync::{Arc, Mutex};

use serde_json::json;
use wallet_core::wallet::{BackedUp, Restored};
use wallet_core::{Code, HistoryEvent, Move, Outcome, ReissueReason, Result, Unlock, Wallet};
use zeroize::Zeroizing;

use super::{lived_in, of_file, receive_pid, reissue_types, show_family_name};
use crate::world::{
    Asked, Issuer, MDL, PID, PID_MDOC, Verifier, World, block_on, code, credential, fresh_copies, history,
    open, passphrase, present, receive,
};

/// A file in memory.
#[derive(Clone, Default)]
pub(super) struct Shared(pub(super) Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

pub(super) fn backup(wallet: &Wallet) -> (Vec<u8>, BackedUp) {
    let file = Shared::default();
    let done = block_on(wallet.export_backup(of_file(), Box::new(file.clone()))).unwrap();
    let bytes = file.0.lock().unwrap().clone();
    (bytes, done)
}

pub(super) fn restore(world: &World, file: &str, backup: &[u8]) -> Result<(Wallet, Restored)> {
    let input = Box::new(Cursor::new(backup.to_vec()));
    block_on(Wallet::restore(world.settings(file), new_passphrase(), input, of_file()))
}

/// The passphrase of the new wallet.
fn new_passphrase() -> Zeroizing<Vec<u8>> {
    Zeroizing::new(b"the new wallet's passphrase".to_vec())
}

fn vault_id(world: &World, file: &str) -> Vec<u8> {
    world.database(file).query_row("SELECT id FROM vault", [], |row| row.get(0)).unwrap()
}

#[test]
fn everything_comes_back_in_a_new_vault_that_works() {
    let world = World::new();
    let old = lived_in(&world);
    let (bytes, done) = backup(&old);
    assert_eq!(done, BackedUp { credentials: 3, keys_stay: 0, entries: 4 });
    let (new, restored) = restore(&world, "new.db", &bytes).unwrap();
    assert_eq!(restored, Restored { credentials: 3, to_reissue: 0, entries: 4 });

    for type_id in [PID, PID_MDOC, MDL] {
        let (before, after) = (credential(&old, type_id), credential(&new, type_id));
        assert_eq!((before.id, before.copies, &before.issuer), (after.id, after.copies, &after.issuer));
        let claims = |wallet: &Wallet| {
            let details = block_on(wallet.credential(before.id)).unwrap();
            details.claims().map(|(at, value)| (at.clone(), value.clone())).collect::<Vec<_>>()
        };
        assert_eq!(claims(&old), claims(&new));
    }
    assert_eq!(block_on(new.trust_anchors()).unwrap().len(), block_on(old.trust_anchors()).unwrap().len());
    show_family_name(&world, &new).unwrap();
    receive_pid(&world, &new);

    // Another vault with other keys: only its own passphrase opens it, and its file is its own.
    assert_ne!(vault_id(&world, "vault.db"), vault_id(&world, "new.db"));
    new.lock().unwrap();
    assert_eq!(code(block_on(new.unlock(Unlock::Passphrase(passphrase()), ""))), Some(Code::PassphraseWrong));
    block_on(new.unlock(Unlock::Passphrase(new_passphrase()), "")).unwrap();
    show_family_name(&world, &old).unwrap();
}

#[test]
fn no_restored_copy_counts_as_never_shown() {
    let world = World::new();
    let old = lived_in(&world);
    let (bytes, _) = backup(&old);
    let (new, _) = restore(&world, "new.db", &bytes).unwrap();
    assert_eq!((fresh_copies(&old, PID), fresh_copies(&old, MDL)), (2, 3));
    for type_id in [PID, PID_MDOC, MDL] {
        assert_eq!(fresh_copies(&new, type_id), 0, "{type_id}");
    }
    let bank = Verifier::eu(&world);
    let request = open(&new, &bank.request(&world, &Asked::family_name(), |_| ())).unwrap();
    let choice = request.evaluation().least().unwrap();
    let told = request.warnings(&choice).unwrap();
    assert!(!told.is_empty(), "the citizen is told that verifiers may recognise the copy");
    assert_eq!(code(request.consent(choice, &[])), Some(Code::WarningNotAcknowledged));
}

#[test]
fn copies_that_may_be_shown_once_are_used_up() {
    let world = World::new();
    let old = world.empty_wallet();
    receive(&old, &Issuer::eu().once_only().offer(&world)).unwrap();
    let (bytes, _) = backup(&old);
    let (new, restored) = restore(&world, "new.db", &bytes).unwrap();
    assert_eq!((restored.credentials, restored.to_reissue), (2, 2));
    let waiting = block_on(new.to_reissue()).unwrap();
    assert!(waiting.iter().all(|one| one.reissue.reason == ReissueReason::OnceOnly));
    assert_eq!(reissue_types(&new), [PID_MDOC, PID]);
    let bank = Verifier::eu(&world);
    let shown = present(&new, &bank.request(&world, &Asked::family_name(), |_| ()));
    assert!(shown.is_err(), "a copy that another wallet may have shown is never shown again");
    assert!(bank.posts().iter().all(|post| !post.contains_key("response")));
    // Issued again, it works again.
    receive(&new, &Issuer::eu().once_only().offer(&world)).unwrap();
    assert!(reissue_types(&new).is_empty());
    present(&new, &bank.request(&world, &Asked::family_name(), |_| ())).unwrap();
}

#[test]
fn the_history_comes_back_with_its_outcomes_and_says_what_happened() {
    let world = World::new();
    let old = lived_in(&world);
    let (bytes, _) = backup(&old);
    let (new, _) = restore(&world, "new.db", &bytes).unwrap();
    let (before, after) = (history(&old).entries, history(&new).entries);
    assert_eq!(before, after[..before.len()]);
    assert_eq!(after[2].outcome, Some(Outcome::Sent { status: 200 }));
    let moves: Vec<HistoryEvent> = after[3..].iter().map(|one| one.entry.event.clone()).collect();
    assert_eq!(
        moves,
        [
            HistoryEvent::Moved { how: Move::BackedUp, credentials: 3, entries: 3 },
            HistoryEvent::Moved { how: Move::Restored, credentials: 3, entries: 4 },
        ]
    );
}

/// Entries have new numbers in the new wallet, so those that are gone name none.
#[test]
fn a_history_with_deletions_comes_back_without_what_was_deleted() {
    let world = World::new();
    let old = lived_in(&world);
    block_on(old.delete_history(&[1])).unwrap();
    let (bytes, done) = backup(&old);
    assert_eq!(done.entries, 4, "two that stayed, the deletion, and the backup");
    let (new, _) = restore(&world, "new.db", &bytes).unwrap();
    let events = |wallet: &Wallet| -> Vec<HistoryEvent> {
        history(wallet).entries.into_iter().map(|one| one.entry.event).collect()
    };
    let mut before = events(&old);
    for event in &mut before {
        if let HistoryEvent::EntriesDeleted { numbers, .. } = event {
            assert!(!std::mem::take(numbers).is_empty());
        }
    }
    assert_eq!(before, events(&new)[..before.len()]);
    assert!(block_on(new.check()).unwrap().is_whole());
    block_on(new.delete_history(&[1])).unwrap();
    assert!(block_on(new.check()).unwrap().is_whole());
}

#[test]
fn pending_flows_and_their_keys_do_not_travel() {
    let world = World::new();
    let old = world.stocked_wallet();
    let link = Issuer::eu().offer(&world);
    let incoming = block_on(old.open_link(&link, wallet_core::present::Source::Link)).unwrap();
    let wallet_core::wallet::Incoming::Offer { offer } = incoming else { panic!() };
    block_on(offer.accept(Some("1234".to_owned()), "Receive")).unwrap();
    assert_eq!(block_on(old.pending()).unwrap().len(), 1);
    let (bytes, _) = backup(&old);
    let (new, _) = restore(&world, "new.db", &bytes).unwrap();
    assert!(block_on(new.pending()).unwrap().is_empty());
    assert_eq!(world.keys_have_owners("new.db"), 9);
}

#[test]
fn what_another_wallet_told_comes_back_too() {
    let world = World::new();
    let object = block_on(lived_in(&world).export_migration(of_file())).unwrap().object;
    let old = block_on(Wallet::create(world.settings("second.db"), passphrase())).unwrap();
    block_on(old.import_migration(object.into_bytes(), of_file())).unwrap();
    let (bytes, _) = backup(&old);
    let (new, restored) = restore(&world, "new.db", &bytes).unwrap();
    assert_eq!((restored.credentials, restored.to_reissue), (0, 3));
    assert_eq!(reissue_types(&new), [PID_MDOC, MDL, PID]);
    let imported = |wallet: &Wallet| block_on(wallet.imported_history()).unwrap();
    assert_eq!(imported(&new), imported(&old));
}

#[test]
fn a_backup_shows_nothing_of_its_content() {
    let world = World::new();
    let (bytes, _) = backup(&lived_in(&world));
    let text = String::from_utf8_lossy(&bytes);
    for known in ["Dubois", "Lyon", PID, MDL, "issuer.example", "family_name", "test list"] {
        assert!(!text.contains(known), "{known}");
    }
}

#[test]
fn a_wallet_that_is_there_is_left_alone() {
    let world = World::new();
    let wallet = lived_in(&world);
    let (bytes, _) = backup(&wallet);
    let before = world.holdings(&wallet);
    assert_eq!(code(restore(&world, "vault.db", &bytes)), Some(Code::VaultExists));
    assert_eq!(world.holdings(&wallet), before);
}

#[test]
fn a_backup_that_cannot_be_written_is_told_and_in_the_history() {
    struct Full;
    impl Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("disk full at a path that is nobody's business"))
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let world = World::new();
    let wallet = lived_in(&world);
    let failed = block_on(wallet.export_backup(of_file(), Box::new(Full)));
    let error = failed.unwrap_err();
    assert_eq!(error.code(), Code::StorageFailed);
    assert!(!json!(error.to_string()).to_string().contains("nobody"));
    let last = history(&wallet).entries.pop().unwrap().entry.event;
    assert!(matches!(last, HistoryEvent::Moved { how: Move::BackedUp, .. }));
    let short =
        block_on(wallet.export_backup(Zeroizing::new(b"1234567".to_vec()), Box::new(Shared::default())));
    assert_eq!(code(short), Some(Code::PassphraseTooShort));
}
