//! Credentials that were received and checked, and wait for the citizen's yes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value;

use super::check::{self, CheckedCopy, OfferedKey};
use super::notification::{self, Event};
use crate::context::{self, Context};
use crate::credential::path::ClaimLocation;
use crate::credential::{Claim, CredentialId, Format};
use crate::error::{Code, Result};
use crate::time::UnixTime;
use crate::trust::{Anchors, TrustedChain};
use crate::vault::history::{self, Disclosed, HistoryEntry, HistoryEvent, Party, Verification};
use crate::vault::model::{
    CopyContent, CopyState, CopyUse, Flow, Localized, PendingFlow, PendingIssuance, ReceivedCredential,
    StoredCredential, StoredNotification,
};
use crate::vault::{Id, Transaction, loose_keys, moved};

/// What an issuance would put into the wallet. It holds no content itself: that lies in the vault until the citizen
/// decides, survives a restart, and is checked again when it is kept.
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct Preview {
    context: Context,
    flow: Id,
    used: AtomicBool,
}

/// One credential of a preview. It has no `Debug`: it holds claims.
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PreviewCredential {
    /// The format.
    pub format: Format,
    /// `doctype` or `vct`.
    pub type_id: String,
    /// The issuer's names for it, by language.
    pub names: Vec<Localized>,
    /// Who issued it, and how that was verified.
    pub issuer: Party,
    /// How many copies came; each can be shown without being recognised again.
    pub copies: u64,
    /// From when it counts.
    pub valid_from: Option<UnixTime>,
    /// Until when it counts.
    pub valid_until: Option<UnixTime>,
    claims: Vec<Arc<Claim>>,
}

impl PreviewCredential {
    /// The claims with their values, in the issuer's order.
    pub fn claims(&self) -> impl Iterator<Item = (&ClaimLocation, &Value)> {
        self.claims.iter().map(|claim| (&claim.location, claim.value()))
    }
}

impl Preview {
    pub(crate) fn new(context: Context, flow: Id) -> Self {
        Self { context, flow, used: AtomicBool::new(false) }
    }
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Preview {
    /// What would be kept, decrypted and verified for this call.
    ///
    /// # Errors
    /// [`Code::FlowUnknown`] when the flow is over or expired; [`Code::Locked`].
    pub async fn credentials(&self) -> Result<Vec<PreviewCredential>> {
        let (flow, now) = (self.flow, self.context.now()?);
        self.context
            .vault
            .read(move |transaction| {
                let issuance = load(transaction, &flow, now)?;
                let anchors = context::anchors(transaction)?;
                issuance.received.iter().map(|one| preview(&issuance, one, &anchors, now)).collect()
            })
            .await
    }

    /// Keeps everything, in one transaction: all credentials with all copies, or none.
    ///
    /// # Errors
    /// [`Code::AlreadyUsed`]; [`Code::FlowUnknown`]; those of the checks, which run again on what is kept.
    pub async fn keep(&self) -> Result<Vec<CredentialId>> {
        let (flow, now) = (self.flow, self.context.now()?);
        if self.used.swap(true, Ordering::SeqCst) {
            return Err(Code::AlreadyUsed.error());
        }
        let kept = self.context.vault.write(move |transaction| keep(transaction, &flow, now)).await;
        let (ids, notifications) = kept.inspect_err(|_| self.used.store(false, Ordering::SeqCst))?;
        self.context.credentials_changed();
        self.context.history_changed();
        // Keys for copies that the issuer did not give have lost their flow. What fails here is made good at the next
        // unlock; it is no reason to call kept what is kept a failure.
        drop(self.context.keys.sync().await);
        notification::send(&self.context.http, &notifications, Event::Accepted).await;
        Ok(ids)
    }

    /// Throws everything away, the keys too.
    ///
    /// # Errors
    /// [`Code::AlreadyUsed`]; [`Code::FlowUnknown`].
    pub async fn discard(&self) -> Result<()> {
        let (flow, now) = (self.flow, self.context.now()?);
        if self.used.swap(true, Ordering::SeqCst) {
            return Err(Code::AlreadyUsed.error());
        }
        let discard = move |transaction: &mut Transaction<'_>| {
            let issuance = load(transaction, &flow, now)?;
            transaction.delete::<PendingFlow>(&flow)?;
            let event = HistoryEvent::NotReceived { issuer: Party::unverified(&issuance.issuer), code: None };
            history::append(transaction, &HistoryEntry { at: now.0, event })?;
            Ok(notifications(&issuance))
        };
        let discarded = self.context.vault.write(discard).await;
        let notifications = discarded.inspect_err(|_| self.used.store(false, Ordering::SeqCst))?;
        self.context.history_changed();
        // As in `keep`.
        drop(self.context.keys.sync().await);
        notification::send(&self.context.http, &notifications, Event::Deleted).await;
        Ok(())
    }
}

/// Ends issuances that were cut off, or waited too long for a yes. Returns whether there was one.
pub(crate) fn recover(transaction: &mut Transaction<'_>, now: UnixTime) -> Result<bool> {
    let mut changed = false;
    for (flow, pending) in transaction.readable::<PendingFlow>()?.records {
        let Flow::Issuance(issuance) = &pending.flow else { continue };
        if pending.expires_at > now.0 {
            continue;
        }
        let issuer = Party::unverified(&issuance.issuer);
        let event = HistoryEvent::NotReceived { issuer, code: Some(Code::IssuanceUnfinished as u16) };
        history::append(transaction, &HistoryEntry { at: now.0, event })?;
        transaction.delete::<PendingFlow>(&flow)?;
        changed = true;
    }
    Ok(changed)
}

