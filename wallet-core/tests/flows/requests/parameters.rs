//! The parameters of an authenticated request (OpenID4VP 1.0 5.1 to 5.4, 5.8; EU-5, EU-7, EU-10, EU-11).

use serde_json::{Value, json};
use wallet_core::{Code, limits};

use super::Counter;
use crate::world::{Asked, Jar, NOW, Verifier};

/// Sets a parameter, or leaves it out.
fn with(name: &'static str, value: impl Into<Option<Value>>) -> impl Fn(&mut Jar) {
    let value = value.into();
    move |jar| match &value {
        Some(value) => jar.set(name, value.clone()),
        None => jar.without(name),
    }
}

#[test]
fn aud() {
    let counter = Counter::eu();
    for audience in [
        None,
        Some(json!("https://wallet.example")),
        Some(json!("https://self-issued.me/v2/")),
        Some(json!(["https://self-issued.me/v2"])),
        Some(json!(null)),
    ] {
        let what = format!("aud {audience:?}");
        counter.refuses(&what, Code::RequestAudienceInvalid, with("aud", audience));
    }
    // Credo's habit (canada.md 2.1): the URL that the request is fetched from, and exactly that.
    let ca = Counter::ca();
    let fetched_from = |jar: &mut Jar| jar.set("aud", jar.request_uri.clone());
    counter.refuses("the EU's profile is strict", Code::RequestAudienceInvalid, fetched_from);
    ca.refuses_but(
        "nearly request_uri",
        Code::RequestAudienceInvalid,
        |jar| jar.set("aud", jar.request_uri.clone() + "/"),
        fetched_from,
    );
}

/// Contract 4: 60 seconds of skew, no more.
#[test]
fn times() {
    let counter = Counter::eu();
    let at = |name: &'static str, offset: i64| with(name, json!(NOW.0 + offset));
    for name in ["iat", "nbf"] {
        counter.refuses_but(name, Code::RequestNotYetValid, at(name, 61), at(name, 60));
        counter.accepts(name, at(name, 59));
        counter.refuses(name, Code::RequestMalformed, with(name, json!("1795341600")));
    }
    counter.refuses_but("exp", Code::RequestExpired, at("exp", -60), at("exp", -59));
    counter.refuses("exp", Code::RequestExpired, at("exp", -61));
    counter.refuses("exp", Code::RequestMalformed, with("exp", json!("never")));
    counter.accepts("no exp", with("exp", None));
    counter.accepts("an exp at the end of time", with("exp", json!(i64::MAX)));
    counter.accepts("half a second", with("iat", json!(NOW.0 as f64 + 0.5)));
}

#[test]
fn response_type_and_mode() {
    let counter = Counter::eu();
    for response_type in [None, Some(json!("code")), Some(json!("vp_token id_token")), Some(json!(1))] {
        let what = format!("response_type {response_type:?}");
        counter.refuses(&what, Code::ResponseTypeUnsupported, with("response_type", response_type));
    }
    for mode in [None, Some("fragment"), Some("query"), Some("dc_api.jwt"), Some("direct_post")] {
        let what = format!("response_mode {mode:?}");
        counter.refuses(&what, Code::ResponseModeUnsupported, with("response_mode", mode.map(Value::from)));
    }
    let ca = Counter::ca();
    ca.refuses_but(
        "only what is posted",
        Code::ResponseModeUnsupported,
        with("response_mode", json!("fragment")),
        with("response_mode", json!("direct_post")),
    );
}

#[test]
fn where_the_answer_goes() {
    let counter = Counter::eu();
    counter.refuses(
        "redirect_uri beside response_uri",
        Code::RedirectUriForbidden,
        with("redirect_uri", json!("https://verifier.example/done")),
    );
    for (what, code, response_uri) in [
        ("none", Code::ResponseUriMissing, None),
        ("no text", Code::ResponseUriMissing, Some(json!(["https://verifier.example/response"]))),
        ("plain http", Code::NotHttps, Some(json!("http://verifier.example/response"))),
        ("plain http to loopback", Code::NotHttps, Some(json!("http://127.0.0.1/response"))),
        ("another scheme", Code::NotHttps, Some(json!("ftp://verifier.example/response"))),
        ("user info", Code::UrlInvalid, Some(json!("https://bank@verifier.example/response"))),
        ("no URL", Code::UrlInvalid, Some(json!("verifier.example/response"))),
        ("empty", Code::UrlInvalid, Some(json!(""))),
    ] {
        counter.refuses(what, code, with("response_uri", response_uri));
    }
}

