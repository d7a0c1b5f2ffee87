//! A claim's value on a screen: in words, or as a picture that the platform decodes.
//!
//! The input is a picture file, or JSON.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use imagesize::{ImageSize, ImageType};
use serde_json::Value;
use wallet_core::credential::Claim;
use wallet_core::credential::path::{ClaimLocation, Step};

use crate::vectors::Vectors;

const MAX_PIXELS: u64 = 4096 * 4096;
/// A type whose claims have words of their own, and one that nobody knows.
const TYPES: [&str; 2] = ["eu.europa.ec.eudi.pid.1", "urn:example:unknown"];
const NAMES: [&str; 4] = ["portrait", "birth_date", "sex", "something"];

/// A picture has the size that another reader finds, and stays out of the words.
pub fn run(data: &[u8]) {
    let claim = claim(TYPES[0], NAMES[3], Value::from(STANDARD.encode(data)));
    if let Some(file) = claim.image(MAX_PIXELS).expect("no fault") {
        assert_eq!(file, data);
        let known = matches!(imagesize::image_type(data), Ok(ImageType::Jpeg | ImageType::Png));
        assert!(known, "neither JPEG nor PNG");
        // It knows no fill bytes before a marker, which T.81 B.1.1.2 allows.
        if let Ok(ImageSize { width, height }) = imagesize::blob_size(data) {
            assert!((1..=MAX_PIXELS).contains(&(width as u64 * height as u64)), "{width} by {height}");
        }
    }
    let Ok(value) = serde_json::from_slice::<Value>(data) else { return };
    for (type_id, name) in TYPES.iter().flat_map(|id| NAMES.map(|name| (*id, name))) {
        let claim = self::claim(type_id, name, value.clone());
        drop(claim.image(MAX_PIXELS).expect("no fault"));
        for locale in ["en", "fr-CA"] {
            let words = claim.reveal(locale).expect("no fault");
            assert!(!words.chars().any(|one| one.is_control() && one != '\n'), "{words:?}");
        }
    }
}

fn claim(type_id: &str, name: &str, value: Value) -> Claim {
    Claim::new(type_id, ClaimLocation(vec![Step::Key(name.to_owned())]), value)
}

/// Heads of both formats, and the JSON of the vectors.
#[must_use]
pub fn seeds(vectors: &Vectors) -> Vec<Vec<u8>> {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x03\0\0\0\x04\x08\x02\0\0\0".to_vec();
    let jpeg = b"\xff\xd8\xff\xfe\0\x04ab\xff\xc0\0\x11\x08\0\x06\0\x05\x03\xff\xd9".to_vec();
    let values =
        [r#""1990-12-31""#, r#"{"a":[1,null,"x"]}"#, "0", "true"].map(|json| json.as_bytes().to_vec());
    let texts = vectors.texts.iter().filter(|text| text.len() < 4096).map(|text| text.as_bytes().to_vec());
    [png, jpeg].into_iter().chain(values).chain(texts).collect()
}
