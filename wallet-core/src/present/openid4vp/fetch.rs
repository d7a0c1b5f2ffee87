//! The Request Object, fetched once: some verifiers delete it after the first GET. It is kept, sealed, until the
//! citizen has decided or it has expired, and the same link finds it again.

use serde_json::{Value, json};

use super::link::RequestLink;
use crate::context::Context;
use crate::crypto::random;
use crate::error::{Code, Result};
use crate::jose::base64url;
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
    /// The nonce that was sent along with a POST and must stand in the Request Object.
    pub(super) wallet_nonce: Option<String>,
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
    let wallet_nonce = match link {
        RequestLink::ByReference { by_post: true, .. } => Some(base64url::encode(&random::array::<16>()?)),
        _ => None,
    };
    let request_object = match link {
        RequestLink::ByReference { request_uri, .. } => {
            request(context, request_uri, wallet_nonce.as_deref()).await?
        }
        RequestLink::ByValue { request_object, .. } => request_object.clone(),
        RequestLink::Unsigned { .. } => String::new(),
    };
    let expires_at = context.now()?.plus(limits::REQUEST_WAIT_SECONDS);
    let pending = PendingFlow {
        link: link_text.to_owned(),
        expires_at: expires_at.0,
        flow: Flow::Request(PendingRequest {
            request_object: request_object.clone(),
            sending: None,
            wallet_nonce: wallet_nonce.clone(),
        }),
    };
    let keep = move |transaction: &mut Transaction<'_>| {
        make_room(transaction)?;
        transaction.insert(&pending)
    };
    let flow = context.vault.write(keep).await?;
    Ok(Fetched { flow, request_object, wallet_nonce, expires_at })
}

/// Forgets the oldest waiting requests when there are too many: links come from outside, and anybody can make more.
fn make_room(transaction: &mut Transaction<'_>) -> Result<()> {
    let mut waiting: Vec<(i64, Id)> = transaction
        .readable::<PendingFlow>()?
        .records
        .into_iter()
        .filter(|(_, pending)| matches!(&pending.flow, Flow::Request(request) if request.sending.is_none()))
        .map(|(id, pending)| (pending.expires_at, id))
        .collect();
    waiting.sort_unstable();
    let surplus = (waiting.len() + 1).saturating_sub(limits::WAITING_REQUESTS);
    waiting.iter().take(surplus).try_for_each(|(_, id)| transaction.delete::<PendingFlow>(id))
}

async fn request(context: &Context, request_uri: &str, wallet_nonce: Option<&str>) -> Result<String> {
    const PLACE: &str = "request_uri";
    let http = &context.http;
    let response = match wallet_nonce {
        None => http.get(request_uri, MEDIA_TYPE, limits::REQUEST_OBJECT, PLACE).await,
        Some(nonce) => {
            let metadata = wallet_metadata().to_string();
            let fields = [("wallet_metadata", metadata.as_str()), ("wallet_nonce", nonce)];
            http.post_form(request_uri, &fields, MEDIA_TYPE, limits::REQUEST_OBJECT, PLACE).await
        }
    };
    let response = response.map_err(|error| match error.code() {
        Code::ResponseTooLarge => Code::RequestTooLarge.at(PLACE),
        _ => error,
    })?;
    if response.status != 200 {
        return Err(Code::HttpStatus.at("request_uri").with_http_status(response.status));
    }
    // Some verifiers say text/plain, so the content type decides nothing; the signature does.
    let text = String::from_utf8(response.body).map_err(|_| Code::JwsMalformed.at("request object"))?;
    Ok(text.trim().to_owned())
}

/// What every copy of this wallet can do, and so says nothing about the citizen (section 10; no fingerprinting, 15.6).
fn wallet_metadata() -> Value {
    json!({
        "vp_formats_supported": {
            "dc+sd-jwt": { "sd-jwt_alg_values": ["ES256"], "kb-jwt_alg_values": ["ES256"] },
            "mso_mdoc": { "issuerauth_alg_values": [-7, -9], "deviceauth_alg_values": [-7, -9] },
        },
        "client_id_prefixes_supported": ["x509_hash", "x509_san_dns"],
        "request_object_signing_alg_values_supported": ["ES256"],
        "authorization_encryption_alg_values_supported": ["ECDH-ES"],
        "authorization_encryption_enc_values_supported": ["A256GCM", "A128GCM"],
    })
}

async fn find(context: &Context, link: &str) -> Result<Option<Fetched>> {
    let (link, now) = (link.to_owned(), context.now()?.0);
    let find = move |transaction: &mut Transaction<'_>| {
        // One that is damaged is none: the citizen is asked anew.
        for (flow, pending) in transaction.readable::<PendingFlow>()?.records {
            let PendingFlow { link: known, expires_at, flow: Flow::Request(request) } = pending else {
                continue;
            };
            if known != link || expires_at <= now {
                continue;
            }
            if request.sending.is_some() {
                return Err(Code::AlreadySending.error());
            }
            let PendingRequest { request_object, wallet_nonce, .. } = request;
            let expires_at = UnixTime(expires_at);
            return Ok(Some(Fetched { flow, request_object, wallet_nonce, expires_at }));
        }
        Ok(None)
    };
    context.vault.read(find).await
}
