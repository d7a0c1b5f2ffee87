//! Whether what was presented still counts (Token Status List 8.3; EU-46). Whoever relies on an answer wants a yes or a no: a
//! credential that names a list which cannot be had, or is not its issuer's, is refused.
//!
//! It comes last: no list is fetched for an answer that is refused in any case, and the address is its issuer's word.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use wallet_core::platform::{HttpClient, HttpHeader, HttpMethod, HttpRequest};
use wallet_core::time::UnixTime;
use wallet_core::trust::Channel;
use wallet_core::trust::status::{self, Status, StatusListToken};
use wallet_core::{Code, Result, limits};

use super::super::verdict::VerdictError;
use super::Judge;
use super::presentation::Presented;
use crate::http::UreqClient;

/// How long a fetch may take: a wallet waits for the answer meanwhile.
const TIMEOUT_MS: u32 = 5_000;
/// Lists that are kept for as long as they allow; an inflated one may have megabytes.
const MOST: usize = 16;

/// The lists that were read.
pub(in crate::verifier) struct Statuses {
    http: UreqClient,
    read: Mutex<BTreeMap<String, Read>>,
}

/// A list that was fetched and verified.
#[derive(Clone)]
struct Read {
    list: Arc<StatusListToken>,
    fetched_at: UnixTime,
}

impl Read {
    /// Whether it needs no other look. One from the future was fetched before the clock was set back.
    fn is_fresh(&self, now: UnixTime) -> bool {
        self.fetched_at <= now && now < self.list.fresh_until(self.fetched_at)
    }
}

impl Statuses {
    pub(in crate::verifier) fn new(http: UreqClient) -> Self {
        Self { http, read: Mutex::default() }
    }

    fn read(&self) -> MutexGuard<'_, BTreeMap<String, Read>> {
        // A panic while it was held left at worst one list too few.
        self.read.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks up a presentation that holds in every other way.
    ///
    /// # Errors
    /// [`Code::CredentialRevoked`], [`Code::CredentialSuspended`]; [`Code::CredentialStatusUnknown`] for whatever keeps the
    /// verifier from knowing.
    pub(in crate::verifier) async fn check(
        &self,
        presented: &Presented,
        judge: &Judge<'_>,
    ) -> Result<(), VerdictError> {
        let Some(place) = &presented.status else { return Ok(()) };
        let id = presented.credential.id.as_str();
        let list = self.list(&place.uri, judge).await.map_err(|error| unknown(id, &error))?;
        list.is_of(presented.issuer.authority_key_ids()).map_err(|error| unknown(id, &error))?;
        match list.list().status(place.index).map_err(|error| unknown(id, &error))? {
            Status::Valid => Ok(()),
            Status::Invalid => Err(VerdictError::at(id, &Code::CredentialRevoked.error())),
            Status::Suspended => Err(VerdictError::at(id, &Code::CredentialSuspended.error())),
            Status::Other(value) => Err(unknown(id, &format_args!("the list says {value}"))),
        }
    }

    /// The list at an address: as it was fetched, while it allows that, or fetched now.
    async fn list(&self, uri: &str, judge: &Judge<'_>) -> Result<Arc<StatusListToken>> {
        let now = judge.now;
        if let Some(read) = self.read().get(uri).filter(|read| read.is_fresh(now)) {
            return Ok(Arc::clone(&read.list));
        }
        let token = self.fetch(uri).await?;
        let list = Arc::new(status::verify(&token, uri, judge.anchors, Channel::OpenId4Vp, now)?);
        let mut read = self.read();
        read.retain(|_, read| read.is_fresh(now));
        while read.len() >= MOST {
            read.pop_first();
        }
        read.insert(uri.to_owned(), Read { list: Arc::clone(&list), fetched_at: now });
        Ok(list)
    }

    async fn fetch(&self, uri: &str) -> Result<Vec<u8>> {
        let request = HttpRequest {
            method: HttpMethod::Get,
            url: uri.to_owned(),
            headers: vec![HttpHeader { name: "accept".to_owned(), value: status::ACCEPT.to_owned() }],
            body: Vec::new(),
            max_bytes: u64::try_from(limits::STATUS_LIST_TOKEN).unwrap_or(u64::MAX),
            timeout_ms: TIMEOUT_MS,
        };
        let response = self.http.send(request).await?;
        match response.status {
            200 => Ok(response.body),
            status => Err(Code::HttpStatus.at("status list").with_http_status(status)),
        }
    }
}

/// The refusal, and why, for a developer.
fn unknown(id: &str, why: &dyn Display) -> VerdictError {
    let error = VerdictError::at(id, &Code::CredentialStatusUnknown.at("status"));
    VerdictError { message: format!("{}: {why}", error.message), ..error }
}
