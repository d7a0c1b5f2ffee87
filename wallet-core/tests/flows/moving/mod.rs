//! What leaves the wallet in a file, and what comes back with one: moving house (ARF Mig_01 to 07b, EUDI TS10), backups.

mod backups;
mod damage;
mod hardware;
mod migrating;

use wallet_core::Wallet;
use zeroize::Zeroizing;

use crate::world::{Asked, Issuer, Verifier, World, block_on, present, receive};

/// The passphrase of a file.
fn of_file() -> Zeroizing<Vec<u8>> {
    Zeroizing::new(b"a passphrase of its own".to_vec())
}

/// A wallet that holds everything and has shown one copy of the PID.
fn lived_in(world: &World) -> Wallet {
    let wallet = world.stocked_wallet();
    show_family_name(world, &wallet).unwrap();
    wallet
}

fn show_family_name(world: &World, wallet: &Wallet) -> wallet_core::Result<wallet_core::present::Receipt> {
    let bank = Verifier::eu(world);
    present(wallet, &bank.request(world, &Asked::family_name(), |_| ()))
}

/// Receives from the issuer of the PID.
fn receive_pid(world: &World, wallet: &Wallet) {
    receive(wallet, &Issuer::eu().offer(world)).unwrap();
}

fn reissue_types(wallet: &Wallet) -> Vec<String> {
    block_on(wallet.to_reissue()).unwrap().into_iter().map(|entry| entry.reissue.type_id).collect()
}
