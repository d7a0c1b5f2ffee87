//! What came from another wallet or an earlier one: credentials to be asked for again, and another wallet's history.

use minicbor::{Decode, Encode};

use super::seal::{Id, Table};
use super::transaction::{Record, Transaction};
use crate::credential::CredentialId;
use crate::error::{Code, Result};

/// A credential that this wallet does not have, or can no longer use, and where to ask for it again.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Reissue {
    /// The format, as OpenID4VCI names it. It may be one that this wallet does not support.
    #[n(0)]
    pub format: String,
    /// `doctype` or `vct`.
    #[n(1)]
    pub type_id: String,
    /// The issuer's name, as the file said; empty when it said none. Nobody has verified it.
    #[n(2)]
    pub issuer_name: String,
    /// Where to begin: the Credential Issuer Identifier, or the address that the other wallet gave.
    #[n(3)]
    pub issuer: String,
    /// Since when it waits, seconds since 1970.
    #[n(4)]
    pub since: i64,
    /// Why it has to be asked for again.
    #[n(5)]
    pub reason: ReissueReason,
}

/// Why a credential has to be asked for again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum ReissueReason {
    /// It was in another wallet: credentials that are bound to a device do not move.
    #[n(0)]
    Moved,
    /// It was restored from a backup without its keys, which stayed in the hardware of the other device.
    #[n(1)]
    KeyStayed,
    /// It was restored from a backup, and its issuer allows each copy to be shown once only.
    #[n(2)]
    OnceOnly,
}

impl Reissue {
    /// Whether a credential that was just issued is what this one waits for: same format and type, from the same host.
    pub(crate) fn is_met_by(&self, format: &str, type_id: &str, issuer: &str) -> bool {
        let host = |url: &str| url::Url::parse(url).ok()?.host_str().map(str::to_owned);
        self.format == format
            && self.type_id == type_id
            && (self.issuer == issuer || host(&self.issuer).is_some_and(|this| Some(this) == host(issuer)))
    }
}

impl Record for Reissue {
    const TABLE: Table = Table::Reissue;
}

/// A [`Reissue`] and its id in this wallet.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct ReissueEntry {
    /// Its id, to dismiss it by.
    pub id: CredentialId,
    /// What to ask for again.
    pub reissue: Reissue,
}

/// Puts a credential on the list, unless it is on it already. Returns whether it is new there.
///
/// # Errors
/// When the storage fails or the vault was locked.
pub(crate) fn ask_again(transaction: &mut Transaction<'_>, reissue: &Reissue) -> Result<bool> {
    let same = |other: &Reissue| {
        (&other.format, &other.type_id, &other.issuer) == (&reissue.format, &reissue.type_id, &reissue.issuer)
    };
    if transaction.all::<Reissue>()?.iter().any(|(_, other)| same(other)) {
        return Ok(false);
    }
    transaction.insert(reissue)?;
    Ok(true)
}

/// Takes from the list what a credential that was just kept had been waited for.
///
/// # Errors
/// When the storage fails or the vault was locked.
pub(crate) fn was_issued(
    transaction: &mut Transaction<'_>,
    format: &str,
    type_id: &str,
    issuer: &str,
) -> Result<()> {
    for (id, reissue) in transaction.all::<Reissue>()? {
        if reissue.is_met_by(format, type_id, issuer) {
            transaction.delete::<Reissue>(&id)?;
        }
    }
    Ok(())
}

/// Takes one from the list.
///
/// # Errors
/// [`Code::NotFound`].
pub(crate) fn dismiss(transaction: &mut Transaction<'_>, id: &Id) -> Result<()> {
    if transaction.find::<Reissue>(id)?.is_none() {
        return Err(Code::NotFound.at(Table::Reissue.name()));
    }
    transaction.delete::<Reissue>(id)
}

/// One entry of another wallet's history (EUDI TS10 3.1), as far as this wallet keeps it: no values of claims, no
/// pseudonyms, no data of transactions. Nothing of it was verified by this wallet.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PastTransaction {
    /// The other wallet's identifier of it.
    #[n(0)]
    pub identifier: String,
    /// Seconds since 1970.
    #[n(1)]
    pub at: i64,
    /// What it was.
    #[n(2)]
    pub kind: TransactionKind,
    /// Whether it was completed.
    #[n(3)]
    pub completed: bool,
    /// Why not, in the other wallet's words.
    #[n(4)]
    pub reason: Option<String>,
    /// The other party's name; empty when none was given.
    #[n(5)]
    pub party: String,
    /// The other party's identifier; empty when none was given.
    #[n(6)]
    pub party_identifier: String,
    /// What was asked for.
    #[n(7)]
    pub requested: Vec<PastClaims>,
    /// What was shown, or may have been.
    #[n(8)]
    pub presented: Vec<PastClaims>,
    /// The types of the credentials that were issued or deleted.
    #[n(9)]
    pub credentials: Vec<String>,
    /// What it was, where it was of no other kind, in the other wallet's words.
    #[n(10)]
    pub description: Vec<String>,
}

