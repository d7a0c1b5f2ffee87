//! The Request Object, fetched once: some verifiers delete it after the first GET. It is kept, sealed, until the
//! citizen has decided or it has expired, and the same link finds it again.

use super::link::RequestLink;
use crate::context::Context;
use crate::error::{Code, Result};
use crate::limits;
use crate::present::sending;
use crate::time::UnixTime;
use crate::vault::model::{Flow, PendingFlow, PendingRequest};
use crate::vault::{Id, Transaction};

/// What section 5 and RFC 9101 call it.
const MEDIA_TYPE: &str = "application/oauth-authz-req+jwt";

/// A request that lies in the vault.
pub(super) struct Fetched {
    /// The flow's record.
    pub(super) flow: Id,
    /// The compact JWS; empty for an unsigned request, whose parameters are in the link.
    pub(super) request_object: String,
    /// When it is forgotten, whatever its `exp` says.
    pub(super) expires_at: UnixTime,
}

/// Gets the Request Object: from an earlier visit, from the link, or from the verifier.
///
/// # Errors
/// [`Code::RequestTooLarge`], [`Code::HttpStatus`], [`Code::AlreadySending`], and those of the network.
pub(super) async fn fetch(context: &Context, link_text: &str, link: &RequestLink) -> Result<Fetched> {
    let found = match find(context, link_text).await {
        // These may be the remains of a visit that was cut off.
        Err(error) if error.code() == Code::AlreadySending && sending::settle(context).await? => {
            find(context, link_text).await?
        }
        found => found?,
    };
    if let Some(found) = found {
        return Ok(found);
    }
    let request_object = match link {
        RequestLink::ByReference { request_uri, .. } => get(context, request_uri).await?,
        RequestLink::ByValue { request_object, .. } => request_object.clone(),
        RequestLink::Unsigned { .. } => String::new(),
    };
    let expires_at = context.now().plus(limits::REQUEST_WAIT_SECONDS);
    let pending = PendingFlow {
        link: link_text.to_owned(),
        expires_at: expires_at.0,
        flow: Flow::Request(PendingRequest { request_object: request_object.clone(), sending: None }),
    };
    let flow = context.vault.write(move |transaction| transaction.insert(&pending)).await?;
    Ok(Fetched { flow, request_object, expires_at })
}

async fn get(context: &Context, request_uri: &str) -> Result<String> {
    let response =
        context.http.get(request_uri, MEDIA_TYPE, limits::REQUEST_OBJECT, "request_uri").await.map_err(
            |error| match error.code() {
                Code::ResponseTooLarge => Code::RequestTooLarge.at("request_uri"),
                _ => error,
            },
        )?;
    if response.status != 200 {
        return Err(Code::HttpStatus.at("request_uri").with_http_status(response.status));
    }
    // Some verifiers say text/plain, so the content type decides nothing; the signature does.
    let text = String::from_utf8(response.body).map_err(|_| Code::JwsMalformed.at("request object"))?;
    Ok(text.trim().to_owned())
}

async fn find(context: &Context, link: &str) -> Result<Option<Fetched>> {
    let (link, now) = (link.to_owned(), context.now().0);
    let find = move |transaction: &mut Transaction<'_>| {
        for (flow, pending) in transaction.all::<PendingFlow>()? {
            let PendingFlow { link: known, expires_at, flow: Flow::Request(request) } = pending else {
                continue;
            };
            if known != link || expires_at <= now {
                continue;
            }
            if request.sending.is_some() {
                return Err(Code::AlreadySending.error());
            }
            let (request_object, expires_at) = (request.request_object, UnixTime(expires_at));
            return Ok(Some(Fetched { flow, request_object, expires_at }));
        }
        Ok(None)
    };
    context.vault.read(find).await
}
