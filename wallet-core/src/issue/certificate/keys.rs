//! Private keys as text (PKCS#8 in PEM, RFC 5958 and RFC 7468), for a folder of test keys. A wallet's keys never come here.

use p256::pkcs8::{DecodePrivateKey, EncodePrivateKey, LineEnding};
use zeroize::Zeroizing;

use crate::crypto::p256::SecretKey;
use crate::error::{Code, Result};

/// The key as PEM.
///
/// # Errors
/// [`Code::Internal`], which cannot happen for a valid key.
pub fn to_pem(key: &SecretKey) -> Result<Zeroizing<String>> {
    let failed = |_| Code::Internal.at("PKCS#8");
    let key =
        p256::SecretKey::from_slice(key.to_bytes().as_slice()).map_err(|_| Code::Internal.at("PKCS#8"))?;
    key.to_pkcs8_pem(LineEnding::LF).map_err(failed)
}

/// The key of a PEM text.
///
/// # Errors
/// [`Code::CurvePointInvalid`] when it is not PKCS#8 PEM, or not on P-256.
pub fn from_pem(text: &str) -> Result<SecretKey> {
    let key = p256::SecretKey::from_pkcs8_pem(text).map_err(|_| Code::CurvePointInvalid.at("PKCS#8"))?;
    SecretKey::from_bytes(&Zeroizing::new(key.to_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_comes_back_as_it_went() {
        let key = SecretKey::random().unwrap();
        let pem = to_pem(&key).unwrap();
        assert!(pem.starts_with("-----BEGIN PRIVATE KEY-----\n"));
        assert_eq!(*from_pem(&pem).unwrap().to_bytes(), *key.to_bytes());
    }

    #[test]
    fn other_text_is_refused() {
        for text in ["", "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n"] {
            assert_eq!(from_pem(text).err().map(|error| error.code()), Some(Code::CurvePointInvalid));
        }
    }
}
