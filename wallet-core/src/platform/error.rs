//! What can go wrong in a port, and which error that is to the app.

use crate::error::{Code, WalletError};

/// What can go wrong in a port.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Error))]
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

/// What an app's own exception becomes that no wrapper caught. Its text may hold anything, and is dropped.
#[cfg(feature = "uniffi")]
impl From<uniffi::UnexpectedUniFFICallbackError> for PortError {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Unexpected { class: "unknown".to_owned() }
    }
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
