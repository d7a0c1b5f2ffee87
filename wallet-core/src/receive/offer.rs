//! The Credential Offer (OpenID4VCI 1.0 section 4.1): who offers what, and with which grant.

use serde_json::{Map, Value};
use url::Url;

use crate::error::{Code, Result};
use crate::http::{self, Http};
use crate::json;
use crate::limits;

/// The grant type of the pre-authorized code flow.
pub(super) const PRE_AUTHORIZED: &str = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

/// A Credential Offer whose form was checked.
pub(crate) struct CredentialOffer {
    /// `credential_issuer`: the Credential Issuer Identifier.
    pub(crate) credential_issuer: String,
    /// `credential_configuration_ids`, each once.
    pub(crate) configuration_ids: Vec<String>,
    /// The pre-authorized code; a secret until it is used.
    pub(super) pre_authorized_code: zeroize::Zeroizing<String>,
    /// `tx_code`: what the citizen must type, where the issuer asks for it.
    pub(crate) tx_code: Option<TxCode>,
    /// `authorization_server` of the grant, where the issuer relies on several.
    pub(super) authorization_server: Option<String>,
}

/// What the issuer says about the transaction code that it sent by another channel.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct TxCode {
    /// Digits only (`numeric`, the default) or any characters (`text`).
    pub numeric: bool,
    /// The number of characters, where the issuer says so.
    pub length: Option<u32>,
    /// The issuer's own words, at most 300 characters; text from outside, to be shown as such.
    pub description: Option<String>,
}

/// Whether a link is a credential offer.
pub(crate) fn is_offer(link: &str) -> bool {
    Url::parse(link).is_ok_and(|url| {
        url.query_pairs().any(|(name, _)| name == "credential_offer" || name == "credential_offer_uri")
    })
}

/// Reads the offer that a link holds or points to.
///
/// # Errors
/// [`Code::LinkNotUnderstood`], [`Code::OfferInvalid`], [`Code::GrantUnsupported`], and those of fetching.
pub(crate) async fn read(link: &str, http: &Http) -> Result<CredentialOffer> {
    if link.len() > limits::LINK {
        return Err(Code::OfferInvalid.at("link length"));
    }
    let url = Url::parse(link).map_err(|_| Code::LinkNotUnderstood.error())?;
    let parameter = |wanted: &str| -> Result<Option<String>> {
        let mut values =
            url.query_pairs().filter(|(name, _)| name == wanted).map(|(_, value)| value.into_owned());
        match (values.next(), values.next()) {
            (_, Some(_)) => Err(Code::LinkNotUnderstood.at("parameter twice")),
            (value, None) => Ok(value),
        }
    };
    let object = match (parameter("credential_offer")?, parameter("credential_offer_uri")?) {
        (Some(offer), None) => json::parse_object(offer.as_bytes(), "credential_offer")?,
        (None, Some(uri)) => {
            let response =
                http.get(&uri, "application/json", limits::METADATA, "credential_offer_uri").await?;
            http::json_object(&response, "credential_offer_uri")?
        }
        _ => return Err(Code::LinkNotUnderstood.error()),
    };
    CredentialOffer::from_json(&object)
}

impl CredentialOffer {
    fn from_json(object: &Map<String, Value>) -> Result<Self> {
        let invalid = |place| Code::OfferInvalid.at(place);
        let credential_issuer =
            text(object, "credential_issuer").ok_or_else(|| invalid("credential_issuer"))?;
        let ids = object.get("credential_configuration_ids").and_then(Value::as_array);
        let ids = ids.filter(|ids| !ids.is_empty() && ids.len() <= limits::OFFERED_CONFIGURATIONS);
        let mut configuration_ids: Vec<String> = Vec::new();
        for id in ids.ok_or_else(|| invalid("credential_configuration_ids"))? {
            let id = id.as_str().ok_or_else(|| invalid("credential_configuration_ids"))?;
            if configuration_ids.iter().any(|seen| seen == id) {
                return Err(invalid("credential_configuration_ids"));
            }
            configuration_ids.push(id.to_owned());
        }
        let grant = object.get("grants").and_then(|grants| grants.get(PRE_AUTHORIZED));
        let grant = grant.and_then(Value::as_object).ok_or_else(|| Code::GrantUnsupported.error())?;
        let code = text(grant, "pre-authorized_code").filter(|code| !code.is_empty());
        Ok(Self {
            credential_issuer: credential_issuer.to_owned(),
            configuration_ids,
            pre_authorized_code: code.ok_or_else(|| invalid("pre-authorized_code"))?.to_owned().into(),
            tx_code: grant.get("tx_code").map(tx_code).transpose()?,
            authorization_server: text(grant, "authorization_server").map(str::to_owned),
        })
    }
}

