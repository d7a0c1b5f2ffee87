//! AES-GCM: 256-bit with a random nonce for the vault, 128 and 256-bit with a given nonce for JWE.

use aes_gcm::aead::{Aead, AeadInOut, Payload};
use aes_gcm::{Aes128Gcm, Aes256Gcm, KeyInit};
use zeroize::Zeroizing;

use super::random;
use super::secret::{Key, SecretBytes};
use crate::error::{Code, Result};

/// Bytes of a nonce.
pub const NONCE: usize = 12;
/// Bytes of an authentication tag.
pub const TAG: usize = 16;

/// AES-256-GCM with one key, which is expanded once for all its uses. On the heap, so that moving the value leaves no copy
/// behind; wiped when dropped.
pub struct Cipher(Box<Aes256Gcm>);

impl Cipher {
    /// The cipher with this key.
    #[must_use]
    pub fn new(key: &Key) -> Self {
        Self(Box::new(Aes256Gcm::new(key.expose().into())))
    }

    /// Encrypts under a fresh random nonce: nonce ‖ ciphertext ‖ tag.
    ///
    /// # Errors
    /// When the operating system gives no random bytes.
    pub fn seal(&self, associated_data: &[u8], plaintext: &[u8]) -> Result<Vec<u8>> {
        let nonce: [u8; NONCE] = random::array()?;
        let payload = Payload { msg: plaintext, aad: associated_data };
        let encrypted = self.0.encrypt(&nonce.into(), payload).map_err(|_| Code::Internal.at("AES-GCM"))?;
        let mut out = Vec::with_capacity(NONCE + encrypted.len());
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&encrypted);
        Ok(out)
    }

    /// Opens what [`Cipher::seal`] made. `None` when key, associated data or a single bit differ.
    #[must_use]
    pub fn open(&self, associated_data: &[u8], sealed: &[u8]) -> Option<SecretBytes> {
        let (nonce, ciphertext) = sealed.split_first_chunk::<NONCE>()?;
        let payload = Payload { msg: ciphertext, aad: associated_data };
        self.0.decrypt(&(*nonce).into(), payload).ok().map(Zeroizing::new)
    }

    /// As [`Cipher::open`], into memory that serves again and again: `out` has the plaintext, or nothing when this is false.
    pub fn open_into(&self, associated_data: &[u8], sealed: &[u8], out: &mut SecretBytes) -> bool {
        out.clear();
        let Some((nonce, ciphertext)) = sealed.split_first_chunk::<NONCE>() else { return false };
        if out.capacity() < ciphertext.len() {
            // A vector that grows by itself would leave what was in it behind.
            *out = Zeroizing::new(Vec::with_capacity(ciphertext.len().saturating_mul(2)));
        }
        out.extend_from_slice(ciphertext);
        let opened = self.0.decrypt_in_place(&(*nonce).into(), associated_data, &mut **out).is_ok();
        if !opened {
            out.clear();
        }
        opened
    }
}

/// [`Cipher::seal`] with a key that is used once.
///
/// # Errors
/// When the operating system gives no random bytes.
pub fn seal(key: &Key, associated_data: &[u8], plaintext: &[u8]) -> Result<Vec<u8>> {
    Cipher::new(key).seal(associated_data, plaintext)
}

/// [`Cipher::open`] with a key that is used once.
#[must_use]
pub fn open(key: &Key, associated_data: &[u8], sealed: &[u8]) -> Option<SecretBytes> {
    Cipher::new(key).open(associated_data, sealed)
}

/// AES-128-GCM or AES-256-GCM, by the length of the key: ciphertext ‖ tag.
///
/// # Errors
/// [`Code::Internal`] for another key length.
pub fn encrypt(key: &[u8], nonce: &[u8; NONCE], associated_data: &[u8], plaintext: &[u8]) -> Result<Vec<u8>> {
    let payload = Payload { msg: plaintext, aad: associated_data };
    let internal = |_| Code::Internal.at("AES-GCM");
    match key.len() {
        16 => Aes128Gcm::new_from_slice(key)
            .map_err(|_| Code::Internal.at("AES key"))?
            .encrypt(&(*nonce).into(), payload)
            .map_err(internal),
        32 => Aes256Gcm::new_from_slice(key)
            .map_err(|_| Code::Internal.at("AES key"))?
            .encrypt(&(*nonce).into(), payload)
            .map_err(internal),
        _ => Err(Code::Internal.at("AES key length")),
    }
}

/// Opens what [`encrypt`] made; `None` when anything differs.
#[must_use]
pub fn decrypt(
    key: &[u8],
    nonce: &[u8; NONCE],
    associated_data: &[u8],
    ciphertext: &[u8],
) -> Option<SecretBytes> {
    let payload = Payload { msg: ciphertext, aad: associated_data };
    match key.len() {
        16 => Aes128Gcm::new_from_slice(key).ok()?.decrypt(&(*nonce).into(), payload).ok(),
        32 => Aes256Gcm::new_from_slice(key).ok()?.decrypt(&(*nonce).into(), payload).ok(),
        _ => None,
    }
    .map(Zeroizing::new)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn opens_only_what_was_sealed(
            plaintext in proptest::collection::vec(any::<u8>(), 0..200),
            aad in proptest::collection::vec(any::<u8>(), 0..40),
            flip in any::<proptest::sample::Index>(),
        ) {
            let key = Key::random().unwrap();
            let sealed = seal(&key, &aad, &plaintext).unwrap();
            let opened = open(&key, &aad, &sealed).unwrap();
            prop_assert_eq!(opened.as_slice(), plaintext.as_slice());
            let mut again = SecretBytes::new(b"what was there before".to_vec());
            let cipher = Cipher::new(&key);
            prop_assert!(cipher.open_into(&aad, &sealed, &mut again));
            prop_assert_eq!(again.as_slice(), plaintext.as_slice());

            let mut bad = sealed.clone();
            let at = flip.index(bad.len());
            bad[at] ^= 1;
            prop_assert!(open(&key, &aad, &bad).is_none());
            prop_assert!(!cipher.open_into(&aad, &bad, &mut again) && again.is_empty());

            let mut other = aad.clone();
            other.push(0);
            prop_assert!(open(&key, &other, &sealed).is_none());
            prop_assert!(open(&Key::random().unwrap(), &aad, &sealed).is_none());
        }
    }
}
