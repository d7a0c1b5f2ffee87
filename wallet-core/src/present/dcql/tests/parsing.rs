//! Section 6: each rule, broken alone, beside a twin that keeps it (EU-14 to EU-19, EU-22, EU-24).

use super::*;
use crate::limits;
use crate::profile::DcqlLeniency;

/// A query that uses everything there is.
fn full() -> Value {
    json!({
        "credentials": [
            {
                "id": "pid", "format": "dc+sd-jwt", "meta": { "vct_values": ["urn:eudi:pid:1"] }, "multiple": true,
                "trusted_authorities": [{ "type": "aki", "values": ["s9tIpPmhxdiuNkHMEWNpYim8S8Y"] }],
                "require_cryptographic_holder_binding": false,
                "claims": [
                    { "id": "a", "path": ["given_name"], "values": ["Erika", 7, true] },
                    { "id": "b", "path": ["nationalities", null] },
                ],
                "claim_sets": [["a", "b"], ["b"]],
            },
            {
                "id": "mdl", "format": "mso_mdoc", "meta": { "doctype_value": "org.iso.18013.5.1.mDL" },
                "claims": [{ "path": ["org.iso.18013.5.1", "portrait"], "intent_to_retain": true }],
            },
        ],
        "credential_sets": [{ "options": [["pid"], ["mdl", "pid"]], "required": false }],
    })
}

/// The full query with another value at a JSON pointer; without the member for `Value::Null`.
fn with(pointer: &str, value: Value) -> Value {
    let mut query = full();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match query.pointer_mut(parent).unwrap() {
        Value::Object(object) if value.is_null() => drop(object.remove(name)),
        Value::Object(object) => drop(object.insert(name.to_owned(), value)),
        array => array[name.parse::<usize>().unwrap()] = value,
    }
    query
}

fn fault(query: &Value, leniency: &DcqlLeniency) -> Option<(Code, &'static str)> {
    let error = Query::parse(query, leniency).err()?;
    Some((error.code(), error.fault().at().unwrap()))
}

#[test]
fn everything_that_a_query_says_is_read() {
    let query = Query::parse(&full(), &DcqlLeniency::NONE).unwrap();
    let pid = query.credential("pid").unwrap();
    assert_eq!((pid.id(), pid.format()), ("pid", "dc+sd-jwt"));
    assert_eq!(*pid.meta(), Meta::DcSdJwt { vct_values: vec!["urn:eudi:pid:1".into()] });
    assert!(pid.multiple() && !pid.require_cryptographic_holder_binding());
    assert!(pid.trusted_authorities().is_some());
    assert_eq!(pid.claims()[0].id(), Some("a"));
    assert!(pid.claims()[0].values().unwrap().matches(&json!(7)));
    assert_eq!(pid.claims()[1].path().elements().len(), 2);
    let mdl = query.credential("mdl").unwrap();
    assert_eq!(*mdl.meta(), Meta::MsoMdoc { doctype_values: vec!["org.iso.18013.5.1.mDL".into()] });
    assert_eq!(mdl.claims()[0].intent_to_retain(), Some(true));
    assert!(mdl.trusted_authorities().is_none() && mdl.claims()[0].values().is_none());
    let set = &query.credential_sets()[0];
    assert_eq!(set.options(), [vec!["pid".to_owned()], vec!["mdl".into(), "pid".into()]]);
    assert!(!set.required());
    assert_eq!(query.credentials().len(), 2);
    assert!(query.credential("other").is_none());
    let doubled =
        Query::parse(&with("/credential_sets/0/options/0", json!(["pid", "pid"])), &DcqlLeniency::NONE);
    assert_eq!(doubled.unwrap().credential_sets()[0].options()[0], ["pid"]);
}

