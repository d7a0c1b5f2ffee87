//! The digests that stand for disclosures, and the hash algorithms that `_sd_alg` may name (RFC 9901 4.1.1, 4.2.3).

use serde_json::{Map, Value};

use crate::crypto::hash::HashAlg;
use crate::error::{Code, Result};
use crate::jose::base64url;

/// The algorithm that the payload names; SHA-256 when it names none.
///
/// # Errors
/// [`Code::SdJwtHashAlgUnsupported`] for anything but the names of SHA-256, SHA-384 and SHA-512.
pub(crate) fn hash_alg(payload: &Map<String, Value>) -> Result<HashAlg> {
    match payload.get("_sd_alg") {
        None => Ok(HashAlg::Sha256),
        Some(name) => name
            .as_str()
            .and_then(HashAlg::from_iana_name)
            .ok_or_else(|| Code::SdJwtHashAlgUnsupported.at("_sd_alg")),
    }
}

/// The registered name of an algorithm.
#[cfg(feature = "issuer")]
pub(crate) const fn name(alg: HashAlg) -> &'static str {
    match alg {
        HashAlg::Sha256 => "sha-256",
        HashAlg::Sha384 => "sha-384",
        HashAlg::Sha512 => "sha-512",
    }
}

/// base64url of the digest over the ASCII bytes of `text`: of a disclosure, or of a whole SD-JWT for `sd_hash`.
pub(crate) fn digest(alg: HashAlg, text: &str) -> String {
    match alg {
        // No allocation for the one that everybody uses.
        HashAlg::Sha256 => base64url::encode(&crate::crypto::hash::sha256(text.as_bytes())),
        other => base64url::encode(&other.digest(text.as_bytes())),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_example_of_rfc_9901_section_4_2_3() {
        let disclosure = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0";
        assert_eq!(digest(HashAlg::Sha256, disclosure), "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0");
    }

    #[test]
    fn algorithms_are_those_of_the_sha_2_family() {
        let named = |value: Value| hash_alg(json!({ "_sd_alg": value }).as_object().unwrap());
        assert_eq!(hash_alg(&Map::new()).unwrap(), HashAlg::Sha256);
        for alg in [HashAlg::Sha256, HashAlg::Sha384, HashAlg::Sha512] {
            assert_eq!(named(json!(name(alg))).unwrap(), alg);
        }
        for bad in [json!("sha-1"), json!("SHA-256"), json!("sha-256-32"), json!(null), json!(["sha-256"])] {
            assert_eq!(named(bad.clone()).unwrap_err().code(), Code::SdJwtHashAlgUnsupported, "{bad}");
        }
    }
}
