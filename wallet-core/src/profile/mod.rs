//! The jurisdictions as data. Protocol code asks a [`Profile`]; nowhere is there an `if eu`.

mod dcql_leniency;

pub use dcql_leniency::DcqlLeniency;

use crate::credential::sd_jwt;
use crate::trust::Side;

/// How a verifier identifies itself: the Client Identifier Prefix (OpenID4VP 1.0 section 5.9.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClientIdPrefix {
    /// `x509_hash`: the SHA-256 of the leaf certificate.
    X509Hash,
    /// `x509_san_dns`: a DNS name in the leaf certificate.
    X509SanDns,
    /// `redirect_uri`: unsigned; the verifier is not verified at all.
    RedirectUri,
}

impl ClientIdPrefix {
    /// The text before the first colon.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::X509Hash => "x509_hash",
            Self::X509SanDns => "x509_san_dns",
            Self::RedirectUri => "redirect_uri",
        }
    }

    /// By that text; `None` for prefixes that no profile accepts, the reserved `origin` among them.
    #[must_use]
    pub fn from_prefix(prefix: &str) -> Option<Self> {
        [Self::X509Hash, Self::X509SanDns, Self::RedirectUri]
            .into_iter()
            .find(|known| known.as_str() == prefix)
    }
}

/// How the response travels (OpenID4VP 1.0 section 8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResponseMode {
    /// `direct_post.jwt`: encrypted to the verifier.
    DirectPostJwt,
    /// `direct_post`: protected by TLS alone.
    DirectPost,
}

impl ResponseMode {
    /// The parameter's value.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DirectPostJwt => "direct_post.jwt",
            Self::DirectPost => "direct_post",
        }
    }

    /// By the parameter's value.
    #[must_use]
    pub fn from_value(value: &str) -> Option<Self> {
        [Self::DirectPostJwt, Self::DirectPost].into_iter().find(|known| known.as_str() == value)
    }

    /// Whether the response is encrypted beyond TLS.
    #[must_use]
    pub const fn is_encrypted(self) -> bool {
        matches!(self, Self::DirectPostJwt)
    }
}

/// What one jurisdiction accepts of a request. Everything that is not accepted here is refused.
#[derive(Debug)]
pub struct Profile {
    /// Whose profile it is; `None` for the one that only a development switch allows.
    pub side: Option<Side>,
    /// Accepted Client Identifier Prefixes.
    pub client_id_prefixes: &'static [ClientIdPrefix],
    /// Accepted response modes.
    pub response_modes: &'static [ResponseMode],
    /// Whether the Request Object may come inside the link.
    pub request_by_value: bool,
    /// Whether `aud` may be the URL that the Request Object was fetched from, and not only
    /// `https://self-issued.me/v2`.
    pub audience_may_be_request_uri: bool,
    /// Whether `x5c` may contain the trust anchor.
    pub anchor_in_x5c: bool,
    /// Whether the names that drafts had for encryption metadata are read where those of 1.0 are absent.
    pub draft_encryption_metadata: bool,
    /// Whether what a verifier says it is registered for is read (EU-40). Where it is not, `registration_cert` is a
    /// format of `verifier_info` like any unknown one.
    pub registration_certificates: bool,
    /// Departures from DCQL 1.0.
    pub dcql: DcqlLeniency,
    /// Departures from SD-JWT VC that its issuers are forgiven.
    pub sd_jwt: sd_jwt::Leniency,
}

/// The European Union: OpenID4VC HAIP 1.0 (EU-2 to EU-9, EU-27). `x509_san_dns` stays beside `x509_hash`, since the
/// reference verifier still defaults to it (EU-6).
pub const EU: Profile = Profile {
    side: Some(Side::Eu),
    client_id_prefixes: &[ClientIdPrefix::X509Hash, ClientIdPrefix::X509SanDns],
    response_modes: &[ResponseMode::DirectPostJwt],
    request_by_value: false,
    audience_may_be_request_uri: false,
    anchor_in_x5c: false,
    draft_encryption_metadata: false,
    registration_certificates: true,
    dcql: DcqlLeniency::NONE,
    sd_jwt: sd_jwt::Leniency { vc_sd_jwt_typ: false, anchor_in_chain: false },
};

/// Canada: profile CA-1, what the Credo and ACA-Py families of verifiers send.
pub const CANADA: Profile = Profile {
    side: Some(Side::Ca),
    client_id_prefixes: &[ClientIdPrefix::X509SanDns, ClientIdPrefix::X509Hash],
    response_modes: &[ResponseMode::DirectPostJwt, ResponseMode::DirectPost],
    request_by_value: true,
    audience_may_be_request_uri: true,
    anchor_in_x5c: true,
    draft_encryption_metadata: true,
    registration_certificates: false,
    dcql: DcqlLeniency::ALL,
    sd_jwt: sd_jwt::Leniency { vc_sd_jwt_typ: true, anchor_in_chain: true },
};

/// Verifiers that nobody vouches for. Only a development switch gives access to it.
pub const UNVERIFIED: Profile = Profile {
    side: None,
    client_id_prefixes: &[ClientIdPrefix::RedirectUri],
    response_modes: &[ResponseMode::DirectPostJwt, ResponseMode::DirectPost],
    request_by_value: true,
    audience_may_be_request_uri: false,
    anchor_in_x5c: false,
    draft_encryption_metadata: false,
    registration_certificates: false,
    dcql: DcqlLeniency::NONE,
    sd_jwt: sd_jwt::Leniency { vc_sd_jwt_typ: false, anchor_in_chain: false },
};

impl Profile {
    /// The profile of a jurisdiction.
    #[must_use]
    pub const fn of(side: Side) -> &'static Self {
        match side {
            Side::Eu => &EU,
            Side::Ca => &CANADA,
        }
    }
}
