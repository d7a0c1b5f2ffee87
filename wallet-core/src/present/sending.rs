//! Write before you send: one transaction takes the copies and says so in the history; what became of it is a second
//! entry. A kill between the two leaves a flow that says `sending`, and the truth about it is told later: unknown.
//!
//! A no is sent in the same way; it takes no copies.

use super::openid4vp::Posted;
use crate::context::Context;
use crate::error::{Code, Result};
use crate::limits;
use crate::platform::{Clock, Moment};
use crate::time::UnixTime;
use crate::vault::copies::{self, Showing};
use crate::vault::history::{self, HistoryEntry, HistoryEvent, Outcome};
use crate::vault::model::{CopyContent, Flow, PendingFlow, ReservedCopy, Sending, StoredCredential};
use crate::vault::status::ListSays;
use crate::vault::{Id, Transaction};

/// A copy that was taken, with what presenting it needs.
pub(super) struct TakenCopy {
    pub(super) credential: Id,
    pub(super) copy: Id,
    pub(super) key: Id,
    pub(super) content: CopyContent,
}

/// What [`begin`] did.
pub(super) struct Taken {
    pub(super) sending: Sending,
    pub(super) copies: Vec<TakenCopy>,
}

/// Takes one copy of each credential and writes down what is about to be sent.
///
/// # Errors
/// [`Code::AlreadySending`] when somebody is sending an answer to this flow; [`Code::FlowUnknown`] when it was
/// answered; [`Code::NoFreshCopy`]; [`Code::CredentialRevoked`], [`Code::CredentialSuspended`]; [`Code::Locked`]. Then nothing changed, and nothing may be sent.
pub(super) async fn begin(
    context: &Context,
    flow: Id,
    event: HistoryEvent,
    credentials: Vec<Id>,
    allow_shown_before: bool,
) -> Result<Taken> {
    let moment = context.clock.now()?;
    let entry = HistoryEntry { at: moment.wall_seconds, event };
    let take = move |transaction: &mut Transaction<'_>| {
        take(transaction, &flow, &entry, &credentials, allow_shown_before, &moment)
    };
    let taken = context.vault.write(take).await?;
    context.history_changed();
    Ok(taken)
}

/// Writes down how it ended.
///
/// # Errors
/// When the storage fails or the vault was locked; then whoever finds the flow calls its outcome unknown.
pub(super) async fn end(context: &Context, flow: Id, sending: Sending, outcome: Outcome) -> Result<()> {
    let at = context.now()?;
    let took_copies = !sending.copies.is_empty();
    let finish = move |transaction: &mut Transaction<'_>| finish(transaction, &flow, &sending, outcome, at);
    context.vault.write(finish).await?;
    context.history_changed();
    if took_copies {
        context.credentials_changed();
    }
    Ok(())
}

/// What an attempt to post says about where the answer is now.
pub(super) fn outcome_of(posted: &Result<Posted>) -> Outcome {
    let error = match posted {
        Ok(posted) => return Outcome::Sent { status: posted.status },
        Err(error) => error.fault(),
    };
    match (error.code, error.http_status) {
        (_, Some(status)) => Outcome::Refused { status },
        // No connection was made, so nothing can have arrived.
        (Code::NetworkUnreachable | Code::TlsFailed | Code::NotHttps | Code::UrlInvalid, None) => {
            Outcome::NotSent { code: error.code as u16 }
        }
        _ => Outcome::Unknown,
    }
}

/// Retires a copy whose key is gone; the credential may have others.
///
/// # Errors
/// When the storage fails or the vault was locked.
pub(super) async fn retire(context: &Context, credential: Id, copy: Id) -> Result<()> {
    let lost = ReservedCopy { credential, copy };
    context.vault.write(move |transaction| copies::retire(transaction, &lost)).await
}

