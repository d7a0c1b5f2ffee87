//! Reading and writing sealed records, all or nothing. Every read is checked against the manifest of the same state,
//! and every write goes into it.

use std::any::Any;
use std::sync::Arc;

use minicbor::{Decode, Encode};
use rusqlite::params;

use super::damage::is_damage;
use super::file::storage;
use super::guard::Guard;
use super::keyring::{Held, Keyring};
use super::manifest::{Due, Manifest, Stamp};
use super::rows::{Row, Rows, as_integer, from_integer};
use super::seal::{Id, Table, tag};
use crate::crypto::random;
use crate::crypto::secret::SecretBytes;
use crate::error::{Code, Result, WalletError};

/// A record type: where it is kept.
pub(crate) trait Record: Encode<()> + for<'b> Decode<'b, ()> {
    const TABLE: Table;
}

/// One transaction. Dropped without [`Transaction::commit`] it changes nothing.
pub(crate) struct Transaction<'v> {
    pub(super) rows: Rows<'v>,
    pub(super) manifest: Manifest,
}

/// The history before it is checked.
pub(super) struct SealedHistory {
    /// In the order of their numbers.
    pub(super) entries: Vec<SealedEntry>,
    /// Why there are no more of them, where some cannot even be read.
    pub(super) unreadable: Option<WalletError>,
    /// How many there must be.
    pub(super) length: u64,
    /// The newest link of the chain over them.
    pub(super) head: [u8; 32],
}

/// One entry of the history as it lies in the file.
pub(super) struct SealedEntry {
    pub(super) sequence: u64,
    /// Empty when the entry was deleted.
    pub(super) sealed: Vec<u8>,
    /// What is left of a deleted entry: the hash of what was sealed.
    pub(super) digest: Option<Vec<u8>>,
}

impl<'v> Transaction<'v> {
    /// Begins in an existing vault.
    pub(super) fn begin(tx: rusqlite::Transaction<'v>, vault: Id, keyring: &'v Keyring) -> Result<Self> {
        let rows = Rows::new(tx, vault, keyring);
        Ok(Self { manifest: Manifest::load(&rows)?, rows })
    }

    /// Begins in a vault that has no manifest yet.
    pub(super) fn begin_new(tx: rusqlite::Transaction<'v>, vault: Id, keyring: &'v Keyring) -> Self {
        Self { rows: Rows::new(tx, vault, keyring), manifest: Manifest::new() }
    }

    /// Goes on with a manifest that was just made.
    pub(super) fn resume(rows: Rows<'v>, manifest: Manifest) -> Self {
        Self { rows, manifest }
    }

    /// Seals the manifest and makes everything durable; returns the new generation. Where nothing changed, nothing is
    /// written.
    pub(super) fn commit(mut self) -> Result<u64> {
        if !self.manifest.is_changed() {
            return Ok(self.end());
        }
        // A lock that came in the meantime wins: without keys nothing can be sealed, so nothing is half done.
        self.manifest.store(&self.rows)?;
        let Self { rows, manifest } = self;
        let (keyring, generation) = (rows.keyring(), manifest.root().generation);
        rows.commit()?;
        keyring.keep_manifest(manifest);
        Ok(generation)
    }

    /// Ends without writing; returns the generation. What was read of the manifest is kept for the next.
    pub(super) fn end(self) -> u64 {
        let Self { rows, manifest } = self;
        let generation = manifest.root().generation;
        if !manifest.is_changed() {
            rows.keyring().keep_manifest(manifest);
        }
        generation
    }

    /// Forgets what earlier transactions read of the manifest, for a look at what the file has now.
    ///
    /// # Errors
    /// [`Code::ManifestDamaged`].
    pub(super) fn look_anew(&mut self) -> Result<()> {
        self.manifest = Manifest::load_anew(&self.rows)?;
        Ok(())
    }

    /// Counts committed transactions.
    pub(crate) fn generation(&self) -> u64 {
        self.manifest.root().generation
    }

    /// The record with this id.
    ///
    /// # Errors
    /// [`Code::NotFound`]; [`Code::RecordMissing`], [`Code::RecordOutdated`] or [`Code::RecordDamaged`] when the file
    /// does not hold what the manifest says.
    pub(crate) fn get<R: Record>(&mut self, id: &Id) -> Result<R> {
        self.find(id)?.ok_or_else(|| Code::NotFound.at(R::TABLE.name()))
    }

    /// The record with this id, or none.
    ///
    /// # Errors
    /// As [`Transaction::get`], but for [`Code::NotFound`].
    pub(crate) fn find<R: Record>(&mut self, id: &Id) -> Result<Option<R>> {
        let Some(expected) = self.manifest.get(&self.rows, R::TABLE, id)? else { return Ok(None) };
        let row = self.rows.record(R::TABLE, id)?.ok_or_else(|| Code::RecordMissing.at(R::TABLE.name()))?;
        let opened = open_record(&self.rows, R::TABLE, id, expected, row.version, &row.sealed)?;
        decode(R::TABLE, &opened).map(Some)
    }

