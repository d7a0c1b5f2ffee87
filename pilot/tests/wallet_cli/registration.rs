//! What a verifier is registered to ask for: as people read it, and as programs do.

use serde_json::{Value, json};

use super::server::Asked;
use super::wallet::{PID, Wallet};
use super::world::{ca_verifier, eu_verifier, id_of};

fn asking(query: &str, registration: &str) -> Asked {
    eu_verifier().ask(&json!({ "query": query, "registration": registration }))
}

fn warnings(shown: &Value) -> Vec<&str> {
    let warnings = shown["preview"]["warnings"].as_array().unwrap();
    warnings.iter().map(|warning| warning["id"].as_str().unwrap()).collect()
}

#[test]
fn it_is_shown_and_kept() {
    let wallet = Wallet::looked_up();
    let request = asking("eu-pid-sd-jwt", "fitting");
    let shown = wallet.json(["present", &request.uri]).done();
    let registration = &shown["preview"]["registration"];
    assert_eq!(registration["purpose"][0]["value"], "Confirming who travels, at check-in");
    assert_eq!((&registration["sub"], &registration["valid"]), (&json!("NTRBE-0000000097"), &json!(true)));
    assert_eq!(warnings(&shown), [] as [&str; 0]);
    let said = wallet.run(["present", "--lang", "fr", &request.uri]);
    assert!(said.out.contains("Finalité\u{a0}: Confirmer qui voyage"), "{said:?}");
    assert!(said.out.contains("https://airline.example/privacy"), "{said:?}");
    wallet.json(["present", &request.uri, "--yes"]).done();
    assert_eq!(wallet.last()["registration"], *registration);
    let history = wallet.run(["history"]).out;
    assert!(history.contains("Purpose: Confirming who travels"), "{history}");
}

#[test]
fn who_asks_for_more_is_marked() {
    let wallet = Wallet::looked_up();
    let request = asking("eu-pid-sd-jwt", "narrow");
    let shown = wallet.json(["present", &request.uri]).done();
    assert_eq!(shown["preview"]["queries"][0]["beyond_registration"], json!(["nationalities[*]"]));
    assert_eq!(warnings(&shown), [format!("asks-for-more:{}", id_of(PID))]);
    let said = wallet.run(["present", &request.uri]);
    assert!(said.out.contains("not part of its registration: Nationalities"), "{said:?}");
    wallet.json(["present", &request.uri, "--yes"]).done();
    assert_eq!(wallet.last()["asked"][0]["beyond_registration"], true);
}

#[test]
fn one_that_does_not_count_is_warned_of() {
    let wallet = Wallet::looked_up();
    let request = asking("eu-pid-sd-jwt", "expired");
    let shown = wallet.json(["present", &request.uri]).done();
    assert_eq!(shown["preview"]["registration"], json!({ "valid": false, "code": "WC-2065" }));
    assert_eq!(warnings(&shown), ["registration-invalid"]);
    wallet.json(["present", &request.uri, "--yes"]).done();
    assert_eq!(request.verdict()["verified"], true);
}

#[test]
fn without_one_nothing_is_warned_of() {
    let wallet = Wallet::looked_up();
    let licence = ca_verifier().ask(&json!({ "query": "ca-age-19" }));
    for request in [asking("eu-pid-sd-jwt", "absent"), licence] {
        let shown = wallet.json(["present", &request.uri]).done();
        assert_eq!((&shown["preview"]["registration"], warnings(&shown)), (&Value::Null, vec![]));
    }
}
