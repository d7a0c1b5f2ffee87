//! Pictures among the claims: a portrait is shown, not spelled out.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use wallet_core::jose::base64url;

/// Claims that hold pictures: bytes in an mdoc, `data:` in an SD-JWT VC.
const PICTURES: [&str; 3] = ["portrait", "picture", "signature_usual_mark"];
/// The largest picture that is shown, in bytes.
const LARGEST: usize = 2 * 1024 * 1024;

/// The `data:` address of a claim that is a picture. Written anew from the bytes, so that nothing but a JPEG or PNG gets
/// into the page.
pub(super) fn address(name: &str, value: &str) -> Option<String> {
    if !PICTURES.contains(&name) || value.len() > LARGEST * 2 {
        return None;
    }
    let bytes = match value.strip_prefix("data:image/") {
        Some(data) => STANDARD.decode(data.split_once(";base64,")?.1).ok()?,
        None => base64url::decode(value, "picture").ok()?,
    };
    let kind = match bytes.as_slice() {
        [0xff, 0xd8, 0xff, ..] => "jpeg",
        [0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, ..] => "png",
        _ => return None,
    };
    (bytes.len() <= LARGEST).then(|| format!("data:image/{kind};base64,{}", STANDARD.encode(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_of_a_portrait_are_shown() {
        let jpeg = [0xff, 0xd8, 0xff, 0xe0, 1, 2, 3];
        let expected = Some(format!("data:image/jpeg;base64,{}", STANDARD.encode(jpeg)));
        assert_eq!(address("portrait", &base64url::encode(&jpeg)), expected);
        assert_eq!(
            address("picture", &format!("data:image/jpeg;base64,{}", STANDARD.encode(jpeg))),
            expected
        );
    }

    #[test]
    fn nothing_else_becomes_a_picture() {
        let svg = format!("data:image/svg+xml;base64,{}", STANDARD.encode("<svg onload=alert(1)>"));
        for (name, value) in [
            ("picture", svg.as_str()),
            ("picture", "https://elsewhere.example/x.jpg"),
            ("picture", "data:image/jpeg,x"),
            ("portrait", ""),
            ("portrait", "AAAA"),
            ("family_name", "_9j_4A"),
        ] {
            assert_eq!(address(name, value), None, "{name} {value}");
        }
    }
}
