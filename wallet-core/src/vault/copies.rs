//! Which copy of a credential to show next. Unused ones first; a copy is taken before anything is sent, so that two
//! presentations never share one and a kill never makes a shown copy fresh again.

use super::model::{CopyState, CopyUse, ReservedCopy, StoredCredential};
use super::seal::Id;
use super::transaction::Transaction;
use crate::error::{Code, Result};

/// What showing the credential now would mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NextCopy {
    /// A copy that nobody has seen.
    Fresh,
    /// Only copies that were shown before are left: verifiers that compare can tell it is the same person.
    ShownBefore,
    /// None is left that the issuer allows to be shown.
    None,
}

/// What [`reserve`] would find.
pub(crate) fn next(credential: &StoredCredential) -> NextCopy {
    match pick(credential) {
        Some(copy) if copy.state == CopyUse::Fresh => NextCopy::Fresh,
        Some(_) => NextCopy::ShownBefore,
        None => NextCopy::None,
    }
}

/// Takes a copy for one presentation.
///
/// # Errors
/// [`Code::NoFreshCopy`] when none is left, or when only a used one is left and `allow_shown_before` is not set.
pub(crate) fn reserve(
    transaction: &mut Transaction<'_>,
    credential_id: &Id,
    allow_shown_before: bool,
) -> Result<ReservedCopy> {
    let mut credential: StoredCredential = transaction.get(credential_id)?;
    let chosen = pick(&credential).filter(|copy| copy.state == CopyUse::Fresh || allow_shown_before);
    let chosen = chosen.map(|copy| copy.id).ok_or_else(|| Code::NoFreshCopy.error())?;
    change(&mut credential, &chosen, |copy| copy.state = CopyUse::Reserved);
    transaction.put(credential_id, &credential)?;
    Ok(ReservedCopy { credential: *credential_id, copy: chosen })
}

/// Marks a reserved copy as shown, whatever the outcome: once bytes may have left the phone, it counts as used.
///
/// # Errors
/// When the storage fails or the vault was locked.
pub(crate) fn spend(transaction: &mut Transaction<'_>, reserved: &ReservedCopy) -> Result<()> {
    // The citizen may have deleted the credential while its presentation was on the way.
    let Some(mut credential) = transaction.find::<StoredCredential>(&reserved.credential)? else {
        return Ok(());
    };
    change(&mut credential, &reserved.copy, |copy| {
        copy.state = CopyUse::Spent;
        copy.uses = copy.uses.saturating_add(1);
    });
    transaction.put(&reserved.credential, &credential)
}

/// Gives a reserved copy back when nothing of it left the phone. One that the issuer allows once stays used up: that
/// promise is worth more than a copy.
///
/// # Errors
/// When the storage fails or the vault was locked.
pub(crate) fn release(transaction: &mut Transaction<'_>, reserved: &ReservedCopy) -> Result<()> {
    let Some(mut credential) = transaction.find::<StoredCredential>(&reserved.credential)? else {
        return Ok(());
    };
    let once_only = credential.once_only;
    change(&mut credential, &reserved.copy, |copy| {
        if copy.state == CopyUse::Retired {
            return;
        }
        copy.state = if copy.uses == 0 && !once_only { CopyUse::Fresh } else { CopyUse::Spent };
    });
    transaction.put(&reserved.credential, &credential)
}

/// Takes a copy out of use for good: its key is gone.
///
/// # Errors
/// When the storage fails or the vault was locked.
pub(crate) fn retire(transaction: &mut Transaction<'_>, lost: &ReservedCopy) -> Result<()> {
    let Some(mut credential) = transaction.find::<StoredCredential>(&lost.credential)? else {
        return Ok(());
    };
    change(&mut credential, &lost.copy, |copy| copy.state = CopyUse::Retired);
    transaction.put(&lost.credential, &credential)
}

fn pick(credential: &StoredCredential) -> Option<&CopyState> {
    let fresh = credential.copies.iter().find(|copy| copy.state == CopyUse::Fresh);
    let used = || {
        let spent = credential.copies.iter().filter(|copy| copy.state == CopyUse::Spent);
        if credential.once_only { None } else { spent.min_by_key(|copy| copy.uses) }
    };
    fresh.or_else(used)
}

fn change(credential: &mut StoredCredential, id: &Id, edit: impl FnOnce(&mut CopyState)) {
    if let Some(copy) = credential.copies.iter_mut().find(|copy| copy.id == *id) {
        edit(copy);
    }
}
