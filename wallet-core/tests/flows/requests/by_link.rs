//! The link or code, and the way from it to the Request Object (OpenID4VP 1.0 5, 5.10; EU-2; canada.md 2.1).

use wallet_core::{Code, limits};

use super::Counter;
use crate::world::{Jar, code, history, open, status};

#[test]
fn ambiguous_links() {
    let counter = Counter::eu();
    let relinked = |relink: fn(String) -> String| move |jar: &mut Jar| jar.relink = relink;
    for (what, wrong) in [
        ("client_id twice", (|link| link + "&client_id=x509_hash%3Aabc") as fn(String) -> String),
        ("request_uri twice", |link| link + "&request_uri=https%3A%2F%2Fevil.example%2Frequest"),
        ("request and request_uri", |link| link + "&request=eyJ9.eyJ9.AAAA"),
        ("no client_id", |link| link.replace("client_id=", "client=")),
        ("an empty client_id", |link| link.replace("client_id=x509_hash%3A", "client_id=&x=")),
    ] {
        counter.refuses_unknown(what, Code::LinkNotUnderstood, relinked(wrong));
    }
    counter.refuses_unknown_but(
        "request_uri_method",
        Code::RequestUriMethodInvalid,
        relinked(|link| link + "&request_uri_method=put"),
        relinked(|link| link + "&request_uri_method=get"),
    );
    let long = |link: String| link + "&other=" + &"x".repeat(limits::LINK);
    counter.refuses_unknown("too long", Code::RequestTooLarge, relinked(long));
    for scheme in ["haip-vp", "eudi-openid4vp", "mdoc-openid4vp", "openid", "haip"] {
        counter.accepts(scheme, |jar| {
            jar.relink = match scheme {
                "haip-vp" => |link| link.replace("openid4vp:", "haip-vp:"),
                "eudi-openid4vp" => |link| link.replace("openid4vp:", "eudi-openid4vp:"),
                "mdoc-openid4vp" => |link| link.replace("openid4vp:", "mdoc-openid4vp:"),
                "openid" => |link| link.replace("openid4vp:", "openid:"),
                _ => |link| link.replace("openid4vp:", "haip:"),
            };
        });
    }
}

/// What is no request at all is not one that was refused.
#[test]
fn other_texts() {
    let counter = Counter::eu();
    let before = history(&counter.wallet);
    for text in ["", "hello", "https://verifier.example", "openid4vp://", "mailto:a@b.example", "ey.ey"] {
        assert_eq!(code(open(&counter.wallet, text)), Some(Code::LinkNotUnderstood), "{text}");
    }
    assert_eq!(history(&counter.wallet), before);
}

#[test]
fn request_uri() {
    let counter = Counter::eu();
    for (request_uri, code) in [
        ("http://verifier.example/request", Code::NotHttps),
        ("http://127.0.0.1/request", Code::NotHttps),
        ("file:///etc/passwd", Code::UrlInvalid),
        ("https://bank@verifier.example/request", Code::UrlInvalid),
        ("verifier.example/request", Code::UrlInvalid),
    ] {
        let wrong = |jar: &mut Jar| jar.request_uri = request_uri.to_owned();
        counter.refuses_unknown(request_uri, code, wrong);
        assert!(counter.world.network.calls_to(request_uri).is_empty(), "{request_uri}");
    }
}

/// A verifier that is away has not been refused; it may answer later.
#[test]
fn no_request_there() {
    let counter = Counter::eu();
    let before = history(&counter.wallet);
    for answer in [201, 204, 400, 404, 410, 500, 503] {
        let served = |jar: &mut Jar| jar.served = Some(Ok(status(answer)));
        let link = counter.verifier.request(&counter.world, &counter.asked, served);
        let error = open(&counter.wallet, &link).err().unwrap().into_fault();
        assert_eq!((error.code, error.http_status), (Code::HttpStatus, Some(answer)));
    }
    assert_eq!(history(&counter.wallet), before);
}

/// HAIP 1.0 5: by reference only. Bifold takes a text that begins with `ey` for a request, and so does CA-1.
#[test]
fn by_value() {
    let by_value = |jar: &mut Jar| jar.by_value = true;
    let bare = |jar: &mut Jar| {
        jar.by_value = true;
        jar.relink = |link| link.split_once("request=").unwrap().1.to_owned();
    };
    let eu = Counter::eu();
    eu.refuses("in the link", Code::RequestByValueRefused, by_value);
    eu.refuses("alone", Code::RequestByValueRefused, bare);
    let ca = Counter::ca();
    ca.accepts("in the link", by_value);
    ca.accepts("alone", bare);
    // There is no request_uri that could be its audience.
    ca.refuses_but(
        "for the audience of request_uri",
        Code::RequestAudienceInvalid,
        |jar| {
            by_value(jar);
            jar.set("aud", jar.request_uri.clone());
        },
        by_value,
    );
}
