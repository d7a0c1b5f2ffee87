//! What a link or a scanned code holds (OpenID4VP 1.0 section 5): a reference to a request, or the request itself.

use url::Url;

use crate::error::{Code, Result};
use crate::limits;

/// A presentation request as the link carries it. Nothing in it is trusted; it only says where to look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RequestLink {
    /// `request_uri`: the Request Object is to be fetched, once.
    ByReference {
        /// `client_id` outside the Request Object; the one inside must be identical.
        client_id: String,
        /// Where to fetch from.
        request_uri: String,
        /// `request_uri_method=post`: the verifier takes a nonce and the wallet's abilities (section 5.10).
        by_post: bool,
    },
    /// `request`, or a bare JWT: the Request Object itself.
    ByValue {
        /// `client_id` outside, where the link has one.
        client_id: Option<String>,
        /// The compact JWS.
        request_object: String,
    },
    /// The parameters themselves, unsigned.
    Unsigned {
        /// Name and value, each name once.
        parameters: Vec<(String, String)>,
    },
}

/// Whether a link is a presentation request. A link can also be a credential offer: some wallets' schemes, `openid`
/// among them, carry both, so what counts is the parameters.
pub(crate) fn is_request(link: &str) -> bool {
    is_bare_jwt(link) || has_parameter(link, &["request_uri", "request", "response_type"])
}

fn has_parameter(link: &str, names: &[&str]) -> bool {
    Url::parse(link).is_ok_and(|url| url.query_pairs().any(|(name, _)| names.contains(&name.as_ref())))
}

fn is_bare_jwt(link: &str) -> bool {
    link.starts_with("ey") && link.split('.').count() == 3
}

/// Reads a link.
///
/// # Errors
/// [`Code::LinkNotUnderstood`]; [`Code::RequestUriMethodInvalid`] for a `request_uri_method` other than `get` and
/// `post`.
pub(crate) fn parse(link: &str) -> Result<RequestLink> {
    let not_understood = || Code::LinkNotUnderstood.error();
    if link.len() > limits::LINK {
        return Err(Code::RequestTooLarge.at("link"));
    }
    if is_bare_jwt(link) {
        return Ok(RequestLink::ByValue { client_id: None, request_object: link.to_owned() });
    }
    let url = Url::parse(link).map_err(|_| not_understood())?;
    let mut parameters: Vec<(String, String)> = Vec::new();
    for (name, value) in url.query_pairs() {
        // A parameter that stands twice would let two readers see two requests (RFC 6749 3.1).
        if parameters.iter().any(|(seen, _)| *seen == name) {
            return Err(Code::LinkNotUnderstood.at("parameter twice"));
        }
        parameters.push((name.into_owned(), value.into_owned()));
    }
    let get = |name: &str| {
        let found = parameters.iter().find(|(seen, _)| seen == name);
        found.map(|(_, value)| value.clone()).filter(|value| !value.is_empty())
    };
    match (get("request_uri"), get("request")) {
        (Some(_), Some(_)) => Err(Code::LinkNotUnderstood.at("request and request_uri")),
        (Some(request_uri), None) => {
            let by_post = match get("request_uri_method").as_deref() {
                None | Some("get") => false,
                Some("post") => true,
                Some(_) => return Err(Code::RequestUriMethodInvalid.error()),
            };
            let client_id = get("client_id").ok_or_else(|| Code::LinkNotUnderstood.at("client_id"))?;
            Ok(RequestLink::ByReference { client_id, request_uri, by_post })
        }
        (None, Some(request_object)) => {
            Ok(RequestLink::ByValue { client_id: get("client_id"), request_object })
        }
        (None, None) if get("response_type").is_some() => Ok(RequestLink::Unsigned { parameters }),
        (None, None) => Err(not_understood()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn eu_1_and_ca_1_every_scheme_that_verifiers_use_is_understood() {
        for scheme in
            ["haip-vp://", "openid4vp://", "eudi-openid4vp://", "mdoc-openid4vp://", "openid://", "haip://"]
        {
            let link =
                format!("{scheme}?client_id=x509_hash%3Aabc&request_uri=https%3A%2F%2Fv.example%2Fr%3Fa%3D1");
            let expected = RequestLink::ByReference {
                client_id: "x509_hash:abc".into(),
                request_uri: "https://v.example/r?a=1".into(),
                by_post: false,
            };
            assert_eq!(parse(&link).unwrap(), expected, "{scheme}");
        }
        assert!(is_request(
            "https://wallet.example/authorize?client_id=a&request_uri=https%3A%2F%2Fv.example"
        ));
        assert!(!is_request("openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fi.example"));
    }

    #[test]
    fn a_bare_jwt_is_a_request_by_value() {
        let link = parse("eyJh.eyJi.c2ln").unwrap();
        assert_eq!(link, RequestLink::ByValue { client_id: None, request_object: "eyJh.eyJi.c2ln".into() });
    }

    #[test]
    fn ambiguous_links_are_refused() {
        let twice = "openid4vp://?client_id=a&client_id=b&request_uri=https%3A%2F%2Fv.example";
        assert_eq!(parse(twice).unwrap_err().code(), Code::LinkNotUnderstood);
        let both = "openid4vp://?client_id=a&request=x&request_uri=https%3A%2F%2Fv.example";
        assert_eq!(parse(both).unwrap_err().code(), Code::LinkNotUnderstood);
        let method = "openid4vp://?client_id=a&request_uri=https%3A%2F%2Fv.example&request_uri_method=put";
        assert_eq!(parse(method).unwrap_err().code(), Code::RequestUriMethodInvalid);
        let by_post = parse(&method.replace("=put", "=post")).unwrap();
        assert!(matches!(by_post, RequestLink::ByReference { by_post: true, .. }));
        assert_eq!(parse("openid4vp://?a=b").unwrap_err().code(), Code::LinkNotUnderstood);
        let long = format!("openid4vp://?client_id={}", "a".repeat(limits::LINK));
        assert_eq!(parse(&long).unwrap_err().code(), Code::RequestTooLarge);
    }

    proptest! {
        #[test]
        fn never_panics(text in "\\PC{0,120}") {
            let _ = is_request(&text);
            let _ = parse(&text);
        }
    }
}
