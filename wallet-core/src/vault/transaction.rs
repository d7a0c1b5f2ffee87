//! Reading and writing sealed records, all or nothing. Every read is checked against the manifest of the same state,
//! and every write goes into it.

use std::any::Any;
use std::collections::BTreeMap;
use std::sync::Arc;

use minicbor::{Decode, Encode};
use rusqlite::{OptionalExtension, params};

use super::file::storage;
use super::keyring::{Held, Keyring};
use super::manifest::{LEAVES, Leaf, ROOT_ROW, Root, Stamp, leaf_of};
use super::seal::{Id, Place, Table, tag};
use crate::crypto::random;
use crate::crypto::secret::SecretBytes;
use crate::error::{Code, Result};

/// A record type: where it is kept.
pub(crate) trait Record: Encode<()> + for<'b> Decode<'b, ()> {
    const TABLE: Table;
}

/// One transaction. Dropped without [`Transaction::commit`] it changes nothing.
pub(crate) struct Transaction<'v> {
    tx: rusqlite::Transaction<'v>,
    vault: Id,
    keyring: &'v Keyring,
    root: Root,
    leaves: BTreeMap<u8, Leaf>,
    changed_leaves: Vec<u8>,
}

/// The history before it is checked.
pub(super) struct SealedHistory {
    /// Number and sealed entry, in the order of the numbers.
    pub(super) entries: Vec<(u64, Vec<u8>)>,
    /// How many there must be.
    pub(super) length: u64,
    /// The newest link of the chain over them.
    pub(super) head: [u8; 32],
}

impl<'v> Transaction<'v> {
    /// Begins in an existing vault.
    pub(super) fn begin(tx: rusqlite::Transaction<'v>, vault: Id, keyring: &'v Keyring) -> Result<Self> {
        let mut transaction = Self::begin_new(tx, vault, keyring)?;
        let (version, sealed) =
            transaction.node_row(ROOT_ROW)?.ok_or_else(|| Code::ManifestDamaged.at("manifest missing"))?;
        let opened = transaction.open_node(ROOT_ROW, version, &sealed)?;
        transaction.root = Root::decode(&opened)?;
        if transaction.root.generation != version {
            return Err(Code::ManifestDamaged.at("generation"));
        }
        Ok(transaction)
    }

    /// Begins in a vault that has no manifest yet.
    pub(super) fn begin_new(tx: rusqlite::Transaction<'v>, vault: Id, keyring: &'v Keyring) -> Result<Self> {
        Ok(Self {
            tx,
            vault,
            keyring,
            root: Root::empty(),
            leaves: BTreeMap::new(),
            changed_leaves: Vec::new(),
        })
    }

    /// Seals the manifest and makes everything durable; returns the new generation.
    pub(super) fn commit(mut self) -> Result<u64> {
        let changed = std::mem::take(&mut self.changed_leaves);
        for leaf in changed {
            let stamp = self.root.leaf(leaf);
            let content = self.leaves.get(&leaf).map(Leaf::encode).unwrap_or_default();
            let stamp = self.write_node(i64::from(leaf) + 1, stamp.version + 1, &content)?;
            if let Some(slot) = self.root.leaves.get_mut(usize::from(leaf)) {
                *slot = stamp;
            }
        }
        self.root.generation += 1;
        let generation = self.root.generation;
        let content = self.root.encode()?;
        self.write_node(ROOT_ROW, generation, &content)?;
        // A lock that came in the meantime wins: without keys nothing can be sealed, so nothing is half done.
        self.tx.commit().map_err(storage)?;
        Ok(generation)
    }

    /// Counts committed transactions.
    pub(crate) fn generation(&self) -> u64 {
        self.root.generation
    }

