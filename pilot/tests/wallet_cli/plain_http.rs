//! `--insecure-http`: plain http on this machine, and nowhere else.

use serde_json::json;

use super::server::Server;
use super::wallet::{MDL, Wallet};
use super::world::trusting_home;

#[test]
fn plain_http_is_for_loopback_and_only_when_told() {
    let wallet = Wallet::copy_of(trusting_home());
    let issuer = Server::start(&[
        "issuer",
        "--side",
        "ca",
        "--offer",
        "mdl",
        "--tx-code",
        "none",
        "--batch",
        "1",
        "--insecure-http",
    ]);
    assert!(issuer.url().starts_with("http://localhost:"));
    let offer = issuer.offer();
    wallet.json(["receive", &offer, "--yes"]).failed(3, "WC-1006");
    wallet.json(["receive", &offer, "--yes", "--insecure-http"]).done();
    assert_eq!(wallet.credential(MDL)["copies"], 1);

    let verifier = Server::start(&["verifier", "--side", "ca", "--insecure-http"]);
    let request = verifier.event("request")["uri"].as_str().unwrap().to_owned();
    wallet.json(["present", &request, "--yes"]).failed(3, "WC-1006");
    let sent = wallet.json(["present", "--insecure-http", &request, "--yes"]).done();
    assert_eq!(sent["sent"], true);
    assert_eq!(verifier.event("result")["verified"], true);
}

#[test]
fn plain_http_to_another_machine_stays_refused() {
    let wallet = Wallet::copy_of(trusting_home());
    for issuer in ["http://192.0.2.1", "http://issuer.example", "http://localhost.example"] {
        let offer = json!({
            "credential_issuer": issuer,
            "credential_configuration_ids": ["mdl"],
            "grants": { "urn:ietf:params:oauth:grant-type:pre-authorized_code": { "pre-authorized_code": "x" } },
        });
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("credential_offer", &offer.to_string());
        let link = format!("openid-credential-offer://?{}", query.finish());
        wallet.json(["receive", &link, "--yes", "--insecure-http"]).failed(3, "WC-1006");
    }
}
