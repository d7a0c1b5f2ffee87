//! Proofs of possession, type `jwt` (appendix F.1, F.4): who asks for a copy holds the key that it will be bound to.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use wallet_core::crypto::p256::PublicKey;
use wallet_core::jose::jwk::Jwk;
use wallet_core::jose::jws::Jws;
use wallet_core::json;
use wallet_core::limits::CLOCK_SKEW_SECONDS;
use wallet_core::time::UnixTime;

use crate::http::Refusal;

/// How old a proof may be.
const AGE_SECONDS: i64 = 300;

/// What the proofs of one request have to say.
pub(super) struct Expected<'a> {
    /// The Credential Issuer Identifier.
    pub(super) audience: &'a str,
    /// The `client_id` that the token was given to; a wallet that gave none has no `iss`.
    pub(super) client_id: Option<&'a str>,
    /// The most proofs.
    pub(super) most: usize,
    /// The time.
    pub(super) now: UnixTime,
}

/// Proofs that hold, but for their nonces, which are for the issuer to use up.
pub(super) struct Proven {
    pub(super) keys: Vec<PublicKey>,
    pub(super) nonces: BTreeSet<String>,
}

/// Checks `proofs` of a Credential Request.
pub(super) fn check(proofs: Option<&Value>, expected: &Expected<'_>) -> Result<Proven, Refusal> {
    let proofs = proofs.and_then(Value::as_object).ok_or_else(|| invalid("proofs are missing"))?;
    let mut members = proofs.iter();
    let (Some((kind, list)), None) = (members.next(), members.next()) else {
        return Err(invalid("proofs must have exactly one proof type"));
    };
    if kind != "jwt" {
        return Err(invalid("the one supported proof type is jwt"));
    }
    let list = list.as_array().filter(|list| !list.is_empty());
    let list = list.ok_or_else(|| invalid("jwt must be an array that is not empty"))?;
    if list.len() > expected.most {
        return Err(invalid("there are more proofs than the batch size allows"));
    }
    let mut proven = Proven { keys: Vec::new(), nonces: BTreeSet::new() };
    for proof in list {
        let proof = proof.as_str().ok_or_else(|| invalid("a proof must be a text"))?;
        let (key, nonce) = check_one(proof, expected)?;
        proven.keys.push(key);
        proven.nonces.insert(nonce);
    }
    Ok(proven)
}

fn check_one(proof: &str, expected: &Expected<'_>) -> Result<(PublicKey, String), Refusal> {
    let malformed = |_| invalid("a proof is not a compact JWS");
    let jws = Jws::parse(proof, "proof").map_err(malformed)?;
    if jws.header_text("typ") != Some("openid4vci-proof+jwt") {
        return Err(invalid("typ must be openid4vci-proof+jwt"));
    }
    if !jws.is_es256() {
        return Err(invalid("alg must be ES256"));
    }
    if jws.header.contains_key("kid") || jws.header.contains_key("x5c") {
        return Err(invalid("the key must be in jwk, and in nothing else"));
    }
    let jwk = jws.header.get("jwk").ok_or_else(|| invalid("jwk is missing"))?;
    // A private member is refused as well.
    let key = Jwk::from_json(jwk).map_err(|_| invalid("jwk must be a public key on P-256"))?.key;
    let payload = jws.verify(&key).ok_or_else(|| invalid("a signature does not verify with its jwk"))?;
    let payload =
        json::parse_object(payload, "proof").map_err(|_| invalid("a proof's payload is not an object"))?;
    if payload.get("aud").and_then(Value::as_str) != Some(expected.audience) {
        return Err(invalid("aud must be the credential issuer identifier"));
    }
    if payload.get("iss").is_some_and(|iss| iss.as_str() != expected.client_id || iss.is_null()) {
        return Err(invalid("iss must be the client_id of the token request, or absent"));
    }
    check_times(&payload, expected.now)?;
    let nonce = payload.get("nonce").and_then(Value::as_str);
    let nonce = nonce.ok_or_else(|| invalid("a proof has no nonce"))?;
    Ok((key, nonce.to_owned()))
}

fn check_times(payload: &Map<String, Value>, now: UnixTime) -> Result<(), Refusal> {
    let seconds = |name: &str| match payload.get(name) {
        None => Ok(None),
        // NumericDate may have a fraction (RFC 7519 2).
        Some(value) => value.as_f64().map(Some).ok_or_else(|| invalid("a time in a proof is not a number")),
    };
    let issued = seconds("iat")?.ok_or_else(|| invalid("iat is missing"))?;
    let at = |seconds: i64| now.plus(seconds).0 as f64;
    if issued > at(CLOCK_SKEW_SECONDS) || issued < at(-AGE_SECONDS) {
        return Err(invalid("iat is not now"));
    }
    if seconds("exp")?.is_some_and(|until| until <= at(-CLOCK_SKEW_SECONDS)) {
        return Err(invalid("a proof has expired"));
    }
    if seconds("nbf")?.is_some_and(|from| from > at(CLOCK_SKEW_SECONDS)) {
        return Err(invalid("a proof is not yet valid"));
    }
    Ok(())
}

fn invalid(what: &str) -> Refusal {
    Refusal::bad_request("invalid_proof", what)
}
