//! Whether what the wallet holds still counts: learnt, shown, and minded.

use pilot::issuer::{Configuration, Issuer, IssuerOptions, OfferRequest, Status, TxCode};
use pilot::pki::Pki;
use serde_json::json;
use wallet_core::trust::Side;

use super::server::built_in;
use super::wallet::{MDL, Wallet};
use super::world::{block_on, ca_verifier, pki_folder, trusting_home};

/// A wallet, and the issuer of a licence that is offered to it.
fn offered() -> (Wallet, Issuer, String) {
    let pki = Pki::open(pki_folder(), pilot::time::now()).unwrap();
    let issuer = block_on(Issuer::start(IssuerOptions::new(Side::Ca, pki))).unwrap();
    let offer = OfferRequest::new([Configuration::Mdl]).with_tx_code(TxCode::None);
    let link = issuer.offer(&offer).unwrap().link;
    (Wallet::copy_of(trusting_home()), issuer, link)
}

#[test]
fn what_counts_is_known_as_soon_as_it_is_kept() {
    let (wallet, _issuer, offer) = offered();
    wallet.json(["receive", &offer, "--yes"]).done();
    let status = wallet.credential(MDL)["status"].clone();
    assert_eq!((&status["standing"], &status["outdated"]), (&json!("valid"), &json!(false)));
    assert!(status["checked_at"].is_i64());
    let told = wallet.json(["status"]).done();
    assert_eq!(told["credentials"][0]["status"], status);
    assert_eq!((&told["checked"], &told["changed"], &told["failed"]), (&json!(0), &json!([]), &json!([])));
    let said = wallet.run(["list"]);
    assert!(said.out.contains("By the issuer’s status list: In force"), "{said:?}");
    let said = wallet.run(["list", "--lang", "fr"]);
    assert!(said.out.contains("Selon la liste d’états de l’émetteur\u{a0}: En vigueur"), "{said:?}");
}

/// The list that it is kept with says so already: a wallet need not wait until it may read it again.
#[test]
fn what_was_revoked_is_not_offered_and_it_says_why() {
    let (wallet, issuer, offer) = offered();
    // Received, and revoked before the yes.
    wallet.json(["receive", &offer]).done();
    issuer.set_status(None, Status::Revoked).unwrap();
    wallet.json(["receive", &offer, "--yes"]).done();
    assert_eq!(wallet.credential(MDL)["status"]["standing"], "revoked");

    let request = ca_verifier().ask(&built_in("ca-age-19"));
    wallet.json(["present", &request.uri, "--yes"]).failed(3, "WC-2050");
    let said = wallet.run(["present", &request.uri, "--yes"]);
    assert_eq!(said.code, Some(3));
    assert!(said.err.contains("Not offered:") && said.err.contains("Revoked by the issuer"), "{said:?}");
    assert_eq!(request.status(), "fetched", "nothing was sent");
    let said = wallet.run(["status", "--lang", "fr"]);
    assert!(said.out.contains("Révoquée par l’émetteur"), "{said:?}");
}

#[test]
fn what_cannot_be_looked_up_is_kept_and_warned_of() {
    let (wallet, issuer, offer) = offered();
    wallet.json(["receive", &offer]).done();
    block_on(issuer.stop());
    wallet.json(["receive", &offer, "--yes"]).done();
    let entry = wallet.credential(MDL);
    assert_eq!(
        (&entry["status"]["standing"], &entry["status"]["checked_at"]),
        (&json!("unknown"), &json!(null))
    );
    let told = wallet.json(["status"]).done();
    assert_eq!(told["failed"], json!([{ "credential": entry["id"], "code": "WC-1001" }]));

    let request = ca_verifier().ask(&built_in("ca-age-19"));
    let sent = wallet.json(["present", &request.uri]).done();
    let warning = format!("status-unknown:{}", entry["id"].as_str().unwrap());
    assert_eq!(sent["preview"]["warnings"][0]["id"], warning);
    wallet.json(["present", &request.uri, "--yes"]);
    assert_eq!(request.verdict()["error"]["code"], "WC-3206", "the verifier cannot know either");
}
