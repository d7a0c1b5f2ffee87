//! The Request Object as a JWS: header, signature, JSON (EU-4; RFC 9101).

use serde_json::{Value, json};
use wallet_core::Code;
use wallet_core::crypto::p256::SecretKey;
use wallet_core::jose::base64url;
use wallet_core::limits;
use wallet_core::platform::HttpResponse;

use super::Counter;
use crate::world::{Jar, Signer, status};

#[test]
fn the_header() {
    let counter = Counter::eu();
    let header =
        |name: &'static str, value: Value| move |jar: &mut Jar| _ = jar.header.insert(name.into(), value);
    for typ in [json!("JWT"), json!("OAUTH-AUTHZ-REQ+JWT"), json!(["oauth-authz-req+jwt"]), json!(null)] {
        counter.refuses_unknown(&format!("typ {typ}"), Code::RequestTypInvalid, header("typ", typ.clone()));
    }
    counter.refuses_unknown("no typ", Code::RequestTypInvalid, |jar| _ = jar.header.remove("typ"));
    for alg in ["ES384", "ES256K", "HS256", "none", "es256"] {
        counter.refuses_unknown(alg, Code::RequestAlgUnsupported, header("alg", json!(alg)));
    }
    counter.refuses_unknown("no alg", Code::RequestAlgUnsupported, |jar| _ = jar.header.remove("alg"));
    counter.refuses_unknown("crit", Code::JwsCriticalUnknown, header("crit", json!(["exp"])));
    counter.accepts("a kid, which nothing needs", header("kid", json!("1")));
}

#[test]
fn the_signature() {
    let counter = Counter::eu();
    counter.refuses_unknown("by another key", Code::RequestSignatureInvalid, |jar| {
        jar.signer = Signer { key: SecretKey::random().unwrap().into(), ..jar.signer.clone() };
    });
    counter.refuses_unknown("one byte of the payload", Code::RequestSignatureInvalid, |jar| {
        jar.tamper = |compact| in_part(&compact, 1, |payload| payload.replace("vp_token", "vp_tokem"));
    });
    counter.refuses_unknown("one byte of the header", Code::RequestSignatureInvalid, |jar| {
        jar.header.insert("kid".into(), json!("1"));
        jar.tamper = |compact| in_part(&compact, 0, |header| header.replace(r#""kid":"1""#, r#""kid":"2""#));
    });
    for (what, tamper) in [
        ("two parts", (|compact| compact.rsplit_once('.').unwrap().0.to_owned()) as fn(String) -> String),
        ("four parts", |compact| compact + ".AAAA"),
        ("half a signature", |compact| compact[..compact.len() - 43].to_owned()),
        ("base64 with padding", |compact| compact + "="),
    ] {
        counter.refuses_unknown(what, Code::JwsMalformed, |jar| jar.tamper = tamper);
    }
    counter.accepts("white space around it", |jar| jar.tamper = |compact| format!("\n{compact}\r\n"));
}

/// Changes the decoded text of one part of a compact JWS.
fn in_part(compact: &str, part: usize, change: fn(String) -> String) -> String {
    let mut parts: Vec<String> = compact.split('.').map(str::to_owned).collect();
    let text = String::from_utf8(base64url::decode(&parts[part], "part").unwrap()).unwrap();
    let changed = change(text.clone());
    assert_ne!(changed, text);
    parts[part] = base64url::encode(changed.as_bytes());
    parts.join(".")
}

#[test]
fn the_json() {
    let counter = Counter::eu();
    let payload = |change: fn(String) -> String| {
        move |jar: &mut Jar| jar.payload_text = Some(change(jar.payload.to_string()))
    };
    counter.refuses_unknown(
        "a member twice",
        Code::JsonMemberDoubled,
        payload(|text| text.replacen('{', r#"{"state":"other","#, 1)),
    );
    counter.refuses_unknown(
        "cut off",
        Code::JsonMalformed,
        payload(|text| text[..text.len() - 1].to_owned()),
    );
    counter.refuses_unknown("more behind it", Code::JsonMalformed, payload(|text| text + "{}"));
    counter.refuses_unknown("an array", Code::JsonMalformed, payload(|text| format!("[{text}]")));

    // The payload is one level itself.
    let nested = |levels: usize| (1..levels).fold(json!(1), |inner, _| json!([inner]));
    let at_limit = |jar: &mut Jar| jar.set("other", nested(limits::JSON_DEPTH));
    let over = |jar: &mut Jar| jar.set("other", nested(limits::JSON_DEPTH + 1));
    counter.refuses_unknown_but("nested too deep", Code::JsonTooDeep, over, at_limit);
    let header = |levels: usize| move |jar: &mut Jar| _ = jar.header.insert("other".into(), nested(levels));
    counter.refuses_unknown_but(
        "a header nested too deep",
        Code::JsonTooDeep,
        header(limits::JSON_DEPTH + 1),
        header(limits::JSON_DEPTH),
    );
}

#[test]
fn the_size() {
    let counter = Counter::eu();
    let (at_limit, over) = (|jar: &mut Jar| pad(jar, 0), |jar: &mut Jar| pad(jar, 1));
    counter.refuses_unknown_but("too large", Code::RequestTooLarge, over, at_limit);
}

/// Makes the request as long as it may be, and its payload `more` bytes longer.
fn pad(jar: &mut Jar, more: usize) {
    jar.set("other", "");
    // Four characters stand for three bytes.
    let guess = (limits::REQUEST_OBJECT - jar.compact().len()) / 4 * 3;
    let mut fits = |padding: usize| {
        jar.set("other", "x".repeat(padding));
        jar.compact().len() <= limits::REQUEST_OBJECT
    };
    let longest = (guess - 9..guess + 9).rev().find(|padding| fits(*padding)).unwrap();
    jar.set("other", "x".repeat(longest + more));
}

/// EU-12: an answer that is not a request, as `request_uri` may give it.
#[test]
fn what_request_uri_answers() {
    let counter = Counter::eu();
    let body = |body: &[u8]| Some(Ok(HttpResponse { body: body.to_vec(), ..status(200) }));
    counter.refuses_unknown("a redirect", Code::RedirectRefused, |jar| jar.served = Some(Ok(status(302))));
    counter.refuses_unknown("not UTF-8", Code::JwsMalformed, |jar| jar.served = body(&[0xff; 9]));
    counter.refuses_unknown("nothing", Code::JwsMalformed, |jar| jar.served = body(b""));
    counter.refuses_unknown("a web page", Code::JwsMalformed, |jar| jar.served = body(b"<html>"));
}
