//! The Authorization Response (OpenID4VP 1.0 section 8): what goes to the verifier, and what it says to it.

use url::Url;
use zeroize::Zeroizing;

use crate::error::{Code, Result, WalletError};
use crate::http::{Http, JSON};
use crate::jose::jwe::{self, Enc};
use crate::jose::jwk::Jwk;
use crate::json;
use crate::limits;
use crate::platform::HttpResponse;

/// The presentations of one response, in their order, and the `state` to return.
///
/// Query ids and presentations consist of characters that JSON takes as they are, which is why the object can be put
/// together without looking at each of a portrait's bytes again.
pub struct AuthorizationResponse<'a> {
    /// Query id and the presentations that answer it. Ids are `[A-Za-z0-9_-]+`, presentations base64url with `.` and
    /// `~`: both as the modules that make them guarantee.
    pub presentations: &'a [(String, Vec<String>)],
    /// `state` as the request had it.
    pub state: Option<&'a str>,
}

impl AuthorizationResponse<'_> {
    /// The `vp_token` object (section 8.1): the value of each query is always an array.
    #[must_use]
    pub fn vp_token(&self) -> String {
        let size = |list: &Vec<String>| list.iter().map(|one| one.len() + 3).sum::<usize>();
        let total: usize = self.presentations.iter().map(|(id, list)| id.len() + 8 + size(list)).sum();
        let mut out = String::with_capacity(total + 64);
        out.push('{');
        for (at, (id, list)) in self.presentations.iter().enumerate() {
            out.push_str(if at == 0 { "\"" } else { ",\"" });
            out.push_str(id);
            out.push_str("\":[");
            for (at, presentation) in list.iter().enumerate() {
                out.push_str(if at == 0 { "\"" } else { ",\"" });
                out.push_str(presentation);
                out.push('"');
            }
            out.push(']');
        }
        out.push('}');
        out
    }

    /// The JWE of `direct_post.jwt` (section 8.3): the payload has `vp_token` and, where there is one, `state`.
    ///
    /// # Errors
    /// When the operating system gives no random bytes.
    pub fn encrypt(&self, recipient: &Jwk, enc: Enc) -> Result<String> {
        let vp_token = Zeroizing::new(self.vp_token());
        let state = self.state.map(|state| serde_json::Value::from(state).to_string());
        // Room for all of it: a text that grows leaves what it held behind.
        let room = vp_token.len() + state.as_ref().map_or(0, String::len) + 32;
        let mut payload = Zeroizing::new(String::with_capacity(room));
        payload.push_str("{\"vp_token\":");
        payload.push_str(&vp_token);
        if let Some(state) = state {
            payload.push_str(",\"state\":");
            payload.push_str(&state);
        }
        payload.push('}');
        jwe::encrypt(recipient, enc, payload.as_bytes())
    }
}

/// What the verifier's server said.
pub(in crate::present) struct Posted {
    pub(in crate::present) status: u16,
    /// Where the citizen's browser should go on, on this device only.
    pub(in crate::present) redirect_uri: Option<String>,
}

/// Posts to `response_uri`, exactly as it is.
///
/// # Errors
/// [`Code::VerifierRefused`] with the status for any answer but success, a redirect included (section 14.9); those of
/// the network.
pub(super) async fn post(http: &Http, response_uri: &str, fields: &[(&str, &str)]) -> Result<Posted> {
    let response = http
        .post_form(response_uri, fields, JSON, limits::SMALL_ANSWER, "response_uri")
        .await
        .map_err(refused_redirect)?;
    if !(200..300).contains(&response.status) {
        return Err(Code::VerifierRefused.error().with_http_status(response.status));
    }
    Ok(Posted { status: response.status, redirect_uri: redirect_uri(&response) })
}

/// Posts an error response (section 8.5).
///
/// # Errors
/// As [`post`].
pub(super) async fn post_error(
    http: &Http,
    response_uri: &str,
    error: &str,
    state: Option<&str>,
) -> Result<Posted> {
    let mut fields = vec![("error", error)];
    fields.extend(state.map(|state| ("state", state)));
    post(http, response_uri, &fields).await
}

fn refused_redirect(error: WalletError) -> WalletError {
    match (error.code(), error.fault().http_status) {
        (Code::RedirectRefused, Some(status)) => {
            Code::VerifierRefused.at("redirect").with_http_status(status)
        }
        _ => error,
    }
}

/// `redirect_uri` of the answer (section 8.2), when it is a link that a browser or an app can open without harm.
fn redirect_uri(response: &HttpResponse) -> Option<String> {
    let object = json::parse_object(&response.body, "verifier's answer").ok()?;
    let uri = object.get("redirect_uri")?.as_str()?;
    let url = Url::parse(uri).ok()?;
    // Schemes in which the link itself is code or content.
    let harmful = ["javascript", "data", "file", "content", "intent", "about", "blob", "vbscript"];
    (!harmful.contains(&url.scheme())).then(|| uri.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;
    use crate::crypto::p256::SecretKey;

    #[test]
    fn eu_25_the_value_of_a_query_is_always_an_array() {
        let presentations = [
            ("pid".to_owned(), vec!["a.b.c~d~e.f.g".to_owned()]),
            ("x-1".to_owned(), vec!["A".into(), "B".into()]),
        ];
        let response = AuthorizationResponse { presentations: &presentations, state: None };
        let value: Value = serde_json::from_str(&response.vp_token()).unwrap();
        assert_eq!(value, json!({ "pid": ["a.b.c~d~e.f.g"], "x-1": ["A", "B"] }));
    }

    proptest! {
        #[test]
        fn state_comes_back_byte_for_byte(state in "\\PC{0,40}", control in "[\\x00-\\x1f\"\\\\]{0,5}") {
            let state = state + &control;
            let key = SecretKey::random().unwrap();
            let presentations = [("q".to_owned(), vec!["p".to_owned()])];
            let response = AuthorizationResponse { presentations: &presentations, state: Some(&state) };
            let jwe = response.encrypt(&Jwk::new(key.public_key()), Enc::A256Gcm).unwrap();
            let payload: Value = serde_json::from_slice(&jwe::decrypt(&jwe, &key).unwrap()).unwrap();
            prop_assert_eq!(payload["state"].as_str().unwrap(), state);
        }
    }

    #[test]
    fn only_harmless_redirects_are_passed_on() {
        let answer = |uri: &str| {
            let body = json!({ "redirect_uri": uri, "other": 1 }).to_string().into_bytes();
            redirect_uri(&HttpResponse { status: 200, headers: Vec::new(), body })
        };
        assert!(answer("https://v.example/done#response_code=1").is_some());
        assert!(answer("bank.example.app://done").is_some());
        for bad in
            ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "intent://x", "/relative"]
        {
            assert!(answer(bad).is_none(), "{bad}");
        }
    }
}
