//! Verifiers whose server misbehaves, over the real HTTP port: how the command ends, and what the history says about
//! where the answer is. What stalls is cut off by a time-out that `http_port` tests; here it would only take long.

use serde_json::{Value, json};

use super::relay::{Relay, Spoil};
use super::server::built_in;
use super::wallet::{PID, Wallet};

#[test]
fn what_is_known_about_an_answer_is_what_the_history_says() {
    let relay = Relay::before(&["verifier", "--side", "eu"]);
    let unknown = || json!({ "state": "unknown" });
    let refused = |status: u16| json!({ "state": "refused", "http_status": status });
    for (spoil, exit, code, outcome, arrived) in [
        (Spoil::Redirect(302), 1, "WC-2051", refused(302), false),
        (Spoil::Redirect(307), 1, "WC-2051", refused(307), false),
        (Spoil::Flood, 3, "WC-1003", unknown(), false),
        (Spoil::HangUp, 1, "WC-1010", unknown(), false),
        (Spoil::HangUpAfterwards, 1, "WC-1010", unknown(), true),
    ] {
        let wallet = Wallet::stocked();
        let request = relay.server.ask(&built_in("eu-pid-sd-jwt"));
        let posts = relay.calls("/response/").len();
        relay.spoil("/response/", spoil);
        wallet.json(["present", &request.uri, "--yes"]).failed(exit, code);
        let last = wallet.last();
        assert_eq!((&last["event"], &last["outcome"]), (&json!("presented"), &outcome));
        assert_eq!(wallet.fresh([PID]), [2], "the copy may have been seen");
        assert_eq!(relay.calls("/response/").len(), posts + 1, "it is not sent again by itself");
        // The server is well again, and the citizen tries once more.
        relay.behave();
        let again = wallet.json(["present", &request.uri, "--yes"]);
        if arrived {
            assert_eq!(
                request.verdict()["verified"],
                true,
                "the verifier has it, and the wallet cannot know"
            );
            again.failed(1, "WC-1005");
        } else {
            again.done();
            assert_eq!(request.verdict()["verified"], true);
            assert_eq!(wallet.fresh([PID]), [1], "with another copy");
        }
    }
    assert_eq!(relay.calls("/elsewhere").len(), 0, "no redirect is followed");
}

#[test]
fn a_no_that_broke_off_is_not_called_told() {
    let relay = Relay::before(&["verifier", "--side", "ca"]);
    let wallet = Wallet::stocked();
    let request = relay.server.ask(&built_in("ca-age-19"));
    relay.spoil("/response/", Spoil::HangUp);
    wallet.json(["decline", &request.uri]).failed(1, "WC-1010");
    let last = wallet.last();
    assert_eq!((&last["event"], &last["outcome"]), (&json!("declined"), &json!({ "state": "unknown" })));
    let said = wallet.run(["history"]);
    assert!(said.out.contains("whether it was told is not certain"), "{said:?}");
}

#[test]
fn a_request_that_does_not_come_can_be_fetched_when_it_does() {
    let relay = Relay::before(&["verifier", "--side", "eu"]);
    let wallet = Wallet::stocked();
    let before = wallet.history();
    let request = relay.server.ask(&built_in("eu-pid-sd-jwt"));
    let refusals = |history: &Value| history["unauthenticated_refusals"].as_array().unwrap().len();
    for (spoil, exit, code) in [
        (Spoil::Redirect(302), 3, "WC-1004"),
        (Spoil::Redirect(308), 3, "WC-1004"),
        (Spoil::Flood, 3, "WC-2032"),
        (Spoil::HangUp, 1, "WC-1010"),
    ] {
        let refused = refusals(&wallet.history());
        relay.spoil("/request/", spoil);
        wallet.json(["present", &request.uri, "--yes"]).failed(exit, code);
        let after = wallet.history();
        assert_eq!(after["entries"], before["entries"], "nobody is named who was not verified");
        // What the wallet refused is noted, what the network failed at is not.
        assert_eq!(refusals(&after) - refused, usize::from(exit == 3), "{after}");
    }
    assert_eq!((relay.calls("/elsewhere").len(), relay.calls("/response/").len()), (0, 0));
    relay.behave();
    assert_eq!(wallet.json(["present", &request.uri, "--yes"]).done()["sent"], true);
}

#[test]
fn a_verifier_that_is_gone_got_nothing_and_the_copy_is_still_fresh() {
    let relay = Relay::before(&["verifier", "--side", "eu"]);
    let wallet = Wallet::stocked();
    let request = relay.server.ask(&built_in("eu-pid-sd-jwt"));
    wallet.json(["present", &request.uri]).done();
    let gone = relay.gone();
    wallet.json(["present", &request.uri, "--yes"]).failed(1, "WC-1001");
    let last = wallet.last();
    assert_eq!(last["outcome"], json!({ "state": "not_sent", "code": "WC-1001" }));
    assert_eq!(wallet.fresh([PID]), [3]);
    // It comes back, and the citizen's second try is the first that anybody sees.
    let relay = gone.back();
    assert_eq!(wallet.json(["present", &request.uri, "--yes"]).done()["sent"], true);
    assert_eq!((relay.calls("/request/").len(), wallet.fresh([PID])), (1, [2]));
    assert_eq!(request.verdict()["verified"], true);
}

#[test]
fn a_verifier_that_says_no_is_told_apart() {
    let (wallet, other) = (Wallet::stocked(), Wallet::stocked());
    let relay = Relay::before(&["verifier", "--side", "eu"]);
    let request = relay.server.ask(&built_in("eu-pid-sd-jwt"));
    wallet.json(["present", &request.uri]).done();
    // Somebody else answers meanwhile.
    other.json(["decline", &request.uri]).done();
    wallet.json(["present", &request.uri, "--yes"]).failed(1, "WC-2051");
    assert_eq!(wallet.last()["outcome"], json!({ "state": "refused", "http_status": 400 }));
    assert_eq!(wallet.fresh([PID]), [2]);
}
