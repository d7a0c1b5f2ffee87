//! The compact form `<issuer JWT>~<Disclosure 1>~…~<Disclosure N>~[<KB-JWT>]` (RFC 9901 4), taken apart.

use crate::error::{Code, Result};
use crate::jose::jws::Jws;
use crate::limits;

/// An SD-JWT, or SD-JWT+KB, as it came. **Nothing in it is verified.**
///
/// It borrows the text, and no disclosure is decoded before its digest was found in a signed payload.
pub struct SdJwt<'a> {
    pub(super) compact: &'a str,
    pub(super) issuer_jwt_len: usize,
    pub(super) jws: Jws<'a>,
    pub(super) disclosures: Vec<&'a str>,
    pub(super) key_binding: Option<&'a str>,
}

impl<'a> SdJwt<'a> {
    /// Takes the text apart. White space around it is not part of the form and is refused.
    ///
    /// # Errors
    /// [`Code::SdJwtMalformed`] when it is too long, has no tilde or an empty part where a disclosure belongs;
    /// [`Code::SdJwtTooManyDisclosures`]; [`Code::JwsMalformed`] and the codes of strict JSON for the issuer JWT.
    pub fn parse(compact: &'a str) -> Result<Self> {
        if compact.len() > limits::SD_JWT {
            return Err(Code::SdJwtMalformed.at("length"));
        }
        let (issuer_jwt, rest) = compact.split_once('~').ok_or_else(|| Code::SdJwtMalformed.at("~"))?;
        let (disclosures, key_binding) = match rest.rsplit_once('~') {
            Some((disclosures, last)) => (Some(disclosures), last),
            None => (None, rest),
        };
        let disclosures = match disclosures {
            Some(text) if text.split('~').take(limits::DISCLOSURES + 1).count() > limits::DISCLOSURES => {
                return Err(Code::SdJwtTooManyDisclosures.error());
            }
            Some(text) => text.split('~').collect(),
            None => Vec::new(),
        };
        if disclosures.contains(&"") {
            return Err(Code::SdJwtMalformed.at("disclosure"));
        }
        Ok(Self {
            compact,
            issuer_jwt_len: issuer_jwt.len(),
            jws: Jws::parse(issuer_jwt, "issuer JWT")?,
            disclosures,
            key_binding: Some(key_binding).filter(|text| !text.is_empty()),
        })
    }

    /// The KB-JWT after the last tilde, where there is one.
    #[must_use]
    pub fn key_binding(&self) -> Option<&'a str> {
        self.key_binding
    }

    /// What `sd_hash` is taken over: everything up to and including the last tilde (RFC 9901 4.3.1).
    #[cfg(feature = "verifier")]
    pub(crate) fn hashed(&self) -> &'a str {
        let end = self.compact.len() - self.key_binding.map_or(0, str::len);
        self.compact.get(..end).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::p256::SecretKey;
    use crate::jose::jws::Unsigned;

    fn issuer_jwt() -> String {
        let unsigned = Unsigned::new(serde_json::Map::new(), &serde_json::json!({}));
        let signature = SecretKey::random().unwrap().sign(unsigned.signing_input());
        unsigned.finish(&signature)
    }

    fn code(text: &str) -> Option<Code> {
        SdJwt::parse(text).err().map(|e| e.code())
    }

    #[test]
    fn the_four_forms_of_rfc_9901_section_4() {
        let jwt = issuer_jwt();
        for (rest, disclosures, key_binding) in [
            ("~", vec![], None),
            ("~A~B~", vec!["A", "B"], None),
            ("~K", vec![], Some("K")),
            ("~A~K", vec!["A"], Some("K")),
        ] {
            let text = format!("{jwt}{rest}");
            let parsed = SdJwt::parse(&text).unwrap();
            assert_eq!(parsed.disclosures, disclosures, "{rest}");
            assert_eq!(parsed.key_binding(), key_binding, "{rest}");
            assert_eq!(format!("{}{}", parsed.hashed(), key_binding.unwrap_or("")), text);
        }
    }

    #[test]
    fn what_is_not_of_that_form_is_refused() {
        let jwt = issuer_jwt();
        assert_eq!(code(&format!("{jwt}~A~B~")), None);
        assert_eq!(code(&jwt), Some(Code::SdJwtMalformed));
        assert_eq!(code(&format!("{jwt}~~")), Some(Code::SdJwtMalformed));
        assert_eq!(code(&format!("{jwt}~A~~B~")), Some(Code::SdJwtMalformed));
        assert_eq!(code(&format!(" {jwt}~A~B~")), Some(Code::JwsMalformed));
        assert_eq!(code("~A~"), Some(Code::JwsMalformed));
    }

    #[test]
    fn count_and_length_are_bounded() {
        let jwt = issuer_jwt();
        assert_eq!(code(&format!("{jwt}~{}", "A~".repeat(limits::DISCLOSURES))), None);
        let many = format!("{jwt}~{}", "A~".repeat(limits::DISCLOSURES + 1));
        assert_eq!(code(&many), Some(Code::SdJwtTooManyDisclosures));
        let long = "A".repeat(limits::SD_JWT - jwt.len() - 2);
        assert_eq!(code(&format!("{jwt}~{long}~")), None);
        assert_eq!(code(&format!("{jwt}~{long}A~")), Some(Code::SdJwtMalformed));
    }
}
