//! Section 6.4.2: what is chosen, and which choices pass (EU-20, EU-21, EU-25).

use super::*;
use crate::credential::summary::Outline;

/// A query of SD-JWTs: `(id, vct, claims)`, and the credential sets.
fn sets(credentials: &[(&str, &str, &[&str])], credential_sets: Value) -> Value {
    let credential = |(id, vct, claims): &(&str, &str, &[&str])| {
        let mut query = json!({ "id": id, "format": "dc+sd-jwt", "meta": { "vct_values": [vct] } });
        if !claims.is_empty() {
            query["claims"] = claims.iter().map(|name| json!({ "path": [name] })).collect();
        }
        query
    };
    let mut query = json!({ "credentials": credentials.iter().map(credential).collect::<Vec<_>>() });
    if !credential_sets.is_null() {
        query["credential_sets"] = credential_sets;
    }
    query
}

/// A choice as text: `id=credential/option`.
fn text(choice: &Choice) -> String {
    let one = |s: &Selection| format!("{}={}/{}", s.query_id, s.credential.0[0], s.option);
    choice.selections.iter().map(one).collect::<Vec<_>>().join(" ")
}

fn choice(selections: &[(&str, u8, u32)]) -> Choice {
    let one = |&(query_id, number, option): &(&str, u8, u32)| Selection {
        query_id: query_id.to_owned(),
        credential: id(number),
        option,
    };
    Choice { selections: selections.iter().map(one).collect() }
}

fn least(evaluation: &Evaluation) -> String {
    let choice = evaluation.least().unwrap();
    evaluation.check(&choice).unwrap();
    text(&choice)
}

fn choose(evaluation: &Evaluation, picks: &[(&str, u8)]) -> std::result::Result<String, Code> {
    let picks: Vec<_> = picks.iter().map(|(query_id, number)| (*query_id, id(*number))).collect();
    let choice = evaluation.choose(&picks).map_err(|e| e.code())?;
    evaluation.check(&choice).unwrap();
    Ok(text(&choice))
}

fn refused(evaluation: &Evaluation, selections: &[(&str, u8, u32)]) -> Option<Code> {
    evaluation.check(&choice(selections)).err().map(|e| e.code())
}

fn person(number: u8, vct: &str) -> Held {
    sd_jwt(number, vct, json!({ "a": 1, "b": 2, "c": 3 }))
}

#[test]
fn without_sets_every_credential_is_required() {
    let query = sets(&[("x", "t", &["a"]), ("y", "u", &["b"])], Value::Null);
    let both = Wallet::of([person(1, "t"), person(2, "u")]).evaluate(&query);
    assert_eq!(least(&both), "x=1/0 y=2/0");
    assert_eq!(refused(&both, &[("x", 1, 0)]), Some(Code::ChoiceNeeded));
    let one = Wallet::of([person(1, "t")]).evaluate(&query);
    assert!(!one.is_satisfiable());
    assert_eq!(one.least().unwrap_err().code(), Code::NothingMatches, "EU-21: all or nothing");
    assert_eq!(refused(&one, &[("x", 1, 0)]), Some(Code::ChoiceNeeded));
}