    /// The record with this id.
    ///
    /// # Errors
    /// [`Code::NotFound`]; [`Code::RecordMissing`], [`Code::RecordOutdated`] or [`Code::RecordDamaged`] when the file
    /// does not hold what the manifest says.
    pub(crate) fn get<R: Record>(&mut self, id: &Id) -> Result<R> {
        let expected = self.leaf(leaf_of(id))?.get(R::TABLE, id);
        let expected = expected.ok_or_else(|| Code::NotFound.at(R::TABLE.name()))?;
        decode(R::TABLE, &self.open_record(R::TABLE, id, expected)?)
    }

    /// The record with this id, or none.
    ///
    /// # Errors
    /// As [`Transaction::get`], but for [`Code::NotFound`].
    pub(crate) fn find<R: Record>(&mut self, id: &Id) -> Result<Option<R>> {
        match self.leaf(leaf_of(id))?.get(R::TABLE, id) {
            Some(expected) => decode(R::TABLE, &self.open_record(R::TABLE, id, expected)?).map(Some),
            None => Ok(None),
        }
    }

    /// The ids of all records of one type, in no particular order, as the manifest lists them.
    ///
    /// # Errors
    /// When the manifest is damaged.
    pub(crate) fn ids<R: Record>(&mut self) -> Result<Vec<Id>> {
        let mut out = Vec::new();
        for leaf in 0..LEAVES {
            out.extend(self.leaf(leaf)?.ids(R::TABLE));
        }
        Ok(out)
    }

    /// All records of one type.
    ///
    /// # Errors
    /// As [`Transaction::get`].
    pub(crate) fn all<R: Record>(&mut self) -> Result<Vec<(Id, R)>> {
        let ids = self.ids::<R>()?;
        ids.into_iter().map(|id| self.get(&id).map(|record| (id, record))).collect()
    }

    /// Visits all records of one type as they are encoded, for a reader that needs less than all of each.
    ///
    /// # Errors
    /// As [`Transaction::get`], and those of `visit`.
    pub(crate) fn visit<R: Record>(&mut self, mut visit: impl FnMut(&[u8]) -> Result<()>) -> Result<()> {
        for id in self.ids::<R>()? {
            let expected = self.leaf(leaf_of(&id))?.get(R::TABLE, &id);
            let expected = expected.ok_or_else(|| Code::Internal.at("manifest leaf"))?;
            visit(&self.open_record(R::TABLE, &id, expected)?)?;
        }
        Ok(())
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
        let version = self.leaf(leaf_of(id))?.get(R::TABLE, id).map_or(1, |stamp| stamp.version + 1);
        let plaintext = encode(record)?;
        let place = Place { vault: &self.vault, table: R::TABLE, id, version };
        let sealed = self.keyring.with(|keys| place.seal(keys.of(R::TABLE), &plaintext))?;
        let sql = format!(
            "INSERT INTO {0} (id, version, sealed) VALUES (?1, ?2, ?3)
             ON CONFLICT (id) DO UPDATE SET version = excluded.version, sealed = excluded.sealed",
            R::TABLE.name()
        );
        self.tx
            .prepare_cached(&sql)
            .and_then(|mut statement| statement.execute(params![id, as_integer(version), sealed]))
            .map_err(storage)?;
        self.note(R::TABLE, id, Some(Stamp { version, tag: tag(&sealed) }))
    }

    /// Deletes a record; one that is not there is no error.
    ///
    /// # Errors
    /// When the storage fails or the vault was locked.
    pub(crate) fn delete<R: Record>(&mut self, id: &Id) -> Result<()> {
        let sql = format!("DELETE FROM {} WHERE id = ?1", R::TABLE.name());
        self.tx.prepare_cached(&sql).and_then(|mut statement| statement.execute([id])).map_err(storage)?;
        self.note(R::TABLE, id, None)
    }

