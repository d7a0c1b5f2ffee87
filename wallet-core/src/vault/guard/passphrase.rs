//! What opens the root key. A guard wraps the root key; changing one rewraps and never touches a record.
//!
//! Today there is one kind, a passphrase, for the desktop. A PIN is not enough to be a guard by itself: a million PINs
//! are hours of work on a copied file, so it will only ever wrap together with a secret from the phone's hardware.

use minicbor::{Decode, Encode};

use super::seal::Id;
use crate::crypto::passphrase::{self, Cost};
use crate::crypto::secret::Key;
use crate::crypto::{aead, kdf, random};
use crate::error::{Code, Result};
use crate::limits;

/// A guard as it lies in the file. The header is readable before unlocking, and bound to what it wraps.
pub(super) struct Guard {
    pub(super) id: Id,
    pub(super) header: Vec<u8>,
    pub(super) wrapped: Vec<u8>,
}

/// The root key, and the guard that it came out of.
pub(crate) struct RootKey {
    pub(super) key: Key,
    pub(super) guard: Guard,
}

/// The kind of a guard and what its derivation needs.
#[derive(Encode, Decode)]
enum Header {
    #[n(0)]
    Passphrase {
        #[cbor(n(0), with = "minicbor::bytes")]
        salt: [u8; 16],
        #[n(1)]
        memory_kib: u32,
        #[n(2)]
        passes: u32,
    },
}

impl Guard {
    /// Wraps the root key under a passphrase (UTF-8). Slow: Argon2id.
    ///
    /// # Errors
    /// [`Code::PassphraseTooShort`] under [`limits::PASSPHRASE_MIN_CHARS`] characters.
    pub(super) fn passphrase(root: &Key, vault: &Id, passphrase: &[u8]) -> Result<Self> {
        check_length(passphrase)?;
        let (salt, cost) = (random::array()?, Cost::DEFAULT);
        let header = Header::Passphrase { salt, memory_kib: cost.memory_kib, passes: cost.passes };
        let header = minicbor::to_vec(&header).map_err(|_| Code::Internal.at("guard"))?;
        let id = random::array()?;
        let key = wrapping_key(passphrase, &salt, cost)?;
        let wrapped = aead::seal(&key, &associated_data(vault, &id, &header), root.expose())?;
        Ok(Self { id, header, wrapped })
    }

    /// Opens the root key with a passphrase; `None` when it is not this guard's.
    ///
    /// # Errors
    /// [`Code::GuardParametersInvalid`] when the stored cost is out of bounds or the header cannot be read.
    pub(super) fn open(&self, vault: &Id, passphrase: &[u8]) -> Result<Option<Key>> {
        if passphrase.len() > limits::PASSPHRASE_MAX {
            return Ok(None);
        }
        let header: Header =
            minicbor::decode(&self.header).map_err(|_| Code::GuardParametersInvalid.at("guard header"))?;
        let Header::Passphrase { salt, memory_kib, passes } = header;
        let key = wrapping_key(passphrase, &salt, Cost { memory_kib, passes })?;
        let aad = associated_data(vault, &self.id, &self.header);
        let Some(root) = aead::open(&key, &aad, &self.wrapped) else { return Ok(None) };
        let root: &[u8; 32] = root.as_slice().try_into().map_err(|_| Code::GuardParametersInvalid.error())?;
        Key::fill_with(|out| {
            out.copy_from_slice(root);
            Ok(())
        })
        .map(Some)
    }
}

/// Whether a new passphrase is long enough, and not too long.
///
/// # Errors
/// [`Code::PassphraseTooShort`].
pub(crate) fn check_length(passphrase: &[u8]) -> Result<()> {
    let text = std::str::from_utf8(passphrase).map_err(|_| Code::PassphraseTooShort.at("not UTF-8"))?;
    if text.chars().count() < limits::PASSPHRASE_MIN_CHARS || passphrase.len() > limits::PASSPHRASE_MAX {
        return Err(Code::PassphraseTooShort.error());
    }
    Ok(())
}

fn wrapping_key(passphrase: &[u8], salt: &[u8; 16], cost: Cost) -> Result<Key> {
    let stretched = passphrase::derive(passphrase, salt, cost)?;
    kdf::hkdf_sha256(stretched.expose(), salt, b"wallet-core/1/guard/passphrase")
}

fn associated_data(vault: &Id, id: &Id, header: &[u8]) -> Vec<u8> {
    [b"wc guard".as_slice(), vault, id, header].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_passphrase_opens_and_only_here() {
        let root = Key::random().unwrap();
        let guard = Guard::passphrase(&root, &[1; 16], "mot de passe élevé".as_bytes()).unwrap();
        let opened = guard.open(&[1; 16], "mot de passe élevé".as_bytes()).unwrap();
        assert_eq!(opened.map(|key| *key.expose()), Some(*root.expose()));
        assert!(guard.open(&[1; 16], b"mot de passe eleve").unwrap().is_none());
        assert!(guard.open(&[2; 16], "mot de passe élevé".as_bytes()).unwrap().is_none());
    }

    #[test]
    fn a_weakened_header_is_refused_before_any_work() {
        let root = Key::random().unwrap();
        let mut guard = Guard::passphrase(&root, &[1; 16], b"long enough").unwrap();
        guard.header =
            minicbor::to_vec(Header::Passphrase { salt: [0; 16], memory_kib: 8, passes: 1 }).unwrap();
        let code = guard.open(&[1; 16], b"long enough").err().map(|e| e.code());
        assert_eq!(code, Some(Code::GuardParametersInvalid));
    }

    #[test]
    fn short_passphrases_are_refused() {
        let root = Key::random().unwrap();
        let code = Guard::passphrase(&root, &[1; 16], b"1234567").err().map(|e| e.code());
        assert_eq!(code, Some(Code::PassphraseTooShort));
    }
}
