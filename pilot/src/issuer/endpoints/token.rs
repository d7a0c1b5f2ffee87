//! The Token Endpoint (6): a pre-authorized code and a transaction code for an access token.

use std::collections::HashMap;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};
use url::form_urlencoded;

use super::super::event::IssuerEvent;
use super::super::offer::PRE_AUTHORIZED;
use super::super::running::Shared;
use super::super::state::{NotRedeemed, OfferId, TOKEN_SECONDS};
use super::{App, is_media_type, uncached};
use crate::http::Refusal;

/// `POST /token`
pub(in crate::issuer) async fn token(State(shared): App, headers: HeaderMap, body: Bytes) -> Response {
    match answer(&shared, &headers, &body) {
        Ok(token) => uncached(token).into_response(),
        Err(Refused { refusal, offer, may_retry }) => {
            shared.tell(IssuerEvent::Refused {
                offer,
                endpoint: "token",
                error: refusal.error(),
                description: refusal.description().to_owned(),
                may_retry,
            });
            refusal.into_response()
        }
    }
}

struct Refused {
    refusal: Refusal,
    offer: Option<OfferId>,
    may_retry: bool,
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self { refusal, offer: None, may_retry: false }
    }
}

fn answer(shared: &Shared, headers: &HeaderMap, body: &[u8]) -> Result<Value, Refused> {
    let invalid = |what| Refusal::bad_request("invalid_request", what);
    if !is_media_type(headers, "application/x-www-form-urlencoded") {
        return Err(invalid("the body must be a form").into());
    }
    let mut parameters = HashMap::new();
    for (name, value) in form_urlencoded::parse(body).into_owned() {
        // RFC 6749 3.2: a parameter without a value counts as absent, and none may come twice.
        if !value.is_empty() && parameters.insert(name, value).is_some() {
            return Err(invalid("a parameter came twice").into());
        }
    }
    let get = |name: &str| parameters.get(name).map(String::as_str);
    match get("grant_type") {
        Some(PRE_AUTHORIZED) => {}
        Some(_) => {
            let what = "only the pre-authorized code grant is supported";
            return Err(Refusal::bad_request("unsupported_grant_type", what).into());
        }
        None => return Err(invalid("grant_type is missing").into()),
    }
    let code = get("pre-authorized_code").ok_or_else(|| invalid("pre-authorized_code is missing"))?;
    let client_id = get("client_id").map(str::to_owned);
    let redeemed = shared.state.redeem(code, get("tx_code"), client_id, crate::time::now());
    let (access_token, _) = redeemed.map_err(|reason| {
        let grant = |what| Refusal::bad_request("invalid_grant", what);
        let (refusal, offer, may_retry) = match reason {
            NotRedeemed::Code => (grant("the code is unknown, was used, or has expired"), None, false),
            NotRedeemed::TxCodeMissing(offer) => (invalid("a transaction code is needed"), Some(offer), true),
            NotRedeemed::TxCodeUnexpected(offer) => {
                (invalid("no transaction code is expected"), Some(offer), true)
            }
            NotRedeemed::TxCodeWrong(offer, may_retry) => {
                (grant("the transaction code is wrong"), Some(offer), may_retry)
            }
            NotRedeemed::Failed => (Refusal::internal(), None, true),
        };
        Refused { refusal, offer, may_retry }
    })?;
    Ok(json!({ "access_token": access_token, "token_type": "Bearer", "expires_in": TOKEN_SECONDS }))
}
