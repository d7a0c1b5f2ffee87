//! What opens the root key. A guard wraps the root key; adding, changing or removing one rewraps and never touches a
//! record. There is at most one guard of each kind, and always one that does not need this phone.
//!
//! | guard | key that wraps |
//! | --- | --- |
//! | passphrase | HKDF(Argon2id(passphrase)) |
//! | PIN | HKDF(Argon2id(PIN) ‖ guard secret): a million PINs are hours of work, so it never wraps alone |
//! | biometrics | HKDF(guard secret), which the phone gives after its own check |
//! | recovery key | HKDF(128 random bits) |
//!
//! The guard secret is 32 random bytes that the phone's secure hardware seals ([`crate::platform::SecureArea::seal`]).

pub(super) mod attempts;
mod pin;
mod recovery_key;

use std::time::Instant;

use minicbor::{Decode, Encode};
pub use recovery_key::RecoveryKey;
use rusqlite::Connection;

use super::file::storage;
use super::manifest::Stamp;
use super::seal::Id;
use crate::crypto::hash::sha256_parts;
use crate::crypto::passphrase::{self, Cost};
use crate::crypto::secret::{Key, SecretBytes};
use crate::crypto::{aead, kdf, random};
use crate::error::{Code, Result, WalletError};
use crate::limits;
use crate::platform::Moment;

/// The kinds of guards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum GuardKind {
    /// A passphrase.
    Passphrase,
    /// A PIN, on this phone only.
    Pin,
    /// The platform's biometric check, on this phone only.
    Biometrics,
    /// A written key, for when everything else is lost.
    RecoveryKey,
}

impl GuardKind {
    /// Whether it opens the wallet's file on another phone, too.
    #[must_use]
    pub fn travels(self) -> bool {
        matches!(self, Self::Passphrase | Self::RecoveryKey)
    }
}

/// A guard as it lies in the file. The header is readable before unlocking, and bound to what it wraps.
pub(super) struct Guard {
    pub(super) id: Id,
    pub(super) header: Vec<u8>,
    pub(super) wrapped: Vec<u8>,
    /// Of a PIN: the sealed count of wrong ones.
    pub(super) attempts: Option<Vec<u8>>,
}

/// The root key, and the guard that it came out of.
pub(crate) struct RootKey {
    pub(super) key: Key,
    pub(super) guard: Guard,
    /// The guard as it should be from now on, when its cost has fallen behind.
    pub(super) strengthened: Option<Guard>,
}

/// What a new guard is made of.
pub(crate) enum NewGuard {
    /// UTF-8.
    Passphrase(SecretBytes),
    /// ASCII digits; the guard secret and how the area sealed it.
    Pin(SecretBytes, SealedSecret),
    Biometrics(SealedSecret),
    RecoveryKey(RecoveryKey),
}

/// A guard secret with its sealed form, under the id of the guard that will have it.
pub(crate) struct SealedSecret {
    pub(crate) guard: Id,
    pub(crate) secret: Key,
    pub(crate) sealed: Vec<u8>,
}

/// What a guard is opened with.
pub(crate) enum Opening {
    /// UTF-8.
    Passphrase(SecretBytes),
    /// The PIN, the guard secret as the phone gave it, and when.
    Pin(SecretBytes, Key, Moment),
    /// The guard secret as the phone gave it.
    Biometrics(Key),
    /// As it was typed.
    RecoveryKey(SecretBytes),
}

impl Opening {
    /// Whether it would open a copy of the file on another phone, which this may be.
    pub(crate) fn travels(&self) -> bool {
        self.kind().travels()
    }

    pub(super) fn kind(&self) -> GuardKind {
        match self {
            Self::Passphrase(_) => GuardKind::Passphrase,
            Self::Pin(..) => GuardKind::Pin,
            Self::Biometrics(_) => GuardKind::Biometrics,
            Self::RecoveryKey(_) => GuardKind::RecoveryKey,
        }
    }

