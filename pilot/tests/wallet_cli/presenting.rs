//! `present`: who asks for what, a yes, and what the verifier makes of it.

use serde_json::{Value, json};

use super::relay::Relay;
use super::server::built_in;
use super::wallet::{MDL, PID, PID_MDOC, Wallet};
use super::world::{ca_verifier, eu_verifier, id_of, trusting_home};

/// The claims of a verdict's only credential.
fn claims(verdict: &Value) -> &Value {
    assert_eq!(verdict["verified"], true, "{verdict}");
    assert_eq!(verdict["credentials"].as_array().unwrap().len(), 1, "{verdict}");
    &verdict["credentials"][0]["claims"]
}

#[test]
fn without_a_yes_nothing_is_sent_and_with_one_nothing_is_fetched_again() {
    let wallet = Wallet::looked_up();
    let relay = Relay::before(&["verifier", "--side", "eu"]);
    let request = relay.server.ask(&built_in("eu-pid-sd-jwt"));
    let before = wallet.history();

    let shown = wallet.json(["present", &request.uri]).done();
    assert_eq!(shown["sent"], false);
    assert_eq!(request.status(), "fetched");
    assert_eq!((wallet.history(), wallet.fresh([PID])), (before, [3]), "to look is not to answer");

    let preview = &shown["preview"];
    let verification = json!({ "verified": true, "side": "eu", "source": "eu-verifier-ca.pem" });
    assert_eq!(preview["verifier"]["name"], "Demo Airline");
    assert_eq!(preview["verifier"]["verification"], verification);
    assert!(preview["verifier"]["identifier"].as_str().unwrap().starts_with("x509_hash:"));
    assert_eq!((&preview["profile"], &preview["encrypted"]), (&json!("eu"), &json!(true)));
    assert_eq!(preview["registration"]["valid"], true);
    assert_eq!(preview["warnings"], json!([]));
    let query = &preview["queries"][0];
    assert_eq!(query["beyond_registration"], json!([]));
    assert_eq!((&query["id"], &query["format"]), (&json!("pid"), &json!("dc+sd-jwt")));
    assert_eq!(query["claims"].as_array().unwrap().len(), 2);
    let candidate = &query["candidates"][0];
    assert_eq!(candidate["credential"], id_of(PID));
    assert!(candidate["options"][0]["claims"].as_array().unwrap().contains(&json!(["family_name"])));
    assert_eq!(preview["chosen"], json!([{ "query": "pid", "credential": id_of(PID), "option": 0 }]));

    let sent = wallet.json(["present", &request.uri, "--yes"]).done();
    assert_eq!((&sent["sent"], &sent["http_status"]), (&json!(true), &json!(200)));
    assert_eq!(sent["preview"], *preview, "what was agreed to is what was shown");
    assert_eq!(relay.calls("/request/").len(), 1, "three processes, one fetch");
    assert_eq!(relay.calls("/response/").len(), 1);
    let verdict = request.verdict();
    assert_eq!(*claims(&verdict), json!({ "family_name": "Vandermeer", "nationalities": ["BE", "FR"] }));

    let last = wallet.last();
    assert_eq!(
        (&last["event"], &last["outcome"]),
        (&json!("presented"), &json!({ "state": "sent", "http_status": 200 }))
    );
    assert_eq!((&last["shared"], &last["verifier"]), (&sent["shared"], &preview["verifier"]));
    assert!(!last.to_string().contains("Vandermeer"), "the history names claims, not values");
    assert_eq!(wallet.fresh([PID, PID_MDOC]), [2, 3], "one copy, of what was shown");

    // The wallet is done with it, and the verifier does not give it out again.
    wallet.json(["present", &request.uri, "--yes"]).failed(1, "WC-1005");
    assert_eq!(relay.calls("/response/").len(), 1, "one question, one answer");
}

#[test]
fn people_are_told_who_asks_what_goes_and_what_stays() {
    let wallet = Wallet::stocked();
    let request = ca_verifier().ask(&built_in("ca-age-19"));
    let said = wallet.run(["present", &request.uri]);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
    assert!(said.out.starts_with("Demo Wine Shop asks for information."), "{said:?}");
    assert!(said.out.contains("Stays private:") && said.out.contains("Family name"), "{said:?}");
    assert_eq!(request.status(), "fetched");
    let said = wallet.run(["present", &request.uri, "--yes", "--lang", "fr"]);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
    assert!(said.out.contains("Demo Wine Shop") && !said.out.contains("asks for"), "{said:?}");
    assert_eq!(*claims(&request.verdict()), json!({ "org.iso.18013.5.1": { "age_over_19": true } }));
}

