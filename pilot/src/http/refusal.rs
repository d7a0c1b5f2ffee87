//! Errors as OAuth writes them (RFC 6749 5.2, RFC 6750 3): a JSON object with a code for the client and a sentence for
//! its developer.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// An answer that says no.
#[derive(Debug, Clone)]
pub struct Refusal {
    status: StatusCode,
    error: &'static str,
    description: String,
    /// Whether the answer has to say how to authenticate, and whether with the error.
    challenge: Option<bool>,
}

impl Refusal {
    /// 400 with this error code.
    #[must_use]
    pub fn bad_request(error: &'static str, description: &str) -> Self {
        Self { status: StatusCode::BAD_REQUEST, error, description: ascii(description), challenge: None }
    }

    /// With another status.
    #[must_use]
    pub fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// 401: there is no access token at all (RFC 6750 3: then no error code in the challenge).
    #[must_use]
    pub fn no_token() -> Self {
        Self {
            status: StatusCode::UNAUTHORIZED,
            challenge: Some(false),
            ..Self::bad_request("invalid_token", "an access token is needed")
        }
    }

    /// 401: the access token is unknown or has expired.
    #[must_use]
    pub fn bad_token() -> Self {
        Self {
            status: StatusCode::UNAUTHORIZED,
            challenge: Some(true),
            ..Self::bad_request("invalid_token", "the access token is unknown or has expired")
        }
    }

    /// 403: the access token is for something else.
    #[must_use]
    pub fn other_scope() -> Self {
        Self {
            status: StatusCode::FORBIDDEN,
            challenge: Some(true),
            ..Self::bad_request("insufficient_scope", "the access token is not for this")
        }
    }

    /// 500: the fault is ours.
    #[must_use]
    pub fn internal() -> Self {
        Self::bad_request("server_error", "the server failed").with_status(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The error code.
    #[must_use]
    pub fn error(&self) -> &'static str {
        self.error
    }

    /// The sentence for the developer.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.description
    }
}

/// The characters that `error_description` may have (RFC 6749 5.2).
fn ascii(text: &str) -> String {
    text.chars().map(|c| if matches!(c, ' '..='~') && c != '"' && c != '\\' { c } else { '?' }).collect()
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = json!({ "error": self.error, "error_description": self.description });
        let mut response = (self.status, Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(with_error) = self.challenge {
            let challenge =
                if with_error { format!("Bearer error=\"{}\"", self.error) } else { "Bearer".to_owned() };
            if let Ok(challenge) = HeaderValue::from_str(&challenge) {
                headers.insert(header::WWW_AUTHENTICATE, challenge);
            }
        }
        response
    }
}
