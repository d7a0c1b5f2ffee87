//! Against an oracle that knows nothing of indexes and ranges: section 7 over JSON, section 6.4 by trying everything.

use crate::profile::DcqlLeniency;
use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

/// Section 7.1.1, word by word.
fn process<'a>(root: &'a Value, path: &[Value]) -> Option<Vec<(Vec<Step>, &'a Value)>> {
    let mut selected = vec![(Vec::new(), root)];
    for component in path {
        let mut next = Vec::new();
        for (location, element) in selected {
            let mut push = |step: Step, value: &'a Value| {
                let mut location = location.clone();
                location.push(step);
                next.push((location, value));
            };
            match (component, element) {
                (Value::String(key), Value::Object(object)) => {
                    object.get(key).into_iter().for_each(|value| push(Step::Key(key.clone()), value));
                }
                (Value::Null, Value::Array(array)) => {
                    (0..).zip(array).for_each(|(index, value)| push(Step::Index(index), value));
                }
                (Value::Number(number), Value::Array(array)) => {
                    let index = number.as_u64().unwrap() as u32;
                    array.get(index as usize).into_iter().for_each(|value| push(Step::Index(index), value));
                }
                _ => return None,
            }
        }
        selected = next;
    }
    (!selected.is_empty()).then_some(selected)
}

fn leaves(location: Vec<Step>, value: &Value, into: &mut BTreeSet<ClaimLocation>) {
    let mut below = |step: Step, value: &Value| {
        let mut location = location.clone();
        location.push(step);
        leaves(location, value, into);
    };
    match value {
        Value::Object(object) if !object.is_empty() => {
            object.iter().for_each(|(name, value)| below(Step::Key(name.clone()), value));
        }
        Value::Array(array) if !array.is_empty() => {
            (0..).zip(array).for_each(|(index, value)| below(Step::Index(index), value));
        }
        _ => _ = into.insert(ClaimLocation(location)),
    }
}

/// What a claims query discloses of a credential: section 7, then `values`.
fn claim(query: &Value, held: &Held) -> Option<BTreeSet<ClaimLocation>> {
    let path = query["path"].as_array().unwrap();
    if held.summary.kind.format == Format::MsoMdoc && !(path.len() == 2 && path.iter().all(Value::is_string))
    {
        return None;
    }
    let mut disclosed = BTreeSet::new();
    let wanted = query.get("values").map(|values| values.as_array().unwrap());
    for (location, element) in process(&held.claims, path)? {
        match (wanted, held.summary.kind.format) {
            (Some(values), _) if !values.contains(element) => {}
            // An mdoc element is disclosed as a whole, whatever is in it.
            (_, Format::MsoMdoc) => _ = disclosed.insert(ClaimLocation(location)),
            _ => leaves(location, element, &mut disclosed),
        }
    }
    (!disclosed.is_empty()).then_some(disclosed)
}

/// Section 6.4.1: what each satisfiable claim set discloses; nothing for a credential that does not fit.
fn options(query: &Value, held: &Held) -> Vec<BTreeSet<ClaimLocation>> {
    let meta = &query["meta"];
    let kind = &held.summary.kind;
    let types: Vec<_> = match kind.format {
        Format::MsoMdoc => meta.get("doctype_value").into_iter().collect(),
        Format::DcSdJwt => {
            meta.get("vct_values").into_iter().flat_map(|list| list.as_array().unwrap()).collect()
        }
    };
    if !types.iter().any(|name| **name == json!(kind.type_identifier)) {
        return Vec::new();
    }
    let claims = query.get("claims").map_or(&[][..], |claims| claims.as_array().unwrap());
    let sets: Vec<Vec<&Value>> = match query.get("claim_sets") {
        None => vec![claims.iter().collect()],
        Some(sets) => {
            let find = |id: &Value| claims.iter().find(|claim| claim["id"] == *id).unwrap();
            sets.as_array()
                .unwrap()
                .iter()
                .map(|set| set.as_array().unwrap().iter().map(find).collect())
                .collect()
        }
    };
    let disclose = |set: Vec<&Value>| {
        let mut all = BTreeSet::new();
        let mut paths = Vec::new();
        for query in set {
            if !paths.contains(&&query["path"]) {
                paths.push(&query["path"]);
                all.extend(claim(query, held)?);
            }
        }
        Some(all)
    };
    sets.into_iter().filter_map(disclose).collect()
}

