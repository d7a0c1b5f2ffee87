//! `client_metadata`: what the verifier can take (EU-8, EU-9, EU-28; OpenID4VP 1.0 8.3, 11).

use serde_json::{Value, json};
use wallet_core::Code;

use super::Counter;
use crate::world::{Asked, Jar, Verifier};

/// Changes `client_metadata`.
fn metadata(change: impl Fn(&mut Value)) -> impl Fn(&mut Jar) {
    move |jar| change(&mut jar.payload["client_metadata"])
}

fn remove(value: &mut Value, name: &str) {
    value.as_object_mut().unwrap().remove(name).unwrap();
}

#[test]
fn the_key() {
    let counter = Counter::eu();
    counter.refuses("no object", Code::ClientMetadataInvalid, |jar| jar.set("client_metadata", "text"));
    let unusable = Code::EncryptionKeyUnusable;
    counter.refuses("no client_metadata", unusable, |jar| jar.without("client_metadata"));
    counter.refuses("no jwks", unusable, metadata(|all| remove(all, "jwks")));
    counter.refuses("no keys", unusable, metadata(|all| all["jwks"] = json!({ "keys": [] })));
    counter.refuses("no alg", unusable, |jar| remove(jar.jwk(), "alg"));
    for (member, wrong) in [
        ("alg", "ECDH-ES+A128KW"),
        ("alg", "ES256"),
        ("use", "sig"),
        ("crv", "P-384"),
        ("kty", "OKP"),
        ("y", "AAAA"),
        // Nobody sends a private key; whoever does has lost it.
        ("d", "AAAA"),
    ] {
        counter.refuses(&format!("{member} {wrong}"), unusable, |jar| jar.jwk()[member] = json!(wrong));
    }
    counter.refuses("a point that is not on the curve", unusable, |jar| {
        let key = jar.jwk();
        key["y"] = key["x"].clone();
    });
    counter.accepts("a key for other wallets before ours", |jar| {
        let ours = jar.jwk().clone();
        let other = json!({ "kty": "OKP", "crv": "X25519", "x": "AAAA", "alg": "ECDH-ES", "kid": "0" });
        jar.payload["client_metadata"]["jwks"]["keys"] = json!([other, ours]);
    });
    counter.accepts("no use", |jar| remove(jar.jwk(), "use"));
}

#[test]
fn the_algorithm() {
    const ENC: &str = "encrypted_response_enc_values_supported";
    let counter = Counter::eu();
    for (listed, code) in [
        (json!(["A128CBC-HS256", "A192GCM"]), Code::EncryptionEncUnsupported),
        (json!([]), Code::EncryptionEncUnsupported),
        (json!([1]), Code::EncryptionEncUnsupported),
        (json!("A128GCM"), Code::ClientMetadataInvalid),
    ] {
        let wrong = metadata(|all| all[ENC] = listed.clone());
        counter.refuses_but(&listed.to_string(), code, wrong, metadata(|all| all[ENC] = json!(["A128GCM"])));
    }
    counter.accepts("none listed, which means A128GCM", metadata(|all| remove(all, ENC)));
}

/// canada.md 2.1: the names of drafts, where those of 1.0 are absent.
#[test]
fn draft_names_are_for_canada() {
    let draft = |jar: &mut Jar| {
        remove(jar.jwk(), "alg");
        let metadata = &mut jar.payload["client_metadata"];
        remove(metadata, "encrypted_response_enc_values_supported");
        metadata["authorization_encrypted_response_alg"] = json!("ECDH-ES");
        metadata["authorization_encrypted_response_enc"] = json!("A256GCM");
    };
    Counter::ca().accepts("drafts", draft);
    Counter::eu().refuses("drafts", Code::EncryptionKeyUnusable, draft);
}

#[test]
fn the_formats() {
    let eu = Counter::eu();
    eu.refuses(
        "no object",
        Code::ClientMetadataInvalid,
        metadata(|all| all["vp_formats_supported"] = json!(["dc+sd-jwt"])),
    );
    eu.accepts("nothing said", metadata(|all| remove(all, "vp_formats_supported")));
    let mdoc = Counter::with(Verifier::eu, Asked { prefix: "x509_hash", ..Asked::age() });
    for (counter, format, wrong, right) in [
        (
            &eu,
            "dc+sd-jwt",
            json!({ "sd-jwt_alg_values": ["ES384"] }),
            json!({ "sd-jwt_alg_values": ["ES256"] }),
        ),
        (
            &eu,
            "dc+sd-jwt",
            json!({ "kb-jwt_alg_values": ["EdDSA"] }),
            json!({ "kb-jwt_alg_values": ["ES256"] }),
        ),
        (&eu, "dc+sd-jwt", json!({ "kb-jwt_alg_values": "ES256" }), json!({})),
        (
            &mdoc,
            "mso_mdoc",
            json!({ "issuerauth_alg_values": [-35] }),
            json!({ "issuerauth_alg_values": [-9] }),
        ),
        (
            &mdoc,
            "mso_mdoc",
            json!({ "deviceauth_alg_values": [-65537] }),
            json!({ "deviceauth_alg_values": [-7] }),
        ),
    ] {
        let says = |entry: Value| metadata(move |all| all["vp_formats_supported"] = json!({ format: entry }));
        let what = format!("{format}: {wrong}");
        counter.refuses_but(&what, Code::VpFormatsNotSupported, says(wrong), says(right));
        counter.refuses(&format!("not {format}"), Code::VpFormatsNotSupported, |jar| {
            remove(&mut jar.payload["client_metadata"]["vp_formats_supported"], format);
        });
    }
}
