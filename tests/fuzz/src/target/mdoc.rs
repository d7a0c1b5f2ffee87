//! mdocs as they come from an issuer.

use serde_json::Value;
use wallet_core::credential::mdoc::{self, Layout, VerifiedMdoc};
use wallet_core::credential::path::ClaimLocation;
use wallet_core::trust::Channel;
use wallet_core::verify;

use crate::fixture::credentials::{DOC_TYPE, MDL_CLAIMS, mdl, transcript, verify_mdoc};
use crate::fixture::pki::ISSUERS;
use crate::fixture::{NOW, device_key};
use crate::vectors::Vectors;

/// Only what the fixture's issuer signed is accepted, with elements left out or not.
pub fn run(data: &[u8]) {
    let Ok(verified) = verify_mdoc(data) else { return };
    check_issued(&verified);
    check_stored(data, &verified, 0x5555_5555_5555_5555);
}

/// Each element is one that the issuer signed, its value untouched.
pub(super) fn check_issued(verified: &VerifiedMdoc) {
    assert_eq!(verified.doc_type(), DOC_TYPE);
    for location in verified.locations() {
        let value = location.find_in(verified.claims()).expect("an element");
        assert_eq!(Some(value), location.find_in(&MDL_CLAIMS), "{location}");
    }
}

/// What holds for everything that can be stored: each element is there once and found again by its location, the layout
/// survives its own encoding, and a presentation of the elements that are picked by the bits of `picked` verifies and
/// shows exactly these.
pub(super) fn check_stored(bytes: &[u8], verified: &VerifiedMdoc, picked: u64) {
    let layout = verified.layout();
    assert_eq!(verified.issuer_signed(), bytes);
    let encoded = minicbor::to_vec(layout).expect("memory");
    assert_eq!(minicbor::decode::<Layout>(&encoded).ok().as_ref(), Some(layout));
    let locations = verified.locations();
    for (index, location) in locations.iter().enumerate() {
        assert!(!locations[..index].contains(location), "{location} twice");
        let value = mdoc::claim_value(bytes, layout, location).expect("the layout of these bytes");
        assert_eq!(Some(&value), location.find_in(verified.claims()), "{location}");
        mdoc::claim_bytes(bytes, layout, location).expect("the layout of these bytes");
    }
    if *verified.device_key() != device_key().public_key() {
        return;
    }
    let chosen =
        |(index, location): (usize, ClaimLocation)| (picked >> (index % 64) & 1 == 1).then_some(location);
    let selected: Vec<ClaimLocation> = locations.into_iter().enumerate().filter_map(chosen).collect();
    let unsigned = mdoc::prepare(bytes, layout, &selected, &transcript()).expect("the layout of these bytes");
    let signature = device_key().sign(unsigned.to_sign());
    let response = unsigned.finish(&signature);
    let shown = verify::mdoc::verify(&response, &transcript(), &ISSUERS, Channel::OpenId4Vp, NOW);
    let shown = shown.expect("a presentation of a verified credential");
    assert_eq!(shown.mdoc().locations(), selected);
    let value = |claims: &Value, location: &ClaimLocation| location.find_in(claims).cloned();
    for location in &selected {
        assert_eq!(value(shown.mdoc().claims(), location), value(verified.claims(), location));
    }
}

/// The fixture's mDL, and published CBOR.
#[must_use]
pub fn seeds(vectors: &Vectors) -> Vec<Vec<u8>> {
    let mut seeds: Vec<Vec<u8>> = vectors.cbor().into_iter().filter(|bytes| bytes.len() > 256).collect();
    seeds.push(mdl(&device_key().public_key()));
    seeds
}
