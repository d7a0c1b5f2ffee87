//! What is typed wrong ends with 2, in sentences or as JSON; flags stand anywhere after `wallet`.

use super::wallet::{MDL, Said, Wallet, pilot};
use super::world::id_of;

/// What cannot be meant, whatever the wallet holds.
const WRONG: [(&[&str], &str); 18] = [
    (&["wallet"], "subcommand"),
    (&["wallet", "list"], "--home"),
    (&["wallet", "--home"], "--home"),
    (&["wallet", "--home", "w", "steal"], "steal"),
    (&["wallet", "--home", "w", "list", "--everything"], "--everything"),
    (&["wallet", "--home", "w", "list", "--lang", "de"], "en or fr"),
    (&["wallet", "--home", "w", "show"], "<ID>"),
    (&["wallet", "--home", "w", "receive"], "<OFFER>"),
    (&["wallet", "--home", "w", "present"], "<REQUEST>"),
    (&["wallet", "--home", "w", "present", "openid4vp://x", "--choose", "pid"], "QUERYID=CREDENTIAL"),
    (&["wallet", "--home", "w", "present", "openid4vp://x", "--choose", "=x"], "QUERYID=CREDENTIAL"),
    (&["wallet", "--home", "w", "decline"], "<REQUEST>"),
    (&["wallet", "--home", "w", "backup", "export"], "<FILE>"),
    (&["wallet", "--home", "w", "migrate", "steal", "x"], "steal"),
    (&["wallet", "--home", "w", "backup", "import", "/nowhere/x.backup"], "/nowhere/x.backup"),
    (&["wallet", "--home", "w", "trust", "add", "--list", "friends", "x.pem"], "eu-issuers"),
    (&["wallet", "--home", "w", "trust", "add", "--list", "tls"], "<FILE.pem>"),
    (&["wallet", "--home", "w", "trust", "add", "--list", "tls", "/nowhere/x.pem"], "/nowhere/x.pem"),
];

#[test]
fn it_is_told_in_sentences_on_standard_error() {
    for (arguments, told) in WRONG {
        let said = Said::of(&mut pilot(arguments));
        assert_eq!(said.code, Some(2), "{said:?}");
        assert!(said.out.is_empty() && said.err.contains(told), "{told}: {said:?}");
    }
}

#[test]
fn it_is_told_as_one_document_when_json_was_asked_for() {
    for (arguments, told) in WRONG {
        let error = Said::of(pilot(arguments).arg("--json")).failed(2, "usage");
        // A missing value takes the flag that follows for none, so that it may be named otherwise.
        let message = error["error"]["message"].as_str().unwrap();
        assert!(message.contains(told) || arguments == ["wallet", "--home"], "{told}: {message}");
    }
}

#[test]
fn a_passphrase_that_nobody_can_type_is_missing() {
    let wallet = Wallet::none();
    let error =
        Said::of(wallet.command(["init", "--json"]).env_remove("WALLET_PASSPHRASE")).failed(2, "usage");
    assert!(error["error"]["message"].as_str().unwrap().contains("WALLET_PASSPHRASE"));
    assert_eq!(std::fs::read_dir(wallet.home()).unwrap().count(), 0, "nothing was made");
}

#[test]
fn what_the_wallet_does_not_hold_cannot_be_named() {
    let wallet = Wallet::stocked();
    let error = wallet.json(["show", "nothing-begins-so"]).failed(2, "usage");
    assert!(error["error"]["message"].as_str().unwrap().contains("nothing-begins-so"));
    wallet.json(["show", ""]).failed(2, "usage");
    wallet.json(["show", id_of(MDL)]).done();
}

#[test]
fn flags_stand_anywhere_after_wallet() {
    let wallet = Wallet::stocked();
    let home = wallet.home();
    let home = home.to_str().unwrap();
    let id = id_of(MDL);
    let shown = wallet.json(["show", id]).done();
    for arguments in [
        &["wallet", "--home", home, "--json", "show", id][..],
        &["wallet", "--json", "show", "--home", home, id],
        &["wallet", "show", id, "--home", home, "--json"],
        &["wallet", "show", "--lang", "en", "--json", id, "--home", home],
    ] {
        assert_eq!(Said::of(&mut pilot(arguments)).done(), shown, "{arguments:?}");
    }
    for arguments in [
        &["wallet", "--home", home, "--json", "trust", "list"][..],
        &["wallet", "trust", "--home", home, "list", "--json"],
    ] {
        assert!(Said::of(&mut pilot(arguments)).done()["anchors"].is_array(), "{arguments:?}");
    }
}

#[test]
fn help_is_no_error() {
    for arguments in [&["wallet", "--help"][..], &["wallet", "present", "--help", "--json"]] {
        let said = Said::of(&mut pilot(arguments));
        assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
        assert!(said.out.contains("Usage: pilot wallet"), "{said:?}");
    }
    assert!(Said::of(&mut pilot(["wallet", "--help"])).out.contains("Exit codes: 0 done"));
}

#[test]
fn sentences_come_in_both_languages() {
    let wallet = Wallet::stocked();
    let (english, french) = (wallet.run(["list"]), wallet.run(["list", "--lang", "fr-CA"]));
    assert_eq!((english.code, french.code), (Some(0), Some(0)));
    assert!(english.out.contains("Issued by Demo PID Provider"), "{english:?}");
    assert!(french.out.contains("Demo PID Provider") && !french.out.contains("Issued by"), "{french:?}");
    let french = wallet.run(["show", "x", "--lang", "fr"]);
    assert_eq!((french.code, french.out.as_str()), (Some(2), ""));
    assert!(french.err.contains("Le portefeuille ne contient aucune attestation x"), "{french:?}");
}
