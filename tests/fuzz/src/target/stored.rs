//! What is read back from the vault: layouts beside bytes, and summaries.
//!
//! The input is a layout after its length in two bytes, then the bytes that it is for; or a summary.

use minicbor::{Decode, Encode};
use wallet_core::credential::path::ClaimLocation;
use wallet_core::credential::{
    Binding, CredentialId, Format, Layout, Summary, VerifiedCredential, claim_value, prepare, sd_jwt,
};
use wallet_core::present::dcql::Index;

use crate::fixture::credentials::{CLIENT_ID, NONCE, RESPONSE_URI, mdl, pid};
use crate::fixture::pki::ISSUERS;
use crate::fixture::{NOW, device_key};
use crate::vectors::Vectors;

/// A layout as this target reads it.
#[must_use]
pub fn joined(layout: &[u8], bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(layout.len()).expect("a layout").to_be_bytes();
    [&length, layout, bytes].concat()
}

/// A layout of other bytes gives errors and takes no more memory than they have; records survive their own encoding.
pub fn run(data: &[u8]) {
    if let Some((length, rest)) = data.split_first_chunk()
        && let Some((layout, bytes)) = rest.split_at_checked(u16::from_be_bytes(*length).into())
        && let Ok(layout) = minicbor::decode::<Layout>(layout)
    {
        check_encoding(&layout);
        check_layout(&layout, bytes);
    }
    if let Ok(summary) = minicbor::decode::<Summary>(data) {
        check_encoding(&summary);
        let mut index = Index::default();
        index.add_encoded(data).expect("a summary");
        let credential = summary.credential;
        index.add(&summary).expect("memory");
        assert_eq!(index.len(), 1);
        assert!(index.remove(credential) && index.is_empty());
    }
}

fn check_encoding<T: Encode<()> + for<'b> Decode<'b, ()>>(record: &T) {
    let bytes = minicbor::to_vec(record).expect("memory");
    let again: T = minicbor::decode(&bytes).expect("a record of our own");
    assert_eq!(minicbor::to_vec(&again).expect("memory"), bytes);
}

fn check_layout(layout: &Layout, bytes: &[u8]) {
    let mut locations: Vec<ClaimLocation> = match layout {
        Layout::MsoMdoc(layout) => layout.locations(),
        Layout::DcSdJwt(layout) => layout.disclosable().cloned().collect(),
    };
    locations.truncate(64);
    locations.push(ClaimLocation::keys(["address", "locality"]));
    locations.push(ClaimLocation(Vec::new()));
    for location in &locations {
        // Bytes and layout need not belong together: any answer will do but a panic.
        drop(claim_value(bytes, layout, location));
    }
    let binding = Binding {
        client_id: CLIENT_ID,
        nonce: NONCE,
        response_uri: RESPONSE_URI,
        jwk_thumbprint: None,
        issued_at: NOW,
    };
    for selected in [&locations[..], &locations[..locations.len() - 2], &[]] {
        if let Ok(unsigned) = prepare(bytes, layout, selected, &binding) {
            assert!(!unsigned.to_sign().is_empty());
        }
    }
}

/// The records of the fixture's credentials.
#[must_use]
pub fn seeds(_: &Vectors) -> Vec<Vec<u8>> {
    let key = device_key().public_key();
    let all = [(Format::DcSdJwt, pid(&key).into_bytes()), (Format::MsoMdoc, mdl(&key))];
    let records = all.into_iter().flat_map(|(format, bytes)| {
        let leniency = |_: &_| sd_jwt::Leniency::default();
        let verified = VerifiedCredential::verify(format, &bytes, &ISSUERS, leniency, NOW);
        let verified = verified.expect("a credential of the fixture");
        let layout = minicbor::to_vec(verified.layout()).expect("memory");
        let summary = minicbor::to_vec(verified.summary(CredentialId([1; 16]))).expect("memory");
        [joined(&layout, &bytes), summary]
    });
    records.collect()
}
