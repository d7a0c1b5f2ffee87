//! What holds for all words together.

mod any_input;
mod files;
mod known_types;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

const ENGLISH: &str = include_str!("../en.json");
const FRENCH: &str = include_str!("../fr.json");

/// One file, key by key.
fn texts(file: &str) -> BTreeMap<String, String> {
    let members = crate::json::parse_object(file.as_bytes(), "words").expect("a file of texts");
    let text = |value: Value| value.as_str().expect("a text").to_owned();
    members.into_iter().map(|(key, value)| (key, text(value))).collect()
}

/// The keys without the other wordings of a region.
fn keys_of(texts: &BTreeMap<String, String>) -> BTreeSet<&str> {
    texts.keys().map(String::as_str).filter(|key| !key.contains('@')).collect()
}