fn tx_code(value: &Value) -> Result<TxCode> {
    let invalid = || Code::OfferInvalid.at("tx_code");
    let object = value.as_object().ok_or_else(invalid)?;
    let numeric = match object.get("input_mode").map(Value::as_str) {
        None | Some(Some("numeric")) => true,
        Some(Some("text")) => false,
        Some(_) => return Err(invalid()),
    };
    let length = match object.get("length") {
        None => None,
        Some(length) => {
            Some(length.as_u64().and_then(|length| u32::try_from(length).ok()).ok_or_else(invalid)?)
        }
    };
    let description = text(object, "description").map(|text| text.chars().take(300).collect());
    Ok(TxCode { numeric, length, description })
}

fn text<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    object.get(name).and_then(Value::as_str)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn offer() -> Value {
        json!({
            "credential_issuer": "https://issuer.example",
            "credential_configuration_ids": ["pid-sd-jwt", "pid-mdoc"],
            "grants": { PRE_AUTHORIZED: {
                "pre-authorized_code": "oaKazRN8I0IbtZ0C7JuMn5",
                "tx_code": { "length": 4, "input_mode": "numeric", "description": "By letter" }
            } }
        })
    }

    fn code(value: &Value) -> Option<Code> {
        CredentialOffer::from_json(value.as_object().unwrap()).err().map(|e| e.code())
    }

    #[test]
    fn eu_49_an_offer_is_read() {
        let offer = CredentialOffer::from_json(offer().as_object().unwrap()).unwrap();
        assert_eq!(offer.configuration_ids, ["pid-sd-jwt", "pid-mdoc"]);
        let expected = TxCode { numeric: true, length: Some(4), description: Some("By letter".into()) };
        assert_eq!(offer.tx_code, Some(expected));
    }

    #[test]
    fn each_required_part_is_required() {
        for (pointer, bad, expected) in [
            ("/credential_issuer", json!(7), Code::OfferInvalid),
            ("/credential_configuration_ids", json!([]), Code::OfferInvalid),
            ("/credential_configuration_ids", json!(["a", "a"]), Code::OfferInvalid),
            ("/credential_configuration_ids", json!([1]), Code::OfferInvalid),
            ("/grants", json!({ "authorization_code": {} }), Code::GrantUnsupported),
            ("/grants", json!(null), Code::GrantUnsupported),
        ] {
            let mut changed = offer();
            *changed.pointer_mut(pointer).unwrap() = bad;
            assert_eq!(code(&changed), Some(expected), "{pointer}");
        }
        for (member, bad) in [
            ("pre-authorized_code", json!("")),
            ("tx_code", json!("1234")),
            ("tx_code", json!({ "input_mode": "voice" })),
            ("tx_code", json!({ "length": -1 })),
        ] {
            let mut changed = offer();
            changed["grants"][PRE_AUTHORIZED][member] = bad;
            assert_eq!(code(&changed), Some(Code::OfferInvalid), "{member}");
        }
        assert_eq!(code(&offer()), None);
    }

    #[test]
    fn offers_and_requests_are_told_apart_by_their_parameters() {
        assert!(is_offer("openid-credential-offer://?credential_offer=%7B%7D"));
        assert!(is_offer("haip-vci://?credential_offer_uri=https%3A%2F%2Fi.example"));
        assert!(!is_offer("openid://?client_id=a&request_uri=https%3A%2F%2Fv.example"));
    }
}
