//! The vault's file: made once, opened by its passphrase, and not believed when it was changed.

use std::fs;

use super::wallet::{MDL, Said, Wallet};
use super::world::id_of;

#[test]
fn a_wallet_is_made_once() {
    let wallet = Wallet::none();
    wallet.json(["list"]).failed(3, "WC-6022");
    let made = wallet.json(["init"]).done();
    assert_eq!((made["created"].as_bool(), made["home"].as_str()), (Some(true), wallet.home().to_str()));
    wallet.json(["init"]).failed(3, "WC-6016");
    assert_eq!(wallet.json(["list"]).done(), serde_json::json!({ "credentials": [] }));
}

#[test]
fn a_short_passphrase_makes_no_wallet() {
    let wallet = Wallet::none();
    Said::of(wallet.command(["init", "--json"]).env("WALLET_PASSPHRASE", "1234567")).failed(3, "WC-6012");
    wallet.json(["list"]).failed(3, "WC-6022");
    Said::of(wallet.command(["init", "--json"]).env("WALLET_PASSPHRASE", "12345678")).done();
}

#[test]
fn a_wrong_passphrase_opens_nothing() {
    let wallet = Wallet::stocked();
    for command in [&["list"][..], &["history"], &["trust", "list"], &["present", "openid4vp://x", "--yes"]] {
        let mut wrong = wallet.command(command);
        Said::of(wrong.arg("--json").env("WALLET_PASSPHRASE", "correct horse battery stapl"))
            .failed(3, "WC-6002");
    }
    let mut wrong = wallet.command(["list"]);
    let said = Said::of(wrong.env("WALLET_PASSPHRASE", "another passphrase"));
    assert_eq!((said.code, said.out.as_str()), (Some(3), ""));
    assert!(said.err.contains("[WC-6002; "), "{said:?}");
    assert_eq!(wallet.credentials().len(), 4, "the right one still does");
}

#[test]
fn a_file_that_is_no_vault_is_told() {
    let wallet = Wallet::stocked();
    let file = wallet.home().join("vault.db");
    let whole = fs::read(&file).unwrap();
    fs::write(&file, "no vault at all").unwrap();
    wallet.json(["list"]).failed(3, "WC-6003");
    // As a first run leaves it that was cut off before anything was written.
    fs::write(&file, "").unwrap();
    wallet.json(["list"]).failed(3, "WC-6022");
    fs::write(&file, &whole).unwrap();
    assert_eq!(wallet.credentials().len(), 4, "the same file as it was");
}

#[test]
fn a_doctor_says_what_is_damaged_and_the_rest_is_listed() {
    let wallet = Wallet::stocked();
    let healthy = wallet.json(["doctor"]).done();
    assert_eq!((healthy["whole"].as_bool(), &healthy["damaged"]), (Some(true), &serde_json::json!([])));
    assert!(wallet.run(["doctor"]).out.starts_with("The vault is whole: "));
    assert!(wallet.run(["doctor", "--lang", "fr"]).out.starts_with("Le coffre est intact : "));

    // One byte, wherever it first makes a difference to a single record.
    let file = wallet.home().join("vault.db");
    let whole = fs::read(&file).unwrap();
    let ill = (0..whole.len() / 4096).rev().find_map(|page| {
        let mut changed = whole.clone();
        changed[page * 4096 + 2_000] ^= 1;
        fs::write(&file, changed).unwrap();
        let said = wallet.json(["doctor"]);
        let json: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        (json["whole"] == false).then_some((said, json))
    });
    let (said, json) = ill.expect("a byte that matters");
    assert_eq!((said.code, said.err.as_str()), (Some(3), ""));
    let damage = &json["damaged"][0];
    let code = damage["code"].as_str().unwrap();
    assert!(damage["part"].is_string() && code.starts_with("WC-60"), "{json}");
    for (lang, begin) in
        [("en", "Something in the vault is damaged."), ("fr", "Une partie du coffre est endommagée.")]
    {
        let told = wallet.run(["doctor", "--lang", lang]);
        assert_eq!((told.code, told.err.as_str()), (Some(3), ""));
        assert!(told.out.starts_with(begin) && told.out.contains(&format!("[{code}]")), "{told:?}");
        assert!(!told.out.contains("doctor."), "a text is missing: {told:?}");
    }
    // What is whole is listed, and that something is not is said.
    let list = wallet.json(["list"]).done();
    let listed = list["credentials"].as_array().unwrap().len();
    assert_eq!(listed < 4, list["damaged"].is_array(), "{list}");
}

/// Wherever it was changed, either that held nothing that is shown, or the wallet says that it is damaged. It never shows
/// something else, and never ends in another way.
#[test]
fn a_changed_vault_is_told_or_whole() {
    let shown = Wallet::stocked().json(["show", id_of(MDL)]).done();
    let whole = fs::read(Wallet::stocked().home().join("vault.db")).unwrap();
    let parts = 8;
    let part = whole.len() / parts;
    let mut versions: Vec<Vec<u8>> = (0..parts)
        .map(|at| {
            let mut changed = whole.clone();
            changed[part * at..part * (at + 1)].iter_mut().step_by(7).for_each(|byte| *byte ^= 0x40);
            changed
        })
        .collect();
    versions.push(whole[..whole.len() / 2].to_vec());
    let mut told = 0;
    for changed in &versions {
        let wallet = Wallet::stocked();
        fs::write(wallet.home().join("vault.db"), changed).unwrap();
        let said = wallet.json(["show", id_of(MDL)]);
        if said.code == Some(0) {
            assert_eq!(said.done(), shown);
            continue;
        }
        told += 1;
        let error: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        let code = error["error"]["code"].as_str().unwrap().to_owned();
        assert!(code.starts_with("WC-60"), "{error}");
        said.failed(3, &code);
    }
    assert!(told >= versions.len() / 2, "{told} of {}", versions.len());
}
