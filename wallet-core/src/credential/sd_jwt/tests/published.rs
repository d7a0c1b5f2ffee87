//! Vectors that others published. None of the RFC's has a certificate chain; its keys are published beside them.

use serde_json::{Map, Value, json};

use super::super::digest::digest;
use super::super::issuer::matches_leaf;
use super::super::process::process;
use super::*;
use crate::credential::path::ClaimLocation;
use crate::crypto::hash::HashAlg;
use crate::crypto::p256::SecretKey;
use crate::jose::base64url;
use crate::jose::jwk::Jwk;
use crate::jose::jws::Jws;
use crate::testing::{vector, vector_text};

const EXAMPLES: &str = "sd-jwt-rfc9901-and-vc-examples.json";

/// What processing must give, computed the other way round: each disclosure of the vector file, found by its digest.
fn expected(value: &Value, disclosures: &[(String, Vec<Value>)]) -> Value {
    let find = |sha: &Value| {
        disclosures.iter().find(|(known, _)| Some(known.as_str()) == sha.as_str()).map(|(_, parts)| parts)
    };
    match value {
        Value::Object(object) => {
            let mut out = Map::new();
            for (name, value) in object.iter().filter(|(name, _)| !matches!(name.as_str(), "_sd" | "_sd_alg"))
            {
                out.insert(name.clone(), expected(value, disclosures));
            }
            for sha in object.get("_sd").and_then(Value::as_array).into_iter().flatten() {
                if let Some(parts) = find(sha) {
                    out.insert(parts[1].as_str().unwrap().to_owned(), expected(&parts[2], disclosures));
                }
            }
            Value::Object(out)
        }
        Value::Array(array) => array
            .iter()
            .filter_map(|element| match element.get("...") {
                Some(sha) => find(sha).map(|parts| expected(&parts[1], disclosures)),
                None => Some(expected(element, disclosures)),
            })
            .collect(),
        value => value.clone(),
    }
}

/// RFC 9901 5, A.1, A.2 and SD-JWT VC 2.3: issuer signature and processing result.
#[test]
fn every_example_verifies_and_gives_its_claims() {
    let Some(file) = vector(EXAMPLES) else { return };
    let issuer = Jwk::from_json(&file["issuer_public_jwk"]).unwrap().key;
    let examples = file["examples"].as_object().unwrap();
    assert_eq!(examples.len(), 5);
    for (name, example) in examples {
        let sd_jwt = SdJwt::parse(example["sd_jwt"].as_str().unwrap()).unwrap();
        let payload = sd_jwt.signed_payload(&issuer).unwrap();
        assert_eq!(Value::Object(payload.clone()), example["payload"], "{name}");
        let by_digest: Vec<(String, Vec<Value>)> = sd_jwt
            .disclosures
            .iter()
            .zip(example["disclosures"].as_array().unwrap())
            .map(|(text, parts)| (digest(HashAlg::Sha256, text), parts.as_array().unwrap().clone()))
            .collect();
        let processed = process(payload, &sd_jwt.disclosures).unwrap();
        assert_eq!(Value::Object(processed.claims), expected(&example["payload"], &by_digest), "{name}");
    }
}

/// RFC 9901 5.2, word for word from the specification's text.
#[test]
fn the_main_example_gives_what_the_specification_prints() {
    let Some(file) = vector(EXAMPLES) else { return };
    let issuer = Jwk::from_json(&file["issuer_public_jwk"]).unwrap().key;
    let sd_jwt = SdJwt::parse(file["examples"]["with_kb"]["sd_jwt"].as_str().unwrap()).unwrap();
    let processed = process(sd_jwt.signed_payload(&issuer).unwrap(), &sd_jwt.disclosures).unwrap();
    assert_eq!(processed.claims["nationalities"], json!(["US"]));
    assert_eq!(processed.claims["given_name"], json!("John"));
    assert_eq!(processed.claims["family_name"], json!("Doe"));
    assert_eq!(
        processed.claims["address"],
        json!({ "street_address": "123 Main St", "locality": "Anytown", "region": "Anystate", "country": "US" })
    );
    assert!(!processed.claims.contains_key("_sd") && !processed.claims.contains_key("_sd_alg"));
}

