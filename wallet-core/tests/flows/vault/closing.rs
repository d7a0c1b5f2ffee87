//! A wallet that was closed lies in one file.

use wallet_core::Code;

use crate::world::{Issuer, PID, World, block_on, code, credential, passphrase, receive};

#[test]
fn the_file_alone_is_the_whole_wallet() {
    let world = World::new();
    let wallet = world.empty_wallet();
    receive(&wallet, &Issuer::eu().offer(&world)).unwrap();
    let handle = wallet.clone();
    block_on(wallet.close()).unwrap();

    assert!(!world.folder.join("vault.db-wal").exists(), "nothing beside it, though a handle lives");
    std::fs::copy(world.file(), world.folder.join("copy.db")).unwrap();
    assert_eq!(credential(&world.unlocked("copy.db"), PID).copies, 3);

    assert!(!handle.is_unlocked().unwrap());
    assert_eq!(code(block_on(handle.credentials())), Some(Code::VaultClosed));
    assert_eq!(
        code(block_on(handle.unlock(wallet_core::Unlock::Passphrase(passphrase()), "Unlock"))),
        Some(Code::VaultClosed)
    );
    assert_eq!(code(block_on(handle.close())), Some(Code::VaultClosed), "once is enough");
}

/// Several processes may have it open. What one leaves is then in the file too.
#[test]
fn another_process_goes_on() {
    let world = World::new();
    let (wallet, other) = (world.empty_wallet(), world.unlocked("vault.db"));
    receive(&wallet, &Issuer::eu().offer(&world)).unwrap();
    block_on(wallet.close()).unwrap();
    std::fs::copy(world.file(), world.folder.join("copy.db")).unwrap();
    assert_eq!(credential(&world.unlocked("copy.db"), PID).copies, 3);
    assert_eq!(credential(&other, PID).copies, 3);
    receive(&other, &Issuer::ca().offer(&world)).unwrap();
}
