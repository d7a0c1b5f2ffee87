//! Requests that the wallet refuses by itself, and what its history says about them.

use serde_json::json;

use super::common::holder::parameter;
use super::relay::{Relay, Spoil};
use super::server::built_in;
use super::wallet::{PID, Wallet};
use super::world::eu_verifier;

/// Another name in the payload of a Request Object: the signature is over the one before.
fn other_payload(answer: &str) -> String {
    let (before, signature) = answer.rsplit_once('.').unwrap();
    let (before, payload) = before.rsplit_once('.').unwrap();
    let decoded = wallet_core::jose::base64url::decode(payload, "t").unwrap();
    let changed = String::from_utf8(decoded).unwrap().replace("family_name", "birth_place");
    let changed = wallet_core::jose::base64url::encode(changed.as_bytes());
    assert_eq!(changed.len(), payload.len(), "the length of the answer stays");
    format!("{before}.{changed}.{signature}")
}

#[test]
fn a_request_that_was_changed_on_the_way_gets_nothing() {
    let wallet = Wallet::stocked();
    let relay = Relay::before(&["verifier", "--side", "eu"]);
    let request = relay.server.ask(&built_in("eu-pid-sd-jwt"));
    relay.spoil("/request/", Spoil::Replace(other_payload));
    wallet.json(["present", &request.uri, "--yes"]).failed(3, "WC-2012");
    assert_eq!((relay.calls("/response/").len(), wallet.fresh([PID])), (0, [3]));
    let history = wallet.history();
    assert_eq!(history["unauthenticated_refusals"][0]["code"], "WC-2012");
    let received = |entry: &serde_json::Value| entry["event"] == "received";
    assert!(
        history["entries"].as_array().unwrap().iter().all(received),
        "no name is claimed for it: {history}"
    );
    let said = wallet.run(["history"]);
    assert!(said.out.contains("refused a request from an unknown sender (WC-2012)"), "{said:?}");

    // It is not fetched again in the hope for a better one.
    relay.behave();
    wallet.json(["present", &request.uri, "--yes"]).failed(3, "WC-2012");
    assert_eq!(relay.calls("/request/").len(), 1);
    // The twin: one that comes as it was sent.
    let request = relay.server.ask(&built_in("eu-pid-sd-jwt"));
    assert_eq!(wallet.json(["present", &request.uri, "--yes"]).done()["sent"], true);
}

#[test]
fn a_changed_link_gets_nothing() {
    let wallet = Wallet::stocked();
    let (request, other) = (eu_verifier().ask(&built_in("eu-pid-sd-jwt")), eu_verifier().ask(&json!({})));
    let client_id = parameter(&request.uri, "client_id");
    let request_uri = parameter(&request.uri, "request_uri");
    let link = |client_id: &str, request_uri: &str| {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs([("client_id", client_id), ("request_uri", request_uri)]);
        format!("openid4vp://?{}", query.finish())
    };
    for (link, exit, code) in [
        (link("x509_san_dns:localhost", &request_uri), 3, "WC-2016"),
        (link(&client_id, &request_uri.replace("https", "http")), 3, "WC-1006"),
        (link(&client_id, &format!("{request_uri}x")), 1, "WC-1005"),
        (format!("openid4vp://?client_id={client_id}"), 3, "WC-2001"),
        (String::new(), 3, "WC-2001"),
    ] {
        wallet.json(["present", &link, "--yes"]).failed(exit, code);
        wallet.json(["decline", &link]).failed(exit, code);
    }
    assert_eq!(other.status(), "waiting");
    assert_eq!(wallet.fresh([PID]), [3]);
    wallet.json(["present", &link(&client_id, &request_uri), "--yes"]).done();
    assert_eq!(request.verdict()["verified"], true);
}

#[test]
fn nobody_who_cannot_be_verified_is_shown_unless_told_so() {
    let wallet = Wallet::stocked();
    let what = json!({ "query": "eu-pid-sd-jwt", "client_id_prefix": "redirect_uri", "response_mode": "direct_post" });
    let request = eu_verifier().ask(&what);
    wallet.json(["present", &request.uri, "--yes"]).failed(3, "WC-2034");
    assert_eq!(request.status(), "waiting");
    let shown = wallet.json(["present", &request.uri, "--allow-unverified"]).done();
    assert_eq!(shown["preview"]["verifier"]["verification"], json!({ "verified": false }));
}

#[test]
fn a_known_verifier_whose_request_breaks_a_rule_is_named_in_the_history() {
    let wallet = Wallet::stocked();
    // HAIP asks for an encrypted answer.
    let request = eu_verifier().ask(&json!({ "query": "eu-pid-sd-jwt", "response_mode": "direct_post" }));
    let said = wallet.json(["present", &request.uri, "--yes"]);
    let error: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let code = error["error"]["code"].as_str().unwrap().to_owned();
    said.failed(3, &code);
    let last = wallet.last();
    assert_eq!((&last["event"], &last["code"]), (&json!("refused"), &json!(code)));
    assert_eq!(last["verifier"]["name"], "Demo Airline");
    assert_eq!(wallet.fresh([PID]), [3]);
}
