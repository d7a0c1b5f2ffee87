//! What others say about the verifier (`verifier_info`, OpenID4VP 1.0 5.1 and 5.11; EU-10).

use serde_json::Value;

use super::authenticate::Authenticated;
use crate::error::{Code, Result};
use crate::profile::ClientIdPrefix;

/// The format of a registration certificate (EU-40).
const REGISTRATION_CERTIFICATE: &str = "registration_cert";

/// A non-empty array of objects with a format. Formats that nobody knows are no error.
///
/// # Errors
/// [`Code::RequestMalformed`].
pub(super) fn check(request: &Authenticated) -> Result<()> {
    let Some(info) = request.parameters.get("verifier_info") else { return Ok(()) };
    let well_formed =
        |entry: &Value| entry.get("format").is_some_and(Value::is_string) && entry.get("data").is_some();
    match info.as_array() {
        Some(entries) if !entries.is_empty() && entries.iter().all(well_formed) => Ok(()),
        _ => Err(Code::RequestMalformed.at("verifier_info")),
    }
}

/// The registration certificate, where the request has one: exactly one, for the whole request, of a verifier that is
/// named by its access certificate (EU-40).
///
/// # Errors
/// [`Code::RegistrationMisplaced`] when one of these is not so; [`Code::RegistrationMalformed`] when it is no text.
pub(super) fn registration_certificate(request: &Authenticated) -> Result<Option<&str>> {
    let entries = request.parameters.get("verifier_info").and_then(Value::as_array).into_iter().flatten();
    let is_one =
        |entry: &&Value| entry.get("format").and_then(Value::as_str) == Some(REGISTRATION_CERTIFICATE);
    let mut certificates = entries.filter(is_one);
    let Some(entry) = certificates.next() else { return Ok(None) };
    if certificates.next().is_some() {
        return Err(Code::RegistrationMisplaced.at("verifier_info"));
    }
    if entry.get("credential_ids").is_some() {
        return Err(Code::RegistrationMisplaced.at("credential_ids"));
    }
    if request.client_id.prefix != ClientIdPrefix::X509Hash {
        return Err(Code::RegistrationMisplaced.at("client_id"));
    }
    let data = entry.get("data").and_then(Value::as_str);
    data.map(Some).ok_or_else(|| Code::RegistrationMalformed.at("data"))
}
