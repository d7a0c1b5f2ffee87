//! What a verifier has seen before, for the consent screen.

use std::collections::BTreeSet;

use super::chain::{self, Chained};
use super::entry::{Disclosed, HistoryEntry, HistoryEvent, Outcome};
use crate::credential::path::ClaimLocation;
use crate::error::Result;
use crate::vault::transaction::Transaction;

/// What was shared with one verifier, as far as the history knows: entries that the citizen deleted count no more.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SharedBefore {
    /// How often it was sent something; one whose arrival is not known counts, one that never left the phone does not.
    pub times: u64,
    /// When last, seconds since 1970.
    pub last_at: i64,
    /// All that it was ever sent, by type of credential.
    pub shared: Vec<SharedClaims>,
}

/// Claims of one type of credential.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct SharedClaims {
    /// Doctype or vct.
    pub type_id: String,
    /// Which claims.
    pub claims: Vec<ClaimLocation>,
}

/// What the verifier with this identifier (`client_id`) has seen; `None` when nothing.
///
/// # Errors
/// [`crate::Code::HistoryBroken`]; [`crate::Code::Locked`].
pub(crate) fn shared_before(transaction: &Transaction<'_>, identifier: &str) -> Result<Option<SharedBefore>> {
    let entries = chain::read(transaction)?;
    let never_left: BTreeSet<u64> = entries.iter().filter_map(Chained::never_left).collect();
    let mut all: Option<SharedBefore> = None;
    for Chained { number, entry } in &entries {
        let Some(HistoryEntry { at, event: HistoryEvent::Sending { verifier, shared, .. } }) = entry else {
            continue;
        };
        if verifier.identifier == identifier && !never_left.contains(number) {
            let all = all.get_or_insert(SharedBefore { times: 0, last_at: *at, shared: Vec::new() });
            all.times += 1;
            all.last_at = all.last_at.max(*at);
            shared.iter().for_each(|one| all.add(one));
        }
    }
    Ok(all)
}

impl SharedBefore {
    fn add(&mut self, disclosed: &Disclosed) {
        let claims = disclosed.claims.iter().cloned();
        match self.shared.iter_mut().find(|known| known.type_id == disclosed.type_id) {
            Some(known) => known.claims.extend(claims),
            None => {
                let type_id = disclosed.type_id.clone();
                self.shared.push(SharedClaims { type_id, claims: claims.collect() });
            }
        }
    }
}

impl Chained {
    /// The answer of which this says that nothing left the phone.
    fn never_left(&self) -> Option<u64> {
        match self.entry.as_ref()?.event {
            HistoryEvent::Outcome { of, outcome: Outcome::NotSent { .. } } => Some(of),
            _ => None,
        }
    }
}
