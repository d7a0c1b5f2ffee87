//! `delete`.

use serde_json::json;

use super::wallet::{MDL, PID, Wallet};
use super::world::id_of;

#[test]
fn nothing_is_deleted_without_a_yes() {
    let wallet = Wallet::stocked();
    let id = id_of(PID);
    let shown = wallet.json(["delete", id]).done();
    assert_eq!(shown, json!({ "preview": { "credential": wallet.credential(PID) }, "deleted": false }));
    let said = wallet.run(["delete", id]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert!(said.out.contains("with all its copies and keys") && !said.out.contains("Deleted"), "{said:?}");
    assert_eq!(wallet.credentials().len(), 4);
}

#[test]
fn a_credential_is_deleted_once_and_the_history_says_so() {
    let wallet = Wallet::stocked();
    let id = id_of(MDL);
    let done = wallet.json(["delete", &id[..8], "--yes"]).done();
    assert_eq!(
        (&done["deleted"], &done["keys_deleted"], &done["erased"]),
        (&json!(true), &json!(true), &json!(true))
    );
    assert_eq!(std::fs::read_dir(wallet.home()).unwrap().count(), 1, "one file");
    let types: Vec<_> = wallet.credentials().iter().map(|one| one["type"].clone()).collect();
    assert!(types.len() == 3 && !types.contains(&json!(MDL)), "{types:?}");
    let last = wallet.last();
    assert_eq!(
        (&last["event"], &last["type"], &last["credential"]),
        (&json!("credential_deleted"), &json!(MDL), &json!(id))
    );
    wallet.json(["delete", id, "--yes"]).failed(2, "usage");
    wallet.json(["show", id]).failed(2, "usage");

    let said = wallet.run(["delete", id_of(PID), "--yes", "--lang", "fr"]);
    assert!(said.out.contains("Suppression effectuée."), "{said:?}");
    let said = wallet.run(["history", "--lang", "fr"]);
    assert!(said.out.contains("Vous avez supprimé\u{a0}: "), "{said:?}");
}