fn take(
    transaction: &mut Transaction<'_>,
    flow: &Id,
    entry: &HistoryEntry,
    credentials: &[Id],
    allow_shown_before: bool,
    moment: &Moment,
) -> Result<Taken> {
    let mut pending: PendingFlow = transaction.find(flow)?.ok_or_else(|| Code::FlowUnknown.error())?;
    let Flow::Request(request) = &mut pending.flow else { return Err(Code::FlowUnknown.error()) };
    if request.sending.is_some() {
        return Err(Code::AlreadySending.error());
    }
    let verifier = entry.event.verifier().ok_or_else(|| Code::Internal.at("no verifier"))?;
    let showing = Showing { verifier, at: UnixTime(moment.wall_seconds) };
    let mut copies = Vec::with_capacity(credentials.len());
    let mut reserved = Vec::with_capacity(credentials.len());
    for credential in credentials {
        let one = copies::reserve(transaction, credential, showing, allow_shown_before)?;
        let stored: StoredCredential = transaction.get(credential)?;
        // It may have been withdrawn since the request was opened.
        match stored.status.map(|status| status.says) {
            Some(ListSays::Revoked) => return Err(Code::CredentialRevoked.error()),
            Some(ListSays::Suspended) => return Err(Code::CredentialSuspended.error()),
            Some(ListSays::Valid | ListSays::Other) | None => {}
        }
        let state = stored.copies.iter().find(|copy| copy.id == one.copy);
        let key = state.ok_or_else(|| Code::Internal.at("reserved copy"))?.key;
        copies.push(TakenCopy {
            credential: *credential,
            copy: one.copy,
            key,
            content: transaction.get(&one.copy)?,
        });
        reserved.push(one);
    }
    let sending = Sending {
        history: history::append(transaction, entry)?,
        copies: reserved,
        since_boot_ms: moment.since_boot_ms,
        boot_id: moment.boot_id.clone(),
    };
    request.sending = Some(sending.clone());
    transaction.put(flow, &pending)?;
    Ok(Taken { sending, copies })
}

/// A flow whose answer left the phone, or may have, is over; one whose answer did not may be tried again.
fn finish(
    transaction: &mut Transaction<'_>,
    flow: &Id,
    sending: &Sending,
    outcome: Outcome,
    at: UnixTime,
) -> Result<()> {
    let event = HistoryEvent::Outcome { of: sending.history, outcome };
    history::append(transaction, &HistoryEntry { at: at.0, event })?;
    let settle: fn(&mut Transaction<'_>, &ReservedCopy) -> Result<()> = match outcome {
        Outcome::NotSent { .. } => copies::release,
        _ => copies::spend,
    };
    sending.copies.iter().try_for_each(|copy| settle(transaction, copy))?;
    if !matches!(outcome, Outcome::NotSent { .. }) {
        return transaction.delete::<PendingFlow>(flow);
    }
    let Some(mut pending) = transaction.find::<PendingFlow>(flow)? else { return Ok(()) };
    if let Flow::Request(request) = &mut pending.flow {
        request.sending = None;
    }
    transaction.put(flow, &pending)
}

/// As [`recover`], in a transaction of its own.
pub(super) async fn settle(context: &Context) -> Result<bool> {
    let clock = context.clock.clone();
    let changed = context.vault.write(move |transaction| recover(transaction, &*clock)).await?;
    if changed {
        context.history_changed();
        context.credentials_changed();
    }
    Ok(changed)
}

/// Settles answers that can no longer be under way as unknown, and forgets requests that waited too long. Returns
/// whether anything changed.
pub(crate) fn recover(transaction: &mut Transaction<'_>, clock: &dyn Clock) -> Result<bool> {
    let now = clock.now()?;
    let mut changed = false;
    for (id, pending) in transaction.readable::<PendingFlow>()?.records {
        let Flow::Request(request) = &pending.flow else { continue };
        match &request.sending {
            Some(sending) if !sending.may_be_under_way(&now) => {
                finish(transaction, &id, sending, Outcome::Unknown, UnixTime(now.wall_seconds))?;
                changed = true;
            }
            None if pending.expires_at <= now.wall_seconds => {
                transaction.delete::<PendingFlow>(&id)?;
                changed = true;
            }
            _ => {}
        }
    }
    Ok(changed)
}

impl Sending {
    /// Whether the process that wrote this may still be at it: same boot, and no longer ago than prompt and time-out of
    /// one call can last.
    fn may_be_under_way(&self, now: &Moment) -> bool {
        self.boot_id == now.boot_id
            && now.since_boot_ms.saturating_sub(self.since_boot_ms) < limits::SENDING_MS
    }
}
