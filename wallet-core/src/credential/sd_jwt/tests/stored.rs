//! What is read and presented from stored text and layout is what was verified.

use std::collections::BTreeSet;

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::*;
use crate::Code;
use crate::cbor::Writer;
use crate::credential::path::{ClaimLocation, Step};
use crate::crypto::hash::HashAlg;
use crate::crypto::p256::SecretKey;
use crate::issue::sd_jwt::Builder;

const NOW: UnixTime = UnixTime(1_795_341_600);
const BINDING: KeyBinding<'_> = KeyBinding { audience: "x509_hash:abc", nonce: "n", issued_at: NOW };

fn builder(claims: Value) -> Builder {
    let Value::Object(claims) = claims else { panic!("not an object") };
    let device = SecretKey::from_bytes(&[7; 32]).unwrap();
    Builder::new("urn:eudi:pid:1", claims).device_key(&device.public_key())
}

fn issued(builder: &Builder) -> (SecretKey, VerifiedSdJwt) {
    let key = SecretKey::from_bytes(&[3; 32]).unwrap();
    let credential = receive(&builder.build().unwrap().sign(&key), &key.public_key(), NOW).unwrap();
    (key, credential)
}

fn location(steps: &[&str]) -> ClaimLocation {
    let step = |text: &&str| text.parse().map_or_else(|_| Step::Key((*text).to_owned()), Step::Index);
    ClaimLocation(steps.iter().map(step).collect())
}

/// The names and indexes of the disclosures that go along.
fn shown(builder: &Builder, selected: &[&[&str]]) -> Value {
    let (key, credential) = issued(builder);
    let selected: Vec<ClaimLocation> = selected.iter().map(|steps| location(steps)).collect();
    let prepared = prepare(credential.compact(), credential.layout(), &selected, &BINDING).unwrap();
    let signature = key.sign(prepared.to_sign());
    let Value::Object(mut claims) = seen(&prepared.finish(&signature), &key.public_key(), NOW) else {
        panic!("not an object")
    };
    claims.retain(|name, _| name != "cnf" && name != "vct");
    Value::Object(claims)
}

fn person() -> Value {
    json!({
        "name": "Arthur Dent",
        "address": { "street_address": "42 Market Street", "locality": "Milliways", "postal_code": "12345" },
        "degrees": [{ "type": "Bachelor", "university": "B" }, { "type": "Master", "university": "B" }],
        "nationalities": ["British", "Betelgeusian"],
    })
}

/// OpenID4VP 1.0 7.3, EU-23: what is selected, what is inside it and what is above it, and nothing beside it.
#[test]
fn the_examples_of_openid4vp_section_7_show_what_they_select() {
    let all = builder(person()).disclose_everything().decoys(2);
    for (selected, expected) in [
        (vec![], json!({})),
        (vec![&["name"][..]], json!({ "name": "Arthur Dent" })),
        (vec![&["address"]], json!({ "address": person()["address"] })),
        (
            vec![&["address", "street_address"]],
            json!({ "address": { "street_address": "42 Market Street" } }),
        ),
        (
            vec![&["degrees", "0", "type"], &["degrees", "1", "type"]],
            json!({ "degrees": [{ "type": "Bachelor" }, { "type": "Master" }] }),
        ),
        (vec![&["nationalities", "1"]], json!({ "nationalities": ["Betelgeusian"] })),
        (vec![&["unknown"]], json!({})),
    ] {
        assert_eq!(shown(&all, &selected), expected, "{selected:?}");
    }
}

/// RFC 9901 6: flat, structured and recursive objects.
#[test]
fn the_issuers_structure_decides_what_goes_together() {
    let street: &[&[&str]] = &[&["address", "street_address"]];
    let flat = builder(person()).disclosable(location(&["address"]));
    assert_eq!(shown(&flat, street)["address"], person()["address"]);
    let structured = builder(json!({ "address": { "street_address": "S", "country": "CA" } }))
        .disclosable(location(&["address", "street_address"]));
    assert_eq!(shown(&structured, &[]), json!({ "address": { "country": "CA" } }));
    assert_eq!(shown(&structured, street), json!({ "address": { "street_address": "S", "country": "CA" } }));
    let recursive = structured.disclosable(location(&["address"]));
    assert_eq!(shown(&recursive, &[]), json!({}));
    assert_eq!(shown(&recursive, street), json!({ "address": { "street_address": "S", "country": "CA" } }));
}

