//! An offer to one wallet (OpenID4VCI 1.0 4.1).

use serde_json::{Value, json};
use url::form_urlencoded::byte_serialize;
use wallet_core::crypto::random;

use super::configuration::Configuration;
use super::state::OfferId;
use crate::words::{self, Language};

/// The grant type of the pre-authorized code flow.
pub(super) const PRE_AUTHORIZED: &str = "urn:ietf:params:oauth:grant-type:pre-authorized_code";
/// Digits of a random transaction code.
const DIGITS: usize = 6;

/// What to offer.
#[derive(Debug, Clone)]
pub struct OfferRequest {
    /// Which credentials, each once.
    pub configurations: Vec<Configuration>,
    /// Whether the citizen has to type a code.
    pub tx_code: TxCode,
}

impl OfferRequest {
    /// These, with a random code.
    #[must_use]
    pub fn new(configurations: impl IntoIterator<Item = Configuration>) -> Self {
        Self { configurations: configurations.into_iter().collect(), tx_code: TxCode::Random }
    }

    /// With another transaction code.
    #[must_use]
    pub fn with_tx_code(self, tx_code: TxCode) -> Self {
        Self { tx_code, ..self }
    }
}

/// The transaction code of an offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TxCode {
    /// Six random digits.
    Random,
    /// No code is asked for.
    None,
    /// This one.
    Given(String),
}

impl TxCode {
    pub(super) fn choose(&self) -> wallet_core::Result<Option<String>> {
        match self {
            Self::None => Ok(None),
            Self::Given(code) => Ok(Some(code.clone())),
            Self::Random => {
                let number = u64::from_be_bytes(random::array()?);
                // 2^64 is so much larger than 10^6 that no code is noticeably likelier than another.
                Ok(Some(format!("{:0DIGITS$}", number % 10u64.pow(6))))
            }
        }
    }
}

/// An offer that was made, in the two forms in which it can travel.
#[derive(Debug, Clone)]
pub struct Offer {
    /// Names it in events.
    pub id: OfferId,
    /// The link with the whole offer in it.
    pub link: String,
    /// The link that says where the offer lies; short enough for a QR code.
    pub link_by_reference: String,
    /// What the citizen must be told by another channel.
    pub tx_code: Option<String>,
    /// What is offered.
    pub configurations: Vec<Configuration>,
}

/// The Credential Offer object.
pub(super) fn object(
    issuer: &str,
    configurations: &[Configuration],
    pre_authorized_code: &str,
    tx_code: Option<&str>,
    language: Language,
) -> Value {
    let ids: Vec<_> = configurations.iter().map(|configuration| configuration.id()).collect();
    let mut grant = json!({ "pre-authorized_code": pre_authorized_code });
    if let (Some(code), Some(grant)) = (tx_code, grant.as_object_mut()) {
        let numeric = code.bytes().all(|byte| byte.is_ascii_digit());
        let description = words::text("offer.tx_code", language);
        let tx_code = json!({
            "input_mode": if numeric { "numeric" } else { "text" },
            "length": code.chars().count(),
            "description": description,
        });
        grant.insert("tx_code".to_owned(), tx_code);
    }
    json!({
        "credential_issuer": issuer,
        "credential_configuration_ids": ids,
        "grants": { PRE_AUTHORIZED: grant },
    })
}

/// `openid-credential-offer://?NAME=VALUE`: the scheme that every wallet knows (12.1.1).
pub(super) fn link(parameter: &str, value: &str) -> String {
    // Spaces as %20: a plus sign is a space to forms only.
    let value = byte_serialize(value.as_bytes()).collect::<String>().replace('+', "%20");
    format!("openid-credential-offer://?{parameter}={value}")
}
