//! The ports: what the core needs of the phone and cannot do itself. An app implements them in Kotlin or Swift, pilot
//! with ureq and a software key store, tests with a server or a store of their own.
//!
//! Every method may be called from any thread, and several at once. Whatever an implementation throws that is not a
//! [`PortError`] becomes [`PortError::Unexpected`] with the name of its class; its message stays behind, since it may
//! hold personal data.

use std::sync::Arc;

use async_trait::async_trait;
use minicbor::{Decode, Encode};

use crate::error::{Code, WalletError};

/// What can go wrong in a port.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PortError {
    /// No connection was made: no network, an unknown host, nobody listening. Nothing of the call left the phone.
    #[error("unreachable")]
    Unreachable,
    /// The connection broke after it was made; whether the call arrived is not known.
    #[error("interrupted")]
    Interrupted,
    /// The time-out of the call ran out.
    #[error("timed out")]
    TimedOut,
    /// The answer is longer than the call allows. Nothing of it was kept.
    #[error("too large")]
    TooLarge,
    /// The TLS handshake failed: a certificate that is not trusted or not valid for the host. Nothing of the call left
    /// the phone; a TLS error after the handshake is [`PortError::Interrupted`].
    #[error("TLS failed")]
    Tls,
    /// The citizen cancelled the platform's prompt, or the system did.
    #[error("cancelled")]
    Cancelled,
    /// The key is not there: it did not travel, was wiped, or the lock screen was removed.
    #[error("no such key")]
    NoSuchKey,
    /// The secure area cannot give the level or the user authentication that the policy demands.
    #[error("level not available")]
    LevelNotAvailable,
    /// Anything else; `class` is the name of the exception's class, never its message.
    #[error("unexpected {class}")]
    Unexpected {
        /// The name of the class.
        class: String,
    },
}

impl From<PortError> for WalletError {
    fn from(error: PortError) -> Self {
        match error {
            PortError::Unreachable => Code::NetworkUnreachable,
            PortError::Interrupted => Code::NetworkInterrupted,
            PortError::TimedOut => Code::NetworkTimedOut,
            PortError::TooLarge => Code::ResponseTooLarge,
            PortError::Tls => Code::TlsFailed,
            PortError::Cancelled => Code::PromptCancelled,
            PortError::NoSuchKey => Code::KeyUnavailable,
            PortError::LevelNotAvailable => Code::KeyLevelNotObtained,
            PortError::Unexpected { .. } => Code::PortFailed,
        }
        .error()
    }
}

/// The HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HttpMethod {
    /// GET.
    Get,
    /// POST.
    Post,
}

/// One header field. Names are compared without regard to case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpHeader {
    /// The field name.
    pub name: String,
    /// The field value.
    pub value: String,
}

/// One call. It has no `Debug`: a body may hold a presentation, a URL may hold a code.
#[derive(Clone, PartialEq, Eq)]
pub struct HttpRequest {
    /// The method.
    pub method: HttpMethod,
    /// The absolute URL, to be used exactly as it is, query included.
    pub url: String,
    /// Header fields to send. An implementation adds none that names the library or the phone.
    pub headers: Vec<HttpHeader>,
    /// The body; empty for GET.
    pub body: Vec<u8>,
    /// The longest body to accept in the answer, in bytes; more is [`PortError::TooLarge`].
    pub max_bytes: u64,
    /// The whole call's time-out in milliseconds.
    pub timeout_ms: u32,
}

/// The answer.
#[derive(Clone, PartialEq, Eq)]
pub struct HttpResponse {
    /// The status, 100 to 599. A redirect (3xx) is returned, never followed.
    pub status: u16,
    /// Header fields.
    pub headers: Vec<HttpHeader>,
    /// The body, decompressed, at most `max_bytes`.
    pub body: Vec<u8>,
}

impl HttpResponse {
    /// The first value of a header field.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|h| h.name.eq_ignore_ascii_case(name)).map(|h| h.value.as_str())
    }
}

/// The platform's HTTP stack, with its trust store, proxy and pinning.
///
/// An implementation never follows a redirect, keeps no cookies and no cache, sends no library name as `User-Agent`,
/// and honours `max_bytes` and `timeout_ms` of each call. Answers with any status are answers, not errors.
#[async_trait]
pub trait HttpClient: Send + Sync {
    /// Makes one call.
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, PortError>;
}

/// How well a private key is protected, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
pub enum KeyLevel {
    /// In the wallet's own encrypted vault.
    #[n(0)]
    Software,
    /// In a trusted execution environment of the phone's processor.
    #[n(1)]
    TrustedEnvironment,
    /// In a chip of its own: StrongBox or the Secure Enclave.
    #[n(2)]
    SecureElement,
}

