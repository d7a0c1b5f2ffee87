//! The texts of issuers and verifiers, in English and in French as equals: `words/en.json` and `words/fr.json`, under
//! the same keys.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A language that pilot speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// French.
    French,
}

impl Language {
    /// Both.
    pub const ALL: [Self; 2] = [Self::English, Self::French];

    /// The language of a BCP 47 tag, whatever its region.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let language = tag.split(['-', '_']).next()?.trim();
        Self::ALL.into_iter().find(|known| known.tag().eq_ignore_ascii_case(language))
    }

    /// The first language of an `Accept-Language` field that pilot speaks, by quality (RFC 9110 12.5.4).
    #[must_use]
    pub fn accepted(field: &str) -> Option<Self> {
        let mut ranges: Vec<(f32, &str)> = field
            .split(',')
            .map(|range| {
                let (tag, parameters) = range.split_once(';').unwrap_or((range, ""));
                let quality = parameters.trim().strip_prefix("q=").map_or(Ok(1.0), str::parse);
                (quality.unwrap_or(0.0), tag.trim())
            })
            .filter(|(quality, _)| *quality > 0.0)
            .collect();
        // Stable: of equal quality, the first.
        ranges.sort_by(|one, other| other.0.total_cmp(&one.0));
        ranges.into_iter().find_map(|(_, tag)| Self::from_tag(tag))
    }

    /// `en` or `fr`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
        }
    }

    fn catalogue(self) -> &'static BTreeMap<String, String> {
        static ENGLISH: LazyLock<BTreeMap<String, String>> =
            LazyLock::new(|| read(include_str!("../words/en.json")));
        static FRENCH: LazyLock<BTreeMap<String, String>> =
            LazyLock::new(|| read(include_str!("../words/fr.json")));
        match self {
            Self::English => &ENGLISH,
            Self::French => &FRENCH,
        }
    }
}

/// The files are part of the program, and a test reads them.
fn read(json: &str) -> BTreeMap<String, String> {
    serde_json::from_str(json).unwrap_or_default()
}

/// The text under a key; the key itself, where there is none, so that a gap can be seen.
#[must_use]
pub fn text(key: &str, language: Language) -> String {
    language.catalogue().get(key).map_or_else(|| key.to_owned(), Clone::clone)
}

/// The text under a key, with `{name}` replaced by the argument of that name.
#[must_use]
pub fn filled(key: &str, arguments: &[(&str, &str)], language: Language) -> String {
    arguments
        .iter()
        .fold(text(key, language), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_the_same_keys_and_placeholders() {
        let [english, french] = Language::ALL.map(Language::catalogue);
        assert!(!english.is_empty());
        assert!(english.keys().eq(french.keys()), "keys differ");
        let placeholders = |text: &str| {
            let mut names: Vec<_> = text
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split('}').next())
                .map(str::to_owned)
                .collect();
            names.sort();
            names
        };
        for (key, text) in english {
            assert!(!text.trim().is_empty() && !french[key].trim().is_empty(), "{key}");
            assert_eq!(placeholders(text), placeholders(&french[key]), "{key}");
        }
    }

    #[test]
    fn everything_that_can_be_damaged_has_a_name() {
        for part in wallet_core::wallet::Part::ALL {
            let key = format!("doctor.part.{}", part.name());
            assert!(Language::ALL.iter().all(|language| text(&key, *language) != key), "{key}");
        }
    }

    #[test]
    fn the_better_language_wins() {
        for (field, language) in [
            ("fr", Some(Language::French)),
            ("fr-CA,en;q=0.5", Some(Language::French)),
            ("de, en;q=0.7, fr;q=0.9", Some(Language::French)),
            ("en-GB,fr", Some(Language::English)),
            ("fr;q=0, en;q=0.1", Some(Language::English)),
            ("de", None),
            ("", None),
            (";;,q=,fr;q=x", None),
        ] {
            assert_eq!(Language::accepted(field), language, "{field}");
        }
    }
}
