//! The language of one call. There is no language of the library: a change in the app shows at once everywhere.

use super::catalogue::{ENGLISH, FRENCH};

/// A language that the core speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Language {
    English,
    French,
}

/// What the core takes from a language tag: the language, and the region for the few texts that differ by region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Locale {
    language: Language,
    region: Option<[u8; 2]>,
}

impl Locale {
    /// From a BCP 47 tag (`fr-CA`, `en`), or the forms with `_` that some platforms give. A language that the core
    /// does not speak is English, and its region still counts.
    pub(super) fn of(tag: &str) -> Self {
        let mut subtags = tag.split(['-', '_', '.', '@']);
        let language = match subtags.next() {
            Some(language) if language.eq_ignore_ascii_case("fr") => Language::French,
            _ => Language::English,
        };
        // A subtag of one character begins extensions, where two letters are no region.
        let region = subtags.take_while(|subtag| subtag.len() > 1).find_map(|subtag| {
            let letters: [u8; 2] = subtag.as_bytes().try_into().ok()?;
            letters.iter().all(u8::is_ascii_alphabetic).then(|| letters.map(|l| l.to_ascii_uppercase()))
        });
        Self { language, region }
    }

    /// The text under a key, for the region if it has one of its own.
    pub(super) fn text(self, key: &str) -> Option<&'static str> {
        let catalogue = match self.language {
            Language::English => &ENGLISH,
            Language::French => &FRENCH,
        };
        catalogue.text(key, self.region)
    }

    /// The text under a key that the files are proved to have.
    pub(super) fn own(self, key: &str) -> &'static str {
        self.text(key).unwrap_or_default()
    }

    /// The ending of the key for a count: what CLDR calls `one` and `other`, and `zero` for none at all.
    pub(super) fn plural(self, count: u64) -> &'static str {
        match count {
            0 => "zero",
            1 => "one",
            _ => "other",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn language_then_region() {
        let canada = Some(*b"CA");
        for (tag, language, region) in [
            ("fr-CA", Language::French, canada),
            ("FR_ca", Language::French, canada),
            ("fr-Latn-CA", Language::French, canada),
            ("fr_CA.UTF-8", Language::French, canada),
            ("fr", Language::French, None),
            ("fr-FR", Language::French, Some(*b"FR")),
            ("fr-419", Language::French, None),
            ("fr-u-ca-gregory", Language::French, None),
            ("en-CA", Language::English, canada),
            ("iu-CA", Language::English, canada),
            ("frc", Language::English, None),
            ("français", Language::English, None),
            ("fr-çç", Language::French, None),
            ("", Language::English, None),
            ("-", Language::English, None),
        ] {
            assert_eq!(Locale::of(tag), Locale { language, region }, "{tag}");
        }
    }
}
