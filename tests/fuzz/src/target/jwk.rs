//! JWK.

use crate::fixture::key;
use crate::vectors::Vectors;
use wallet_core::jose::jwk::{Jwk, public_members, thumbprint};
use wallet_core::json;

/// A key is read from what it writes, with the same thumbprint; private keys are refused.
pub fn run(data: &[u8]) {
    let Ok(value) = json::parse(data, "fuzz") else { return };
    let Ok(jwk) = Jwk::from_json(&value) else { return };
    assert!(value.get("d").is_none(), "a private key was taken");
    let written = jwk.to_json();
    for name in ["kty", "crv", "x", "y", "kid", "alg", "use"] {
        assert_eq!(written.get(name), value.get(name), "{name}");
    }
    let again = Jwk::from_json(&written).expect("a JWK of our own");
    assert_eq!(again.key, jwk.key);
    assert_eq!((again.kid, again.alg, again.key_use), (jwk.kid, jwk.alg, jwk.key_use));
    let bare = Jwk::from_json(&public_members(&jwk.key)).expect("a JWK of our own");
    assert_eq!(thumbprint(&bare.key), thumbprint(&jwk.key));
}

/// Keys with every member, and without.
#[must_use]
pub fn seeds(vectors: &Vectors) -> Vec<Vec<u8>> {
    let full = Jwk {
        key: key("jwk").public_key(),
        kid: Some("1".to_owned()),
        alg: Some("ES256".to_owned()),
        key_use: Some("sig".to_owned()),
    };
    let own = [full.to_json(), public_members(&full.key)].map(|key| key.to_string());
    let published = vectors.objects.iter().filter(|object| object.contains("\"kty\"") && object.len() < 1024);
    own.into_iter().chain(published.cloned()).map(String::into_bytes).collect()
}