/// Technical claims are not the citizen's; what cannot be left out is named.
#[test]
fn locations_are_those_of_the_citizens_claims() {
    let (_, credential) = issued(
        &builder(json!({ "a": 1, "b": { "c": [true, {}] }, "sub": "s" }))
            .issuer("https://i.example")
            .issued_at(NOW)
            .not_before(NOW)
            .until(NOW.plus(9))
            .claim("status", json!({ "status_list": { "idx": 1, "uri": "https://s.example" } }))
            .disclosable(location(&["b", "c", "0"]))
            .disclosable(location(&["a"])),
    );
    let names = |list: &[ClaimLocation]| list.iter().cloned().collect::<BTreeSet<_>>();
    assert_eq!(
        names(credential.locations()),
        names(&[
            location(&["a"]),
            location(&["b", "c", "0"]),
            location(&["b", "c", "1"]),
            location(&["sub"])
        ])
    );
    assert_eq!(
        names(credential.always_disclosed()),
        names(&[location(&["b", "c", "1"]), location(&["sub"])])
    );
    assert_eq!(
        credential.validity(),
        Validity { issued_at: Some(NOW), not_before: Some(NOW), until: Some(NOW.plus(9)) }
    );
}

#[test]
fn a_layout_of_another_text_is_noticed() {
    let (_, credential) = issued(&builder(person()).disclose_everything());
    let other = format!("x{}", credential.compact());
    let error = prepare(&other, credential.layout(), &[location(&["name"])], &BINDING).err();
    assert_eq!(error.map(|e| e.code()), Some(crate::Code::RecordDamaged));
    let error = claim_value(&other, credential.layout(), &location(&["name"])).err();
    assert_eq!(error.map(|e| e.code()), Some(crate::Code::RecordDamaged));
    let error = prepare("", credential.layout(), &[], &BINDING).err();
    assert_eq!(error.map(|e| e.code()), Some(crate::Code::RecordDamaged));
}

/// An issuer may send disclosures in any order; the verifier's claims and the stored ones stay the same.
#[test]
fn the_order_of_disclosures_says_nothing() {
    let key = SecretKey::random().unwrap();
    let mut unsigned = builder(person()).disclose_everything().build().unwrap();
    unsigned.disclosures.reverse();
    let credential = receive(&unsigned.sign(&key), &key.public_key(), NOW).unwrap();
    assert_eq!(credential.claims()["nationalities"], person()["nationalities"]);
    let everything = ClaimLocation(Vec::new());
    let read = claim_value(credential.compact(), credential.layout(), &everything).unwrap();
    assert_eq!(read.as_ref(), Some(credential.claims()));
}

/// The stored form may not drift: a vault holds it for years.
#[test]
fn the_stored_layout_is_stable() {
    let (_, credential) =
        issued(&builder(json!({ "n": "v" })).disclose_everything().hash_alg(HashAlg::Sha384));
    let stored = minicbor::to_vec(credential.layout()).unwrap();
    assert!(minicbor::decode::<Layout>(&stored).unwrap() == *credential.layout());
    // [384, issuer-jwt, [[start, end, [[0, ["n"]]]]]]
    let end = [0x81, 0x82, 0x00, 0x81, 0x61, b'n'];
    assert_eq!(stored[..4], [0x83, 0x19, 0x01, 0x80]);
    assert!(stored.ends_with(&end), "{stored:02x?}");
}

/// Any JSON value; floating point numbers are left out, for they may be printed in several ways.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 48, 5, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::btree_map("[a-z_.]{1,4}", inner, 0..5).prop_map(|members| {
                Value::Object(
                    members.into_iter().filter(|(name, _)| name != "_sd" && name != "...").collect(),
                )
            }),
        ]
    })
}

/// Claims under names that no registered claim has.
fn any_claims() -> impl Strategy<Value = Map<String, Value>> {
    proptest::collection::btree_map("[A-Z]{1,6}", any_value(), 0..6).prop_map(|map| map.into_iter().collect())
}

/// Every location in a value, of objects and arrays too.
fn all_locations(value: &Value, path: &mut Vec<Step>, out: &mut Vec<ClaimLocation>) {
    let mut inside = |step: Step, value: &Value| {
        path.push(step);
        out.push(ClaimLocation(path.clone()));
        all_locations(value, path, out);
        path.pop();
    };
    match value {
        Value::Object(object) => {
            object.iter().for_each(|(name, value)| inside(Step::Key(name.clone()), value))
        }
        Value::Array(array) => (0..).zip(array).for_each(|(index, value)| inside(Step::Index(index), value)),
        _ => {}
    }
}

