//! The Nonce Endpoint (7).

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use super::{App, uncached};
use crate::http::Refusal;

/// `POST /nonce`: a `c_nonce`, for anybody.
pub(in crate::issuer) async fn nonce(State(shared): App) -> Response {
    match shared.state.add_nonce(crate::time::now()) {
        Ok(nonce) => uncached(json!({ "c_nonce": nonce })).into_response(),
        Err(_) => Refusal::internal().into_response(),
    }
}
