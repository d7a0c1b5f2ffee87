//! Presentations of mdocs.

use wallet_core::credential::mdoc;
use wallet_core::trust::Channel;
use wallet_core::verify;

use super::mdoc::check_issued;
use crate::fixture::credentials::{mdl, transcript, verify_mdoc};
use crate::fixture::pki::ISSUERS;
use crate::fixture::{NOW, device_key};
use crate::tree::Node;
use crate::vectors::Vectors;

/// Only elements that the issuer signed are accepted, in one document that asserts nothing of its own.
pub fn run(data: &[u8]) {
    let verified = verify::mdoc::verify(data, &transcript(), &ISSUERS, Channel::OpenId4Vp, NOW);
    let Ok(verified) = verified else { return };
    check_issued(verified.mdoc());
    assert_eq!(*verified.mdoc().device_key(), device_key().public_key());
    let Ok(Node::Map(response)) = Node::read(data, 16) else { panic!("an accepted response is no map") };
    let named = |(name, _): &&(Node, Node)| *name == Node::Text("documents".to_owned());
    assert!(matches!(response.iter().find(named), Some((_, Node::Array(documents))) if documents.len() == 1));
}

/// Presentations of the fixture's mDL, and published ones.
#[must_use]
pub fn seeds(vectors: &Vectors) -> Vec<Vec<u8>> {
    let bytes = mdl(&device_key().public_key());
    let verified = verify_mdoc(&bytes).expect("an mDL");
    let locations = verified.locations();
    let mut seeds: Vec<Vec<u8>> = vectors.cbor().into_iter().filter(|bytes| bytes.len() > 256).collect();
    for selected in [&locations[..], &locations[..2], &[]] {
        let unsigned = mdoc::prepare(&bytes, verified.layout(), selected, &transcript()).expect("its layout");
        let signature = device_key().sign(unsigned.to_sign());
        seeds.push(unsigned.finish(&signature));
    }
    seeds
}
