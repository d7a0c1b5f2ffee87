//! The rows of the file within one SQLite transaction, sealed and opened. What should be there is the manifest's affair.

use rusqlite::{OptionalExtension, params};

use super::file::storage;
use super::keyring::Keyring;
use super::seal::{Id, Place, Table};
use crate::crypto::secret::SecretBytes;
use crate::error::Result;

/// A sealed row, or one to be written.
pub(super) struct Row {
    /// How often it was written.
    pub(super) version: u64,
    pub(super) sealed: Vec<u8>,
}

/// Reads and writes rows. Dropped without [`Rows::commit`] it changes nothing.
pub(super) struct Rows<'v> {
    tx: rusqlite::Transaction<'v>,
    vault: Id,
    keyring: &'v Keyring,
}

impl<'v> Rows<'v> {
    pub(super) fn new(tx: rusqlite::Transaction<'v>, vault: Id, keyring: &'v Keyring) -> Self {
        Self { tx, vault, keyring }
    }

    pub(super) fn keyring(&self) -> &'v Keyring {
        self.keyring
    }

    /// SQLite's transaction, for what is no sealed row: the schema, and guards.
    pub(super) fn sql(&self) -> &rusqlite::Transaction<'v> {
        &self.tx
    }

    pub(super) fn commit(self) -> Result<()> {
        self.tx.commit().map_err(storage)
    }

    /// Seals something for its place.
    pub(super) fn seal(&self, table: Table, id: &Id, version: u64, plaintext: &[u8]) -> Result<Row> {
        let place = Place { vault: &self.vault, table, id, version };
        let sealed = self.keyring.with(|keys| place.seal(keys.of(table), plaintext))?;
        Ok(Row { version, sealed })
    }

    /// Opens what was sealed for this place.
    pub(super) fn open(&self, table: Table, id: &Id, version: u64, sealed: &[u8]) -> Result<SecretBytes> {
        let place = Place { vault: &self.vault, table, id, version };
        self.keyring.with(|keys| place.open(keys.of(table), sealed))
    }

    /// As [`Rows::open`], into memory that serves again.
    pub(super) fn open_into(
        &self,
        table: Table,
        id: &Id,
        version: u64,
        sealed: &[u8],
        out: &mut SecretBytes,
    ) -> Result<()> {
        let place = Place { vault: &self.vault, table, id, version };
        self.keyring.with(|keys| place.open_into(keys.of(table), sealed, out))
    }

    /// A record.
    pub(super) fn record(&self, table: Table, id: &Id) -> Result<Option<Row>> {
        let sql = format!("SELECT version, sealed FROM {} WHERE id = ?1", table.name());
        self.one(&sql, id)
    }

    /// Writes a record, new or in place of its older version.
    pub(super) fn put_record(&self, table: Table, id: &Id, row: &Row) -> Result<()> {
        let sql = format!(
            "INSERT INTO {} (id, version, sealed) VALUES (?1, ?2, ?3)
             ON CONFLICT (id) DO UPDATE SET version = excluded.version, sealed = excluded.sealed",
            table.name()
        );
        self.execute(&sql, params![id, as_integer(row.version), row.sealed])
    }

    /// Deletes a record; one that is not there is no error.
    pub(super) fn delete_record(&self, table: Table, id: &Id) -> Result<()> {
        self.execute(&format!("DELETE FROM {} WHERE id = ?1", table.name()), params![id])
    }

    /// Visits all rows of a table: id, version, sealed. A row whose id has another length is none of ours.
    pub(super) fn each_record(
        &self,
        table: Table,
        mut visit: impl FnMut(&Id, u64, &[u8]) -> Result<()>,
    ) -> Result<()> {
        let sql = format!("SELECT id, version, sealed FROM {}", table.name());
        let mut statement = self.tx.prepare_cached(&sql).map_err(storage)?;
        let mut rows = statement.query([]).map_err(storage)?;
        while let Some(row) = rows.next().map_err(storage)? {
            let column = |at| row.get_ref(at).map_err(storage);
            let blob = |at| column(at)?.as_blob().map_err(|error| storage(error.into()));
            let version: i64 = row.get(1).map_err(storage)?;
            if let Ok(id) = <&Id>::try_from(blob(0)?) {
                visit(id, from_integer(version), blob(2)?)?;
            }
        }
        Ok(())
    }

    /// A node of the manifest.
    pub(super) fn node(&self, number: u32) -> Result<Option<Row>> {
        self.one("SELECT version, sealed FROM manifest WHERE row = ?1", number)
    }

    /// Writes a node of the manifest.
    pub(super) fn put_node(&self, number: u32, row: &Row) -> Result<()> {
        self.execute(
            "INSERT INTO manifest (row, version, sealed) VALUES (?1, ?2, ?3)
             ON CONFLICT (row) DO UPDATE SET version = excluded.version, sealed = excluded.sealed",
            params![number, as_integer(row.version), row.sealed],
        )
    }

    fn one(&self, sql: &str, key: impl rusqlite::ToSql) -> Result<Option<Row>> {
        self.tx
            .prepare_cached(sql)
            .and_then(|mut statement| {
                let row = |row: &rusqlite::Row<'_>| {
                    Ok(Row { version: from_integer(row.get(0)?), sealed: row.get(1)? })
                };
                statement.query_row([key], row).optional()
            })
            .map_err(storage)
    }

    /// Runs a statement that returns nothing.
    pub(super) fn execute(&self, sql: &str, parameters: impl rusqlite::Params) -> Result<()> {
        let mut statement = self.tx.prepare_cached(sql).map_err(storage)?;
        statement.execute(parameters).map(|_| ()).map_err(storage)
    }
}

/// SQLite's integers are signed; versions and numbers of entries stay far below.
pub(super) fn as_integer(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

/// A negative number in the file was never written by us; 0 is never the version of anything.
pub(super) fn from_integer(value: i64) -> u64 {
    u64::try_from(value).unwrap_or(0)
}