    /// All records of one type, in no particular order.
    ///
    /// # Errors
    /// As [`Transaction::visit`].
    pub(crate) fn all<R: Record>(&mut self) -> Result<Vec<(Id, R)>> {
        self.all_as(|id, record: R| (id, record))
    }

    /// What is made of each record of one type, in no particular order; one record is in memory at a time.
    ///
    /// # Errors
    /// As [`Transaction::visit`].
    pub(crate) fn all_as<R: Record, T>(&mut self, mut make: impl FnMut(Id, R) -> T) -> Result<Vec<T>> {
        let mut out = Vec::new();
        self.visit::<R>(|id, encoded| {
            out.push(make(*id, decode(R::TABLE, encoded)?));
            Ok(())
        })?;
        Ok(out)
    }

    /// Visits all records of one type as they are encoded, for a reader that needs less than all of each. A row that
    /// the manifest does not list is none.
    ///
    /// # Errors
    /// As [`Transaction::get`], and those of `visit`.
    pub(crate) fn visit<R: Record>(&mut self, mut visit: impl FnMut(&Id, &[u8]) -> Result<()>) -> Result<()> {
        let table = R::TABLE;
        let mut due = self.manifest.due(&self.rows, table)?;
        if due.is_empty() {
            return Ok(());
        }
        let mut opened = SecretBytes::default();
        self.rows.each_record(table, |id, version, sealed| {
            match due.take(id) {
                Due::Unlisted => return Ok(()),
                // SQLite keeps ids unique, but whoever edits the file need not: a second row would stand in for a missing one.
                Due::Again => return Err(Code::RecordUnexpected.at(table.name())),
                Due::Now(expected) => {
                    check_version(table, expected, version)?;
                    self.rows.open_into(table, id, version, sealed, &mut opened)?;
                    check_content(table, expected, sealed)?;
                }
            }
            visit(id, &opened)
        })?;
        if due.is_empty() { Ok(()) } else { Err(Code::RecordMissing.at(table.name())) }
    }

    /// Adds a record under a new random id.
    ///
    /// # Errors
    /// When the storage fails or the vault was locked.
    pub(crate) fn insert<R: Record>(&mut self, record: &R) -> Result<Id> {
        let id = random::array()?;
        self.put(&id, record)?;
        Ok(id)
    }

    /// Writes a record under a given id, new or in place of its older version.
    ///
    /// # Errors
    /// When the storage fails or the vault was locked.
    pub(crate) fn put<R: Record>(&mut self, id: &Id, record: &R) -> Result<()> {
        let version = self.manifest.get(&self.rows, R::TABLE, id)?.map_or(1, |stamp| stamp.version + 1);
        let row = self.rows.seal(R::TABLE, id, version, &encode(record)?)?;
        self.rows.put_record(R::TABLE, id, &row)?;
        self.list(R::TABLE, id, &row)
    }

    /// Deletes a record; one that is not there is no error.
    ///
    /// # Errors
    /// When the storage fails or the vault was locked.
    pub(crate) fn delete<R: Record>(&mut self, id: &Id) -> Result<()> {
        self.rows.delete_record(R::TABLE, id)?;
        self.manifest.set(&self.rows, R::TABLE, id, None)
    }