#[test]
fn without_a_choice_the_least_disclosing_goes_and_it_says_which() {
    let wallet = Wallet::stocked();
    // The licence answers with one element; the PID would show two claims.
    let dcql = json!({
        "credentials": [
            { "id": "pid", "format": "dc+sd-jwt", "meta": { "vct_values": [PID] },
              "claims": [{ "path": ["family_name"] }, { "path": ["given_name"] }] },
            { "id": "mdl", "format": "mso_mdoc", "meta": { "doctype_value": MDL },
              "claims": [{ "path": ["org.iso.18013.5.1", "family_name"] }] },
        ],
        "credential_sets": [{ "options": [["pid"], ["mdl"]] }],
    });
    let (pid, mdl) = (id_of(PID), id_of(MDL));
    let request = eu_verifier().ask(&json!({ "dcql_query": dcql }));
    let sent = wallet.json(["present", &request.uri, "--yes"]).done();
    assert_eq!(sent["preview"]["chosen"], json!([{ "query": "mdl", "credential": mdl, "option": 0 }]));
    assert_eq!(
        *claims(&request.verdict()),
        json!({ "org.iso.18013.5.1": { "family_name": "Côté-Lévesque" } })
    );

    // The twin: the citizen chooses the other, by the beginning of its id.
    let request = eu_verifier().ask(&json!({ "dcql_query": dcql }));
    let choose = format!("pid={}", &pid[..8]);
    let sent = wallet.json(["present", &request.uri, "--choose", &choose, "--yes"]).done();
    assert_eq!(sent["preview"]["chosen"], json!([{ "query": "pid", "credential": pid, "option": 0 }]));
    assert_eq!(
        *claims(&request.verdict()),
        json!({ "family_name": "Vandermeer", "given_name": "Amélie Jeanne" })
    );
    assert_eq!(wallet.fresh([PID, MDL]), [2, 2]);
}

#[test]
fn a_choice_that_nobody_was_offered_sends_nothing() {
    let wallet = Wallet::stocked();
    let (pid, mdl) = (id_of(PID), id_of(MDL));
    let request = eu_verifier().ask(&built_in("either"));
    for (choices, exit, code) in [
        (vec![format!("pid={mdl}")], 3, "WC-8003"),
        (vec![format!("other={pid}")], 3, "WC-8003"),
        (vec![format!("pid={pid}"), format!("mdl={mdl}")], 3, "WC-8005"),
        (vec!["pid=none".to_owned()], 2, "usage"),
    ] {
        let mut arguments = vec!["present", &request.uri, "--yes"];
        choices.iter().for_each(|choice| arguments.extend(["--choose", choice]));
        wallet.json(arguments).failed(exit, code);
    }
    assert_eq!(request.status(), "fetched");
    assert_eq!(wallet.fresh([PID, MDL]), [3, 3]);
    let choose = format!("mdl={mdl}");
    wallet.json(["present", "--choose", &choose, &request.uri, "--yes"]).done();
    assert_eq!(request.verdict()["credentials"][0]["type"], MDL);
}

#[test]
fn what_the_wallet_does_not_hold_it_cannot_show() {
    let wallet = Wallet::copy_of(trusting_home());
    let request = eu_verifier().ask(&built_in("eu-pid-sd-jwt"));
    wallet.json(["present", &request.uri]).failed(3, "WC-2050");
    wallet.json(["present", &request.uri, "--yes"]).failed(3, "WC-2050");
    assert_eq!(request.status(), "fetched", "whether it holds something is the citizen's to tell");
    assert_eq!(wallet.json(["decline", &request.uri]).done()["declined"], true);
    assert_eq!(request.verdict()["error"]["code"], "access_denied");
}

#[test]
fn an_unencrypted_answer_is_warned_of_and_works() {
    let wallet = Wallet::looked_up();
    let request = ca_verifier().ask(&json!({ "query": "ca-age-19", "response_mode": "direct_post" }));
    let shown = wallet.json(["present", &request.uri]).done();
    assert_eq!(shown["preview"]["encrypted"], false);
    assert_eq!(shown["preview"]["warnings"].as_array().unwrap().len(), 1);
    wallet.json(["present", &request.uri, "--yes"]).done();
    assert_eq!(request.verdict()["verified"], true);
}

#[test]
fn a_wallet_on_the_same_device_is_told_where_to_go_on() {
    let wallet = Wallet::stocked();
    let request = eu_verifier().ask(&json!({ "query": "eu-pid-mdoc", "same_device": true }));
    let sent = wallet.json(["present", &request.uri, "--yes"]).done();
    assert!(sent["redirect_uri"].as_str().unwrap().starts_with(eu_verifier().url()), "{sent}");
    let last = wallet.last();
    assert!(!last.to_string().contains("response_code"), "nobody needs it later: {last}");
}
