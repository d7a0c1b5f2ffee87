//! Where a claim is, in the form in which the files name it.

use super::locale::Locale;
use crate::credential::path::{ClaimLocation, Step};

/// How many steps of a location count for its label; what lies above is left out.
const DEEPEST: usize = 8;

/// A claim's location without what differs between formats.
pub(super) struct Place<'a> {
    /// The name space of an mdoc, the type of any other credential: it may word or code a claim in its own way.
    scope: &'a str,
    /// The names on the way, without array indices.
    names: Vec<&'a str>,
    /// The number that a person counts for the innermost array element, from 1.
    number: Option<u64>,
    /// Whether the location ends in an array element.
    is_item: bool,
}

impl<'a> Place<'a> {
    pub(super) fn of(type_id: &'a str, location: &'a ClaimLocation) -> Self {
        let (scope, steps) = match location.0.as_slice() {
            [Step::Key(first), rest @ ..] if !rest.is_empty() && is_name_space(first, type_id) => {
                (first.as_str(), rest)
            }
            steps => (type_id, steps),
        };
        let steps = steps.get(steps.len().saturating_sub(DEEPEST)..).unwrap_or_default();
        let index = |step: &Step| match step {
            Step::Index(index) => Some(u64::from(*index) + 1),
            Step::Key(_) => None,
        };
        Self {
            scope,
            names: steps.iter().filter_map(name).collect(),
            number: steps.iter().rev().find_map(index),
            is_item: steps.last().and_then(index).is_some(),
        }
    }

    /// The claim's own name; empty when it has none.
    pub(super) fn name(&self) -> &'a str {
        self.names.last().copied().unwrap_or_default()
    }

    /// The names on the way, the claim's own last.
    pub(super) fn names(&self) -> &[&'a str] {
        &self.names
    }

    /// The number that a person counts for the innermost array element, from 1.
    pub(super) fn number(&self) -> Option<u64> {
        self.number
    }

    /// Whether the location ends in an array element.
    pub(super) fn is_item(&self) -> bool {
        self.is_item
    }

    /// The text under `family` for this place: in its scope's own wording, else in the common one.
    pub(super) fn text(&self, family: &str, path: &str, locale: Locale) -> Option<&'static str> {
        let own = locale.text(&format!("{family}.{}.{path}", self.scope));
        own.or_else(|| locale.text(&format!("{family}.{path}")))
    }
}

/// Whether the first key of a location is the name space of an mdoc: they are written like reverse domain names, and
/// the first one often as the document type. A claim named by a URL is none.
fn is_name_space(key: &str, type_id: &str) -> bool {
    key == type_id || (key.contains('.') && !key.contains("://"))
}

/// The name of one step, without what only says how the value is written: `birthdate_dateint` is `birthdate`, and
/// AAMVA's `aka_family_name.v2` is `aka_family_name`.
fn name(step: &Step) -> Option<&str> {
    let Step::Key(key) = step else { return None };
    let key = key.strip_suffix("_dateint").unwrap_or(key);
    Some(key.strip_suffix(".v2").unwrap_or(key))
}