#[test]
fn the_defaults_are_those_of_the_specification() {
    let query = Query::parse(&query(json!({})), &DcqlLeniency::NONE).unwrap();
    let credential = query.credentials().next().unwrap();
    assert!(!credential.multiple() && credential.require_cryptographic_holder_binding());
    assert!(credential.trusted_authorities().is_none() && credential.claims().is_empty());
    assert!(query.credential_sets().is_empty());
    let set = with("/credential_sets/0/required", Value::Null);
    assert!(Query::parse(&set, &DcqlLeniency::NONE).unwrap().credential_sets()[0].required());
}

#[test]
fn each_rule_broken_alone() {
    let pid = "/credentials/0";
    let mdl = "/credentials/1";
    let set = "/credential_sets/0";
    let rows = [
        // EU-14
        ("/credentials", "", json!({}), Value::Null, "credentials"),
        ("/credentials", "", json!([]), Value::Null, "credentials"),
        (pid, "", json!("pid"), Value::Null, "credentials"),
        (pid, "/id", Value::Null, json!("pid"), "credentials.id"),
        (pid, "/id", json!(""), json!("pid"), "credentials.id"),
        (pid, "/id", json!("pid.1"), json!("pid"), "credentials.id"),
        (pid, "/id", json!("pîd"), json!("pid"), "credentials.id"),
        (pid, "/id", json!(1), json!("pid"), "credentials.id"),
        (mdl, "/id", json!("pid"), json!("mdl"), "credentials.id"),
        // EU-15
        (pid, "/format", Value::Null, json!("dc+sd-jwt"), "format"),
        (pid, "/format", json!(1), json!("dc+sd-jwt"), "format"),
        (pid, "/multiple", json!("true"), json!(true), "multiple"),
        (
            pid,
            "/require_cryptographic_holder_binding",
            json!(0),
            json!(false),
            "require_cryptographic_holder_binding",
        ),
        (pid, "/meta", Value::Null, json!({ "vct_values": ["t"] }), "meta"),
        (pid, "/meta", json!([]), json!({ "vct_values": ["t"] }), "meta"),
        // EU-16
        (pid, "/meta", json!({}), json!({ "vct_values": ["t"], "other": 1 }), "vct_values"),
        (pid, "/meta/vct_values", json!("t"), json!(["t"]), "vct_values"),
        (pid, "/meta/vct_values", json!([]), json!(["t"]), "vct_values"),
        (pid, "/meta/vct_values", json!([1]), json!(["t"]), "vct_values"),
        (mdl, "/meta", json!({}), json!({ "doctype_value": "d", "other": 1 }), "doctype_value"),
        (mdl, "/meta/doctype_value", json!(["d"]), json!("d"), "doctype_value"),
        (mdl, "/meta/doctype_value", json!(""), json!("d"), "doctype_value"),
        // EU-17
        (pid, "/claims", json!([]), Value::Null, "claims"),
        (pid, "/claims", json!({}), Value::Null, "claims"),
        (pid, "/claims/0", json!("a"), json!({ "id": "a", "path": ["a"] }), "claims"),
        (pid, "/claims/0/id", json!("ä"), json!("a"), "claims.id"),
        (pid, "/claims/0/id", json!(""), json!("a"), "claims.id"),
        (pid, "/claims/0/id", json!("b"), json!("a"), "claims.id"),
        (pid, "/claims/0/id", Value::Null, json!("a"), "claims.id"),
        (pid, "/claims/0/path", Value::Null, json!(["a"]), "path"),
        (pid, "/claims/0/path", json!([]), json!(["a"]), "path"),
        (pid, "/claims/0/path", json!("a"), json!(["a"]), "path"),
        (pid, "/claims/0/path", json!([-1]), json!([1]), "path"),
        (pid, "/claims/0/path", json!([1.5]), json!([1]), "path"),
        (pid, "/claims/0/path", json!([true]), json!([null]), "path"),
        (pid, "/claims/0/values", json!([]), json!(["a"]), "values"),
        (pid, "/claims/0/values", json!("a"), json!(["a"]), "values"),
        (pid, "/claims/0/values", json!([1.5]), json!([1]), "values"),
        (pid, "/claims/0/values", json!([null]), json!([false]), "values"),
        (mdl, "/claims/0/intent_to_retain", json!("no"), json!(false), "intent_to_retain"),
        // EU-19
        (pid, "/claim_sets", json!([]), json!([["a"]]), "claim_sets"),
        (pid, "/claim_sets", json!({}), json!([["a"]]), "claim_sets"),
        (pid, "/claim_sets/0", json!("a"), json!(["a"]), "claim_sets"),
        (pid, "/claim_sets/0", json!(["a", "c"]), json!(["a", "b"]), "claim_sets"),
        (pid, "/claim_sets/0", json!([0]), json!(["a"]), "claim_sets"),
        // EU-21
        ("/credential_sets", "", json!([]), Value::Null, "credential_sets"),
        ("/credential_sets", "", json!({}), Value::Null, "credential_sets"),
        (set, "", json!([]), json!({ "options": [["pid"]] }), "credential_sets"),
        (set, "/options", Value::Null, json!([["pid"]]), "options"),
        (set, "/options", json!([]), json!([["pid"]]), "options"),
        (set, "/options/0", json!([]), json!(["pid"]), "options"),
        (set, "/options/0", json!("pid"), json!(["pid"]), "options"),
        (set, "/options/0", json!(["pid", "PID"]), json!(["pid", "pid"]), "options"),
        (set, "/options/0", json!([0]), json!(["pid"]), "options"),
        (set, "/required", json!(1), json!(true), "required"),
        // EU-22
        (pid, "/trusted_authorities", json!([]), Value::Null, "trusted_authorities"),
        (pid, "/trusted_authorities", json!({}), Value::Null, "trusted_authorities"),
        (
            pid,
            "/trusted_authorities/0",
            json!("aki"),
            json!({ "type": "x", "values": ["y"] }),
            "trusted_authorities",
        ),
        (pid, "/trusted_authorities/0/type", Value::Null, json!("aki"), "trusted_authorities.type"),
        (pid, "/trusted_authorities/0/type", json!(1), json!("etsi_tl"), "trusted_authorities.type"),
        (pid, "/trusted_authorities/0/values", json!([]), json!(["AA"]), "trusted_authorities.values"),
        (pid, "/trusted_authorities/0/values", json!("AA"), json!(["AA"]), "trusted_authorities.values"),
        (pid, "/trusted_authorities/0/values", json!([1]), json!(["AA"]), "trusted_authorities.values"),
        (pid, "/trusted_authorities/0/values", json!(["AA=="]), json!(["AA"]), "trusted_authorities.values"),
    ];
    assert_eq!(fault(&full(), &DcqlLeniency::NONE), None);
    for (place, member, bad, twin, expected) in rows {
        let pointer = format!("{place}{member}");
        let broken = with(&pointer, bad);
        assert_eq!(fault(&broken, &DcqlLeniency::NONE), Some((Code::DcqlInvalid, expected)), "{broken:#}");
        if !twin.is_null() {
            let kept = with(&pointer, twin);
            assert_eq!(fault(&kept, &DcqlLeniency::NONE), None, "{kept:#}");
        }
    }
    for other in [json!([]), json!("query"), json!(null)] {
        assert_eq!(fault(&other, &DcqlLeniency::NONE), Some((Code::DcqlInvalid, "dcql_query")));
    }
}

