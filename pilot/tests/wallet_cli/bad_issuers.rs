//! Issuers whose server misbehaves, over the real HTTP port: nothing is kept, and the history says so.

use super::relay::{Relay, Spoil};
use super::wallet::{PID, Wallet};
use super::world::trusting_home;

fn issuer() -> Relay {
    Relay::before(&["issuer", "--side", "eu", "--tx-code", "none", "--batch", "2"])
}

#[test]
fn what_fails_before_the_code_is_spent_can_be_tried_again() {
    let (wallet, relay) = (Wallet::copy_of(trusting_home()), issuer());
    let offer = relay.server.offer();
    for (path, spoil, exit, code) in [
        ("/.well-known/openid-credential-issuer", Spoil::Redirect(302), 3, "WC-1004"),
        ("/.well-known/openid-credential-issuer", Spoil::Flood, 3, "WC-1003"),
        ("/.well-known/openid-credential-issuer", Spoil::HangUp, 1, "WC-1010"),
        ("/token", Spoil::Redirect(307), 3, "WC-1004"),
        ("/token", Spoil::Flood, 3, "WC-1003"),
        ("/token", Spoil::HangUp, 1, "WC-1010"),
    ] {
        relay.spoil(path, spoil);
        wallet.json(["receive", &offer, "--yes"]).failed(exit, code);
        assert!(wallet.credentials().is_empty());
        // Before the token there was nothing to receive.
        let last = wallet.history()["entries"].as_array().unwrap().last().cloned();
        let told = last.map(|last| (last["event"].clone(), last["code"].clone()));
        let expected = path.starts_with("/token").then(|| ("not_received".into(), code.into()));
        assert_eq!(told, expected, "{path} {code}");
    }
    assert_eq!((relay.calls("/elsewhere").len(), relay.calls("/credential").len()), (0, 0));
    relay.behave();
    wallet.json(["receive", &offer, "--yes"]).done();
    assert_eq!(wallet.credential(PID)["copies"], 2);
}

#[test]
fn credentials_that_do_not_come_whole_are_not_kept() {
    for (path, spoil, exit, code) in [
        ("/nonce", Spoil::HangUp, 1, "WC-1010"),
        ("/credential", Spoil::Redirect(303), 3, "WC-1004"),
        ("/credential", Spoil::Flood, 3, "WC-1003"),
        ("/credential", Spoil::HangUpAfterwards, 1, "WC-1010"),
    ] {
        let (wallet, relay) = (Wallet::copy_of(trusting_home()), issuer());
        relay.spoil(path, spoil);
        wallet.json(["receive", &relay.server.offer(), "--yes"]).failed(exit, code);
        assert!(wallet.credentials().is_empty());
        let last = wallet.last();
        assert_eq!((last["event"].as_str(), last["code"].as_str()), (Some("not_received"), Some(code)));
        assert_eq!(relay.calls("/elsewhere").len(), 0);
    }
}

#[test]
fn an_issuer_that_does_not_hear_that_it_was_kept_changes_nothing() {
    for spoil in [Spoil::HangUp, Spoil::Redirect(302), Spoil::Flood] {
        let (wallet, relay) = (Wallet::copy_of(trusting_home()), issuer());
        relay.spoil("/notification", spoil);
        assert_eq!(wallet.json(["receive", &relay.server.offer(), "--yes"]).done()["kept"], true);
        assert_eq!(wallet.credentials().len(), 2);
        assert_eq!(wallet.last()["event"], "received");
        assert_eq!(relay.calls("/elsewhere").len(), 0);
    }
}
