//! What the wallet did.
//!
//! | file | concept |
//! | --- | --- |
//! | `delete` | what the citizen deletes of it |
//! | `export` | its form in JSON |

mod delete;
pub mod export;

use crate::error::Result;
use crate::vault::Transaction;
use crate::vault::damage::is_damage;
use crate::vault::history::{self, Chained, HistoryEntry, HistoryEvent, Outcome, SharedBefore};
use crate::vault::model::Refusals;
use crate::wallet::Wallet;

pub use delete::HistoryDeletion;

/// The whole history.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct History {
    /// Entries, oldest first. An outcome stands with the answer it belongs to. Those that the citizen deleted are not
    /// among them; [`HistoryEvent::EntriesDeleted`] says which those were.
    pub entries: Vec<LoggedEntry>,
    /// Requests and offers that were refused before their sender was authenticated, oldest first.
    pub unauthenticated_refusals: Vec<UnauthenticatedRefusal>,
    /// How many older ones of those there were.
    pub older_refusals: u64,
    /// Whether this is all of it. When not, entries are missing, were changed or were put back; those that are here are as
    /// this wallet wrote them.
    pub is_whole: bool,
}

/// A request or an offer that was refused before its sender was authenticated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct UnauthenticatedRefusal {
    /// Seconds since 1970.
    pub at: i64,
    /// The error's number.
    pub code: u16,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct LoggedEntry {
    /// Its number, from 1.
    pub number: u64,
    /// The entry.
    pub entry: HistoryEntry,
    /// How an answer ended, a presentation or a no. One without a known end is [`Outcome::Unknown`]: it may have
    /// arrived.
    pub outcome: Option<Outcome>,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Wallet {
    /// Reads the history and checks its chain. Where that is broken, what is left of it is here all the same.
    ///
    /// # Errors
    /// [`crate::Code::Locked`], and those of a damaged manifest.
    pub async fn history(&self) -> Result<History> {
        let read = |transaction: &mut Transaction<'_>| {
            let refusals: Option<Refusals> = match transaction.find(&Refusals::ID) {
                Err(error) if is_damage(&error) => None,
                found => Some(found?.unwrap_or_default()),
            };
            Ok((history::readable(transaction)?, refusals))
        };
        let ((all, chain_is_whole), refusals) = self.context.vault.read(read).await?;
        let is_whole = chain_is_whole && refusals.is_some();
        let refusals = refusals.unwrap_or_default();
        Ok(History {
            entries: joined(all),
            unauthenticated_refusals: refusals
                .recent
                .into_iter()
                .map(|(at, code)| UnauthenticatedRefusal { at, code })
                .collect(),
            older_refusals: refusals.folded,
            is_whole,
        })
    }

    /// What a verifier has seen before, by its identifier (`client_id`); `None` when nothing that the history still knows
    /// of.
    ///
    /// # Errors
    /// [`crate::Code::HistoryBroken`], [`crate::Code::Locked`].
    pub async fn shared_before(&self, verifier: &str) -> Result<Option<SharedBefore>> {
        let verifier = verifier.to_owned();
        self.context.vault.read(move |transaction| history::shared_before(transaction, &verifier)).await
    }
}

/// Entries with their outcomes, without those that are gone.
fn joined(all: Vec<Chained>) -> Vec<LoggedEntry> {
    let mut entries: Vec<LoggedEntry> = Vec::with_capacity(all.len());
    for Chained { number, entry } in all {
        let Some(entry) = entry else { continue };
        if let HistoryEvent::Outcome { of, outcome } = entry.event {
            // Entries are in the order of their numbers.
            let at = entries.binary_search_by_key(&of, |entry| entry.number);
            if let Some(answer) = at.ok().and_then(|at| entries.get_mut(at)) {
                answer.outcome = Some(outcome);
            }
            continue;
        }
        let answer = matches!(entry.event, HistoryEvent::Sending { .. } | HistoryEvent::Declined { .. });
        entries.push(LoggedEntry { number, entry, outcome: answer.then_some(Outcome::Unknown) });
    }
    entries
}
