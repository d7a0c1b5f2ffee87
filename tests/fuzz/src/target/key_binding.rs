//! Presentations of SD-JWT VCs.
//!
//! The input is a presentation, or three lines: header and payload of a KB-JWT as JSON, which the device's key then
//! signs, and the SD-JWT that it is for. The text `#hash` in the payload stands for the right `sd_hash`.

use serde_json::{Value, json};
use wallet_core::crypto::hash::sha256;
use wallet_core::jose::base64url;
use wallet_core::limits::{CLOCK_SKEW_SECONDS, KEY_BINDING_AGE_SECONDS};
use wallet_core::trust::Channel;
use wallet_core::verify;

use crate::fixture::credentials::{CLIENT_ID, EXPECTED, NONCE, PID_CLAIMS, pid};
use crate::fixture::pki::ISSUERS;
use crate::fixture::subset::is_part_of;
use crate::fixture::{NOW, device_key};
use crate::vectors::Vectors;

/// Only part of what the issuer signed is accepted, and only with a KB-JWT for this request, of now, over this text.
pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let mut lines = text.splitn(3, '\n');
    let presentation = match (lines.next(), lines.next(), lines.next()) {
        (Some(header), Some(payload), Some(sd_jwt)) => bound(header, payload, sd_jwt),
        _ => text.to_owned(),
    };
    let verified = verify::sd_jwt::verify(&presentation, &EXPECTED, &ISSUERS, Channel::OpenId4Vp, NOW);
    let Ok(verified) = verified else { return };
    assert!(is_part_of(verified.claims(), &PID_CLAIMS));
    assert_eq!(*verified.device_key(), device_key().public_key());
    let (sd_jwt, key_binding) = presentation.rsplit_once('~').expect("a presentation");
    let payload = key_binding.split('.').nth(1).expect("a JWT");
    let payload = base64url::decode(payload, "fuzz").expect("a JWT");
    let payload: Value = serde_json::from_slice(&payload).expect("JSON");
    assert_eq!((&payload["aud"], &payload["nonce"]), (&CLIENT_ID.into(), &NONCE.into()));
    assert_eq!(payload["sd_hash"], hash(sd_jwt));
    let issued = payload["iat"].as_f64().expect("a time");
    let age = NOW.0 as f64 - issued;
    assert!(age > -(CLOCK_SKEW_SECONDS as f64) - 1.0 && age < KEY_BINDING_AGE_SECONDS as f64 + 1.0);
}

fn bound(header: &str, payload: &str, sd_jwt: &str) -> String {
    let sd_jwt = sd_jwt.trim_end_matches('~');
    let payload = payload.replace("#hash", &hash(sd_jwt));
    let mut input = base64url::encode(header.as_bytes());
    input.push('.');
    base64url::encode_into(payload.as_bytes(), &mut input);
    let signature = base64url::encode(&device_key().sign(input.as_bytes()).to_raw());
    format!("{sd_jwt}~{input}.{signature}")
}

/// `sd_hash` of an SD-JWT, given without its last tilde.
fn hash(sd_jwt: &str) -> String {
    base64url::encode(&sha256(format!("{sd_jwt}~").as_bytes()))
}

/// Presentations of the fixture's PID, whole and in part, and a KB-JWT to be signed.
#[must_use]
pub fn seeds(vectors: &Vectors) -> Vec<Vec<u8>> {
    let credential = pid(&device_key().public_key());
    let header = json!({ "alg": "ES256", "typ": "kb+jwt" }).to_string();
    let payload = json!({ "aud": CLIENT_ID, "nonce": NONCE, "iat": NOW.0, "sd_hash": "#hash" }).to_string();
    let issuer_jwt = credential.split('~').next().unwrap_or_default();
    let mut seeds = vectors.with('~', |count| count > 0);
    for sd_jwt in [credential.as_str(), issuer_jwt] {
        seeds.push(format!("{header}\n{payload}\n{sd_jwt}").into_bytes());
        seeds.push(bound(&header, &payload, sd_jwt).into_bytes());
    }
    seeds
}
