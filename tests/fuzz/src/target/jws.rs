//! Compact JWS.

use serde_json::{Value, json};
use wallet_core::jose::base64url;
use wallet_core::jose::jws::{Jws, Unsigned};
use wallet_core::json;

use crate::fixture::key;
use crate::vectors::Vectors;

/// What the fixture's key signs for the seeds; nothing else can verify.
#[must_use]
pub fn signed() -> String {
    let header = json!({ "typ": "JWT", "kid": "1" });
    let unsigned = Unsigned::new(header.as_object().expect("an object").clone(), &payload());
    let signature = key("jws").sign(unsigned.signing_input());
    unsigned.finish(&signature)
}

fn payload() -> Value {
    json!({ "iss": "https://issuer.example", "exp": 1_795_341_600 })
}

/// The parts are the input's, read by the strict parsers and encoded back; only what was signed verifies; header and
/// payload signed anew are read alike.
pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(jws) = Jws::parse(text, "fuzz") else { return };
    let parts: Vec<&str> = text.split('.').collect();
    let [header, body, signature] = parts[..] else { panic!("not three parts") };
    let decoded = base64url::decode(header, "fuzz").expect("accepted");
    assert_eq!(json::parse_object(&decoded, "fuzz").expect("accepted"), jws.header);
    assert_eq!(base64url::encode(jws.unverified_payload()), body);
    assert_eq!(base64url::decode(signature, "fuzz").expect("accepted").len(), 64);
    assert!(!jws.header.contains_key("crit"));
    if let Ok(Some(chain)) = jws.x5c() {
        assert!((1..=wallet_core::limits::CHAIN_CERTIFICATES).contains(&chain.len()));
    }
    let public = key("jws").public_key();
    if let Some(verified) = jws.verify(&public) {
        assert!(jws.is_es256());
        assert_eq!(serde_json::from_slice::<Value>(verified).expect("JSON"), payload());
    }
    if let Ok(value) = json::parse(jws.unverified_payload(), "fuzz") {
        let unsigned = Unsigned::new(jws.header.clone(), &value);
        let signature = key("jws").sign(unsigned.signing_input());
        let text = unsigned.finish(&signature);
        let again = Jws::parse(&text, "fuzz").expect("a JWS of our own");
        let verified = again.verify(&public).expect("our own signature");
        assert_eq!(json::parse(verified, "fuzz").expect("JSON of our own"), value);
    }
}

/// Published ones, and one of the fixture's key.
#[must_use]
pub fn seeds(vectors: &Vectors) -> Vec<Vec<u8>> {
    let mut seeds = vectors.with('.', |count| count == 2);
    seeds.push(signed().into_bytes());
    seeds
}
