//! `values` of a claims query (OpenID4VP 1.0 section 6.3, EU-20).

use std::collections::BTreeSet;
use std::fmt;

use serde_json::Value;

/// The values that a claim must have one of: strings, integers and booleans, compared by type and value.
///
/// What a verifier guesses about a citizen is personal too, so nothing here prints or hands out the values.
#[derive(Clone, PartialEq, Eq)]
pub struct ExpectedValues {
    strings: BTreeSet<String>,
    integers: BTreeSet<i128>,
    booleans: BTreeSet<bool>,
}

impl ExpectedValues {
    /// Reads a list; `None` when it is empty or has anything but strings, integers and booleans.
    pub(super) fn from_json(list: &[Value]) -> Option<Self> {
        let mut values =
            Self { strings: BTreeSet::new(), integers: BTreeSet::new(), booleans: BTreeSet::new() };
        for value in list {
            match value {
                Value::String(string) => _ = values.strings.insert(string.clone()),
                Value::Bool(boolean) => _ = values.booleans.insert(*boolean),
                number => _ = values.integers.insert(integer(number)?),
            }
        }
        (!list.is_empty()).then_some(values)
    }

    /// Whether a claim with this value has one of them.
    #[must_use]
    pub fn matches(&self, value: &Value) -> bool {
        match value {
            Value::String(string) => self.strings.contains(string),
            Value::Bool(boolean) => self.booleans.contains(boolean),
            number => integer(number).is_some_and(|integer| self.integers.contains(&integer)),
        }
    }
}

/// The integer; none for a number that was written as a fraction, `1.0` too.
fn integer(value: &Value) -> Option<i128> {
    value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from))
}

impl fmt::Debug for ExpectedValues {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.strings.len() + self.integers.len() + self.booleans.len();
        write!(f, "ExpectedValues({count})")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn type_and_value_must_be_equal() {
        let list = [json!("1"), json!(2), json!(-3), json!(true), json!(u64::MAX)];
        let values = ExpectedValues::from_json(&list).unwrap();
        for equal in &list {
            assert!(values.matches(equal), "{equal}");
        }
        for other in
            [json!(1), json!("2"), json!(2.0), json!("true"), json!(false), json!(null), json!(["1"])]
        {
            assert!(!values.matches(&other), "{other}");
        }
    }

    #[test]
    fn only_strings_integers_and_booleans_are_read() {
        for bad in [json!([]), json!([1.5]), json!([1.0]), json!([null]), json!([["a"]]), json!([{}])] {
            assert!(ExpectedValues::from_json(bad.as_array().unwrap()).is_none(), "{bad}");
        }
    }

    #[test]
    fn nothing_is_printed() {
        let values = ExpectedValues::from_json(&[json!("Doe"), json!(1)]).unwrap();
        assert_eq!(format!("{values:?}"), "ExpectedValues(2)");
    }
}