/// Claims of one credential, by name.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct PastClaims {
    /// `doctype` or `vct`.
    #[n(0)]
    pub type_id: String,
    /// Each as the name of a member, or as a claims path pointer (OpenID4VP 1.0 section 7) in JSON.
    #[n(1)]
    pub claims: Vec<String>,
}

macro_rules! kinds {
    ($( $number:literal $kind:ident $name:literal $member:literal $doc:literal ; )+) => {
        /// `transactionType` of EUDI TS10 3.1.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
        #[cbor(index_only)]
        #[non_exhaustive]
        #[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
        pub enum TransactionKind {
            $( #[doc = $doc] #[n($number)] $kind, )+
        }

        impl TransactionKind {
            /// All.
            pub const ALL: &'static [Self] = &[ $( Self::$kind, )+ ];

            /// The name in TS10.
            #[must_use]
            pub const fn name(self) -> &'static str { match self { $( Self::$kind => $name, )+ } }

            /// The member of a transaction that has the details of this kind.
            pub(crate) const fn member(self) -> &'static str { match self { $( Self::$kind => $member, )+ } }
        }
    };
}

kinds! {
    0 Presentation "Presentation" "presentation" "Claims were shown, or asked for.";
    1 PseudonymPresentation "PseudonymPresentation" "pseudonymousAuthentication" "A pseudonym was used.";
    2 W2wPresentation "W2WPresentation" "w2wPresentation" "Claims were shown to another wallet.";
    3 W2wPresentationRequest "W2WPresentationRequest" "w2wPresentationRequest" "Another wallet was asked for claims.";
    4 CredentialIssuance "CredentialIssuance" "credentialIssuance" "Credentials were issued.";
    5 CredentialReissuance "CredentialReissuance" "credentialIssuance" "Credentials were issued again.";
    6 CredentialDeletion "CredentialDeletion" "credentialDeletion" "A credential was deleted.";
    7 PseudonymGeneration "PseudonymGeneration" "pseudonymGeneration" "A pseudonym was made.";
    8 PseudonymDeletion "PseudonymDeletion" "pseudonymDeletion" "A pseudonym was deleted.";
    9 CertificateIssuance "CertificateIssuance" "certificateIssuance" "A certificate for signing was issued.";
    10 CertificateDeletion "CertificateDeletion" "certificateDeletion" "A certificate for signing was deleted.";
    11 SigningSealing "SigningSealing" "signingSealing" "Something was signed.";
    12 DataDeletionRequest "DataDeletionRequest" "dataDeletionRequest" "A verifier was asked to delete data.";
    13 DpaReport "DPAReport" "dpaReport" "A data protection authority was told.";
    14 Other "OtherTransaction" "otherTransaction" "Anything else.";
}

impl TransactionKind {
    /// By the name in TS10.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

/// A part of another wallet's history: parts, so that no record grows without bound.
#[derive(Encode, Decode)]
pub(crate) struct ImportedHistory {
    /// When it was taken over, seconds since 1970.
    #[n(0)]
    pub(crate) at: i64,
    /// The oldest first.
    #[n(1)]
    pub(crate) transactions: Vec<PastTransaction>,
}

impl ImportedHistory {
    /// How many transactions one record holds at most.
    pub(crate) const PART: usize = 128;
}

impl Record for ImportedHistory {
    const TABLE: Table = Table::Imported;
}

/// All that was taken over, the oldest first.
///
/// # Errors
/// Those of a damaged vault.
pub(crate) fn imported(transaction: &mut Transaction<'_>) -> Result<Vec<PastTransaction>> {
    let parts = transaction.all::<ImportedHistory>()?;
    let mut all: Vec<PastTransaction> = parts.into_iter().flat_map(|(_, part)| part.transactions).collect();
    all.sort_by(|one, other| (one.at, &one.identifier).cmp(&(other.at, &other.identifier)));
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_waited_for_is_of_the_same_type_format_and_host() {
        let waiting = Reissue {
            format: "dc+sd-jwt".into(),
            type_id: "urn:eudi:pid:1".into(),
            issuer_name: String::new(),
            issuer: "https://issuer.example/start".into(),
            since: 0,
            reason: ReissueReason::Moved,
        };
        let met = |format, type_id, issuer| waiting.is_met_by(format, type_id, issuer);
        assert!(met("dc+sd-jwt", "urn:eudi:pid:1", "https://issuer.example"));
        assert!(met("dc+sd-jwt", "urn:eudi:pid:1", "https://issuer.example/start"));
        assert!(!met("mso_mdoc", "urn:eudi:pid:1", "https://issuer.example"));
        assert!(!met("dc+sd-jwt", "urn:eudi:pid:2", "https://issuer.example"));
        assert!(!met("dc+sd-jwt", "urn:eudi:pid:1", "https://issuer.example.org"));
        assert!(!met("dc+sd-jwt", "urn:eudi:pid:1", "no address"));
    }

    #[test]
    fn names_of_kinds_are_unique() {
        for kind in TransactionKind::ALL {
            assert_eq!(TransactionKind::from_name(kind.name()), Some(*kind));
        }
        assert_eq!(TransactionKind::from_name("presentation"), None);
    }
}
