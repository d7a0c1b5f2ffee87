//! `passphrase`, `pin` and `recovery`: what opens the wallet, changed from the command line.

use std::process::Command;

use serde_json::json;

use super::wallet::{PASSPHRASE, Said, Wallet};

/// Runs a command with these secrets in its environment, and no others.
fn with(wallet: &Wallet, arguments: &[&str], secrets: &[(&str, &str)]) -> Said {
    let mut command: Command = wallet.command(arguments);
    command.arg("--json").env_remove("WALLET_PASSPHRASE").envs(secrets.iter().copied());
    Said::of(&mut command)
}

/// Seconds since 1970.
fn now() -> i64 {
    let since = std::time::UNIX_EPOCH.elapsed().unwrap();
    i64::try_from(since.as_secs()).unwrap()
}

const OLD: (&str, &str) = ("WALLET_PASSPHRASE", PASSPHRASE);

#[test]
fn a_changed_passphrase_opens_and_the_old_one_does_not() {
    let wallet = Wallet::new();
    let new = ("WALLET_NEW_PASSPHRASE", "another long passphrase");
    with(&wallet, &["passphrase", "change"], &[("WALLET_PASSPHRASE", "wrong passphrase"), new])
        .failed(3, "WC-6002");
    with(&wallet, &["passphrase", "change"], &[OLD, ("WALLET_NEW_PASSPHRASE", "short")]).failed(3, "WC-6012");
    let changed = with(&wallet, &["passphrase", "change"], &[OLD, new]).done();
    assert_eq!(changed["changed"], "passphrase");
    with(&wallet, &["list"], &[OLD]).failed(3, "WC-6002");
    with(&wallet, &["list"], &[("WALLET_PASSPHRASE", new.1)]).done();
}

#[test]
fn a_recovery_key_opens_however_it_is_typed_and_the_last_way_in_stays() {
    let wallet = Wallet::new();
    with(&wallet, &["passphrase", "remove"], &[OLD]).failed(3, "WC-6026");
    let made = with(&wallet, &["recovery", "make"], &[OLD]).done();
    let key = made["recovery_key"].as_str().unwrap().to_lowercase().replace('-', " ");
    let recovery = ("WALLET_RECOVERY_KEY", key.as_str());
    with(&wallet, &["list"], &[recovery]).done();
    with(&wallet, &["list"], &[("WALLET_RECOVERY_KEY", &key[1..])]).failed(3, "WC-6032");
    with(&wallet, &["passphrase", "remove"], &[recovery]).done();
    with(&wallet, &["list"], &[OLD]).failed(3, "WC-6024");
    with(&wallet, &["recovery", "remove"], &[recovery]).failed(3, "WC-6026");
}

#[test]
fn a_pin_needs_the_phone_and_counts_across_commands() {
    let wallet = Wallet::new();
    let new = ("WALLET_NEW_PIN", "802713");
    with(&wallet, &["pin", "change"], &[OLD, new]).failed(3, "WC-6025");
    let phone = wallet.home().join("phone");
    let phone = phone.to_str().unwrap();
    with(&wallet, &["pin", "change", "--phone", phone], &[OLD, ("WALLET_NEW_PIN", "123456")])
        .failed(3, "WC-6027");
    with(&wallet, &["pin", "change", "--phone", phone], &[OLD, new]).done();

    let list = |pin| with(&wallet, &["--phone", phone, "list"], &[("WALLET_PIN", pin)]);
    list("802713").done();
    for left in [9, 8, 7] {
        let error = list("802714").failed(3, "WC-6028")["error"].take();
        assert_eq!((&error["attempts_left"], error.get("retry_at")), (&json!(left), None));
    }
    // The third wrong one makes even the right one wait; the passphrase does not.
    let asked_at = now();
    let error = list("802713").failed(3, "WC-6029")["error"].take();
    assert_eq!(error["attempts_left"], 7);
    let retry_at = error["retry_at"].as_i64().unwrap();
    assert!((asked_at + 1..=now() + 30).contains(&retry_at), "{retry_at} at {asked_at}");
    // A wrong passphrase is not counted.
    let error = with(&wallet, &["list"], &[("WALLET_PASSPHRASE", "wrong passphrase")]).failed(3, "WC-6002");
    assert_eq!((error["error"].get("attempts_left"), error["error"].get("retry_at")), (None, None));
    for (language, wait) in [("en", "You can try again in "), ("fr", "Vous pourrez réessayer dans ")] {
        let mut command = wallet.command(["--phone", phone, "--lang", language, "list"]);
        command.env_remove("WALLET_PASSPHRASE").env("WALLET_PIN", "802713");
        let Said { code, out, err } = Said::of(&mut command);
        assert_eq!((code, out.as_str()), (Some(3), ""));
        assert!(err.contains("[WC-6029;") && err.contains(wait), "{err}");
    }
    with(&wallet, &["list"], &[OLD]).done();
    with(&wallet, &["list"], &[("WALLET_PIN", "802713")]).failed(3, "WC-6025");

    std::fs::remove_dir_all(phone).unwrap();
    list("802713").failed(3, "WC-6011");
    with(&wallet, &["pin", "remove"], &[OLD]).done();
    list("802713").failed(3, "WC-6024");
}