/// Section 6.4.2: every selection of credential queries that answers the request, by trying every option of every set.
fn selections(query: &Value, answered: &[bool]) -> BTreeSet<BTreeSet<usize>> {
    let credentials = query["credentials"].as_array().unwrap();
    let position = |id: &Value| credentials.iter().position(|credential| credential["id"] == *id).unwrap();
    let Some(sets) = query.get("credential_sets") else {
        let all = answered.iter().all(|answered| *answered).then(|| (0..answered.len()).collect());
        return all.into_iter().collect();
    };
    let mut selections = BTreeSet::from([BTreeSet::new()]);
    for set in sets.as_array().unwrap() {
        let mut options: Vec<BTreeSet<usize>> = (set["options"].as_array().unwrap().iter())
            .map(|option| option.as_array().unwrap().iter().map(position).collect())
            .filter(|option: &BTreeSet<usize>| option.iter().all(|position| answered[*position]))
            .collect();
        if set["required"] == json!(false) {
            options.push(BTreeSet::new());
        }
        selections = (selections.iter())
            .flat_map(|chosen| options.iter().map(move |option| chosen.union(option).copied().collect()))
            .collect();
    }
    selections
}

fn any_scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(json!(1)),
        Just(json!("1")),
        Just(json!(true)),
        Just(json!("x")),
        Just(json!(1.0)),
        Just(json!(null))
    ]
}

fn any_claims() -> impl Strategy<Value = Value> {
    let value = any_scalar().prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            proptest::collection::btree_map("[ab]", inner, 0..3)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    });
    proptest::collection::btree_map("[ab]", value, 0..3)
        .prop_map(|map| Value::Object(map.into_iter().collect()))
}

fn any_held() -> impl Strategy<Value = Vec<Held>> {
    let element = any_claims().prop_map(|claims| {
        let space =
            |name: &str| claims.get(name).filter(|value| value.is_object()).cloned().unwrap_or(json!({}));
        json!({ "a": space("a"), "b": space("b") })
    });
    let one = prop_oneof![
        (any_claims(), "[tu]").prop_map(|(claims, vct)| sd_jwt(0, &vct, claims)),
        (element, "[tu]").prop_map(|(claims, doctype)| mdoc(0, &doctype, claims)),
    ];
    proptest::collection::vec(one, 0..5).prop_map(|mut list| {
        for (number, held) in (1..).zip(&mut list) {
            held.summary.credential = id(number);
        }
        list
    })
}

fn any_claims_query() -> impl Strategy<Value = Value> {
    let component = prop_oneof![3 => Just(json!("a")), 3 => Just(json!("b")), 2 => Just(json!(null)), 1 => Just(json!(0)), 1 => Just(json!(1))];
    let path = (Just(json!("a")), proptest::collection::vec(component, 0..3), any::<bool>()).prop_map(
        |(a, mut rest, b)| {
            rest.insert(0, if b { json!("b") } else { a });
            rest
        },
    );
    let scalar = prop_oneof![Just(json!(1)), Just(json!("x")), Just(json!(true))];
    let values = proptest::option::weighted(0.3, proptest::collection::vec(scalar, 1..3));
    (path, values).prop_map(|(path, values)| match values {
        None => json!({ "path": path }),
        Some(values) => json!({ "path": path, "values": values }),
    })
}

fn any_credential_query() -> impl Strategy<Value = Value> {
    let meta = prop_oneof![
        "[tu]".prop_map(|doctype| ("mso_mdoc", json!({ "doctype_value": doctype }))),
        proptest::collection::vec("[tuv]", 1..3).prop_map(|vct| ("dc+sd-jwt", json!({ "vct_values": vct }))),
        proptest::collection::vec("[tuv]", 1..3).prop_map(|vct| ("dc+sd-jwt", json!({ "vct_values": vct }))),
        Just(("mso_mdoc_zk", json!({}))),
    ];
    let claims = proptest::collection::vec(any_claims_query(), 0..3);
    let sets =
        proptest::option::of(proptest::collection::vec(proptest::collection::vec(0..3_usize, 0..3), 1..3));
    (meta, claims, sets, any::<bool>()).prop_map(|((format, meta), mut claims, sets, multiple)| {
        let mut query = json!({ "format": format, "meta": meta, "multiple": multiple });
        if claims.is_empty() {
            return query;
        }
        for (number, claim) in claims.iter_mut().enumerate() {
            claim["id"] = json!(format!("c{number}"));
        }
        if let Some(sets) = sets {
            let ids =
                |set: &Vec<usize>| set.iter().map(|c| format!("c{}", c % claims.len())).collect::<Vec<_>>();
            query["claim_sets"] = json!(sets.iter().map(ids).collect::<Vec<_>>());
        }
        query["claims"] = json!(claims);
        query
    })
}

