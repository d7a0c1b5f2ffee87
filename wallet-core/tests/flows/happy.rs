//! The main job, when everybody does it right.

use serde_json::json;
use wallet_core::credential::Format;

use crate::world::{Asked, Issuer, STATE, Verifier, World, block_on, present, receive};

#[test]
fn both_formats_of_an_issuance_come_in_batches_and_no_key_twice() {
    let world = World::new();
    let wallet = world.empty_wallet();
    let issuer = Issuer::eu();
    receive(&wallet, &issuer.offer(&world)).unwrap();

    let credentials = block_on(wallet.credentials()).unwrap().entries;
    assert_eq!(credentials.len(), 2);
    assert_eq!(credentials[0].issued_together, credentials[1].issued_together);
    for credential in &credentials {
        assert_eq!((credential.copies, credential.fresh_copies), (3, 3));
        assert_eq!(credential.issuer.identifier, "https://issuer.example");
    }
    assert!(credentials.iter().any(|one| one.format == Format::MsoMdoc));

    let proofs = issuer.proofs.lock().unwrap().concat();
    let keys: std::collections::HashSet<String> =
        proofs.iter().map(|proof| proof.split('.').next().unwrap().to_owned()).collect();
    assert_eq!((proofs.len(), keys.len()), (6, 6));
    assert_eq!(issuer.notified(), ["credential_accepted", "credential_accepted"]);
}

#[test]
fn exactly_the_claims_that_were_asked_for_are_disclosed() {
    let world = World::new();
    let wallet = world.stocked_wallet();
    let verifier = Verifier::eu(&world);
    let asked = Asked::new(json!({ "credentials": [{
        "id": "pid", "format": "dc+sd-jwt", "meta": { "vct_values": ["urn:eudi:pid:1"] },
        "claims": [{ "path": ["family_name"] }, { "path": ["nationalities", 0] }, { "path": ["address", "locality"] }],
    }] }));
    let receipt = present(&wallet, &verifier.request(&world, &asked, |_| ())).unwrap();
    assert_eq!(receipt.http_status, 200);
    let (claims, state) = verifier.verified(&asked);
    assert_eq!(state.as_deref(), Some(STATE));
    let disclosed = &claims["pid"][0];
    assert_eq!(disclosed["family_name"], "Dubois");
    assert_eq!(disclosed["nationalities"], json!(["FR"]));
    assert_eq!(disclosed["address"], json!({ "locality": "Lyon" }));
    assert!(disclosed.get("given_name").is_none() && disclosed.get("sex").is_none());
}

#[test]
fn ca_1_an_age_and_nothing_else_over_either_response_mode() {
    let world = World::new();
    let wallet = world.stocked_wallet();
    let verifier = Verifier::ca(&world);
    for response_mode in ["direct_post.jwt", "direct_post"] {
        let asked = Asked::age().by(response_mode);
        present(&wallet, &verifier.request(&world, &asked, |_| ())).unwrap();
        let (claims, state) = verifier.verified(&asked);
        assert_eq!(claims["mdl"][0], json!({ "org.iso.18013.5.1": { "age_over_19": true } }));
        assert_eq!(state.as_deref(), Some(STATE), "{response_mode}");
    }
    let mdl = block_on(wallet.credentials())
        .unwrap()
        .entries
        .into_iter()
        .find(|one| one.type_id.contains("mDL"))
        .unwrap();
    assert_eq!((mdl.copies, mdl.fresh_copies), (3, 1));
}
