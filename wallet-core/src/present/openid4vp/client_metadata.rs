//! What the verifier says it can take: encryption keys and algorithms, formats (OpenID4VP 1.0 sections 5.1, 8.3, 11,
//! appendix B). Only the members that 1.0 names are read.

use serde_json::{Map, Value};

use crate::credential::Format;
use crate::error::{Code, Result};
use crate::jose::jwe::Enc;
use crate::jose::jwk::Jwk;
use crate::present::dcql::Query;
use crate::profile::ResponseMode;

/// The verifier's metadata, checked.
pub(super) struct ClientMetadata {
    /// The key and algorithm for the response; `None` when it is not to be encrypted.
    pub(super) encryption: Option<Encryption>,
    /// `vp_formats_supported`; `None` when the verifier says nothing.
    formats: Option<Map<String, Value>>,
}

/// How to encrypt the response.
pub(super) struct Encryption {
    pub(super) recipient: Jwk,
    pub(super) enc: Enc,
}

impl ClientMetadata {
    /// Reads `client_metadata` and picks the encryption for the response mode.
    ///
    /// # Errors
    /// [`Code::ClientMetadataInvalid`], [`Code::EncryptionKeyUnusable`], [`Code::EncryptionEncUnsupported`].
    pub(super) fn check(value: Option<&Value>, mode: ResponseMode, drafts: bool) -> Result<Self> {
        let empty = Map::new();
        let metadata = match value {
            None => &empty,
            Some(Value::Object(metadata)) => metadata,
            Some(_) => return Err(Code::ClientMetadataInvalid.at("client_metadata")),
        };
        let encryption = if mode.is_encrypted() { Some(Encryption::choose(metadata, drafts)?) } else { None };
        let formats = match metadata.get("vp_formats_supported") {
            None => None,
            Some(Value::Object(formats)) => Some(formats.clone()),
            Some(_) => return Err(Code::ClientMetadataInvalid.at("vp_formats_supported")),
        };
        Ok(Self { encryption, formats })
    }

    /// Refuses a request in which the verifier itself cannot take any format that it asks for.
    ///
    /// # Errors
    /// [`Code::VpFormatsNotSupported`].
    pub(super) fn check_formats(&self, query: &Query) -> Result<()> {
        let mut formats =
            query.credentials().filter_map(|one| one.meta().wanted()).map(|(format, _)| format).peekable();
        if formats.peek().is_none() || formats.any(|format| self.takes(format)) {
            Ok(())
        } else {
            Err(Code::VpFormatsNotSupported.at("vp_formats_supported"))
        }
    }

    /// Whether the verifier takes a format with the algorithms that this wallet has: ES256, in mdocs also written as
    /// ESP256 (EU-9).
    fn takes(&self, format: Format) -> bool {
        let Some(formats) = &self.formats else { return true };
        let Some(entry) = formats.get(format.identifier()).and_then(Value::as_object) else { return false };
        let (members, accepted): (_, &[Value]) = match format {
            Format::DcSdJwt => (["sd-jwt_alg_values", "kb-jwt_alg_values"], &[Value::from("ES256")]),
            Format::MsoMdoc => {
                (["issuerauth_alg_values", "deviceauth_alg_values"], &[Value::from(-7), Value::from(-9)])
            }
        };
        // A member that is absent says nothing against us.
        members.iter().all(|member| match entry.get(*member) {
            None => true,
            Some(values) => {
                values.as_array().is_some_and(|values| values.iter().any(|value| accepted.contains(value)))
            }
        })
    }
}

