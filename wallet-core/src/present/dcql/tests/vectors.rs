//! The examples of the specification (appendix D), against wallets made by hand.

use super::*;
use crate::profile::DcqlLeniency;
use crate::testing::vector;

const FILE: &str = "openid4vp-1.0-dcql-and-metadata-examples.json";
const IDENTITY: &str = "https://credentials.example.com/identity_credential";

/// The example with this file name; `None`, said plainly, when the vectors are absent.
fn example(name: &str) -> Option<Value> {
    let file = vector(FILE)?;
    Some(file["files"][format!("1.0/examples/query_lang/{name}.json")].clone())
}

fn identity(number: u8, without: &[&str]) -> Held {
    let mut claims = json!({
        "given_name": "John", "family_name": "Doe", "postal_code": "90210", "locality": "Beverly Hills",
        "region": "CA", "date_of_birth": "1990-01-01", "address": { "street_address": "1 Rodeo Drive", "country": "US" },
    });
    claims.as_object_mut().unwrap().retain(|name, _| !without.contains(&name.as_str()));
    sd_jwt(number, IDENTITY, claims)
}

fn shown(evaluation: &Evaluation) -> Vec<(String, Vec<String>)> {
    let choice = evaluation.least().unwrap();
    let disclosures = evaluation.disclosures(&choice).unwrap();
    disclosures.iter().map(|d| (d.query_id.clone(), d.locations.iter().map(show).collect())).collect()
}

fn expect(list: &[(&str, &[&str])]) -> Vec<(String, Vec<String>)> {
    list.iter()
        .map(|(id, claims)| ((*id).to_owned(), claims.iter().map(|&claim| claim.to_owned()).collect()))
        .collect()
}

#[test]
fn every_example_is_a_valid_query() {
    let Some(file) = vector(FILE) else { return };
    let queries = file["files"].as_object().unwrap().iter().filter(|(name, _)| name.contains("/query_lang/"));
    let mut count = 0;
    for (name, query) in queries {
        let query = Query::parse(query, &DcqlLeniency::NONE).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert!(!query.evaluate(&Wallet::default(), NOW).unwrap().is_satisfiable(), "{name}");
        count += 1;
    }
    assert_eq!(count, 7);
}

#[test]
fn simple() {
    let Some(query) = example("simple") else { return };
    let evaluation = Wallet::of([identity(1, &[])]).evaluate(&query);
    let claims: &[&str] = &["address.street_address", "family_name", "given_name"];
    assert_eq!(shown(&evaluation), expect(&[("my_credential", claims)]));
    assert!(!Wallet::of([identity(1, &["given_name"])]).evaluate(&query).is_satisfiable());
}

#[test]
fn simple_mdoc() {
    let Some(query) = example("simple_mdoc") else { return };
    let claims = json!({
        "org.iso.7367.1": { "vehicle_holder": "x", "vin": "y" }, "org.iso.18013.5.1": { "given_name": "z" },
    });
    let evaluation = Wallet::of([mdoc(1, "org.iso.7367.1.mVRC", claims)]).evaluate(&query);
    let claims: &[&str] = &["org.iso.18013.5.1.given_name", "org.iso.7367.1.vehicle_holder"];
    assert_eq!(shown(&evaluation), expect(&[("my_credential", claims)]));
}

#[test]
fn multi_credentials() {
    let Some(query) = example("multi_credentials") else { return };
    let vehicle =
        json!({ "org.iso.7367.1": { "vehicle_holder": "x" }, "org.iso.18013.5.1": { "given_name": "z" } });
    let both = Wallet::of([identity(1, &[]), mdoc(2, "org.iso.7367.1.mVRC", vehicle)]).evaluate(&query);
    assert_eq!(shown(&both).iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["pid", "mdl"]);
    assert!(!Wallet::of([identity(1, &[])]).evaluate(&query).is_satisfiable());
}

#[test]
fn claims_alternatives() {
    let Some(query) = example("claims_alternatives") else { return };
    let options = |held: Held| {
        let evaluation = Wallet::of([held]).evaluate(&query);
        let candidates = evaluation.answers()[0].candidates();
        candidates
            .iter()
            .flat_map(Candidate::options)
            .map(|option| disclosed(option).join(" "))
            .collect::<Vec<_>>()
    };
    let by_place = "date_of_birth family_name locality region";
    let by_code = "date_of_birth family_name postal_code";
    assert_eq!(options(identity(1, &[])), [by_place, by_code]);
    assert_eq!(options(identity(1, &["region"])), [by_code]);
    assert_eq!(options(identity(1, &["postal_code"])), [by_place]);
    assert!(options(identity(1, &["region", "postal_code"])).is_empty());
    let evaluation = Wallet::of([identity(1, &[])]).evaluate(&query);
    let claims: &[&str] = &["date_of_birth", "family_name", "postal_code"];
    assert_eq!(
        shown(&evaluation),
        expect(&[("pid", claims)]),
        "the least, though the verifier likes the other better"
    );
}

