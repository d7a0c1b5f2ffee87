//! One kind of credential, prepared for matching: claims path pointers (OpenID4VP 1.0 section 7) over its leaves, and
//! what a presentation reveals.
//!
//! The leaves are sorted, so whatever is below one claim is a range of them, and processing a path narrows ranges.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::bit_set::BitSet;
use crate::credential::Format;
use crate::credential::path::{ClaimLocation, ClaimPath, PathElement, Step};
use crate::credential::summary::Kind;

/// Claims about the credential itself (SD-JWT VC 2.2.2.2 and `iat`). An mdoc says the same in its Mobile Security
/// Object, so counting them would make every SD-JWT look more revealing than the same data in an mdoc.
const ABOUT_THE_CREDENTIAL: [&str; 8] = ["iss", "iat", "nbf", "exp", "cnf", "vct", "vct#integrity", "status"];

/// A kind of credential, prepared for matching.
pub(super) struct Shape {
    kind: Arc<Kind>,
    /// For each leaf, the disclosures that it takes to show it, by their position.
    carriers: Vec<Vec<usize>>,
    /// For each disclosure, the leaves that it shows by itself.
    carried: Vec<Vec<usize>>,
    /// The leaves that every presentation shows.
    always: BitSet,
    /// Those of them that say nothing about the holder.
    uncounted: BitSet,
}

/// What stands at one location.
enum Node {
    Value,
    Object,
    Array,
    EmptyObject,
    EmptyArray,
}

impl Shape {
    /// Prepares a kind whose outline is in order.
    pub(super) fn new(kind: Arc<Kind>) -> Self {
        let leaves = &kind.outline.leaves;
        let disclosures = match kind.format {
            Format::MsoMdoc => leaves,
            Format::DcSdJwt => &kind.outline.disclosures,
        };
        let positions: HashMap<&[Step], usize> = disclosures
            .iter()
            .enumerate()
            .map(|(position, location)| (location.0.as_slice(), position))
            .collect();
        let above = |leaf: &ClaimLocation| -> Vec<usize> {
            (1..=leaf.0.len()).filter_map(|depth| positions.get(leaf.0.get(..depth)?).copied()).collect()
        };
        let carriers: Vec<_> = leaves.iter().map(above).collect();
        let mut carried = vec![Vec::new(); disclosures.len()];
        let mut always = BitSet::new(leaves.len());
        let mut uncounted = BitSet::new(leaves.len());
        for (position, (leaf, carriers)) in leaves.iter().zip(&carriers).enumerate() {
            match carriers.last().and_then(|deepest| carried.get_mut(*deepest)) {
                Some(carried) => carried.push(position),
                None => {
                    always.insert(position);
                    if matches!(leaf.0.first(), Some(Step::Key(name)) if ABOUT_THE_CREDENTIAL.contains(&name.as_str()))
                    {
                        uncounted.insert(position);
                    }
                }
            }
        }
        Self { carriers, carried, always, uncounted, kind }
    }

    pub(super) fn kind(&self) -> &Kind {
        &self.kind
    }

    /// The leaves in order.
    pub(super) fn leaves(&self) -> &[ClaimLocation] {
        &self.kind.outline.leaves
    }

    /// The locations of a set of leaves.
    pub(super) fn locations(&self, set: &BitSet) -> impl Iterator<Item = &ClaimLocation> {
        set.iter().filter_map(|leaf| self.leaves().get(leaf))
    }

    /// The leaves that a path selects, each with all its sub-claims; `None` where processing ends in an error or
    /// with nothing selected (sections 7.1.1 and 7.2.1).
    pub(super) fn select(&self, path: &ClaimPath) -> Option<BitSet> {
        let mut set = BitSet::new(self.leaves().len());
        self.ranges(path)?.into_iter().for_each(|range| set.insert_range(range));
        Some(set)
    }

