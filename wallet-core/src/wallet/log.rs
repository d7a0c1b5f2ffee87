//! What the wallet did, for people and for export.

use super::open::Wallet;
use crate::error::Result;
use crate::vault::Transaction;
use crate::vault::history::{self, HistoryEntry, HistoryEvent, Outcome};
use crate::vault::model::Refusals;

/// The whole history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// Entries, oldest first. An outcome stands with the answer it belongs to.
    pub entries: Vec<LoggedEntry>,
    /// Requests and offers that were refused before their sender was authenticated: seconds since 1970 and the error's
    /// number, oldest first.
    pub unauthenticated_refusals: Vec<(i64, u16)>,
    /// How many older ones of those there were.
    pub older_refusals: u64,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedEntry {
    /// Its number, from 1.
    pub number: u64,
    /// The entry.
    pub entry: HistoryEntry,
    /// How an answer ended, a presentation or a no. One without a known end is [`Outcome::Unknown`]: it may have
    /// arrived.
    pub outcome: Option<Outcome>,
}

impl Wallet {
    /// Reads the history and checks its chain.
    ///
    /// # Errors
    /// [`crate::Code::HistoryBroken`], [`crate::Code::Locked`].
    pub async fn history(&self) -> Result<History> {
        let read = |transaction: &mut Transaction<'_>| {
            let refusals: Refusals = transaction.find(&Refusals::ID)?.unwrap_or_default();
            Ok((history::read(transaction)?, refusals))
        };
        let (all, refusals) = self.context.vault.read(read).await?;
        let mut entries: Vec<LoggedEntry> = Vec::with_capacity(all.len());
        for (number, entry) in all {
            match entry.event {
                HistoryEvent::Outcome { of, outcome } => {
                    if let Some(answer) = entries.iter_mut().find(|entry| entry.number == of) {
                        answer.outcome = Some(outcome);
                    }
                }
                ref event => {
                    let answer =
                        matches!(event, HistoryEvent::Sending { .. } | HistoryEvent::Declined { .. });
                    let outcome = answer.then_some(Outcome::Unknown);
                    entries.push(LoggedEntry { number, entry, outcome });
                }
            }
        }
        Ok(History { entries, unauthenticated_refusals: refusals.recent, older_refusals: refusals.folded })
    }
}