fn load(transaction: &mut Transaction<'_>, flow: &Id, now: UnixTime) -> Result<PendingIssuance> {
    let pending: Option<PendingFlow> = transaction.find(flow)?;
    match pending {
        Some(PendingFlow { expires_at, flow: Flow::Issuance(issuance), .. })
            if expires_at > now.0 && !issuance.received.is_empty() =>
        {
            Ok(issuance)
        }
        _ => Err(Code::FlowUnknown.error()),
    }
}

fn checked(one: &ReceivedCredential, anchors: &Anchors, now: UnixTime) -> Result<Vec<CheckedCopy>> {
    let keys = one.keys.iter().map(OfferedKey::try_from).collect::<Result<Vec<_>>>()?;
    let copies = check::check(one, &keys, anchors, now)?;
    if copies.is_empty() { Err(Code::CopyCountWrong.error()) } else { Ok(copies) }
}

fn preview(
    issuance: &PendingIssuance,
    one: &ReceivedCredential,
    anchors: &Anchors,
    now: UnixTime,
) -> Result<PreviewCredential> {
    let copies = checked(one, anchors, now)?;
    let count = copies.len() as u64;
    let first = copies.into_iter().next().ok_or_else(|| Code::CopyCountWrong.error())?.credential;
    let (valid_from, valid_until) = first.validity();
    let claims = first.locations().iter().filter_map(|location| {
        let value = location.find_in(first.claims())?.clone();
        Some(Arc::new(Claim::new(&one.type_id, location.clone(), value)))
    });
    Ok(PreviewCredential {
        format: one.format,
        type_id: one.type_id.clone(),
        names: one.names.clone(),
        issuer: party(issuance, first.issuer()),
        copies: count,
        valid_from,
        valid_until,
        claims: claims.collect(),
    })
}

fn keep(
    transaction: &mut Transaction<'_>,
    flow: &Id,
    now: UnixTime,
) -> Result<(Vec<CredentialId>, Vec<StoredNotification>)> {
    let issuance = load(transaction, flow, now)?;
    let anchors = context::anchors(transaction)?;
    let issued_together = crate::crypto::random::array()?;
    let mut kept = Vec::new();
    let mut issuer = None;
    for one in &issuance.received {
        let copies = checked(one, &anchors, now)?;
        let (credential, first) = keep_one(transaction, &issuance, one, copies, issued_together, now)?;
        issuer.get_or_insert(first.issuer);
        kept.push(Disclosed { credential, type_id: one.type_id.clone(), claims: first.locations });
    }
    let issuer = issuer.ok_or_else(|| Code::FlowUnknown.error())?;
    let ids = kept.iter().map(|one| one.credential).collect();
    let event = HistoryEvent::Received { issuer, credentials: kept };
    history::append(transaction, &HistoryEntry { at: now.0, event })?;
    transaction.delete::<PendingFlow>(flow)?;
    Ok((ids, notifications(&issuance)))
}

/// What the history says of a credential that was kept.
struct Kept {
    issuer: Party,
    locations: Vec<ClaimLocation>,
}

fn keep_one(
    transaction: &mut Transaction<'_>,
    issuance: &PendingIssuance,
    one: &ReceivedCredential,
    copies: Vec<CheckedCopy>,
    issued_together: Id,
    now: UnixTime,
) -> Result<(CredentialId, Kept)> {
    let id: Id = crate::crypto::random::array()?;
    let mut states = Vec::with_capacity(copies.len());
    for copy in &copies {
        let content =
            CopyContent { bytes: copy.credential.bytes().to_vec(), layout: copy.credential.layout().clone() };
        states.push(CopyState {
            id: transaction.insert(&content)?,
            key: copy.key,
            state: CopyUse::Fresh,
            uses: 0,
            verifier: None,
            valid_until: copy.credential.validity().1.map(|time| time.0),
            status: copy.credential.status().cloned(),
        });
        loose_keys::own(transaction, &copy.key)?;
    }
    let first = copies.into_iter().next().ok_or_else(|| Code::CopyCountWrong.error())?.credential;
    let issuer = party(issuance, first.issuer());
    let (valid_from, valid_until) = first.validity();
    let stored = StoredCredential {
        format: one.format,
        type_id: one.type_id.clone(),
        issued_together,
        issuer: issuer.clone(),
        issuer_names: issuance.issuer_names.clone(),
        names: one.names.clone(),
        received_at: now.0,
        valid_from: valid_from.map(|time| time.0),
        valid_until: valid_until.map(|time| time.0),
        once_only: None,
        copies: states,
        reuse: Some(one.reuse()),
        status: None,
    };
    transaction.put(&id, &stored)?;
    transaction.put(&id, &first.summary(CredentialId(id)))?;
    moved::was_issued(transaction, one.format.identifier(), &one.type_id, &issuance.issuer)?;
    Ok((CredentialId(id), Kept { issuer, locations: first.locations().to_vec() }))
}

fn party(issuance: &PendingIssuance, chain: &TrustedChain) -> Party {
    let anchor = chain.anchors().iter().find_map(|anchor| anchor.side().map(|side| (side, anchor.source())));
    let verification = match anchor {
        Some((side, source)) => Verification::TrustList { side, source: source.to_owned() },
        None => Verification::Unverified,
    };
    Party { name: chain.leaf().display_name(), identifier: issuance.issuer.clone(), verification }
}

fn notifications(issuance: &PendingIssuance) -> Vec<StoredNotification> {
    issuance.received.iter().filter_map(|one| one.notification.clone()).collect()
}
