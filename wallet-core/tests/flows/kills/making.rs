//! A kill while the vault is made leaves none, or a whole one.

use wallet_core::{Code, Wallet};

use super::{at_each_instant, killed};
use crate::world::{World, block_on, code, passphrase};

fn create(world: &World, file: &str) -> wallet_core::Result<Wallet> {
    block_on(Wallet::create(world.settings(file), passphrase()))
}

fn open(world: &World, file: &str) -> wallet_core::Result<Wallet> {
    block_on(Wallet::open(world.settings(file)))
}

#[test]
fn what_was_cut_off_is_made_anew() {
    let world = World::new();
    std::fs::write(world.folder.join("nothing.db"), b"").unwrap();
    world.database("settings.db").pragma_update(None, "journal_mode", "WAL").unwrap();
    for file in ["nothing.db", "settings.db", "never.db"] {
        assert_eq!(code(open(&world, file)), Some(Code::VaultMissing), "{file}");
        drop(create(&world, file).unwrap());
        assert_eq!(code(open(&world, file)), None, "{file}");
        assert_eq!(code(create(&world, file)), Some(Code::VaultExists), "{file}");
    }
}

#[test]
fn what_is_there_is_never_overwritten() {
    let world = World::new();
    std::fs::write(world.folder.join("letter.db"), "Dear Élodie, ".repeat(1_000)).unwrap();
    world.database("other.db").execute_batch("CREATE TABLE notes (text TEXT)").unwrap();
    for file in ["letter.db", "other.db"] {
        let before = std::fs::read(world.folder.join(file)).unwrap();
        assert_eq!(code(open(&world, file)), Some(Code::VaultUnreadable), "{file}");
        assert_eq!(code(create(&world, file)), Some(Code::VaultExists), "{file}");
        assert_eq!(std::fs::read(world.folder.join(file)).unwrap(), before, "{file}");
    }
}

/// Trust anchors are added all or none.
#[test]
fn while_trust_is_added() {
    let world = World::new();
    let wallet = create(&world, "vault.db").unwrap();
    let list = wallet_core::trust::ListName::EuIssuers;
    let pem = world.pki.list(list) + &world.pki.list(wallet_core::trust::ListName::CaIssuers);
    let (added, instants) = at_each_instant(&world, wallet.add_trust_anchors(list, &pem, "test list"), || ());
    assert_eq!(added.unwrap(), 2);
    let mut seen = Vec::new();
    for (file, ()) in killed(&world, instants) {
        seen.push(block_on(world.unlocked(&file).trust_anchors()).unwrap().len());
    }
    seen.dedup();
    assert_eq!(seen, [0, 2]);
}
