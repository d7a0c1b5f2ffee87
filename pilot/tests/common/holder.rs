//! A holder for tests: takes credentials by OpenID4VCI, step by step, so that each step can be spoiled.

use serde_json::{Map, Value, json};
use url::Url;
use wallet_core::crypto::p256::SecretKey;
use wallet_core::jose::{jwk, jws};

use super::http::{Answer, Http};

pub(crate) const GRANT: &str = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

/// The offer in a link that carries it.
pub(crate) fn offer_in(link: &str) -> Value {
    serde_json::from_str(&parameter(link, "credential_offer")).unwrap()
}

/// A parameter of a link.
pub(crate) fn parameter(link: &str, name: &str) -> String {
    let url = Url::parse(link).unwrap();
    url.query_pairs()
        .find(|(n, _)| n == name)
        .unwrap_or_else(|| panic!("{link} has no {name}"))
        .1
        .into_owned()
}

/// The pre-authorized code of an offer.
pub(crate) fn code_in(offer: &Value) -> String {
    offer["grants"][GRANT]["pre-authorized_code"].as_str().unwrap().to_owned()
}

/// A proof of possession that is right, before `spoil`.
pub(crate) fn proof(
    issuer: &str,
    nonce: &str,
    key: &SecretKey,
    spoil: impl FnOnce(&mut Map<String, Value>, &mut Value),
) -> String {
    let mut header = json!({ "typ": "openid4vci-proof+jwt", "jwk": jwk::public_members(&key.public_key()) });
    let mut payload = json!({ "aud": issuer, "iat": pilot::time::now().0, "nonce": nonce });
    let header = header.as_object_mut().unwrap();
    spoil(header, &mut payload);
    let unsigned = jws::Unsigned::new(header.clone(), &payload);
    let signature = key.sign(unsigned.signing_input());
    unsigned.finish(&signature)
}

pub(crate) fn no_spoil(_: &mut Map<String, Value>, _: &mut Value) {}

/// An access token for an offer.
pub(crate) async fn token(http: &Http, issuer: &str, code: &str, tx_code: Option<&str>) -> Answer {
    let mut fields = vec![("grant_type", GRANT), ("pre-authorized_code", code)];
    fields.extend(tx_code.map(|code| ("tx_code", code)));
    http.post_form(&format!("{issuer}/token"), &fields).await
}

pub(crate) async fn nonce(http: &Http, issuer: &str) -> String {
    let answer = http.post_form(&format!("{issuer}/nonce"), &[]).await;
    answer.json()["c_nonce"].as_str().unwrap().to_owned()
}

/// Takes copies of one credential: their texts, each with its key, and the handle for notifications.
pub(crate) async fn copies(
    http: &Http,
    issuer: &str,
    token: &str,
    configuration: &str,
    count: usize,
) -> (Vec<(String, SecretKey)>, String) {
    let nonce = nonce(http, issuer).await;
    let keys: Vec<_> = (0..count).map(|_| SecretKey::random().unwrap()).collect();
    let proofs: Vec<_> = keys.iter().map(|key| proof(issuer, &nonce, key, no_spoil)).collect();
    let body = json!({ "credential_configuration_id": configuration, "proofs": { "jwt": proofs } });
    let answer = http.post_json(&format!("{issuer}/credential"), Some(token), &body).await;
    assert_eq!(answer.status(), 200, "{}", answer.text());
    let answer = answer.json();
    let credentials = answer["credentials"].as_array().unwrap().iter();
    let texts = credentials.map(|entry| entry["credential"].as_str().unwrap().to_owned());
    (texts.zip(keys).collect(), answer["notification_id"].as_str().unwrap().to_owned())
}
