//! `history delete` and `history export`.

use std::fs;

use serde_json::json;

use super::server::built_in;
use super::wallet::{PID, Wallet};
use super::world::eu_verifier;

#[test]
fn nothing_is_deleted_without_a_yes() {
    let wallet = Wallet::stocked();
    let before = wallet.history();
    let shown = wallet.json(["history", "delete", "1"]).done();
    assert_eq!(shown, json!({ "preview": { "entries": [before["entries"][0]] }, "deleted": 0 }));
    assert_eq!(wallet.history(), before);
    for wrong in
        [&["history", "delete"][..], &["history", "delete", "99"], &["history", "delete", "1", "--all"]]
    {
        wallet.json(wrong.iter().copied()).failed(2, "usage");
    }
    assert_eq!(wallet.history(), before);
}

#[test]
fn entries_are_deleted_by_the_numbers_that_are_shown() {
    let wallet = Wallet::stocked();
    let said = wallet.run(["history"]);
    assert!(said.out.contains("   1  ") && said.out.contains("   2  "), "{said:?}");
    let done = wallet.json(["history", "delete", "2", "--yes"]).done();
    assert_eq!(done, json!({ "deleted": 1, "erased": true }));
    let entries = wallet.history()["entries"].clone();
    assert_eq!((&entries[0]["number"], &entries[1]["event"]), (&json!(1), &json!("entries_deleted")));
    assert_eq!(entries[1]["numbers"], json!([[2, 2]]));
    // That it was deleted stays.
    wallet.json(["history", "delete", "3", "--yes"]).failed(3, "WC-6060");
    assert_eq!(wallet.json(["history", "delete", "--all", "--yes"]).done()["deleted"], 1);
    let said = wallet.run(["history", "--lang", "fr"]);
    assert_eq!(said.out.matches("Vous avez supprimé des entrées de cet historique").count(), 2, "{said:?}");
}

#[test]
fn it_is_exported_to_a_new_file_or_printed() {
    let wallet = Wallet::stocked();
    let history = wallet.history();
    assert_eq!(history["format"], "wallet-core-history");
    assert_eq!(wallet.json(["history", "export"]).done(), history);
    let printed = wallet.run(["history", "export"]);
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&printed.out).unwrap(),
        history,
        "with --json or without"
    );

    let file = wallet.home().join("history.json");
    let path = file.to_str().unwrap();
    let done = wallet.json(["history", "export", path]).done();
    assert_eq!(done, json!({ "file": path, "entries": history["entries"].as_array().unwrap().len() }));
    let exported = fs::read_to_string(&file).unwrap();
    assert_eq!(serde_json::from_str::<serde_json::Value>(&exported).unwrap(), history);
    for value in ["Dubois", "Tremblay", "Lévesque", "Côté"] {
        assert!(!exported.contains(value), "{value}");
    }
    let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&file).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600, "its owner's alone");
    wallet.json(["history", "export", path]).failed(2, "usage");
    assert_eq!(fs::read_to_string(&file).unwrap(), exported, "never overwritten");
}

#[test]
fn what_a_verifier_has_seen_is_shown_before_it_is_answered_again() {
    let wallet = Wallet::stocked();
    let ask = || eu_verifier().ask(&built_in("eu-pid-sd-jwt")).uri;
    let first = wallet.json(["present", &ask(), "--yes"]).done();
    assert_eq!(first["preview"]["shared_before"], json!(null));
    let second = ask();
    let before = wallet.json(["present", &second]).done()["preview"]["shared_before"].clone();
    assert_eq!((&before["times"], &before["last_at"]), (&json!(1), &wallet.last()["at"]));
    assert_eq!(before["shared"], json!([{ "type": PID, "claims": first["shared"][0]["claims"] }]));
    let said = wallet.run(["present", &second]);
    assert!(said.out.contains("answered this verifier before: 1"), "{said:?}");
}
