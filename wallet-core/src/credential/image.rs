//! Pictures in claims: JPEG and PNG, in base64, as a data URL or bare. The platform decodes them; here their size is read,
//! so that a small file cannot unfold into more memory than a phone has.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use serde_json::Value;

use crate::limits;

/// The file that a value holds; `None` when it is no JPEG or PNG, is longer than [`limits::IMAGE`], or has more than so many
/// pixels.
pub(super) fn file(value: &Value, max_pixels: u64) -> Option<Vec<u8>> {
    let text = value.as_str()?;
    let encoded = match text.split_once(',') {
        Some((head, data)) if head.starts_with("data:image/") && head.ends_with(";base64") => data,
        Some(_) => return None,
        None => text,
    };
    if encoded.len() / 4 * 3 > limits::IMAGE {
        return None;
    }
    let engines = [&STANDARD, &STANDARD_NO_PAD, &URL_SAFE, &URL_SAFE_NO_PAD];
    let bytes = engines.iter().find_map(|engine| engine.decode(encoded).ok())?;
    let (width, height) = png_size(&bytes).or_else(|| jpeg_size(&bytes))?;
    let pixels = u64::from(width) * u64::from(height);
    (pixels > 0 && pixels <= max_pixels).then_some(bytes)
}

/// PNG (W3C) 11.2.1: the signature, then the header chunk.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let rest = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR")?;
    let (width, rest) = rest.split_first_chunk()?;
    Some((u32::from_be_bytes(*width), u32::from_be_bytes(*rest.first_chunk()?)))
}

/// JPEG (ITU-T T.81) B.2.2: segments up to the frame header.
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut rest = bytes.strip_prefix(b"\xff\xd8")?;
    loop {
        let ([0xff, marker], after) = rest.split_first_chunk()? else { return None };
        // A marker may have any number of fill bytes before it.
        if *marker == 0xff {
            rest = rest.get(1..)?;
            continue;
        }
        let (length, _) = after.split_first_chunk()?;
        let length = usize::from(u16::from_be_bytes(*length));
        match marker {
            // Frame headers; C4, C8 and CC are other tables.
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                let (height, after) = after.get(3..)?.split_first_chunk()?;
                let width = after.first_chunk()?;
                return Some((u16::from_be_bytes(*width).into(), u16::from_be_bytes(*height).into()));
            }
            // The picture begins, or a marker that has no place before it.
            0xd8..=0xda | 0x01 => return None,
            _ => rest = after.get(length..).filter(|_| length >= 2)?,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x03\0\0\0\x04rest";
    /// A comment, then a frame header of 5 by 6.
    const JPEG: &[u8] = b"\xff\xd8\xff\xfe\0\x04ab\xff\xff\xc0\0\x11\x08\0\x06\0\x05rest";

    #[test]
    fn both_formats_in_each_way_to_write_them() {
        for (bytes, pixels) in [(PNG, 12), (JPEG, 30)] {
            for text in [
                STANDARD.encode(bytes),
                URL_SAFE_NO_PAD.encode(bytes),
                format!("data:image/jpeg;base64,{}", STANDARD.encode(bytes)),
            ] {
                assert_eq!(file(&json!(text), pixels).as_deref(), Some(bytes));
                assert_eq!(file(&json!(text), pixels - 1), None, "too many pixels");
            }
        }
    }

    #[test]
    fn what_is_no_picture_gives_none() {
        for value in [
            json!(7),
            json!("Dubois"),
            json!("data:text/plain;base64,QUJD"),
            json!(STANDARD.encode(b"GIF89a")),
        ] {
            assert_eq!(file(&value, u64::MAX), None, "{value}");
        }
        let long = STANDARD.encode([PNG, &vec![0; limits::IMAGE]].concat());
        assert_eq!(file(&json!(long), u64::MAX), None);
    }

    proptest! {
        #[test]
        fn any_bytes_do_no_harm(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            file(&json!(STANDARD.encode([b"\xff\xd8".as_slice(), &bytes].concat())), u64::MAX);
        }
    }
}
