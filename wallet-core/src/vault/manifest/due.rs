//! The records of a table, ticked off while its rows are read in whatever order they lie.

use super::node::{Leaf, Stamp, leaf_of};
use crate::vault::seal::{Id, Table};

/// What is still to come.
pub(in crate::vault) struct DueList<'m> {
    table: Table,
    /// By the position of the leaf; for each of its entries, whether it came.
    leaves: Vec<(&'m Leaf, Vec<bool>)>,
    left: usize,
}

/// What a row is to the list.
pub(in crate::vault) enum Due {
    /// It is awaited, and must be this.
    Now(Stamp),
    /// One with this id came before.
    Again,
    /// The manifest does not know it.
    Unlisted,
}

impl<'m> DueList<'m> {
    /// Of all leaves of a table.
    pub(super) fn new(table: Table, leaves: impl Iterator<Item = &'m Leaf>) -> Self {
        let leaves: Vec<_> = leaves.map(|leaf| (leaf, vec![false; leaf.len()])).collect();
        let left = leaves.iter().map(|(leaf, _)| leaf.len()).sum();
        Self { table, leaves, left }
    }

    /// Whether all came.
    pub(in crate::vault) fn is_empty(&self) -> bool {
        self.left == 0
    }

    /// Ticks off a row.
    pub(in crate::vault) fn take(&mut self, id: &Id) -> Due {
        let Some((leaf, came)) = self.leaves.get_mut(usize::from(leaf_of(self.table, id))) else {
            return Due::Unlisted;
        };
        let Some((at, stamp)) = leaf.position(id) else { return Due::Unlisted };
        match came.get_mut(at) {
            Some(came) if !*came => {
                *came = true;
                self.left -= 1;
                Due::Now(stamp)
            }
            _ => Due::Again,
        }
    }
}
