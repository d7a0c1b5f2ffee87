//! What the consent screen is told (EU-17, EU-19, EU-23).

use super::*;
use crate::credential::summary::{Outline, Summary};

#[test]
fn requested_claims_come_with_intent_to_retain() {
    let wallet = Wallet::of([mdoc(1, "d", json!({ "ns": { "a": 1, "b": 2, "c": 3 } }))]);
    let claims = json!([
        { "path": ["ns", "a"], "intent_to_retain": true },
        { "path": ["ns", "b"], "intent_to_retain": false },
        { "path": ["ns", "c"] },
        { "path": ["ns", "b"], "intent_to_retain": true },
    ]);
    let query =
        json!({ "id": "q", "format": "mso_mdoc", "meta": { "doctype_value": "d" }, "claims": claims });
    let evaluation = wallet.evaluate(&json!({ "credentials": [query] }));
    let candidate = &evaluation.answer("q").unwrap().candidates()[0];
    assert_eq!(candidate.kind().type_identifier, "d");
    let told: Vec<_> = candidate
        .option(0)
        .unwrap()
        .claims()
        .map(|claim| (show(claim.locations[0]), claim.path.elements().len(), claim.intent_to_retain))
        .collect();
    let expected = [("ns.a", Some(true)), ("ns.b", Some(true)), ("ns.c", None)];
    assert_eq!(
        told,
        expected.map(|(name, retain)| (name.to_owned(), 2, retain)),
        "EU-17, a doubled path once"
    );
}

/// An SD-JWT whose address is one Disclosure with two plain members and one hidden member, and whose `sex` is plain.
fn coarse() -> Held {
    let claims =
        json!({ "iss": "i", "sex": 1, "name": "n", "address": { "city": "c", "street": "s", "floor": 2 } });
    let disclosures = [&["name"][..], &["address"], &["address", "floor"]];
    let disclosures = disclosures.iter().map(|path| ClaimLocation::keys(path.iter().copied())).collect();
    let outline = Outline::of_payload(claims.as_object().unwrap(), disclosures);
    held(1, Format::DcSdJwt, "t", outline, claims)
}

#[test]
fn what_cannot_be_withheld_is_shown_and_counted() {
    let wallet = Wallet::of([coarse()]);
    let told = |path: Value| {
        let evaluation = wallet.evaluate(&query_path(path));
        let option = evaluation.answers()[0].candidates()[0].option(0).unwrap();
        (
            disclosed(option).join(" "),
            option.revealed_besides().map(show).collect::<Vec<_>>().join(" "),
            option.leaves(),
        )
    };
    let is = |asked: &str, besides: &str, leaves| (asked.to_owned(), besides.to_owned(), leaves);
    assert_eq!(told(json!(["name"])), is("name", "iss sex", 2), "the issuer is about the credential");
    assert_eq!(told(json!(["sex"])), is("sex", "iss", 1));
    let street = "address.city iss sex";
    assert_eq!(
        told(json!(["address", "street"])),
        is("address.street", street, 3),
        "one Disclosure with the city"
    );
    let floor = "address.city address.street iss sex";
    assert_eq!(
        told(json!(["address", "floor"])),
        is("address.floor", floor, 4),
        "its Disclosure is inside the address's"
    );
    assert_eq!(told(json!(["address"])), is("address.city address.floor address.street", "iss sex", 4));
}

#[test]
fn a_choice_is_needed_only_where_there_is_one() {
    let one = || sd_jwt(1, "t", json!({ "a": 1, "b": 2 }));
    let needs = |held: Vec<Held>, query: &Value| Wallet::of(held).evaluate(query).needs_choice();
    let simple = query_path(json!(["a"]));
    assert!(!needs(vec![one()], &simple));
    assert!(needs(vec![one(), sd_jwt(2, "t", json!({ "a": 1 }))], &simple), "two candidates");
    assert!(!needs(vec![one(), sd_jwt(2, "t", json!({ "b": 1 }))], &simple));
    assert!(!needs(vec![], &simple), "nothing to choose from");

    let claims = json!([{ "id": "a", "path": ["a"] }, { "id": "b", "path": ["b"] }]);
    let alternatives = query(json!({ "claims": claims, "claim_sets": [["a"], ["b"]] }));
    assert!(needs(vec![one()], &alternatives), "two claim sets");
    assert!(!needs(vec![sd_jwt(1, "t", json!({ "b": 1 }))], &alternatives));

    let credential =
        |id: &str, vct: &str| json!({ "id": id, "format": "dc+sd-jwt", "meta": { "vct_values": [vct] } });
    let mut either = json!({ "credentials": [credential("x", "t"), credential("y", "u")] });
    either["credential_sets"] = json!([{ "options": [["x"], ["y"]] }]);
    assert!(needs(vec![one(), sd_jwt(2, "u", json!({}))], &either), "two options");
    assert!(!needs(vec![one()], &either));
    either["credential_sets"] = json!([{ "options": [["x"]] }, { "options": [["y"]], "required": false }]);
    assert!(needs(vec![one(), sd_jwt(2, "u", json!({}))], &either), "an optional set may be added");
    assert!(!needs(vec![one()], &either));
    either["credential_sets"] = json!([{ "options": [["x"]] }]);
    let two = vec![one(), sd_jwt(2, "u", json!({})), sd_jwt(3, "u", json!({}))];
    assert!(!needs(two, &either), "what no set asks for is no choice");
}

#[test]
fn nothing_is_printed_about_what_is_held() {
    let held = Wallet::of([sd_jwt(1, "t", json!({ "a": 1 }))]).evaluate(&query_path(json!(["a"])));
    let nothing = Wallet::default().evaluate(&query_path(json!(["a"])));
    assert_eq!(format!("{held:?}"), format!("{nothing:?}"), "EU-20");
}

#[test]
fn what_lives_across_threads_may() {
    fn crosses<T: Send + Sync>() {}
    crosses::<(Query, Evaluation, Choice, Disclosure, Index, Summary)>();
}
