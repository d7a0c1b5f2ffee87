//! Where a claim is: the claims path pointer of OpenID4VP 1.0 section 7, and its concrete form without wildcards.

use std::fmt;

use minicbor::{Decode, Encode};
use serde_json::Value;

use crate::error::{Code, Result};

/// One step of a concrete location.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Encode, Decode)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Step {
    /// A member of an object; in an mdoc the name space, then the element identifier.
    #[n(0)]
    Key(#[n(0)] String),
    /// An element of an array, from 0.
    #[n(1)]
    Index(#[n(0)] u32),
}

/// The location of exactly one claim in one credential.
///
/// In an mdoc it is two keys: name space and element identifier. In an SD-JWT it points into the payload with every
/// disclosure applied.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Encode, Decode)]
#[cbor(transparent)]
pub struct ClaimLocation(#[n(0)] pub Vec<Step>);

impl ClaimLocation {
    /// A location of keys only.
    #[must_use]
    pub fn keys<'a>(keys: impl IntoIterator<Item = &'a str>) -> Self {
        Self(keys.into_iter().map(|key| Step::Key(key.to_owned())).collect())
    }

    /// The claim in a JSON tree.
    #[must_use]
    pub fn find_in<'a>(&self, claims: &'a Value) -> Option<&'a Value> {
        self.0.iter().try_fold(claims, |value, step| match step {
            Step::Key(key) => value.get(key),
            Step::Index(index) => value.get(usize::try_from(*index).ok()?),
        })
    }

    /// Whether this location is `other` or above it.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        other.0.starts_with(&self.0)
    }
}

/// One element of a claims path pointer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum PathElement {
    /// A string: the member of that name.
    Key(String),
    /// A non-negative integer: the array element at that index.
    Index(u32),
    /// `null`: all elements of the array.
    All,
}

/// A claims path pointer (OpenID4VP 1.0 section 7): not empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ClaimPath(Vec<PathElement>);

impl ClaimPath {
    /// Reads the JSON form.
    ///
    /// # Errors
    /// [`Code::DcqlInvalid`] when it is not a non-empty array of strings, nulls and non-negative integers.
    pub fn from_json(value: &Value) -> Result<Self> {
        let invalid = || Code::DcqlInvalid.at("path");
        let list = value.as_array().filter(|list| !list.is_empty()).ok_or_else(invalid)?;
        let element = |value: &Value| match value {
            Value::String(key) => Ok(PathElement::Key(key.clone())),
            Value::Null => Ok(PathElement::All),
            Value::Number(number) => number
                .as_u64()
                .and_then(|index| u32::try_from(index).ok())
                .map(PathElement::Index)
                .ok_or_else(invalid),
            _ => Err(invalid()),
        };
        list.iter().map(element).collect::<Result<Vec<_>>>().map(Self)
    }

    /// Where it points, up to the first wildcard; for naming it to a person.
    #[must_use]
    pub fn without_wildcards(&self) -> ClaimLocation {
        let step = |element: &PathElement| match element {
            PathElement::Key(key) => Some(Step::Key(key.clone())),
            PathElement::Index(index) => Some(Step::Index(*index)),
            PathElement::All => None,
        };
        ClaimLocation(self.0.iter().map_while(step).collect())
    }

    /// Whether everything that `other` can select lies at what this selects or below it. All elements of an array cover
    /// each of them; one does not cover all.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        let covers = |(own, other): (&PathElement, &PathElement)| match own {
            PathElement::All => matches!(other, PathElement::All | PathElement::Index(_)),
            own => own == other,
        };
        self.0.len() <= other.0.len() && self.0.iter().zip(&other.0).all(covers)
    }

    /// The elements, at least one.
    #[must_use]
    pub fn elements(&self) -> &[PathElement] {
        &self.0
    }
}

/// For reading: `address/locality`, `nationalities[0]`, `org.iso.18013.5.1/portrait`.
impl fmt::Display for ClaimLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if at == 0 => f.write_str(key)?,
                Step::Key(key) => write!(f, "/{key}")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// As [`ClaimLocation`]; `[*]` stands for all elements of an array.
impl fmt::Display for ClaimPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, element) in self.0.iter().enumerate() {
            match element {
                PathElement::Key(key) if at == 0 => f.write_str(key)?,
                PathElement::Key(key) => write!(f, "/{key}")?,
                PathElement::Index(index) => write!(f, "[{index}]")?,
                PathElement::All => f.write_str("[*]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn reads_the_forms_of_section_7_and_nothing_else() {
        let path = ClaimPath::from_json(&json!(["degrees", null, "type"])).unwrap();
        assert_eq!(
            path.elements(),
            [PathElement::Key("degrees".into()), PathElement::All, PathElement::Key("type".into())]
        );
        assert_eq!(ClaimPath::from_json(&json!(["n", 1])).unwrap().elements()[1], PathElement::Index(1));
        for bad in
            [json!([]), json!("a"), json!([-1]), json!([1.5]), json!([true]), json!([["a"]]), json!(null)]
        {
            assert_eq!(ClaimPath::from_json(&bad).unwrap_err().code(), Code::DcqlInvalid, "{bad}");
        }
    }
}
