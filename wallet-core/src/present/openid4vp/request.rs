//! The Authorization Request of an authenticated verifier (OpenID4VP 1.0 sections 5.1 to 5.4), valid under one profile.

use serde_json::Value;

use super::authenticate::Authenticated;
use super::client_metadata::ClientMetadata;
use super::verifier_info;
use crate::error::{Code, Result};
use crate::http::Http;
use crate::limits;
use crate::present::dcql::Query;
use crate::profile::{Profile, ResponseMode};
use crate::time::UnixTime;

/// `aud` when the verifier knows nothing of the wallet (section 5.8).
const SELF_ISSUED: &str = "https://self-issued.me/v2";

/// A request in which every parameter was checked.
pub(super) struct AuthorizationRequest {
    pub(super) profile: &'static Profile,
    pub(super) response_uri: String,
    pub(super) nonce: String,
    pub(super) query: Query,
    pub(super) metadata: ClientMetadata,
    /// `exp`, or the longest a request may wait.
    pub(super) expires_at: UnixTime,
}

impl AuthorizationRequest {
    /// Checks the whole request under one profile.
    ///
    /// # Errors
    /// One code for each rule, 2013 to 2041.
    pub(super) fn check(
        request: &Authenticated,
        profile: &'static Profile,
        http: &Http,
        at: UnixTime,
    ) -> Result<Self> {
        if !profile.client_id_prefixes.contains(&request.client_id.prefix) {
            return Err(Code::ClientIdPrefixUnsupported.error());
        }
        if request.chain.as_ref().is_some_and(|chain| chain.contains_anchor()) && !profile.anchor_in_x5c {
            return Err(Code::AnchorInChain.at("x5c"));
        }
        if request.request_uri.is_none() && !profile.request_by_value {
            return Err(Code::RequestByValueRefused.error());
        }
        if request.chain.is_some() {
            check_audience(request, profile)?;
        }
        let expires_at = check_times(request, at)?;
        if request.text("response_type") != Some("vp_token") {
            return Err(Code::ResponseTypeUnsupported.at("response_type"));
        }
        let mode = request.text("response_mode").and_then(ResponseMode::from_value);
        let mode = mode.filter(|mode| profile.response_modes.contains(mode));
        let response_mode = mode.ok_or_else(|| Code::ResponseModeUnsupported.at("response_mode"))?;
        if request.parameters.contains_key("redirect_uri") {
            return Err(Code::RedirectUriForbidden.at("redirect_uri"));
        }
        let response_uri =
            request.response_uri().ok_or_else(|| Code::ResponseUriMissing.at("response_uri"))?;
        http.check_url(response_uri, "response_uri")?;
        let nonce = check_nonce(request)?;
        if request.parameters.get("state").is_some_and(|state| !state.is_string()) {
            return Err(Code::StateInvalid.at("state"));
        }
        // A wallet that does not support transaction data must refuse a request that has it (section 5.1).
        if request.parameters.contains_key("transaction_data") {
            return Err(Code::TransactionDataUnsupported.at("transaction_data"));
        }
        verifier_info::check(request)?;
        let query = check_query(request, profile)?;
        let metadata = ClientMetadata::check(
            request.parameters.get("client_metadata"),
            response_mode,
            profile.draft_encryption_metadata,
        )?;
        metadata.check_formats(&query)?;
        Ok(Self { profile, response_uri: response_uri.to_owned(), nonce, query, metadata, expires_at })
    }
}

fn check_audience(request: &Authenticated, profile: &Profile) -> Result<()> {
    let audience = request.text("aud");
    let fetched_from = profile.audience_may_be_request_uri && request.request_uri.is_some();
    if audience == Some(SELF_ISSUED) || (fetched_from && audience == request.request_uri.as_deref()) {
        Ok(())
    } else {
        Err(Code::RequestAudienceInvalid.at("aud"))
    }
}

/// `iat`, `nbf` and `exp` with the allowed skew; returns when the request is void.
fn check_times(request: &Authenticated, at: UnixTime) -> Result<UnixTime> {
    let time = |name: &'static str| -> Result<Option<UnixTime>> {
        match request.parameters.get(name) {
            None => Ok(None),
            // A NumericDate may have a fraction (RFC 7519 2), which never matters here.
            Some(Value::Number(number)) => {
                let seconds = number.as_i64().or_else(|| number.as_f64().map(|seconds| seconds as i64));
                Ok(seconds.map(UnixTime))
            }
            Some(_) => Err(Code::RequestMalformed.at(name)),
        }
    };
    let skew = limits::CLOCK_SKEW_SECONDS;
    for name in ["iat", "nbf"] {
        if time(name)?.is_some_and(|from| from > at.plus(skew)) {
            return Err(Code::RequestNotYetValid.at(name));
        }
    }
    let longest = at.plus(limits::REQUEST_WAIT_SECONDS);
    match time("exp")? {
        Some(until) if until.plus(skew) <= at => Err(Code::RequestExpired.at("exp")),
        Some(until) => Ok(until.plus(skew).min(longest)),
        None => Ok(longest),
    }
}

fn check_nonce(request: &Authenticated) -> Result<String> {
    let nonce = request.parameters.get("nonce").ok_or_else(|| Code::NonceMissing.at("nonce"))?;
    let nonce = nonce.as_str().ok_or_else(|| Code::NonceInvalid.at("nonce"))?;
    let url_safe = |b: u8| b.is_ascii_alphanumeric() || b"-._~".contains(&b);
    if nonce.is_empty() || !nonce.bytes().all(url_safe) {
        return Err(Code::NonceInvalid.at("nonce"));
    }
    Ok(nonce.to_owned())
}

fn check_query(request: &Authenticated, profile: &Profile) -> Result<Query> {
    let query = match (request.parameters.get("dcql_query"), request.parameters.get("scope")) {
        (Some(query), None) => query,
        // A scope could stand for a query, but this wallet knows none (section 5.3).
        _ => return Err(Code::QueryMissing.at("dcql_query")),
    };
    let query = Query::parse(query, &profile.dcql)?;
    // Without holder binding nothing in the response is tied to this request but `state` (section 5.2).
    let unbound = query.credentials().any(|one| !one.require_cryptographic_holder_binding());
    if unbound && request.state().is_none_or(str::is_empty) {
        return Err(Code::StateInvalid.at("state"));
    }
    Ok(query)
}
