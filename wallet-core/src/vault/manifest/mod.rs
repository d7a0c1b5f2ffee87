//! Which records there are, in which version: a tree of three levels that every transaction rewrites along its path.
//!
//! The root holds the generation, the head of the history and the stamp (version and tag) of each table's branch; a
//! branch holds the stamps of the table's leaves; a leaf lists the stamps of the records whose id falls into it. Reading
//! one record therefore proves with three small decryptions that it is there and in its newest version, at a cost that
//! hardly grows with the vault; a single digest over all records would have to read them all (docs/decisions/0004).

mod due;
mod node;

use std::collections::{BTreeMap, BTreeSet};

pub(super) use due::{Due, DueList};
use node::{Branch, Leaf, leaf_of, leaves};
pub(super) use node::{Root, Stamp};

use super::damage::damage_of;
use super::rows::{Row, Rows};
use super::seal::{Id, Table, tag};
use crate::crypto::secret::SecretBytes;
use crate::error::{Code, Result};

/// The manifest within one transaction; nodes are read when they are needed. Between transactions it is kept in memory,
/// and serves the next one where the file still has the same root.
pub(super) struct Manifest {
    root: Root,
    /// The root as it lies in the file; empty when there is none yet.
    sealed_root: Vec<u8>,
    branches: BTreeMap<Table, Branch>,
    leaves: BTreeMap<(Table, u8), Leaf>,
    /// Leaves that are to be written.
    changed: BTreeSet<(Table, u8)>,
    /// Whether the root is to be written.
    is_changed: bool,
}

/// What the manifest lists of a table where some of its nodes may be damaged.
#[derive(Default)]
pub(super) struct Listed {
    pub(super) entries: Vec<(Id, Stamp)>,
    /// The code of each node that cannot be read.
    pub(super) unreadable: Vec<Code>,
}

impl Manifest {
    /// Of a vault that has none yet.
    pub(super) fn new() -> Self {
        let (sealed_root, branches, leaves, changed) = Default::default();
        Self { root: Root::empty(), sealed_root, branches, leaves, changed, is_changed: true }
    }

    /// The one that was kept in memory, when it is still the file's; else reads the root.
    ///
    /// # Errors
    /// [`Code::ManifestDamaged`].
    pub(super) fn load(rows: &Rows<'_>) -> Result<Self> {
        let row = root_row(rows)?;
        match rows.keyring().take_manifest() {
            Some(kept) if kept.sealed_root == row.sealed => Ok(kept),
            _ => Self::open(rows, row),
        }
    }

    /// Reads the root, whatever is in memory.
    ///
    /// # Errors
    /// [`Code::ManifestDamaged`].
    pub(super) fn load_anew(rows: &Rows<'_>) -> Result<Self> {
        Self::open(rows, root_row(rows)?)
    }

    fn open(rows: &Rows<'_>, row: Row) -> Result<Self> {
        let root = Root::decode(&open(rows, ROOT, row.version, &row.sealed)?)?;
        if root.generation != row.version {
            return Err(Code::ManifestDamaged.at("generation"));
        }
        Ok(Self { root, sealed_root: row.sealed, is_changed: false, ..Self::new() })
    }

    pub(super) fn root(&self) -> &Root {
        &self.root
    }

    pub(super) fn root_mut(&mut self) -> &mut Root {
        self.is_changed = true;
        &mut self.root
    }

    /// Has the transaction written, though no record changed.
    pub(super) fn touch(&mut self) {
        self.is_changed = true;
    }

    /// Whether the transaction has anything to write.
    pub(super) fn is_changed(&self) -> bool {
        self.is_changed
    }

    /// What a record must be; `None` when there must be none.
    ///
    /// # Errors
    /// [`Code::ManifestDamaged`].
    pub(super) fn get(&mut self, rows: &Rows<'_>, table: Table, id: &Id) -> Result<Option<Stamp>> {
        Ok(self.leaf(rows, table, leaf_of(table, id))?.get(id))
    }

    /// Lists a record, or no longer.
    ///
    /// # Errors
    /// [`Code::ManifestDamaged`].
    pub(super) fn set(&mut self, rows: &Rows<'_>, table: Table, id: &Id, stamp: Option<Stamp>) -> Result<()> {
        let position = leaf_of(table, id);
        let leaf = self.leaf(rows, table, position)?;
        if leaf.get(id) == stamp {
            return Ok(());
        }
        leaf.set(id, stamp);
        self.changed.insert((table, position));
        self.is_changed = true;
        if table == Table::Summary {
            self.root.summaries += 1;
        }
        Ok(())
    }

