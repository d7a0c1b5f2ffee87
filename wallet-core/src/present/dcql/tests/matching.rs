//! Sections 6.1 and 6.4.1: which credentials match (EU-15, EU-16, EU-19, EU-20, EU-22).

use super::*;
use crate::jose::base64url;
use crate::profile::DcqlLeniency;

#[test]
fn format_and_type_must_fit() {
    let wallet = Wallet::of([
        sd_jwt(1, "t", json!({ "a": 1 })),
        mdoc(2, "t", json!({ "a": { "a": 1 } })),
        sd_jwt(3, "u", json!({})),
    ]);
    assert_eq!(wallet.candidates(&query(json!({}))), [id(1)]);
    let mdoc =
        json!({ "credentials": [{ "id": "q", "format": "mso_mdoc", "meta": { "doctype_value": "t" } }] });
    assert_eq!(wallet.candidates(&mdoc), [id(2)]);
    let more =
        Wallet::of([5, 4, 6].map(|number| sd_jwt(number, "t", json!({ "n": vec![1; number.into()] }))));
    assert_eq!(more.candidates(&query(json!({}))), [id(4), id(5), id(6)], "by id, whatever their kinds");
    let listed = query(json!({ "meta": { "vct_values": ["u", "t", "u"] } }));
    assert_eq!(wallet.candidates(&listed), [id(3), id(1)], "in the order of the query, each once");
}

#[test]
fn a_domestic_pid_answers_the_common_type_and_not_the_other_way_round() {
    let common = sd_jwt(1, "urn:eudi:pid:1", json!({}));
    let german = sd_jwt(2, "urn:eudi:pid:de:1", json!({}));
    let french = sd_jwt(3, "urn:eudi:pid:fr:1", json!({}));
    let wallet = Wallet::of([common, german, french]);
    let asked = |types: Value| wallet.candidates(&query(json!({ "meta": { "vct_values": types } })));
    assert_eq!(asked(json!(["urn:eudi:pid:1"])), [id(1), id(2), id(3)], "EU-16");
    assert_eq!(asked(json!(["urn:eudi:pid:de:1"])), [id(2)], "EU-16");
    assert_eq!(asked(json!(["urn:eudi:pid:de:1", "urn:eudi:pid:1"])), [id(2), id(1), id(3)], "each once");
    assert!(asked(json!(["urn:eudi:pid:2", "urn:eudi:pid:de", "urn:eudi:pid:"])).is_empty());
}

#[test]
fn only_what_is_valid_now_is_a_candidate() {
    let with = |from, until| {
        let mut held = sd_jwt(1, "t", json!({}));
        (held.summary.valid_from, held.summary.valid_until) = (from, until);
        !Wallet::of([held]).candidates(&query(json!({}))).is_empty()
    };
    assert!(with(None, None) && with(Some(NOW.0), Some(NOW.0 + 1)));
    assert!(!with(None, Some(NOW.0 - 100)));
    assert!(!with(Some(NOW.0 + 100), None));
}

/// Why nothing fits is told to the citizen: by kind, without opening anything.
#[test]
fn what_would_match_if_it_counted_is_named_with_the_reason() {
    let mut held: Vec<_> = (1..=4).map(|number| sd_jwt(number, "t", json!({ "a": 1 }))).collect();
    held[0].summary.valid_until = Some(NOW.0 - 100);
    held[1].summary.valid_from = Some(NOW.0 + 100);
    held[2].summary.withdrawn = Some(true);
    let mut other = sd_jwt(5, "t", json!({ "b": 1 }));
    other.summary.withdrawn = Some(true);
    let wallet = Wallet::of(held.into_iter().chain([other]));
    let asked = query(json!({ "claims": [{ "path": ["a"] }] }));
    let evaluation = wallet.evaluate(&asked);
    assert_eq!(wallet.candidates(&asked), [id(4)]);
    let expected = [(id(1), Lapse::Expired), (id(2), Lapse::NotYetValid), (id(3), Lapse::Withdrawn)];
    assert_eq!(evaluation.answers()[0].lapsed(), expected, "5 has no a");
    assert!(wallet.opened.borrow().is_empty());
    // Which of them have the value would have to be looked up.
    let by_value = query(json!({ "claims": [{ "path": ["a"], "values": [1] }] }));
    assert!(wallet.evaluate(&by_value).answers()[0].lapsed().is_empty());
}

#[test]
fn holder_binding_is_required_unless_the_query_says_otherwise() {
    let mut held = sd_jwt(1, "t", json!({}));
    held.summary.kind.holder_binding = false;
    let wallet = Wallet::of([held, sd_jwt(2, "t", json!({}))]);
    assert_eq!(wallet.candidates(&query(json!({}))), [id(2)], "B.3: without cnf it cannot be returned");
    let lax = query(json!({ "require_cryptographic_holder_binding": false }));
    assert_eq!(wallet.candidates(&lax), [id(1), id(2)]);
}