/// What a verifier must see of `value`: every claim whose disclosures all go along.
fn visible(value: &Value, path: &mut Vec<Step>, hidden: &dyn Fn(&ClaimLocation) -> bool) -> Value {
    let mut inside = |step: Step, value: &Value| {
        path.push(step);
        let out = (!hidden(&ClaimLocation(path.clone()))).then(|| visible(value, path, hidden));
        path.pop();
        out
    };
    match value {
        Value::Object(object) => object
            .iter()
            .filter_map(|(name, value)| inside(Step::Key(name.clone()), value).map(|v| (name.clone(), v)))
            .collect::<Map<_, _>>()
            .into(),
        Value::Array(array) => {
            (0..).zip(array).filter_map(|(index, value)| inside(Step::Index(index), value)).collect()
        }
        value => value.clone(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever the tree and whatever is disclosable in it: issuing and verifying gives the tree back, reading the
    /// stored text gives each claim, and a selection shows exactly itself and what cannot be left out.
    #[test]
    fn issue_store_present(
        claims in any_claims(),
        marks in proptest::collection::vec(any::<bool>(), 64),
        wanted in proptest::collection::vec(proptest::bool::weighted(0.2), 64),
        decoys in 0_usize..3,
    ) {
        let tree = Value::Object(claims);
        let mut locations = Vec::new();
        all_locations(&tree, &mut Vec::new(), &mut locations);
        let marked: Vec<ClaimLocation> =
            locations.iter().zip(marks.iter().cycle()).filter(|(_, mark)| **mark).map(|(l, _)| l.clone()).collect();
        let builder = marked.iter().cloned().fold(builder(tree.clone()).decoys(decoys), Builder::disclosable);
        let (key, credential) = issued(&builder);

        // The tree comes back.
        let mut whole = credential.claims().clone();
        whole.as_object_mut().unwrap().retain(|name, _| name != "cnf" && name != "vct");
        prop_assert_eq!(&whole, &tree);

        // Each claim can be read again, and nothing that is not there.
        for location in &locations {
            let expected = location.0.iter().try_fold(&tree, |value, step| match step {
                Step::Key(name) => value.get(name),
                Step::Index(index) => value.get(*index as usize),
            });
            let read = claim_value(credential.compact(), credential.layout(), location).unwrap();
            prop_assert_eq!(read.as_ref(), expected);
            let mut beyond = location.clone();
            beyond.0.push(Step::Key("absent".into()));
            prop_assert_eq!(claim_value(credential.compact(), credential.layout(), &beyond).unwrap(), None);
        }
        prop_assert_eq!(
            &claim_value(credential.compact(), credential.layout(), &ClaimLocation(vec![])).unwrap().unwrap(),
            credential.claims()
        );

        // A selection shows itself.
        let selected: Vec<ClaimLocation> =
            locations.iter().zip(wanted.iter().cycle()).filter(|(_, want)| **want).map(|(l, _)| l.clone()).collect();
        let hidden = |location: &ClaimLocation| {
            marked.contains(location)
                && !selected.iter().any(|wanted| wanted.contains(location) || location.contains(wanted))
        };
        let expected = visible(&tree, &mut Vec::new(), &hidden);
        let prepared = prepare(credential.compact(), credential.layout(), &selected, &BINDING).unwrap();
        let presentation = {
            let signature = key.sign(prepared.to_sign());
            prepared.finish(&signature)
        };
        let mut shown = seen(&presentation, &key.public_key(), NOW);
        shown.as_object_mut().unwrap().retain(|name, _| name != "cnf" && name != "vct");
        prop_assert_eq!(&shown, &expected);

        // What consent shows is what the verifier sees: the same number of values, and each of them there.
        let told: Vec<&ClaimLocation> =
            credential.layout().seen(credential.locations(), &selected).collect();
        let full = |location: &ClaimLocation| !(1..=location.0.len())
            .any(|length| hidden(&ClaimLocation(location.0[..length].to_vec())));
        let expected: Vec<&ClaimLocation> = credential.locations().iter().filter(|l| full(l)).collect();
        prop_assert_eq!(told, expected);
    }

    /// A damaged record is an error or another answer, never a panic.
    #[test]
    fn a_damaged_layout_never_panics(place in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let (_, credential) = issued(&builder(person()).disclose_everything());
        let mut stored = minicbor::to_vec(credential.layout()).unwrap();
        let place = place.index(stored.len());
        stored[place] = byte;
        if let Ok(layout) = minicbor::decode::<Layout>(&stored) {
            let everything = ClaimLocation(Vec::new());
            let _ = prepare(credential.compact(), &layout, std::slice::from_ref(&everything), &BINDING);
            let _ = claim_value(credential.compact(), &layout, &everything);
        }
    }
}

/// A damaged layout may claim any lengths; found by fuzzing, when room was made for them all.
#[test]
fn a_layout_that_claims_more_than_there_is_takes_no_memory_for_it() {
    let disclosures = 65_536;
    let mut layout = Writer::default();
    layout.array(3).int(256).int(3).array(disclosures);
    for _ in 0..disclosures {
        layout.array(3).int(0).int(u32::MAX.into()).array(0);
    }
    let layout: Layout = minicbor::decode(layout.as_bytes()).unwrap();
    let error = prepare("jwt~", &layout, &[location(&["name"])], &BINDING).err().unwrap();
    assert_eq!(error.code(), Code::RecordDamaged);
}
