//! The status lists (Token Status List 8): a signed list, as JWT or CWT.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use wallet_core::trust::status::{CWT_TYPE, JWT_TYPE};

use super::super::statuses::format_of;
use super::App;

/// `GET /status/{list}`
pub(in crate::issuer) async fn status(
    State(shared): App,
    Path(list): Path<String>,
    headers: HeaderMap,
) -> Response {
    let Some(format) = format_of(&list) else { return StatusCode::NOT_FOUND.into_response() };
    let claims = shared.statuses.claims(format, crate::time::now());
    let signer = shared.signing.signer(format);
    let chain = signer.certificate.der();
    let accepted = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("*/*");
    if prefers_cwt(accepted) {
        ([(header::CONTENT_TYPE, CWT_TYPE.to_owned())], claims.cwt(&[chain], &signer.key)).into_response()
    } else {
        ([(header::CONTENT_TYPE, jwt_type())], claims.jwt([chain], &signer.key)).into_response()
    }
}

fn jwt_type() -> String {
    format!("application/{JWT_TYPE}")
}

/// Whether a list is rather wanted as CWT than as JWT. Who wants neither gets the JWT.
fn prefers_cwt(accepted: &str) -> bool {
    quality(accepted, CWT_TYPE) > quality(accepted, &jwt_type())
}

/// How much a media type is wanted (RFC 9110 12.5.1): what the closest range says.
fn quality(accepted: &str, media_type: &str) -> f32 {
    let closest = [media_type, "application/*", "*/*"].into_iter().find_map(|wanted| {
        accepted.split(',').find_map(|range| {
            let mut parts = range.split(';').map(str::trim);
            let matches = parts.next()?.eq_ignore_ascii_case(wanted);
            let quality = parts.find_map(|part| part.strip_prefix("q=")).map_or(Ok(1.0), str::parse);
            matches.then(|| quality.unwrap_or(0.0))
        })
    });
    closest.unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_the_one_that_is_rather_wanted() {
        for (accepted, cwt) in [
            ("*/*", false),
            ("", false),
            ("text/html", false),
            ("application/statuslist+jwt", false),
            (wallet_core::trust::status::ACCEPT, false),
            ("application/statuslist+cwt", true),
            ("Application/StatusList+CWT", true),
            ("application/statuslist+cwt, */*;q=0.1", true),
            ("application/statuslist+cwt;q=0.5, application/*;q=0.8", false),
            ("application/statuslist+jwt; q=0.2, application/statuslist+cwt; q=0.3", true),
            ("application/statuslist+cwt;q=x", false),
        ] {
            assert_eq!(prefers_cwt(accepted), cwt, "{accepted}");
        }
    }
}
