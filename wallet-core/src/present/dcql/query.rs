//! The query as the specification has it (OpenID4VP 1.0 section 6), valid in itself.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::values::ExpectedValues;
use crate::credential::Format;
use crate::credential::path::ClaimPath;

/// A DCQL query. Only [`Query::parse`] makes one, so every rule of section 6 holds. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Query {
    pub(super) credentials: Arc<[Arc<CredentialQuery>]>,
    pub(super) credential_sets: Arc<[CredentialSetQuery]>,
}

impl Query {
    /// `credentials`: at least one, ids unique.
    pub fn credentials(&self) -> impl ExactSizeIterator<Item = &CredentialQuery> {
        self.credentials.iter().map(AsRef::as_ref)
    }

    /// The credential query with this `id`.
    #[must_use]
    pub fn credential(&self, id: &str) -> Option<&CredentialQuery> {
        self.credentials().find(|query| query.id == id)
    }

    /// `credential_sets`: empty when the query has none, and then every credential is required.
    #[must_use]
    pub fn credential_sets(&self) -> &[CredentialSetQuery] {
        &self.credential_sets
    }
}

/// One entry of `credentials` (section 6.1).
#[derive(Debug, Clone)]
pub struct CredentialQuery {
    pub(super) id: String,
    pub(super) format: String,
    pub(super) meta: Meta,
    pub(super) multiple: bool,
    pub(super) require_cryptographic_holder_binding: bool,
    pub(super) trusted_authorities: Option<TrustedAuthorities>,
    pub(super) claims: Vec<ClaimsQuery>,
    /// What `claims` and `claim_sets` come to (section 6.4.1): the combinations that will do, the verifier's favourite
    /// first, each by positions in `claims` and with no path twice. Without `claims` it is one empty combination,
    /// without `claim_sets` one with all claims.
    pub(super) combinations: Vec<Vec<usize>>,
}

impl CredentialQuery {
    /// `id`: names the credential in the response.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// `format`, as the verifier wrote it.
    #[must_use]
    pub fn format(&self) -> &str {
        &self.format
    }

    /// `meta`, by format.
    #[must_use]
    pub fn meta(&self) -> &Meta {
        &self.meta
    }

    /// `multiple`: whether several credentials may answer. Default false.
    #[must_use]
    pub fn multiple(&self) -> bool {
        self.multiple
    }

    /// `require_cryptographic_holder_binding`: whether the holder must prove the key. Default true.
    #[must_use]
    pub fn require_cryptographic_holder_binding(&self) -> bool {
        self.require_cryptographic_holder_binding
    }

    /// `trusted_authorities`, where the verifier named any.
    #[must_use]
    pub fn trusted_authorities(&self) -> Option<&TrustedAuthorities> {
        self.trusted_authorities.as_ref()
    }

    /// `claims`: empty when the query has none, and then no claim that can be withheld is asked for.
    #[must_use]
    pub fn claims(&self) -> &[ClaimsQuery] {
        &self.claims
    }
}

/// `meta` (section 6.1, appendices B.2.3 and B.3.5): the types that will do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meta {
    /// `mso_mdoc`: one doctype; several only in the draft form that a profile may allow.
    MsoMdoc {
        /// `doctype_value`.
        doctype_values: Vec<String>,
    },
    /// `dc+sd-jwt`.
    DcSdJwt {
        /// `vct_values`; a type that extends one of them will do too.
        vct_values: Vec<String>,
    },
    /// A format that this wallet does not hold. It never matches and is no error (EU-24).
    Unsupported,
}

impl Meta {
    /// The format and the types to look for; `None` when no credential can match.
    #[must_use]
    pub fn wanted(&self) -> Option<(Format, &[String])> {
        match self {
            Self::MsoMdoc { doctype_values } => Some((Format::MsoMdoc, doctype_values)),
            Self::DcSdJwt { vct_values } => Some((Format::DcSdJwt, vct_values)),
            Self::Unsupported => None,
        }
    }
}

/// `trusted_authorities` (section 6.1.1, EU-22): the authorities whose credentials the verifier will accept.
///
/// Of the types only `aki` can match. `etsi_tl` and `openid_federation` would need data from the network while the
/// citizen waits, which tells third parties that a request arrived (section 15.10).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustedAuthorities {
    /// The key identifiers of all entries of type `aki`.
    pub(super) authority_key_ids: BTreeSet<Vec<u8>>,
}

impl TrustedAuthorities {
    /// Whether a credential is certified by one of them, given the AuthorityKeyIdentifiers in its chain.
    pub(super) fn accept(&self, authority_key_ids: &[Vec<u8>]) -> bool {
        authority_key_ids.iter().any(|id| self.authority_key_ids.contains(id))
    }
}

/// One entry of `claims` (section 6.3).
#[derive(Debug, Clone)]
pub struct ClaimsQuery {
    pub(super) id: Option<String>,
    pub(super) path: ClaimPath,
    pub(super) values: Option<ExpectedValues>,
    pub(super) intent_to_retain: Option<bool>,
}

impl ClaimsQuery {
    /// `id`, where it has one.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// `path`.
    #[must_use]
    pub fn path(&self) -> &ClaimPath {
        &self.path
    }

    /// `values`, where the claim must have one of some.
    #[must_use]
    pub fn values(&self) -> Option<&ExpectedValues> {
        self.values.as_ref()
    }

    /// `intent_to_retain` (mdoc only, appendix B.2.4): `None` means that the verifier makes no statement.
    ///
    /// Where several claims queries have the same path and one says true, all do.
    #[must_use]
    pub fn intent_to_retain(&self) -> Option<bool> {
        self.intent_to_retain
    }
}

/// A set of credential queries, by their position in `credentials`: bit 0 is the first.
pub(super) type QueryMask = u64;

const _: () = assert!(crate::limits::DCQL_CREDENTIALS <= QueryMask::BITS as usize);

/// One entry of `credential_sets` (section 6.2).
#[derive(Debug, Clone)]
pub struct CredentialSetQuery {
    pub(super) options: Vec<Vec<String>>,
    pub(super) masks: Vec<QueryMask>,
    pub(super) required: bool,
}

impl CredentialSetQuery {
    /// `options`: each a list of credential query ids. Their order is no preference (EU-21).
    #[must_use]
    pub fn options(&self) -> &[Vec<String>] {
        &self.options
    }

    /// `required`. Default true.
    #[must_use]
    pub fn required(&self) -> bool {
        self.required
    }
}
