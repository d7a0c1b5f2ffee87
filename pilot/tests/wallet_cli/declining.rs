//! `decline`: as easily as yes.

use serde_json::json;

use super::relay::Relay;
use super::server::{Server, built_in};
use super::wallet::{PID, Wallet};
use super::world::ca_verifier;

#[test]
fn a_no_reaches_the_verifier_and_shares_nothing() {
    let wallet = Wallet::stocked();
    let relay = Relay::before(&["verifier", "--side", "eu"]);
    let request = relay.server.ask(&built_in("eu-pid-sd-jwt"));
    wallet.json(["present", &request.uri]).done();
    let declined = wallet.json(["decline", &request.uri]).done();
    assert_eq!(declined, json!({ "declined": true, "http_status": 200, "redirect_uri": null }));
    assert_eq!(relay.calls("/request/").len(), 1, "what was fetched to be shown is what was declined");
    let verdict = request.verdict();
    assert_eq!((&verdict["verified"], &verdict["error"]["code"]), (&json!(false), &json!("access_denied")));

    let last = wallet.last();
    assert_eq!((&last["event"], &last["outcome"]["state"]), (&json!("declined"), &json!("sent")));
    assert_eq!(last.get("shared"), None);
    assert_eq!(wallet.fresh([PID]), [3]);
    // The wallet is done with it, and the verifier does not give it out again.
    wallet.json(["present", &request.uri, "--yes"]).failed(1, "WC-1005");
    wallet.json(["decline", &request.uri]).failed(1, "WC-1005");
    assert_eq!(relay.calls("/response/").len(), 1);
}

#[test]
fn nobody_needs_to_look_first() {
    let wallet = Wallet::stocked();
    let request = ca_verifier().ask(&built_in("ca-age-19"));
    let said = wallet.run(["decline", &request.uri]);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
    assert!(said.out.contains("You declined"), "{said:?}");
    assert_eq!(request.verdict()["error"]["code"], "access_denied");
    let said = wallet.run(["history"]);
    assert!(said.out.contains("Declined the request of Demo Wine Shop"), "{said:?}");
}

#[test]
fn a_no_that_cannot_be_told_is_still_the_citizens_no() {
    let wallet = Wallet::stocked();
    let verifier = Server::start(&["verifier", "--side", "eu"]);
    let request = verifier.ask(&built_in("eu-pid-sd-jwt"));
    wallet.json(["present", &request.uri]).done();
    drop(verifier);
    wallet.json(["decline", &request.uri]).failed(1, "WC-1001");
    let last = wallet.last();
    let outcome = json!({ "state": "not_sent", "code": "WC-1001" });
    assert_eq!((&last["event"], &last["outcome"]), (&json!("declined"), &outcome));
    let said = wallet.run(["history"]);
    assert!(said.out.contains("whether it was told is not certain"), "{said:?}");
}
