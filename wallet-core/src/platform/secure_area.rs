//! Keys in the phone's secure hardware.

use std::sync::Arc;

use async_trait::async_trait;
use minicbor::{Decode, Encode};

use super::PortError;
use crate::words::keys;

/// How well a private key is protected, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum KeyLevel {
    /// In the wallet's own encrypted vault.
    #[n(0)]
    Software,
    /// In a trusted execution environment of the phone's processor.
    #[n(1)]
    TrustedEnvironment,
    /// In secure hardware of a kind that the platform does not tell (Android 9 to 11): one of its two neighbours here.
    #[n(3)]
    UnknownHardware,
    /// In a chip of its own: StrongBox or the Secure Enclave.
    #[n(2)]
    SecureElement,
}

impl KeyLevel {
    /// The key of the text that tells a citizen where a credential's keys are.
    #[must_use]
    pub const fn words_key(self) -> &'static str {
        match self {
            Self::Software => keys::KEY_LEVEL_SOFTWARE,
            Self::TrustedEnvironment => keys::KEY_LEVEL_TRUSTED_ENVIRONMENT,
            Self::UnknownHardware => keys::KEY_LEVEL_UNKNOWN_HARDWARE,
            Self::SecureElement => keys::KEY_LEVEL_SECURE_ELEMENT,
        }
    }
}

/// What a key is for; it decides the user authentication that signing with it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum KeyUse {
    /// Binds a credential to this phone; signing needs the citizen.
    Credential,
    /// Proves to a server that the same wallet is calling (DPoP); signing needs no prompt.
    Session,
}

/// What the platform asks of the citizen before a key signs. It is fixed when the key is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum KeyAuthentication {
    /// Nothing: that the vault is open is enough. For phones without a secure lock screen, and for session keys.
    #[n(0)]
    VaultOnly,
    /// That the citizen was asked (screen lock or biometrics) within so many seconds, or is asked now.
    #[n(1)]
    Window {
        /// Seconds.
        #[n(0)]
        seconds: u32,
    },
    /// That the citizen is asked for this very use.
    #[n(2)]
    EachUse,
}

/// What a new key must be.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct KeyPolicy {
    /// What it is for.
    pub key_use: KeyUse,
    /// The least level to accept. The area gives the best it has; a weaker key is [`PortError::LevelNotAvailable`],
    /// never a silent downgrade.
    pub least_level: KeyLevel,
    /// The authentication that is wanted. An area that has no way to ask gives [`KeyAuthentication::VaultOnly`].
    pub authentication: KeyAuthentication,
    /// What the platform's attestation must be over, where one is wanted (an issuer's nonce).
    pub attestation_challenge: Option<Vec<u8>>,
}

/// A key that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct CreatedKey {
    /// The public key on P-256, uncompressed: `04 ‖ x ‖ y`, 65 bytes.
    pub public_key: Vec<u8>,
    /// The level that was obtained.
    pub level: KeyLevel,
    /// The authentication that was obtained.
    pub authentication: KeyAuthentication,
    /// The platform's attestation chain, DER, leaf first; empty where there is none.
    pub attestation: Vec<Vec<u8>>,
}

/// Who may have a sealed secret back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum SealPolicy {
    /// This app on this phone. A PIN, which the core checks, stands before it.
    ThisDevice,
    /// The citizen, by the platform's own biometric check, for each time. New biometrics enrolled later do not count:
    /// the secret is then [`PortError::NoSuchKey`].
    Biometrics,
}

/// Why the citizen is prompted, for the platform's dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Purpose {
    /// The action.
    pub action: KeyAction,
    /// The other party's name as it was authenticated; empty for the wallet's own actions.
    pub party: String,
    /// The sentence for the dialog, in the language of the call that led here.
    pub text: String,
}

/// An action that uses keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum KeyAction {
    /// Opening the wallet.
    Unlock,
    /// Receiving credentials.
    Receive,
    /// Presenting credentials.
    Present,
}

/// The phone's secure hardware.
///
/// One prompt per action: an implementation asks the citizen at most once between [`SecureArea::begin`] and
/// [`KeySession::end`], however often the session signs or unseals. Making, listing and deleting never ask.
#[cfg_attr(feature = "uniffi", uniffi::export(foreign))]
#[async_trait]
pub trait SecureArea: Send + Sync {
    /// Makes a P-256 key under `alias` (ASCII, unique, chosen by the core).
    async fn create(&self, alias: String, policy: KeyPolicy) -> Result<CreatedKey, PortError>;

    /// Seals a secret of 32 bytes with a key of its own under `alias`, in place of an older one of that name. The
    /// algorithm is the platform's. The area wipes `secret`.
    async fn seal(&self, alias: String, secret: Vec<u8>, policy: SealPolicy) -> Result<Vec<u8>, PortError>;

    /// Begins a session for one action. It neither asks nor waits: the prompt, where one is needed, comes when a key is
    /// first used.
    fn begin(&self, purpose: Purpose) -> Result<Arc<dyn KeySession>, PortError>;

    /// Deletes a key. A key that is not there is no error.
    async fn delete(&self, alias: String) -> Result<(), PortError>;

    /// The aliases of all keys that begin with `prefix`, those that seal included.
    async fn list(&self, prefix: String) -> Result<Vec<String>, PortError>;
}

/// Uses keys many times under one prompt.
#[cfg_attr(feature = "uniffi", uniffi::export(foreign))]
#[async_trait]
pub trait KeySession: Send + Sync {
    /// ES256 over `message` (hashed with SHA-256 by the implementation), as DER, the form that phones give.
    async fn sign(&self, alias: String, message: Vec<u8>) -> Result<Vec<u8>, PortError>;

    /// ECDH with a public key (`04 ‖ x ‖ y`): the x-coordinate, 32 bytes. Where the area has no key agreement,
    /// [`PortError::LevelNotAvailable`].
    async fn agree(&self, alias: String, public_key: Vec<u8>) -> Result<Vec<u8>, PortError>;

    /// Gives a sealed secret back; [`PortError::NoSuchKey`] when its key is gone or `sealed` was made elsewhere.
    async fn unseal(&self, alias: String, sealed: Vec<u8>) -> Result<Vec<u8>, PortError>;

    /// Ends the session; afterwards its keys cannot be used. What this gives back changes nothing.
    async fn end(&self) -> Result<(), PortError>;
}
