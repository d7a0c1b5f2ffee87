//! The Credential Endpoint (8): proofs in, copies out.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};
use wallet_core::json as strict_json;

use super::super::configuration::Configuration;
use super::super::event::IssuerEvent;
use super::super::running::Shared;
use super::super::state::{self, Grant};
use super::{App, bearer, is_media_type, proof, uncached};
use crate::http::Refusal;

/// `POST /credential`
pub(in crate::issuer) async fn credential(State(shared): App, headers: HeaderMap, body: Bytes) -> Response {
    let grant = bearer::grant(&shared, &headers);
    let offer = grant.as_ref().ok().map(|grant| grant.offer.clone());
    match grant.and_then(|grant| answer(&shared, &grant, &headers, &body)) {
        Ok(response) => uncached(response).into_response(),
        Err(refusal) => {
            let error = refusal.error();
            shared.tell(IssuerEvent::Refused {
                // A stranger's request says nothing about an offer; a nonce may simply have run out.
                may_retry: offer.is_none() || error == "invalid_nonce",
                offer,
                endpoint: "credential",
                error,
                description: refusal.description().to_owned(),
            });
            refusal.into_response()
        }
    }
}

fn answer(shared: &Shared, grant: &Grant, headers: &HeaderMap, body: &[u8]) -> Result<Value, Refusal> {
    let invalid = |what| Refusal::bad_request("invalid_credential_request", what);
    if !is_media_type(headers, "application/json") {
        return Err(invalid("the body must be application/json"));
    }
    let request = strict_json::parse_object(body, "credential request")
        .map_err(|_| invalid("the body is not one JSON object, or has a member twice"))?;
    let configuration = configuration(&request, grant, shared)?;
    if request.contains_key("credential_response_encryption") {
        let what = "encrypted responses are not supported";
        return Err(Refusal::bad_request("invalid_encryption_parameters", what));
    }
    let now = crate::time::now();
    let expected = proof::Expected {
        audience: &shared.url,
        client_id: grant.client_id.as_deref(),
        most: shared.batch,
        now,
    };
    let proven = proof::check(request.get("proofs"), &expected)?;
    if !shared.state.use_nonces(&proven.nonces, now) {
        let what = "a nonce is unknown, was used, or has expired";
        return Err(Refusal::bad_request("invalid_nonce", what));
    }
    let points: Vec<_> = proven.keys.iter().map(|key| key.to_sec1()).collect();
    if !shared.state.claim_keys(&points) {
        return Err(Refusal::bad_request("invalid_proof", "a key comes twice, or was used before"));
    }
    let places = shared.statuses.take(configuration.format(), &grant.offer, proven.keys.len());
    let places = places.map_err(|_| Refusal::internal())?;
    let bindings: Vec<_> = proven.keys.into_iter().zip(places).collect();
    let copies = shared.signing.copies(configuration, &bindings, now).map_err(|_| Refusal::internal())?;
    let response = state::Response { offer: grant.offer.clone(), configuration };
    let notification_id = shared.state.add_response(response).map_err(|_| Refusal::internal())?;
    shared.tell(IssuerEvent::Issued {
        offer: grant.offer.clone(),
        credential_configuration_id: configuration.id(),
        format: configuration.format().identifier(),
        copies: copies.len(),
    });
    let credentials: Vec<_> = copies.into_iter().map(|copy| json!({ "credential": copy })).collect();
    Ok(json!({ "credentials": credentials, "notification_id": notification_id }))
}

/// Which credential is asked for (8.2). Identifiers are for issuers whose tokens name data sets; this one's do not.
fn configuration(
    request: &Map<String, Value>,
    grant: &Grant,
    shared: &Shared,
) -> Result<Configuration, Refusal> {
    let invalid = |what| Refusal::bad_request("invalid_credential_request", what);
    let id = match (request.get("credential_configuration_id"), request.get("credential_identifier")) {
        (Some(id), None) => id.as_str(),
        (Some(_), Some(_)) => {
            return Err(invalid("credential_configuration_id and credential_identifier exclude each other"));
        }
        (None, Some(_)) => {
            let what = "the token response named no credential identifiers";
            return Err(Refusal::bad_request("unknown_credential_identifier", what));
        }
        (None, None) => return Err(invalid("credential_configuration_id is missing")),
    };
    let id = id.ok_or_else(|| invalid("credential_configuration_id is not a text"))?;
    let configuration = Configuration::from_id(id, shared.side).ok_or_else(|| {
        Refusal::bad_request("unknown_credential_configuration", "see credential_configurations_supported")
    })?;
    if grant.configurations.contains(&configuration) {
        Ok(configuration)
    } else {
        Err(Refusal::other_scope())
    }
}
