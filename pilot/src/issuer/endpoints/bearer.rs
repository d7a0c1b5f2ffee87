//! The access token of a request (RFC 6750 2.1).

use axum::http::{HeaderMap, header};

use super::super::running::Shared;
use super::super::state::Grant;
use crate::http::Refusal;

/// What the request's token allows.
pub(super) fn grant(shared: &Shared, headers: &HeaderMap) -> Result<Grant, Refusal> {
    let mut fields = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(field), None) = (fields.next(), fields.next()) else { return Err(Refusal::no_token()) };
    let field = field.to_str().map_err(|_| Refusal::bad_token())?;
    match field.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => {
            shared.state.grant(token.trim(), crate::time::now()).ok_or_else(Refusal::bad_token)
        }
        _ => Err(Refusal::no_token()),
    }
}
