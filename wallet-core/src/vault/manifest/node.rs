//! How the nodes of the manifest are encoded.

use minicbor::{Decode, Encode};

use crate::crypto::aead::TAG;
use crate::error::{Code, Result};
use crate::vault::seal::{Id, Table};

/// What stands for the content of a sealed row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::vault) struct Stamp {
    /// How often it was written; 0 when it never was.
    pub(in crate::vault) version: u64,
    /// Its authentication tag.
    pub(in crate::vault) tag: [u8; TAG],
}

/// A stamp in bytes: version, big-endian, and tag.
const STAMP: usize = 8 + TAG;

impl Stamp {
    pub(super) fn to_bytes(self) -> [u8; STAMP] {
        let mut out = [0; STAMP];
        if let Some((version, tag)) = out.split_first_chunk_mut() {
            *version = self.version.to_be_bytes();
            tag.copy_from_slice(&self.tag);
        }
        out
    }

    pub(super) fn from_bytes(bytes: &[u8; STAMP]) -> Self {
        let version = bytes.first_chunk().copied().unwrap_or_default();
        Self { version: u64::from_be_bytes(version), tag: bytes.last_chunk().copied().unwrap_or_default() }
    }
}

/// The root, rewritten in each transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::vault) struct Root {
    /// Counts committed transactions; compared with the rollback anchor.
    pub(in crate::vault) generation: u64,
    /// Counts changes of the summaries, so that an index in memory knows whether it is still the newest.
    pub(in crate::vault) summaries: u64,
    /// Entries in the history.
    pub(in crate::vault) history_length: u64,
    /// The newest link of the history's hash chain.
    pub(in crate::vault) history_head: [u8; 32],
    /// The branch of each table.
    pub(super) branches: Branch,
}

#[derive(Encode, Decode)]
struct StoredRoot {
    #[n(0)]
    generation: u64,
    #[n(1)]
    summaries: u64,
    #[n(2)]
    history_length: u64,
    #[cbor(n(3), with = "minicbor::bytes")]
    history_head: [u8; 32],
    #[cbor(n(4), with = "minicbor::bytes")]
    branches: Vec<u8>,
}

impl Root {
    pub(super) fn empty() -> Self {
        Self {
            generation: 0,
            summaries: 0,
            history_length: 0,
            history_head: [0; 32],
            branches: Branch::default(),
        }
    }

    pub(super) fn encode(&self) -> Result<Vec<u8>> {
        let stored = StoredRoot {
            generation: self.generation,
            summaries: self.summaries,
            history_length: self.history_length,
            history_head: self.history_head,
            branches: self.branches.encode(),
        };
        minicbor::to_vec(&stored).map_err(|_| Code::Internal.at("manifest"))
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self> {
        let stored: StoredRoot = minicbor::decode(bytes).map_err(|_| Code::ManifestDamaged.error())?;
        Ok(Self {
            generation: stored.generation,
            summaries: stored.summaries,
            history_length: stored.history_length,
            history_head: stored.history_head,
            branches: Branch::decode(&stored.branches)?,
        })
    }
}

/// Stamps by position: of the tables' branches in the root, of a table's leaves in its branch.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Branch(Vec<Stamp>);

impl Branch {
    pub(super) fn get(&self, position: u8) -> Stamp {
        self.0.get(usize::from(position)).copied().unwrap_or_default()
    }

    pub(super) fn set(&mut self, position: u8, stamp: Stamp) {
        let position = usize::from(position);
        if self.0.len() <= position {
            self.0.resize(position + 1, Stamp::default());
        }
        if let Some(slot) = self.0.get_mut(position) {
            *slot = stamp;
        }
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        self.0.iter().copied().flat_map(Stamp::to_bytes).collect()
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self> {
        match bytes.as_chunks::<STAMP>() {
            (stamps, []) => Ok(Self(stamps.iter().map(Stamp::from_bytes).collect())),
            _ => Err(Code::ManifestDamaged.error()),
        }
    }
}

const ENTRY: usize = 16 + STAMP;

/// One leaf: the records of a table whose id falls into it, sorted by id. It stays as it is encoded, for to look one
/// record up it need not be taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Leaf(Vec<[u8; ENTRY]>);

impl Leaf {
    fn find(&self, id: &Id) -> std::result::Result<usize, usize> {
        // As numbers, for a scan looks up each record: two instructions instead of a call.
        let sought = u128::from_be_bytes(*id);
        self.0.binary_search_by_key(&sought, |entry| u128::from_be_bytes(id_of(entry)))
    }