#[test]
fn trusted_authorities_are_compared_by_key_identifier() {
    let by = |number, keys: &[&[u8]]| {
        let mut held = sd_jwt(number, "t", json!({}));
        held.summary.kind.authority_key_ids = keys.iter().map(|key| key.to_vec()).collect();
        held
    };
    let wallet = Wallet::of([by(1, &[b"leaf", b"root"]), by(2, &[b"other"]), by(3, &[])]);
    let trusting = |list: Value| wallet.candidates(&query(json!({ "trusted_authorities": list })));
    let aki = |key: &[u8]| json!({ "type": "aki", "values": [base64url::encode(key)] });
    assert_eq!(trusting(json!([aki(b"root")])), [id(1)], "EU-22: any certificate of the chain");
    assert_eq!(
        trusting(json!([{ "type": "etsi_tl", "values": ["https://lotl.example"] }, aki(b"other")])),
        [id(2)]
    );
    let two = json!({ "type": "aki", "values": [base64url::encode(b"nobody"), base64url::encode(b"leaf")] });
    assert_eq!(trusting(json!([two])), [id(1)], "EU-22: any value");
    assert!(trusting(json!([aki(b"roo")])).is_empty());
    for unknown in ["etsi_tl", "openid_federation", "AKI", "unheard-of"] {
        let same_text = json!([{ "type": unknown, "values": [base64url::encode(b"root")] }]);
        assert!(trusting(same_text).is_empty(), "EU-22: {unknown} cannot match");
    }
    assert_eq!(wallet.candidates(&query(json!({}))).len(), 3);
}

#[test]
fn without_claims_nothing_that_can_be_withheld_is_asked_for() {
    let wallet = Wallet::of([sd_jwt(1, "t", json!({ "iss": "i", "a": 1, "b": { "c": 2 } }))]);
    let evaluation = wallet.evaluate(&query(json!({})));
    let option = evaluation.answers()[0].candidates()[0].option(0).unwrap();
    assert!(disclosed(option).is_empty(), "EU-19");
    assert_eq!(option.revealed_besides().map(show).collect::<Vec<_>>(), ["iss"]);
    assert_eq!((option.leaves(), option.claims().count()), (0, 0));
}

#[test]
fn all_claims_or_no_credential() {
    let wallet = Wallet::of([sd_jwt(1, "t", json!({ "a": 1 })), sd_jwt(2, "t", json!({ "a": 1, "b": 2 }))]);
    assert_eq!(
        wallet.candidates(&query(json!({ "claims": [{ "path": ["a"] }, { "path": ["b"] }] }))),
        [id(2)],
        "EU-19"
    );
}

/// Two claims and the sets over them.
fn sets(claims: Value, claim_sets: Value) -> Value {
    query(json!({ "claims": claims, "claim_sets": claim_sets }))
}

#[test]
fn claim_sets_become_options_in_the_verifiers_order() {
    let claims =
        json!([{ "id": "a", "path": ["a"] }, { "id": "b", "path": ["b"] }, { "id": "c", "path": ["c"] }]);
    let options = |held: Value, claim_sets: Value| {
        let evaluation = Wallet::of([sd_jwt(1, "t", held)]).evaluate(&sets(claims.clone(), claim_sets));
        let candidates = evaluation.answers()[0].candidates();
        candidates.iter().flat_map(Candidate::options).map(disclosed).collect::<Vec<_>>()
    };
    let all = json!({ "a": 1, "b": 2, "c": 3 });
    assert_eq!(options(all.clone(), json!([["b", "c"], ["a"]])), [vec!["b", "c"], vec!["a"]], "EU-19");
    assert_eq!(options(json!({ "a": 1, "b": 2 }), json!([["b", "c"], ["a"]])), [["a"]], "falls through");
    assert!(options(json!({ "b": 2 }), json!([["b", "c"], ["a"]])).is_empty(), "none: not returned");
    assert_eq!(options(all, json!([[], ["a"]])), [vec![], vec!["a"]], "no claim at all is a combination too");
}

