//! The copies of one credential, and what the issuer's policy allows with them.

use crate::crypto::random;
use crate::error::{Code, Result};
use crate::vault::model::{CopyState, CopyUse, StoredCredential};
use crate::vault::reuse::{ReuseMethod, VerifierMark};
use crate::vault::seal::Id;

/// What showing the credential now would mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NextCopy {
    /// A copy that nobody has seen.
    Fresh,
    /// The copy that this verifier has seen, and nobody else: it will know that it is the same person.
    KnownToVerifier,
    /// Only copies that were shown before are left: verifiers that compare can tell it is the same person.
    ShownBefore,
    /// None is left that the issuer allows to be shown.
    None,
}

/// To whom, and when.
#[derive(Clone, Copy)]
pub(super) struct Occasion {
    pub(super) verifier: VerifierMark,
    /// Seconds since 1970.
    pub(super) at: i64,
}

/// What [`take`] would find.
pub(super) fn next(credential: &StoredCredential, occasion: Occasion) -> NextCopy {
    if let Some(own) = own(credential, occasion.verifier) {
        return if own.uses > 0 { NextCopy::KnownToVerifier } else { NextCopy::Fresh };
    }
    match best(credential, occasion.at).first() {
        Some(copy) if copy.state == CopyUse::Fresh => NextCopy::Fresh,
        Some(_) => NextCopy::ShownBefore,
        None => NextCopy::None,
    }
}

/// Reserves the copy to be shown.
///
/// # Errors
/// [`Code::NoFreshCopy`], [`Code::AlreadySending`].
pub(super) fn take(
    credential: &mut StoredCredential,
    occasion: Occasion,
    allow_shown_before: bool,
) -> Result<Id> {
    let (rotating, per_verifier) = match credential.reuse().method {
        ReuseMethod::Rotating => (true, false),
        method => (false, method == ReuseMethod::PerVerifier),
    };
    let chosen = match own(credential, occasion.verifier) {
        // To give this verifier a second one would show it two persons, and to send it the same one twice at the same
        // time leaves nobody to say which of both arrived.
        Some(own) if own.state == CopyUse::Reserved => return Err(Code::AlreadySending.error()),
        Some(own) => Some(own),
        None => {
            let best = best(credential, occasion.at);
            if rotating { any_of(&best)? } else { best.first().copied() }
        }
    };
    let chosen = chosen.filter(|copy| copy.state == CopyUse::Fresh || allow_shown_before);
    let id = chosen.ok_or_else(|| Code::NoFreshCopy.error())?.id;
    change(credential, &id, |copy| {
        copy.state = CopyUse::Reserved;
        if per_verifier {
            copy.verifier = Some(occasion.verifier);
        }
    });
    Ok(id)
}

/// Marks a copy as shown, or maybe shown.
pub(super) fn spend(credential: &mut StoredCredential, id: &Id) {
    change(credential, id, |copy| {
        copy.state = CopyUse::Spent;
        copy.uses = copy.uses.saturating_add(1);
    });
}

/// Gives a copy back that nobody has seen this time. What may be shown only once stays used up.
pub(super) fn release(credential: &mut StoredCredential, id: &Id) {
    let once_only = credential.reuse().method == ReuseMethod::OnceOnly;
    change(credential, id, |copy| {
        if copy.state == CopyUse::Retired {
            return;
        }
        if copy.uses == 0 && !once_only {
            copy.state = CopyUse::Fresh;
            copy.verifier = None;
        } else {
            copy.state = CopyUse::Spent;
        }
    });
}

/// Takes a copy out of use for good: its key is gone.
pub(super) fn retire(credential: &mut StoredCredential, id: &Id) {
    change(credential, id, |copy| copy.state = CopyUse::Retired);
}

/// The copy that is this verifier's, where each has its own.
fn own(credential: &StoredCredential, verifier: VerifierMark) -> Option<&CopyState> {
    let per_verifier = credential.reuse().method == ReuseMethod::PerVerifier;
    let usable = |copy: &&CopyState| copy.state != CopyUse::Retired && copy.verifier == Some(verifier);
    credential.copies.iter().filter(|_| per_verifier).find(usable)
}

/// The copies that may be shown to anybody, those alone that were shown least; of these, in their order.
fn best(credential: &StoredCredential, at: i64) -> Vec<&CopyState> {
    let method = credential.reuse().method;
    let allowed = |copy: &&CopyState| match copy.state {
        CopyUse::Reserved | CopyUse::Retired => false,
        CopyUse::Fresh => copy.verifier.is_none(),
        CopyUse::Spent => !matches!(method, ReuseMethod::OnceOnly | ReuseMethod::PerVerifier),
    };
    let in_time = |copy: &&CopyState| {
        let until = copy.valid_until.or(credential.valid_until);
        method != ReuseMethod::LimitedTime || until.is_none_or(|until| at < until)
    };
    // A copy that was burned before it was shown is no fresh one.
    let worn = |copy: &CopyState| (copy.state != CopyUse::Fresh, copy.uses);
    let candidates: Vec<&CopyState> = credential.copies.iter().filter(allowed).filter(in_time).collect();
    let least = candidates.iter().map(|copy| worn(copy)).min();
    candidates.into_iter().filter(|copy| Some(worn(copy)) == least).collect()
}

/// One of these at random, as rotating asks for: verifiers must not learn a batch's order (ISSU_52).
fn any_of<'a>(copies: &[&'a CopyState]) -> Result<Option<&'a CopyState>> {
    let length = u64::try_from(copies.len()).unwrap_or(0);
    let Some(at) = u64::from_be_bytes(random::array()?).checked_rem(length) else { return Ok(None) };
    Ok(usize::try_from(at).ok().and_then(|at| copies.get(at).copied()))
}

fn change(credential: &mut StoredCredential, id: &Id, edit: impl FnOnce(&mut CopyState)) {
    if let Some(copy) = credential.copies.iter_mut().find(|copy| copy.id == *id) {
        edit(copy);
    }
}
