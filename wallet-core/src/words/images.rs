//! What is never printed: pictures, biometric data, and anything that only looks like text.

use serde_json::Value;

/// Text without a blank that is longer than this and uses only the letters of base64 is data, not words.
const LONGEST_WORD: usize = 200;
/// Text shorter than this is no image, whatever it begins with.
const SHORTEST_IMAGE: usize = 16;
/// How images begin in base64 and base64url: JPEG, JPEG 2000 (file and code stream), PNG.
const IMAGE_BEGINNINGS: [&str; 6] = ["/9j/", "_9j_", "AAAADGpQ", "/0//UQ", "_0__UQ", "iVBORw0KGgo"];

/// The key of the words that stand for a value that is not printed; `None` for a value that may be.
pub(super) fn hidden(name: &str, value: &Value) -> Option<&'static str> {
    let by_name = match name {
        "portrait" | "picture" | "photo" | "image" => Some("value.picture"),
        "signature_usual_mark" => Some("value.signature"),
        name if name.starts_with("biometric_template") => Some("value.biometric"),
        _ => None,
    };
    match (by_name, value) {
        // A person may have declined the portrait; then the issuer leaves it empty (PID Rulebook).
        (Some("value.picture"), Value::Null) => Some("value.no_picture"),
        (Some("value.picture"), Value::String(text)) if text.is_empty() => Some("value.no_picture"),
        (Some(key), _) => Some(key),
        (None, Value::String(text)) => hidden_text(text),
        (None, _) => None,
    }
}

fn hidden_text(text: &str) -> Option<&'static str> {
    let begins = |prefix: &str| text.get(..prefix.len()).is_some_and(|own| own.eq_ignore_ascii_case(prefix));
    if begins("data:image/") {
        return Some("value.image");
    }
    if begins("data:") {
        return Some("value.data");
    }
    let is_base64 = text.len() >= SHORTEST_IMAGE && text.bytes().all(is_base64_letter);
    if is_base64 && IMAGE_BEGINNINGS.iter().any(|beginning| text.starts_with(beginning)) {
        return Some("value.image");
    }
    (is_base64 && text.len() > LONGEST_WORD).then_some("value.data")
}

fn is_base64_letter(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_' | b'=')
}
