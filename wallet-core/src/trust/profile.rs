//! What a chain must look like, as data: one profile for each use.

use crate::asn1::KeyUsage;
use crate::asn1::oid::{
    ANY_EXTENDED_KEY_USAGE, CLIENT_AUTH, EUDI_PID_DOCUMENT_SIGNER, MDL_DOCUMENT_SIGNER, MDL_READER_AUTH,
    ObjectIdentifier, SERVER_AUTH,
};

/// Which rules a chain is held to. What they share (RFC 5280 6.1) is in the path checks; where they differ is in
/// its `Rules`, and nowhere else. A further use (readers face to face, ISO 18013-5 B.1.7) is a further row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PathProfile {
    /// The document signer of an mdoc (ISO 18013-5 B.1.4) under its IACA (B.1.2).
    MdocIssuer,
    /// The signer of an SD-JWT VC (HAIP 1.0 6.1.1, EU-45).
    SdJwtIssuer,
    /// The signer of an OpenID4VP request (HAIP 1.0 5): a relying party's access certificate in the EU, an ordinary
    /// certificate with its host name in Canada. Not held to ISO's profile for readers: that is for another channel.
    RequestSigner,
    /// The signer of a relying party's registration certificate (ETSI TS 119 475, EU-40).
    RegistrationSigner,
    /// The signer of a status list (HAIP 1.0 6.1, EU-46).
    StatusListSigner,
}

/// The rules of one profile.
pub(super) struct Rules {
    /// `keyUsage` of the leaf.
    pub(super) leaf_key_usage: KeyUsageRule,
    /// `extKeyUsage` of the leaf and, where they have one, of the intermediates.
    pub(super) purposes: PurposeRule,
    /// How many seconds the leaf's validity may span.
    pub(super) leaf_validity: Option<i64>,
    /// Whether certificates may stand between leaf and anchor.
    pub(super) intermediates: bool,
    /// What `pathLenConstraint` of the anchor must be.
    pub(super) anchor_path_len: Option<u8>,
    /// Whether leaf and anchor must have key identifiers (equal they must be in any case).
    pub(super) key_ids_required: bool,
    /// Whether country and state of the leaf must be the anchor's.
    pub(super) same_country: bool,
}

/// What `keyUsage` must say.
pub(super) enum KeyUsageRule {
    /// This and nothing else.
    Exactly(KeyUsage),
    /// At least this.
    Includes(KeyUsage),
}

/// What `extKeyUsage` must say.
pub(super) enum PurposeRule {
    /// The leaf has it, with one of these.
    Required(&'static [ObjectIdentifier]),
    /// Absent, or with one of these.
    Optional(&'static [ObjectIdentifier]),
    /// Whatever.
    Any,
}

impl PathProfile {
    pub(super) const fn rules(self) -> &'static Rules {
        match self {
            Self::MdocIssuer => &MDOC_ISSUER,
            Self::SdJwtIssuer | Self::RegistrationSigner | Self::StatusListSigner => &JWT_SIGNER,
            Self::RequestSigner => &REQUEST_SIGNER,
        }
    }
}

const DAY: i64 = 86_400;

/// ISO 18013-5 B.1.2 and B.1.4. The standard wants `extKeyUsage` critical; issuers in the field write it both ways, and
/// a purpose that is read is kept either way, so its criticality is not looked at. The PID Rulebook takes the same profile
/// with a purpose of its own.
static MDOC_ISSUER: Rules = Rules {
    leaf_key_usage: KeyUsageRule::Exactly(KeyUsage::DIGITAL_SIGNATURE),
    purposes: PurposeRule::Required(&[MDL_DOCUMENT_SIGNER, EUDI_PID_DOCUMENT_SIGNER]),
    leaf_validity: Some(457 * DAY),
    intermediates: false,
    anchor_path_len: Some(0),
    key_ids_required: true,
    same_country: true,
};

/// Whoever signs a JWT that others hand on; neither HAIP nor ETSI asks more of the certificate.
static JWT_SIGNER: Rules = Rules {
    leaf_key_usage: KeyUsageRule::Includes(KeyUsage::DIGITAL_SIGNATURE),
    purposes: PurposeRule::Any,
    leaf_validity: None,
    intermediates: true,
    anchor_path_len: None,
    key_ids_required: false,
    same_country: false,
};

static REQUEST_SIGNER: Rules = Rules {
    leaf_key_usage: KeyUsageRule::Includes(KeyUsage::DIGITAL_SIGNATURE),
    purposes: PurposeRule::Optional(&[CLIENT_AUTH, SERVER_AUTH, ANY_EXTENDED_KEY_USAGE, MDL_READER_AUTH]),
    leaf_validity: None,
    intermediates: true,
    anchor_path_len: None,
    key_ids_required: false,
    same_country: false,
};
