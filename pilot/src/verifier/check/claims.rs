//! What was asked of one credential is there, with values that will do, and nothing that could have been withheld
//! besides (OpenID4VP 1.0 6.4.1, EU-19, EU-20, EU-23).

use serde_json::{Map, Value};
use wallet_core::credential::path::Step;
use wallet_core::present::dcql::{ClaimsQuery, CredentialQuery};
use wallet_core::{Code, Result};

use super::path;
use super::presentation::Presented;

/// Checks the claims of one presentation.
///
/// # Errors
/// [`Code::PresentationIncomplete`] when no combination that was asked for is there; [`Code::PresentationUnasked`] when
/// one is, and more.
pub(super) fn check(
    presented: &Presented,
    query: &CredentialQuery,
    entry: Option<&Map<String, Value>>,
) -> Result<()> {
    let claims = Value::Object(presented.credential.claims.clone());
    let combinations = combinations(query, entry);
    let complete = |combination: &&Vec<&ClaimsQuery>| combination.iter().all(|one| is_there(one, &claims));
    let mut complete = combinations.iter().filter(complete).peekable();
    if complete.peek().is_none() {
        return Err(Code::PresentationIncomplete.at("claims"));
    }
    let mut withholdable = Vec::new();
    collect(&claims, presented.always_disclosed.as_ref(), &mut Vec::new(), &mut withholdable);
    let asked = |combination: &Vec<&ClaimsQuery>| {
        withholdable.iter().all(|place| combination.iter().any(|one| path::covers(one.path(), place)))
    };
    if complete.any(asked) { Ok(()) } else { Err(Code::PresentationUnasked.at("claims")) }
}

/// The combinations of claims that will do: those of `claim_sets`, or all claims. That ids fit was checked when the query
/// was read.
fn combinations<'q>(
    query: &'q CredentialQuery,
    entry: Option<&Map<String, Value>>,
) -> Vec<Vec<&'q ClaimsQuery>> {
    let sets = entry.and_then(|entry| entry.get("claim_sets")).and_then(Value::as_array);
    let Some(sets) = sets else { return vec![query.claims().iter().collect()] };
    let by_id = |id: &Value| query.claims().iter().find(|one| one.id() == id.as_str());
    sets.iter().filter_map(Value::as_array).map(|set| set.iter().filter_map(by_id).collect()).collect()
}

fn is_there(one: &ClaimsQuery, claims: &Value) -> bool {
    let selected = path::select(one.path(), claims);
    match one.values() {
        None => !selected.is_empty(),
        Some(values) => selected.iter().any(|value| values.matches(value)),
    }
}

/// Collects the places of all claims that the citizen could have withheld: those that are not in the signed payload in
/// the clear. In an mdoc, whose elements stand two steps deep, all of them.
fn collect(claims: &Value, clear: Option<&Value>, place: &mut Vec<Step>, found: &mut Vec<Vec<Step>>) {
    match claims {
        Value::Object(members) if !members.is_empty() => {
            for (name, value) in members {
                place.push(Step::Key(name.clone()));
                collect(value, clear.and_then(|clear| clear.get(name)), place, found);
                place.pop();
            }
        }
        Value::Array(elements) if !elements.is_empty() => {
            let clear = clear.and_then(Value::as_array);
            for (index, value) in (0..).zip(elements) {
                place.push(Step::Index(index));
                // Places in an array move when others are hidden, so an element is known by its value.
                let clear = clear.and_then(|clear| clear.iter().find(|one| *one == value));
                collect(value, clear, place, found);
                place.pop();
            }
        }
        // An empty object or array may be the shell of what stayed hidden.
        Value::Object(_) | Value::Array(_) => {}
        _ if clear.is_none() => found.push(place.clone()),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn withholdable(claims: &Value, clear: Option<&Value>) -> usize {
        let mut found = Vec::new();
        collect(claims, clear, &mut Vec::new(), &mut found);
        found.len()
    }

    #[test]
    fn what_the_issuer_shows_to_everybody_is_not_the_citizens_doing() {
        let claims = json!({ "a": 1, "b": { "c": 2, "d": 3 }, "e": [4, 5] });
        assert_eq!(withholdable(&claims, None), 5);
        let clear = json!({ "a": 1, "b": { "c": 2, "_sd": ["x"] }, "e": [{ "...": "y" }, 5] });
        assert_eq!(withholdable(&claims, Some(&clear)), 2);
        assert_eq!(withholdable(&json!({ "b": {} }), None), 0);
    }
}
