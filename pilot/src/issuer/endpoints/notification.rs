//! The Notification Endpoint (11): what became of a credential in the wallet.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::Value;
use wallet_core::json;

use super::super::event::IssuerEvent;
use super::super::running::Shared;
use super::{App, bearer, is_media_type};
use crate::http::Refusal;

const EVENTS: [&str; 3] = ["credential_accepted", "credential_failure", "credential_deleted"];

/// `POST /notification`
pub(in crate::issuer) async fn notification(State(shared): App, headers: HeaderMap, body: Bytes) -> Response {
    match note(&shared, &headers, &body) {
        Ok(event) => {
            shared.tell(event);
            StatusCode::NO_CONTENT.into_response()
        }
        Err(refusal) => {
            shared.tell(IssuerEvent::Refused {
                offer: None,
                endpoint: "notification",
                error: refusal.error(),
                description: refusal.description().to_owned(),
                may_retry: true,
            });
            refusal.into_response()
        }
    }
}

fn note(shared: &Shared, headers: &HeaderMap, body: &[u8]) -> Result<IssuerEvent, Refusal> {
    let invalid = |what| Refusal::bad_request("invalid_notification_request", what);
    let grant = bearer::grant(shared, headers)?;
    if !is_media_type(headers, "application/json") {
        return Err(invalid("the body must be application/json"));
    }
    let request = json::parse_object(body, "notification")
        .map_err(|_| invalid("the body is not one JSON object, or has a member twice"))?;
    let text = |name: &str| request.get(name).and_then(Value::as_str);
    let id = text("notification_id").ok_or_else(|| invalid("notification_id is missing"))?;
    let event = text("event").ok_or_else(|| invalid("event is missing"))?;
    let event = EVENTS.into_iter().find(|known| *known == event);
    let event = event.ok_or_else(|| invalid("event is not one of the three"))?;
    // Somebody else's is as unknown as none.
    let response = shared.state.response(id).filter(|response| response.offer == grant.offer);
    let response = response.ok_or_else(|| {
        Refusal::bad_request("invalid_notification_id", "it is not of a response to this token")
    })?;
    Ok(IssuerEvent::Notified {
        offer: response.offer,
        credential_configuration_id: response.configuration.id(),
        notification: event,
    })
}
