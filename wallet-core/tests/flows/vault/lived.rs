//! A vault that has seen some life, at two instants, and one of a stranger with the same passphrase. Made once.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use rusqlite::Connection;
use wallet_core::present::Source;
use wallet_core::wallet::RootKey;
use wallet_core::{Code, Settings, Wallet};

use crate::world::{
    Asked, FakeAnchor, Issuer, VaultFile, Verifier, World, block_on, code, open, passphrase, present, receive,
};

pub struct Lived {
    /// With credentials, anchors and a refusal. All of it lies in the database, nothing in the log.
    pub older: VaultFile,
    /// Later: one credential was shown, another request was refused, one waits. All of that lies in the log.
    pub newer: VaultFile,
    /// After `older` it went another way: it refused something else.
    pub fork: VaultFile,
    /// Another vault with other credentials.
    pub stranger: VaultFile,
    /// What opens the first three.
    pub root: RootKey,
    /// What remembers how far `newer` has come.
    pub anchor: FakeAnchor,
}

/// Made once; the derivation from the passphrase has its price.
pub fn lived() -> &'static Lived {
    static LIVED: OnceLock<Lived> = OnceLock::new();
    LIVED.get_or_init(|| {
        let world = World::new();
        drop(world.stocked_wallet());
        let anchor = Arc::new(FakeAnchor::default());
        let wallet = block_on(Wallet::open(world.anchored("vault.db", &anchor))).unwrap();
        let root = block_on(wallet.root_key(passphrase())).unwrap();
        block_on(wallet.unlock_with(&root)).unwrap();
        refuse(&wallet);
        checkpoint(&world.file());
        let older = VaultFile::read(&world.file());

        older.write(&world.folder.join("fork.db"));
        let forked = unlocked(world.settings("fork.db"), &root);
        refuse(&forked);
        let fork = VaultFile::read(&world.folder.join("fork.db"));

        let bank = Verifier::eu(&world);
        present(&wallet, &bank.request(&world, &Asked::family_name(), |_| ())).unwrap();
        refuse(&wallet);
        drop(open(&wallet, &bank.request(&world, &Asked::family_name(), |_| ())).unwrap());
        let newer = VaultFile::read(&world.file());
        let stranger = stranger(&world);
        Lived { older, newer, fork, stranger, root, anchor: anchor.copy() }
    })
}

fn stranger(world: &World) -> VaultFile {
    let wallet = block_on(Wallet::create(world.settings("other.db"), passphrase())).unwrap();
    use wallet_core::trust::ListName::{CaIssuers, EuIssuers, EuVerifiers};
    for list in [EuIssuers, EuVerifiers, CaIssuers] {
        block_on(wallet.add_trust_anchors(list, &world.pki.list(list), "test list")).unwrap();
    }
    receive(&wallet, &Issuer::eu().offer(world)).unwrap();
    refuse(&wallet);
    drop(open(&wallet, &Verifier::eu(world).request(world, &Asked::family_name(), |_| ())).unwrap());
    VaultFile::read(&world.folder.join("other.db"))
}

/// Opens something that is no offer: the wallet notes it.
pub fn refuse(wallet: &Wallet) {
    let refused =
        block_on(wallet.open_link("openid-credential-offer://?credential_offer=%7B%7D", Source::Link));
    assert_eq!(code(refused), Some(Code::OfferInvalid));
}

/// Opens a wallet as a new process that has the root key.
pub fn unlocked(settings: Settings, root: &RootKey) -> Wallet {
    let wallet = block_on(Wallet::open(settings)).unwrap();
    block_on(wallet.unlock_with(root)).unwrap();
    wallet
}

/// Brings what lies in the log into the database.
pub fn checkpoint(path: &Path) {
    let connection = Connection::open(path).unwrap();
    let busy: i64 = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).unwrap();
    assert_eq!(busy, 0);
}