#[test]
fn claim_sets_need_claims() {
    let without = with("/credentials/0/claims", Value::Null);
    assert_eq!(fault(&without, &DcqlLeniency::NONE), Some((Code::DcqlInvalid, "claim_sets")));
    let mut neither = without;
    neither["credentials"][0].as_object_mut().unwrap().remove("claim_sets");
    assert_eq!(fault(&neither, &DcqlLeniency::NONE), None);
}

#[test]
fn a_claim_id_is_needed_only_for_claim_sets() {
    let mut query = with("/credentials/0/claims/0/id", Value::Null);
    query["credentials"][0].as_object_mut().unwrap().remove("claim_sets");
    assert_eq!(fault(&query, &DcqlLeniency::NONE), None);
}

#[test]
fn unknown_members_are_ignored_everywhere() {
    let mut query = full();
    for pointer in [
        "",
        "/credentials/0",
        "/credentials/0/meta",
        "/credentials/0/claims/0",
        "/credential_sets/0",
        "/credentials/0/trusted_authorities/0",
    ] {
        query.pointer_mut(pointer).unwrap()["unknown"] = json!([{}]);
    }
    // Only mdoc queries have this member, so here it may be anything.
    query["credentials"][0]["claims"][0]["intent_to_retain"] = json!("sd-jwt");
    let parsed = Query::parse(&query, &DcqlLeniency::NONE).unwrap();
    assert_eq!(parsed.credential("pid").unwrap().claims()[0].intent_to_retain(), None);
}

