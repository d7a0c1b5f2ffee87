//! Each guard opens, and only with the right thing.

use wallet_core::Code;
use wallet_core::platform::conformance::{Abilities, secure_area};
use wallet_core::wallet::{GuardKind, NewUnlock, Unlock};

use super::{PIN, Scene, bytes, pin};
use crate::world::{Phone, World, block_on, code};

#[test]
fn the_phone_that_is_played_does_what_a_secure_area_must() {
    let all = Abilities { agrees: true, seals: true };
    assert_eq!(block_on(secure_area(&Phone::default(), all)), Ok(()));
}

#[test]
fn every_guard_opens_and_says_that_it_is_there_while_locked() {
    let scene = Scene::new();
    scene.set(pin(PIN), NewUnlock::Biometrics).unwrap();
    scene.set(pin(PIN), NewUnlock::Passphrase(bytes("a long passphrase"))).unwrap();
    let ways = || {
        [
            scene.recovery(),
            Unlock::RecoveryKey(bytes(&scene.recovery_key.to_lowercase().replace('-', " "))),
            pin(PIN),
            Unlock::Biometrics,
            Unlock::Passphrase(bytes("a long passphrase")),
        ]
    };
    for with in ways() {
        assert_eq!(code(scene.unlock(with)), None);
        assert!(scene.wallet.is_unlocked().unwrap());
    }
    scene.wallet.lock().unwrap();
    let kinds = [GuardKind::Passphrase, GuardKind::Pin, GuardKind::Biometrics, GuardKind::RecoveryKey];
    assert_eq!(block_on(scene.wallet.guards()).unwrap(), kinds);
}

#[test]
fn the_wrong_thing_does_not_open() {
    let scene = Scene::new();
    let slip = scene.recovery_key.replacen(&scene.recovery_key[..1], "-", 1);
    let other = Scene::new().recovery_key;
    for (with, expected) in [
        (pin("802714"), Code::PinWrong),
        (Unlock::RecoveryKey(bytes(&other)), Code::RecoveryKeyWrong),
        (Unlock::RecoveryKey(bytes(&slip)), Code::RecoveryKeyMalformed),
        (Unlock::Passphrase(bytes("a long passphrase")), Code::GuardMissing),
        (Unlock::Biometrics, Code::GuardMissing),
    ] {
        assert_eq!(code(scene.unlock(with)), Some(expected));
        assert!(!scene.wallet.is_unlocked().unwrap());
    }
}

#[test]
fn without_secure_hardware_there_is_no_pin() {
    let world = World::new();
    let wallet = world.empty_wallet();
    for new in [NewUnlock::Pin(bytes(PIN)), NewUnlock::Biometrics] {
        let authority = Unlock::Passphrase(crate::world::passphrase());
        let refused = block_on(wallet.set_guard(authority, new, "Change"));
        assert_eq!(code(refused), Some(Code::GuardNeedsHardware));
    }
    assert_eq!(block_on(wallet.guards()).unwrap(), [GuardKind::Passphrase]);
}