#[test]
fn of_equals_a_fresh_one_is_suggested_and_a_worn_out_one_only_when_there_is_no_other() {
    let more = |number| sd_jwt(number, "t", json!({ "a": { "x": 1, "y": 2 } }));
    let suggested = |wear: [Wear; 3]| {
        let wallet = Wallet::of([person(1, "t"), person(2, "t"), more(3)]);
        let mut evaluation = wallet.evaluate(&query(json!({ "claims": [{ "path": ["a"] }] })));
        evaluation.wear(|credential| wear[usize::from(credential.0[0]) - 1]);
        least(&evaluation)
    };
    assert_eq!(suggested([Wear::Fresh, Wear::Fresh, Wear::Fresh]), "q=1/0");
    assert_eq!(suggested([Wear::Shown, Wear::Fresh, Wear::Fresh]), "q=2/0");
    assert_eq!(suggested([Wear::Shown, Wear::Shown, Wear::Fresh]), "q=1/0", "less is shown comes first");
    assert_eq!(suggested([Wear::WornOut, Wear::WornOut, Wear::Shown]), "q=3/0");
    assert_eq!(suggested([Wear::WornOut; 3]), "q=1/0");

    let either = json!([{ "options": [["x"], ["y"]] }]);
    let either = sets(&[("x", "t", &["a"]), ("y", "u", &["a", "b"])], either);
    let mut either = Wallet::of([person(1, "t"), person(2, "u")]).evaluate(&either);
    assert_eq!(least(&either), "x=1/0");
    either.wear(|credential| if credential == id(1) { Wear::WornOut } else { Wear::Shown });
    assert_eq!(least(&either), "y=2/0");
}

#[test]
fn not_held_and_not_matching_are_the_same_error() {
    let valued = query(json!({ "claims": [{ "path": ["a"], "values": [9] }] }));
    let mut expired = person(1, "t");
    expired.summary.valid_until = Some(0);
    let outcomes = [
        Wallet::default().evaluate(&valued).least(),
        Wallet::of([person(1, "t")]).evaluate(&valued).least(),
        Wallet::of([person(1, "u")]).evaluate(&valued).least(),
        Wallet::of([expired]).evaluate(&valued).choose(&[("q", id(1))]),
    ];
    for outcome in outcomes {
        assert_eq!(outcome.unwrap_err(), Code::NothingMatches.error(), "EU-20: a mismatch does not show");
    }
}

#[test]
fn the_least_disclosing_credential_claim_set_and_option_are_taken() {
    let wallet = Wallet::of([person(1, "t"), person(2, "u"), person(3, "v")]);
    let wide_first =
        sets(&[("x", "t", &["a", "b"]), ("y", "u", &["c"])], json!([{ "options": [["x"], ["y"]] }]));
    assert_eq!(least(&wallet.evaluate(&wide_first)), "y=2/0");
    let equal = sets(&[("x", "t", &["a"]), ("y", "u", &["c"])], json!([{ "options": [["y"], ["x"]] }]));
    assert_eq!(least(&wallet.evaluate(&equal)), "y=2/0", "equal: the verifier's order");
    let sum = sets(
        &[("x", "t", &["a", "b"]), ("y", "u", &["c"]), ("z", "v", &["a", "b"])],
        json!([{ "options": [["y", "z"], ["x"]] }]),
    );
    assert_eq!(least(&wallet.evaluate(&sum)), "x=1/0");

    let claims =
        json!([{ "id": "a", "path": ["a"] }, { "id": "b", "path": ["b"] }, { "id": "c", "path": ["c"] }]);
    let claim_sets = |sets: Value| query(json!({ "claims": claims, "claim_sets": sets }));
    assert_eq!(least(&wallet.evaluate(&claim_sets(json!([["a", "b"], ["c"]])))), "q=1/1");
    assert_eq!(least(&wallet.evaluate(&claim_sets(json!([["b"], ["a"]])))), "q=1/0", "equal: the first");

    // 4 cannot hide b, so 5 shows less.
    let plain = |number, hidden: &[&str]| {
        let claims = json!({ "a": 1, "b": 2 });
        let disclosures = hidden.iter().map(|name| ClaimLocation::keys([*name])).collect();
        held(
            number,
            Format::DcSdJwt,
            "t",
            Outline::of_payload(claims.as_object().unwrap(), disclosures),
            claims,
        )
    };
    let wallet = Wallet::of([plain(4, &["a"]), plain(5, &["a", "b"])]);
    assert_eq!(least(&wallet.evaluate(&query_path(json!(["a"])))), "q=5/0");
}

