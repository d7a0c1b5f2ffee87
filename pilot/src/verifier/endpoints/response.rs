//! Where wallets post their answer (OpenID4VP 1.0 8.2, 8.3.1, 8.5).
//!
//! What does not belong to an open request is refused and changes nothing. What does is judged, and ends the request,
//! whatever comes of it: nobody gets a second try at the same nonce.

use std::collections::HashMap;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};
use url::form_urlencoded;
use wallet_core::jose::jwe;
use wallet_core::{Code, json as strict_json};

use super::super::check;
use super::super::event::VerifierEvent;
use super::super::running::Shared;
use super::super::session::Session;
use super::super::verdict::{PresentedCredential, Verdict, VerdictError};
use super::{App, NO_STORE};
use crate::http::Refusal;

const ANSWERED: &str = "the request was answered";

/// `POST /response/{id}`
pub(in crate::verifier) async fn response(
    State(shared): App,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    // To its end, even when the wallet does not wait for it: an answer that was taken is judged.
    let answer = tokio::spawn(async move { answer(&shared, &id, &headers, &body).await }).await;
    match answer.unwrap_or_else(|_| Err(Refusal::internal())) {
        Ok(answer) => (NO_STORE, Json(answer)).into_response(),
        Err(refusal) => refusal.into_response(),
    }
}

/// What came, by what it is.
enum Answer {
    /// `vp_token`.
    Token(Value),
    /// `error` and `error_description`.
    Error(VerdictError),
}

async fn answer(shared: &Shared, id: &str, headers: &HeaderMap, body: &[u8]) -> Result<Value, Refusal> {
    // Nobody's answer: told, and nothing else.
    let stranger = |what: &str| {
        shared.tell(VerifierEvent::Refused { description: what.to_owned() });
        Refusal::bad_request("invalid_request", what)
    };
    let session = shared.sessions.by_public_id(id);
    let unknown = || stranger("there is no such request").with_status(StatusCode::NOT_FOUND);
    let session = session.ok_or_else(unknown)?;
    if !session.is_open(crate::time::now()) {
        return Err(stranger("the request was answered, or its time is over"));
    }
    let Some(answer) = read(&session, headers, body).transpose() else {
        return Err(stranger("state is not that of the request"));
    };
    if !session.take_answer() {
        return Err(Refusal::bad_request("invalid_request", ANSWERED));
    }
    let judged = match answer {
        Ok(Answer::Error(error)) => {
            // The wallet's no is a proper answer.
            finish(shared, &session, Verdict::refused(error))?;
            return Ok(told(shared, &session));
        }
        Ok(Answer::Token(vp_token)) => judge(shared, &session, &vp_token).await,
        Err(error) => Err(error),
    };
    match judged {
        Ok(credentials) => {
            finish(shared, &session, Verdict::accepted(credentials))?;
            Ok(told(shared, &session))
        }
        Err(error) => {
            let refusal = Refusal::bad_request("invalid_request", &error.message);
            finish(shared, &session, Verdict::refused(error))?;
            Err(refusal)
        }
    }
}

/// Of two answers at the same moment, one counts.
fn finish(shared: &Shared, session: &Session, verdict: Verdict) -> Result<(), Refusal> {
    match shared.finish(session, verdict) {
        true => Ok(()),
        false => Err(Refusal::bad_request("invalid_request", ANSWERED)),
    }
}

async fn judge(
    shared: &Shared,
    session: &Session,
    vp_token: &Value,
) -> Result<Vec<PresentedCredential>, VerdictError> {
    let judge = shared.judge();
    let presented = check::judge(vp_token, session, &judge)?;
    for one in &presented {
        shared.statuses.check(one, &judge).await?;
    }
    Ok(presented.into_iter().map(|one| one.credential).collect())
}

/// What the wallet is told after an answer that was taken in.
fn told(shared: &Shared, session: &Session) -> Value {
    match &session.asked.same_device {
        Some(same) => {
            json!({ "redirect_uri": format!("{}/done?response_code={}", shared.url, same.response_code) })
        }
        None => json!({}),
    }
}

/// `None` when it is no answer to this request, though it came to its address: `state` is another.
fn read(session: &Session, headers: &HeaderMap, body: &[u8]) -> Result<Option<Answer>, VerdictError> {
    let malformed = |place| VerdictError::from(&Code::PresentationMalformed.at(place));
    let content_type = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    if !media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(malformed("content type"));
    }
    let mut fields: HashMap<String, String> = HashMap::new();
    for (name, value) in form_urlencoded::parse(body).into_owned() {
        if fields.insert(name, value).is_some() {
            return Err(malformed("parameter twice"));
        }
    }
    // A wallet that cannot encrypt, or will not answer, says so in the clear (8.3.1).
    if let Some(error) = fields.get("error") {
        let description = fields.get("error_description").map(String::as_str);
        let is_ours = fields.get("state") == Some(&session.asked.state);
        return Ok(is_ours.then(|| Answer::Error(VerdictError::sent(error, description))));
    }
    let parameters = match &session.asked.encryption_key {
        Some(key) => {
            let response = fields.get("response").ok_or_else(|| malformed("response"))?;
            let plain = jwe::decrypt(response, key).map_err(|error| VerdictError::from(&error))?;
            strict_json::parse_object(&plain, "response").map_err(|error| VerdictError::from(&error))?
        }
        None => {
            let mut parameters = Map::new();
            let vp_token = fields.get("vp_token").ok_or_else(|| malformed("vp_token"))?;
            let vp_token = strict_json::parse(vp_token.as_bytes(), "vp_token");
            parameters.insert("vp_token".to_owned(), vp_token.map_err(|error| VerdictError::from(&error))?);
            parameters.extend(fields.remove("state").map(|state| ("state".to_owned(), state.into())));
            parameters
        }
    };
    if parameters.get("state").and_then(Value::as_str) != Some(session.asked.state.as_str()) {
        return Ok(None);
    }
    if let Some(error) = parameters.get("error").and_then(Value::as_str) {
        let description = parameters.get("error_description").and_then(Value::as_str);
        return Ok(Some(Answer::Error(VerdictError::sent(error, description))));
    }
    let vp_token = parameters.get("vp_token").cloned();
    vp_token.map(|vp_token| Some(Answer::Token(vp_token))).ok_or_else(|| malformed("vp_token"))
}
