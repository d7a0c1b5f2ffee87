//! What came of a request.

use serde::Serialize;
use serde_json::{Map, Value};
use wallet_core::credential::Format;
use wallet_core::time::UnixTime;
use wallet_core::{Fault, WalletError};

/// What the verifier makes of an answer. It holds claims: it is for whoever asked, not for a log.
#[derive(Clone, Serialize)]
pub struct Verdict {
    /// Whether everything that was asked came, and all of it holds.
    pub verified: bool,
    /// What came; empty unless all of it holds.
    pub credentials: Vec<PresentedCredential>,
    /// Why not.
    pub error: Option<VerdictError>,
}

/// One credential that was presented, and holds.
#[derive(Clone, Serialize)]
pub struct PresentedCredential {
    /// `id` of the credential query that it answers.
    pub id: String,
    /// Its format.
    #[serde(serialize_with = "format_identifier")]
    pub format: Format,
    /// Its doctype or vct.
    #[serde(rename = "type")]
    pub type_id: String,
    /// Who issued it, by its certificate.
    pub issuer: String,
    /// Until when it counts, in seconds since 1970; `None` where the issuer set no end.
    pub valid_until: Option<i64>,
    /// What was disclosed about the person: of an SD-JWT VC the claims, of an mdoc the elements by name space.
    pub claims: Map<String, Value>,
}

/// Why an answer was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VerdictError {
    /// `WC-…` for what the checks found, an OAuth error that the wallet sent (`access_denied`), or `timeout`.
    pub code: String,
    /// In words, for a developer.
    pub message: String,
    /// `id` of the credential query, where it is about one.
    pub id: Option<String>,
    /// The fault behind a `WC-…` code, for words in other languages.
    #[serde(skip)]
    pub fault: Option<Fault>,
}

impl Verdict {
    pub(super) fn accepted(credentials: Vec<PresentedCredential>) -> Self {
        Self { verified: true, credentials, error: None }
    }

    pub(super) fn refused(error: VerdictError) -> Self {
        Self { verified: false, credentials: Vec::new(), error: Some(error) }
    }

    /// Whether no answer came in time.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.error.as_ref().is_some_and(|error| error.code == VerdictError::TIMEOUT)
    }

    /// The wallet did not answer in time.
    pub(crate) fn timeout() -> Self {
        Self::refused(VerdictError {
            code: VerdictError::TIMEOUT.to_owned(),
            message: "the wallet did not answer in time".to_owned(),
            id: None,
            fault: None,
        })
    }
}

impl VerdictError {
    /// The code when no answer came.
    pub const TIMEOUT: &'static str = "timeout";

    /// What the wallet sent instead of an answer (OpenID4VP 1.0 8.5).
    pub(super) fn sent(code: &str, description: Option<&str>) -> Self {
        // Text from outside: bounded, and without control characters.
        let clean = |text: &str| text.chars().filter(|c| !c.is_control()).take(200).collect::<String>();
        let message = description.map_or_else(|| "the wallet said no".to_owned(), clean);
        Self { code: clean(code), message, id: None, fault: None }
    }

    /// What a check found, at a credential query.
    pub(super) fn at(id: &str, error: &WalletError) -> Self {
        Self { id: Some(id.to_owned()), ..Self::from(error) }
    }
}

impl From<&WalletError> for VerdictError {
    fn from(error: &WalletError) -> Self {
        let fault = error.fault().clone();
        Self { code: fault.code.to_string(), message: error.to_string(), id: None, fault: Some(fault) }
    }
}

fn format_identifier<S: serde::Serializer>(format: &Format, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(format.identifier())
}

/// Seconds since 1970, where there is an end.
pub(super) fn seconds(time: Option<UnixTime>) -> Option<i64> {
    time.map(|time| time.0)
}
