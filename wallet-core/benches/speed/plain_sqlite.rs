//! The floor of storing: plain SQLite, set as the vault sets it, without encryption, manifest or thread.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, params};

/// About what a sealed credential of 30 elements takes.
const ROW: usize = 6 * 1024;

/// A database of rows that lie as the vault's records do.
pub struct PlainSqlite {
    file: PathBuf,
    connection: Connection,
}

impl PlainSqlite {
    pub fn new(file: &Path, rows: usize) -> Self {
        let connection = connect(file);
        connection.pragma_update(None, "journal_mode", "WAL").unwrap();
        let schema = "CREATE TABLE record (id BLOB PRIMARY KEY, version INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT;
                      CREATE TABLE counter (one INTEGER PRIMARY KEY, count INTEGER NOT NULL) STRICT;
                      INSERT INTO counter VALUES (1, 0); BEGIN";
        connection.execute_batch(schema).unwrap();
        for number in 0..rows {
            let insert = "INSERT INTO record VALUES (?1, 1, ?2)";
            connection.execute(insert, params![id(number), vec![0x5a_u8; ROW]]).unwrap();
        }
        connection.execute_batch("COMMIT").unwrap();
        Self { file: file.to_owned(), connection }
    }

    /// The same database through a connection of its own.
    pub fn reopened(&self) -> Self {
        Self { connection: connect(&self.file), file: self.file.clone() }
    }

    pub fn read(&self) -> Vec<u8> {
        let mut statement =
            self.connection.prepare_cached("SELECT sealed FROM record WHERE id = ?1").unwrap();
        statement.query_row([id(0)], |row| row.get(0)).unwrap()
    }

    pub fn commit(&self) {
        let mut statement = self.connection.prepare_cached("UPDATE counter SET count = count + 1").unwrap();
        statement.execute([]).unwrap();
    }
}

fn id(number: usize) -> [u8; 16] {
    (number as u128).to_be_bytes()
}

fn connect(file: &Path) -> Connection {
    let connection = Connection::open(file).unwrap();
    for (name, value) in [("synchronous", "FULL"), ("secure_delete", "ON")] {
        connection.pragma_update(None, name, value).unwrap();
    }
    connection
}
