//! One entry: who, how that was verified, what was asked and shared, and how it ended. Field numbers are the format of
//! the file.

use minicbor::{Decode, Encode};

use crate::credential::CredentialId;
use crate::credential::path::ClaimLocation;
use crate::trust::Side;

use super::registration::Registration;

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct HistoryEntry {
    /// Wall clock, seconds since 1970.
    #[n(0)]
    pub at: i64,
    /// What happened.
    #[n(1)]
    pub event: HistoryEvent,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum HistoryEvent {
    /// Credentials were kept.
    #[n(0)]
    Received {
        /// Who issued them.
        #[n(0)]
        issuer: Party,
        /// Which.
        #[n(1)]
        credentials: Vec<Disclosed>,
    },
    /// An issuance ended without anything being kept.
    #[n(1)]
    NotReceived {
        /// Who would have issued.
        #[n(0)]
        issuer: Party,
        /// The error's number; `None` when the citizen said no.
        #[n(1)]
        code: Option<u16>,
    },
    /// A presentation is about to be sent. How that ended is an entry of its own.
    #[n(2)]
    Sending {
        /// Who asked.
        #[n(0)]
        verifier: Party,
        /// What was asked, by query.
        #[n(1)]
        asked: Vec<Asked>,
        /// What is sent.
        #[n(2)]
        shared: Vec<Disclosed>,
        /// Whether the response is encrypted to the verifier beyond TLS.
        #[n(3)]
        encrypted: bool,
        /// What the verifier is registered for; `None` when it showed nothing of the kind, and in entries of earlier
        /// versions.
        #[n(4)]
        registration: Option<Registration>,
    },
    /// How an answer to a verifier ended.
    #[n(3)]
    Outcome {
        /// The number of the `Sending` or `Declined` entry.
        #[n(0)]
        of: u64,
        /// How.
        #[n(1)]
        outcome: Outcome,
    },
    /// The verifier is about to be told no: the citizen will not, or has nothing that fits, which it cannot tell apart.
    /// How that ended is an entry of its own.
    #[n(4)]
    Declined {
        /// Who asked.
        #[n(0)]
        verifier: Party,
        /// What was asked; empty when the request broke a rule.
        #[n(1)]
        asked: Vec<Asked>,
        /// As in [`HistoryEvent::Sending`].
        #[n(2)]
        registration: Option<Registration>,
    },
    /// An authenticated verifier's request was refused by the wallet.
    #[n(5)]
    Refused {
        /// Who asked.
        #[n(0)]
        verifier: Party,
        /// The error's number.
        #[n(1)]
        code: u16,
    },
    /// The citizen deleted a credential, with all its copies and keys.
    #[n(6)]
    CredentialDeleted {
        /// Who had issued it.
        #[n(0)]
        issuer: Party,
        /// The id that it had in the wallet.
        #[n(1)]
        credential: CredentialId,
        /// Doctype or vct.
        #[n(2)]
        type_id: String,
    },
    /// The citizen deleted entries of this history. It stays: without it, entries that somebody else removed would look
    /// as if the citizen had.
    #[n(7)]
    EntriesDeleted {
        /// The numbers that are gone; an answer's outcome goes with it. None in a wallet that was restored from a backup:
        /// entries have new numbers there.
        #[n(0)]
        numbers: Vec<NumberRange>,
        /// How many entries the citizen saw go: outcomes stand with their answers and are not counted.
        #[n(1)]
        count: u64,
    },
    /// The wallet's content went out in a file, or came in with one.
    #[n(20)]
    Moved {
        /// How.
        #[n(0)]
        how: Move,
        /// How many credentials: kept ones, and those to be asked for again.
        #[n(1)]
        credentials: u64,
        /// How many entries of history.
        #[n(2)]
        entries: u64,
    },
}

impl HistoryEvent {
    /// The verifier that was answered or refused.
    #[must_use]
    pub fn verifier(&self) -> Option<&Party> {
        match self {
            Self::Sending { verifier, .. }
            | Self::Declined { verifier, .. }
            | Self::Refused { verifier, .. } => Some(verifier),
            _ => None,
        }
    }
}

/// Numbers of entries that follow one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct NumberRange {
    /// The first.
    #[n(0)]
    pub first: u64,
    /// The last, which is one of them.
    #[n(1)]
    pub last: u64,
}

/// How the wallet's content went out or came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Move {
    /// A file for another wallet was made (EUDI TS10).
    #[n(0)]
    MigrationExported,
    /// Another wallet's file was taken over (EUDI TS10).
    #[n(1)]
    MigrationImported,
    /// A backup was begun.
    #[n(2)]
    BackedUp,
    /// This wallet was made from a backup.
    #[n(3)]
    Restored,
}

impl Move {
    /// Its name in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::MigrationExported => "migration_exported",
            Self::MigrationImported => "migration_imported",
            Self::BackedUp => "backed_up",
            Self::Restored => "restored",
        }
    }
}