#[test]
fn credentials_alternatives() {
    let Some(query) = example("credentials_alternatives") else { return };
    let reduced = sd_jwt(
        2,
        "https://credentials.example.com/reduced_identity_credential",
        json!({ "family_name": "D", "given_name": "J" }),
    );
    let residence = sd_jwt(
        3,
        "https://cred.example/residence_credential",
        json!({ "postal_code": "1", "locality": "L", "region": "R" }),
    );
    let rewards = sd_jwt(4, "https://company.example/company_rewards", json!({ "rewards_number": "7" }));
    let ids = |held: &[&Held]| {
        let evaluation = Wallet::of(held.iter().copied().cloned()).evaluate(&query);
        evaluation
            .is_satisfiable()
            .then(|| shown(&evaluation).into_iter().map(|(id, _)| id).collect::<Vec<_>>())
    };
    let full = identity(1, &[]);
    assert_eq!(
        ids(&[&full, &reduced, &residence, &rewards]).unwrap(),
        ["pid"],
        "three leaves rather than five"
    );
    assert_eq!(ids(&[&reduced, &residence, &rewards]).unwrap(), ["pid_reduced_cred_1", "pid_reduced_cred_2"]);
    assert_eq!(ids(&[&reduced, &rewards]), None, "half an option does not do");
    let evaluation = Wallet::of([full, rewards]).evaluate(&query);
    let choice = evaluation.choose(&[("nice_to_have", id(4))]).unwrap();
    assert_eq!(choice.selections.len(), 2);
}

#[test]
fn complex_mdoc() {
    let Some(query) = example("complex_mdoc") else { return };
    let claims = json!({ "org.iso.18013.5.1": {
        "given_name": "J", "family_name": "D", "portrait": "p", "resident_address": "r", "resident_country": "c",
    } });
    let mdl = mdoc(1, "org.iso.18013.5.1.mDL", claims.clone());
    let photo = mdoc(2, "org.iso.23220.photoid.1", claims);
    let evaluation = Wallet::of([mdl.clone(), photo.clone()]).evaluate(&query);
    assert!(evaluation.needs_choice());
    assert_eq!(shown(&evaluation)[0].0, "mdl-id");
    assert_eq!(shown(&evaluation).len(), 1, "the address is optional");
    let choice = evaluation.choose(&[("photo_card-id", id(2)), ("mdl-address", id(1))]).unwrap();
    assert_eq!(
        choice.selections.iter().map(|s| s.query_id.as_str()).collect::<Vec<_>>(),
        ["mdl-address", "photo_card-id"]
    );
    let both = [("mdl-id", id(1)), ("photo_card-id", id(2))];
    assert_eq!(evaluation.choose(&both).unwrap_err().code(), Code::ChoiceNeeded);
    assert_eq!(shown(&Wallet::of([photo]).evaluate(&query))[0].0, "photo_card-id");
}

#[test]
fn value_matching_simple() {
    let Some(query) = example("value_matching_simple") else { return };
    let evaluation = Wallet::of([identity(1, &[])]).evaluate(&query);
    let claims: &[&str] = &["address.street_address", "family_name", "given_name", "postal_code"];
    assert_eq!(shown(&evaluation), expect(&[("my_credential", claims)]));
    let mut other = identity(1, &[]);
    other.claims["postal_code"] = json!(90210);
    assert!(!Wallet::of([other]).evaluate(&query).is_satisfiable(), "EU-20: a number is not a string");
}

#[test]
fn a_published_pid_type_answers_the_common_one() {
    let Some(text) = crate::testing::vector_text("eudi-pid-sdjwt-de-bundesdruckerei.txt") else { return };
    let payload = text.split('.').nth(1).unwrap();
    let payload: Value =
        serde_json::from_slice(&crate::jose::base64url::decode(payload, "t").unwrap()).unwrap();
    let vct = payload["vct"].as_str().unwrap();
    let wallet = Wallet::of([sd_jwt(1, vct, json!({ "family_name": "x" }))]);
    let query = query(
        json!({ "meta": { "vct_values": ["urn:eudi:pid:1"] }, "claims": [{ "path": ["family_name"] }] }),
    );
    assert_eq!(wallet.candidates(&query), [id(1)], "EU-16");
}
