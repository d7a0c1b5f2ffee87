//! The files of texts, read once, and the filling of their placeholders.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::foreign;
use crate::json::{self, Value};

/// `en.json`.
pub(super) static ENGLISH: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::read(include_str!("en.json")));
/// `fr.json`.
pub(super) static FRENCH: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::read(include_str!("fr.json")));

/// The texts of one language.
#[derive(Default)]
pub(super) struct Catalogue(HashMap<String, Text>);

/// One text, and its other wordings by region: `"key@CA"` stands in the file beside `"key"`.
struct Text {
    text: String,
    by_region: Vec<([u8; 2], String)>,
}

impl Catalogue {
    /// Reads one file. A test proves that the files read whole, so a phone never sees the empty catalogue.
    fn read(file: &str) -> Self {
        let members = json::parse_object(file.as_bytes(), "words").unwrap_or_default();
        let mut texts = HashMap::with_capacity(members.len());
        let mut regional = Vec::new();
        for (key, value) in members {
            let Value::String(text) = value else { continue };
            match key.split_once('@') {
                None => drop(texts.insert(key, Text { text, by_region: Vec::new() })),
                Some((base, region)) => {
                    if let Ok(region) = region.as_bytes().try_into() {
                        regional.push((base.to_owned(), region, text));
                    }
                }
            }
        }
        for (base, region, text) in regional {
            if let Some(entry) = texts.get_mut(&base) {
                entry.by_region.push((region, text));
            }
        }
        Self(texts)
    }

    /// The text under a key, for the region if it has one of its own.
    pub(super) fn text(&self, key: &str, region: Option<[u8; 2]>) -> Option<&str> {
        let entry = self.0.get(key)?;
        let regional = entry.by_region.iter().find(|(own, _)| Some(*own) == region).map(|(_, text)| text);
        Some(regional.unwrap_or(&entry.text))
    }
}

/// Puts the arguments where the template names them. A name without argument stays as it is. Arguments may come from
/// outside, so they lose what could reorder or hide the sentence around them, and are not looked at again for
/// placeholders.
pub(super) fn fill(template: &str, arguments: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            filled.push('{');
            rest = after;
            continue;
        };
        match arguments.iter().find(|(own, _)| *own == name) {
            Some((_, value)) => filled.push_str(&foreign::plain(value)),
            None => filled.extend(["{", name, "}"]),
        }
        rest = tail;
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_go_where_they_are_named() {
        assert_eq!(fill("{b} and {a}", &[("a", "1"), ("b", "2")]), "2 and 1");
        assert_eq!(fill("{a}", &[("a", "{b}"), ("b", "2")]), "{b}");
        assert_eq!(fill("{missing} {", &[]), "{missing} {");
        assert_eq!(fill("with {party}", &[("party", "Ba\u{202e}nk\n\u{0}")]), "with Bank ");
    }

    #[test]
    fn a_region_has_its_own_wording_where_the_file_says_so() {
        let catalogue =
            Catalogue::read(r#"{ "a": "licence", "a@CA": "permit", "b": "both", "c@CA": "no base" }"#);
        assert_eq!(catalogue.text("a", None), Some("licence"));
        assert_eq!(catalogue.text("a", Some(*b"CA")), Some("permit"));
        assert_eq!(catalogue.text("a", Some(*b"FR")), Some("licence"));
        assert_eq!(catalogue.text("b", Some(*b"CA")), Some("both"));
        assert_eq!(catalogue.text("c", Some(*b"CA")), None);
    }
}