    /// The error of one that opens nothing.
    pub(super) fn wrong(&self) -> WalletError {
        match self {
            Self::Passphrase(_) => Code::PassphraseWrong,
            Self::Pin(..) => Code::PinWrong,
            Self::Biometrics(_) => Code::KeyDidNotTravel,
            Self::RecoveryKey(_) => Code::RecoveryKeyWrong,
        }
        .error()
    }
}

/// The kind of a guard and what its derivation needs. Numbers are the format of the file.
#[derive(Encode, Decode)]
pub(super) enum Header {
    #[n(0)]
    Passphrase {
        #[cbor(n(0), with = "minicbor::bytes")]
        salt: [u8; 16],
        #[n(1)]
        memory_kib: u32,
        #[n(2)]
        passes: u32,
    },
    #[n(1)]
    Pin {
        #[cbor(n(0), with = "minicbor::bytes")]
        salt: [u8; 16],
        #[n(1)]
        memory_kib: u32,
        #[n(2)]
        passes: u32,
        /// The guard secret, sealed by the secure area.
        #[cbor(n(3), with = "minicbor::bytes")]
        sealed: Vec<u8>,
    },
    #[n(2)]
    Biometrics {
        #[cbor(n(0), with = "minicbor::bytes")]
        sealed: Vec<u8>,
    },
    #[n(3)]
    RecoveryKey {
        #[cbor(n(0), with = "minicbor::bytes")]
        salt: [u8; 16],
    },
}

impl Header {
    fn kind(&self) -> GuardKind {
        match self {
            Self::Passphrase { .. } => GuardKind::Passphrase,
            Self::Pin { .. } => GuardKind::Pin,
            Self::Biometrics { .. } => GuardKind::Biometrics,
            Self::RecoveryKey { .. } => GuardKind::RecoveryKey,
        }
    }
}

impl Guard {
    /// All guards as they lie in a file.
    ///
    /// # Errors
    /// [`Code::VaultUnreadable`] and others of the storage.
    pub(super) fn rows(connection: &Connection) -> Result<Vec<Self>> {
        let mut statement = connection.prepare_cached("SELECT * FROM guard").map_err(storage)?;
        let guards = statement
            .query_map([], |row| {
                Ok(Self {
                    id: row.get("id")?,
                    header: row.get("header")?,
                    wrapped: row.get("wrapped")?,
                    // The first format had none.
                    attempts: row.get("attempts").unwrap_or(None),
                })
            })
            .map_err(storage)?;
        guards.collect::<rusqlite::Result<Vec<_>>>().map_err(storage)
    }

    /// Wraps the root key. Slow where a passphrase or PIN is stretched.
    ///
    /// # Errors
    /// [`Code::PassphraseTooShort`], [`Code::PinTooWeak`].
    pub(super) fn new(root: &Key, vault: &Id, guard: NewGuard) -> Result<Self> {
        let salt = random::array()?;
        match guard {
            NewGuard::Passphrase(passphrase) => {
                check_passphrase(&passphrase)?;
                let (stretched, cost) = stretch_new(&passphrase, &salt)?;
                let header = Header::Passphrase { salt, memory_kib: cost.memory_kib, passes: cost.passes };
                let key = kdf::hkdf_sha256(stretched.expose(), &salt, PASSPHRASE)?;
                Self::wrap(root, vault, random::array()?, &header, &key)
            }
            NewGuard::Pin(pin, SealedSecret { guard, secret, sealed }) => {
                pin::check(&pin)?;
                let (stretched, cost) = stretch_new(&pin, &salt)?;
                let header = Header::Pin { salt, memory_kib: cost.memory_kib, passes: cost.passes, sealed };
                let key = pin::wrapping_key(&stretched, &secret, &salt)?;
                let mut made = Self::wrap(root, vault, guard, &header, &key)?;
                made.attempts = Some(attempts::none(vault, &guard, &secret)?);
                Ok(made)
            }
            NewGuard::Biometrics(SealedSecret { guard, secret, sealed }) => {
                let key = kdf::hkdf_sha256(secret.expose(), &guard, BIOMETRICS)?;
                Self::wrap(root, vault, guard, &Header::Biometrics { sealed }, &key)
            }
            NewGuard::RecoveryKey(written) => {
                let key = kdf::hkdf_sha256(written.bits(), &salt, RECOVERY_KEY)?;
                Self::wrap(root, vault, random::array()?, &Header::RecoveryKey { salt }, &key)
            }
        }
    }

