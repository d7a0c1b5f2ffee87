//! `receive`: a preview, and a yes.

use std::collections::BTreeSet;

use serde_json::json;

use super::server::Server;
use super::wallet::{PID, PID_MDOC, Wallet};
use super::world::{eu_verifier, trusting_home};

#[test]
fn a_preview_keeps_nothing_and_a_later_yes_keeps_what_was_shown() {
    let wallet = Wallet::copy_of(trusting_home());
    let issuer = Server::start(&["issuer", "--side", "eu", "--tx-code", "493536", "--batch", "3"]);
    let offer = issuer.offer();

    wallet.json(["receive", &offer, "--yes"]).failed(2, "WC-4007");
    wallet.json(["receive", &offer, "--yes", "--tx-code", "49353"]).failed(2, "WC-4007");
    wallet.json(["receive", &offer, "--yes", "--tx-code", "000000"]).failed(1, "WC-4008");
    assert!(wallet.credentials().is_empty());

    let shown = wallet.json(["receive", &offer, "--tx-code", "493536"]).done();
    assert_eq!(shown["kept"], false);
    assert_eq!(shown.get("credentials"), None);
    let previews = shown["preview"]["credentials"].as_array().unwrap();
    assert_eq!(previews.len(), 2);
    for (preview, type_id) in previews.iter().zip([PID, PID_MDOC]) {
        assert_eq!((preview["type"].as_str(), preview["copies"].as_u64()), (Some(type_id), Some(3)));
        assert_eq!(preview["issuer"]["name"], "Demo PID Provider");
        let verification = json!({ "verified": true, "side": "eu", "source": "eu-issuer-ca.pem" });
        assert_eq!(preview["issuer"]["verification"], verification);
        let claims = preview["claims"].as_array().unwrap();
        assert!(claims.iter().any(|claim| claim["value"] == "Vandermeer" && claim["label"] == "Family name"));
    }
    assert!(wallet.credentials().is_empty(), "nothing is kept without a yes");

    // Another process, without the code: what was received waits in the vault.
    let kept = wallet.json(["receive", &offer, "--yes"]).done();
    assert_eq!((&kept["kept"], &kept["preview"]), (&json!(true), &shown["preview"]));
    let listed: BTreeSet<_> = wallet.credentials().iter().map(|one| one["id"].to_string()).collect();
    let told = kept["credentials"].as_array().unwrap();
    assert_eq!(told.iter().map(ToString::to_string).collect::<BTreeSet<_>>(), listed);
    assert_eq!((told.len(), listed.len()), (2, 2));
    let events = issuer.events_until("offer");
    let of = |kind: &str| events.iter().filter(|event| event["event"] == kind).count();
    assert_eq!(
        (of("issued"), of("notified")),
        (2, 2),
        "issued once, and told once that it is kept: {events:?}"
    );
    assert!(
        events
            .iter()
            .all(|event| event["event"] != "notified" || event["notification"] == "credential_accepted")
    );

    let history = wallet.history();
    let events: Vec<_> = history["entries"].as_array().unwrap().iter().map(|entry| &entry["event"]).collect();
    assert_eq!(events, ["not_received", "received"], "{history}");
    assert_eq!(history["entries"][0]["code"], "WC-4008");
    assert_eq!(history["entries"][1]["credentials"].as_array().unwrap().len(), 2);

    let again = wallet.json(["receive", &offer, "--yes", "--tx-code", "493536"]);
    again.failed(1, "WC-4008");
    assert_eq!(wallet.credentials().len(), 2, "the offer is used up");
}

#[test]
fn people_are_told_in_sentences() {
    let wallet = Wallet::copy_of(trusting_home());
    let issuer = Server::start(&["issuer", "--side", "ca", "--tx-code", "none", "--batch", "1"]);
    let said = wallet.run(["receive", &issuer.offer()]);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
    for told in ["Issued by Demo Ministry of Digital Services", "Côté-Lévesque", "14 February 1990"] {
        assert!(said.out.contains(told), "{told}: {said:?}");
    }
    assert!(!said.out.contains("Kept in the wallet."));
    let said = wallet.run(["receive", &issuer.offer(), "--yes"]);
    assert_eq!(said.code, Some(0));
    assert!(said.out.ends_with("Kept in the wallet.\n"), "{said:?}");
}

#[test]
fn a_changed_offer_is_refused_and_leaves_nothing() {
    let wallet = Wallet::copy_of(trusting_home());
    let issuer = Server::start(&["issuer", "--side", "eu", "--tx-code", "none", "--batch", "1"]);
    let offer = issuer.offer();
    let changed = |from: &str, to: &str| {
        let changed = offer.replacen(from, to, 1);
        assert_ne!(changed, offer, "{from} is in {offer}");
        changed
    };
    let port = issuer.port().to_string();
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port().to_string();
    let verifier = eu_verifier().port().to_string();
    for (offer, exit, code) in [
        (changed("pid-mdoc", "pid-none"), 3, "WC-4005"),
        (changed("pid-mdoc", "pid-sd-jwt"), 3, "WC-4001"),
        (changed("%7B", "%5B"), 3, "WC-7001"),
        (changed("pre-authorized_code%22%3A%22", "pre-authorized_code%22%3A%22x"), 1, "WC-4008"),
        (changed("https", "http"), 3, "WC-1006"),
        (changed(&port, &closed), 1, "WC-1001"),
        (changed(&port, &verifier), 1, "WC-1005"),
        (offer.clone() + "&credential_offer=%7B%7D", 3, "WC-2001"),
        ("https://localhost/".to_owned(), 3, "WC-2001"),
        ("no link".to_owned(), 3, "WC-2001"),
        (String::new(), 3, "WC-2001"),
    ] {
        wallet.json(["receive", &offer, "--yes"]).failed(exit, code);
    }
    assert!(wallet.credentials().is_empty());
    // The twin.
    assert_eq!(wallet.json(["receive", &offer, "--yes"]).done()["kept"], true);
}

#[test]
fn each_command_says_when_the_other_is_meant() {
    let wallet = Wallet::copy_of(trusting_home());
    let issuer = Server::start(&["issuer", "--side", "ca", "--tx-code", "none", "--batch", "1"]);
    let request = eu_verifier().ask(&json!({}));
    let error = wallet.json(["receive", &request.uri, "--yes"]).failed(2, "usage");
    assert!(error["error"]["message"].as_str().unwrap().contains("use present"));
    let error = wallet.json(["present", &issuer.offer(), "--yes"]).failed(2, "usage");
    assert!(error["error"]["message"].as_str().unwrap().contains("use receive"));
    wallet.json(["receive", &issuer.offer(), "--yes"]).done();
}