impl Encryption {
    /// The first key that this wallet can use, and A256GCM before A128GCM (EU-28).
    fn choose(metadata: &Map<String, Value>, drafts: bool) -> Result<Self> {
        let keys = metadata.get("jwks").and_then(|jwks| jwks.get("keys")).and_then(Value::as_array);
        let keys = keys.ok_or_else(|| Code::EncryptionKeyUnusable.at("jwks"))?;
        let draft_alg = metadata.get("authorization_encrypted_response_alg").and_then(Value::as_str);
        let draft_alg = draft_alg.filter(|_| drafts);
        let recipient = keys
            .iter()
            // Keys of other types are for other wallets, not an error.
            .filter_map(|key| Jwk::from_json(key).ok())
            .find(|key| {
                let alg = key.alg.as_deref().or(draft_alg);
                alg == Some("ECDH-ES") && key.key_use.as_deref().is_none_or(|usage| usage == "enc")
            })
            .ok_or_else(|| Code::EncryptionKeyUnusable.at("jwks"))?;
        let listed = metadata.get("encrypted_response_enc_values_supported");
        let draft_enc = metadata.get("authorization_encrypted_response_enc").filter(|_| drafts);
        let enc = match (listed, draft_enc) {
            (Some(listed), _) => {
                let names = listed.as_array();
                let names = names.ok_or_else(|| {
                    Code::ClientMetadataInvalid.at("encrypted_response_enc_values_supported")
                })?;
                let offers = |enc: &Enc| names.iter().any(|name| name.as_str() == Some(enc.name()));
                [Enc::A256Gcm, Enc::A128Gcm].into_iter().find(offers)
            }
            (None, Some(draft)) => draft.as_str().and_then(Enc::from_name),
            (None, None) => Some(Enc::A128Gcm),
        };
        let enc =
            enc.ok_or_else(|| Code::EncryptionEncUnsupported.at("encrypted_response_enc_values_supported"))?;
        Ok(Self { recipient, enc })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::crypto::p256::SecretKey;
    use crate::jose::jwk::public_members;

    fn key(changes: &[(&str, Value)]) -> Value {
        let mut key = public_members(&SecretKey::random().unwrap().public_key());
        key["kid"] = json!("1");
        key["alg"] = json!("ECDH-ES");
        for (name, value) in changes {
            key[*name] = value.clone();
        }
        key
    }

    fn check(metadata: &Value, drafts: bool) -> Result<ClientMetadata> {
        ClientMetadata::check(Some(metadata), ResponseMode::DirectPostJwt, drafts)
    }

    #[test]
    fn eu_8_and_28_the_key_and_the_strongest_common_algorithm_are_chosen() {
        for (listed, expected) in [
            (json!(["A128GCM", "A256GCM"]), Enc::A256Gcm),
            (json!(["A128CBC-HS256", "A128GCM"]), Enc::A128Gcm),
        ] {
            let metadata = json!({
                "jwks": { "keys": [{ "kty": "OKP", "crv": "X25519", "x": "AA" }, key(&[("use", json!("sig"))]), key(&[])] },
                "encrypted_response_enc_values_supported": listed,
            });
            let encryption = check(&metadata, false).unwrap().encryption.unwrap();
            assert_eq!((encryption.enc, encryption.recipient.key_use), (expected, None));
        }
        let absent = json!({ "jwks": { "keys": [key(&[])] } });
        assert_eq!(check(&absent, false).unwrap().encryption.unwrap().enc, Enc::A128Gcm);
    }

    #[test]
    fn each_way_to_have_no_usable_encryption_is_refused() {
        let code = |metadata: Value| check(&metadata, false).err().map(|e| e.code());
        for keys in [
            json!([]),
            json!([key(&[("alg", json!("RSA-OAEP"))])]),
            json!([key(&[("alg", json!(null))])]),
            json!([key(&[("use", json!("sig"))])]),
            json!([key(&[("d", json!("AAAA"))])]),
            json!([key(&[("crv", json!("P-384"))])]),
        ] {
            assert_eq!(code(json!({ "jwks": { "keys": keys } })), Some(Code::EncryptionKeyUnusable));
        }
        let other = json!({ "jwks": { "keys": [key(&[])] }, "encrypted_response_enc_values_supported": ["A128CBC-HS256"] });
        assert_eq!(code(other), Some(Code::EncryptionEncUnsupported));
        assert_eq!(code(json!("text")), Some(Code::ClientMetadataInvalid));
    }

    #[test]
    fn ca_1_drafts_are_read_only_where_the_profile_says_so() {
        let mut bare = key(&[]);
        bare.as_object_mut().unwrap().remove("alg");
        let metadata = json!({
            "jwks": { "keys": [bare] },
            "authorization_encrypted_response_alg": "ECDH-ES",
            "authorization_encrypted_response_enc": "A256GCM",
        });
        assert_eq!(check(&metadata, true).unwrap().encryption.unwrap().enc, Enc::A256Gcm);
        assert!(check(&metadata, false).is_err());
    }

    #[test]
    fn eu_9_both_numbers_of_es256_fit_an_mdoc() {
        let takes = |values: Value, format| {
            let metadata = json!({ "vp_formats_supported": values });
            let metadata = ClientMetadata::check(Some(&metadata), ResponseMode::DirectPost, false).unwrap();
            metadata.takes(format)
        };
        for values in [json!([-7]), json!([-9, -51, -19]), json!([-7, -9])] {
            let mdoc = json!({ "mso_mdoc": { "issuerauth_alg_values": values } });
            assert!(takes(mdoc.clone(), Format::MsoMdoc));
            assert!(!takes(mdoc, Format::DcSdJwt));
        }
        assert!(!takes(json!({ "mso_mdoc": { "deviceauth_alg_values": [-65537] } }), Format::MsoMdoc));
        assert!(takes(json!({ "dc+sd-jwt": {} }), Format::DcSdJwt));
        assert!(!takes(json!({ "dc+sd-jwt": { "kb-jwt_alg_values": ["ES384"] } }), Format::DcSdJwt));
    }
}
