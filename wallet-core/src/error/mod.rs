//! One error type with stable codes. The variants say what the app does next; the [`Fault`] inside says why.

mod codes;

pub use codes::Code;

/// The core's result type.
pub type Result<T, E = WalletError> = std::result::Result<T, E>;

/// What went wrong, by what the app does next. Details are in the [`Fault`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Error))]
pub enum WalletError {
    /// Nothing is lost; trying again later may work.
    #[error("{fault}")]
    Retry {
        /// The details.
        fault: Fault,
    },
    /// The wallet is locked, or the secret that was given does not open it.
    #[error("{fault}")]
    Unlock {
        /// The details.
        fault: Fault,
    },
    /// Only the citizen can decide what comes next.
    #[error("{fault}")]
    AskCitizen {
        /// The details.
        fault: Fault,
    },
    /// The other party's data broke a rule. Nothing was kept and nothing was sent.
    #[error("{fault}")]
    Refused {
        /// The details.
        fault: Fault,
    },
    /// The credential must be issued anew.
    #[error("{fault}")]
    Reissue {
        /// The details.
        fault: Fault,
    },
    /// The vault needs repair: a recovery key, a backup, or its remains read out.
    #[error("{fault}")]
    Recover {
        /// The details.
        fault: Fault,
    },
    /// A newer version of the app is needed.
    #[error("{fault}")]
    Update {
        /// The details.
        fault: Fault,
    },
    /// A fault of the software: report the code.
    #[error("{fault}")]
    Report {
        /// The details.
        fault: Fault,
    },
}

/// What the app does next; the name of a [`WalletError`] variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Next {
    /// Try again later.
    Retry,
    /// Unlock first.
    Unlock,
    /// Ask the citizen.
    AskCitizen,
    /// Tell the citizen that it was refused.
    Refused,
    /// Have the credential issued anew.
    Reissue,
    /// Repair the vault.
    Recover,
    /// Update the app.
    Update,
    /// Report a bug.
    Report,
}

/// Decides what may leave the phone in a report: only `Expected` and `Bug` carry nothing personal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Category {
    /// Foreseen, and free of personal data.
    Expected,
    /// A fault of ours or of the app.
    Bug,
    /// The place may name a claim; do not send it anywhere.
    Personal,
}

/// Where in the input something is wrong: a name that is fixed in the source, so that no text from outside travels in an
/// error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place(pub(crate) &'static str);

impl Place {
    /// The name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

/// The details of an error. It never holds a claim's value, a secret, or text from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Fault {
    /// The stable code.
    pub code: Code,
    /// Where in the input: a member name of the specification, fixed in the source, never text from outside.
    pub place: Option<Place>,
    /// The HTTP status that the other party answered, where that is what went wrong.
    pub http_status: Option<u16>,
    /// How many attempts are left before a longer wait or a lock, where attempts are counted.
    pub attempts_left: Option<u32>,
    /// When trying again makes sense, in seconds since 1970 (UTC), where that is known.
    pub retry_at: Option<i64>,
}

impl Fault {
    /// The name of the place, where there is one.
    #[must_use]
    pub fn at(&self) -> Option<&'static str> {
        self.place.map(Place::as_str)
    }
}

impl Code {
    /// The error with this code.
    #[must_use]
    pub fn error(self) -> WalletError {
        WalletError::from(Fault {
            code: self,
            place: None,
            http_status: None,
            attempts_left: None,
            retry_at: None,
        })
    }

    /// The error with this code, at a named place of the input.
    #[must_use]
    pub fn at(self, place: &'static str) -> WalletError {
        let mut fault = self.error().into_fault();
        fault.place = Some(Place(place));
        WalletError::from(fault)
    }

    /// The key of the sentence that tells a person what happened.
    #[must_use]
    pub fn message_key(self) -> String {
        format!("error.{self}.message")
    }

    /// The key of the sentence that tells a person what to do now.
    #[must_use]
    pub fn action_key(self) -> String {
        format!("error.{self}.action")
    }

    /// Whether the same call may succeed later without anyone doing anything else.
    #[must_use]
    pub fn retryable(self) -> bool {
        self.next() == Next::Retry
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "WC-{:04}", *self as u16)
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {:?}", self.code, self.code)?;
        if let Some(place) = self.place {
            write!(f, " at {place}")?;
        }
        if let Some(status) = self.http_status {
            write!(f, " (HTTP {status})")?;
        }
        write!(f, " [{}]", self.code.spec())
    }
}

impl From<Fault> for WalletError {
    fn from(fault: Fault) -> Self {
        match fault.code.next() {
            Next::Retry => Self::Retry { fault },
            Next::Unlock => Self::Unlock { fault },
            Next::AskCitizen => Self::AskCitizen { fault },
            Next::Refused => Self::Refused { fault },
            Next::Reissue => Self::Reissue { fault },
            Next::Recover => Self::Recover { fault },
            Next::Update => Self::Update { fault },
            Next::Report => Self::Report { fault },
        }
    }
}

impl From<Code> for WalletError {
    fn from(code: Code) -> Self {
        code.error()
    }
}

impl WalletError {
    /// The details.
    #[must_use]
    pub fn fault(&self) -> &Fault {
        match self {
            Self::Retry { fault }
            | Self::Unlock { fault }
            | Self::AskCitizen { fault }
            | Self::Refused { fault }
            | Self::Reissue { fault }
            | Self::Recover { fault }
            | Self::Update { fault }
            | Self::Report { fault } => fault,
        }
    }

    /// The details, owned.
    #[must_use]
    pub fn into_fault(self) -> Fault {
        self.fault().clone()
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> Code {
        self.fault().code
    }

    /// The same error, with the HTTP status that the other party answered.
    #[must_use]
    pub fn with_http_status(self, status: u16) -> Self {
        let mut fault = self.into_fault();
        fault.http_status = Some(status);
        Self::from(fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_printed_with_four_digits() {
        let mut seen = std::collections::HashSet::new();
        for code in Code::ALL {
            assert!(seen.insert(*code as u16), "{code} twice");
            assert_eq!(code.to_string().len(), "WC-0000".len());
        }
    }

    #[test]
    fn an_error_says_code_place_and_section() {
        let error = Code::NonceMissing.at("nonce");
        assert_eq!(error.to_string(), "WC-2024 NonceMissing at nonce [OpenID4VP 1.0 5.2]");
        assert!(matches!(error, WalletError::Refused { .. }));
    }
}
