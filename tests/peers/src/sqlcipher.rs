//! SQLCipher as it comes: each page under AES-256-CBC with HMAC-SHA-512. It gets the raw key, so nothing is stretched,
//! and the vault's settings otherwise.

use std::hint::black_box;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, params};

use crate::world::TABLES;

/// 32 bytes in the form that says they are the key itself, not a passphrase.
const KEY: &str = "x'2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a2a'";
/// What a sealed row has beyond its plaintext: nonce before it, tag behind.
const NONCE: usize = 12;
const TAG: usize = 16;

/// A database with the tables and rows of a vault, each row as long as it is when it is opened. They keep the vault's
/// ciphertext, which is as good as plaintext to whoever encrypts it once more.
pub struct SqlCipher {
    file: PathBuf,
    pub connection: Connection,
    /// A row of each of the tables that hold what a credential says.
    ids: [(&'static str, [u8; 16]); 3],
}

impl SqlCipher {
    /// Copies a vault, and packs the copy: its pages lie at their best.
    pub fn copy_of(vault: &Path, file: &Path) -> Self {
        let source = Connection::open(vault).unwrap();
        source.execute(&format!("ATTACH ?1 AS copy KEY \"{KEY}\""), params![file.to_str()]).unwrap();
        source.query_row("SELECT sqlcipher_export('copy')", [], |_| Ok(())).unwrap();
        for table in TABLES.into_iter().chain(["manifest", "history"]) {
            let (first, more) = (NONCE + 1, NONCE + TAG);
            let strip =
                format!("UPDATE copy.{table} SET sealed = substr(sealed, {first}, length(sealed) - {more})");
            source.execute(&strip, []).unwrap();
        }
        drop(source);
        let connection = connect(file);
        connection.execute_batch("VACUUM").unwrap();
        connection.pragma_update(None, "journal_mode", "WAL").unwrap();
        assert!(!std::fs::read(file).unwrap().starts_with(b"SQLite format 3"), "it is encrypted");
        let ids = ["credential", "summary", "copy"].map(|table| {
            let any = format!("SELECT id FROM {table} LIMIT 1");
            (table, connection.query_row(&any, [], |row| row.get(0)).unwrap())
        });
        Self { file: file.to_owned(), connection, ids }
    }

    /// The same database through a connection of its own.
    pub fn open(&self) -> Connection {
        connect(&self.file)
    }

    /// The same with room for all pages in memory, where they lie decrypted after the first scan.
    pub fn open_with_large_cache(&self) -> Connection {
        let connection = self.open();
        connection.pragma_update(None, "cache_size", -64 * 1024).unwrap();
        connection
    }

    /// Reads as many records as a credential with one copy has.
    pub fn read(&self, connection: &Connection) -> [Vec<u8>; 3] {
        self.ids.map(|(table, id)| {
            let one = format!("SELECT sealed FROM {table} WHERE id = ?1");
            connection.query_row(&one, [id], |row| row.get(0)).unwrap()
        })
    }
}

/// Reads all records of a table where they lie: no copy is made of any, and none is decoded. Returns their length.
pub fn scan(connection: &Connection, table: &str) -> usize {
    let all = format!("SELECT id, version, sealed FROM {table}");
    let mut statement = connection.prepare_cached(&all).unwrap();
    let mut rows = statement.query([]).unwrap();
    let mut length = 0;
    while let Some(row) = rows.next().unwrap() {
        length += black_box(row.get_ref(2).unwrap().as_blob().unwrap()).len();
    }
    length
}

fn connect(file: &Path) -> Connection {
    let connection = Connection::open(file).unwrap();
    connection.execute_batch(&format!("PRAGMA key = \"{KEY}\"")).unwrap();
    for (name, value) in
        [("synchronous", "FULL"), ("secure_delete", "ON"), ("foreign_keys", "ON"), ("trusted_schema", "OFF")]
    {
        connection.pragma_update(None, name, value).unwrap();
    }
    connection
}