fn any_query() -> impl Strategy<Value = Value> {
    let option = proptest::collection::vec(0..4_usize, 1..3);
    let set = (proptest::collection::vec(option, 1..4), proptest::option::of(any::<bool>()));
    let sets = proptest::option::of(proptest::collection::vec(set, 1..4));
    (proptest::collection::vec(any_credential_query(), 1..5), sets).prop_map(|(mut credentials, sets)| {
        for (number, credential) in credentials.iter_mut().enumerate() {
            credential["id"] = json!(format!("q{number}"));
        }
        let count = credentials.len();
        let mut query = json!({ "credentials": credentials });
        if let Some(sets) = sets {
            let ids =
                |option: &Vec<usize>| option.iter().map(|q| format!("q{}", q % count)).collect::<Vec<_>>();
            let set = |(options, required): &(Vec<Vec<usize>>, Option<bool>)| {
                let mut set = json!({ "options": options.iter().map(ids).collect::<Vec<_>>() });
                required.iter().for_each(|required| set["required"] = json!(required));
                set
            };
            query["credential_sets"] = json!(sets.iter().map(set).collect::<Vec<_>>());
        }
        query
    })
}

/// Any JSON, and queries in which one place was replaced by any JSON.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        any_scalar(),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "[a-z_]{0,12}".prop_map(Value::from),
        proptest::sample::select(vec!["credentials", "claims", "path", "id", "q0", "c0", "dc+sd-jwt", "aki"])
            .prop_map(Value::from),
    ];
    let names =
        "credentials|claims|path|id|format|meta|vct_values|values|options|credential_sets|claim_sets|type";
    leaf.prop_recursive(5, 40, 5, move |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::btree_map(names, inner, 0..5)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn places(value: &Value, pointer: String, into: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            object.iter().for_each(|(name, value)| places(value, format!("{pointer}/{name}"), into))
        }
        Value::Array(array) => {
            array
                .iter()
                .enumerate()
                .for_each(|(index, value)| places(value, format!("{pointer}/{index}"), into));
        }
        _ => {}
    }
    into.push(pointer);
}