/// EU-33, RFC 9901 4.3.1: the hash that other people computed over the same text.
#[test]
fn sd_hash_is_that_of_the_published_key_binding_jwts() {
    let Some(file) = vector(EXAMPLES) else { return };
    let holder = Jwk::from_json(&json!({
        "kty": "EC", "crv": "P-256", "x": file["holder_jwk_private"]["x"], "y": file["holder_jwk_private"]["y"],
    }));
    let holder = holder.unwrap().key;
    for name in ["with_kb", "sd_jwt_vc_with_kb"] {
        let example = &file["examples"][name];
        let sd_jwt = SdJwt::parse(example["sd_jwt"].as_str().unwrap()).unwrap();
        let key_binding = Jws::parse(sd_jwt.key_binding().unwrap(), "KB-JWT").unwrap();
        assert_eq!(key_binding.header_text("typ"), Some("kb+jwt"));
        let payload: Value = serde_json::from_slice(key_binding.verify(&holder).unwrap()).unwrap();
        assert_eq!(payload, example["kb_payload"]);
        assert_eq!(digest(HashAlg::Sha256, sd_jwt.hashed()), payload["sd_hash"]);
    }
}

/// From the published credential, the published presentation: its text up to the KB-JWT, and the same `sd_hash`.
#[test]
fn presenting_the_published_credential_gives_the_published_presentation() {
    let Some(file) = vector(EXAMPLES) else { return };
    let issuer = Jwk::from_json(&file["issuer_public_jwk"]).unwrap().key;
    let published = &file["examples"]["sd_jwt_vc_with_kb"];
    let key_binding = &published["kb_payload"];
    let at = UnixTime(key_binding["iat"].as_i64().unwrap());
    let whole = file["examples"]["sd_jwt_vc"]["sd_jwt"].as_str().unwrap();
    let credential = receive(whole, &issuer, at).unwrap();
    assert_eq!(credential.vct(), published["payload"]["vct"]);

    let selected = [ClaimLocation::keys(["nationalities"]), ClaimLocation::keys(["age_equal_or_over", "18"])];
    let binding = KeyBinding {
        audience: key_binding["aud"].as_str().unwrap(),
        nonce: key_binding["nonce"].as_str().unwrap(),
        issued_at: at,
    };
    let prepared = prepare(credential.compact(), credential.layout(), &selected, &binding).unwrap();
    let (header, payload) = std::str::from_utf8(prepared.to_sign()).unwrap().split_once('.').unwrap();
    let json = |part| serde_json::from_slice::<Value>(&base64url::decode(part, "part").unwrap()).unwrap();
    assert_eq!(json(header), published["kb_header"]);
    assert_eq!(json(payload), *key_binding);
    let holder = SecretKey::from_bytes(
        &base64url::decode(file["holder_jwk_private"]["d"].as_str().unwrap(), "d").unwrap(),
    );
    let signature = holder.unwrap().sign(prepared.to_sign());
    let presentation = prepared.finish(&signature);
    let up_to_key_binding = |text: &str| text.rsplit_once('~').unwrap().0.to_owned();
    assert_eq!(up_to_key_binding(&presentation), up_to_key_binding(published["sd_jwt"].as_str().unwrap()));
}

/// Two PIDs from pilots' issuers, with their own certificates: signature by the leaf, every claim in its place, and
/// nothing about the citizen that is always disclosed (PID_21).
#[test]
fn pids_from_the_field_verify_with_the_key_of_their_leaf() {
    for (name, at, vct, claim, value) in [
        (
            "eudi-pid-sdjwt-de-bundesdruckerei.txt",
            UnixTime(1_780_000_000),
            "urn:eudi:pid:de:1",
            "/address/locality",
            "KÖLN",
        ),
        (
            "eudi-pid-sdjwt-python-issuer.txt",
            UnixTime(1_785_000_000),
            "urn:eudi:pid:1",
            "/place_of_birth/region",
            "California",
        ),
    ] {
        let Some(text) = vector_text(name) else { continue };
        let compact = text.trim();
        let chain = SdJwt::parse(compact).unwrap().chain().unwrap();
        let credential = receive(compact, chain[0].public_key(), at).unwrap();
        assert_eq!(credential.vct(), vct);
        assert_eq!(credential.claims().pointer(claim), Some(&json!(value)), "{name}");
        assert!(credential.always_disclosed().is_empty(), "{name}");
        let issuer = credential.claims()["iss"].as_str();
        assert!(matches_leaf(issuer, &chain[0]).is_ok(), "{name}");
    }
}