    /// What was built from the summaries, when they have not changed since. Another process may have changed them, so
    /// what counts is the number in the manifest.
    pub(crate) fn cached_index<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        let held = self.keyring.index(self.root.summaries)?;
        Arc::downcast(held).ok()
    }

    /// Keeps what was built from the summaries, in memory until they change or the vault is locked.
    pub(crate) fn cache_index<T: Any + Send + Sync>(&self, index: T) -> Arc<T> {
        let index = Arc::new(index);
        let held: Arc<Held> = index.clone();
        self.keyring.set_index(self.root.summaries, held);
        index
    }

    /// Appends to the history: `seal` gets the entry's number and the chain's head. For [`super::history`].
    pub(super) fn append_history(
        &mut self,
        plaintext: &[u8],
        link: impl FnOnce(&[u8; 32], &[u8]) -> [u8; 32],
    ) -> Result<u64> {
        let sequence = self.root.history_length + 1;
        let id = history_id(sequence);
        let place = Place { vault: &self.vault, table: Table::History, id: &id, version: 1 };
        let sealed = self.keyring.with(|keys| place.seal(keys.of(Table::History), plaintext))?;
        self.tx
            .prepare_cached("INSERT INTO history (sequence, sealed) VALUES (?1, ?2)")
            .and_then(|mut statement| statement.execute(params![as_integer(sequence), sealed]))
            .map_err(storage)?;
        self.root.history_head = link(&self.root.history_head, &sealed);
        self.root.history_length = sequence;
        Ok(sequence)
    }

    /// The history as it lies in the file, and what its chain must come to.
    pub(super) fn sealed_history(&self) -> Result<SealedHistory> {
        let mut statement = self
            .tx
            .prepare_cached("SELECT sequence, sealed FROM history ORDER BY sequence")
            .map_err(storage)?;
        let entries = statement
            .query_map([], |row| Ok((from_integer(row.get(0)?), row.get(1)?)))
            .and_then(Iterator::collect)
            .map_err(storage)?;
        Ok(SealedHistory { entries, length: self.root.history_length, head: self.root.history_head })
    }

    /// Opens one entry of the history.
    pub(super) fn open_history(&self, sequence: u64, sealed: &[u8]) -> Result<SecretBytes> {
        let id = history_id(sequence);
        let place = Place { vault: &self.vault, table: Table::History, id: &id, version: 1 };
        self.keyring.with(|keys| place.open(keys.of(Table::History), sealed))
    }

    /// Lists a guard in the manifest.
    pub(super) fn note_guard(&mut self, id: &Id, wrapped: &[u8]) -> Result<()> {
        self.note(Table::Guard, id, Some(Stamp { version: 1, tag: tag(wrapped) }))
    }

    /// Whether the manifest lists this guard with this content.
    pub(super) fn check_guard(&mut self, id: &Id, wrapped: &[u8]) -> Result<()> {
        match self.leaf(leaf_of(id))?.get(Table::Guard, id) {
            Some(stamp) if stamp.tag == tag(wrapped) => Ok(()),
            Some(_) => Err(Code::RecordOutdated.at("guard")),
            None => Err(Code::RecordUnexpected.at("guard")),
        }
    }

    fn note(&mut self, table: Table, id: &Id, stamp: Option<Stamp>) -> Result<()> {
        let leaf = leaf_of(id);
        self.leaf(leaf)?.set(table, id, stamp);
        if !self.changed_leaves.contains(&leaf) {
            self.changed_leaves.push(leaf);
        }
        if table == Table::Summary {
            self.root.summaries += 1;
        }
        Ok(())
    }

    fn open_record(&self, table: Table, id: &Id, expected: Stamp) -> Result<SecretBytes> {
        let sql = format!("SELECT version, sealed FROM {} WHERE id = ?1", table.name());
        let row: Option<(i64, Vec<u8>)> = self
            .tx
            .prepare_cached(&sql)
            .and_then(|mut statement| {
                statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()
            })
            .map_err(storage)?;
        let (version, sealed) = row.ok_or_else(|| Code::RecordMissing.at(table.name()))?;
        let version = from_integer(version);
        if version != expected.version {
            return Err(Code::RecordOutdated.at(table.name()));
        }
        let place = Place { vault: &self.vault, table, id, version };
        let opened = self.keyring.with(|keys| place.open(keys.of(table), &sealed))?;
        // Same version and yet another content: the row comes from a copy of the vault that went its own way.
        if tag(&sealed) != expected.tag {
            return Err(Code::RecordOutdated.at(table.name()));
        }
        Ok(opened)
    }

    fn leaf(&mut self, leaf: u8) -> Result<&mut Leaf> {
        if !self.leaves.contains_key(&leaf) {
            let loaded = self.load_leaf(leaf)?;
            self.leaves.insert(leaf, loaded);
        }
        self.leaves.get_mut(&leaf).ok_or_else(|| Code::Internal.at("manifest leaf"))
    }

    fn load_leaf(&self, leaf: u8) -> Result<Leaf> {
        let expected = self.root.leaf(leaf);
        if expected.version == 0 {
            return Ok(Leaf::default());
        }
        let row = i64::from(leaf) + 1;
        let damaged = || Code::ManifestDamaged.at("manifest leaf");
        let (version, sealed) = self.node_row(row)?.ok_or_else(damaged)?;
        if (Stamp { version, tag: tag(&sealed) }) != expected {
            return Err(damaged());
        }
        Leaf::decode(&self.open_node(row, version, &sealed)?)
    }

    fn node_row(&self, row: i64) -> Result<Option<(u64, Vec<u8>)>> {
        self.tx
            .prepare_cached("SELECT version, sealed FROM manifest WHERE row = ?1")
            .and_then(|mut statement| {
                statement.query_row([row], |row| Ok((from_integer(row.get(0)?), row.get(1)?))).optional()
            })
            .map_err(storage)
    }

    fn open_node(&self, row: i64, version: u64, sealed: &[u8]) -> Result<SecretBytes> {
        let id = node_id(row);
        let place = Place { vault: &self.vault, table: Table::Manifest, id: &id, version };
        let opened = self.keyring.with(|keys| place.open(keys.of(Table::Manifest), sealed));
        opened.map_err(|error| match error.code() {
            Code::RecordDamaged => Code::ManifestDamaged.error(),
            _ => error,
        })
    }

    fn write_node(&self, row: i64, version: u64, content: &[u8]) -> Result<Stamp> {
        let id = node_id(row);
        let place = Place { vault: &self.vault, table: Table::Manifest, id: &id, version };
        let sealed = self.keyring.with(|keys| place.seal(keys.of(Table::Manifest), content))?;
        self.tx
            .prepare_cached(
                "INSERT INTO manifest (row, version, sealed) VALUES (?1, ?2, ?3)
                 ON CONFLICT (row) DO UPDATE SET version = excluded.version, sealed = excluded.sealed",
            )
            .and_then(|mut statement| statement.execute(params![row, as_integer(version), sealed]))
            .map_err(storage)?;
        Ok(Stamp { version, tag: tag(&sealed) })
    }
}

fn encode<R: Record>(record: &R) -> Result<SecretBytes> {
    minicbor::to_vec(record).map(SecretBytes::new).map_err(|_| Code::Internal.at(R::TABLE.name()))
}

fn decode<R: Record>(table: Table, bytes: &[u8]) -> Result<R> {
    minicbor::decode(bytes).map_err(|_| Code::RecordDamaged.at(table.name()))
}

/// Numbers of manifest rows and history entries as ids, so that all sealed things are bound alike.
fn node_id(row: i64) -> Id {
    i128::from(row).to_be_bytes()
}

fn history_id(sequence: u64) -> Id {
    u128::from(sequence).to_be_bytes()
}

/// SQLite's integers are signed; versions and numbers of entries stay far below.
fn as_integer(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

fn from_integer(value: i64) -> u64 {
    u64::try_from(value).unwrap_or(0)
}
