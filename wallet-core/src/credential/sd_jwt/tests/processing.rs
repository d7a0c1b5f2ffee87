//! Processing alone (RFC 9901 7.1, steps 3 to 5): payloads and disclosures without signatures.

use serde_json::{Value, json};

use super::super::digest::digest;
use super::super::process::{Processed, process};
use crate::credential::path::ClaimLocation;
use crate::crypto::hash::HashAlg;
use crate::error::{Code, Result};
use crate::jose::base64url;
use crate::limits;

fn disclosure(parts: &Value) -> String {
    base64url::encode(parts.to_string().as_bytes())
}

fn sha(text: &str) -> String {
    digest(HashAlg::Sha256, text)
}

fn run(payload: Value, disclosures: &[&str]) -> Result<Processed> {
    let Value::Object(payload) = payload else { panic!("not an object") };
    process(payload, disclosures)
}

fn code(payload: Value, disclosures: &[&str]) -> Option<Code> {
    run(payload, disclosures).err().map(|e| e.code())
}

/// RFC 9901 4.2.6, 7.1: recursive disclosures, decoys, and what is left when something was not disclosed.
#[test]
fn disclosures_find_their_place_at_any_depth() {
    let de = disclosure(&json!(["1", "DE"]));
    let fr = disclosure(&json!(["2", "FR"]));
    let list = disclosure(&json!(["3", "nationalities", [{ "...": sha(&de) }, "UK", { "...": sha(&fr) }]]));
    let street = disclosure(&json!(["4", "street", "Main"]));
    let payload = json!({
        "_sd_alg": "sha-256",
        "_sd": [sha(&list), sha("decoy")],
        "address": { "_sd": [sha(&street)], "country": "CA" },
        "empty": { "_sd": [sha("decoy 2")] },
        "none": [{ "...": sha("decoy 3") }],
    });
    let all = run(payload.clone(), &[&de, &fr, &list, &street]).unwrap();
    assert_eq!(
        Value::Object(all.claims),
        json!({
            "nationalities": ["DE", "UK", "FR"], "address": { "street": "Main", "country": "CA" },
            "empty": {}, "none": [],
        })
    );
    let placed: Vec<String> = all.placed.iter().map(|location| format!("{:?}", location.0)).collect();
    assert_eq!(
        placed,
        [
            r#"[Key("nationalities"), Index(0)]"#,
            r#"[Key("nationalities"), Index(2)]"#,
            r#"[Key("nationalities")]"#,
            r#"[Key("address"), Key("street")]"#,
        ]
    );
    let always: Vec<_> =
        all.leaves.iter().filter(|leaf| leaf.always_disclosed).map(|leaf| leaf.location.clone()).collect();
    assert_eq!(
        always,
        [
            ClaimLocation::keys(["address", "country"]),
            ClaimLocation::keys(["empty"]),
            ClaimLocation::keys(["none"])
        ]
    );
    assert_eq!(all.leaves.len(), 7);

    let some = run(payload, &[&fr, &list]).unwrap();
    assert_eq!(
        Value::Object(some.claims),
        json!({ "nationalities": ["UK", "FR"], "address": { "country": "CA" }, "empty": {}, "none": [] })
    );
}

/// RFC 9901 7.1 step 5, and 4: the holder may not send a disclosure twice.
#[test]
fn every_disclosure_is_referenced_and_sent_once() {
    let name = disclosure(&json!(["1", "name", "N"]));
    let inner = disclosure(&json!(["2", "x", 1]));
    let outer = disclosure(&json!(["3", "o", { "_sd": [sha(&inner)] }]));
    let payload = json!({ "_sd": [sha(&name), sha(&outer)] });
    assert_eq!(code(payload.clone(), &[&name, &outer, &inner]), None);
    let other = disclosure(&json!(["9", "name", "N"]));
    assert_eq!(code(payload.clone(), &[&name, &other]), Some(Code::SdJwtDisclosureUnreferenced));
    assert_eq!(code(payload.clone(), &[&name, &inner]), Some(Code::SdJwtDisclosureUnreferenced));
    assert_eq!(code(payload, &[&name, &name]), Some(Code::SdJwtDisclosureDoubled));
}

/// RFC 9901 7.1 step 4: also for decoys, and for digests in different places.
#[test]
fn a_digest_stands_once() {
    let a = disclosure(&json!(["1", "a", 1]));
    let b = disclosure(&json!(["2", "b", { "_sd": [sha(&a)] }]));
    assert_eq!(code(json!({ "_sd": [sha(&a), sha("x")], "o": { "_sd": [sha("y")] } }), &[&a]), None);
    for (payload, disclosures) in [
        (json!({ "_sd": [sha(&a), sha(&a)] }), vec![&*a]),
        (json!({ "_sd": [sha(&a)], "o": { "_sd": [sha(&a)] } }), vec![&a]),
        (json!({ "_sd": [sha("x")], "o": [{ "...": sha("x") }] }), vec![]),
        (json!({ "_sd": [sha(&b)], "o": { "_sd": [sha(&a)] } }), vec![&a, &b]),
    ] {
        assert_eq!(code(payload.clone(), &disclosures), Some(Code::SdJwtDigestDoubled), "{payload}");
    }
}

