//! Trust anchors as they are stored.

use wallet_core::trust::{Anchors, Channel, PathProfile, Role, TrustAnchor};

use crate::fixture::NOW;
use crate::fixture::pki::{ISSUERS, PKI};
use crate::vectors::Vectors;

/// What is read is an authority, survives its own encoding, and stands behind nobody else's chain.
pub fn run(data: &[u8]) {
    let Ok(anchor) = minicbor::decode::<TrustAnchor>(data) else { return };
    assert!(anchor.certificate().is_ca());
    assert!(anchor.certificate().unknown_critical_extensions().is_empty());
    let bytes = minicbor::to_vec(&anchor).expect("memory");
    assert_eq!(minicbor::decode::<TrustAnchor>(&bytes).as_ref().ok(), Some(&anchor));
    let known = anchor.certificate().public_key() == PKI.ca_issuers.certificate.public_key();
    let anchors: Anchors = [anchor].into_iter().collect();
    let chain = [PKI.ca_document_signer.certificate.clone()];
    let (role, channel) = (Role::Issuer, Channel::OpenId4Vci);
    assert!(known || anchors.authenticate(&chain, PathProfile::MdocIssuer, role, channel, NOW).is_err());
}

/// The fixture's anchors, as listed and narrowed.
#[must_use]
pub fn seeds(_: &Vectors) -> Vec<Vec<u8>> {
    let encode = |anchor: &TrustAnchor| minicbor::to_vec(anchor).expect("memory");
    let narrowed = |anchor: &TrustAnchor| {
        let anchor = anchor.clone().with_channels([Channel::Proximity]).with_types(["a", "b"]);
        encode(&anchor.with_next_update(NOW))
    };
    ISSUERS.iter().flat_map(|anchor| [encode(anchor), narrowed(anchor)]).collect()
}
