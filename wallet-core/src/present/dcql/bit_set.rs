//! A set of positions in a list, such as the leaves of one shape.

use std::ops::Range;

const WORD: usize = u64::BITS as usize;

/// A set of positions below the length given at the start; larger ones are never in it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct BitSet(Box<[u64]>);

impl BitSet {
    /// The empty set of positions in a list of this length.
    pub(super) fn new(length: usize) -> Self {
        Self(vec![0; length.div_ceil(WORD)].into_boxed_slice())
    }

    pub(super) fn insert(&mut self, position: usize) {
        if let Some(word) = self.0.get_mut(position / WORD) {
            *word |= 1 << (position % WORD);
        }
    }

    pub(super) fn insert_range(&mut self, positions: Range<usize>) {
        positions.for_each(|position| self.insert(position));
    }

    /// Adds what `other`, a set over the same list, has.
    pub(super) fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word |= other);
    }

    /// Takes away what `other`, a set over the same list, has.
    pub(super) fn subtract(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(word, other)| *word &= !other);
    }

    /// Whether there is anything that `other`, a set over the same list, has too.
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(word, other)| word & other != 0)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub(super) fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The positions, ascending.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        self.0.iter().enumerate().flat_map(|(index, word)| {
            (0..WORD).filter(move |bit| word >> bit & 1 == 1).map(move |bit| index * WORD + bit)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn set(positions: &BTreeSet<usize>) -> BitSet {
        let mut set = BitSet::new(200);
        positions.iter().for_each(|position| set.insert(*position));
        set
    }

    proptest! {
        #[test]
        fn it_is_a_set(a in proptest::collection::btree_set(0..200_usize, 0..40),
                       b in proptest::collection::btree_set(0..200_usize, 0..40), end in 0..200_usize) {
            let (mut union, mut difference) = (set(&a), set(&a));
            union.add(&set(&b));
            difference.subtract(&set(&b));
            prop_assert!(union.iter().eq(a.union(&b).copied()));
            prop_assert!(difference.iter().eq(a.difference(&b).copied()));
            prop_assert_eq!(union.len(), a.union(&b).count());
            prop_assert_eq!(difference.is_empty(), a.is_subset(&b));
            prop_assert_eq!(set(&a).meets(&set(&b)), !a.is_disjoint(&b));
            let mut all = BitSet::new(200);
            all.insert_range(0..end);
            prop_assert!(all.iter().eq(0..end));
            all.insert(usize::MAX);
            prop_assert_eq!(all.len(), end);
        }
    }
}