#[test]
fn a_format_that_the_wallet_does_not_hold_is_no_error_and_no_match() {
    let zk = json!({ "zk_system_type": [{ "system": "longfellow-libzk-v1", "params": { "circuit_hash": "00" } }] });
    for (format, meta) in [("mso_mdoc_zk", zk), ("jwt_vc_json", json!({})), ("vc+sd-jwt", json!({}))] {
        let query = json!({ "credentials": [{ "id": "q", "format": format, "meta": meta }] });
        let parsed = Query::parse(&query, &DcqlLeniency::NONE).unwrap();
        assert_eq!(*parsed.credential("q").unwrap().meta(), Meta::Unsupported, "EU-24");
        let wallet = Wallet::of([sd_jwt(1, "t", json!({})), mdoc(2, "d", json!({}))]);
        assert!(!parsed.evaluate(&wallet, NOW).unwrap().is_satisfiable(), "EU-24");
        // What section 6 asks of every format still holds.
        let broken = json!({ "credentials": [{ "id": "q", "format": format }] });
        assert_eq!(fault(&broken, &DcqlLeniency::NONE), Some((Code::DcqlInvalid, "meta")));
    }
}

#[test]
fn drafts_are_read_only_where_the_profile_says_so() {
    let mdoc = |meta: Value, claim: Value| json!({ "credentials": [{ "id": "q", "format": "mso_mdoc", "meta": meta, "claims": [claim] }] });
    let path = json!({ "path": ["ns", "el"] });
    let draft_claim = mdoc(json!({ "doctype_value": "d" }), json!({ "namespace": "ns", "claim_name": "el" }));
    let draft_meta = mdoc(json!({ "doctype_values": ["d", "e"] }), path.clone());
    let alias =
        json!({ "credentials": [{ "id": "q", "format": "vc+sd-jwt", "meta": { "vct_values": ["t"] } }] });

    let lenient = DcqlLeniency { namespace_and_claim_name: true, ..DcqlLeniency::NONE };
    assert_eq!(fault(&draft_claim, &DcqlLeniency::NONE), Some((Code::DcqlInvalid, "path")));
    let read = Query::parse(&draft_claim, &lenient).unwrap();
    let plain =
        Query::parse(&mdoc(json!({ "doctype_value": "d" }), path.clone()), &DcqlLeniency::NONE).unwrap();
    assert_eq!(
        read.credential("q").unwrap().claims()[0].path(),
        plain.credential("q").unwrap().claims()[0].path()
    );

    let lenient = DcqlLeniency { doctype_values: true, ..DcqlLeniency::NONE };
    assert_eq!(fault(&draft_meta, &DcqlLeniency::NONE), Some((Code::DcqlInvalid, "doctype_value")));
    let read = Query::parse(&draft_meta, &lenient).unwrap();
    let both = Meta::MsoMdoc { doctype_values: vec!["d".into(), "e".into()] };
    assert_eq!(*read.credential("q").unwrap().meta(), both);

    let lenient = DcqlLeniency { vc_sd_jwt: true, ..DcqlLeniency::NONE };
    let read = Query::parse(&alias, &lenient).unwrap();
    assert_eq!(*read.credential("q").unwrap().meta(), Meta::DcSdJwt { vct_values: vec!["t".into()] });
    assert_eq!(read.credential("q").unwrap().format(), "vc+sd-jwt");

    // DcqlLeniency lets in the drafts' forms, nothing else, and the final form wins where both stand.
    let lone = mdoc(json!({ "doctype_value": "d" }), json!({ "namespace": "ns" }));
    assert_eq!(fault(&lone, &DcqlLeniency::ALL), Some((Code::DcqlInvalid, "claim_name")));
    let empty = mdoc(json!({ "doctype_values": [] }), path.clone());
    assert_eq!(fault(&empty, &DcqlLeniency::ALL), Some((Code::DcqlInvalid, "doctype_values")));
    let two = mdoc(json!({ "doctype_value": "d", "doctype_values": ["e"] }), path);
    let read = Query::parse(&two, &DcqlLeniency::ALL).unwrap();
    assert_eq!(*read.credential("q").unwrap().meta(), Meta::MsoMdoc { doctype_values: vec!["d".into()] });
    let sd_jwt = query(json!({ "claims": [{ "namespace": "ns", "claim_name": "el" }] }));
    assert_eq!(fault(&sd_jwt, &DcqlLeniency::ALL), Some((Code::DcqlInvalid, "path")));
    assert_eq!(fault(&full(), &DcqlLeniency::ALL), None);
}

