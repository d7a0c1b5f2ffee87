//! The endpoints of OpenID4VCI 1.0, one file each.

mod bearer;
pub(super) mod credential;
pub(super) mod metadata;
pub(super) mod nonce;
pub(super) mod notification;
pub(super) mod offer;
mod proof;
pub(super) mod status;
pub(super) mod token;

use std::sync::Arc;

use axum::Json;
use axum::http::{HeaderMap, header};
use axum::response::IntoResponse;
use serde_json::Value;

use super::running::Shared;

/// What every handler is given.
type App = axum::extract::State<Arc<Shared>>;

/// JSON that nobody may keep.
fn uncached(value: Value) -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "no-store")], Json(value))
}

/// Whether the body is of this media type, whatever its parameters.
fn is_media_type(headers: &HeaderMap, wanted: &str) -> bool {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(wanted)
}
