//! A search for many things at once, in whatever form.

use std::collections::HashMap;

use base64::Engine;

/// Shorter things turn up in random bytes by chance.
pub const SHORTEST: usize = 6;

/// What to search for, by its first bytes, each with what it is.
#[derive(Default)]
pub struct Search {
    by_start: HashMap<[u8; SHORTEST], Vec<(String, Vec<u8>)>>,
}

impl Search {
    pub fn add(&mut self, what: &str, bytes: &[u8]) {
        for (form, bytes) in forms(bytes) {
            if let Some(start) = bytes.first_chunk() {
                self.by_start.entry(*start).or_default().push((format!("{what} as {form}"), bytes));
            }
        }
    }

    /// How many beginnings it looks for.
    pub fn len(&self) -> usize {
        self.by_start.len()
    }

    /// The first thing that is there.
    pub fn first(&self, haystack: &[u8]) -> Option<&str> {
        self.all(haystack).next().map(|(_, what)| what)
    }

    /// Everything that is there, with where it begins.
    pub fn all<'a>(&'a self, haystack: &[u8]) -> impl Iterator<Item = (usize, &'a str)> {
        haystack.windows(SHORTEST).enumerate().flat_map(move |(at, start)| {
            // Most of a process's memory was never used.
            let candidates = if start == [0; SHORTEST] { None } else { self.by_start.get(start) };
            let there = candidates.into_iter().flatten();
            there
                .filter(move |(_, bytes)| haystack[at..].starts_with(bytes))
                .map(move |(what, _)| (at, what.as_str()))
        })
    }
}

/// The same bytes as programs write them.
fn forms(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut forms = vec![
        ("itself".to_owned(), bytes.to_vec()),
        ("hex".to_owned(), hex.clone().into_bytes()),
        ("hex in capitals".to_owned(), hex.to_uppercase().into_bytes()),
    ];
    if let Ok(text) = std::str::from_utf8(bytes) {
        forms.push(("UTF-16 LE".to_owned(), text.encode_utf16().flat_map(u16::to_le_bytes).collect()));
        forms.push(("UTF-16 BE".to_owned(), text.encode_utf16().flat_map(u16::to_be_bytes).collect()));
    }
    for before in 0..3 {
        // The characters that depend on nothing but these bytes, when others stand before and after.
        let shifted = [vec![0; before], bytes.to_vec()].concat();
        let standard = base64::engine::general_purpose::STANDARD_NO_PAD.encode(&shifted);
        let inner = (before * 8).div_ceil(6)..shifted.len() * 8 / 6;
        let url = standard.replace('+', "-").replace('/', "_");
        forms.push((format!("base64 after {before}"), standard[inner.clone()].as_bytes().to_vec()));
        forms.push((format!("base64url after {before}"), url[inner].as_bytes().to_vec()));
    }
    forms
}