    /// Opens the root key; `None` when this is not what opens it. Slow where a passphrase or PIN is stretched. Of a PIN the
    /// attempt was counted before.
    ///
    /// # Errors
    /// [`Code::GuardParametersInvalid`] when the stored cost is out of bounds or the header cannot be read;
    /// [`Code::RecoveryKeyMalformed`].
    pub(super) fn open(&self, vault: &Id, opening: &Opening) -> Result<Option<Opened>> {
        let (key, behind) = match (self.header()?, opening) {
            (Header::Passphrase { salt, memory_kib, passes }, Opening::Passphrase(passphrase)) => {
                let cost = Cost { memory_kib, passes };
                let Some((stretched, behind)) = stretch(passphrase, &salt, cost)? else { return Ok(None) };
                (kdf::hkdf_sha256(stretched.expose(), &salt, PASSPHRASE)?, behind)
            }
            (Header::Pin { salt, memory_kib, passes, .. }, Opening::Pin(pin, secret, _)) => {
                let cost = Cost { memory_kib, passes };
                let Some((stretched, behind)) = stretch(pin, &salt, cost)? else { return Ok(None) };
                (pin::wrapping_key(&stretched, secret, &salt)?, behind)
            }
            (Header::Biometrics { .. }, Opening::Biometrics(secret)) => {
                (kdf::hkdf_sha256(secret.expose(), &self.id, BIOMETRICS)?, false)
            }
            (Header::RecoveryKey { salt }, Opening::RecoveryKey(typed)) => {
                let written = RecoveryKey::typed(typed)?;
                (kdf::hkdf_sha256(written.bits(), &salt, RECOVERY_KEY)?, false)
            }
            _ => return Ok(None),
        };
        let aad = associated_data(vault, &self.id, &self.header);
        let Some(root) = aead::open(&key, &aad, &self.wrapped) else { return Ok(None) };
        let root: &[u8; 32] = root.as_slice().try_into().map_err(|_| Code::GuardParametersInvalid.error())?;
        let root = Key::fill_with(|out| {
            out.copy_from_slice(root);
            Ok(())
        })?;
        Ok(Some(Opened { root, behind }))
    }

    /// Wraps the root key anew under what just opened it, at today's cost.
    pub(super) fn strengthen(&self, root: &Key, vault: &Id, opening: &Opening) -> Result<Self> {
        let salt = random::array()?;
        match (self.header()?, opening) {
            (Header::Passphrase { .. }, Opening::Passphrase(passphrase)) => {
                let (stretched, Cost { memory_kib, passes }) = stretch_new(passphrase, &salt)?;
                let key = kdf::hkdf_sha256(stretched.expose(), &salt, PASSPHRASE)?;
                Self::wrap(root, vault, self.id, &Header::Passphrase { salt, memory_kib, passes }, &key)
            }
            (Header::Pin { sealed, .. }, Opening::Pin(pin, secret, _)) => {
                let (stretched, Cost { memory_kib, passes }) = stretch_new(pin, &salt)?;
                let key = pin::wrapping_key(&stretched, secret, &salt)?;
                let header = Header::Pin { salt, memory_kib, passes, sealed };
                let mut made = Self::wrap(root, vault, self.id, &header, &key)?;
                made.attempts = Some(attempts::none(vault, &self.id, secret)?);
                Ok(made)
            }
            _ => Err(Code::Internal.at("guard")),
        }
    }

    /// The same guard without wrong attempts.
    pub(super) fn forgiven(&self, vault: &Id, opening: &Opening) -> Result<Self> {
        let Opening::Pin(_, secret, _) = opening else { return Err(Code::Internal.at("guard")) };
        Ok(Self {
            id: self.id,
            header: self.header.clone(),
            wrapped: self.wrapped.clone(),
            attempts: Some(attempts::none(vault, &self.id, secret)?),
        })
    }

