//! The files as a whole: the two languages are equals, nothing is missing, nothing is left over.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::super::*;
use super::{ENGLISH, FRENCH, keys_of, texts};
use crate::credential::path::ClaimLocation;
use crate::error::Code;

/// Scopes that word some claims, codes or units in their own way.
const SCOPES: [&str; 2] = ["org.iso.18013.5.1.aamva", "org.iso.18013.5.1"];

/// Texts that are rightly the same in both languages.
const SAME_IN_BOTH: &[&str] = &[
    "format.date",
    "format.time",
    "format.pair_of_many",
    "format.numbered",
    "format.with_country",
    "predicate.answer",
    "unit.org.iso.18013.5.1.height",
    "unit.org.iso.18013.5.1.weight",
    "code.hair_colour.auburn",
    "profile.ca",
    "country.CA",
    "country.FR",
    "country.LI",
    "country.LU",
    "country.PT",
    "country.UA",
    "region.CA-AB",
    "region.CA-MB",
    "region.CA-NU",
    "region.CA-ON",
    "region.CA-SK",
    "region.CA-YT",
];

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

#[test]
fn both_files_have_the_same_keys_and_no_empty_text() {
    let (english, french) = (texts(ENGLISH), texts(FRENCH));
    assert_eq!(keys_of(&english), keys_of(&french));
    for (key, text) in english.iter().chain(&french) {
        assert!(!text.trim().is_empty(), "{key}");
    }
}

#[test]
fn both_files_have_their_keys_in_the_same_order() {
    let order = |file: &'static str| -> Vec<&str> {
        let keys = file.lines().filter_map(|line| line.trim().strip_prefix('"')?.split('"').next());
        keys.filter(|key| !key.contains('@')).collect()
    };
    assert_eq!(order(ENGLISH), order(FRENCH));
}

#[test]
fn a_region_rewords_only_what_exists_and_with_the_same_placeholders() {
    for texts in [texts(ENGLISH), texts(FRENCH)] {
        for (key, text) in &texts {
            let Some((base, region)) = key.split_once('@') else { continue };
            assert_eq!(region, "CA", "{key}");
            let common = texts.get(base).unwrap_or_else(|| panic!("{key} rewords nothing"));
            assert_ne!(text, common, "{key}");
            assert_eq!(placeholders(text), placeholders(common), "{key}");
        }
    }
}

#[test]
fn placeholders_are_the_same_in_both_languages() {
    let (english, french) = (texts(ENGLISH), texts(FRENCH));
    for key in keys_of(&english) {
        assert_eq!(placeholders(&english[key]), placeholders(&french[key]), "{key}");
        assert_eq!(english[key].matches('{').count(), english[key].matches('}').count(), "{key}");
    }
}

#[test]
fn every_code_has_its_words_in_both_languages() {
    for code in Code::ALL {
        for texts in [texts(ENGLISH), texts(FRENCH)] {
            for key in [code.message_key(), code.action_key()] {
                assert!(texts.contains_key(&key), "{key} ({code:?}) is missing");
            }
        }
        for locale in ["en", "fr", "en-CA", "fr-CA"] {
            let fault = code.error().into_fault();
            assert!(!message(&fault, locale).contains('{'), "{code}");
            assert!(!action(&fault, locale).contains('{'), "{code}");
        }
    }
}

/// One sentence each, short, and without the words of specifications.
#[test]
fn errors_are_short_plain_sentences() {
    const JARGON: [&str; 18] = [
        "json", "cbor", "cose", "jws", "jwe", "jwt", "jwk", "mdoc", "sd-jwt", "nonce", "hash", "digest",
        "uri", "url", "token", "payload", "metadata", "http ",
    ];
    for texts in [texts(ENGLISH), texts(FRENCH)] {
        for (key, text) in texts.iter().filter(|(key, _)| key.starts_with("error.WC-")) {
            assert!(text.chars().count() <= 140, "{key}: {} characters", text.chars().count());
            assert!(text.ends_with('.') && text.matches('.').count() == 1, "{key}: {text}");
            assert!(text.starts_with(char::is_uppercase), "{key}: {text}");
            let lower = text.to_lowercase();
            let words: BTreeSet<&str> = lower.split(|c: char| !c.is_alphanumeric() && c != '-').collect();
            for word in JARGON {
                assert!(!words.contains(word), "{key} says {word}");
            }
        }
    }
}

