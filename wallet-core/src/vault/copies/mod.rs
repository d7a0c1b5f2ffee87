//! Which copy of a credential to show next. Unused ones first; a copy is taken before anything is sent, so that two
//! presentations never share one and a kill never makes a shown copy fresh again.
//!
//! `pool` decides, on one credential in memory; here its decisions are written down.

mod pool;
#[cfg(test)]
mod tests;

use super::history::Party;
use super::model::{ReservedCopy, StoredCredential};
use super::reuse::mark;
use super::seal::Id;
use super::transaction::Transaction;
use crate::error::Result;
use crate::time::UnixTime;

pub(crate) use pool::NextCopy;

/// To whom a copy would be shown, and when.
#[derive(Clone, Copy)]
pub(crate) struct Showing<'a> {
    pub(crate) verifier: &'a Party,
    pub(crate) at: UnixTime,
}

impl Showing<'_> {
    fn occasion(&self) -> pool::Occasion {
        pool::Occasion { verifier: mark(&self.verifier.identifier), at: self.at.0 }
    }
}

/// What [`reserve`] would find.
pub(crate) fn next(credential: &StoredCredential, showing: Showing<'_>) -> NextCopy {
    pool::next(credential, showing.occasion())
}

/// Takes a copy for one presentation.
///
/// # Errors
/// [`crate::Code::NoFreshCopy`] when none is left, or when only one is left that was shown and `allow_shown_before` is not
/// set; [`crate::Code::AlreadySending`] when the one copy for this verifier is on its way to it.
pub(crate) fn reserve(
    transaction: &mut Transaction<'_>,
    credential_id: &Id,
    showing: Showing<'_>,
    allow_shown_before: bool,
) -> Result<ReservedCopy> {
    let mut credential: StoredCredential = transaction.get(credential_id)?;
    let copy = pool::take(&mut credential, showing.occasion(), allow_shown_before)?;
    transaction.put(credential_id, &credential)?;
    Ok(ReservedCopy { credential: *credential_id, copy })
}

/// Marks a reserved copy as shown, whatever the outcome: once bytes may have left the phone, it counts as used.
///
/// # Errors
/// When the storage fails or the vault was locked.
pub(crate) fn spend(transaction: &mut Transaction<'_>, reserved: &ReservedCopy) -> Result<()> {
    settle(transaction, reserved, pool::spend)
}

/// Gives a reserved copy back when nothing of it left the phone. One that the issuer allows once stays used up: that
/// promise is worth more than a copy.
///
/// # Errors
/// When the storage fails or the vault was locked.
pub(crate) fn release(transaction: &mut Transaction<'_>, reserved: &ReservedCopy) -> Result<()> {
    settle(transaction, reserved, pool::release)
}

/// Takes a copy out of use for good: its key is gone. The credential may have others.
///
/// # Errors
/// When the storage fails or the vault was locked.
pub(crate) fn retire(transaction: &mut Transaction<'_>, lost: &ReservedCopy) -> Result<()> {
    settle(transaction, lost, pool::retire)
}

fn settle(
    transaction: &mut Transaction<'_>,
    reserved: &ReservedCopy,
    settle: fn(&mut StoredCredential, &Id),
) -> Result<()> {
    // The citizen may have deleted the credential while its presentation was on the way.
    let Some(mut credential) = transaction.find::<StoredCredential>(&reserved.credential)? else {
        return Ok(());
    };
    settle(&mut credential, &reserved.copy);
    transaction.put(&reserved.credential, &credential)
}
