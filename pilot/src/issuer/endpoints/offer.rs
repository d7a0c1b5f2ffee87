//! The Credential Offer by reference (4.1.3).

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::super::offer::object;
use super::{App, uncached};
use crate::words::Language;

/// `GET /offer/{id}`; as often as the wallet likes, until the code is used.
pub(in crate::issuer) async fn offer(
    State(shared): App,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let Some(offer) = shared.state.offer(&id, crate::time::now()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    // The description of the transaction code has no languages of its own; the field says which to choose (4.1.1).
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let language = accepted.and_then(Language::accepted).unwrap_or_default();
    let code = &offer.pre_authorized_code;
    let object = object(&shared.url, &offer.configurations, code, offer.tx_code.as_deref(), language);
    uncached(object).into_response()
}
