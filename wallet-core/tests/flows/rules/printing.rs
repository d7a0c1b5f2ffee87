//! What is printed (contract 11): apps print values and log errors, and so no public value that can be printed holds a
//! claim's value. Those that hold claims (a preview, the details of a credential, a request) cannot be printed at all.

use serde_json::json;
use wallet_core::present::Source;
use wallet_core::wallet::Incoming;

use super::Scene;
use crate::world::{Asked, Issuer, PID, agree, block_on, credential, open, receive};

/// Everything personal that the issuer says and that is long enough to be no part of another word.
const PERSONAL: [&str; 7] = ["Dubois", "lodie", "1990", "Lyon", "69001", "Tremblay", "Noël"];
/// A value that the verifier asks for by name, and what makes the other party's messages recognisable.
const WANTED: &str = "Wanted-Value";

fn holds_nothing_personal(what: &str, printed: &str) {
    for value in PERSONAL.into_iter().chain([WANTED]) {
        assert!(!printed.contains(value), "{what} prints {value}: {printed}");
    }
}

fn print(what: &str, value: &impl std::fmt::Debug) {
    let printed = format!("{value:?}{value:#?}");
    assert!(printed.len() > 10, "{what} prints nothing at all");
    holds_nothing_personal(what, &printed);
}

fn refusal<T>(refused: wallet_core::Result<T>) {
    let error = refused.err().unwrap();
    print("an error", &error);
    holds_nothing_personal("an error", &error.to_string());
}

#[test]
fn the_test_would_see_a_claim() {
    let seen = std::panic::catch_unwind(|| print("a text", &"Mme Dubois, Lyon"));
    assert!(seen.is_err());
}

#[test]
fn what_a_wallet_says_of_what_it_holds() {
    let scene = Scene::new();
    let wallet = &scene.wallet;
    print("the list", &block_on(wallet.credentials()).unwrap());
    print("the trust anchors", &block_on(wallet.trust_anchors()).unwrap());
    let details = block_on(wallet.credential(credential(wallet, PID).id)).unwrap();
    assert!(details.claims().any(|(_, value)| value == "Dubois"), "there is something to be found");
    details.claims().for_each(|(location, _)| print("a location", location));
    print("what is left", &block_on(wallet.delete(credential(wallet, PID).id)).unwrap());
    print("the history", &block_on(wallet.history()).unwrap());
    print("what is deleted of it", &block_on(wallet.delete_history(&[1])).unwrap());
    print("the history after that", &block_on(wallet.history()).unwrap());
}

#[test]
fn an_issuance_from_link_to_history() {
    let scene = Scene::new();
    let wallet = &scene.wallet;
    let link = Issuer::eu().offer(&scene.world);
    let Incoming::Offer { offer } = block_on(wallet.open_link(&link, Source::Scan)).unwrap() else {
        panic!()
    };
    print("the offered credentials", &offer.details().unwrap());
    refusal(block_on(offer.accept(None, "Receive")));
    let preview = block_on(offer.accept(Some("1234".to_owned()), "Receive")).unwrap();
    print("what waits", &block_on(wallet.pending()).unwrap());
    print("what was kept", &block_on(preview.keep()).unwrap());
    print("the history", &block_on(wallet.history()).unwrap());
}

#[test]
fn a_presentation_from_link_to_history() {
    let scene = Scene::new();
    let wallet = &scene.wallet;
    let asked = Asked::new(json!({ "credentials": [{
        "id": "pid", "format": "dc+sd-jwt", "meta": { "vct_values": [PID] },
        "claims": [
            { "path": ["family_name"], "values": ["Dubois", WANTED] },
            { "path": ["address", "postal_code"] },
        ],
    }] }));
    let request = open(wallet, &scene.bank.request(&scene.world, &asked, |_| ())).unwrap();
    print("the verifier", request.verifier());
    print("the matches", request.evaluation());
    print("the query", request.evaluation().query());
    let choice = request.evaluation().least().unwrap();
    print("the choice", &choice);
    print("the warnings", &format!("warnings: {:?}", request.warnings(&choice).unwrap()));
    print("the receipt", &block_on(request.send(agree(&request).unwrap(), "Share")).unwrap());
    print("what it has seen", &block_on(request.shared_before()).unwrap());
    assert_eq!(
        scene.bank.verified(&asked).0["pid"][0]["family_name"],
        "Dubois",
        "there was something to be found"
    );
    print("the history", &block_on(wallet.history()).unwrap());
}

#[test]
fn a_refusal_whose_cause_was_a_value() {
    let scene = Scene::new();
    let mismatch = Asked::new(json!({ "credentials": [{
        "id": "pid", "format": "dc+sd-jwt", "meta": { "vct_values": [PID] },
        "claims": [{ "path": ["family_name"], "values": [WANTED] }],
    }] }));
    let request = open(&scene.wallet, &scene.bank.request(&scene.world, &mismatch, |_| ())).unwrap();
    refusal(request.evaluation().least());

    let invalid = Asked::new(json!({ "credentials": [{ "id": WANTED.repeat(100), "format": "dc+sd-jwt" }] }));
    refusal(open(&scene.wallet, &scene.bank.request(&scene.world, &invalid, |_| ())));
    print("the history", &block_on(scene.wallet.history()).unwrap());
    refusal(receive(&scene.wallet, &format!("openid-credential-offer://?credential_offer={WANTED}")));
}
