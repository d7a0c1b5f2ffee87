//! Credential Issuer Metadata (OpenID4VCI 1.0 section 12.2), as far as the pre-authorized flow needs it.

use serde_json::{Map, Value};

use super::reuse_policy;
use crate::credential::Format;
use crate::error::{Code, Result};
use crate::http::{self, Http};
use crate::limits;
use crate::vault::model::Localized;
use crate::vault::reuse::ReusePolicy;

/// What an issuer says about itself.
pub(crate) struct IssuerMetadata {
    pub(super) authorization_servers: Vec<String>,
    pub(super) credential_endpoint: String,
    pub(super) nonce_endpoint: Option<String>,
    pub(super) notification_endpoint: Option<String>,
    /// The most proofs in one request; 1 where the issuer knows no batches.
    pub(super) batch_size: usize,
    /// The issuer's names for people, by language.
    pub(crate) names: Vec<Localized>,
    configurations: Map<String, Value>,
}

/// One entry of `credential_configurations_supported` that this wallet can receive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Configuration {
    pub(crate) id: String,
    pub(crate) format: Format,
    /// `doctype` or `vct`.
    pub(crate) type_id: String,
    /// The credential's names for people, by language.
    pub(crate) names: Vec<Localized>,
    /// How often the issuer allows a copy to be shown.
    pub(crate) reuse: ReusePolicy,
}

/// Fetches and checks the metadata of an issuer.
///
/// # Errors
/// [`Code::IssuerMetadataInvalid`], [`Code::IssuerIdentifierMismatch`], and those of fetching.
pub(crate) async fn fetch(credential_issuer: &str, http: &Http) -> Result<IssuerMetadata> {
    let url = well_known(credential_issuer, "openid-credential-issuer", http)?;
    let response = http.get(&url, "application/json", limits::METADATA, "issuer metadata").await?;
    let object = http::json_object(&response, "issuer metadata")?;
    IssuerMetadata::from_json(credential_issuer, &object, http)
}

/// The URL of a well-known document: the path component of the identifier follows the well-known name (12.2.2).
///
/// # Errors
/// [`Code::OfferInvalid`] when the identifier has a query or fragment; [`Code::NotHttps`], [`Code::UrlInvalid`].
pub(super) fn well_known(identifier: &str, name: &str, http: &Http) -> Result<String> {
    let mut url = http.check_url(identifier, "credential_issuer")?;
    if url.query().is_some() || url.fragment().is_some() {
        return Err(Code::OfferInvalid.at("credential_issuer"));
    }
    let path = url.path().trim_end_matches('/').to_owned();
    url.set_path(&format!("/.well-known/{name}{path}"));
    Ok(url.into())
}

impl IssuerMetadata {
    fn from_json(credential_issuer: &str, object: &Map<String, Value>, http: &Http) -> Result<Self> {
        let invalid = |place| Code::IssuerMetadataInvalid.at(place);
        // Simple string comparison, as 12.2.4 wants it.
        if object.get("credential_issuer").and_then(Value::as_str) != Some(credential_issuer) {
            return Err(Code::IssuerIdentifierMismatch.error());
        }
        let endpoint = |name: &'static str| -> Result<Option<String>> {
            let Some(value) = object.get(name) else { return Ok(None) };
            let url = value.as_str().ok_or_else(|| invalid(name))?;
            http.check_url(url, name)?;
            Ok(Some(url.to_owned()))
        };
        let servers = object.get("authorization_servers").map_or(Some(Vec::new()), string_list);
        let batch_size = match object.get("batch_credential_issuance") {
            None => 1,
            Some(batch) => batch
                .get("batch_size")
                .and_then(Value::as_u64)
                .and_then(|size| usize::try_from(size).ok())
                .filter(|size| *size >= 1)
                .ok_or_else(|| invalid("batch_size"))?,
        };
        let encryption_required = |name: &str| {
            object.get(name).and_then(|e| e.get("encryption_required")) == Some(&Value::Bool(true))
        };
        if encryption_required("credential_response_encryption")
            || encryption_required("credential_request_encryption")
        {
            return Err(Code::ResponseEncryptionUnsupported.error());
        }
        let configurations = object.get("credential_configurations_supported").and_then(Value::as_object);
        Ok(Self {
            authorization_servers: servers.ok_or_else(|| invalid("authorization_servers"))?,
            credential_endpoint: endpoint("credential_endpoint")?
                .ok_or_else(|| invalid("credential_endpoint"))?,
            nonce_endpoint: endpoint("nonce_endpoint")?,
            notification_endpoint: endpoint("notification_endpoint")?,
            batch_size,
            names: names(object.get("display")),
            configurations: configurations
                .ok_or_else(|| invalid("credential_configurations_supported"))?
                .clone(),
        })
    }

    /// One configuration, by the id that the offer names.
    ///
    /// # Errors
    /// [`Code::ConfigurationUnknown`]; [`Code::ConfigurationUnsupported`] for formats, binding methods or proofs that
    /// this wallet does not know.
    pub(crate) fn configuration(&self, id: &str) -> Result<Configuration> {
        let entry = self.configurations.get(id).ok_or_else(|| Code::ConfigurationUnknown.error())?;
        let unsupported = |place| Code::ConfigurationUnsupported.at(place);
        let text = |name: &str| entry.get(name).and_then(Value::as_str);
        let format = text("format").and_then(Format::from_identifier).ok_or_else(|| unsupported("format"))?;
        let type_member = match format {
            Format::MsoMdoc => "doctype",
            Format::DcSdJwt => "vct",
        };
        let type_id = text(type_member).ok_or_else(|| unsupported("type"))?;
        let methods = entry.get("cryptographic_binding_methods_supported").and_then(string_list);
        let method_known =
            |methods: &Vec<String>| methods.iter().any(|method| method == "jwk" || method == "cose_key");
        if !methods.as_ref().is_some_and(method_known) {
            return Err(unsupported("cryptographic_binding_methods_supported"));
        }
        let proof = entry.get("proof_types_supported").and_then(|types| types.get("jwt"));
        let algorithms =
            proof.and_then(|jwt| jwt.get("proof_signing_alg_values_supported")).and_then(string_list);
        if !algorithms.is_some_and(|algorithms| algorithms.iter().any(|alg| alg == "ES256")) {
            return Err(unsupported("proof_types_supported"));
        }
        if proof.is_some_and(|jwt| jwt.get("key_attestations_required").is_some()) {
            return Err(unsupported("key_attestations_required"));
        }
        // Drafts had `display` beside the format; 1.0 has it under `credential_metadata`.
        let metadata = entry.get("credential_metadata");
        let display = metadata.and_then(|metadata| metadata.get("display")).or_else(|| entry.get("display"));
        Ok(Configuration {
            id: id.to_owned(),
            format,
            type_id: type_id.to_owned(),
            names: names(display),
            reuse: reuse_policy::read(metadata),
        })
    }
}

fn names(display: Option<&Value>) -> Vec<Localized> {
    let entries = display.and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let localized = |entry: &Value| {
        let text = |name: &str| entry.get(name).and_then(Value::as_str).unwrap_or_default();
        // Text from outside goes on screens: bounded, and without control characters that could reorder a line.
        let name: String = text("name").chars().filter(|c| !is_unprintable(*c)).take(100).collect();
        let locale = text("locale").chars().take(35).collect();
        (!name.is_empty()).then_some(Localized { locale, text: name })
    };
    entries.iter().take(64).filter_map(localized).collect()
}

fn is_unprintable(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn string_list(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(|entry| entry.as_str().map(str::to_owned)).collect()
}
