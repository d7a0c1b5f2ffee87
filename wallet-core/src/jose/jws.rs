//! Compact JWS (RFC 7515) with ES256, the one algorithm that both profiles require.

use serde_json::{Map, Value};

use super::base64url;
use crate::crypto::p256::{PublicKey, Signature};
use crate::error::{Code, Result};
use crate::json;

/// A compact JWS whose parts are decoded and whose signature is not yet verified.
///
/// The payload is reachable only through [`Jws::verify`] or, where a protocol must look inside to find the key,
/// [`Jws::unverified_payload`], whose name shows in review.
pub struct Jws<'a> {
    /// The JOSE header.
    pub header: Map<String, Value>,
    payload: Vec<u8>,
    signing_input: &'a str,
    signature: Signature,
}

impl<'a> Jws<'a> {
    /// Decodes; checks the form, not the signature.
    ///
    /// # Errors
    /// [`Code::JwsMalformed`] unless there are three base64url parts, an object as header, and a 64-byte signature;
    /// [`Code::JwsCriticalUnknown`] when the header lists `crit` or `b64`: none of the profiles uses them.
    pub fn parse(compact: &'a str, place: &'static str) -> Result<Self> {
        let malformed = || Code::JwsMalformed.at(place);
        let (signing_input, signature) = compact.rsplit_once('.').ok_or_else(malformed)?;
        let (header, payload) = signing_input.split_once('.').ok_or_else(malformed)?;
        if payload.contains('.') {
            return Err(malformed());
        }
        let header = base64url::decode(header, place).map_err(|_| malformed())?;
        let header = json::parse_object(&header, place)?;
        if header.contains_key("crit") || header.contains_key("b64") {
            return Err(Code::JwsCriticalUnknown.at(place));
        }
        let payload = base64url::decode(payload, place).map_err(|_| malformed())?;
        let signature = base64url::decode(signature, place).map_err(|_| malformed())?;
        let signature = Signature::from_raw(&signature).map_err(|_| malformed())?;
        Ok(Self { header, payload, signing_input, signature })
    }

    /// A text member of the header.
    #[must_use]
    pub fn header_text(&self, name: &str) -> Option<&str> {
        self.header.get(name).and_then(Value::as_str)
    }

    /// `alg`; anything but ES256 is for the caller to refuse with its own code.
    #[must_use]
    pub fn is_es256(&self) -> bool {
        self.header_text("alg") == Some("ES256")
    }

    /// The `x5c` certificates as DER, leaf first; `None` when there is no `x5c`.
    ///
    /// # Errors
    /// [`Code::JwsMalformed`] when it is not an array of base64 texts (RFC 7515 4.1.6: padded, not base64url).
    pub fn x5c(&self) -> Result<Option<Vec<Vec<u8>>>> {
        use base64::Engine;
        let Some(value) = self.header.get("x5c") else { return Ok(None) };
        let malformed = || Code::JwsMalformed.at("x5c");
        let list = value.as_array().ok_or_else(malformed)?;
        if list.is_empty() || list.len() > crate::limits::CHAIN_CERTIFICATES {
            return Err(Code::ChainLengthInvalid.at("x5c"));
        }
        list.iter()
            .map(|entry| {
                let text = entry.as_str().ok_or_else(malformed)?;
                if text.len() > crate::limits::CERTIFICATE * 4 / 3 + 4 {
                    return Err(Code::ChainLengthInvalid.at("x5c"));
                }
                base64::engine::general_purpose::STANDARD.decode(text).map_err(|_| malformed())
            })
            .collect::<Result<Vec<_>>>()
            .map(Some)
    }

    /// The payload, when the signature is `key`'s; `None` when it is not.
    #[must_use]
    pub fn verify(&self, key: &PublicKey) -> Option<&[u8]> {
        (self.is_es256() && key.verify(self.signing_input.as_bytes(), &self.signature))
            .then_some(&*self.payload)
    }

    /// The payload before verification, for a protocol that finds the key inside.
    #[must_use]
    pub fn unverified_payload(&self) -> &[u8] {
        &self.payload
    }
}

/// A JWS that waits for its signature, so that a key in hardware can sign while nothing else is held.
pub struct Unsigned {
    signing_input: String,
}

impl Unsigned {
    /// Encodes header and payload. `alg` is set to ES256.
    #[must_use]
    pub fn new(mut header: Map<String, Value>, payload: &Value) -> Self {
        header.insert("alg".to_owned(), Value::from("ES256"));
        let mut signing_input = base64url::encode(Value::Object(header).to_string().as_bytes());
        signing_input.push('.');
        base64url::encode_into(payload.to_string().as_bytes(), &mut signing_input);
        Self { signing_input }
    }

    /// What the key signs (ES256 over these bytes).
    #[must_use]
    pub fn signing_input(&self) -> &[u8] {
        self.signing_input.as_bytes()
    }

    /// The compact JWS.
    #[must_use]
    pub fn finish(self, signature: &Signature) -> String {
        let mut out = self.signing_input;
        out.push('.');
        base64url::encode_into(&signature.to_raw(), &mut out);
        out
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::crypto::p256::SecretKey;

    fn signed(header: Value, payload: &Value, key: &SecretKey) -> String {
        let unsigned = Unsigned::new(header.as_object().unwrap().clone(), payload);
        let signature = key.sign(unsigned.signing_input());
        unsigned.finish(&signature)
    }

    #[test]
    fn verifies_with_the_right_key_only() {
        let (key, other) = (SecretKey::random().unwrap(), SecretKey::random().unwrap());
        let compact = signed(json!({ "typ": "x" }), &json!({ "a": 1 }), &key);
        let jws = Jws::parse(&compact, "t").unwrap();
        assert_eq!(jws.verify(&key.public_key()).unwrap(), br#"{"a":1}"#);
        assert!(jws.verify(&other.public_key()).is_none());
    }

    #[test]
    fn another_algorithm_does_not_verify_even_with_a_good_signature() {
        let key = SecretKey::random().unwrap();
        for alg in ["none", "HS256", "ES384", "es256"] {
            let header = base64url::encode(format!(r#"{{"alg":"{alg}"}}"#).as_bytes());
            let input = format!("{header}.{}", base64url::encode(b"{}"));
            let signature = base64url::encode(&key.sign(input.as_bytes()).to_raw());
            let compact = format!("{input}.{signature}");
            assert!(Jws::parse(&compact, "t").unwrap().verify(&key.public_key()).is_none(), "{alg}");
        }
    }

    #[test]
    fn crit_is_refused() {
        let key = SecretKey::random().unwrap();
        let compact = signed(json!({ "crit": ["exp"] }), &json!({}), &key);
        assert_eq!(Jws::parse(&compact, "t").err().map(|e| e.code()), Some(Code::JwsCriticalUnknown));
    }

    #[test]
    fn the_form_is_strict() {
        let key = SecretKey::random().unwrap();
        let good = signed(json!({}), &json!({}), &key);
        for bad in [
            good.replacen('.', "", 1),
            format!("{good}.x"),
            format!("{good}="),
            format!(" {good}"),
            good.rsplit_once('.').unwrap().0.to_owned(),
        ] {
            assert!(Jws::parse(&bad, "t").is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "[A-Za-z0-9_.=-]{0,200}") {
            let _ = Jws::parse(&text, "t");
        }
    }
}
