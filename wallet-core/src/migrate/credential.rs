//! `CredentialInfo` (TS10 3.19.1): what is needed to ask for a credential again, and nothing that it says.

use serde_json::{Value, json};

use super::fields::{self, invalid};
use crate::credential::Format;
use crate::error::Result;
use crate::vault::moved::{Reissue, ReissueReason};

/// `format` of TS10 3.19.1.
const FORMATS: [&str; 4] = ["jwt_vc_json", "ldp_vc", "mso_mdoc", "dc+sd-jwt"];

/// Whether TS10 knows a format.
pub(super) fn is_format(format: &str) -> bool {
    FORMATS.contains(&format)
}

/// Reads one, for a wallet that gets it now.
///
/// # Errors
/// [`crate::Code::MigrationInvalid`] or [`crate::Code::BackupTooLarge`] at the member that is wrong.
pub(super) fn read(value: &Value, now: i64) -> Result<Reissue> {
    let object = fields::object(value, "listOfCredentials")?;
    let format = fields::required(object, "format")?;
    if !is_format(&format) {
        return Err(invalid("format"));
    }
    fields::identifier(object, "issuerIdentifier")?;
    Ok(Reissue {
        format,
        type_id: fields::required(object, "credentialIdentifier")?,
        issuer_name: fields::name(object, "issuerName")?,
        issuer: fields::address(object, "supplyPointURL")?,
        since: now,
        reason: ReissueReason::Moved,
    })
}

/// Writes one. What this wallet does not know of an issuer (its number in a register, its kind unless it issues PIDs) is
/// left out rather than made up.
pub(super) fn write(reissue: &Reissue) -> Value {
    let mut info = json!({
        "credentialIdentifier": reissue.type_id,
        "format": reissue.format,
        "meta": meta(reissue),
        "issuerIdentifier": [{ "type": "credential_issuer", "identifier": reissue.issuer }],
        "issuerName": { "lang": "und", "content": reissue.issuer_name },
        "supplyPointURL": reissue.issuer,
    });
    if let (true, Some(object)) = (is_pid(&reissue.type_id), info.as_object_mut()) {
        object.insert("issuerType".to_owned(), "PIDProvider".into());
    }
    info
}

/// `meta` of the class `Credential` (TS5 2.4.5), as OpenID4VP 1.0 appendix B has it.
fn meta(reissue: &Reissue) -> Value {
    match Format::from_identifier(&reissue.format) {
        Some(Format::MsoMdoc) => json!({ "doctype_value": reissue.type_id }),
        Some(Format::DcSdJwt) => json!({ "vct_values": [reissue.type_id] }),
        None => json!({}),
    }
}

/// The types of the PID Rulebook, national ones included (`urn:eudi:pid:de:1`).
fn is_pid(type_id: &str) -> bool {
    type_id == "eu.europa.ec.eudi.pid.1" || type_id.starts_with("urn:eudi:pid:")
}
