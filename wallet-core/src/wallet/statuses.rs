//! Reading status lists again.

use std::collections::BTreeMap;

use super::open::Wallet;
use crate::context::Context;
use crate::credential::{CredentialId, Summary};
use crate::error::{Code, Result};
use crate::limits;
use crate::time::UnixTime;
use crate::trust::status::{self, StatusListToken, StatusReference};
use crate::trust::{Anchors, Channel};
use crate::vault::model::{CopyUse, StoredCredential};
use crate::vault::status::{ListSays, StoredStatus};
use crate::vault::{Id, Transaction};

/// What became of [`Wallet::refresh_statuses`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct StatusRefresh {
    /// How many credentials were looked up.
    pub checked: u64,
    /// Those that count now and did not before, or the other way round, or for which it was not known. The citizen is told of
    /// them (ARF VCR_19).
    pub changed: Vec<CredentialId>,
    /// Those that could not be looked up. What was known of them stays.
    pub failed: Vec<StatusFailure>,
}

/// A credential that could not be looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct StatusFailure {
    /// Which.
    pub credential: CredentialId,
    /// Why not.
    pub code: Code,
}

/// A credential whose status has to be looked up.
struct Due {
    id: Id,
    /// One for each copy that may still be shown.
    places: Vec<StatusReference>,
    /// Who stands behind its issuer.
    authority_key_ids: Vec<Vec<u8>>,
}

/// The lists that were fetched, by address.
type Lists = BTreeMap<String, Result<StatusListToken>>;

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Wallet {
    /// Reads the status lists again that are older than they may be, and learns which credentials their issuers revoked or
    /// suspended. Each list is fetched once, whatever the number of credentials in it; where none is due, nothing is
    /// fetched. An app calls it after an unlock and after keeping credentials, and now and then while it is open, never
    /// because a verifier asks: the fetch would tell the issuer of it.
    ///
    /// # Errors
    /// [`Code::Locked`], and those of a damaged vault. A list that cannot be had is no error: [`StatusRefresh::failed`].
    pub async fn refresh_statuses(&self) -> Result<StatusRefresh> {
        let now = self.context.now()?;
        let due = self.context.vault.read(move |transaction| due(transaction, now)).await?;
        if due.is_empty() {
            return Ok(StatusRefresh::default());
        }
        let anchors = self.context.anchors().await?;
        let lists = fetch(&self.context, &due, &anchors, now).await;
        let write = move |transaction: &mut Transaction<'_>| write(transaction, &due, &lists, now);
        let refresh = self.context.vault.write(write).await?;
        if refresh.checked > 0 {
            self.context.credentials_changed();
        }
        Ok(refresh)
    }
}

fn due(transaction: &mut Transaction<'_>, now: UnixTime) -> Result<Vec<Due>> {
    let mut due = Vec::new();
    for (id, stored) in transaction.readable::<StoredCredential>()?.records {
        if stored.status.is_some_and(|status| status.is_fresh(now)) {
            continue;
        }
        let shown = stored.copies.into_iter().filter(|copy| copy.state != CopyUse::Retired);
        let places: Vec<_> = shown.filter_map(|copy| copy.status).collect();
        if !places.is_empty() {
            let summary: Summary = transaction.get(&id)?;
            due.push(Due { id, places, authority_key_ids: summary.kind.authority_key_ids.clone() });
        }
    }
    Ok(due)
}

/// Fetches each list once, at most [`limits::STATUS_LISTS`]: the next call fetches the others.
async fn fetch(context: &Context, due: &[Due], anchors: &Anchors, now: UnixTime) -> Lists {
    let mut lists = Lists::new();
    for place in due.iter().flat_map(|one| &one.places) {
        if lists.len() < limits::STATUS_LISTS && !lists.contains_key(&place.uri) {
            let list = fetch_one(context, &place.uri, anchors, now).await;
            lists.insert(place.uri.clone(), list);
        }
    }
    lists
}

async fn fetch_one(
    context: &Context,
    uri: &str,
    anchors: &Anchors,
    now: UnixTime,
) -> Result<StatusListToken> {
    const PLACE: &str = "status list";
    let response = context.http.get(uri, status::ACCEPT, limits::STATUS_LIST_TOKEN, PLACE).await?;
    if response.status != 200 {
        return Err(Code::HttpStatus.at(PLACE).with_http_status(response.status));
    }
    status::verify(&response.body, uri, anchors, Channel::OpenId4Vci, now)
}

fn write(
    transaction: &mut Transaction<'_>,
    due: &[Due],
    lists: &Lists,
    now: UnixTime,
) -> Result<StatusRefresh> {
    let mut refresh = StatusRefresh::default();
    for one in due {
        // The citizen may have deleted it meanwhile.
        let Some(mut stored) = transaction.find::<StoredCredential>(&one.id)? else { continue };
        let credential = CredentialId(one.id);
        match one.look_up(lists, now) {
            None => {}
            Some(Err(code)) => refresh.failed.push(StatusFailure { credential, code }),
            Some(Ok(status)) => {
                let before = stored.status.map(|status| status.says);
                stored.status = Some(status);
                transaction.put(&one.id, &stored)?;
                refresh.checked += 1;
                if before != Some(status.says) {
                    refresh.changed.push(credential);
                    withdraw(transaction, &one.id, status.says.is_withdrawn())?;
                }
            }
        }
    }
    Ok(refresh)
}

/// What queries look at says, too, whether it counts.
fn withdraw(transaction: &mut Transaction<'_>, id: &Id, withdrawn: bool) -> Result<()> {
    let mut summary: Summary = transaction.get(id)?;
    if summary.withdrawn.unwrap_or_default() == withdrawn {
        return Ok(());
    }
    summary.withdrawn = withdrawn.then_some(true);
    transaction.put(id, &summary)
}

impl Due {
    /// The worst that is said of its copies; `None` when its list's turn has not come. A copy that cannot be looked up hides
    /// nothing that is said of another.
    fn look_up(&self, lists: &Lists, now: UnixTime) -> Option<Result<StoredStatus, Code>> {
        let mut worst: Option<StoredStatus> = None;
        let mut failure = None;
        for place in &self.places {
            match self.look_up_one(place, lists.get(&place.uri)?, now) {
                Ok(status) => worst = Some(worst.map_or(status, |other| other.worse(status))),
                Err(error) => failure = Some(error.code()),
            }
        }
        match (worst, failure) {
            (Some(status), None) => Some(Ok(status)),
            (Some(status), Some(_)) if status.says.is_withdrawn() => Some(Ok(status)),
            (_, failure) => failure.map(Err),
        }
    }

    fn look_up_one(
        &self,
        place: &StatusReference,
        list: &Result<StatusListToken>,
        now: UnixTime,
    ) -> Result<StoredStatus> {
        let token = list.as_ref().map_err(Clone::clone)?;
        token.is_of(self.authority_key_ids.iter().map(Vec::as_slice))?;
        let says = ListSays::from(token.list().status(place.index)?);
        let (fresh_until, good_until) = (token.fresh_until(now).0, token.good_until(now).0);
        Ok(StoredStatus { says, checked_at: now.0, fresh_until, good_until })
    }
}

impl StoredStatus {
    fn worse(self, other: Self) -> Self {
        Self {
            says: self.says.max(other.says),
            checked_at: self.checked_at,
            fresh_until: self.fresh_until.min(other.fresh_until),
            good_until: self.good_until.min(other.good_until),
        }
    }
}