#[test]
fn a_value_that_differs_makes_the_claim_absent() {
    let held = || {
        [
            sd_jwt(1, "t", json!({ "country": "CA", "age": 30 })),
            sd_jwt(2, "t", json!({ "country": "FR", "age": 30 })),
        ]
    };
    let valued = |values: Value| query(json!({ "claims": [{ "path": ["country"], "values": values }] }));
    assert_eq!(Wallet::of(held()).candidates(&valued(json!(["CA", "US"]))), [id(1)], "EU-20");
    assert!(Wallet::of(held()).candidates(&valued(json!(["ca"]))).is_empty(), "EU-20: exact");
    let age = |values: Value| query(json!({ "claims": [{ "path": ["age"], "values": values }] }));
    assert_eq!(Wallet::of(held()).candidates(&age(json!([30]))).len(), 2);
    assert!(Wallet::of(held()).candidates(&age(json!(["30", true]))).is_empty(), "EU-20: exact type");

    let claims =
        json!([{ "id": "c", "path": ["country"], "values": ["CA"] }, { "id": "a", "path": ["age"] }]);
    let evaluation = Wallet::of(held()).evaluate(&sets(claims, json!([["c"], ["a"]])));
    let options = |number| {
        let candidate = evaluation.answer("q").unwrap().candidate(id(number)).unwrap();
        candidate.options().map(disclosed).collect::<Vec<_>>()
    };
    assert_eq!(options(1), [["country"], ["age"]]);
    assert_eq!(options(2), [["age"]], "EU-20: falls through");
}

#[test]
fn of_many_elements_only_those_with_the_value_are_disclosed() {
    let wallet = Wallet::of([sd_jwt(1, "t", json!({ "n": ["FR", "CA", "FR", { "x": "FR" }, []] }))]);
    let evaluation =
        wallet.evaluate(&query(json!({ "claims": [{ "path": ["n", null], "values": ["FR"] }] })));
    assert_eq!(disclosed(evaluation.answers()[0].candidates()[0].option(0).unwrap()), ["n[0]", "n[2]"]);
    let whole = query(json!({ "claims": [{ "path": ["n"], "values": ["FR"] }] }));
    assert!(wallet.candidates(&whole).is_empty(), "an array has no value to compare");
}

#[test]
fn credentials_are_opened_only_for_values_and_only_where_the_rest_fits() {
    let mut unbound = sd_jwt(4, "t", json!({ "a": 1, "b": 2 }));
    unbound.summary.kind.holder_binding = false;
    let mut expired = sd_jwt(5, "t", json!({ "a": 1, "b": 2 }));
    expired.summary.valid_until = Some(0);
    let held = [
        sd_jwt(1, "t", json!({ "a": 1, "b": 2 })),
        sd_jwt(2, "t", json!({ "a": 1 })),
        sd_jwt(3, "u", json!({ "a": 1, "b": 2 })),
    ];
    let wallet = Wallet::of(held.into_iter().chain([unbound, expired]));
    let opened =
        || wallet.opened.take().into_iter().map(|(id, location)| (id, show(&location))).collect::<Vec<_>>();

    wallet.evaluate(&query(json!({ "claims": [{ "path": ["a"] }] })));
    assert!(opened().is_empty());
    wallet.evaluate(&query(json!({ "claims": [{ "path": ["a"], "values": [1] }, { "path": ["b"] }] })));
    assert_eq!(opened(), [(id(1), "a".to_owned())], "2 has no b, 3 another type, 4 no binding, 5 expired");
    wallet.evaluate(&query(
        json!({ "claims": [{ "path": ["a"], "values": [9] }, { "path": ["b"], "values": [2] }] }),
    ));
    assert_eq!(opened(), [(id(1), "a".to_owned())], "after the first difference the second decides nothing");
    let array = Wallet::of([sd_jwt(1, "t", json!({ "a": 1, "n": [1] }))]);
    array.evaluate(&query(
        json!({ "claims": [{ "path": ["a"], "values": [1] }, { "path": ["n"], "values": [1] }] }),
    ));
    assert!(array.opened.take().is_empty(), "an array has no value to compare, so no credential can match");
}

#[test]
fn a_store_that_fails_ends_the_evaluation() {
    let mut wallet = Wallet::of([sd_jwt(1, "t", json!({ "a": 1 }))]);
    wallet.broken = true;
    let valued =
        Query::parse(&query(json!({ "claims": [{ "path": ["a"], "values": [1] }] })), &DcqlLeniency::NONE)
            .unwrap();
    assert_eq!(valued.evaluate(&wallet, NOW).unwrap_err().code(), Code::StorageFailed);
    assert_eq!(wallet.candidates(&query_path(json!(["a"]))), [id(1)]);
}