    /// What was built from the summaries, when they have not changed since. Another process may have changed them, so
    /// what counts is the number in the manifest.
    pub(crate) fn cached_index<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        let held = self.rows.keyring().index(self.manifest.root().summaries)?;
        Arc::downcast(held).ok()
    }

    /// Keeps what was built from the summaries, in memory until they change or the vault is locked.
    pub(crate) fn cache_index<T: Any + Send + Sync>(&self, index: T) -> Arc<T> {
        let index = Arc::new(index);
        let held: Arc<Held> = index.clone();
        self.rows.keyring().set_index(self.manifest.root().summaries, held);
        index
    }

    /// Appends to the history: `link` gets the chain's head and the sealed entry. For [`super::history`].
    pub(super) fn append_history(
        &mut self,
        plaintext: &[u8],
        link: impl FnOnce(&[u8; 32], &[u8]) -> [u8; 32],
    ) -> Result<u64> {
        let sequence = self.manifest.root().history_length + 1;
        let row = self.rows.seal(Table::History, &history_id(sequence), 1, plaintext)?;
        let sql = "INSERT INTO history (sequence, sealed) VALUES (?1, ?2)";
        self.rows.execute(sql, params![as_integer(sequence), row.sealed])?;
        let root = self.manifest.root_mut();
        root.history_head = link(&root.history_head, &row.sealed);
        root.history_length = sequence;
        Ok(sequence)
    }

    /// The history as it lies in the file, and what its chain must come to.
    pub(super) fn sealed_history(&self) -> Result<SealedHistory> {
        let mut statement = self
            .rows
            .sql()
            .prepare_cached("SELECT sequence, sealed, digest FROM history ORDER BY sequence")
            .map_err(storage)?;
        let entry = |row: &rusqlite::Row<'_>| {
            Ok(SealedEntry { sequence: from_integer(row.get(0)?), sealed: row.get(1)?, digest: row.get(2)? })
        };
        let (mut entries, mut unreadable) = (Vec::new(), None);
        for row in statement.query_map([], entry).map_err(storage)? {
            match row.map_err(storage) {
                Ok(entry) => entries.push(entry),
                Err(error) if is_damage(&error) => unreadable = Some(error),
                Err(error) => return Err(error),
            }
        }
        let root = self.manifest.root();
        Ok(SealedHistory { entries, unreadable, length: root.history_length, head: root.history_head })
    }

    /// Deletes the content of an entry of the history and leaves its hash.
    pub(super) fn bury_history(&mut self, sequence: u64, hash: impl FnOnce(&[u8]) -> [u8; 32]) -> Result<()> {
        let sealed: Vec<u8> = self
            .rows
            .sql()
            .prepare_cached("SELECT sealed FROM history WHERE sequence = ?1")
            .and_then(|mut statement| statement.query_row([as_integer(sequence)], |row| row.get(0)))
            .map_err(storage)?;
        let sql = "UPDATE history SET sealed = x'', digest = ?2 WHERE sequence = ?1";
        self.rows.execute(sql, params![as_integer(sequence), hash(&sealed)])
    }

    /// Opens one entry of the history.
    pub(super) fn open_history(&self, sequence: u64, sealed: &[u8]) -> Result<SecretBytes> {
        self.rows.open(Table::History, &history_id(sequence), 1, sealed)
    }

    /// Writes a guard, new or in place of the one with its id.
    pub(super) fn put_guard(&mut self, guard: &Guard) -> Result<()> {
        let sql = "INSERT INTO guard (id, header, wrapped, attempts) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (id) DO UPDATE
             SET header = excluded.header, wrapped = excluded.wrapped, attempts = excluded.attempts";
        self.rows.execute(sql, params![guard.id, guard.header, guard.wrapped, guard.attempts])?;
        // The count of attempts is not in the manifest, for it changes while nobody can seal one.
        self.manifest.touch();
        self.manifest.set(&self.rows, Table::Guard, &guard.id, Some(guard.stamp()))
    }

    /// Deletes a guard.
    pub(super) fn delete_guard(&mut self, id: &Id) -> Result<()> {
        self.rows.execute("DELETE FROM guard WHERE id = ?1", params![id])?;
        self.manifest.set(&self.rows, Table::Guard, id, None)
    }

    /// Whether the manifest lists this guard with this content.
    pub(super) fn check_guard(&mut self, guard: &Guard) -> Result<()> {
        match self.manifest.get(&self.rows, Table::Guard, &guard.id)? {
            Some(stamp) if stamp == guard.stamp() => Ok(()),
            Some(_) => Err(Code::RecordOutdated.at("guard")),
            None => Err(Code::RecordUnexpected.at("guard")),
        }
    }

    fn list(&mut self, table: Table, id: &Id, row: &Row) -> Result<()> {
        let stamp = Stamp { version: row.version, tag: tag(&row.sealed) };
        self.manifest.set(&self.rows, table, id, Some(stamp))
    }
}

pub(super) fn open_record(
    rows: &Rows<'_>,
    table: Table,
    id: &Id,
    expected: Stamp,
    version: u64,
    sealed: &[u8],
) -> Result<SecretBytes> {
    check_version(table, expected, version)?;
    let opened = rows.open(table, id, version, sealed)?;
    check_content(table, expected, sealed)?;
    Ok(opened)
}

fn check_version(table: Table, expected: Stamp, version: u64) -> Result<()> {
    if version == expected.version { Ok(()) } else { Err(Code::RecordOutdated.at(table.name())) }
}

/// Same version and yet another content: the row comes from a copy of the vault that went its own way.
fn check_content(table: Table, expected: Stamp, sealed: &[u8]) -> Result<()> {
    if tag(sealed) == expected.tag { Ok(()) } else { Err(Code::RecordOutdated.at(table.name())) }
}

fn encode<R: Record>(record: &R) -> Result<SecretBytes> {
    minicbor::to_vec(record).map(SecretBytes::new).map_err(|_| Code::Internal.at(R::TABLE.name()))
}

pub(super) fn decode<R: Record>(table: Table, bytes: &[u8]) -> Result<R> {
    minicbor::decode(bytes).map_err(|_| Code::RecordDamaged.at(table.name()))
}

/// The number of an entry as an id, so that all sealed things are bound alike.
fn history_id(sequence: u64) -> Id {
    u128::from(sequence).to_be_bytes()
}
