//! Disclosures (RFC 9901 4.2): base64url of `[salt, name, value]` for an object property, of `[salt, value]` for an
//! array element.

use serde_json::Value;

use crate::crypto::secret::SecretBytes;
use crate::error::{Code, Result};
use crate::jose::base64url;
use crate::json;

/// What one disclosure says. The salt is checked and dropped: nothing needs it once the digest is known.
pub(crate) enum Disclosure {
    /// A property of the object in whose `_sd` the digest stands.
    Property {
        /// The claim name; never `_sd`, `...` or `_sd_alg`.
        name: String,
        /// The claim value, which may hold further digests.
        value: Value,
    },
    /// An element of the array in which `{"...": digest}` stands.
    Element(Value),
}

impl Disclosure {
    /// Decodes one disclosure.
    ///
    /// # Errors
    /// [`Code::SdJwtDisclosureMalformed`] unless it is base64url of a JSON array of two or three elements, the salt
    /// and the name being strings; [`Code::SdJwtClaimNameForbidden`] for a reserved name; [`Code::JsonTooDeep`] and
    /// [`Code::JsonMemberDoubled`] as everywhere.
    pub(crate) fn parse(text: &str) -> Result<Self> {
        let malformed = || Code::SdJwtDisclosureMalformed.error();
        let bytes = SecretBytes::new(base64url::decode(text, "disclosure").map_err(|_| malformed())?);
        let value = json::parse(&bytes, "disclosure").map_err(|error| match error.code() {
            Code::JsonMalformed => malformed(),
            _ => error,
        })?;
        let Value::Array(parts) = value else { return Err(malformed()) };
        let mut parts = parts.into_iter();
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(Value::String(_)), Some(Value::String(name)), Some(value), None) => {
                refuse_reserved(&name)?;
                Ok(Self::Property { name, value })
            }
            (Some(Value::String(_)), Some(value), None, None) => Ok(Self::Element(value)),
            _ => Err(malformed()),
        }
    }
}

/// Refuses the names that convey digests, where a claim's name is expected (RFC 9901 4.1, 4.1.1, 7.1).
///
/// # Errors
/// [`Code::SdJwtClaimNameForbidden`].
pub(super) fn refuse_reserved(name: &str) -> Result<()> {
    match name {
        "_sd" => Err(Code::SdJwtClaimNameForbidden.at("_sd")),
        "..." => Err(Code::SdJwtClaimNameForbidden.at("...")),
        "_sd_alg" => Err(Code::SdJwtClaimNameForbidden.at("_sd_alg")),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn code(json: &str) -> Option<Code> {
        Disclosure::parse(&base64url::encode(json.as_bytes())).err().map(|e| e.code())
    }

    #[test]
    fn every_spelling_of_rfc_9901_section_4_2_1_is_read_alike() {
        for text in [
            "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0",
            "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNXHUwMGY2Yml1cyJd",
            "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsImZhbWlseV9uYW1lIiwiTcO2Yml1cyJd",
            "WwoiXzI2YmM0TFQtYWM2cTJLSTZjQlc1ZXMiLAoiZmFtaWx5X25hbWUiLAoiTcO2Yml1cyIKXQ",
        ] {
            let Ok(Disclosure::Property { name, value }) = Disclosure::parse(text) else { panic!("{text}") };
            assert_eq!((name.as_str(), value.as_str()), ("family_name", Some("Möbius")));
        }
        let element = Disclosure::parse("WyJsa2x4RjVqTVlsR1RQVW92TU5JdkNBIiwgIkZSIl0").unwrap();
        assert!(matches!(element, Disclosure::Element(Value::String(text)) if text == "FR"));
    }

    #[test]
    fn the_form_is_strict() {
        for good in [r#"["s","n",null]"#, r#"["s",{"a":[]}]"#, r#"["s","_sd"]"#] {
            assert_eq!(code(good), None, "{good}");
        }
        for bad in [
            r#"{"salt":"s"}"#,
            r#""s""#,
            "[]",
            r#"["s"]"#,
            r#"["s","n",1,2]"#,
            r#"[1,"n",1]"#,
            r#"[null,1]"#,
            r#"["s",1,1]"#,
            r#"["s","n",1] x"#,
            r#"["s","n""#,
        ] {
            assert_eq!(code(bad), Some(Code::SdJwtDisclosureMalformed), "{bad}");
        }
        let padded = "WyJzIiwxXQ==";
        assert_eq!(Disclosure::parse(padded).err().map(|e| e.code()), Some(Code::SdJwtDisclosureMalformed));
        assert!(Disclosure::parse(padded.trim_end_matches('=')).is_ok());
    }

    #[test]
    fn reserved_names_depth_and_doubled_members_have_their_own_codes() {
        for name in ["_sd", "...", "_sd_alg"] {
            assert_eq!(code(&format!(r#"["s","{name}",1]"#)), Some(Code::SdJwtClaimNameForbidden), "{name}");
        }
        assert_eq!(code(r#"["s",{"a":1,"a":1}]"#), Some(Code::JsonMemberDoubled));
        let deep = format!(r#"["s",{}{}]"#, "[".repeat(40), "]".repeat(40));
        assert_eq!(code(&deep), Some(Code::JsonTooDeep));
    }

    proptest! {
        #[test]
        fn never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..120), text in "\\PC{0,40}") {
            let _ = Disclosure::parse(&base64url::encode(&bytes));
            let _ = Disclosure::parse(&text);
        }
    }
}
