//! `passphrase`, `pin` and `recovery`: what opens the wallet, changed from the command line.

use std::process::Command;

use super::wallet::{PASSPHRASE, Said, Wallet};

/// Runs a command with these secrets in its environment, and no others.
fn with(wallet: &Wallet, arguments: &[&str], secrets: &[(&str, &str)]) -> Said {
    let mut command: Command = wallet.command(arguments);
    command.arg("--json").env_remove("WALLET_PASSPHRASE").envs(secrets.iter().copied());
    Said::of(&mut command)
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
    list("802714").failed(3, "WC-6028");
    list("802714").failed(3, "WC-6028");
    list("802714").failed(3, "WC-6028");
    // The third wrong one makes even the right one wait; the passphrase does not.
    list("802713").failed(3, "WC-6029");
    with(&wallet, &["list"], &[OLD]).done();
    with(&wallet, &["list"], &[("WALLET_PIN", "802713")]).failed(3, "WC-6025");

    std::fs::remove_dir_all(phone).unwrap();
    list("802713").failed(3, "WC-6011");
    with(&wallet, &["pin", "remove"], &[OLD]).done();
    list("802713").failed(3, "WC-6024");
}