/// RFC 9901 7.1 step 3.c.ii.3.
#[test]
fn a_claim_is_never_replaced() {
    let a = disclosure(&json!(["1", "a", 1]));
    let again = disclosure(&json!(["2", "a", 2]));
    assert_eq!(code(json!({ "_sd": [sha(&a)], "b": 1 }), &[&a]), None);
    assert_eq!(code(json!({ "_sd": [sha(&a)], "b": { "a": 1 } }), &[&a]), None);
    assert_eq!(code(json!({ "_sd": [sha(&a)], "a": 1 }), &[&a]), Some(Code::SdJwtClaimNameForbidden));
    let both = json!({ "_sd": [sha(&a), sha(&again)] });
    assert_eq!(code(both.clone(), &[&a]), None);
    assert_eq!(code(both, &[&a, &again]), Some(Code::SdJwtClaimNameForbidden));
}

/// RFC 9901 4.1: `_sd` and `...` convey digests and nothing else; `_sd_alg` is for the top level.
#[test]
fn reserved_names_convey_digests_only() {
    for good in [json!({ "_sd": [] }), json!({ "_sd": ["x"] }), json!({ "o": [{ "...": "x" }] })] {
        assert_eq!(code(good.clone(), &[]), None, "{good}");
    }
    for bad in [
        json!({ "_sd": "x" }),
        json!({ "_sd": { "a": 1 } }),
        json!({ "_sd": [1] }),
        json!({ "o": { "_sd": null } }),
        json!({ "...": "x" }),
        json!({ "o": { "...": "x" } }),
        json!({ "o": [{ "...": 1 }] }),
        json!({ "o": [{ "...": "x", "a": 1 }] }),
        json!({ "o": { "_sd_alg": "sha-256" } }),
    ] {
        assert_eq!(code(bad.clone(), &[]), Some(Code::SdJwtClaimNameForbidden), "{bad}");
    }
    for name in ["_sd", "...", "_sd_alg"] {
        let hidden = disclosure(&json!(["1", name, []]));
        let payload = json!({ "_sd": [sha(&hidden)] });
        assert_eq!(code(payload.clone(), &[]), None);
        assert_eq!(code(payload, &[&hidden]), Some(Code::SdJwtClaimNameForbidden), "{name}");
    }
}

/// RFC 9901 7.1 step 3.c.ii.1 and 3.c.iii.1.
#[test]
fn properties_and_elements_are_not_mixed_up() {
    let property = disclosure(&json!(["1", "a", 1]));
    let element = disclosure(&json!(["1", 1]));
    assert_eq!(
        code(json!({ "_sd": [sha(&property)], "l": [{ "...": sha(&element) }] }), &[&property, &element]),
        None
    );
    let wrong = Some(Code::SdJwtDisclosureMalformed);
    assert_eq!(code(json!({ "_sd": [sha(&element)] }), &[&element]), wrong);
    assert_eq!(code(json!({ "l": [{ "...": sha(&property) }] }), &[&property]), wrong);
}

/// Each disclosure is shallow, together they are not.
#[test]
fn depth_is_bounded_across_disclosures() {
    let chain = |depth: usize| {
        let mut disclosures = vec![disclosure(&json!(["0", "x", {}]))];
        for salt in 1..depth {
            let below = sha(disclosures.last().unwrap());
            disclosures.push(disclosure(&json!([salt.to_string(), "x", { "_sd": [below] }])));
        }
        let payload = json!({ "_sd": [sha(disclosures.last().unwrap())] });
        let disclosures: Vec<&str> = disclosures.iter().map(String::as_str).collect();
        code(payload, &disclosures)
    };
    assert_eq!(chain(limits::JSON_DEPTH - 1), None);
    assert_eq!(chain(limits::JSON_DEPTH), Some(Code::JsonTooDeep));
}

/// A long name above many claims would stand in the location of each.
#[test]
fn the_room_for_locations_is_bounded() {
    let long = "n".repeat(limits::SD_JWT / 4);
    assert_eq!(code(json!({ &long: [1, 2, 3] }), &[]), None);
    assert_eq!(code(json!({ &long: [1, 2, 3, 4] }), &[]), Some(Code::SdJwtTooManyDisclosures));
}
