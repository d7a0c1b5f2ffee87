//! Guards are added, changed and removed without touching a record, and never so that nothing is left that travels.

use wallet_core::Code;
use wallet_core::wallet::{GuardKind, NewUnlock, Unlock};

use super::{PIN, Scene, bytes, pin};
use crate::world::{block_on, code};

#[test]
fn changing_rewraps_and_nothing_else() {
    let scene = Scene::stocked();
    let before = scene.world.holdings(&scene.wallet);
    scene.set(pin(PIN), NewUnlock::Pin(bytes("395028"))).unwrap();
    assert_eq!(scene.world.holdings(&scene.wallet), before);
    assert_eq!(code(scene.unlock(pin(PIN))), Some(Code::PinWrong));
    assert_eq!(code(scene.unlock(pin("395028"))), None);
    // The old PIN's key is gone from the phone.
    let guards_and_copies = 2 + 6;
    assert_eq!(scene.phone.keys(), guards_and_copies);
}

#[test]
fn a_new_recovery_key_makes_the_old_one_useless() {
    let scene = Scene::new();
    let new = block_on(scene.wallet.make_recovery_key(pin(PIN), "Change")).unwrap();
    assert_eq!(code(scene.unlock(scene.recovery())), Some(Code::RecoveryKeyWrong));
    assert_eq!(code(scene.unlock(Unlock::RecoveryKey(new.reveal().unwrap()))), None);
}

#[test]
fn whoever_finds_it_open_cannot_change_what_opens_it() {
    let scene = Scene::new();
    assert!(scene.wallet.is_unlocked().unwrap());
    let change = |authority| code(scene.set(authority, NewUnlock::Pin(bytes("395028"))));
    assert_eq!(change(pin("000001")), Some(Code::PinWrong));
    let remove = block_on(scene.wallet.remove_guard(pin("000001"), GuardKind::Pin, "Remove"));
    assert_eq!(code(remove), Some(Code::PinWrong));
    assert_eq!(code(scene.unlock(pin(PIN))), None);
}

#[test]
fn one_that_travels_always_stays() {
    let scene = Scene::new();
    let remove = |kind| code(block_on(scene.wallet.remove_guard(pin(PIN), kind, "Remove")));
    assert_eq!(remove(GuardKind::RecoveryKey), Some(Code::LastGuard));
    assert_eq!(remove(GuardKind::Passphrase), Some(Code::GuardMissing));
    scene.set(pin(PIN), NewUnlock::Passphrase(bytes("a long passphrase"))).unwrap();
    assert_eq!(remove(GuardKind::RecoveryKey), None);
    assert_eq!(remove(GuardKind::Passphrase), Some(Code::LastGuard));
    assert_eq!(remove(GuardKind::Pin), None);
    assert_eq!(scene.phone.keys(), 0);
    assert_eq!(block_on(scene.wallet.guards()).unwrap(), [GuardKind::Passphrase]);
}

#[test]
fn a_guard_that_was_put_back_into_the_file_opens_nothing() {
    let scene = Scene::new();
    let file = scene.world.database("vault.db");
    file.execute_batch("CREATE TEMP TABLE old AS SELECT * FROM guard").unwrap();
    scene.set(pin(PIN), NewUnlock::Pin(bytes("395028"))).unwrap();
    let new = block_on(scene.wallet.make_recovery_key(pin("395028"), "Change")).unwrap();
    file.execute_batch("DELETE FROM guard; INSERT INTO guard SELECT * FROM old").unwrap();
    assert_eq!(code(scene.unlock(scene.recovery())), Some(Code::RecordUnexpected));
    assert_eq!(code(scene.unlock(Unlock::RecoveryKey(new.reveal().unwrap()))), Some(Code::RecoveryKeyWrong));
}
