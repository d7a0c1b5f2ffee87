//! base64url, in vector instructions and without.

use crate::vectors::Vectors;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use wallet_core::jose::base64url;

/// The plain engine reads and writes the same; what was decoded, encodes to the same text.
pub fn run(data: &[u8]) {
    let decoded = base64url::decode(data, "fuzz").ok();
    assert_eq!(decoded, URL_SAFE_NO_PAD.decode(data).ok());
    if let Some(decoded) = decoded {
        assert_eq!(base64url::encode(&decoded).as_bytes(), data);
    }
    let encoded = base64url::encode(data);
    assert_eq!(encoded, URL_SAFE_NO_PAD.encode(data));
    assert_eq!(base64url::decode(&encoded, "fuzz").as_deref(), Ok(data));
    let mut appended = String::from("~");
    base64url::encode_into(data, &mut appended);
    assert_eq!(appended.strip_prefix('~'), Some(encoded.as_str()));
}

/// Texts and not.
#[must_use]
pub fn seeds(vectors: &Vectors) -> Vec<Vec<u8>> {
    let own = ["", "AA", "AAA", "AAAA", "AB", "-_-_", "AA==", "A A A"].map(|text| text.as_bytes().to_vec());
    let texts = vectors.texts.iter().filter(|text| text.len() < 1024).map(|text| text.as_bytes().to_vec());
    own.into_iter().chain(texts).collect()
}
