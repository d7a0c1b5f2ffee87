//! Keys in hardware stay where they are: what they bind has to be issued again.

use std::sync::Arc;

use wallet_core::wallet::{BackedUp, Restored};
use wallet_core::{ReissueReason, Settings, Unlock, Wallet};

use super::backups::{backup, restore};
use super::{lived_in, of_file, receive_pid};
use crate::world::{Phone, World, block_on};

fn on(world: &World, file: &str, phone: &Phone) -> Settings {
    let mut settings = world.settings(file);
    settings.ports.secure_area = Some(Arc::new(phone.clone()));
    settings
}

#[test]
fn mig_02_keys_in_hardware_do_not_travel_and_what_they_bind_is_asked_for_again() {
    let world = World::new();
    let phone = Phone::default();
    drop(world.empty_wallet_at("phone.db"));
    let old = block_on(Wallet::open(on(&world, "phone.db", &phone))).unwrap();
    block_on(old.unlock(Unlock::Passphrase(crate::world::passphrase()), "")).unwrap();
    receive_pid(&world, &old);
    let keys = phone.keys();
    let (bytes, done) = backup(&old);
    assert_eq!(done, BackedUp { credentials: 2, keys_stay: 2, entries: 2 });

    let (new, restored) = restore(&world, "new.db", &bytes).unwrap();
    assert_eq!(restored, Restored { credentials: 0, to_reissue: 2, entries: 2 });
    assert!(block_on(new.credentials()).unwrap().entries.is_empty());
    let waiting = block_on(new.to_reissue()).unwrap();
    assert!(waiting.iter().all(|one| one.reissue.reason == ReissueReason::KeyStayed));
    assert!(waiting.iter().all(|one| one.reissue.issuer == "https://issuer.example"));
    assert_eq!(world.keys_have_owners("new.db"), 0);
    assert_eq!(phone.keys(), keys, "the old phone's keys are left alone");
    receive_pid(&world, &new);
    assert!(block_on(new.to_reissue()).unwrap().is_empty());
}

#[test]
fn where_there_is_hardware_keys_of_the_desktop_are_of_no_use() {
    let world = World::new();
    let (bytes, _) = backup(&lived_in(&world));
    let phone = Phone::default();
    let input = Box::new(std::io::Cursor::new(bytes));
    let restored =
        block_on(Wallet::restore(on(&world, "new.db", &phone), crate::world::passphrase(), input, of_file()));
    assert_eq!(restored.unwrap().1, Restored { credentials: 0, to_reissue: 3, entries: 4 });
    assert_eq!(world.rows("new.db", "software_key"), 0, "no private key lies about");
}
