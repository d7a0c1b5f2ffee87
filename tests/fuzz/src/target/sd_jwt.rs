//! SD-JWT VCs as they come from an issuer.

use serde_json::Value;
use wallet_core::credential::path::{ClaimLocation, Step};
use wallet_core::credential::sd_jwt::{self, KeyBinding, VerifiedSdJwt};
use wallet_core::trust::Channel;
use wallet_core::verify;
use wallet_core::verify::sd_jwt::Expected;

use crate::fixture::credentials::{CLIENT_ID, EXPECTED, NONCE, PID_CLAIMS, pid, verify_sd_jwt};
use crate::fixture::pki::ISSUERS;
use crate::fixture::subset::is_part_of;
use crate::fixture::{NOW, device_key};
use crate::vectors::Vectors;

/// Only what the fixture's issuer signed is accepted, whole or in part, and what is stored of it keeps its laws.
pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Ok(verified) = verify_sd_jwt(text) else { return };
    assert!(is_part_of(verified.claims(), &PID_CLAIMS));
    check_stored(text, &verified, 0x5555_5555_5555_5555);
}

/// What holds for everything that can be stored: each claim is found again by its location, the layout survives its
/// own encoding, and a presentation of the claims that are picked by the bits of `picked` verifies and shows what
/// `Layout::seen` says.
pub(super) fn check_stored(text: &str, verified: &VerifiedSdJwt, picked: u64) {
    let (layout, claims) = (verified.layout(), verified.claims());
    assert_eq!(verified.compact(), text);
    let bytes = minicbor::to_vec(layout).expect("memory");
    assert!(minicbor::decode::<sd_jwt::Layout>(&bytes).ok().as_ref() == Some(layout));
    for location in verified.locations().iter().chain(layout.disclosable()) {
        let value = sd_jwt::claim_value(text, layout, location).expect("the layout of this text");
        assert_eq!(value.as_ref(), location.find_in(claims), "{location}");
    }
    assert!(verified.always_disclosed().iter().all(|always| verified.locations().contains(always)));
    if *verified.device_key() != device_key().public_key() {
        return;
    }
    let chosen = |(index, location): (usize, &ClaimLocation)| {
        (picked >> (index % 64) & 1 == 1).then(|| location.clone())
    };
    let selected: Vec<ClaimLocation> = verified.locations().iter().enumerate().filter_map(chosen).collect();
    let shown = present(text, verified, &selected);
    assert!(is_part_of(&shown, claims));
    let seen: Vec<&ClaimLocation> = layout.seen(verified.locations(), &selected).collect();
    assert!(selected.iter().all(|location| seen.contains(&location)), "something selected is not seen");
    // Elements move up when those before them are left out, so only what lies in objects keeps its place.
    let in_objects = |location: &&ClaimLocation| location.0.iter().all(|step| matches!(step, Step::Key(_)));
    for location in verified.locations().iter().filter(in_objects) {
        let value = location.find_in(claims).expect("a claim");
        let is_shown = location.find_in(&shown) == Some(value);
        // What is left of an object without its members may look like an object without any.
        let is_empty = value.as_object().is_some_and(serde_json::Map::is_empty)
            || value.as_array().is_some_and(Vec::is_empty);
        assert!(is_shown == seen.contains(&location) || is_empty, "{location}");
    }
}

/// The claims that the verifier sees.
fn present(text: &str, verified: &VerifiedSdJwt, selected: &[ClaimLocation]) -> Value {
    let binding = KeyBinding { audience: CLIENT_ID, nonce: NONCE, issued_at: NOW };
    let unsigned =
        sd_jwt::prepare(text, verified.layout(), selected, &binding).expect("the layout of this text");
    let signature = device_key().sign(unsigned.to_sign());
    let presentation = unsigned.finish(&signature);
    let expected = Expected { vct_values: &[verified.vct()], ..EXPECTED };
    let shown = verify::sd_jwt::verify(&presentation, &expected, &ISSUERS, Channel::OpenId4Vp, NOW);
    shown.expect("a presentation of a verified credential").claims().clone()
}

/// The fixture's PID, and published ones.
#[must_use]
pub fn seeds(vectors: &Vectors) -> Vec<Vec<u8>> {
    let mut seeds = vectors.with('~', |count| count > 0);
    seeds.push(pid(&device_key().public_key()).into_bytes());
    seeds
}