    pub(super) fn get(&self, id: &Id) -> Option<Stamp> {
        self.position(id).map(|(_, stamp)| stamp)
    }

    /// Where an entry stands, and what it says.
    pub(super) fn position(&self, id: &Id) -> Option<(usize, Stamp)> {
        let at = self.find(id).ok()?;
        self.0.get(at).map(|entry| (at, split(entry).1))
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn set(&mut self, id: &Id, stamp: Option<Stamp>) {
        match (self.find(id), stamp) {
            (Ok(at), Some(stamp)) => self.0.splice(at..=at, [join(id, stamp)]).for_each(drop),
            (Ok(at), None) => drop(self.0.remove(at)),
            (Err(at), Some(stamp)) => self.0.insert(at, join(id, stamp)),
            (Err(_), None) => {}
        }
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = (Id, Stamp)> {
        self.0.iter().map(split)
    }

    pub(super) fn encode(&self) -> Vec<u8> {
        self.0.as_flattened().to_vec()
    }

    pub(super) fn decode(bytes: &[u8]) -> Result<Self> {
        match bytes.as_chunks::<ENTRY>() {
            (entries, []) if entries.is_sorted() => Ok(Self(entries.to_vec())),
            _ => Err(Code::ManifestDamaged.error()),
        }
    }
}

fn join(id: &Id, stamp: Stamp) -> [u8; ENTRY] {
    let mut out = [0; ENTRY];
    for (to, from) in out.iter_mut().zip(id.iter().chain(&stamp.to_bytes())) {
        *to = *from;
    }
    out
}

fn id_of(entry: &[u8; ENTRY]) -> Id {
    entry.first_chunk().copied().unwrap_or_default()
}

fn split(entry: &[u8; ENTRY]) -> (Id, Stamp) {
    (id_of(entry), entry.last_chunk().map(Stamp::from_bytes).unwrap_or_default())
}

/// How many leaves a table has. Those that never hold much have one, so that to list what they hold costs one read.
pub(super) const fn leaves(table: Table) -> u8 {
    match table {
        Table::Pending
        | Table::Anchor
        | Table::Refusals
        | Table::Guard
        | Table::LooseKey
        | Table::Reissue
        | Table::Imported => 1,
        _ => 64,
    }
}

/// The leaf that a record belongs to. Ids are random, so leaves fill evenly.
pub(super) fn leaf_of(table: Table, id: &Id) -> u8 {
    id.first().copied().unwrap_or(0) % leaves(table)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stamp() -> impl Strategy<Value = Stamp> {
        (any::<u64>(), any::<[u8; TAG]>()).prop_map(|(version, tag)| Stamp { version, tag })
    }

    proptest! {
        #[test]
        fn leaves_hold_what_was_set_last(entries in proptest::collection::vec((any::<Id>(), stamp(), stamp()), 0..40)) {
            let mut leaf = Leaf::default();
            for (id, first, last) in &entries {
                leaf.set(id, Some(*first));
                leaf.set(id, Some(*last));
                prop_assert_eq!(leaf.get(id), Some(*last));
            }
            prop_assert_eq!(&Leaf::decode(&leaf.encode()).unwrap(), &leaf);
            for (id, _, last) in entries {
                prop_assert!(leaf.entries().any(|found| found == (id, last)));
                leaf.set(&id, None);
                prop_assert_eq!(leaf.get(&id), None);
            }
            prop_assert_eq!(leaf, Leaf::default());
        }

        #[test]
        fn roots_round_trip(generation in any::<u64>(), head in any::<[u8; 32]>(), at in 0..64_u8, stamp in stamp()) {
            let mut root = Root::empty();
            root.generation = generation;
            root.history_head = head;
            root.branches.set(at, stamp);
            prop_assert_eq!(&Root::decode(&root.encode().unwrap()).unwrap(), &root);
            prop_assert_eq!(root.branches.get(at), stamp);
            prop_assert_eq!(root.branches.get(at + 1), Stamp::default());
        }
    }
}