#[test]
fn nonce_and_state() {
    let counter = Counter::eu();
    counter.refuses("no nonce", Code::NonceMissing, with("nonce", None));
    for nonce in [json!(""), json!("a b"), json!("a+b"), json!("a/b="), json!("é"), json!("a\n"), json!(1)] {
        let what = format!("nonce {nonce}");
        counter.refuses_but(
            &what,
            Code::NonceInvalid,
            with("nonce", nonce),
            with("nonce", json!("aZ09-._~")),
        );
    }
    for state in [json!(1), json!(null), json!(["state"])] {
        counter.refuses(&format!("state {state}"), Code::StateInvalid, with("state", state));
    }
    counter.accepts("no state", with("state", None));
    counter.accepts("an empty state", with("state", json!("")));
    // Where no key of the wallet answers, `state` alone ties the answer to the request (5.2).
    let unbound = |state: Option<Value>| {
        move |jar: &mut Jar| {
            jar.payload["dcql_query"]["credentials"][0]["require_cryptographic_holder_binding"] =
                json!(false);
            with("state", state)(jar);
        }
    };
    let right = || unbound(Some(json!("s")));
    counter.refuses_but("no state without holder binding", Code::StateInvalid, unbound(None), right());
    let empty = unbound(Some(json!("")));
    counter.refuses_but("an empty state without holder binding", Code::StateInvalid, empty, right());
}

#[test]
fn the_query() {
    let counter = Counter::eu();
    let scope = |jar: &mut Jar| jar.set("scope", "pid");
    counter.refuses("none", Code::QueryMissing, with("dcql_query", None));
    counter.refuses("a scope beside it", Code::QueryMissing, scope);
    counter.refuses("a scope in its place", Code::QueryMissing, |jar| {
        scope(jar);
        jar.without("dcql_query");
    });
    counter.refuses("Presentation Exchange in its place", Code::QueryMissing, |jar| {
        jar.without("dcql_query");
        jar.set("presentation_definition", json!({ "id": "1", "input_descriptors": [] }));
    });
    for (what, query) in [
        ("a text", json!("{}")),
        ("nothing in it", json!({})),
        ("no credential", json!({ "credentials": [] })),
    ] {
        counter.refuses(what, Code::DcqlInvalid, with("dcql_query", query));
    }
    counter.refuses("no meta", Code::DcqlInvalid, |jar| {
        jar.payload["dcql_query"]["credentials"][0].as_object_mut().unwrap().remove("meta");
    });

    let credentials = |count: usize| {
        let one = Asked::family_name().dcql["credentials"][0].clone();
        let numbered = (0..count).map(move |number| {
            let mut one = one.clone();
            one["id"] = json!(format!("pid-{number}"));
            one
        });
        with("dcql_query", json!({ "credentials": numbered.collect::<Vec<_>>() }))
    };
    counter.refuses_but(
        "too many credentials",
        Code::DcqlTooLarge,
        credentials(limits::DCQL_CREDENTIALS + 1),
        credentials(limits::DCQL_CREDENTIALS),
    );
    let claims = |count: usize| {
        let path = |number| json!({ "path": [format!("claim-{number}")] });
        let claims: Vec<Value> = (0..count).map(path).collect();
        move |jar: &mut Jar| jar.payload["dcql_query"]["credentials"][0]["claims"] = json!(claims)
    };
    counter.refuses_but(
        "too many claims",
        Code::DcqlTooLarge,
        claims(limits::DCQL_CLAIMS + 1),
        claims(limits::DCQL_CLAIMS),
    );
}

/// Drafts' ways to name an mdoc element are for Canada's verifiers.
#[test]
fn draft_queries_are_for_canada() {
    let draft = |jar: &mut Jar| {
        let claim = json!({ "namespace": "org.iso.18013.5.1", "claim_name": "age_over_19" });
        jar.payload["dcql_query"]["credentials"][0]["claims"] = json!([claim]);
    };
    Counter::ca().accepts("namespace and claim_name", draft);
    let eu = Counter::with(Verifier::eu, Asked { prefix: "x509_hash", ..Asked::age() });
    eu.refuses("namespace and claim_name", Code::DcqlInvalid, draft);
}

#[test]
fn transaction_data_and_verifier_info() {
    let counter = Counter::eu();
    let unknown = json!({ "type": "urn:example:payment", "credential_ids": ["pid"] }).to_string();
    let unknown = wallet_core::jose::base64url::encode(unknown.as_bytes());
    for data in [json!([unknown]), json!([]), json!("text"), json!(null)] {
        let what = format!("transaction_data {data}");
        counter.refuses(&what, Code::TransactionDataUnsupported, with("transaction_data", data));
    }
    for info in [
        json!([]),
        json!({ "format": "registration_cert", "data": "a.b.c" }),
        json!([{ "data": "a.b.c" }]),
        json!([{ "format": 1, "data": "a.b.c" }]),
        json!([{ "format": "registration_cert" }]),
        json!([{ "format": "registration_cert", "data": "a.b.c" }, "text"]),
    ] {
        counter.refuses_but(
            &format!("verifier_info {info}"),
            Code::RequestMalformed,
            with("verifier_info", info),
            with("verifier_info", json!([{ "format": "registration_cert", "data": "a.b.c" }])),
        );
    }
    counter.accepts("what nobody knows", with("unheard_of", json!({ "a": 1 })));
}
