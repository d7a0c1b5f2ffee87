//! EC P-256 public keys as JWK (RFC 7517, RFC 7518 6.2) and their thumbprints (RFC 7638).

use serde_json::{Map, Value, json};

use super::base64url;
use crate::crypto::hash::sha256;
use crate::crypto::p256::PublicKey;
use crate::error::{Code, Result};

/// A public JWK on P-256, with the members that the protocols use.
#[derive(Debug, Clone)]
pub struct Jwk {
    /// The point.
    pub key: PublicKey,
    /// `kid`.
    pub kid: Option<String>,
    /// `alg`.
    pub alg: Option<String>,
    /// `use`.
    pub key_use: Option<String>,
}

impl Jwk {
    /// A JWK with nothing but the point.
    #[must_use]
    pub fn new(key: PublicKey) -> Self {
        Self { key, kid: None, alg: None, key_use: None }
    }

    /// Reads a JWK object.
    ///
    /// # Errors
    /// [`Code::JwkInvalid`] for another key type or curve, a private member, or a member of the wrong type;
    /// [`Code::CurvePointInvalid`] for a point that is not on the curve.
    pub fn from_json(value: &Value) -> Result<Self> {
        let object = value.as_object().ok_or(Code::JwkInvalid)?;
        if object.contains_key("d") {
            // A private key in a public place is a leak; using it would make the wallet part of it.
            return Err(Code::JwkInvalid.at("d"));
        }
        if text(object, "kty")?.as_deref() != Some("EC") {
            return Err(Code::JwkInvalid.at("kty"));
        }
        if text(object, "crv")?.as_deref() != Some("P-256") {
            return Err(Code::JwkInvalid.at("crv"));
        }
        let coordinate = |name: &'static str| -> Result<Vec<u8>> {
            base64url::decode(text(object, name)?.ok_or_else(|| Code::JwkInvalid.at(name))?, name)
        };
        Ok(Self {
            key: PublicKey::from_coordinates(&coordinate("x")?, &coordinate("y")?)?,
            kid: text(object, "kid")?,
            alg: text(object, "alg")?,
            key_use: text(object, "use")?,
        })
    }

    /// The JWK object, members absent where there is nothing to say.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let mut out = public_members(&self.key);
        for (name, value) in [("kid", &self.kid), ("alg", &self.alg), ("use", &self.key_use)] {
            if let (Some(value), Some(object)) = (value, out.as_object_mut()) {
                object.insert(name.to_owned(), Value::from(value.as_str()));
            }
        }
        out
    }
}

/// The members that make the key: `kty`, `crv`, `x`, `y`.
#[must_use]
pub fn public_members(key: &PublicKey) -> Value {
    let (x, y) = key.coordinates();
    json!({ "kty": "EC", "crv": "P-256", "x": base64url::encode(&x), "y": base64url::encode(&y) })
}

/// The SHA-256 thumbprint (RFC 7638): over the required members in lexical order, without white space.
#[must_use]
pub fn thumbprint(key: &PublicKey) -> [u8; 32] {
    let (x, y) = key.coordinates();
    sha256(
        format!(
            r#"{{"crv":"P-256","kty":"EC","x":"{}","y":"{}"}}"#,
            base64url::encode(&x),
            base64url::encode(&y)
        )
        .as_bytes(),
    )
}

fn text(object: &Map<String, Value>, name: &'static str) -> Result<Option<String>> {
    match object.get(name) {
        None => Ok(None),
        Some(Value::String(value)) => Ok(Some(value.clone())),
        Some(_) => Err(Code::JwkInvalid.at(name)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::vector;

    #[test]
    fn thumbprint_is_that_of_openid4vp_b_2_6_1() {
        let Some(v) = vector("openid4vp-1.0-session-transcripts.json") else { return };
        let jwk = Jwk::from_json(&v["jwk"]).unwrap();
        let expected = crate::testing::hex(v["jwk_thumbprint_sha256_hex"].as_str().unwrap());
        assert_eq!(thumbprint(&jwk.key).to_vec(), expected);
        assert_eq!(jwk.kid.as_deref(), Some("1"));
        assert_eq!(jwk.to_json(), v["jwk"]);
    }

    #[test]
    fn each_required_member_is_required() {
        let key = crate::crypto::p256::SecretKey::random().unwrap().public_key();
        let good = public_members(&key);
        assert!(Jwk::from_json(&good).is_ok());
        for (member, bad) in [
            ("kty", json!("RSA")),
            ("crv", json!("P-384")),
            ("x", json!(1)),
            ("y", json!("AAAA")),
            ("d", json!("AAAA")),
            ("kid", json!(7)),
        ] {
            let mut changed = good.clone();
            changed[member] = bad;
            assert!(Jwk::from_json(&changed).is_err(), "{member}");
        }
    }
}
