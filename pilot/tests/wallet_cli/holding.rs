//! `list` and `show`.

use serde_json::json;

use super::wallet::{MDL, PID, PID_MDOC, Wallet};

#[test]
fn a_credential_with_all_its_copies_is_one_entry() {
    let wallet = Wallet::stocked();
    let list = wallet.json(["list"]).done();
    let all = list["credentials"].as_array().unwrap();
    assert_eq!(list, json!({ "credentials": all }), "nothing beside it");
    assert_eq!(all.len(), 4, "two formats of two issuers");
    for one in all {
        assert_eq!((one["copies"].as_u64(), one["fresh_copies"].as_u64()), (Some(3), Some(3)), "{one}");
        assert_eq!(one["issuer"]["verification"]["verified"], true);
        assert!(one["valid_until"].as_i64().unwrap() > one["received_at"].as_i64().unwrap());
        let members: Vec<_> = one.as_object().unwrap().keys().map(String::as_str).collect();
        let expected = [
            "copies",
            "format",
            "fresh_copies",
            "id",
            "issued_together",
            "issuer",
            "names",
            "received_at",
            "reuse",
            "status",
            "top_up",
            "type",
            "valid_from",
            "valid_until",
        ];
        assert_eq!(members, expected, "no claims in the list");
    }
    let (pid, mdoc, mdl) = (wallet.credential(PID), wallet.credential(PID_MDOC), wallet.credential(MDL));
    assert_eq!(pid["issued_together"], mdoc["issued_together"], "one offer");
    assert_ne!(pid["issued_together"], mdl["issued_together"]);
    assert_eq!((&pid["format"], &mdoc["format"]), (&json!("dc+sd-jwt"), &json!("mso_mdoc")));
}

#[test]
fn a_credential_is_shown_with_its_claims_by_the_beginning_of_its_id() {
    let wallet = Wallet::stocked();
    let entry = wallet.credential(MDL);
    let id = entry["id"].as_str().unwrap();
    let shown = wallet.json(["show", &id[..8]]).done()["credential"].clone();
    for (name, value) in entry.as_object().unwrap() {
        assert_eq!(&shown[name.as_str()], value, "as in the list");
    }
    let claims = shown["claims"].as_array().unwrap();
    let of =
        |name: &str| claims.iter().find(|claim| claim["path"] == json!(["org.iso.18013.5.1", name])).unwrap();
    assert_eq!(of("family_name")["value"], "Côté-Lévesque");
    assert_eq!(of("family_name")["label"], "Family name");
    assert_eq!(of("age_over_19")["value"], true);
    let said = wallet.run(["show", id, "--lang", "fr"]);
    assert!(said.out.contains("Nom de famille\u{a0}: Côté-Lévesque"), "{said:?}");
}
