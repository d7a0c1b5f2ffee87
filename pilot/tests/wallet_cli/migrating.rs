//! `migrate` and `reissue`: what another wallet needs to know, and what is left to be asked for.

use std::fs;
use std::process::Command;

use serde_json::Value;

use super::server::Server;
use super::wallet::{MDL, PERSON, PID, PID_MDOC, Said, Wallet};
use super::world::trusting_home;

fn with_file(wallet: &Wallet, arguments: &[&str]) -> Command {
    let mut command = wallet.command(arguments);
    command.arg("--json").env("BACKUP_PASSPHRASE", "a passphrase of its own");
    command
}

fn waiting(wallet: &Wallet) -> Vec<Value> {
    wallet.json(["reissue"]).done()["reissue"].as_array().unwrap().clone()
}

#[test]
fn a_move_from_wallet_to_wallet() {
    let (old, new) = (Wallet::stocked(), Wallet::copy_of(trusting_home()));
    let file = old.home().join("moving.jwe");
    let path = file.to_str().unwrap();
    let out = Said::of(&mut with_file(&old, &["migrate", "export", path])).done();
    assert_eq!((out["credentials"].as_u64(), out["transactions"].as_u64()), (Some(4), Some(2)));
    assert_eq!(old.last()["event"], "migration_exported");
    assert_eq!(fs::read_to_string(&file).unwrap().split('.').count(), 5, "a compact JWE");

    let moved = Said::of(&mut with_file(&new, &["migrate", "import", path])).done();
    assert_eq!((moved["to_reissue"].as_u64(), moved["transactions"].as_u64()), (Some(4), Some(2)));
    let mut types: Vec<String> =
        waiting(&new).iter().map(|one| one["type"].as_str().unwrap().to_owned()).collect();
    types.sort();
    let mut expected = [PID, PID_MDOC, MDL, PERSON];
    expected.sort_unstable();
    assert_eq!(types, expected);
    assert!(new.credentials().is_empty());
    let history = new.history();
    assert_eq!(history["imported"].as_array().unwrap().len(), 2);
    assert_eq!(history["imported"][0]["kind"], "CredentialIssuance");
    assert_eq!(history["entries"].as_array().unwrap().len(), 1, "its own history is its own");

    // Whatever is dismissed goes; everything else waits until it is here.
    let mdl = waiting(&new).into_iter().find(|one| one["type"] == MDL).unwrap();
    assert_eq!(mdl["reason"], "moved");
    new.json(["reissue", "--dismiss", mdl["id"].as_str().unwrap()]).done();
    new.json(["reissue", "--dismiss", mdl["id"].as_str().unwrap()]).failed(2, "usage");
    assert_eq!(waiting(&new).len(), 3);
    let issuer = Server::start(&["issuer", "--side", "eu", "--tx-code", "none"]);
    new.json(["receive", &issuer.offer(), "--yes"]).done();
    assert_eq!(new.credentials().len(), 2);
    let said = new.run(["reissue", "--lang", "fr"]);
    assert!(
        said.code == Some(0) && said.out.contains("Elle se trouvait dans un autre portefeuille"),
        "{said:?}"
    );
}

#[test]
fn what_is_refused_is_told_and_takes_nothing_over() {
    let (old, new) = (Wallet::stocked(), Wallet::new());
    let file = old.home().join("moving.jwe");
    let path = file.to_str().unwrap();
    Said::of(&mut with_file(&old, &["migrate", "export", path])).done();
    Said::of(&mut with_file(&old, &["migrate", "export", path])).failed(2, "usage");
    let mut wrong = with_file(&new, &["migrate", "import", path]);
    Said::of(wrong.env("BACKUP_PASSPHRASE", "not the passphrase")).failed(3, "WC-6041");
    fs::write(&file, "no object").unwrap();
    Said::of(&mut with_file(&new, &["migrate", "import", path])).failed(3, "WC-7030");
    assert_eq!(new.json(["reissue"]).done(), serde_json::json!({ "reissue": [] }));
    assert_eq!(new.history()["imported"], serde_json::json!([]));
    assert!(new.run(["reissue"]).out.contains("Nothing is to be asked for again"));
}
