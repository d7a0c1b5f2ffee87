//! `backup`: one file of everything, and a new wallet from it.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use super::wallet::{MDL, PERSON, PID, PID_MDOC, Said, Wallet};

/// `pilot wallet --home HOME …` with the passphrase of the file.
fn with_file(wallet: &Wallet, arguments: &[&str]) -> Command {
    let mut command = wallet.command(arguments);
    command.arg("--json").env("BACKUP_PASSPHRASE", "a passphrase of its own");
    command
}

#[test]
fn a_backup_becomes_a_new_wallet() {
    let (old, new) = (Wallet::stocked(), Wallet::none());
    let file = new.home().join("wallet.backup");
    let path = file.to_str().unwrap();
    let done = Said::of(&mut with_file(&old, &["backup", "export", path])).done();
    assert_eq!((done["credentials"].as_u64(), done["keys_stay"].as_u64()), (Some(4), Some(0)));
    assert_eq!(done["file"], path);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(old.last()["event"], "backed_up");

    // The new wallet has a passphrase of its own, too.
    let mut import = with_file(&new, &["backup", "import", path]);
    let restored = Said::of(import.env("WALLET_PASSPHRASE", "another wallet’s passphrase")).done();
    assert_eq!((restored["credentials"].as_u64(), restored["to_reissue"].as_u64()), (Some(4), Some(0)));
    new.json(["list"]).failed(3, "WC-6002");
    let mut list = new.command(["list", "--json"]);
    let listed = Said::of(list.env("WALLET_PASSPHRASE", "another wallet’s passphrase")).done();
    for one in listed["credentials"].as_array().unwrap() {
        assert_eq!(one["fresh_copies"], 0, "no restored copy counts as never shown: {one}");
    }
    assert_eq!(old.fresh([PID, PID_MDOC, MDL, PERSON]), [3; 4], "the old wallet is left alone");
}

#[test]
fn nothing_is_written_over() {
    let (old, full) = (Wallet::stocked(), Wallet::stocked());
    let file = old.home().join("wallet.backup");
    let path = file.to_str().unwrap();
    fs::write(&file, "something of mine").unwrap();
    Said::of(&mut with_file(&old, &["backup", "export", path])).failed(2, "usage");
    assert_eq!(fs::read(&file).unwrap(), b"something of mine");
    fs::remove_file(&file).unwrap();
    Said::of(&mut with_file(&old, &["backup", "export", path])).done();
    Said::of(&mut with_file(&full, &["backup", "import", path])).failed(3, "WC-6016");
    assert_eq!(full.credentials().len(), 4);
}

#[test]
fn what_is_no_backup_makes_no_wallet() {
    let (old, new) = (Wallet::stocked(), Wallet::none());
    let file = old.home().join("wallet.backup");
    let path = file.to_str().unwrap();
    Said::of(&mut with_file(&old, &["backup", "export", path])).done();
    let whole = fs::read(&file).unwrap();
    let mut newer = whole.clone();
    newer[9] = 9;
    let mut changed = whole.clone();
    let end = changed.len() - 1;
    changed[end] ^= 1;
    for (bytes, code) in [
        (&b"no backup"[..], "WC-6040"),
        (&whole[..whole.len() - 10], "WC-6042"),
        (&changed, "WC-6042"),
        (&newer, "WC-6043"),
    ] {
        fs::write(&file, bytes).unwrap();
        Said::of(&mut with_file(&new, &["backup", "import", path])).failed(3, code);
        new.json(["list"]).failed(3, "WC-6022");
    }
    fs::write(&file, &whole).unwrap();
    let mut wrong = with_file(&new, &["backup", "import", path]);
    Said::of(wrong.env("BACKUP_PASSPHRASE", "a passphrase of it’s own")).failed(3, "WC-6041");
    new.json(["list"]).failed(3, "WC-6022");
    Said::of(&mut with_file(&new, &["backup", "import", "/nowhere/wallet.backup"])).failed(2, "usage");
}

#[test]
fn a_short_or_missing_passphrase_leaves_no_file() {
    let old = Wallet::stocked();
    let file = old.home().join("wallet.backup");
    let path = file.to_str().unwrap();
    let mut short = with_file(&old, &["backup", "export", path]);
    Said::of(short.env("BACKUP_PASSPHRASE", "1234567")).failed(3, "WC-6012");
    let missing = Said::of(with_file(&old, &["backup", "export", path]).env_remove("BACKUP_PASSPHRASE"));
    let error = missing.failed(2, "usage");
    assert!(error["error"]["message"].as_str().unwrap().contains("BACKUP_PASSPHRASE"));
    assert!(!file.exists());
}

#[test]
fn it_is_told_in_both_languages() {
    let wallet = Wallet::stocked();
    for (tag, told) in [("en", "Whoever has the file"), ("fr", "Quiconque détient le fichier")] {
        let file = wallet.home().join(format!("{tag}.backup"));
        let mut command = wallet.command(["backup", "export", file.to_str().unwrap(), "--lang", tag]);
        let said = Said::of(command.env("BACKUP_PASSPHRASE", "a passphrase of its own"));
        assert!(said.code == Some(0) && said.out.contains(told), "{said:?}");
    }
    let history = wallet.run(["history", "--lang", "fr"]);
    assert!(history.out.contains("Une sauvegarde a été commencée"), "{history:?}");
}
