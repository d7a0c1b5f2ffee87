//! The Credential Offer and the link that carries it (OpenID4VCI 1.0 4.1; EU-49).

use serde_json::{Value, json};
use wallet_core::platform::{HttpResponse, PortError};
use wallet_core::{Code, limits};

use super::{Counter, open_offer};
use crate::world::{Issuer, PRE_AUTHORIZED, Reply, code, history, json_response, status};

fn offering(change: impl Fn(&mut Value) + Send + Sync + 'static) -> Issuer {
    Issuer::eu().changing("offer", move |reply: &mut Reply| change(&mut reply.json))
}

#[test]
fn its_content() {
    let counter = Counter::new();
    let set = |name: &'static str, value: Value| offering(move |offer| offer[name] = value.clone());
    let ids = |ids: Value| set("credential_configuration_ids", ids);
    let grant = |name: &'static str, value: Value| {
        offering(move |offer| offer["grants"][PRE_AUTHORIZED][name] = value.clone())
    };
    let many: Vec<String> =
        (0..=limits::OFFERED_CONFIGURATIONS).map(|number| format!("pid-{number}")).collect();
    for (what, code, wrong) in [
        ("no issuer", Code::OfferInvalid, set("credential_issuer", json!(null))),
        ("a number as issuer", Code::OfferInvalid, set("credential_issuer", json!(7))),
        ("an issuer over http", Code::NotHttps, set("credential_issuer", json!("http://issuer.example"))),
        ("no URL as issuer", Code::UrlInvalid, set("credential_issuer", json!("issuer.example"))),
        (
            "an issuer with a query",
            Code::OfferInvalid,
            set("credential_issuer", json!("https://issuer.example?a")),
        ),
        (
            "an issuer with user info",
            Code::UrlInvalid,
            set("credential_issuer", json!("https://a@issuer.example")),
        ),
        ("no credentials", Code::OfferInvalid, ids(json!([]))),
        ("no list", Code::OfferInvalid, ids(json!("pid-sd-jwt"))),
        ("a credential twice", Code::OfferInvalid, ids(json!(["pid-mdoc", "pid-mdoc"]))),
        ("a number as credential", Code::OfferInvalid, ids(json!([1]))),
        ("too many credentials", Code::OfferInvalid, ids(json!(many))),
        ("an unknown credential", Code::ConfigurationUnknown, ids(json!(["pid-mdoc", "mdl"]))),
        ("no grant", Code::GrantUnsupported, set("grants", json!({}))),
        ("another grant", Code::GrantUnsupported, set("grants", json!({ "authorization_code": {} }))),
        ("an empty code", Code::OfferInvalid, grant("pre-authorized_code", json!(""))),
        ("a number as code", Code::OfferInvalid, grant("pre-authorized_code", json!(1))),
        ("a text as tx_code", Code::OfferInvalid, grant("tx_code", json!("1234"))),
        ("an unknown input_mode", Code::OfferInvalid, grant("tx_code", json!({ "input_mode": "voice" }))),
        ("a negative length", Code::OfferInvalid, grant("tx_code", json!({ "length": -4 }))),
    ] {
        counter.refuses_offer(what, code, &wrong);
    }
    counter.accepts("twin of all", &Issuer::eu());
    counter.accepts("one credential of two", &ids(json!(["pid-mdoc"])));
}

#[test]
fn its_link() {
    let counter = Counter::new();
    let issuer = Issuer::eu();
    let good = issuer.offer(&counter.world);
    let (before, deep) = (history(&counter.wallet), "[".repeat(40));
    let wrong = [
        (good.clone() + "&credential_offer=%7B%7D", Code::LinkNotUnderstood),
        (
            good.clone() + "&credential_offer_uri=https%3A%2F%2Fissuer.example%2Foffer",
            Code::LinkNotUnderstood,
        ),
        (good.clone() + &"x".repeat(limits::LINK), Code::OfferInvalid),
        ("openid-credential-offer://?credential_offer=offer".to_owned(), Code::JsonMalformed),
        ("openid-credential-offer://?credential_offer=%5B%5D".to_owned(), Code::JsonMalformed),
        (format!("openid-credential-offer://?credential_offer={deep}"), Code::JsonTooDeep),
        (good.replacen("=%7B", "=%7B%22grants%22%3A1%2C", 1), Code::JsonMemberDoubled),
    ];
    for (link, expected) in &wrong {
        assert_eq!(code(open_offer(&counter.wallet, link)), Some(*expected), "{link}");
    }
    counter.nothing_is_left("links");
    let after = history(&counter.wallet);
    assert_eq!(after.entries, before.entries);
    assert_eq!(after.unauthenticated_refusals.len(), wrong.len());
    assert_eq!(counter.calls(&issuer, "/"), 0);
    assert_eq!(code(open_offer(&counter.wallet, &good)), None);
}

#[test]
fn by_reference() {
    let counter = Counter::new();
    let issuer = Issuer::eu();
    let by_value = url::Url::parse(&issuer.offer(&counter.world)).unwrap();
    let offer: Value = serde_json::from_str(&by_value.query_pairs().next().unwrap().1).unwrap();
    let good = json_response(&offer);
    let link = |uri: &str| {
        let mut link = url::Url::parse("haip-vci://").unwrap();
        link.query_pairs_mut().append_pair("credential_offer_uri", uri);
        String::from(link)
    };
    let too_large = HttpResponse { body: vec![b' '; limits::METADATA + 1], ..good.clone() };
    for (answer, expected) in [
        (Ok(status(404)), Code::HttpStatus),
        (Ok(status(302)), Code::RedirectRefused),
        (Ok(too_large), Code::ResponseTooLarge),
        (Ok(HttpResponse { body: b"[]".to_vec(), ..good.clone() }), Code::JsonMalformed),
        (Err(PortError::Unreachable), Code::NetworkUnreachable),
        (Err(PortError::Tls), Code::TlsFailed),
    ] {
        counter.world.network.on("https://issuer.example/offer/1", move |_| answer.clone());
        let opened = open_offer(&counter.wallet, &link("https://issuer.example/offer/1"));
        assert_eq!(code(opened), Some(expected));
    }
    for (uri, expected) in [
        ("http://issuer.example/offer/1", Code::NotHttps),
        ("https://a@issuer.example/offer/1", Code::UrlInvalid),
        ("offer/1", Code::UrlInvalid),
    ] {
        assert_eq!(code(open_offer(&counter.wallet, &link(uri))), Some(expected), "{uri}");
    }
    counter.nothing_is_left("offers by reference");
    counter.world.network.on("https://issuer.example/offer/1", move |_| Ok(good.clone()));
    assert_eq!(code(open_offer(&counter.wallet, &link("https://issuer.example/offer/1"))), None);
}
