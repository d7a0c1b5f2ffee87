//! The credentials that can be had, and what the metadata says about each (OpenID4VCI 1.0 12.2.4).

use serde_json::{Map, Value, json};
use wallet_core::credential::Format;
use wallet_core::trust::Side;

use super::claims::{mdl, person, pid};
use crate::words::{self, Language};

/// A Credential Configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Configuration {
    /// Person identification data of the EU as an SD-JWT VC.
    PidSdJwt,
    /// Person identification data of the EU as an mdoc.
    PidMdoc,
    /// The driving licence of a Canadian province, an mdoc.
    Mdl,
    /// The Person credential of a Canadian province, an SD-JWT VC.
    Person,
}

impl Configuration {
    /// Those of a side.
    #[must_use]
    pub const fn of(side: Side) -> [Self; 2] {
        match side {
            Side::Eu => [Self::PidSdJwt, Self::PidMdoc],
            Side::Ca => [Self::Mdl, Self::Person],
        }
    }

    /// `credential_configuration_id`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::PidSdJwt => "pid-sd-jwt",
            Self::PidMdoc => "pid-mdoc",
            Self::Mdl => "mdl",
            Self::Person => "person",
        }
    }

    /// By `credential_configuration_id`, among those of a side.
    #[must_use]
    pub fn from_id(id: &str, side: Side) -> Option<Self> {
        Self::of(side).into_iter().find(|configuration| configuration.id() == id)
    }

    /// The format.
    #[must_use]
    pub const fn format(self) -> Format {
        match self {
            Self::PidSdJwt | Self::Person => Format::DcSdJwt,
            Self::PidMdoc | Self::Mdl => Format::MsoMdoc,
        }
    }

    /// The doctype or vct.
    #[must_use]
    pub const fn type_id(self) -> &'static str {
        match self {
            Self::PidSdJwt => pid::VCT,
            Self::PidMdoc => pid::DOCTYPE,
            Self::Mdl => mdl::DOCTYPE,
            Self::Person => person::VCT,
        }
    }

    /// The credential's name for people.
    #[must_use]
    pub fn name(self, language: Language) -> String {
        words::text(&format!("configuration.{}", self.id()), language)
    }

    /// Its entry in `credential_configurations_supported`.
    pub(super) fn metadata(self) -> Value {
        let mut entry = Map::new();
        let mut put = |name: &str, value: Value| entry.insert(name.to_owned(), value);
        put("format", self.format().identifier().into());
        match self.format() {
            Format::DcSdJwt => {
                put("vct", self.type_id().into());
                put("cryptographic_binding_methods_supported", json!(["jwk"]));
                put("credential_signing_alg_values_supported", json!(["ES256"]));
            }
            Format::MsoMdoc => {
                put("doctype", self.type_id().into());
                put("cryptographic_binding_methods_supported", json!(["cose_key", "jwk"]));
                // ES256, which on P-256 is ESP256 (appendix A.2.2).
                put("credential_signing_alg_values_supported", json!([-7, -9]));
            }
        }
        // HAIP 1.0 4.1: each configuration has a scope.
        put("scope", self.id().into());
        put("proof_types_supported", json!({ "jwt": { "proof_signing_alg_values_supported": ["ES256"] } }));
        let display = Language::ALL.map(|language| {
            json!({ "name": self.name(language), "locale": language.tag(), "text_color": "#FFFFFF",
                "background_color": self.colour() })
        });
        put("credential_metadata", json!({ "display": display }));
        Value::Object(entry)
    }

    const fn colour(self) -> &'static str {
        match self {
            Self::PidSdJwt | Self::PidMdoc => "#1E3C7A",
            Self::Mdl => "#7A2E30",
            Self::Person => "#234F1E",
        }
    }
}
