//! The claims path pointer (OpenID4VP 1.0 7) on what was disclosed.
//!
//! Hidden elements of an array are gone from what a verifier sees, so those behind them move up: which one was at an
//! index cannot be known. An index is met by any element.

use serde_json::Value;
use wallet_core::credential::path::{ClaimPath, PathElement, Step};

/// The values that a path selects; none when a step leads nowhere.
pub(super) fn select<'a>(path: &ClaimPath, claims: &'a Value) -> Vec<&'a Value> {
    path.elements().iter().fold(vec![claims], |selected, element| {
        let next = |value: &'a Value| match (element, value) {
            (PathElement::Key(key), Value::Object(object)) => object.get(key).into_iter().collect(),
            (PathElement::All | PathElement::Index(_), Value::Array(array)) => array.iter().collect(),
            _ => Vec::new(),
        };
        selected.into_iter().flat_map(next).collect()
    })
}

/// Whether a place is one that the path asks for: what it selects, and everything inside.
pub(super) fn covers(path: &ClaimPath, place: &[Step]) -> bool {
    let meets = |element: &PathElement, step: &Step| match (element, step) {
        (PathElement::Key(key), Step::Key(name)) => key == name,
        (PathElement::All | PathElement::Index(_), Step::Index(_)) => true,
        _ => false,
    };
    let elements = path.elements();
    place.len() >= elements.len() && elements.iter().zip(place).all(|(element, step)| meets(element, step))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn path(value: &Value) -> ClaimPath {
        ClaimPath::from_json(value).unwrap()
    }

    #[test]
    fn selects_as_section_7_says() {
        let claims = json!({
            "name": "Arthur",
            "address": { "locality": "Milliways" },
            "degrees": [{ "type": "B" }, { "type": "M" }, {}],
        });
        let selected = |p: Value| select(&path(&p), &claims).into_iter().cloned().collect::<Vec<_>>();
        assert_eq!(selected(json!(["name"])), [json!("Arthur")]);
        assert_eq!(selected(json!(["address"])), [json!({ "locality": "Milliways" })]);
        assert_eq!(selected(json!(["degrees", null, "type"])), [json!("B"), json!("M")]);
        for nowhere in [json!(["x"]), json!(["name", "x"]), json!(["address", null]), json!(["name", 0])] {
            assert!(selected(nowhere).is_empty());
        }
        assert_eq!(selected(json!(["degrees", 7])).len(), 3, "any element may have been at that index");
    }

    #[test]
    fn covers_what_is_selected_and_what_is_inside() {
        let key = |name: &str| Step::Key(name.to_owned());
        assert!(covers(&path(&json!(["address"])), &[key("address"), key("locality")]));
        assert!(covers(&path(&json!(["n", null])), &[key("n"), Step::Index(3)]));
        assert!(!covers(&path(&json!(["address", "locality"])), &[key("address"), key("country")]));
        assert!(!covers(&path(&json!(["address", "locality"])), &[key("address")]));
        assert!(!covers(&path(&json!(["n", null])), &[key("n"), key("x")]));
    }
}
