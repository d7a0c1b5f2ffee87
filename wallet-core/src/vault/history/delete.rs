//! What the citizen deletes: the content of entries, never their place in the chain.

use std::collections::BTreeSet;

use super::chain::{self, Chained, append};
use super::entry::{HistoryEntry, HistoryEvent};
use super::numbers::ranges;
use crate::crypto::hash::sha256;
use crate::error::{Code, Result};
use crate::vault::model::{Flow, PendingFlow, Refusals};
use crate::vault::transaction::Transaction;

/// Which entries go.
pub(crate) enum Doomed {
    /// These.
    Numbers(BTreeSet<u64>),
    /// Everything that can be deleted, refusals of unknown senders included.
    All,
}

/// Deletes entries, the outcome of an answer together with the answer, and appends that the citizen did. Returns how
/// many entries went, outcomes not counted.
///
/// # Errors
/// [`Code::NotFound`] for a number that no entry has, or none that stands by itself; [`Code::DeletionRecordStays`];
/// [`Code::AlreadySending`] for an answer that is on its way; [`Code::HistoryBroken`]. Then nothing is deleted.
pub(crate) fn delete(transaction: &mut Transaction<'_>, doomed: &Doomed, at: i64) -> Result<u64> {
    let entries = chain::read(transaction)?;
    let numbers = match doomed {
        Doomed::Numbers(numbers) => numbers.clone(),
        Doomed::All => {
            transaction.delete::<Refusals>(&Refusals::ID)?;
            entries.iter().filter(|one| one.kind() == Kind::Own).map(|one| one.number).collect()
        }
    };
    check(transaction, &entries, &numbers)?;
    let outcomes = entries.iter().filter(|one| one.outcome_of().is_some_and(|of| numbers.contains(&of)));
    let gone: BTreeSet<u64> = numbers.iter().copied().chain(outcomes.map(|one| one.number)).collect();
    let count = u64::try_from(numbers.len()).unwrap_or(u64::MAX);
    if gone.is_empty() {
        return Ok(count);
    }
    for number in &gone {
        transaction.bury_history(*number, sha256)?;
    }
    let event = HistoryEvent::EntriesDeleted { numbers: ranges(&gone), count };
    append(transaction, &HistoryEntry { at, event })?;
    Ok(count)
}

fn check(transaction: &mut Transaction<'_>, entries: &[Chained], numbers: &BTreeSet<u64>) -> Result<()> {
    for number in numbers {
        let found = entries.iter().find(|one| one.number == *number);
        match found.map(Chained::kind) {
            Some(Kind::Own) => {}
            Some(Kind::Deletion) => return Err(Code::DeletionRecordStays.error()),
            Some(Kind::Gone | Kind::Outcome) | None => return Err(Code::NotFound.at("history")),
        }
    }
    for (_, pending) in transaction.all::<PendingFlow>()? {
        if let Flow::Request(request) = &pending.flow
            && request.sending.as_ref().is_some_and(|sending| numbers.contains(&sending.history))
        {
            return Err(Code::AlreadySending.error());
        }
    }
    Ok(())
}

/// What an entry is to somebody who deletes.
#[derive(PartialEq, Eq)]
enum Kind {
    /// It stands by itself.
    Own,
    /// It stands with an answer.
    Outcome,
    /// It says what was deleted.
    Deletion,
    /// It was deleted.
    Gone,
}

impl Chained {
    fn kind(&self) -> Kind {
        match self.entry.as_ref().map(|entry| &entry.event) {
            None => Kind::Gone,
            Some(HistoryEvent::Outcome { .. }) => Kind::Outcome,
            Some(HistoryEvent::EntriesDeleted { .. }) => Kind::Deletion,
            Some(_) => Kind::Own,
        }
    }

    fn outcome_of(&self) -> Option<u64> {
        match self.entry.as_ref()?.event {
            HistoryEvent::Outcome { of, .. } => Some(of),
            _ => None,
        }
    }
}
