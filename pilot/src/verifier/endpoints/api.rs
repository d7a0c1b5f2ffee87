//! The JSON API, for programs that play the relying party's own backend.
//!
//! - `POST /api/requests` with `{}` or `{"dcql_query":…}` or `{"query":"either"}`, and optionally `response_mode`,
//!   `client_id_prefix`, `registration`, `same_device`: makes a request; 201 with `id`, `uri` and more
//! - `GET /api/requests/{id}?wait=SECONDS`: how far it is: `{"status":"waiting"|"fetched"|"done","result":…}`

use std::time::Duration;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use wallet_core::json as strict_json;
use wallet_core::profile::{ClientIdPrefix, ResponseMode};

use super::super::queries::BuiltIn;
use super::super::registration::Registration;
use super::super::request::RequestOptions;
use super::super::session::Progress;
use super::{App, NO_STORE};
use crate::http::Refusal;

/// The longest wait of one call.
const WAIT_SECONDS: u64 = 50;

/// `POST /api/requests`
pub(in crate::verifier) async fn create(State(shared): App, headers: HeaderMap, body: Bytes) -> Response {
    let invalid = |what: &str| Refusal::bad_request("invalid_request", what).into_response();
    // A page of another origin can post without asking, but not with this type.
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    if !content_type.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json") {
        return invalid("the body must be application/json");
    }
    let options = match strict_json::parse_object(&body, "request") {
        Ok(object) => read(&object),
        Err(_) => Err("the body is not one JSON object, or has a member twice"),
    };
    let session = match options.map(|options| shared.request(options)) {
        Ok(Ok(session)) => session,
        Ok(Err(error)) => return invalid(&error.to_string()),
        Err(what) => return invalid(what),
    };
    let answer = json!({
        "id": session.id,
        "uri": session.asked.uri,
        "client_id": session.asked.client_id,
        "result": format!("{}/api/requests/{}", shared.url, session.id.as_str()),
        "page": format!("{}/requests/{}", shared.url, session.id.as_str()),
    });
    (StatusCode::CREATED, NO_STORE, Json(answer)).into_response()
}

fn read(object: &Map<String, Value>) -> Result<RequestOptions, &'static str> {
    let mut options = RequestOptions::default();
    for (name, value) in object {
        match name.as_str() {
            "dcql_query" => options.dcql = Some(value.clone()),
            "query" => {
                let query = value.as_str().and_then(BuiltIn::from_name);
                options.dcql = Some(query.ok_or("query is none that comes with pilot")?.dcql());
            }
            "response_mode" => {
                let mode = value.as_str().and_then(ResponseMode::from_value);
                options.response_mode = Some(mode.ok_or("response_mode is unknown")?);
            }
            "client_id_prefix" => {
                let prefix = value.as_str().and_then(ClientIdPrefix::from_prefix);
                options.client_id_prefix = Some(prefix.ok_or("client_id_prefix is unknown")?);
            }
            "registration" => {
                let registration = value.as_str().and_then(Registration::from_name);
                options.registration = Some(registration.ok_or("registration is unknown")?);
            }
            "same_device" => options.same_device = value.as_bool().ok_or("same_device is true or false")?,
            _ => return Err("there is a member that is not known"),
        }
    }
    if object.contains_key("query") && object.contains_key("dcql_query") {
        return Err("query and dcql_query exclude each other");
    }
    Ok(options)
}

/// What may stand in the query of `GET /api/requests/{id}`.
#[derive(Deserialize)]
pub(in crate::verifier) struct Wait {
    /// Seconds to wait for an end.
    #[serde(default)]
    wait: u64,
}

/// `GET /api/requests/{id}`
pub(in crate::verifier) async fn result(
    State(shared): App,
    Path(id): Path<String>,
    Query(Wait { wait }): Query<Wait>,
) -> Response {
    let Some(session) = shared.sessions.by_id(&id) else {
        return Refusal::bad_request("invalid_request", "there is no such request")
            .with_status(StatusCode::NOT_FOUND)
            .into_response();
    };
    if wait > 0 || !session.is_open(crate::time::now()) {
        let wait = Duration::from_secs(wait.min(WAIT_SECONDS));
        // A request whose time is over ends here, if nobody has waited for it.
        let _ = tokio::time::timeout(wait, shared.verdict(&session)).await;
    }
    let answer = match session.progress() {
        Progress::Waiting => json!({ "status": "waiting" }),
        Progress::Fetched => json!({ "status": "fetched" }),
        Progress::Done(verdict) => json!({ "status": "done", "result": *verdict }),
    };
    (NO_STORE, Json(answer)).into_response()
}