    /// The leaves that a path selects as such, of which alone the value can be compared with `values`.
    pub(super) fn select_values(&self, path: &ClaimPath) -> Option<BitSet> {
        let mut set = BitSet::new(self.leaves().len());
        let depth = path.elements().len();
        for range in self.ranges(path)? {
            if matches!(self.node(&range, depth), Node::Value) {
                set.insert_range(range);
            }
        }
        (!set.is_empty()).then_some(set)
    }

    /// Everything that a presentation of these leaves shows: what is always shown, and what lies in the same
    /// Disclosures.
    pub(super) fn revealed(&self, selected: &BitSet) -> BitSet {
        let mut revealed = self.always.clone();
        let disclosures = selected.iter().filter_map(|leaf| self.carriers.get(leaf)).flatten();
        let mut open = BitSet::new(self.carried.len());
        disclosures.for_each(|disclosure| open.insert(*disclosure));
        for leaf in open.iter().filter_map(|disclosure| self.carried.get(disclosure)).flatten() {
            revealed.insert(*leaf);
        }
        revealed
    }

    /// How many of the revealed leaves say something about the holder.
    pub(super) fn count(&self, revealed: &BitSet) -> usize {
        let mut counted = revealed.clone();
        counted.subtract(&self.uncounted);
        counted.len()
    }

    /// Processes a path: each range holds the leaves of one selected claim.
    fn ranges(&self, path: &ClaimPath) -> Option<Vec<Range<usize>>> {
        let two_keys = matches!(path.elements(), [PathElement::Key(_), PathElement::Key(_)]);
        if self.kind.format == Format::MsoMdoc && !two_keys {
            return None;
        }
        let root = 0..self.leaves().len();
        let mut selected = vec![root];
        for (depth, element) in path.elements().iter().enumerate() {
            let mut next = Vec::new();
            for range in &selected {
                self.narrow(range, depth, element, &mut next)?;
            }
            selected = next;
        }
        (!selected.is_empty()).then_some(selected)
    }

    /// One step of processing from one selected claim; `None` where the specification aborts.
    fn narrow(
        &self,
        range: &Range<usize>,
        depth: usize,
        element: &PathElement,
        next: &mut Vec<Range<usize>>,
    ) -> Option<()> {
        let wanted = match (element, self.node(range, depth)) {
            (PathElement::Key(name), Node::Object) => Some(Step::Key(name.clone())),
            (PathElement::Index(index), Node::Array) => Some(Step::Index(*index)),
            (PathElement::All, Node::Array) => None,
            (PathElement::Key(_), Node::EmptyObject)
            | (PathElement::Index(_) | PathElement::All, Node::EmptyArray) => return Some(()),
            _ => return None,
        };
        let step_of = |leaf: &ClaimLocation| leaf.0.get(depth).cloned();
        let leaves = self.leaves().get(range.clone())?;
        let mut start =
            wanted.as_ref().map_or(0, |step| leaves.partition_point(|leaf| leaf.0.get(depth) < Some(step)));
        while let Some(step) = leaves.get(start).and_then(step_of) {
            if wanted.as_ref().is_some_and(|wanted| *wanted != step) {
                break;
            }
            let length = leaves.get(start..)?.partition_point(|leaf| leaf.0.get(depth) == Some(&step));
            next.push(range.start + start..range.start + start + length);
            start += length;
        }
        Some(())
    }

    /// What the claim is whose leaves are in `range` and whose location has `depth` steps.
    fn node(&self, range: &Range<usize>, depth: usize) -> Node {
        // The root is an object, with nothing in it when there is no leaf at all.
        let Some(leaf) = self.leaves().get(range.start) else { return Node::EmptyObject };
        match leaf.0.get(depth) {
            Some(Step::Key(_)) => Node::Object,
            Some(Step::Index(_)) => Node::Array,
            None if self.kind.outline.empty_objects.binary_search(leaf).is_ok() => Node::EmptyObject,
            None if self.kind.outline.empty_arrays.binary_search(leaf).is_ok() => Node::EmptyArray,
            None => Node::Value,
        }
    }
}