/// Every key is one that a caller can name, belongs to an error code, or is given back by a function for some input.
#[test]
fn no_key_is_unused() {
    let english = texts(ENGLISH);
    let mut used: BTreeSet<String> = keys::ALL.iter().map(|key| (*key).to_owned()).collect();
    for stem in keys::ALL_COUNTED.iter().chain(&["age.over"]) {
        used.extend(["zero", "one", "other"].map(|ending| format!("{stem}.{ending}")));
    }
    for code in Code::ALL {
        used.extend([code.message_key(), code.action_key()]);
    }
    used.extend((1..=12).map(|month| format!("format.month.{month}")));
    // Named in the source, each once.
    let sources = [
        include_str!("../labels.rs"),
        include_str!("../dates.rs"),
        include_str!("../values.rs"),
        include_str!("../images.rs"),
    ];
    for key in keys_of(&english) {
        let quoted = format!("\"{key}\"");
        if used.contains(key) || sources.iter().any(|source| source.contains(&quoted)) {
            continue;
        }
        assert!(is_given_back(key, &english[key]), "nothing leads to {key}");
    }
    for key in &used {
        assert!(english.contains_key(key), "{key} is missing");
    }
}

/// Whether the function for this family of keys gives the text back for the claim or type that the key names.
fn is_given_back(key: &str, expected: &str) -> bool {
    let (family, name) = key.split_once('.').expect("a family");
    let in_scope = |scope: &'static str| Some((scope, name.strip_prefix(scope)?.strip_prefix('.')?));
    let (scope, path) =
        SCOPES.into_iter().find_map(in_scope).map_or((None, name), |(scope, path)| (Some(scope), path));
    let value = |claim: &str, value: Value| {
        value_text(&value, "test", &ClaimLocation::keys(scope.into_iter().chain([claim])), "en")
    };
    let has_label = |claim: &str| texts(ENGLISH).contains_key(&format!("claim.{claim}"));
    match family {
        // Another test proves that each belongs to an element.
        "claim" => true,
        "credential" => credential_label(name, "en") == expected,
        "country" => value("issuing_country", json!(name)) == expected,
        "region" => value("issuing_jurisdiction", json!(name)) == expected,
        "unit" => has_label(path) && value(path, json!(7)) == expected.replace("{number}", "7"),
        "code" => {
            let (claim, code) = path.split_once('.').expect("a code");
            let number = code.parse::<u64>().map(Value::from);
            has_label(claim) && value(claim, number.unwrap_or_else(|_| json!(code))) == expected
        }
        _ => false,
    }
}

#[test]
fn no_english_is_left_in_the_french() {
    let (english, french) = (texts(ENGLISH), texts(FRENCH));
    let same: BTreeSet<&str> =
        keys_of(&english).into_iter().filter(|key| english[*key] == french[*key]).collect();
    assert_eq!(same, SAME_IN_BOTH.iter().copied().collect());
    for (key, text) in &french {
        let lower = format!(" {} ", text.to_lowercase());
        for word in [" the ", " of ", " and ", " is ", " your ", " with ", "(fr)", "[fr]", "(en)"] {
            assert!(!lower.contains(word), "{key}: {text}");
        }
    }
}

#[test]
fn typography() {
    let (english, french) = (texts(ENGLISH), texts(FRENCH));
    for (key, text) in english.iter().chain(&french) {
        assert!(!text.contains(['\'', '"', '`', '\t', '\n']), "{key}: {text}");
        assert!(!text.contains("...") && !text.contains("  "), "{key}: {text}");
        // Only what joins texts begins or ends with a blank.
        assert!(key.starts_with("format.members") || text.trim() == text, "{key}: {text}");
    }
    for (key, text) in &french {
        // The clock's colon takes no blank.
        if key.starts_with("format.time") {
            continue;
        }
        let characters: Vec<char> = text.chars().collect();
        for (at, mark) in characters.iter().enumerate() {
            let before = at.checked_sub(1).map(|at| characters[at]);
            let after = characters.get(at + 1).copied();
            let fits = match mark {
                ':' | '»' => before == Some('\u{a0}'),
                '«' => after == Some('\u{a0}'),
                // Québec sets no blank before these, France a narrow one: only the joining text has them.
                ';' | '!' | '?' => match key.as_str() {
                    "format.members" => before == Some('\u{202f}'),
                    "format.members@CA" => before.is_none(),
                    _ => false,
                },
                '.' | ',' | ')' => before != Some(' '),
                '…' => before != Some(' '),
                _ => true,
            };
            assert!(fits, "{key}: {text}");
        }
    }
}

#[test]
fn texts_by_key() {
    assert_eq!(
        text(keys::OUTCOME_SENT, &[], "en").unwrap(),
        "Sent. Whether it was accepted, only the verifier knows."
    );
    assert_eq!(
        text(keys::PROMPT_PRESENT, &[("party", "Bibliothèque")], "fr").unwrap(),
        "Communiquer des renseignements à Bibliothèque"
    );
    assert_eq!(text("no.such.key", &[], "en"), None);
    assert_eq!(text("format.date@CA", &[], "en"), None);
    assert_eq!(counted(keys::COPIES_LEFT, 1, &[], "fr").unwrap(), "1 exemplaire inutilisé");
    assert_eq!(counted(keys::COPIES_LEFT, 5, &[], "en").unwrap(), "5 unused copies left");
}