/// What a key is for; it decides the user authentication that signing with it needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyUse {
    /// Binds a credential to this phone; signing needs the citizen.
    Credential,
    /// Proves to a server that the same wallet is calling (DPoP); signing needs no prompt.
    Session,
}

/// What a new key must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyPolicy {
    /// What it is for.
    pub key_use: KeyUse,
    /// The least level to accept. A weaker key is [`PortError::LevelNotAvailable`], never a silent downgrade.
    pub least_level: KeyLevel,
}

/// A key that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreatedKey {
    /// The public key on P-256, uncompressed: `04 ‖ x ‖ y`, 65 bytes.
    pub public_key: Vec<u8>,
    /// The level that was obtained.
    pub level: KeyLevel,
    /// Whether the platform asks for the citizen (PIN or biometrics) before the key signs.
    pub user_authentication: bool,
    /// The platform's attestation chain, DER, leaf first; empty where there is none.
    pub attestation: Vec<Vec<u8>>,
}

/// Why the citizen is prompted, for the platform's dialog.
#[derive(Debug, Clone, PartialEq, Eq)]
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
pub enum KeyAction {
    /// Opening the wallet.
    Unlock,
    /// Receiving credentials.
    Receive,
    /// Presenting credentials.
    Present,
}

/// The phone's secure hardware, or a software area.
///
/// One prompt per action: an implementation asks the citizen at most once between [`SecureArea::begin`] and
/// [`KeySession::end`], however often the session signs.
#[async_trait]
pub trait SecureArea: Send + Sync {
    /// Makes a P-256 key under `alias` (ASCII, unique, chosen by the core).
    async fn create(&self, alias: String, policy: KeyPolicy) -> Result<CreatedKey, PortError>;

    /// Begins a session for one action. The prompt, where one is needed, comes here or at the first signature.
    async fn begin(&self, purpose: Purpose) -> Result<Arc<dyn KeySession>, PortError>;

    /// Deletes a key. A key that is not there is no error.
    async fn delete(&self, alias: String) -> Result<(), PortError>;

    /// The aliases of all keys that begin with `prefix`.
    async fn list(&self, prefix: String) -> Result<Vec<String>, PortError>;
}

/// Signs many times under one prompt.
#[async_trait]
pub trait KeySession: Send + Sync {
    /// ES256 over `message` (hashed with SHA-256 by the implementation), as DER, the form that phones give.
    async fn sign(&self, alias: String, message: Vec<u8>) -> Result<Vec<u8>, PortError>;

    /// Ends the session; later signatures fail.
    async fn end(&self);
}

/// A counter outside the vault's file and outside every backup: without it an older copy of the whole file cannot be
/// told from the newest.
#[async_trait]
pub trait RollbackAnchor: Send + Sync {
    /// The stored generation of a vault (16 bytes of identifier); `None` when there is none yet.
    async fn get(&self, vault_id: Vec<u8>) -> Result<Option<u64>, PortError>;

    /// Sets the generation if it is still `expected`; returns whether it was.
    async fn compare_and_set(
        &self,
        vault_id: Vec<u8>,
        expected: Option<u64>,
        new: u64,
    ) -> Result<bool, PortError>;
}

/// Time.
pub trait Clock: Send + Sync {
    /// Wall clock, seconds since 1970 (UTC).
    fn wall_seconds(&self) -> i64;

    /// Milliseconds since the phone was started, time asleep included. It never goes back while `boot_id` is the same.
    fn since_boot_ms(&self) -> u64;

    /// Changes with every start of the phone.
    fn boot_id(&self) -> String;
}

/// Hears of changes. Events carry no data, come after the change is on disk and without any lock held, so an
/// implementation may call back into the wallet.
pub trait WalletEvents: Send + Sync {
    /// Credentials were added, changed or deleted.
    fn credentials_changed(&self);
    /// The history has a new entry.
    fn history_changed(&self);
    /// The wallet locked itself or was locked.
    fn locked(&self);
}

/// The ports of one wallet.
#[derive(Clone)]
pub struct Ports {
    /// HTTP.
    pub http: Arc<dyn HttpClient>,
    /// Keys in hardware; `None` keeps keys in the vault (software).
    pub secure_area: Option<Arc<dyn SecureArea>>,
    /// The rollback anchor, where the platform has a place for one.
    pub rollback_anchor: Option<Arc<dyn RollbackAnchor>>,
    /// Time.
    pub clock: Arc<dyn Clock>,
    /// Who hears of changes.
    pub events: Option<Arc<dyn WalletEvents>>,
}
