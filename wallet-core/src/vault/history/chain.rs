//! The chain over all entries, those that were deleted included.

use super::entry::{HistoryEntry, HistoryEvent, NumberRange};
use super::numbers::contains;
use crate::crypto::hash::{sha256, sha256_parts};
use crate::error::{Code, Result};
use crate::vault::damage::{damage_of, is_damage};
use crate::vault::transaction::{SealedEntry, SealedHistory, Transaction};

/// An entry in its place.
pub(crate) struct Chained {
    /// Its number, from 1.
    pub(crate) number: u64,
    /// What it says; `None` when the citizen deleted it.
    pub(crate) entry: Option<HistoryEntry>,
}

/// Appends an entry; returns its number, from 1.
///
/// # Errors
/// When the storage fails or the vault was locked.
pub(crate) fn append(transaction: &mut Transaction<'_>, entry: &HistoryEntry) -> Result<u64> {
    let bytes = minicbor::to_vec(entry).map_err(|_| Code::Internal.at("history"))?;
    transaction.append_history(&bytes, |previous, sealed| link(previous, &sha256(sealed)))
}

/// All entries, oldest first, after checking the whole chain.
///
/// # Errors
/// [`Code::HistoryBroken`] when an entry is missing, added or changed; when one is gone that the citizen did not delete;
/// and when one is back that the citizen did delete.
pub(crate) fn read(transaction: &Transaction<'_>) -> Result<Vec<Chained>> {
    let broken = || Code::HistoryBroken.error();
    let SealedHistory { entries, unreadable, length, head } = transaction.sealed_history()?;
    if let Some(error) = unreadable {
        return Err(error);
    }
    if u64::try_from(entries.len()) != Ok(length) || run(&entries)? != head {
        return Err(broken());
    }
    let chained = entries.into_iter().map(|entry| open(transaction, entry)).collect::<Result<Vec<_>>>()?;
    let deleted: Vec<NumberRange> = chained.iter().flat_map(Chained::deletes).copied().collect();
    if chained.iter().all(|one| one.entry.is_none() == contains(&deleted, one.number)) {
        Ok(chained)
    } else {
        Err(broken())
    }
}

/// As [`read`]; from a broken chain, the entries that are still as this wallet wrote them, without those that one of them
/// says the citizen deleted. Whether the chain was whole comes with them.
///
/// # Errors
/// When the vault was locked or the storage fails; damage is no error.
pub(crate) fn readable(transaction: &Transaction<'_>) -> Result<(Vec<Chained>, bool)> {
    match read(transaction) {
        Ok(entries) => return Ok((entries, true)),
        Err(error) if !is_damage(&error) => return Err(error),
        Err(_) => {}
    }
    let mut entries = Vec::new();
    for sealed in transaction.sealed_history()?.entries {
        match open(transaction, sealed) {
            Ok(chained) => entries.push(chained),
            Err(error) => drop(damage_of(error)?),
        }
    }
    // The numbers are part of what was sealed, so at most one row opens under each.
    let deleted: Vec<NumberRange> = entries.iter().flat_map(Chained::deletes).copied().collect();
    entries.retain(|one| one.entry.is_some() && !contains(&deleted, one.number));
    Ok((entries, false))
}

fn open(transaction: &Transaction<'_>, entry: SealedEntry) -> Result<Chained> {
    let SealedEntry { sequence, sealed, digest } = entry;
    if digest.is_some() {
        return Ok(Chained { number: sequence, entry: None });
    }
    let bytes = transaction.open_history(sequence, &sealed)?;
    let entry = minicbor::decode(&bytes).map_err(|_| Code::HistoryBroken.error())?;
    Ok(Chained { number: sequence, entry: Some(entry) })
}

impl Chained {
    /// Whether it is an entry for the citizen: there, and more than the end of an answer.
    pub(crate) fn stands_alone(&self) -> bool {
        self.entry.as_ref().is_some_and(|entry| !matches!(entry.event, HistoryEvent::Outcome { .. }))
    }

    /// The numbers that this entry says are gone.
    fn deletes(&self) -> &[NumberRange] {
        match &self.entry {
            Some(HistoryEntry { event: HistoryEvent::EntriesDeleted { numbers, .. }, .. }) => numbers,
            _ => &[],
        }
    }
}

/// The link at the end of the chain.
fn run(entries: &[SealedEntry]) -> Result<[u8; 32]> {
    let broken = || Code::HistoryBroken.error();
    let mut chain = [0; 32];
    for (entry, expected) in entries.iter().zip(1..) {
        let digest = match &entry.digest {
            None => sha256(&entry.sealed),
            Some(digest) if entry.sealed.is_empty() => {
                <[u8; 32]>::try_from(digest.as_slice()).map_err(|_| broken())?
            }
            Some(_) => return Err(broken()),
        };
        if entry.sequence != expected {
            return Err(broken());
        }
        chain = link(&chain, &digest);
    }
    Ok(chain)
}

fn link(previous: &[u8; 32], digest: &[u8; 32]) -> [u8; 32] {
    sha256_parts(&[previous, digest])
}