    /// What stands for it in the manifest: header and wrapped key, so that a check without its secret finds an edited header,
    /// too. Not the attempts: they are counted while the vault is locked, when nobody can write a manifest.
    pub(super) fn stamp(&self) -> Stamp {
        let length = (self.header.len() as u64).to_be_bytes();
        let digest = sha256_parts(&[b"wc guard stamp", &length, &self.header, &self.wrapped]);
        Stamp { version: 1, tag: digest.first_chunk().copied().unwrap_or_default() }
    }

    /// Which kind it is.
    ///
    /// # Errors
    /// [`Code::GuardParametersInvalid`] when the header cannot be read.
    pub(super) fn kind(&self) -> Result<GuardKind> {
        Ok(self.header()?.kind())
    }

    /// Whether it is a PIN whose count of wrong ones was taken away.
    pub(super) fn lacks_its_count(&self) -> bool {
        self.attempts.is_none() && self.kind() == Ok(GuardKind::Pin)
    }

    /// The sealed guard secret of a guard that has one.
    ///
    /// # Errors
    /// As [`Guard::kind`].
    pub(super) fn sealed_secret(&self) -> Result<Option<Vec<u8>>> {
        match self.header()? {
            Header::Pin { sealed, .. } | Header::Biometrics { sealed } => Ok(Some(sealed)),
            Header::Passphrase { .. } | Header::RecoveryKey { .. } => Ok(None),
        }
    }

    fn header(&self) -> Result<Header> {
        minicbor::decode(&self.header).map_err(|_| Code::GuardParametersInvalid.at("guard header"))
    }

    fn wrap(root: &Key, vault: &Id, id: Id, header: &Header, key: &Key) -> Result<Self> {
        let header = minicbor::to_vec(header).map_err(|_| Code::Internal.at("guard"))?;
        let wrapped = aead::seal(key, &associated_data(vault, &id, &header), root.expose())?;
        Ok(Self { id, header, wrapped, attempts: None })
    }
}

/// What came out of a guard.
pub(super) struct Opened {
    pub(super) root: Key,
    /// The cost has fallen behind what new guards have.
    pub(super) behind: bool,
}

const PASSPHRASE: &[u8] = b"wallet-core/1/guard/passphrase";
const BIOMETRICS: &[u8] = b"wallet-core/1/guard/biometrics";
const RECOVERY_KEY: &[u8] = b"wallet-core/1/guard/recovery";

/// Stretches for a new guard; a fast phone takes more passes.
fn stretch_new(secret: &[u8], salt: &[u8; 16]) -> Result<(Key, Cost)> {
    let started = Instant::now();
    let stretched = passphrase::derive(secret, salt, Cost::DEFAULT)?;
    match Cost::DEFAULT.raised(started.elapsed()) {
        Some(cost) => Ok((passphrase::derive(secret, salt, cost)?, cost)),
        None => Ok((stretched, Cost::DEFAULT)),
    }
}

/// Stretches, and says whether the cost has fallen behind; `None` when it is too long to be right.
fn stretch(secret: &[u8], salt: &[u8; 16], cost: Cost) -> Result<Option<(Key, bool)>> {
    if secret.len() > limits::PASSPHRASE_MAX {
        return Ok(None);
    }
    let started = Instant::now();
    let stretched = passphrase::derive(secret, salt, cost)?;
    Ok(Some((stretched, cost.raised(started.elapsed()).is_some())))
}

/// Whether a passphrase may be chosen.
///
/// # Errors
/// [`Code::PassphraseTooShort`].
pub(crate) fn check_passphrase(passphrase: &[u8]) -> Result<()> {
    let text = std::str::from_utf8(passphrase).map_err(|_| Code::PassphraseTooShort.at("not UTF-8"))?;
    if text.chars().count() < limits::PASSPHRASE_MIN_CHARS || passphrase.len() > limits::PASSPHRASE_MAX {
        return Err(Code::PassphraseTooShort.error());
    }
    Ok(())
}

fn associated_data(vault: &Id, id: &Id, header: &[u8]) -> Vec<u8> {
    [b"wc guard".as_slice(), vault, id, header].concat()
}

#[cfg(test)]
mod tests;
