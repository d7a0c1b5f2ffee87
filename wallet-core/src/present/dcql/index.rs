//! The summaries in memory, found by format and type.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

use zeroize::{Zeroize, Zeroizing};

use super::shape::Shape;
use crate::credential::Format;
use crate::credential::id::CredentialId;
use crate::credential::summary::{EncodedSummary, Kind, KindHead, Summary, Validity};
use crate::error::{Code, Result, WalletError};

/// An index over summaries. Credentials of one kind share one [`Kind`], so that a query looks at each kind once; a kind
/// that no query has asked for yet stays as it is encoded.
///
/// The names in it are wiped when it and every [`Evaluation`](super::Evaluation) made with it are dropped.
#[derive(Default)]
pub struct Index {
    /// The group of each kind.
    numbers: HashMap<EncodedKind, GroupNumber>,
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
    kind: EncodedKind,
    /// The kind, prepared when the first query asks for it; `None` when it is no kind.
    shape: OnceLock<Option<Arc<Shape>>>,
    pub(super) members: BTreeMap<CredentialId, Validity>,
}

impl Group {
    /// The kind, prepared for matching; none when it is not the encoding of a [`Kind`].
    pub(super) fn shape(&self) -> Option<&Arc<Shape>> {
        let prepare = || {
            let mut kind: Kind = minicbor::decode(self.kind.borrow()).ok()?;
            kind.outline.normalise();
            Some(Arc::new(Shape::new(Arc::new(kind))))
        };
        self.shape.get_or_init(prepare).as_ref()
    }
}

/// A kind as it is stored.
#[derive(Clone, PartialEq, Eq)]
struct EncodedKind(Arc<Zeroizing<Vec<u8>>>);

impl Hash for EncodedKind {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // As the slice does, which it is looked up by.
        self.0.as_slice().hash(state);
    }
}

impl Borrow<[u8]> for EncodedKind {
    fn borrow(&self) -> &[u8] {
        &self.0
    }
}

fn damaged() -> WalletError {
    Code::RecordDamaged.at("summary")
}

impl Index {
    /// Adds a credential as it was stored; one with the same id is replaced.
    ///
    /// # Errors
    /// [`Code::RecordDamaged`] when it is not the encoding of a [`Summary`]; one that is wrong only in what it says of
    /// claims is taken, and answers no query.
    pub fn add_encoded(&mut self, summary: &[u8]) -> Result<()> {
        let outer: EncodedSummary<'_> = minicbor::decode(summary).map_err(|_| damaged())?;
        let number = match self.numbers.get(outer.kind) {
            Some(number) => *number,
            None => self.open_group(outer.kind)?,
        };
        self.join(number, outer.credential, outer.validity());
        Ok(())
    }

    /// Adds a credential; one with the same id is replaced.
    ///
    /// # Errors
    /// Only when memory fails.
    pub fn add(&mut self, summary: &Summary) -> Result<()> {
        let encoded = minicbor::to_vec(summary).map_err(|_| Code::Internal.at("summary"))?;
        self.add_encoded(&Zeroizing::new(encoded))
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

    fn open_group(&mut self, encoded: &[u8]) -> Result<GroupNumber> {
        let head: KindHead<'_> = minicbor::decode(encoded).map_err(|_| damaged())?;
        let number = self.next;
        self.next += 1;
        for name in head.types() {
            self.by_type.entry((head.format, name.to_owned())).or_default().insert(number);
        }
        let kind = EncodedKind(Arc::new(Zeroizing::new(encoded.to_vec())));
        let group = Group { kind: kind.clone(), shape: OnceLock::new(), members: BTreeMap::new() };
        self.groups.insert(number, group);
        self.numbers.insert(kind, number);
        Ok(number)
    }

    fn close_group(&mut self, number: GroupNumber) {
        let Some(group) = self.groups.remove(&number) else { return };
        self.numbers.remove(&group.kind);
        let Ok(head) = minicbor::decode::<KindHead<'_>>(group.kind.borrow()) else { return };
        for name in head.types() {
            let key = (head.format, name.to_owned());
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

impl Drop for Index {
    fn drop(&mut self) {
        for ((_, mut name), _) in self.by_type.drain() {
            name.zeroize();
        }
    }
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Index({} credentials of {} kinds)", self.group_of.len(), self.groups.len())
    }
}
