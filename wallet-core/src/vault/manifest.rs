//! Which records there are, in which version: a tree of two levels that every transaction rewrites along its path.
//!
//! The root holds the generation, the head of the history and, for each of 64 leaves, version and tag. A leaf lists
//! (table, id, version, tag) of the records whose id falls into it. Reading one record therefore proves with two small
//! decryptions that it is there and in its newest version, at a cost that hardly grows with the vault; a single digest
//! over all records would have to read them all (docs/decisions/0004).

use std::collections::BTreeMap;

use minicbor::{Decode, Encode};

use super::seal::{Id, Table};
use crate::crypto::aead::TAG;
use crate::error::{Code, Result};

/// Leaves of the tree. Record ids are random, so leaves fill evenly.
pub(super) const LEAVES: u8 = 64;

/// The row of the root in the table `manifest`; leaf n is row n + 1.
pub(super) const ROOT_ROW: i64 = 0;

/// What stands for the content of a sealed record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Stamp {
    pub(super) version: u64,
    pub(super) tag: [u8; TAG],
}

/// The root of the tree, rewritten in each transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Root {
    /// Counts committed transactions; compared with the rollback anchor.
    pub(super) generation: u64,
    /// Counts changes of the summaries, so that an index in memory knows whether it is still the newest.
    pub(super) summaries: u64,
    /// Entries in the history.
    pub(super) history_length: u64,
    /// The newest link of the history's hash chain.
    pub(super) history_head: [u8; 32],
    /// The leaves; version 0 means that there is none yet.
    pub(super) leaves: Vec<Stamp>,
}

#[derive(Encode, Decode)]
struct StoredRoot {
    #[n(0)]
    generation: u64,
    #[n(1)]
    history_length: u64,
    #[cbor(n(2), with = "minicbor::bytes")]
    history_head: [u8; 32],
    /// 24 bytes a leaf: version, big-endian, and tag.
    #[cbor(n(3), with = "minicbor::bytes")]
    leaves: Vec<u8>,
    #[n(4)]
    summaries: u64,
}

impl Root {
    pub(super) fn empty() -> Self {
        Self {
            generation: 0,
            summaries: 0,
            history_length: 0,
            history_head: [0; 32],
            leaves: vec![Stamp::default(); usize::from(LEAVES)],
        }
    }

    pub(super) fn encode(&self) -> Result<Vec<u8>> {
        let stored = StoredRoot {
            generation: self.generation,
            summaries: self.summaries,
            history_length: self.history_length,
            history_head: self.history_head,
            leaves: self.leaves.iter().copied().flat_map(Stamp::to_bytes).collect(),
        };
        minicbor::to_vec(&stored).map_err(|_| Code::Internal.at("manifest"))
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self> {
        let damaged = || Code::ManifestDamaged.error();
        let stored: StoredRoot = minicbor::decode(bytes).map_err(|_| damaged())?;
        let (leaves, rest) = stored.leaves.as_chunks::<STAMP>();
        if !rest.is_empty() || leaves.len() != usize::from(LEAVES) {
            return Err(damaged());
        }
        Ok(Self {
            generation: stored.generation,
            summaries: stored.summaries,
            history_length: stored.history_length,
            history_head: stored.history_head,
            leaves: leaves.iter().map(Stamp::from_bytes).collect(),
        })
    }

    pub(super) fn leaf(&self, leaf: u8) -> Stamp {
        self.leaves.get(usize::from(leaf)).copied().unwrap_or_default()
    }
}

const STAMP: usize = 8 + TAG;
const KEY: usize = 1 + 16;
const ENTRY: usize = KEY + STAMP;

impl Stamp {
    fn to_bytes(self) -> [u8; STAMP] {
        let mut out = [0; STAMP];
        for (to, from) in out.iter_mut().zip(self.version.to_be_bytes().iter().chain(&self.tag)) {
            *to = *from;
        }
        out
    }

    fn from_bytes(bytes: &[u8; STAMP]) -> Self {
        let mut version = [0; 8];
        let mut tag = [0; TAG];
        for (to, from) in version.iter_mut().chain(tag.iter_mut()).zip(bytes) {
            *to = *from;
        }
        Self { version: u64::from_be_bytes(version), tag }
    }
}

/// One leaf: the records whose id falls into it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Leaf(BTreeMap<[u8; KEY], Stamp>);

/// The leaf that a record belongs to.
pub(super) fn leaf_of(id: &Id) -> u8 {
    id.first().copied().unwrap_or(0) % LEAVES
}

fn key(table: Table, id: &Id) -> [u8; KEY] {
    let mut out = [table as u8; KEY];
    for (to, from) in out.iter_mut().skip(1).zip(id) {
        *to = *from;
    }
    out
}

impl Leaf {
    pub(super) fn get(&self, table: Table, id: &Id) -> Option<Stamp> {
        self.0.get(&key(table, id)).copied()
    }

    pub(super) fn set(&mut self, table: Table, id: &Id, stamp: Option<Stamp>) {
        match stamp {
            Some(stamp) => self.0.insert(key(table, id), stamp),
            None => self.0.remove(&key(table, id)),
        };
    }

    /// The ids of all records of a table in this leaf.
    pub(super) fn ids(&self, table: Table) -> impl Iterator<Item = Id> {
        let range = key(table, &[0; 16])..=key(table, &[0xff; 16]);
        self.0.range(range).filter_map(|(key, _)| key.last_chunk::<16>().copied())
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.0.len() * ENTRY);
        for (key, stamp) in &self.0 {
            out.extend_from_slice(key);
            out.extend_from_slice(&stamp.to_bytes());
        }
        out
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self> {
        let (entries, rest) = bytes.as_chunks::<ENTRY>();
        if !rest.is_empty() {
            return Err(Code::ManifestDamaged.error());
        }
        let entry = |entry: &[u8; ENTRY]| {
            let key = entry.first_chunk::<KEY>().copied()?;
            let stamp = Stamp::from_bytes(entry.last_chunk::<STAMP>()?);
            Some((key, stamp))
        };
        Ok(Self(entries.iter().filter_map(entry).collect()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn leaves_round_trip(entries in proptest::collection::vec((any::<Id>(), any::<u64>(), any::<[u8; TAG]>()), 0..40)) {
            let mut leaf = Leaf::default();
            for (id, version, tag) in &entries {
                leaf.set(Table::Copy, id, Some(Stamp { version: *version, tag: *tag }));
            }
            prop_assert_eq!(&Leaf::decode(&leaf.encode()).unwrap(), &leaf);
            prop_assert_eq!(leaf.ids(Table::Key).count(), 0);
            for (id, _, _) in &entries {
                prop_assert!(leaf.ids(Table::Copy).any(|found| found == *id));
                leaf.set(Table::Copy, id, None);
                prop_assert!(leaf.get(Table::Copy, id).is_none());
            }
        }

        #[test]
        fn roots_round_trip(generation in any::<u64>(), head in any::<[u8; 32]>(), at in 0..usize::from(LEAVES)) {
            let mut root = Root::empty();
            root.generation = generation;
            root.history_head = head;
            root.leaves[at] = Stamp { version: generation, tag: [7; TAG] };
            prop_assert_eq!(Root::decode(&root.encode().unwrap()).unwrap(), root);
        }
    }
}
