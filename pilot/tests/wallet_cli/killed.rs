//! The wallet is killed by the system while it waits for somebody's answer. What the next process finds is the truth.

use std::process::Stdio;

use serde_json::json;

use super::common::holder::parameter;
use super::relay::{Relay, Spoil};
use super::wallet::{PERSON, Wallet};
use super::world::trusting_home;

/// Kills the wallet in the middle of this command: when the call that the relay does not answer is there.
fn kill_during(wallet: &Wallet, relay: &Relay, arguments: &[&str]) {
    let mut command = wallet.command(arguments);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    relay.stalled();
    child.kill().unwrap();
    assert_eq!(child.wait().unwrap().code(), None, "it did not end by itself");
}

/// The first credential of a `vp_token` that was posted in the clear, as the issuer signed it.
fn issuer_signed(body: &str) -> String {
    let vp_token = parameter(&format!("form:?{body}"), "vp_token");
    let vp_token: serde_json::Value = serde_json::from_str(&vp_token).unwrap();
    vp_token["person"][0].as_str().unwrap().split('~').next().unwrap().to_owned()
}

#[test]
fn while_presenting() {
    let wallet = Wallet::stocked();
    let relay = Relay::before(&["verifier", "--side", "ca"]);
    let what = json!({
        "dcql_query": { "credentials": [{
            "id": "person", "format": "dc+sd-jwt", "meta": { "vct_values": [PERSON] },
            "claims": [{ "path": ["family_name"] }],
        }] },
        "response_mode": "direct_post",
    });
    let request = relay.server.ask(&what);
    relay.spoil("/response/", Spoil::Stall);
    kill_during(&wallet, &relay, &["present", &request.uri, "--yes"]);

    let last = wallet.last();
    assert_eq!((&last["event"], &last["outcome"]), (&json!("presented"), &json!({ "state": "unknown" })));
    assert_eq!(last["shared"][0]["claims"], json!([["family_name"]]));
    let said = wallet.run(["history"]);
    assert!(said.out.contains("It is not known whether this was sent."), "{said:?}");
    assert_eq!(wallet.fresh([PERSON]), [2]);

    relay.behave();
    wallet.json(["present", &request.uri, "--yes"]).failed(3, "WC-8008");
    wallet.json(["decline", &request.uri]).failed(3, "WC-8008");
    assert_eq!(relay.calls("/response/").len(), 1, "it may have arrived, so it is not sent again");

    let another = relay.server.ask(&what);
    wallet.json(["present", &another.uri, "--yes"]).done();
    assert_eq!(another.verdict()["verified"], true);
    let posts = relay.calls("/response/");
    assert_ne!(issuer_signed(&posts[0]), issuer_signed(&posts[1]), "another copy");
    assert_eq!(wallet.fresh([PERSON]), [1]);
}

#[test]
fn while_receiving() {
    let wallet = Wallet::copy_of(trusting_home());
    let relay = Relay::before(&["issuer", "--side", "ca", "--tx-code", "none", "--batch", "2"]);
    relay.spoil("/credential", Spoil::Stall);
    kill_during(&wallet, &relay, &["receive", &relay.server.offer(), "--yes"]);
    assert!(wallet.credentials().is_empty(), "nothing came, nothing is kept");
    assert_eq!(wallet.history()["entries"], json!([]), "the link may still bring it");
    // It does not: the code is spent.
    relay.behave();
    wallet.json(["receive", &relay.server.offer(), "--yes"]).failed(1, "WC-4008");
    let last = wallet.last();
    assert_eq!((&last["event"], &last["code"]), (&json!("not_received"), &json!("WC-4008")));
    assert!(wallet.credentials().is_empty());
}

#[test]
fn while_telling_that_it_was_kept() {
    let wallet = Wallet::copy_of(trusting_home());
    let relay = Relay::before(&["issuer", "--side", "ca", "--tx-code", "none", "--batch", "2"]);
    relay.spoil("/notification", Spoil::Stall);
    kill_during(&wallet, &relay, &["receive", &relay.server.offer(), "--yes"]);
    let all = wallet.credentials();
    assert_eq!(all.len(), 2, "both, or none");
    assert!(all.iter().all(|one| one["fresh_copies"] == 2));
    assert_eq!(wallet.last()["event"], "received");
}

#[test]
fn while_asking() {
    let wallet = Wallet::stocked();
    let relay = Relay::before(&["verifier", "--side", "eu"]);
    let request = relay.server.ask(&json!({}));
    let before = wallet.history();
    relay.spoil("/request/", Spoil::Stall);
    kill_during(&wallet, &relay, &["present", &request.uri, "--yes"]);
    assert_eq!(wallet.history(), before, "nothing happened");
    relay.behave();
    assert_eq!(wallet.json(["present", &request.uri, "--yes"]).done()["sent"], true);
}
