//! The summaries in memory, found by format and type.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::sync::Arc;

use zeroize::Zeroize;

use super::shape::Shape;
use crate::credential::Format;
use crate::credential::id::CredentialId;
use crate::credential::summary::Kind;
use crate::credential::summary::{EncodedSummary, Summary, Validity};
use crate::error::{Code, Result};

/// An index over summaries. Credentials of one kind share one [`Kind`], so that a query looks at each kind once.
///
/// The names in it are wiped when it and every [`Evaluation`](super::Evaluation) made with it are dropped.
#[derive(Default)]
pub struct Index {
    /// The group of each kind.
    numbers: HashMap<Arc<Kind>, GroupNumber>,
    /// The same by its encoding, so that a kind that is known need not be decoded again.
    encoded: HashMap<Vec<u8>, GroupNumber>,
    groups: BTreeMap<GroupNumber, Group>,
    /// The groups that answer to a type: their own, or one that it extends.
    by_type: HashMap<(Format, String), BTreeSet<GroupNumber>>,
    group_of: HashMap<CredentialId, GroupNumber>,
    next: GroupNumber,
}

/// Never used twice in one index.
type GroupNumber = u64;

/// The credentials of one kind.
pub(super) struct Group {
    pub(super) shape: Arc<Shape>,
    pub(super) members: BTreeMap<CredentialId, Validity>,
}

impl Index {
    /// Adds a credential as it was stored; one with the same id is replaced. Faster than to decode and to
    /// [`Index::add`] it, since a kind is decoded once.
    ///
    /// # Errors
    /// [`Code::RecordDamaged`] when it is not the encoding of a [`Summary`].
    pub fn add_encoded(&mut self, summary: &[u8]) -> Result<()> {
        let damaged = |_| Code::RecordDamaged.at("summary");
        let outer: EncodedSummary<'_> = minicbor::decode(summary).map_err(damaged)?;
        if let Some(number) = self.encoded.get(outer.kind).copied() {
            let validity = Validity { from: outer.valid_from, until: outer.valid_until };
            self.join(number, outer.credential, validity);
        } else {
            let number = self.insert(minicbor::decode(summary).map_err(damaged)?);
            self.encoded.insert(outer.kind.to_vec(), number);
        }
        Ok(())
    }

    /// Adds a credential; one with the same id is replaced.
    pub fn add(&mut self, summary: Summary) {
        self.insert(summary);
    }

    /// Takes a credential out; false when it was not there.
    pub fn remove(&mut self, credential: CredentialId) -> bool {
        let Some(number) = self.group_of.remove(&credential) else { return false };
        if let Some(group) = self.groups.get_mut(&number) {
            group.members.remove(&credential);
            if group.members.is_empty() {
                self.close_group(number);
            }
        }
        true
    }

    /// How many credentials are in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.group_of.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.group_of.is_empty()
    }

    /// The groups of credentials of this type, and of types that extend it.
    pub(super) fn groups(
        &self,
        format: Format,
        type_identifier: &str,
    ) -> impl Iterator<Item = (GroupNumber, &Group)> {
        let numbers = self.by_type.get(&(format, type_identifier.to_owned()));
        numbers.into_iter().flatten().filter_map(|number| Some((*number, self.groups.get(number)?)))
    }

    fn insert(&mut self, mut summary: Summary) -> GroupNumber {
        summary.kind.outline.normalise();
        let kind = Arc::new(summary.kind);
        let number = match self.numbers.get(&kind) {
            Some(number) => *number,
            None => self.open_group(kind),
        };
        let validity = Validity { from: summary.valid_from, until: summary.valid_until };
        self.join(number, summary.credential, validity);
        number
    }

    /// Puts a credential into a group, and out of any other.
    fn join(&mut self, number: GroupNumber, credential: CredentialId, validity: Validity) {
        if self.group_of.get(&credential).is_some_and(|old| *old != number) {
            self.remove(credential);
        }
        if let Some(group) = self.groups.get_mut(&number) {
            group.members.insert(credential, validity);
            self.group_of.insert(credential, number);
        }
    }

    fn open_group(&mut self, kind: Arc<Kind>) -> GroupNumber {
        let number = self.next;
        self.next += 1;
        for name in types(&kind) {
            self.by_type.entry((kind.format, name.clone())).or_default().insert(number);
        }
        let shape = Arc::new(Shape::new(Arc::clone(&kind)));
        self.groups.insert(number, Group { shape, members: BTreeMap::new() });
        self.numbers.insert(kind, number);
        number
    }

    fn close_group(&mut self, number: GroupNumber) {
        let Some(group) = self.groups.remove(&number) else { return };
        let kind = group.shape.kind();
        self.numbers.remove(kind);
        for (mut encoding, _) in self.encoded.extract_if(|_, encoded| *encoded == number) {
            encoding.zeroize();
        }
        for name in types(kind) {
            let key = (kind.format, name.clone());
            if let Some(numbers) = self.by_type.get_mut(&key) {
                numbers.remove(&number);
                if numbers.is_empty()
                    && let Some(((_, mut name), _)) = self.by_type.remove_entry(&key)
                {
                    name.zeroize();
                }
            }
        }
    }
}

/// The types that a kind answers to.
fn types(kind: &Kind) -> impl Iterator<Item = &String> {
    std::iter::once(&kind.type_identifier).chain(&kind.extends)
}

impl FromIterator<Summary> for Index {
    fn from_iter<I: IntoIterator<Item = Summary>>(summaries: I) -> Self {
        let mut index = Self::default();
        summaries.into_iter().for_each(|summary| index.add(summary));
        index
    }
}

impl Drop for Index {
    fn drop(&mut self) {
        for ((_, mut name), _) in self.by_type.drain() {
            name.zeroize();
        }
        for (mut encoding, _) in self.encoded.drain() {
            encoding.zeroize();
        }
    }
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Index({} credentials of {} kinds)", self.group_of.len(), self.groups.len())
    }
}
