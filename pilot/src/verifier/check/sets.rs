//! The credentials of an answer together (OpenID4VP 1.0 6.4.2, EU-21): what is required is there, and nothing that was
//! not asked for or is not needed.

use wallet_core::present::dcql::{CredentialSetQuery, Query};
use wallet_core::{Code, Result};

/// Checks which credential queries were answered.
///
/// # Errors
/// [`Code::PresentationUnasked`] for an id that the query has not, or an answer that could be left out without missing
/// anything; [`Code::PresentationIncomplete`] when something required is missing.
pub(super) fn check(answered: &[&str], query: &Query) -> Result<()> {
    if answered.iter().any(|id| query.credential(id).is_none()) {
        return Err(Code::PresentationUnasked.at("vp_token"));
    }
    let sets = query.credential_sets();
    if sets.is_empty() {
        let all = query.credentials().all(|one| answered.contains(&one.id()));
        return if all { Ok(()) } else { Err(Code::PresentationIncomplete.at("credentials")) };
    }
    let met = met(sets, answered);
    if sets.iter().zip(&met).any(|(set, met)| set.required() && !met) {
        return Err(Code::PresentationIncomplete.at("credential_sets"));
    }
    for id in answered {
        let others: Vec<&str> = answered.iter().copied().filter(|other| other != id).collect();
        if self::met(sets, &others) == met {
            return Err(Code::PresentationUnasked.at("credential_sets"));
        }
    }
    Ok(())
}

/// For each set whether one of its options was answered in full.
fn met(sets: &[CredentialSetQuery], answered: &[&str]) -> Vec<bool> {
    let full = |option: &Vec<String>| option.iter().all(|id| answered.contains(&id.as_str()));
    sets.iter().map(|set| set.options().iter().any(full)).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};
    use wallet_core::profile::DcqlLeniency;

    use super::*;

    fn query(sets: &Value) -> Query {
        let one = |id: &str| json!({ "id": id, "format": "mso_mdoc", "meta": { "doctype_value": "d" } });
        let mut query = json!({ "credentials": [one("a"), one("b"), one("c")] });
        if !sets.is_null() {
            query["credential_sets"] = sets.clone();
        }
        Query::parse(&query, &DcqlLeniency::NONE).unwrap()
    }

    fn code(sets: &Value, answered: &[&str]) -> Option<Code> {
        check(answered, &query(sets)).err().map(|error| error.code())
    }

    #[test]
    fn without_sets_everything_is_required() {
        assert_eq!(code(&Value::Null, &["a", "b", "c"]), None);
        assert_eq!(code(&Value::Null, &["a", "b"]), Some(Code::PresentationIncomplete));
        assert_eq!(code(&Value::Null, &["a", "b", "c", "d"]), Some(Code::PresentationUnasked));
    }

    #[test]
    fn one_option_of_each_required_set_and_no_more() {
        let either = json!([{ "options": [["a"], ["b"]] }]);
        assert_eq!(code(&either, &["a"]), None);
        assert_eq!(code(&either, &["b"]), None);
        assert_eq!(code(&either, &["a", "b"]), Some(Code::PresentationUnasked));
        assert_eq!(code(&either, &["c"]), Some(Code::PresentationIncomplete));
        let pair = json!([{ "options": [["a", "b"], ["c"]] }]);
        assert_eq!(code(&pair, &["a", "b"]), None);
        assert_eq!(code(&pair, &["a"]), Some(Code::PresentationIncomplete));
        assert_eq!(code(&pair, &["a", "c"]), Some(Code::PresentationUnasked));
    }

    #[test]
    fn an_optional_set_may_be_answered_in_full_or_not_at_all() {
        let sets = json!([{ "options": [["a"]] }, { "options": [["b", "c"]], "required": false }]);
        assert_eq!(code(&sets, &["a"]), None);
        assert_eq!(code(&sets, &["a", "b", "c"]), None);
        assert_eq!(code(&sets, &["a", "b"]), Some(Code::PresentationUnasked));
        assert_eq!(code(&sets, &["b", "c"]), Some(Code::PresentationIncomplete));
    }
}
