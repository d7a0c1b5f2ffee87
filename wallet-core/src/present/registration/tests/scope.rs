//! What may be asked for (ARF RPRC_21).

use super::*;
use crate::present::dcql::Query;
use crate::profile::DcqlLeniency;

fn query(format: &str, meta: Value, path: &Value) -> Value {
    json!({ "credentials": [{ "id": "q", "format": format, "meta": meta, "claims": [{ "path": path }] }] })
}

/// A query for one claim of the PID.
pub(super) fn pid(path: &Value) -> Value {
    query("dc+sd-jwt", json!({ "vct_values": ["urn:eudi:pid:1"] }), path)
}

/// The same of the mdoc.
pub(super) fn pid_mdoc(path: &Value) -> Value {
    query("mso_mdoc", json!({ "doctype_value": "eu.europa.ec.eudi.pid.1" }), path)
}

/// Whether all that the query asks for is registered.
pub(super) fn covers(scope: &Scope, query: &Value) -> bool {
    let query = Query::parse(query, &DcqlLeniency::NONE).unwrap();
    query.credentials().all(|credential| {
        scope.covers_credential(credential)
            && credential.claims().iter().all(|claim| scope.covers(credential, claim.path()))
    })
}

fn registered() -> Scope {
    Draft::new().verified().unwrap().scope().clone()
}

#[test]
fn what_is_registered_and_what_lies_below_it() {
    for (path, covered) in [
        (json!(["family_name"]), true),
        (json!(["given_name"]), false),
        (json!(["Family_name"]), false),
        // A nested path: the whole is registered, so its parts are.
        (json!(["address"]), true),
        (json!(["address", "locality"]), true),
        (json!(["address", "lines", 0]), true),
        (json!(["addres"]), false),
        // All elements of an array are registered, so each of them is; the array by itself may be something else.
        (json!(["nationalities", null]), true),
        (json!(["nationalities", 0]), true),
        (json!(["nationalities", null, "code"]), true),
        (json!(["nationalities", "code"]), false),
        (json!(["nationalities"]), false),
    ] {
        assert_eq!(covers(&registered(), &pid(&path)), covered, "{path}");
    }
}

#[test]
fn one_element_is_not_all_of_them() {
    let draft = Draft::with(|draft| {
        draft.payload["credentials"][0]["claim"] = json!([{ "path": ["nationalities", 1] }]);
    });
    let scope = draft.verified().unwrap().scope().clone();
    for (path, covered) in [
        (json!(["nationalities", 1]), true),
        (json!(["nationalities", 0]), false),
        (json!(["nationalities", null]), false),
    ] {
        assert_eq!(covers(&scope, &pid(&path)), covered, "{path}");
    }
}

#[test]
fn another_type_or_format_is_not_registered() {
    let family_name = json!(["family_name"]);
    let mdoc_name = json!(["eu.europa.ec.eudi.pid.1", "family_name"]);
    let vcts = |vcts: Value| query("dc+sd-jwt", json!({ "vct_values": vcts }), &family_name);
    for (query, covered) in [
        (vcts(json!(["urn:eudi:pid:1"])), true),
        (vcts(json!(["urn:eudi:pid:fr:1"])), false),
        (vcts(json!(["urn:eudi:pid:1", "urn:eudi:pid:fr:1"])), false),
        (vcts(json!(["eu.europa.ec.eudi.pid.1"])), false),
        (pid_mdoc(&mdoc_name), true),
        (pid_mdoc(&json!(["eu.europa.ec.eudi.pid.1", "portrait"])), false),
        (pid_mdoc(&json!(["other", "family_name"])), false),
        (query("mso_mdoc", json!({ "doctype_value": "urn:eudi:pid:1" }), &mdoc_name), false),
        (query("zk-jwt", json!({}), &family_name), false),
    ] {
        assert_eq!(covers(&registered(), &query), covered, "{query}");
    }
}

/// A credential of which no claim is named still brings what its issuer always shows.
#[test]
fn a_query_without_claims_asks_for_the_credential() {
    for (vct, covered) in [("urn:eudi:pid:1", true), ("urn:example:card", false)] {
        let query =
            json!({ "credentials": [{ "id": "q", "format": "dc+sd-jwt", "meta": { "vct_values": [vct] } }] });
        assert_eq!(covers(&registered(), &query), covered, "{vct}");
    }
}

/// Of two entries for one type, either will do.
#[test]
fn entries_add_up() {
    let draft = Draft::with(|draft| {
        let entry = json!({
            "format": "dc+sd-jwt",
            "meta": { "vct_values": ["urn:example:card", "urn:eudi:pid:1"] },
            "claim": [{ "path": ["given_name"] }],
        });
        draft.payload["credentials"].as_array_mut().unwrap().push(entry);
    });
    let scope = draft.verified().unwrap().scope().clone();
    assert!(covers(&scope, &pid(&json!(["given_name"]))));
    assert!(covers(&scope, &pid(&json!(["family_name"]))));
}

/// TS5 writes `claims`, ETSI `claim` (EU-41).
#[test]
fn eu_41_both_spellings() {
    let draft = Draft::with(|draft| {
        let entry = draft.payload["credentials"][0].as_object_mut().unwrap();
        let claims = entry.remove("claim").unwrap();
        entry.insert("claims".into(), claims);
    });
    let scope = draft.verified().unwrap().scope().clone();
    assert_eq!(scope, registered());
}

#[test]
fn nothing_registered_covers_nothing() {
    for draft in [
        Draft::set("credentials", None),
        Draft::set("credentials", json!([])),
        Draft::with(|draft| {
            let entry = draft.payload["credentials"][0].as_object_mut().unwrap();
            entry.remove("claim");
        }),
        // A format that this wallet does not hold, whatever it says.
        Draft::set("credentials", json!([{ "format": "zk-jwt", "claim": 7 }])),
    ] {
        let scope = draft.verified().unwrap().scope().clone();
        assert!(!covers(&scope, &pid(&json!(["family_name"]))));
    }
}

#[test]
fn a_malformed_scope_is_refused() {
    let entry =
        |format: &str, meta: Value, claim: Value| json!([{ "format": format, "meta": meta, "claim": claim }]);
    let (vct, good) = (json!({ "vct_values": ["v"] }), json!([{ "path": ["a"] }]));
    for bad in [
        json!("all"),
        json!({}),
        json!(["urn:eudi:pid:1"]),
        json!([{ "meta": vct, "claim": good }]),
        json!([{ "format": "dc+sd-jwt", "claim": good }]),
        entry("dc+sd-jwt", json!({}), good.clone()),
        entry("dc+sd-jwt", json!({ "vct_values": "v" }), good.clone()),
        entry("dc+sd-jwt", json!({ "vct_values": [1] }), good.clone()),
        entry("mso_mdoc", vct.clone(), good.clone()),
        entry("mso_mdoc", json!({ "doctype_value": ["d"] }), good.clone()),
        entry("dc+sd-jwt", vct.clone(), json!("all")),
        entry("dc+sd-jwt", vct.clone(), json!(["a"])),
        entry("dc+sd-jwt", vct.clone(), json!([{}])),
        entry("dc+sd-jwt", vct.clone(), json!([{ "path": [] }])),
        entry("dc+sd-jwt", vct.clone(), json!([{ "path": "a" }])),
        entry("dc+sd-jwt", vct, json!([{ "path": [1.5] }])),
    ] {
        assert_eq!(Draft::set("credentials", bad.clone()).code(), Some(Code::RegistrationMalformed), "{bad}");
    }
}