#[test]
fn what_is_too_large_is_refused() {
    let credential = |number: usize, claims: usize| {
        let claims: Vec<_> =
            (0..claims).map(|c| json!({ "id": format!("c{c}"), "path": [c.to_string()] })).collect();
        json!({ "id": format!("q{number}"), "format": "dc+sd-jwt", "meta": { "vct_values": ["t"] }, "claims": claims })
    };
    let credentials = |count: usize| json!({ "credentials": (0..count).map(|number| credential(number, 1)).collect::<Vec<_>>() });
    let too_large = |place| Some((Code::DcqlTooLarge, place));
    assert_eq!(fault(&credentials(limits::DCQL_CREDENTIALS), &DcqlLeniency::NONE), None);
    assert_eq!(
        fault(&credentials(limits::DCQL_CREDENTIALS + 1), &DcqlLeniency::NONE),
        too_large("credentials")
    );

    let claims =
        |last| json!({ "credentials": [credential(0, limits::DCQL_CLAIMS - 1), credential(1, last)] });
    assert_eq!(fault(&claims(1), &DcqlLeniency::NONE), None);
    assert_eq!(fault(&claims(2), &DcqlLeniency::NONE), too_large("claims"));

    let sets = |claim_sets: usize, options: usize| {
        let mut query = credentials(1);
        query["credentials"][0]["claim_sets"] = json!(vec![["c0"]; claim_sets]);
        query["credential_sets"] = json!([{ "options": vec![["q0"]; options] }]);
        query
    };
    assert_eq!(fault(&sets(limits::DCQL_SETS - 1, 1), &DcqlLeniency::NONE), None);
    assert_eq!(fault(&sets(limits::DCQL_SETS - 1, 2), &DcqlLeniency::NONE), too_large("credential_sets"));
    assert_eq!(fault(&sets(limits::DCQL_SETS + 1, 1), &DcqlLeniency::NONE), too_large("claim_sets"));
}

#[test]
fn the_values_of_a_query_are_not_printed() {
    let printed = format!("{:?}", Query::parse(&full(), &DcqlLeniency::NONE).unwrap());
    assert!(printed.contains("given_name") && !printed.contains("Erika"));
}
