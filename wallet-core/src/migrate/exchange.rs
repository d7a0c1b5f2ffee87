//! Out of a vault, and into one.

use std::collections::HashSet;

use super::data::MigrationData;
use super::own;
use crate::error::Result;
use crate::limits;
use crate::vault::history::{self, HistoryEntry, HistoryEvent, Move};
use crate::vault::model::{Refusals, StoredCredential};
use crate::vault::moved::{self, ImportedHistory, PastTransaction, Reissue, ReissueReason};
use crate::vault::{Id, Transaction};

/// A Migration Object that was made. It is encrypted; where it goes is the citizen's choice.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct MovedOut {
    /// The object: a compact JWE, text in ASCII.
    pub object: String,
    /// How many credentials the other wallet will ask for.
    pub credentials: u64,
    /// How many entries of history are in it.
    pub transactions: u64,
    /// How many older entries had no room.
    pub left_out: u64,
}

/// What came in with a Migration Object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct MovedIn {
    /// Credentials that are now on the list of what to ask for again.
    pub credentials: u64,
    /// Credentials that this wallet has, or waits for already.
    pub known: u64,
    /// Entries of history that are new here.
    pub transactions: u64,
    /// Credentials without device binding, which this wallet cannot hold. They were not taken over.
    pub not_device_bound: u64,
}

/// What may move, and how many older entries of the history were left out. Notes in the history that it moves.
///
/// # Errors
/// Those of a damaged vault.
pub(crate) fn collect(
    transaction: &mut Transaction<'_>,
    vault: &Id,
    now: i64,
) -> Result<(MigrationData, u64)> {
    let mut credentials: Vec<Reissue> = Vec::new();
    let stored = transaction.all::<StoredCredential>()?.into_iter();
    let stored = stored.map(|(_, credential)| own::reissue(&credential, now, ReissueReason::Moved));
    let waiting = transaction.all::<Reissue>()?.into_iter().map(|(_, reissue)| reissue);
    for one in stored.chain(waiting) {
        if !credentials.iter().any(|other| is_same(other, &one)) {
            credentials.push(one);
        }
    }
    credentials.sort_by(|one, other| (&one.type_id, &one.format).cmp(&(&other.type_id, &other.format)));

    let source: String = vault.iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let mut transactions = moved::imported(transaction)?;
    let refusals: Refusals = transaction.find(&Refusals::ID)?.unwrap_or_default();
    let refusals = refusals.recent.iter().enumerate();
    transactions.extend(refusals.map(|(number, (at, code))| own::refusal(*at, *code, &source, number)));
    transactions.extend(own::transactions(&history::read(transaction)?, &source));
    transactions.sort_by_key(|one| one.at);
    let left_out = transactions.len().saturating_sub(limits::MIGRATION_TRANSACTIONS);
    transactions.drain(..left_out);

    note(transaction, now, Move::MigrationExported, credentials.len() as u64, transactions.len() as u64)?;
    Ok((MigrationData { credentials, transactions, not_device_bound: 0 }, left_out as u64))
}

/// Takes over what another wallet says: what to ask for again, unless it is here, and its history, apart from this
/// wallet's own. The same object a second time changes nothing.
///
/// # Errors
/// Those of a damaged vault.
pub(crate) fn take_over(transaction: &mut Transaction<'_>, data: MigrationData, now: i64) -> Result<MovedIn> {
    let held = transaction.all::<StoredCredential>()?;
    let is_held = |reissue: &Reissue| {
        held.iter().any(|(_, credential)| {
            reissue.is_met_by(
                credential.format.identifier(),
                &credential.type_id,
                &credential.issuer.identifier,
            )
        })
    };
    let (mut credentials, mut known) = (0, 0);
    for reissue in &data.credentials {
        if !is_held(reissue) && moved::ask_again(transaction, reissue)? {
            credentials += 1;
        } else {
            known += 1;
        }
    }

    let mut seen: HashSet<(i64, String)> = moved::imported(transaction)?.iter().map(key).collect();
    let mut new = data.transactions;
    new.retain(|one| seen.insert(key(one)));
    new.sort_by_key(|one| one.at);
    let transactions = new.len();
    for part in new.chunks(ImportedHistory::PART) {
        transaction.insert(&ImportedHistory { at: now, transactions: part.to_vec() })?;
    }

    note(transaction, now, Move::MigrationImported, credentials, transactions as u64)?;
    Ok(MovedIn {
        credentials,
        known,
        transactions: transactions as u64,
        not_device_bound: data.not_device_bound as u64,
    })
}

fn is_same(one: &Reissue, other: &Reissue) -> bool {
    (&one.format, &one.type_id, &one.issuer) == (&other.format, &other.type_id, &other.issuer)
}

/// What tells one transaction from another, whichever object it came with.
fn key(transaction: &PastTransaction) -> (i64, String) {
    (transaction.at, transaction.identifier.clone())
}

fn note(transaction: &mut Transaction<'_>, at: i64, how: Move, credentials: u64, entries: u64) -> Result<()> {
    let event = HistoryEvent::Moved { how, credentials, entries };
    history::append(transaction, &HistoryEntry { at, event }).map(drop)
}