#[test]
fn optional_sets_are_left_out_until_picked() {
    let query = sets(
        &[("x", "t", &["a"]), ("y", "u", &["b"]), ("z", "v", &["c"])],
        json!([{ "options": [["x"]] }, { "options": [["y"], ["z"]], "required": false }]),
    );
    let evaluation = Wallet::of([person(1, "t"), person(2, "u"), person(3, "v")]).evaluate(&query);
    assert_eq!(least(&evaluation), "x=1/0", "EU-21");
    assert_eq!(choose(&evaluation, &[("z", 3)]), Ok("x=1/0 z=3/0".into()));
    assert_eq!(
        choose(&evaluation, &[("y", 2), ("x", 1)]),
        Ok("x=1/0 y=2/0".into()),
        "in the order of the query"
    );
    assert_eq!(choose(&evaluation, &[("y", 2), ("z", 3)]), Err(Code::ChoiceNeeded), "one option of a set");
    assert_eq!(refused(&evaluation, &[("x", 1, 0), ("y", 2, 0), ("z", 3, 0)]), Some(Code::ConsentMismatch));
    assert_eq!(refused(&evaluation, &[("y", 2, 0)]), Some(Code::ChoiceNeeded));
    let sets: Vec<_> =
        evaluation.credential_sets().iter().map(|set| (set.required(), set.needs_choice())).collect();
    assert_eq!(sets, [(true, false), (false, true)]);
    assert!(evaluation.credential_sets()[1].options().iter().all(SetOption::satisfiable));
    assert_eq!(evaluation.credential_sets()[1].options()[1].query_ids(), ["z"]);
    assert_eq!(evaluation.query().credentials().len(), 3);

    let poor = Wallet::of([person(2, "u")]).evaluate(&query);
    assert!(!poor.is_satisfiable(), "the required set decides");
}

#[test]
fn a_request_of_optional_sets_preselects_nothing() {
    let query = sets(&[("x", "t", &["a"])], json!([{ "options": [["x"]], "required": false }]));
    let evaluation = Wallet::of([person(1, "t")]).evaluate(&query);
    assert_eq!(least(&evaluation), "");
    assert!(evaluation.is_satisfiable() && evaluation.needs_choice());
    assert_eq!(choose(&evaluation, &[("x", 1)]), Ok("x=1/0".into()));
    let nothing = Wallet::default().evaluate(&query);
    assert!(!nothing.is_satisfiable());
    assert_eq!(nothing.least().unwrap_err().code(), Code::NothingMatches);
}

#[test]
fn a_pick_takes_the_option_that_it_belongs_to() {
    let query = sets(
        &[("x", "t", &["a"]), ("y", "u", &["a", "b"]), ("z", "v", &["c"])],
        json!([{ "options": [["x"], ["y", "z"]] }]),
    );
    let evaluation =
        Wallet::of([person(1, "t"), person(2, "u"), person(3, "v"), person(4, "v")]).evaluate(&query);
    assert_eq!(least(&evaluation), "x=1/0");
    assert_eq!(
        choose(&evaluation, &[("z", 4)]),
        Ok("y=2/0 z=4/0".into()),
        "its other credential comes along"
    );
    assert_eq!(choose(&evaluation, &[("x", 1), ("z", 4)]), Err(Code::ChoiceNeeded));
    assert_eq!(choose(&evaluation, &[("w", 1)]), Err(Code::ConsentMismatch), "no such query");
    assert_eq!(choose(&evaluation, &[("x", 2)]), Err(Code::ConsentMismatch), "no candidate");
    assert_eq!(choose(&evaluation, &[("z", 3), ("z", 4)]), Err(Code::ConsentMismatch), "not multiple");
    assert_eq!(choose(&evaluation, &[("z", 3), ("z", 3)]), Err(Code::ConsentMismatch), "the same twice");

    let half = Wallet::of([person(1, "t"), person(3, "v")]).evaluate(&query);
    assert_eq!(choose(&half, &[("z", 3)]), Err(Code::ConsentMismatch), "its option cannot be taken");
}

