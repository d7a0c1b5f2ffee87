//! The published vectors as material for seeds: every text in them, what the texts decode to, and every JSON object.
//! Which of them are of use is for each target to say.

use std::path::Path;

use serde_json::Value;
use wallet_core::cbor;
use wallet_core::jose::base64url;

/// Texts longer than this teach a fuzzer nothing.
const TEXT_MAX: usize = 64 * 1024;

/// What was found.
#[derive(Default)]
pub struct Vectors {
    /// Every text.
    pub texts: Vec<String>,
    /// What texts of hexadecimal digits or base64url stand for.
    pub bytes: Vec<Vec<u8>>,
    /// Every object, as JSON.
    pub objects: Vec<String>,
}

impl Vectors {
    /// Reads every file of a folder; nothing when there is none.
    #[must_use]
    pub fn load(folder: &Path) -> Self {
        let mut out = Self::default();
        let Ok(entries) = std::fs::read_dir(folder) else { return out };
        for entry in entries.flatten() {
            let Ok(text) = std::fs::read_to_string(entry.path()) else { continue };
            match serde_json::from_str::<Value>(&text) {
                Ok(value) => out.take(&value),
                Err(_) => out.take_text(text.trim()),
            }
        }
        out
    }

    fn take(&mut self, value: &Value) {
        match value {
            Value::Object(object) => {
                self.objects.push(value.to_string());
                object.values().for_each(|value| self.take(value));
            }
            Value::Array(array) => array.iter().for_each(|value| self.take(value)),
            Value::String(text) => self.take_text(text),
            _ => {}
        }
    }

    fn take_text(&mut self, text: &str) {
        if text.is_empty() || text.len() > TEXT_MAX {
            return;
        }
        self.texts.push(text.to_owned());
        self.bytes.extend(hex(text).or_else(|| base64url::decode(text, "vector").ok()));
    }

    /// The texts with this many of a separator.
    #[must_use]
    pub fn with(&self, separator: char, count: impl Fn(usize) -> bool) -> Vec<Vec<u8>> {
        let fits = |text: &&String| count(text.matches(separator).count()) && text.is_ascii();
        self.texts.iter().filter(fits).map(|text| text.as_bytes().to_vec()).collect()
    }

    /// The bytes that are CBOR of more than one item.
    #[must_use]
    pub fn cbor(&self) -> Vec<Vec<u8>> {
        let fits = |bytes: &&Vec<u8>| bytes.len() > 8 && cbor::check(bytes, "vector").is_ok();
        self.bytes.iter().filter(fits).cloned().collect()
    }

    /// The bytes that look like certificates.
    #[must_use]
    pub fn certificates(&self) -> Vec<Vec<u8>> {
        self.bytes.iter().filter(|bytes| bytes.starts_with(&[0x30, 0x82])).cloned().collect()
    }
}

fn hex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let pairs = text.as_bytes().chunks(2);
    let byte = |pair: &[u8]| match pair {
        [high, low] => u8::try_from(digit(*high)? << 4 | digit(*low)?).ok(),
        _ => None,
    };
    pairs.map(byte).collect()
}
