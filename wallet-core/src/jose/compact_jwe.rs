//! The compact form of a JWE with AES-GCM (RFC 7516 3.1): five base64url parts, whatever encrypts the key.

use super::base64url;
use crate::crypto::aead;
use crate::error::{Code, Result};

/// A compact JWE taken apart.
pub(super) struct CompactJwe<'a> {
    /// The protected header as it stands there: it is the associated data.
    pub(super) protected: &'a str,
    /// Decoded; empty where the key is agreed on directly.
    pub(super) encrypted_key: Vec<u8>,
    pub(super) nonce: [u8; aead::NONCE],
    /// Ciphertext ‖ tag.
    pub(super) sealed: Vec<u8>,
}

impl<'a> CompactJwe<'a> {
    /// Takes a text apart.
    ///
    /// # Errors
    /// [`Code::JweMalformed`].
    pub(super) fn parse(compact: &'a str) -> Result<Self> {
        let malformed = || Code::JweMalformed.error();
        let mut parts = compact.split('.');
        let mut part = || parts.next().ok_or_else(malformed);
        let (protected, encrypted_key, nonce, ciphertext, tag) =
            (part()?, part()?, part()?, part()?, part()?);
        if parts.next().is_some() {
            return Err(malformed());
        }
        let decode = |text: &str| base64url::decode(text, "JWE").map_err(|_| malformed());
        let nonce = decode(nonce)?.try_into().map_err(|_| malformed())?;
        let (mut sealed, tag) = (decode(ciphertext)?, decode(tag)?);
        if tag.len() != aead::TAG {
            return Err(malformed());
        }
        sealed.extend_from_slice(&tag);
        Ok(Self { protected, encrypted_key: decode(encrypted_key)?, nonce, sealed })
    }

    /// The protected header, decoded.
    ///
    /// # Errors
    /// [`Code::JweMalformed`].
    pub(super) fn header(&self) -> Result<Vec<u8>> {
        base64url::decode(self.protected, "JWE header").map_err(|_| Code::JweMalformed.error())
    }
}

/// Encrypts the content and puts the parts together. `protected` is encoded already.
///
/// # Errors
/// [`Code::Internal`] for a key that is none of AES-GCM.
pub(super) fn seal(
    protected: String,
    encrypted_key: &[u8],
    cek: &[u8],
    nonce: &[u8; aead::NONCE],
    plaintext: &[u8],
) -> Result<String> {
    let sealed = aead::encrypt(cek, nonce, protected.as_bytes(), plaintext)?;
    let (ciphertext, tag) =
        sealed.split_last_chunk::<{ aead::TAG }>().ok_or_else(|| Code::Internal.at("AES-GCM tag"))?;
    let mut out = protected;
    out.reserve(sealed.len() * 4 / 3 + 128);
    for part in [encrypted_key, nonce, ciphertext, tag] {
        out.push('.');
        base64url::encode_into(part, &mut out);
    }
    Ok(out)
}
