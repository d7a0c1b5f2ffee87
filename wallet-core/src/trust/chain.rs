//! A chain whose signer is known.

use super::anchor::TrustAnchor;
use crate::asn1::Certificate;
use crate::error::{Code, Result};

/// A certificate chain that [`Anchors::authenticate`](super::Anchors::authenticate) has let through. Nothing else makes
/// one, so a function that takes it cannot be given a stranger.
#[derive(Debug, Clone)]
pub struct TrustedChain {
    leaf: Certificate,
    /// As presented, the leaf among them.
    certificates: Vec<Certificate>,
    anchors: Vec<TrustAnchor>,
}

impl TrustedChain {
    pub(super) fn new(leaf: Certificate, certificates: Vec<Certificate>, anchors: Vec<TrustAnchor>) -> Self {
        Self { leaf, certificates, anchors }
    }

    /// The signer's certificate.
    #[must_use]
    pub fn leaf(&self) -> &Certificate {
        &self.leaf
    }

    /// The certificates as presented, the leaf first.
    #[must_use]
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// Every anchor that stands behind the chain for the asked role and channel; at least one; EU before Canada.
    #[must_use]
    pub fn anchors(&self) -> &[TrustAnchor] {
        &self.anchors
    }

    /// Those anchors that may stand behind a credential of this doctype or vct.
    ///
    /// # Errors
    /// [`Code::AnchorNotForThis`] when there is none.
    pub fn anchors_for_type(&self, doctype_or_vct: &str) -> Result<Vec<&TrustAnchor>> {
        let anchors: Vec<_> =
            self.anchors.iter().filter(|anchor| anchor.allows_type(doctype_or_vct)).collect();
        if anchors.is_empty() { Err(Code::AnchorNotForThis.at("type")) } else { Ok(anchors) }
    }

    /// Whether an anchor was presented in the chain: HAIP 1.0 5 and 6.1.1 forbid it ([`Code::AnchorInChain`], EU-4),
    /// Canadian verifiers do it. An anchor is a name and a key, so a renewed certificate of both counts.
    #[must_use]
    pub fn contains_anchor(&self) -> bool {
        self.certificates.iter().skip(1).any(|presented| {
            self.anchors.iter().any(|anchor| presented.has_same_subject_and_key(anchor.certificate()))
        })
    }

    /// The key identifiers by which `trusted_authorities` of type `aki` finds this chain (EU-22): the
    /// `authorityKeyIdentifier` of every presented certificate.
    #[must_use]
    pub fn authority_key_ids(&self) -> Vec<&[u8]> {
        self.certificates.iter().filter_map(Certificate::authority_key_id).collect()
    }
}
