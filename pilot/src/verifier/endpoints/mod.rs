//! What wallets and programs call.

pub(super) mod api;
pub(super) mod request;
pub(super) mod response;

use std::sync::Arc;

use axum::http::header;

use super::running::Shared;

/// What every handler is given.
type App = axum::extract::State<Arc<Shared>>;

/// Nobody may keep the answer.
const NO_STORE: [(header::HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];
