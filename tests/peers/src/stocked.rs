//! A wallet of the core's, in a vault that holds much, received from the tests' issuers and checked as ever.

use std::path::PathBuf;

use wallet_core::Wallet;
use wallet_core::credential::CredentialId;
use wallet_core::wallet::{CredentialDetails, CredentialEntry, RootKey};

use crate::stock;
use crate::world::{self, World, block_on, passphrase};

/// The vault's file in its world.
const FILE: &str = "vault.db";

/// A vault with credentials in it, and a wallet that has it open.
pub struct Stocked {
    world: World,
    pub wallet: Wallet,
    root: RootKey,
    credential: CredentialId,
}

impl Stocked {
    pub fn new(count: usize) -> Self {
        let world = World::new();
        let wallet = world.empty_wallet();
        for issuer in stock::issuers(count) {
            world::receive(&wallet, &issuer.offer(&world)).unwrap();
        }
        let entries = list(&wallet);
        assert_eq!(entries.len(), count);
        let root = block_on(wallet.root_key(passphrase())).unwrap();
        Self { world, wallet, root, credential: entries[0].id }
    }

    /// As a new process that has the root key.
    pub fn open(&self) -> Wallet {
        let wallet = block_on(Wallet::open(self.world.settings(FILE))).unwrap();
        block_on(wallet.unlock_with(&self.root)).unwrap();
        wallet
    }

    /// One credential with its claims.
    pub fn read(&self, wallet: &Wallet) -> CredentialDetails {
        block_on(wallet.credential(self.credential)).unwrap()
    }

    pub fn file(&self) -> PathBuf {
        self.world.file()
    }

    /// A place for another file, which goes when this goes.
    pub fn beside(&self, file: &str) -> PathBuf {
        self.world.folder.join(file)
    }
}

/// Opens and checks all records that queries look at. Returns their length.
pub fn scan(wallet: &Wallet) -> usize {
    block_on(wallet.scan()).unwrap()
}

/// All that the wallet holds, and nothing of it damaged.
pub fn list(wallet: &Wallet) -> Vec<CredentialEntry> {
    let list = block_on(wallet.credentials()).unwrap();
    assert!(list.damaged.is_empty());
    list.entries
}