#[test]
fn what_no_set_names_is_not_shown() {
    let query = sets(&[("x", "t", &["a"]), ("y", "u", &["b"])], json!([{ "options": [["x"]] }]));
    let evaluation = Wallet::of([person(1, "t"), person(2, "u")]).evaluate(&query);
    assert_eq!(least(&evaluation), "x=1/0");
    assert_eq!(choose(&evaluation, &[("y", 2)]), Err(Code::ConsentMismatch), "EU-21");
    assert_eq!(refused(&evaluation, &[("x", 1, 0), ("y", 2, 0)]), Some(Code::ConsentMismatch), "EU-21");
}

#[test]
fn several_credentials_only_with_multiple() {
    let wallet = Wallet::of([person(1, "t"), person(2, "t")]);
    let evaluation = |multiple: bool| wallet.evaluate(&query(json!({ "multiple": multiple })));
    assert_eq!(least(&evaluation(true)), "q=1/0", "one is the least");
    assert_eq!(choose(&evaluation(true), &[("q", 2), ("q", 1)]), Ok("q=2/0 q=1/0".into()), "EU-25");
    assert_eq!(choose(&evaluation(false), &[("q", 2)]), Ok("q=2/0".into()));
    assert_eq!(choose(&evaluation(false), &[("q", 2), ("q", 1)]), Err(Code::ConsentMismatch), "EU-25");
    assert_eq!(refused(&evaluation(true), &[("q", 1, 0), ("q", 2, 0)]), None);
    assert_eq!(refused(&evaluation(false), &[("q", 1, 0), ("q", 2, 0)]), Some(Code::ConsentMismatch));
    assert_eq!(
        refused(&evaluation(true), &[("q", 1, 0), ("q", 1, 0)]),
        Some(Code::ConsentMismatch),
        "the same twice"
    );
}

#[test]
fn each_check_of_a_choice_fails_alone() {
    let query = sets(&[("x", "t", &["a"])], Value::Null);
    let evaluation = Wallet::of([person(1, "t"), person(2, "u")]).evaluate(&query);
    assert_eq!(refused(&evaluation, &[("x", 1, 0)]), None);
    assert_eq!(refused(&evaluation, &[]), Some(Code::ChoiceNeeded));
    assert_eq!(
        refused(&evaluation, &[("x", 1, 0), ("w", 1, 0)]),
        Some(Code::ConsentMismatch),
        "unknown query"
    );
    assert_eq!(refused(&evaluation, &[("x", 2, 0)]), Some(Code::ConsentMismatch), "not a candidate");
    assert_eq!(refused(&evaluation, &[("x", 1, 1)]), Some(Code::ConsentMismatch), "no such option");
    assert_eq!(refused(&evaluation, &[("x", 1, 0), ("x", 1, 0)]), Some(Code::ConsentMismatch), "twice");
}

#[test]
fn disclosures_are_what_was_chosen_exactly() {
    let claims = json!([{ "id": "a", "path": ["a"] }, { "id": "bc", "path": ["b"] }]);
    let query = query(json!({ "claims": claims, "claim_sets": [["a"], ["a", "bc"]] }));
    let evaluation =
        Wallet::of([sd_jwt(1, "t", json!({ "a": 1, "b": { "x": 1, "y": 2 }, "c": 3 }))]).evaluate(&query);
    let disclosures = evaluation.disclosures(&choice(&[("q", 1, 1)])).unwrap();
    assert_eq!(disclosures.len(), 1);
    assert_eq!((disclosures[0].query_id.as_str(), disclosures[0].credential), ("q", id(1)));
    assert_eq!(disclosures[0].format, Format::DcSdJwt);
    assert_eq!(
        disclosures[0].locations.iter().map(show).collect::<Vec<_>>(),
        ["a", "b.x", "b.y"],
        "EU-23: not c"
    );
    assert_eq!(evaluation.disclosures(&choice(&[("q", 1, 2)])).unwrap_err().code(), Code::ConsentMismatch);
}
