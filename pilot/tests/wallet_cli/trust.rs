//! Whom the wallet trusts, and what it does with everybody else.

use super::server::{Server, built_in};
use super::wallet::{LISTS, Wallet, certificate};
use super::world::eu_verifier;

#[test]
fn lists_take_what_is_in_a_file_and_say_what_they_hold() {
    let wallet = Wallet::new();
    assert_eq!(wallet.json(["trust", "list"]).done(), serde_json::json!({ "anchors": [] }));
    let file = certificate("eu-issuer-ca");
    let add = || wallet.json(["trust", "add", "--list", "eu-issuers", file.to_str().unwrap()]);
    assert_eq!(add().done(), serde_json::json!({ "list": "eu-issuers", "added": 1 }));
    assert_eq!(add().done()["added"], 0, "it is there already");
    let anchors = wallet.json(["trust", "list"]).done();
    let anchor = &anchors["anchors"][0];
    assert_eq!(anchors["anchors"].as_array().unwrap().len(), 1);
    assert_eq!(
        (anchor["list"].as_str(), anchor["source"].as_str()),
        (Some("eu-issuers"), Some("eu-issuer-ca.pem"))
    );
    assert_eq!(anchor["name"], "Demo PID Provider CA");
    assert_eq!(anchor["sha256"].as_str().unwrap().len(), 64);
    let said = wallet.run(["trust", "list"]);
    assert!(said.out.contains("eu-issuers") && said.out.contains("Demo PID Provider"), "{said:?}");

    for content in ["", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"] {
        let file = wallet.home().join("bad.pem");
        std::fs::write(&file, content).unwrap();
        let said = wallet.json(["trust", "add", "--list", "tls", file.to_str().unwrap()]);
        assert_eq!(said.code, Some(3), "{content:?}: {said:?}");
    }
    // What an authority issued is no authority.
    eu_verifier();
    let leaf = certificate("eu-verifier-localhost");
    wallet.json(["trust", "add", "--list", "eu-verifiers", leaf.to_str().unwrap()]).failed(3, "WC-5019");
    assert_eq!(wallet.json(["trust", "list"]).done(), anchors, "nothing came of it");
}

#[test]
fn a_server_that_is_on_no_list_gets_nothing() {
    let wallet = Wallet::new();
    wallet.trust(&["eu-issuers", "eu-verifiers"]);
    let issuer = Server::start(&["issuer", "--side", "eu", "--tx-code", "none", "--batch", "1"]);
    wallet.json(["receive", &issuer.offer(), "--yes"]).failed(3, "WC-1007");
    let request = eu_verifier().ask(&built_in("eu-pid-sd-jwt"));
    wallet.json(["present", &request.uri, "--yes"]).failed(3, "WC-1007");
    assert_eq!(request.status(), "waiting", "it was not even asked");

    // The twin: the root of the connection is on the list.
    wallet.trust(&["tls"]);
    wallet.json(["receive", &issuer.offer(), "--yes"]).done();
    assert_eq!(wallet.json(["present", &request.uri, "--yes"]).done()["sent"], true);
    assert_eq!(request.verdict()["verified"], true);
}

#[test]
fn an_issuer_that_is_on_no_list_leaves_nothing() {
    let wallet = Wallet::new();
    wallet.trust(&["tls", "eu-verifiers", "ca-issuers"]);
    let issuer = Server::start(&["issuer", "--side", "eu", "--tx-code", "none", "--batch", "1"]);
    wallet.json(["receive", &issuer.offer(), "--yes"]).failed(3, "WC-5012");
    assert!(wallet.credentials().is_empty());
    assert_eq!(issuer.event("notified")["notification"], "credential_failure");
    let last = wallet.last();
    assert_eq!((last["event"].as_str(), last["code"].as_str()), (Some("not_received"), Some("WC-5012")));
    assert_eq!(last["issuer"]["verification"]["verified"], false);
}

#[test]
fn a_verifier_that_is_on_no_list_of_its_own_gets_nothing() {
    let wallet = Wallet::new();
    // Each list is for one thing: an issuer of either side, and a verifier of the other, are no verifier of this one.
    let others: Vec<_> =
        LISTS.map(|(list, _)| list).into_iter().filter(|list| *list != "eu-verifiers").collect();
    wallet.trust(&others);
    let request = eu_verifier().ask(&built_in("eu-pid-sd-jwt"));
    wallet.json(["present", &request.uri, "--yes"]).failed(3, "WC-5012");
    let history = wallet.history();
    assert_eq!(history["unauthenticated_refusals"][0]["code"], "WC-5012");
    assert_eq!(history["entries"], serde_json::json!([]), "it has no name that could be believed");

    let stocked = Wallet::stocked();
    assert_eq!(stocked.json(["present", &request.uri, "--yes"]).done()["sent"], true);
}
