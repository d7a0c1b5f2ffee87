//! Key derivation: HKDF-SHA-256 (RFC 5869), HMAC-SHA-256, and the Concat KDF of JOSE (RFC 7518 4.6.2).

use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::secret::Key;
use crate::error::{Code, Result};

/// HKDF-SHA-256: a 256-bit key from `secret`, for the one purpose that `info` names.
///
/// # Errors
/// [`Code::Internal`], which cannot happen for 32 bytes.
pub fn hkdf_sha256(secret: &[u8], salt: &[u8], info: &[u8]) -> Result<Key> {
    Key::fill_with(|out| {
        Hkdf::<Sha256>::new(Some(salt), secret)
            .expand(info, out)
            .map_err(|_| Code::Internal.at("HKDF length"))
    })
}

/// HMAC-SHA-256 over the parts, one after another.
///
/// # Errors
/// [`Code::Internal`], which cannot happen for a 32-byte key.
pub fn hmac_sha256(key: &Key, parts: &[&[u8]]) -> Result<[u8; 32]> {
    let mut mac =
        Hmac::<Sha256>::new_from_slice(key.expose()).map_err(|_| Code::Internal.at("HMAC key length"))?;
    for part in parts {
        mac.update(part);
    }
    Ok(mac.finalize().into_bytes().into())
}

/// The Concat KDF with SHA-256 for `ECDH-ES` in direct mode (RFC 7518 4.6.2): at most 256 bits, so one round.
///
/// `algorithm_id` is the `enc` name; `apu` and `apv` are the decoded header members, empty when absent.
#[must_use]
pub fn concat_kdf(
    shared_secret: &[u8],
    algorithm_id: &str,
    apu: &[u8],
    apv: &[u8],
    key_bytes: usize,
) -> Zeroizing<Vec<u8>> {
    let mut hasher = Sha256::new();
    hasher.update(1u32.to_be_bytes());
    hasher.update(shared_secret);
    for part in [algorithm_id.as_bytes(), apu, apv] {
        hasher.update(u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        hasher.update(part);
    }
    hasher.update(u32::try_from(key_bytes * 8).unwrap_or(u32::MAX).to_be_bytes());
    let block = Zeroizing::new(<[u8; 32]>::from(hasher.finalize()));
    Zeroizing::new(block.iter().copied().take(key_bytes).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{hex, vector};

    #[test]
    fn concat_kdf_gives_the_key_of_rfc_7518_appendix_c() {
        let Some(v) = vector("jwa-rfc7518-appendix-c.json") else { return };
        let text = |name: &str| v[name].as_str().unwrap().to_owned();
        let z = hex(&text("z_hex"));
        let key = concat_kdf(&z, &text("enc"), b"Alice", b"Bob", 16);
        assert_eq!(crate::jose::base64url::encode(&key), text("derived_key_b64u"));
    }
}
