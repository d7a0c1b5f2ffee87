//! An mdoc that passed every check.

use serde_json::Value;

use super::{IssuerSigned, Layout, MobileSecurityObject, ValidityInfo};
use crate::credential::path::ClaimLocation;
use crate::crypto::p256::PublicKey;

/// An mdoc whose issuer and content are verified. Nothing but [`IssuerSigned::verify`] makes one.
pub struct VerifiedMdoc {
    issuer_signed: Vec<u8>,
    layout: Layout,
    claims: Value,
    validity: ValidityInfo,
    device_key: PublicKey,
    status: Option<Vec<u8>>,
}

impl VerifiedMdoc {
    pub(super) fn new(
        issuer_signed: &IssuerSigned<'_>,
        mso: &MobileSecurityObject<'_>,
        claims: Value,
    ) -> Self {
        Self {
            issuer_signed: issuer_signed.bytes.to_vec(),
            layout: issuer_signed.layout(mso.doc_type),
            claims,
            validity: mso.validity,
            device_key: mso.device_key.clone(),
            status: mso.status.map(<[u8]>::to_vec),
        }
    }

    /// The encoded IssuerSigned as it was received: what is stored, and what [`VerifiedMdoc::layout`] fits.
    #[must_use]
    pub fn issuer_signed(&self) -> &[u8] {
        &self.issuer_signed
    }

    /// The extents of its parts, to be stored beside the bytes.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The document type that the issuer signed.
    #[must_use]
    pub fn doc_type(&self) -> &str {
        self.layout.doc_type()
    }

    /// The elements: `{name space: {element identifier: value}}`, values as JSON ([`cbor::to_json`]).
    ///
    /// [`cbor::to_json`]: crate::cbor::to_json
    #[must_use]
    pub fn claims(&self) -> &Value {
        &self.claims
    }

    /// Every element, as [name space, element identifier], in the order of issuance.
    #[must_use]
    pub fn locations(&self) -> Vec<ClaimLocation> {
        self.layout.locations()
    }

    /// When it counts.
    #[must_use]
    pub fn validity(&self) -> &ValidityInfo {
        &self.validity
    }

    /// The key that presents it.
    #[must_use]
    pub fn device_key(&self) -> &PublicKey {
        &self.device_key
    }

    /// The `status` of the Mobile Security Object, encoded as it came (EU-46).
    #[must_use]
    pub fn status(&self) -> Option<&[u8]> {
        self.status.as_deref()
    }
}

/// Prints the type, never a claim.
impl std::fmt::Debug for VerifiedMdoc {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "VerifiedMdoc({})", self.doc_type())
    }
}
