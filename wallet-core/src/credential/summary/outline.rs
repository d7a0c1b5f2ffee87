//! Which claims a credential has and how it lets them be disclosed, without any value.

use minicbor::{Decode, Encode};
use serde_json::{Map, Value};
use zeroize::Zeroize;

use crate::credential::path::{ClaimLocation, Step};

/// The claims of a credential by location. Names of claims say something about a citizen, so they are wiped on drop.
///
/// A leaf is a claim with no claims inside: a value, an empty object or an empty array; in an mdoc each data element,
/// whatever its value. The order of the lists does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Encode, Decode)]
pub struct Outline {
    /// Every leaf.
    #[n(0)]
    pub leaves: Vec<ClaimLocation>,
    /// The leaves that are empty objects: a path may go on below them and finds nothing, which is no error.
    #[n(1)]
    pub empty_objects: Vec<ClaimLocation>,
    /// The leaves that are empty arrays.
    #[n(2)]
    pub empty_arrays: Vec<ClaimLocation>,
    /// SD-JWT: the location of each claim that has a Disclosure of its own, leaf or not. What stands under none of
    /// them is in every presentation. Empty in an mdoc, where each element is disclosed on its own.
    #[n(3)]
    pub disclosures: Vec<ClaimLocation>,
}

impl Outline {
    /// Of an SD-JWT: its payload with every Disclosure applied, and the location of the claim in each Disclosure.
    #[must_use]
    pub fn of_payload(payload: &Map<String, Value>, disclosures: Vec<ClaimLocation>) -> Self {
        let mut outline = Self::default();
        outline.disclosures = disclosures;
        let below = |parent: &ClaimLocation, step| {
            let mut steps = Vec::with_capacity(parent.0.len() + 1);
            steps.extend_from_slice(&parent.0);
            steps.push(step);
            ClaimLocation(steps)
        };
        let root = ClaimLocation(Vec::new());
        let mut open: Vec<(ClaimLocation, &Value)> =
            payload.iter().map(|(name, value)| (below(&root, Step::Key(name.clone())), value)).collect();
        // A stack of our own, so that no nesting, however deep, can exhaust the thread's.
        while let Some((location, value)) = open.pop() {
            match value {
                Value::Object(object) if object.is_empty() => outline.empty_objects.push(location.clone()),
                Value::Array(array) if array.is_empty() => outline.empty_arrays.push(location.clone()),
                Value::Object(object) => {
                    open.extend(
                        object.iter().map(|(name, v)| (below(&location, Step::Key(name.clone())), v)),
                    );
                    continue;
                }
                Value::Array(array) => {
                    open.extend((0..).zip(array).map(|(index, v)| (below(&location, Step::Index(index)), v)));
                    continue;
                }
                _ => {}
            }
            outline.leaves.push(location);
        }
        outline.normalise();
        outline
    }

    /// Of an mdoc: name space and element identifier of each data element.
    #[must_use]
    pub fn of_elements<'a>(elements: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut outline = Self::default();
        outline.leaves =
            elements.into_iter().map(|(space, element)| ClaimLocation::keys([space, element])).collect();
        outline.normalise();
        outline
    }

    /// Puts each list in order, so that equal outlines are equal and what is below one claim stands together.
    pub(crate) fn normalise(&mut self) {
        for list in self.lists() {
            if !list.is_sorted_by(|a, b| a < b) {
                list.sort_unstable();
                list.dedup();
            }
        }
    }

    fn lists(&mut self) -> [&mut Vec<ClaimLocation>; 4] {
        [&mut self.leaves, &mut self.empty_objects, &mut self.empty_arrays, &mut self.disclosures]
    }
}

impl Drop for Outline {
    fn drop(&mut self) {
        for step in self.lists().into_iter().flatten().flat_map(|location| &mut location.0) {
            if let Step::Key(name) = step {
                name.zeroize();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn leaves_are_values_and_empty_containers() {
        let payload = json!({ "b": [{ "x": 1 }, {}, []], "a": null, "c": {} });
        let outline = Outline::of_payload(payload.as_object().unwrap(), Vec::new());
        let at = |steps: &[Step]| ClaimLocation(steps.to_vec());
        let key = |name: &str| Step::Key(name.to_owned());
        let [b1, b2] = [1, 2].map(|index| at(&[key("b"), Step::Index(index)]));
        assert_eq!(outline.empty_objects, [b1.clone(), ClaimLocation::keys(["c"])]);
        assert_eq!(outline.empty_arrays, std::slice::from_ref(&b2));
        let b0x = at(&[key("b"), Step::Index(0), key("x")]);
        assert_eq!(outline.leaves, [ClaimLocation::keys(["a"]), b0x, b1, b2, ClaimLocation::keys(["c"])]);
    }

    #[test]
    fn elements_are_in_order_and_once() {
        let outline = Outline::of_elements([("ns", "b"), ("ns", "a"), ("ns", "b")]);
        assert_eq!(outline.leaves, [ClaimLocation::keys(["ns", "a"]), ClaimLocation::keys(["ns", "b"])]);
    }
}