fn ids(answer: &CredentialAnswer) -> Vec<CredentialId> {
    answer.candidates().iter().map(Candidate::credential).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn candidates_options_and_disclosed_claims_are_those_of_the_oracle(held in any_held(), query in any_query()) {
        let evaluation = Wallet::of(held.iter().cloned()).evaluate(&query);
        for (answer, credential) in evaluation.answers().iter().zip(query["credentials"].as_array().unwrap()) {
            let expected: Vec<_> = held.iter().map(|held| (held, options(credential, held))).collect();
            let matching: BTreeSet<_> = (expected.iter())
                .filter(|(_, options)| !options.is_empty()).map(|(held, _)| held.summary.credential).collect();
            prop_assert_eq!(ids(answer).into_iter().collect::<BTreeSet<_>>(), matching);
            prop_assert_eq!(ids(answer).len(), ids(answer).iter().collect::<BTreeSet<_>>().len());
            for (held, expected) in expected {
                let Some(candidate) = answer.candidate(held.summary.credential) else { continue };
                let found: Vec<BTreeSet<_>> =
                    candidate.options().map(|option| option.disclosed().cloned().collect()).collect();
                prop_assert_eq!(&found, &expected);
                for option in candidate.options() {
                    let requested: BTreeSet<_> = option.claims().flat_map(|claim| claim.locations).collect();
                    prop_assert!(option.disclosed().all(|location| requested.contains(location)));
                    prop_assert!(option.revealed_besides().all(|location| show(location) == "iss"));
                    prop_assert_eq!(option.leaves(), option.disclosed().count());
                }
            }
        }
    }

    #[test]
    fn least_is_the_smallest_selection_and_passes(held in any_held(), query in any_query()) {
        let evaluation = Wallet::of(held).evaluate(&query);
        let answered: Vec<_> = evaluation.answers().iter().map(|answer| !answer.candidates().is_empty()).collect();
        let selections = selections(&query, &answered);
        let something = evaluation.set_options().iter().any(|set| !set.options.is_empty());
        prop_assert_eq!(evaluation.is_satisfiable(), !selections.is_empty() && something);
        let cost = |position: usize| {
            let candidates = evaluation.answers()[position].candidates().iter();
            candidates.flat_map(Candidate::options).map(DisclosureOption::leaves).min().unwrap()
        };
        match evaluation.least() {
            Err(error) => {
                prop_assert!(!evaluation.is_satisfiable());
                prop_assert_eq!(error.code(), Code::NothingMatches);
            }
            Ok(choice) => {
                prop_assert_eq!(evaluation.check(&choice), Ok(()));
                let shown: usize =
                    evaluation.disclosures(&choice).unwrap().iter().map(|disclosure| disclosure.locations.len()).sum();
                let least = selections.iter().map(|selection| selection.iter().copied().map(cost).sum()).min();
                prop_assert_eq!(Some(shown), least);
            }
        }
    }

    #[test]
    fn picks_are_kept_and_the_rest_passes(held in any_held(), query in any_query(),
                                          picks in proptest::collection::vec((0..4_usize, 1..5_u8), 0..3)) {
        let evaluation = Wallet::of(held).evaluate(&query);
        let names: Vec<_> = picks.iter().map(|(position, number)| (format!("q{position}"), id(*number))).collect();
        let picks: Vec<_> = names.iter().map(|(name, id)| (name.as_str(), *id)).collect();
        if let Ok(choice) = evaluation.choose(&picks) {
            prop_assert_eq!(evaluation.check(&choice), Ok(()));
            for (query_id, credential) in picks {
                let kept = |s: &Selection| s.query_id == query_id && s.credential == credential;
                prop_assert!(choice.selections.iter().any(kept));
            }
        }
    }

    #[test]
    fn check_agrees_with_trying_everything(held in any_held(), query in any_query(),
                                           made in proptest::collection::vec((0..4_usize, 1..5_u8, 0..2_u32), 0..4)) {
        let evaluation = Wallet::of(held).evaluate(&query);
        let answered: Vec<_> = evaluation.answers().iter().map(|answer| !answer.candidates().is_empty()).collect();
        let selection = |(position, number, option): &(usize, u8, u32)| Selection {
            query_id: format!("q{position}"), credential: id(*number), option: *option,
        };
        let choice = Choice { selections: made.iter().map(selection).collect() };
        let valid = |(position, number, option): &(usize, u8, u32)| {
            let answer = evaluation.answers().get(*position)?;
            let same_query = made.iter().filter(|other| other.0 == *position).collect::<Vec<_>>();
            let distinct = same_query.iter().map(|other| other.1).collect::<BTreeSet<_>>();
            let several = same_query.len() == 1 || (answer.query().multiple() && distinct.len() == same_query.len());
            answer.candidate(id(*number))?.option(*option)?;
            several.then_some(())
        };
        let shown: BTreeSet<_> = made.iter().map(|(position, ..)| *position).collect();
        let expected = made.iter().all(|one| valid(one).is_some()) && selections(&query, &answered).contains(&shown);
        prop_assert_eq!(evaluation.check(&choice).is_ok(), expected);
    }

    #[test]
    fn nothing_panics(held in any_held(), query in any_query(), other in any_json(), place in any::<prop::sample::Index>()) {
        let wallet = Wallet::of(held);
        let mut pointers = Vec::new();
        places(&query, String::new(), &mut pointers);
        let mut mutated = query;
        let pointer: &String = place.get(&pointers);
        *mutated.pointer_mut(pointer).unwrap() = other.clone();
        for query in [other, mutated] {
            for leniency in [DcqlLeniency::NONE, DcqlLeniency::ALL] {
                if let Ok(query) = Query::parse(&query, &leniency) {
                    let evaluation = query.evaluate(&wallet, NOW).unwrap();
                    let _ = evaluation.least().map(|choice| evaluation.disclosures(&choice));
                    let _ = evaluation.needs_choice();
                }
            }
        }
    }
}
