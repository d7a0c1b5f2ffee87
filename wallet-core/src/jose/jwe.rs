//! Compact JWE (RFC 7516) with ECDH-ES in direct mode on P-256 and A128GCM or A256GCM.

use serde_json::{Value, json};

use super::base64url;
use super::compact_jwe::{self, CompactJwe};
use super::jwk::{Jwk, public_members};
use crate::crypto::p256::SecretKey;
use crate::crypto::secret::SecretBytes;
use crate::crypto::{aead, kdf, random};
use crate::error::{Code, Result};
use crate::json;

/// Content encryption (`enc`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Enc {
    /// AES-128-GCM; the default of OpenID4VP 1.0 when the verifier lists nothing.
    A128Gcm,
    /// AES-256-GCM; preferred where offered.
    A256Gcm,
}

impl Enc {
    /// By its JOSE name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "A128GCM" => Some(Self::A128Gcm),
            "A256GCM" => Some(Self::A256Gcm),
            _ => None,
        }
    }

    /// The JOSE name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::A128Gcm => "A128GCM",
            Self::A256Gcm => "A256GCM",
        }
    }

    const fn key_bytes(self) -> usize {
        match self {
            Self::A128Gcm => 16,
            Self::A256Gcm => 32,
        }
    }
}

/// Encrypts to `recipient` under a fresh ephemeral key. Its `kid` is echoed; `apu` and `apv` are left out
/// (OpenID4VP 1.0 8.3 gives them no meaning).
///
/// # Errors
/// When the operating system gives no random bytes.
pub fn encrypt(recipient: &Jwk, enc: Enc, plaintext: &[u8]) -> Result<String> {
    let ephemeral = SecretKey::random()?;
    let mut header = json!({
        "alg": "ECDH-ES",
        "enc": enc.name(),
        "epk": public_members(&ephemeral.public_key()),
    });
    if let (Some(kid), Some(object)) = (&recipient.kid, header.as_object_mut()) {
        object.insert("kid".to_owned(), Value::from(kid.as_str()));
    }
    let shared = ephemeral.agree(&recipient.key);
    let cek = kdf::concat_kdf(shared.as_slice(), enc.name(), b"", b"", enc.key_bytes());
    let nonce: [u8; aead::NONCE] = random::array()?;

    let protected = base64url::encode(header.to_string().as_bytes());
    compact_jwe::seal(protected, &[], &cek, &nonce, plaintext)
}

/// Decrypts what was encrypted to `key`.
///
/// # Errors
/// [`Code::JweMalformed`] for a wrong form, [`Code::JweAlgUnsupported`] for other algorithms,
/// [`Code::JweUndecryptable`] when key or content differ.
pub fn decrypt(compact: &str, key: &SecretKey) -> Result<SecretBytes> {
    let malformed = || Code::JweMalformed.error();
    let jwe = CompactJwe::parse(compact)?;
    if !jwe.encrypted_key.is_empty() {
        return Err(malformed());
    }
    let header = json::parse_object(&jwe.header()?, "JWE header")?;
    let text = |name: &str| header.get(name).and_then(Value::as_str);
    if text("alg") != Some("ECDH-ES") || header.contains_key("zip") || header.contains_key("crit") {
        return Err(Code::JweAlgUnsupported.error());
    }
    let enc = text("enc").and_then(Enc::from_name).ok_or(Code::JweAlgUnsupported)?;
    let ephemeral = Jwk::from_json(header.get("epk").ok_or_else(malformed)?)?;
    let party = |name: &str| match text(name) {
        Some(value) => base64url::decode(value, "JWE header").map_err(|_| malformed()),
        None => Ok(Vec::new()),
    };
    let (apu, apv) = (party("apu")?, party("apv")?);

    let shared = key.agree(&ephemeral.key);
    let cek = kdf::concat_kdf(shared.as_slice(), enc.name(), &apu, &apv, enc.key_bytes());
    aead::decrypt(&cek, &jwe.nonce, jwe.protected.as_bytes(), &jwe.sealed)
        .ok_or_else(|| Code::JweUndecryptable.error())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::vector;

    #[test]
    fn decrypts_the_example_of_openid4vp_8_3() {
        let Some(v) = vector("openid4vp-1.0-jwe-response.json") else { return };
        let d = base64url::decode(v["private_jwk"]["d"].as_str().unwrap(), "d").unwrap();
        let key = SecretKey::from_bytes(&d).unwrap();
        let plain = decrypt(v["jwe"].as_str().unwrap(), &key).unwrap();
        assert_eq!(plain.as_slice(), v["plaintext"].as_str().unwrap().as_bytes());
    }

    #[test]
    fn round_trip_and_every_changed_part_is_refused() {
        let key = SecretKey::random().unwrap();
        let recipient = Jwk { kid: Some("k1".to_owned()), ..Jwk::new(key.public_key()) };
        for enc in [Enc::A128Gcm, Enc::A256Gcm] {
            let compact = encrypt(&recipient, enc, b"hello").unwrap();
            assert_eq!(decrypt(&compact, &key).unwrap().as_slice(), b"hello");
            let other = SecretKey::random().unwrap();
            assert_eq!(decrypt(&compact, &other).unwrap_err().code(), Code::JweUndecryptable);

            let header = base64url::decode(compact.split('.').next().unwrap(), "h").unwrap();
            let header: Value = serde_json::from_slice(&header).unwrap();
            assert_eq!(header["kid"], "k1");
            assert_eq!(header["enc"], enc.name());

            for at in [0, 2, 3, 4] {
                let mut parts: Vec<String> = compact.split('.').map(str::to_owned).collect();
                let first = if parts[at].starts_with('A') { 'B' } else { 'A' };
                parts[at].replace_range(0..1, &first.to_string());
                assert!(decrypt(&parts.join("."), &key).is_err(), "part {at}");
            }
        }
    }
}