#[test]
fn of_claims_queries_with_one_path_the_first_counts() {
    let wallet = Wallet::of([sd_jwt(1, "t", json!({ "a": 1 }))]);
    let doubled = |first: i32, second: i32| {
        query(
            json!({ "claims": [{ "path": ["a"], "values": [first] }, { "path": ["a"], "values": [second] }] }),
        )
    };
    assert_eq!(wallet.candidates(&doubled(1, 2)), [id(1)], "6.1: duplicates are ignored");
    assert!(wallet.candidates(&doubled(2, 1)).is_empty());
    let claims =
        json!([{ "id": "x", "path": ["a"], "values": [2] }, { "id": "y", "path": ["a"], "values": [1] }]);
    assert_eq!(
        wallet.candidates(&sets(claims, json!([["x"], ["y"]]))),
        [id(1)],
        "in claim_sets they are alternatives"
    );
}

/// The credentials in an index that have the claim `a`.
fn with_a(index: &mut Index, at: UnixTime) -> Vec<CredentialId> {
    let wallet = Wallet { index: std::mem::take(index), ..Wallet::default() };
    let query = Query::parse(&query_path(json!(["a"])), &DcqlLeniency::NONE).unwrap();
    let evaluation = query.evaluate(&wallet, at).unwrap();
    *index = wallet.index;
    evaluation.answers()[0].candidates().iter().map(Candidate::credential).collect()
}

#[test]
fn the_index_follows_what_is_added_replaced_and_removed() {
    let has_a = |number| sd_jwt(number, "t", json!({ "a": 1 })).summary;
    let other = |number| sd_jwt(number, "urn:eudi:pid:de:1", json!({})).summary;
    let mut index = Index::default();
    index.add(&has_a(1)).unwrap();
    index.add(&has_a(2)).unwrap();
    index.add(&other(3)).unwrap();
    assert_eq!((with_a(&mut index, NOW), index.len()), (vec![id(1), id(2)], 3));
    index.add(&other(2)).unwrap();
    assert_eq!((with_a(&mut index, NOW), index.len()), (vec![id(1)], 3), "replaced");
    assert!(index.remove(id(1)) && !index.remove(id(1)));
    assert_eq!((with_a(&mut index, NOW), index.len()), (vec![], 2));
    index.add(&has_a(1)).unwrap();
    assert_eq!((with_a(&mut index, NOW), index.len()), (vec![id(1)], 3), "a kind that was there before");
    assert!(index.remove(id(1)) && index.remove(id(2)) && index.remove(id(3)) && index.is_empty());
    assert_eq!(format!("{index:?}"), "Index(0 credentials of 0 kinds)");
}

#[test]
fn the_index_takes_summaries_as_they_were_stored() {
    let kinds = [json!({ "a": 1 }), json!({ "b": 1 })];
    let numbers = [(1, 0), (2, 0), (3, 1), (1, 1), (2, 0), (3, 0), (2, 1), (3, 1), (1, 0), (2, 0), (3, 0)];
    let (mut stored, mut plain) = (Index::default(), Index::default());
    for (until, (number, kind)) in (2_000_000..).zip(numbers) {
        let mut summary = sd_jwt(number, "t", kinds[kind].clone()).summary;
        summary.valid_until = Some(until);
        stored.add_encoded(&minicbor::to_vec(&summary).unwrap()).unwrap();
        plain.add(&summary).unwrap();
        for at in [1, until + 59, until + 60].map(UnixTime) {
            assert_eq!(with_a(&mut stored, at), with_a(&mut plain, at));
        }
        assert_eq!(format!("{stored:?}"), format!("{plain:?}"));
    }
    assert_eq!(with_a(&mut stored, NOW), [id(1), id(2), id(3)], "the end of one kind leaves the other");
    let bytes = minicbor::to_vec(sd_jwt(9, "t", json!({})).summary).unwrap();
    for damaged in [&bytes[1..], &bytes[..bytes.len() - 1], &[]] {
        assert_eq!(stored.add_encoded(damaged).unwrap_err().code(), Code::RecordDamaged);
    }
    assert_eq!(stored.len(), 3);
}

#[test]
fn a_kind_that_cannot_be_read_answers_nothing_and_the_others_do() {
    // Format, type, no extended types, no issuers, holder binding; and no outline.
    let mut kind = minicbor::Encoder::new(Vec::new());
    kind.array(6).unwrap().str("dc+sd-jwt").unwrap().str("t").unwrap();
    kind.array(0).unwrap().array(0).unwrap().bool(true).unwrap().u8(0).unwrap();
    let mut summary = minicbor::Encoder::new(Vec::new());
    summary.array(4).unwrap().bytes(&id(1).0).unwrap().null().unwrap().null().unwrap();
    summary.bytes(&kind.into_writer()).unwrap();
    let mut index = Index::default();
    index.add_encoded(&summary.into_writer()).unwrap();
    index.add(&sd_jwt(2, "t", json!({ "a": 1 })).summary).unwrap();
    assert_eq!((with_a(&mut index, NOW), index.len()), (vec![id(2)], 2));
}
