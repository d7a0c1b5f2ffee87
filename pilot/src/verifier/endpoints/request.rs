//! Where wallets fetch the Request Object (RFC 9101 5.2.3).

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::super::event::VerifierEvent;
use super::{App, NO_STORE};

/// `GET /request/{id}`; as often as the wallet likes, until it is answered or over.
pub(in crate::verifier) async fn request(State(shared): App, Path(id): Path<String>) -> Response {
    let session = shared.sessions.by_public_id(&id).filter(|session| session.is_open(crate::time::now()));
    let Some(session) = session else { return StatusCode::NOT_FOUND.into_response() };
    let Some(request_object) = &session.asked.request_object else {
        return StatusCode::NOT_FOUND.into_response();
    };
    if session.note_fetched() {
        shared.tell(VerifierEvent::Fetched { id: session.id.clone() });
    }
    let media_type = [(header::CONTENT_TYPE, "application/oauth-authz-req+jwt")];
    (NO_STORE, media_type, request_object.clone()).into_response()
}
