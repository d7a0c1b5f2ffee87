//! The citizen's yes: to this request, with these credentials, knowing these things, now.

use std::sync::Arc;

use super::dcql::Choice;
use super::request::{PresentationRequest, credentials_of};
use crate::credential::CredentialId;
use crate::error::{Code, Result};
use crate::limits;
use crate::time::UnixTime;
use crate::vault::copies::NextCopy;
use crate::words::{self, keys};

/// Something the citizen must know before saying yes. Each has an id; a consent names the ids that were shown.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Warning {
    /// Nobody vouches for the verifier.
    VerifierUnverified,
    /// The answer is not encrypted beyond TLS.
    NotEncrypted,
    /// Only a copy that was shown before is left: verifiers that compare can tell it is the same person.
    ShownBefore {
        /// The credential.
        credential: CredentialId,
    },
    /// The issuer wants one copy for each verifier, and this verifier has seen its own before: it can tell that it is the
    /// same person.
    KnownToVerifier {
        /// The credential.
        credential: CredentialId,
    },
    /// A portrait is asked for: biometric data.
    Portrait {
        /// The credential.
        credential: CredentialId,
    },
    /// The verifier says that it will keep something that it asks for.
    Retained {
        /// The credential.
        credential: CredentialId,
    },
    /// Whether the credential still counts is not known: its issuer's status list was never read, or too long ago.
    StatusUnknown {
        /// The credential.
        credential: CredentialId,
    },
    /// The verifier says what it is registered to ask for, and that could not be confirmed (ARF RPA_07b).
    RegistrationInvalid {
        /// Why not.
        reason: Code,
    },
    /// More is asked for than the verifier is registered to ask for (ARF RPRC_21).
    AsksForMore {
        /// The credential.
        credential: CredentialId,
    },
}

impl Warning {
    /// The id that a consent acknowledges.
    #[must_use]
    pub fn id(&self) -> String {
        match self {
            Self::VerifierUnverified => "unverified".to_owned(),
            Self::NotEncrypted => "not-encrypted".to_owned(),
            Self::ShownBefore { credential } => format!("shown-before:{credential}"),
            Self::KnownToVerifier { credential } => format!("known-to-verifier:{credential}"),
            Self::Portrait { credential } => format!("portrait:{credential}"),
            Self::Retained { credential } => format!("retained:{credential}"),
            Self::StatusUnknown { credential } => format!("status-unknown:{credential}"),
            Self::RegistrationInvalid { .. } => "registration-invalid".to_owned(),
            Self::AsksForMore { credential } => format!("asks-for-more:{credential}"),
        }
    }

    /// Whether it says that a copy is shown again.
    fn is_of_a_used_copy(&self) -> bool {
        matches!(self, Self::ShownBefore { .. } | Self::KnownToVerifier { .. })
    }

    /// The key of the sentence that says it ([`crate::words`]).
    #[must_use]
    pub const fn words_key(&self) -> &'static str {
        match self {
            Self::VerifierUnverified => keys::WARNING_UNVERIFIED_VERIFIER,
            Self::NotEncrypted => keys::WARNING_UNENCRYPTED,
            Self::ShownBefore { .. } => keys::WARNING_COPY_SHOWN_BEFORE,
            Self::KnownToVerifier { .. } => keys::WARNING_COPY_KNOWN_TO_VERIFIER,
            Self::Portrait { .. } => keys::WARNING_PORTRAIT,
            Self::Retained { .. } => keys::WARNING_RETAIN,
            Self::StatusUnknown { .. } => keys::WARNING_STATUS_UNCONFIRMED,
            Self::RegistrationInvalid { .. } => keys::WARNING_REGISTRATION_UNCONFIRMED,
            Self::AsksForMore { .. } => keys::WARNING_BEYOND_REGISTRATION,
        }
    }

    /// The whole of what it says, with the reason where it has one; `None` when the words are missing, which a test rules
    /// out.
    #[must_use]
    pub fn text(&self, locale: &str) -> Option<String> {
        let sentence = words::text(self.words_key(), &[], locale)?;
        match self {
            Self::RegistrationInvalid { reason } => {
                let reason = words::text(&reason.message_key(), &[], locale)?;
                Some(format!("{sentence} {reason}"))
            }
            _ => Some(sentence),
        }
    }
}

/// A consent. Only [`PresentationRequest::consent`] makes one, and only its own request takes it.
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct Consent {
    pub(super) request: [u8; 32],
    pub(super) choice: Choice,
    pub(super) shown_before_accepted: bool,
    given_ms: u64,
    boot_id: String,
    lock_count: u64,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl PresentationRequest {
    /// Makes the consent to this request. `acknowledged` are the ids of the warnings that were shown.
    ///
    /// # Errors
    /// Those of [`super::dcql::Evaluation::check`]; [`Code::NoFreshCopy`] when a chosen credential has no copy left that
    /// its issuer allows to be shown; [`Code::WarningNotAcknowledged`]; [`Code::Locked`].
    pub fn consent(&self, choice: Choice, acknowledged: &[String]) -> Result<Arc<Consent>> {
        self.evaluation.check(&choice)?;
        if choice.selections.is_empty() {
            return Err(Code::ChoiceNeeded.error());
        }
        if credentials_of(&choice).into_iter().any(|one| self.next_copy(one) == NextCopy::None) {
            return Err(Code::NoFreshCopy.error());
        }
        let warnings = self.warnings(&choice)?;
        if !warnings.iter().all(|warning| acknowledged.contains(&warning.id())) {
            return Err(Code::WarningNotAcknowledged.error());
        }
        if !self.context.vault.is_unlocked()? {
            return Err(Code::Locked.error());
        }
        let now = self.context.clock.now()?;
        Ok(Arc::new(Consent {
            request: self.fingerprint,
            choice,
            shown_before_accepted: warnings.iter().any(Warning::is_of_a_used_copy),
            given_ms: now.since_boot_ms,
            boot_id: now.boot_id,
            lock_count: self.context.vault.lock_count(),
        }))
    }
}

impl PresentationRequest {
    /// Refuses a consent that is not to this request, too old, or from before a lock.
    pub(super) fn check_consent(&self, consent: &Consent) -> Result<()> {
        if consent.request != self.fingerprint {
            return Err(Code::ConsentMismatch.error());
        }
        let now = self.context.clock.now()?;
        let age_ms = now.since_boot_ms.saturating_sub(consent.given_ms);
        let fresh = consent.boot_id == now.boot_id
            && age_ms < limits::CONSENT_MS
            && consent.lock_count == self.context.vault.lock_count();
        if !fresh || self.expires_at <= UnixTime(now.wall_seconds) {
            return Err(Code::ConsentExpired.error());
        }
        Ok(())
    }
}
