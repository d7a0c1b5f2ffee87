//! Vault files: some made once and copied for each test, since a passphrase costs its time; and what lies in one, read
//! from outside.

use std::path::Path;
use std::sync::OnceLock;

use rusqlite::Connection;
use wallet_core::Wallet;
use wallet_core::trust::{ListName, TrustAnchor};
use wallet_core::wallet::CredentialEntry;

use super::{Issuer, World, block_on, passphrase, receive};

/// The tables of sealed records.
pub const TABLES: [&str; 11] = [
    "credential",
    "summary",
    "copy",
    "key",
    "loose_key",
    "software_key",
    "pending",
    "anchor",
    "refusals",
    "reissue",
    "imported",
];

/// What a vault file holds at one instant, to be opened elsewhere.
#[derive(Clone, PartialEq, Eq)]
pub struct VaultFile {
    pub database: Vec<u8>,
    /// What was committed and is not yet in the database (`-wal`).
    pub log: Vec<u8>,
}

impl VaultFile {
    /// The file as it lies there now; no writer may be at work.
    pub fn read(path: &Path) -> Self {
        let log = std::fs::read(log_of(path)).unwrap_or_default();
        Self { database: std::fs::read(path).unwrap(), log }
    }

    pub fn write(&self, path: &Path) {
        std::fs::write(path, &self.database).unwrap();
        std::fs::write(log_of(path), &self.log).unwrap();
    }
}

fn log_of(path: &Path) -> std::path::PathBuf {
    path.with_extension("db-wal")
}

/// A vault that trusts everybody in the world that is to be trusted, and holds nothing.
pub fn empty() -> &'static VaultFile {
    static FILE: OnceLock<VaultFile> = OnceLock::new();
    FILE.get_or_init(|| {
        let world = World::new();
        let wallet = block_on(Wallet::create(world.settings("vault.db"), passphrase())).unwrap();
        world.trust_everybody(&wallet);
        VaultFile::read(&world.file())
    })
}

/// The same with the EU's PID in both formats and the Canadian driver's licence, three copies of each.
pub fn stocked() -> &'static VaultFile {
    static FILE: OnceLock<VaultFile> = OnceLock::new();
    FILE.get_or_init(|| {
        let world = World::new();
        let wallet = world.empty_wallet();
        for issuer in [Issuer::eu(), Issuer::ca()] {
            receive(&wallet, &issuer.offer(&world)).unwrap();
        }
        VaultFile::read(&world.file())
    })
}

/// What nothing that is refused may change: credentials, copies, keys and trust, each with the version of its record.
#[derive(Debug, PartialEq)]
pub struct Holdings {
    credentials: Vec<CredentialEntry>,
    anchors: Vec<TrustAnchor>,
    records: Vec<(&'static str, Vec<u8>, i64)>,
}

impl World {
    /// From now on a wallet trusts everybody in the world that is to be trusted.
    pub fn trust_everybody(&self, wallet: &Wallet) {
        for list in ListName::ALL.into_iter().filter(|list| *list != ListName::Tls) {
            block_on(wallet.add_trust_anchors(list, &self.pki.list(list), "test list")).unwrap();
        }
    }

    /// What the wallet in `vault.db` holds.
    pub fn holdings(&self, wallet: &Wallet) -> Holdings {
        let connection = self.database("vault.db");
        let kept = TABLES.into_iter().filter(|table| !["pending", "refusals"].contains(table));
        let records = kept.flat_map(|table| {
            let mut statement =
                connection.prepare(&format!("SELECT id, version FROM {table} ORDER BY id")).unwrap();
            let rows = statement.query_map([], |row| Ok((table, row.get(0)?, row.get(1)?))).unwrap();
            rows.collect::<rusqlite::Result<Vec<_>>>().unwrap()
        });
        Holdings {
            credentials: block_on(wallet.credentials()).unwrap().entries,
            anchors: block_on(wallet.trust_anchors()).unwrap(),
            records: records.collect(),
        }
    }

    /// A vault file, as SQLite shows it to anybody.
    pub fn database(&self, file: &str) -> Connection {
        Connection::open(self.folder.join(file)).unwrap()
    }

    /// How many rows a table of a vault file has.
    pub fn rows(&self, file: &str, table: &str) -> i64 {
        let count = format!("SELECT count(*) FROM {table}");
        self.database(file).query_row(&count, [], |row| row.get(0)).unwrap()
    }

    /// Each copy has a key and each key a copy: none is lost, none is left over. Gives their number.
    pub fn keys_have_owners(&self, file: &str) -> i64 {
        let [copies, keys, private] = ["copy", "key", "software_key"].map(|table| self.rows(file, table));
        assert_eq!((keys, private), (copies, copies), "{file}");
        copies
    }
}