/// How an answer ended, a presentation or a no. `Sent` never means accepted: only the verifier knows that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Outcome {
    /// The verifier's server took it.
    #[n(0)]
    Sent {
        /// HTTP status.
        #[n(0)]
        status: u16,
    },
    /// The verifier's server refused it.
    #[n(1)]
    Refused {
        /// HTTP status.
        #[n(0)]
        status: u16,
    },
    /// Whether it arrived is not known: the app was ended or the network failed on the way.
    #[n(2)]
    Unknown,
    /// Nothing left the phone: the prompt was cancelled, or no connection was made.
    #[n(3)]
    NotSent {
        /// The error's number.
        #[n(0)]
        code: u16,
    },
}

/// The other party.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Party {
    /// The name in its certificate; of a verifier that asks through an intermediary, the one that it is registered under
    /// (RPI_07). Empty when it could not be verified.
    #[n(0)]
    pub name: String,
    /// The `client_id` of a verifier, the Credential Issuer Identifier of an issuer.
    #[n(1)]
    pub identifier: String,
    /// How it was verified.
    #[n(2)]
    pub verification: Verification,
}

impl Party {
    /// A party of which only its own word is known.
    pub(crate) fn unverified(identifier: &str) -> Self {
        Self {
            name: String::new(),
            identifier: identifier.to_owned(),
            verification: Verification::Unverified,
        }
    }
}

/// How a party was verified.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Verification {
    /// Its certificate chains to an anchor on a list of the wallet.
    #[n(0)]
    TrustList {
        /// The jurisdiction of the list.
        #[n(0)]
        side: Side,
        /// Where the anchor came from.
        #[n(1)]
        source: String,
    },
    /// It was not verified at all.
    #[n(1)]
    Unverified,
}

/// What one query asked for.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Asked {
    /// The query's id.
    #[n(0)]
    pub query: String,
    /// Doctypes or vcts it accepts.
    #[n(1)]
    pub types: Vec<String>,
    /// The claims, as paths for reading: `address/locality`, `org.iso.18013.5.1/portrait`.
    #[n(2)]
    pub claims: Vec<String>,
    /// Whether that is more than the verifier is registered to ask for; `false` when it is not known what that is.
    #[n(3)]
    #[cbor(default)]
    pub beyond_registration: bool,
}

/// A credential and the claims of it that were shared or received.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Disclosed {
    /// The credential's id in the wallet.
    #[n(0)]
    pub credential: CredentialId,
    /// Doctype or vct.
    #[n(1)]
    pub type_id: String,
    /// Which claims.
    #[n(2)]
    pub claims: Vec<ClaimLocation>,
}

#[cfg(test)]
mod tests {
    use minicbor::Encoder;

    use super::super::registration::{RegistrationDetails, RegistrationStatus, SupervisoryAuthority};
    use super::*;
    use crate::vault::model::Localized;

    fn party() -> Party {
        Party {
            name: "Bank".into(),
            identifier: "x509_hash:x".into(),
            verification: Verification::Unverified,
        }
    }

    fn declined(registration: Option<Registration>, beyond_registration: bool) -> HistoryEntry {
        let asked = Asked {
            query: "pid".into(),
            types: vec!["urn:eudi:pid:1".into()],
            claims: vec!["family_name".into()],
            beyond_registration,
        };
        let event = HistoryEvent::Declined { verifier: party(), asked: vec![asked], registration };
        HistoryEntry { at: 7, event }
    }

    /// Field by field, as it was before there were registrations.
    fn before() -> Result<Vec<u8>, minicbor::encode::Error<std::convert::Infallible>> {
        let mut encoder = Encoder::new(Vec::new());
        encoder.array(2)?.i64(7)?;
        encoder.array(2)?.u8(4)?.array(2)?;
        encoder.encode(party())?;
        encoder.array(1)?.array(3)?.str("pid")?;
        encoder.array(1)?.str("urn:eudi:pid:1")?;
        encoder.array(1)?.str("family_name")?;
        Ok(encoder.into_writer())
    }

    #[test]
    fn entries_from_before_registrations_are_read() {
        let read: HistoryEntry = minicbor::decode(&before().unwrap()).unwrap();
        assert_eq!(read, declined(None, false));
    }

    #[test]
    fn registrations_come_back_as_they_went() {
        let details = RegistrationDetails {
            name: "Bank".into(),
            identifier: "NTRFR-1".into(),
            country: Some("FR".into()),
            intermediary: None,
            purposes: vec![Localized { locale: "fr".into(), text: "But".into() }],
            service_descriptions: Vec::new(),
            intended_use_id: Some("1".into()),
            privacy_policy: None,
            support_uri: Some("https://bank.example/".into()),
            info_uri: None,
            registry_uri: None,
            supervisory_authority: Some(SupervisoryAuthority::default()),
            registrar: "Registrar".into(),
            status: RegistrationStatus::NotChecked,
        };
        for registration in
            [None, Some(Registration::Invalid { code: 2065 }), Some(Registration::Valid { details })]
        {
            let entry = declined(registration, true);
            let bytes = minicbor::to_vec(&entry).unwrap();
            assert_eq!(minicbor::decode::<HistoryEntry>(&bytes).unwrap(), entry);
        }
    }
}
