//! What the European verifier shows to say what it is registered to ask for: a registration certificate (ETSI TS 119 475;
//! EU-40, EU-41) of the test PKI's registrar, made for each request. A test, or somebody who wants to see what a wallet
//! says, may ask for one that is wrong.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};
use wallet_core::asn1::Certificate;
use wallet_core::jose::jws;
use wallet_core::time::UnixTime;
use wallet_core::trust::Side;

use super::queries::BuiltIn;
use crate::pki::Signer;
use crate::words::{Language, text};

/// How long a registration lasts.
const DAYS: i64 = 90;
const DAY: i64 = 86_400;

/// What the verifier is registered for, in one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Registration {
    /// For all that its own queries ask, and this request.
    #[default]
    Fitting,
    /// For the first claim of each credential that this request asks for, so that it asks for more with every other.
    Narrow,
    /// As fitting, and expired.
    Expired,
    /// It shows none.
    Absent,
}

impl Registration {
    /// Every one, the usual first.
    pub const ALL: [Self; 4] = [Self::Fitting, Self::Narrow, Self::Expired, Self::Absent];

    /// Its name, on the command line and in the JSON API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Fitting => "fitting",
            Self::Narrow => "narrow",
            Self::Expired => "expired",
            Self::Absent => "absent",
        }
    }

    /// By its name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }

    /// The certificate for whoever has this access certificate, to ask this; `None` when none is shown.
    pub(super) fn certificate(
        self,
        registrar: &Signer,
        access: &Certificate,
        asked: &Value,
        url: &str,
        now: UnixTime,
    ) -> Option<String> {
        let (credentials, until) = match self {
            Self::Absent => return None,
            Self::Narrow => (narrow(asked), now.plus(DAYS * DAY)),
            Self::Fitting => (fitting(asked), now.plus(DAYS * DAY)),
            Self::Expired => (fitting(asked), now.plus(-DAY)),
        };
        let in_both = |key: &str| -> Value {
            Language::ALL.iter().map(|one| json!({ "lang": one.tag(), "value": text(key, *one) })).collect()
        };
        let payload = json!({
            "sub": access.subject().registered_identifier(),
            "name": access.display_name(),
            "sub_ln": access.display_name(),
            "country": access.subject().country(),
            "entitlements": ["https://uri.etsi.org/19475/Entitlement/Service_Provider"],
            "purpose": in_both("registration.purpose"),
            "srv_description": in_both("registration.service"),
            "intended_use_id": "check-in",
            "privacy_policy": "https://airline.example/privacy",
            "support_uri": "https://airline.example/support",
            "info_uri": url,
            "registry_uri": "https://registrar.example/",
            "supervisory_authority": {
                "name": "Demo Data Protection Authority",
                "email": "contact@dpa.example",
                "phone": "+32 2 555 01 00",
                "uri": "https://dpa.example/",
            },
            "credentials": credentials,
            "iat": now.plus(-2 * DAY).0,
            "exp": until.0,
            "status": { "status_list": { "idx": 97, "uri": "https://registrar.example/status/1" } },
        });
        let header = [
            ("typ".to_owned(), Value::from("rc-wrp+jwt")),
            ("x5c".to_owned(), json!([STANDARD.encode(registrar.certificate.der())])),
        ];
        let unsigned = jws::Unsigned::new(header.into_iter().collect(), &payload);
        let signature = registrar.key.sign(unsigned.signing_input());
        Some(unsigned.finish(&signature))
    }
}

/// What the verifier's own queries ask for, and this one.
fn fitting(asked: &Value) -> Value {
    let own = BuiltIn::of(Side::Eu).iter().map(|query| query.dcql());
    own.chain([asked.clone()]).flat_map(|query| credentials(&query, usize::MAX)).collect()
}

fn narrow(asked: &Value) -> Value {
    credentials(asked, 1).into_iter().collect()
}

/// The credentials of a query, each with so many of its claims.
fn credentials(query: &Value, most: usize) -> Vec<Value> {
    let list = |value: Option<&Value>| value.and_then(Value::as_array).cloned().unwrap_or_default();
    let registered = |credential: &Value| {
        let path = |claim: &Value| Some(json!({ "path": claim.get("path")? }));
        let claims: Vec<Value> = list(credential.get("claims")).iter().filter_map(path).take(most).collect();
        let mut entry = Map::new();
        for member in ["format", "meta"] {
            entry.insert(member.to_owned(), credential.get(member).cloned().unwrap_or_default());
        }
        entry.insert("claim".to_owned(), claims.into());
        Value::Object(entry)
    };
    list(query.get("credentials")).iter().map(registered).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back_as_they_went() {
        for one in Registration::ALL {
            assert_eq!(Registration::from_name(one.name()), Some(one));
        }
        assert_eq!(Registration::from_name("wide"), None);
    }

    #[test]
    fn what_is_asked_is_registered_by_its_own_names() {
        let asked = BuiltIn::EuPidSdJwt.dcql();
        let [entry] = &credentials(&asked, 1)[..] else { panic!("one credential") };
        assert_eq!(entry["claim"], json!([{ "path": ["family_name"] }]));
        assert_eq!(entry["meta"], asked["credentials"][0]["meta"]);
        assert_eq!(credentials(&asked, usize::MAX)[0]["claim"].as_array().map(Vec::len), Some(2));
    }
}
