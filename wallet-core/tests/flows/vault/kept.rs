//! What was read of the manifest stays in memory, and what did not change is not written.

use wallet_core::{Code, Wallet};

use super::lived::{lived, unlocked};
use crate::world::{World, block_on, code};

fn open(world: &World) -> Wallet {
    unlocked(world.settings("vault.db"), &lived().root)
}

/// It was proven once, so it is still good; a look at the file itself, or another start, tells.
#[test]
fn a_node_that_is_damaged_meanwhile_is_named_by_a_check_and_by_the_next_start() {
    let world = World::new();
    lived().newer.write(&world.file());
    let wallet = open(&world);
    let before = block_on(wallet.credentials()).unwrap();
    let damage = "UPDATE manifest SET sealed = zeroblob(length(sealed)) WHERE row <> 0";
    world.database("vault.db").execute_batch(damage).unwrap();
    assert_eq!(block_on(wallet.credentials()).unwrap(), before);
    let damaged = block_on(wallet.check()).unwrap().damaged;
    assert!(damaged.iter().any(|one| one.code == Code::ManifestDamaged), "{damaged:?}");

    let next = block_on(Wallet::open(world.settings("vault.db"))).unwrap();
    assert_eq!(code(block_on(next.unlock_with(&lived().root))), Some(Code::ManifestDamaged));
}

#[test]
fn unlocking_where_nothing_is_to_be_set_right_writes_nothing() {
    let world = World::new();
    lived().newer.write(&world.file());
    let wallet = open(&world);
    let generation = || -> i64 {
        let root = "SELECT version FROM manifest WHERE row = 0";
        world.database("vault.db").query_row(root, [], |row| row.get(0)).unwrap()
    };
    let before = generation();
    wallet.lock().unwrap();
    block_on(wallet.unlock_with(&lived().root)).unwrap();
    drop(open(&world));
    assert_eq!(generation(), before);
}
