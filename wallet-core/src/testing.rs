//! What the unit tests share: published vectors, read where they lie.

use std::path::PathBuf;

/// The folder of published vectors: `$WALLET_VECTORS`, or beside the project.
pub(crate) fn vectors() -> PathBuf {
    std::env::var_os("WALLET_VECTORS").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/vectors")),
        PathBuf::from,
    )
}

/// One vectors file as text; `None`, said plainly, when the folder is absent.
#[allow(clippy::print_stderr)]
pub(crate) fn vector_text(name: &str) -> Option<String> {
    let path = vectors().join(name);
    let text = std::fs::read_to_string(&path).ok();
    if text.is_none() {
        eprintln!("NOT TESTED: {name} is absent (set WALLET_VECTORS to the folder of published vectors)");
    }
    text
}

/// One JSON vectors file.
pub(crate) fn vector(name: &str) -> Option<serde_json::Value> {
    vector_text(name).map(|text| serde_json::from_str(&text).unwrap_or(serde_json::Value::Null))
}

/// Bytes from hexadecimal text.
pub(crate) fn hex(text: &str) -> Vec<u8> {
    text.as_bytes()
        .chunks(2)
        .filter_map(|pair| std::str::from_utf8(pair).ok().and_then(|p| u8::from_str_radix(p, 16).ok()))
        .collect()
}
