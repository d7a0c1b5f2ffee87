//! base64url without padding (RFC 4648 5), strict: one encoding per value.

use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::NO_PAD;

use crate::error::{Code, Result};

/// Responses with a portrait are encoded twice, so the vector unit pays where there is one.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
static ENGINE: LazyLock<base64::engine::simd::Simd> =
    LazyLock::new(|| base64::engine::simd::Simd::url_safe(NO_PAD));
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
static ENGINE: LazyLock<base64::engine::GeneralPurpose> =
    LazyLock::new(|| base64::engine::GeneralPurpose::new(&base64::alphabet::URL_SAFE, NO_PAD));

/// Encodes.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    ENGINE.encode(bytes)
}

/// Appends the encoding to `out`.
pub fn encode_into(bytes: &[u8], out: &mut String) {
    ENGINE.encode_string(bytes, out);
}

/// Decodes; padding, other alphabets, white space and stray final bits are refused.
///
/// # Errors
/// [`Code::Base64Invalid`] at `place`.
pub fn decode(text: impl AsRef<[u8]>, place: &'static str) -> Result<Vec<u8>> {
    ENGINE.decode(text).map_err(|_| Code::Base64Invalid.at(place))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_value_has_one_encoding() {
        assert_eq!(decode("AA", "t").unwrap(), [0]);
        for bad in ["AB", "AA=", "AA==", "A A", "AA\n", "+/", "A"] {
            assert_eq!(decode(bad, "t").unwrap_err().code(), Code::Base64Invalid, "{bad:?}");
        }
    }

    proptest! {
        #[test]
        fn round_trip(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            prop_assert_eq!(decode(encode(&bytes), "t").unwrap(), bytes);
        }
    }
}
