//! Section 7: claims path pointers (EU-18).

use super::*;

/// What a path selects in the example of section 7.3; `None` when it matches nothing.
fn selects(claims: &Value, path: Value) -> Option<Vec<String>> {
    let evaluation = Wallet::of([sd_jwt(1, "t", claims.clone())]).evaluate(&query_path(path));
    let candidate = evaluation.answers()[0].candidates().first()?;
    Some(disclosed(candidate.option(0).unwrap()))
}

fn some(list: &[&str]) -> Option<Vec<String>> {
    Some(list.iter().map(|&location| location.to_owned()).collect())
}

fn arthur() -> Value {
    json!({
        "name": "Arthur Dent",
        "address": { "street_address": "42 Market Street", "locality": "Milliways", "postal_code": "12345" },
        "degrees": [
            { "type": "Bachelor of Science", "university": "University of Betelgeuse" },
            { "type": "Master of Science", "university": "University of Betelgeuse" },
        ],
        "nationalities": ["British", "Betelgeusian"],
    })
}

#[test]
fn the_example_of_section_7_3() {
    let arthur = arthur();
    assert_eq!(selects(&arthur, json!(["name"])), some(&["name"]));
    let address = ["address.locality", "address.postal_code", "address.street_address"];
    assert_eq!(selects(&arthur, json!(["address"])), some(&address), "EU-18: with its sub-claims");
    assert_eq!(selects(&arthur, json!(["address", "street_address"])), some(&["address.street_address"]));
    let types = ["degrees[0].type", "degrees[1].type"];
    assert_eq!(selects(&arthur, json!(["degrees", null, "type"])), some(&types));
    assert_eq!(selects(&arthur, json!(["nationalities", 1])), some(&["nationalities[1]"]));
}

#[test]
fn what_does_not_exist_is_dropped_and_nothing_left_is_no_match() {
    let claims = json!({ "list": [{ "a": 1 }, { "b": 2 }, {}], "nested": [[1], [2, 3], []] });
    assert_eq!(selects(&claims, json!(["none"])), None);
    assert_eq!(
        selects(&claims, json!(["list", null, "a"])),
        some(&["list[0].a"]),
        "{{}} has no a, and is an object"
    );
    assert_eq!(selects(&claims, json!(["list", null, "c"])), None);
    assert_eq!(selects(&claims, json!(["list", 3])), None);
    assert_eq!(selects(&claims, json!(["nested", null, 1])), some(&["nested[1][1]"]));
    assert_eq!(
        selects(&claims, json!(["nested", null, null])),
        some(&["nested[0][0]", "nested[1][0]", "nested[1][1]"])
    );
    assert_eq!(selects(&claims, json!(["nested", 2, null])), None);
    assert_eq!(selects(&claims, json!(["nested", 2])), some(&["nested[2]"]), "an empty array is a claim");
    assert_eq!(selects(&claims, json!(["list", 2])), some(&["list[2]"]), "an empty object is a claim");
}

#[test]
fn another_type_aborts_even_where_other_elements_match() {
    let claims =
        json!({ "mixed": [{ "a": 1 }, "text"], "arrays": [[1], {}], "o": { "0": 1 }, "e": [{ "a": 1 }, []] });
    assert_eq!(selects(&claims, json!(["mixed", null, "a"])), None, "a string is not an object");
    assert_eq!(selects(&claims, json!(["mixed", 0, "a"])), some(&["mixed[0].a"]));
    assert_eq!(selects(&claims, json!(["e", null, "a"])), None, "an empty array is not an object");
    assert_eq!(selects(&claims, json!(["arrays", null, 0])), None, "an empty object is not an array");
    assert_eq!(selects(&claims, json!(["arrays", 0, 0])), some(&["arrays[0][0]"]));
    assert_eq!(selects(&claims, json!(["o", 0])), None);
    assert_eq!(selects(&claims, json!(["o", null])), None);
    assert_eq!(selects(&claims, json!(["o", "0"])), some(&["o.0"]));
    assert_eq!(selects(&claims, json!([null])), None, "the root is an object");
    assert_eq!(selects(&claims, json!([0])), None);
}

#[test]
fn indexes_are_numbers_not_text() {
    let claims = json!({ "list": (0..12).collect::<Vec<_>>() });
    assert_eq!(selects(&claims, json!(["list", 10])), some(&["list[10]"]));
    assert_eq!(selects(&claims, json!(["list", null])).unwrap().len(), 12);
}

#[test]
fn a_credential_without_claims_has_none_to_select() {
    assert_eq!(selects(&json!({}), json!(["a"])), None);
    assert_eq!(selects(&json!({}), json!([null])), None);
}

#[test]
fn an_mdoc_path_is_exactly_two_strings() {
    let held = mdoc(1, "d", json!({ "ns": { "el": { "inner": 1 }, "list": [1, 2] }, "other": { "x": 1 } }));
    let wallet = Wallet::of([held]);
    let matches = |path: Value| {
        let claims = json!([{ "path": path }]);
        let query =
            json!({ "id": "q", "format": "mso_mdoc", "meta": { "doctype_value": "d" }, "claims": claims });
        !wallet.candidates(&json!({ "credentials": [query] })).is_empty()
    };
    assert!(matches(json!(["ns", "el"])));
    for other in [
        json!(["ns"]),
        json!(["ns", "el", "inner"]),
        json!(["ns", "list", 0]),
        json!(["ns", null]),
        json!(["ns", 0]),
        json!(["ns", "x"]),
        json!(["none", "el"]),
    ] {
        assert!(!matches(other.clone()), "EU-18: {other}");
    }
}