    /// All records that a table must hold, to be ticked off.
    ///
    /// # Errors
    /// [`Code::ManifestDamaged`].
    pub(super) fn due(&mut self, rows: &Rows<'_>, table: Table) -> Result<DueList<'_>> {
        for position in 0..leaves(table) {
            self.leaf(rows, table, position)?;
        }
        let leaves = (0..leaves(table)).filter_map(|position| self.leaves.get(&(table, position)));
        Ok(DueList::new(table, leaves))
    }

    /// All records that a table must hold, as far as the nodes can be read.
    ///
    /// # Errors
    /// [`Code::Locked`], and those of the storage; damage is no error.
    pub(super) fn readable_entries(&mut self, rows: &Rows<'_>, table: Table) -> Result<Listed> {
        let mut listed = Listed::default();
        if let Err(error) = self.branch(rows, table) {
            listed.unreadable.push(damage_of(error)?);
            return Ok(listed);
        }
        for position in 0..leaves(table) {
            match self.leaf(rows, table, position) {
                Ok(leaf) => listed.entries.extend(leaf.entries()),
                Err(error) => listed.unreadable.push(damage_of(error)?),
            }
        }
        Ok(listed)
    }

    /// The rows of all nodes that the root leads to; `None` when a branch on the way is damaged.
    ///
    /// # Errors
    /// As [`Manifest::readable_entries`].
    pub(super) fn nodes(&mut self, rows: &Rows<'_>) -> Result<Option<BTreeSet<u32>>> {
        let mut nodes = BTreeSet::from([ROOT]);
        for table in Table::RECORDS.into_iter().chain([Table::Guard]) {
            let branch = match self.branch(rows, table) {
                Ok(branch) => branch,
                Err(error) => return damage_of(error).map(|_| None),
            };
            let written = (0..leaves(table)).filter(|position| branch.get(*position).version > 0);
            nodes.extend(written.map(|position| leaf_row(table, position)));
            if self.root.branches.get(table as u8).version > 0 {
                nodes.insert(branch_row(table));
            }
        }
        Ok(Some(nodes))
    }

    /// Writes what changed, and the root in its next generation.
    ///
    /// # Errors
    /// Those of the storage; [`Code::Locked`].
    pub(super) fn store(&mut self, rows: &Rows<'_>) -> Result<()> {
        let changed = std::mem::take(&mut self.changed);
        for (table, position) in &changed {
            let version = self.branch(rows, *table)?.get(*position).version + 1;
            let content = self.leaves.get(&(*table, *position)).map(Leaf::encode).unwrap_or_default();
            let stamp = write(rows, leaf_row(*table, *position), version, &content)?;
            self.branch(rows, *table)?.set(*position, stamp);
        }
        for table in changed.into_iter().map(|(table, _)| table).collect::<BTreeSet<_>>() {
            let version = self.root.branches.get(table as u8).version + 1;
            let content = self.branch(rows, table)?.encode();
            let stamp = write(rows, branch_row(table), version, &content)?;
            self.root.branches.set(table as u8, stamp);
        }
        self.root.generation += 1;
        let row = rows.seal(Table::Manifest, &node_id(ROOT), self.root.generation, &self.root.encode()?)?;
        rows.put_node(ROOT, &row)?;
        self.sealed_root = row.sealed;
        self.is_changed = false;
        Ok(())
    }

    fn leaf(&mut self, rows: &Rows<'_>, table: Table, position: u8) -> Result<&mut Leaf> {
        if !self.leaves.contains_key(&(table, position)) {
            let stamp = self.branch(rows, table)?.get(position);
            let leaf = read(rows, leaf_row(table, position), stamp)?;
            let leaf = leaf.map_or(Ok(Leaf::default()), |opened| Leaf::decode(&opened))?;
            self.leaves.insert((table, position), leaf);
        }
        self.leaves.get_mut(&(table, position)).ok_or_else(|| Code::Internal.at("manifest"))
    }

    fn branch(&mut self, rows: &Rows<'_>, table: Table) -> Result<&mut Branch> {
        if !self.branches.contains_key(&table) {
            let opened = read(rows, branch_row(table), self.root.branches.get(table as u8))?;
            let branch = opened.map_or(Ok(Branch::default()), |opened| Branch::decode(&opened))?;
            self.branches.insert(table, branch);
        }
        self.branches.get_mut(&table).ok_or_else(|| Code::Internal.at("manifest"))
    }
}

/// The row of the root.
const ROOT: u32 = 0;

fn root_row(rows: &Rows<'_>) -> Result<Row> {
    rows.node(ROOT)?.ok_or_else(|| Code::ManifestDamaged.at("manifest missing"))
}

fn branch_row(table: Table) -> u32 {
    (table as u32) << 16
}

fn leaf_row(table: Table, position: u8) -> u32 {
    branch_row(table) + 1 + u32::from(position)
}

/// A node as the one above it says; none when it was never written.
fn read(rows: &Rows<'_>, number: u32, expected: Stamp) -> Result<Option<SecretBytes>> {
    if expected.version == 0 {
        return Ok(None);
    }
    let damaged = || Code::ManifestDamaged.at("manifest node");
    let row = rows.node(number)?.ok_or_else(damaged)?;
    if (Stamp { version: row.version, tag: tag(&row.sealed) }) != expected {
        return Err(damaged());
    }
    open(rows, number, row.version, &row.sealed).map(Some)
}

fn open(rows: &Rows<'_>, number: u32, version: u64, sealed: &[u8]) -> Result<SecretBytes> {
    let opened = rows.open(Table::Manifest, &node_id(number), version, sealed);
    opened.map_err(|error| match error.code() {
        Code::RecordDamaged => Code::ManifestDamaged.at("manifest node"),
        _ => error,
    })
}

fn write(rows: &Rows<'_>, number: u32, version: u64, content: &[u8]) -> Result<Stamp> {
    let row = rows.seal(Table::Manifest, &node_id(number), version, content)?;
    rows.put_node(number, &row)?;
    Ok(Stamp { version, tag: tag(&row.sealed) })
}

/// Numbers of nodes as ids, so that all sealed things are bound alike.
fn node_id(number: u32) -> Id {
    u128::from(number).to_be_bytes()
}
