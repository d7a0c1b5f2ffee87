//! The Credential Request and its answer (OpenID4VCI 1.0 sections 7 and 8), and the proofs in it (appendix F.1).

use serde_json::{Map, Value, json};

use super::metadata::{Configuration, IssuerMetadata};
use super::token::Token;
use crate::credential::Format;
use crate::error::{Code, Result, WalletError};
use crate::http::{self, Http, JSON};
use crate::jose::{base64url, jwk, jws};
use crate::json;
use crate::keys::{NewKey, Session};
use crate::limits;
use crate::platform::HttpResponse;
use crate::time::UnixTime;

/// `typ` of a proof of possession.
const PROOF_TYP: &str = "openid4vci-proof+jwt";

/// What the issuer answered: the copies as they came, and the handle for a notification.
pub(super) struct CredentialResponse {
    /// Bytes of each copy: the text of an SD-JWT, the decoded IssuerSigned of an mdoc.
    pub(super) copies: Vec<Vec<u8>>,
    pub(super) notification_id: Option<String>,
}

/// Gets a `c_nonce`, where the issuer has a nonce endpoint.
///
/// # Errors
/// [`Code::NonceResponseInvalid`], and those of the network.
pub(super) async fn nonce(metadata: &IssuerMetadata, http: &Http) -> Result<Option<String>> {
    let Some(endpoint) = &metadata.nonce_endpoint else { return Ok(None) };
    let response = http.post_form(endpoint, &[], JSON, limits::SMALL_ANSWER, "nonce endpoint").await?;
    let object = http::json_object(&response, "nonce response")?;
    let nonce = object.get("c_nonce").and_then(Value::as_str).filter(|nonce| !nonce.is_empty());
    nonce.map(|nonce| Some(nonce.to_owned())).ok_or_else(|| Code::NonceResponseInvalid.at("c_nonce"))
}

/// One proof for each key, all with the same nonce: a batch.
///
/// # Errors
/// Those of the secure area.
pub(super) async fn proofs(
    keys: &[NewKey],
    credential_issuer: &str,
    nonce: Option<&str>,
    session: &Session,
    at: UnixTime,
) -> Result<Vec<String>> {
    let mut proofs = Vec::with_capacity(keys.len());
    for key in keys {
        let mut header = Map::new();
        header.insert("typ".to_owned(), Value::from(PROOF_TYP));
        header.insert("jwk".to_owned(), jwk::public_members(&key.public));
        let mut payload = json!({ "aud": credential_issuer, "iat": at.0 });
        if let (Some(nonce), Some(object)) = (nonce, payload.as_object_mut()) {
            object.insert("nonce".to_owned(), Value::from(nonce));
        }
        let unsigned = jws::Unsigned::new(header, &payload);
        let signature = session.sign(key.id, unsigned.signing_input().to_vec()).await?;
        proofs.push(unsigned.finish(&signature));
    }
    Ok(proofs)
}

/// Asks for one credential in as many copies as there are proofs.
///
/// # Errors
/// [`Code::IssuerRefused`], [`Code::DeferredUnsupported`], [`Code::CredentialResponseInvalid`],
/// [`Code::CopyCountWrong`], and those of the network.
pub(super) async fn request(
    metadata: &IssuerMetadata,
    token: &Token,
    configuration: &Configuration,
    proofs: &[String],
    http: &Http,
) -> Result<CredentialResponse> {
    let (member, value) = token.request_member(&configuration.id);
    let body = json!({ member: value, "proofs": { "jwt": proofs } });
    let response = http
        .post_json(
            &metadata.credential_endpoint,
            Some(&token.access_token),
            &body,
            limits::CREDENTIAL_RESPONSE,
            "credential endpoint",
        )
        .await?;
    match response.status {
        200 => {}
        202 => return Err(Code::DeferredUnsupported.error()),
        400..=499 => return Err(refusal(&response)),
        status => return Err(Code::HttpStatus.at("credential endpoint").with_http_status(status)),
    }
    let object = json::parse_object(&response.body, "credential response")?;
    CredentialResponse::from_json(&object, configuration.format, proofs.len())
}

/// Refusals by their OAuth error code; the description is text from outside and stays there.
fn refusal(response: &HttpResponse) -> WalletError {
    const KNOWN: [&str; 7] = [
        "invalid_credential_request",
        "unknown_credential_configuration",
        "unknown_credential_identifier",
        "invalid_proof",
        "invalid_nonce",
        "invalid_encryption_parameters",
        "credential_request_denied",
    ];
    let object = json::parse_object(&response.body, "credential error").ok();
    let error = object.as_ref().and_then(|object| object.get("error")).and_then(Value::as_str);
    let known = KNOWN.into_iter().find(|known| error == Some(known));
    Code::IssuerRefused.at(known.unwrap_or("credential endpoint")).with_http_status(response.status)
}

impl CredentialResponse {
    fn from_json(object: &Map<String, Value>, format: Format, asked: usize) -> Result<Self> {
        let invalid = |place| Code::CredentialResponseInvalid.at(place);
        let credentials = object.get("credentials").and_then(Value::as_array);
        let credentials = credentials.ok_or_else(|| invalid("credentials"))?;
        // An issuer may give fewer copies than were asked for, never more (section 8.3).
        if credentials.is_empty() || credentials.len() > asked {
            return Err(Code::CopyCountWrong.error());
        }
        let copy = |entry: &Value| {
            let text = entry.get("credential").and_then(Value::as_str);
            let text = text.ok_or_else(|| invalid("credential"))?;
            match format {
                Format::DcSdJwt => Ok(text.as_bytes().to_vec()),
                Format::MsoMdoc => base64url::decode(text, "credential").map_err(|_| invalid("credential")),
            }
        };
        let notification_id = object.get("notification_id").and_then(Value::as_str).map(str::to_owned);
        Ok(Self { copies: credentials.iter().map(copy).collect::<Result<_>>()?, notification_id })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(value: &Value, format: Format) -> Result<CredentialResponse> {
        CredentialResponse::from_json(value.as_object().unwrap(), format, 2)
    }

    fn code(value: &Value, format: Format) -> Option<Code> {
        read(value, format).err().map(|e| e.code())
    }

    #[test]
    fn eu_55_fewer_copies_are_allowed_more_are_not() {
        let one = json!({ "credential": "AAAA" });
        let with = |count: usize| json!({ "credentials": vec![one.clone(); count] });
        assert_eq!(read(&with(1), Format::MsoMdoc).unwrap().copies, [vec![0, 0, 0]]);
        assert_eq!(read(&with(2), Format::DcSdJwt).unwrap().copies.len(), 2);
        assert_eq!(code(&with(0), Format::DcSdJwt), Some(Code::CopyCountWrong));
        assert_eq!(code(&with(3), Format::DcSdJwt), Some(Code::CopyCountWrong));
    }

    #[test]
    fn the_form_is_checked() {
        for bad in [json!({}), json!({ "credentials": {} }), json!({ "credentials": [{ "credential": 1 }] })]
        {
            assert_eq!(code(&bad, Format::DcSdJwt), Some(Code::CredentialResponseInvalid));
        }
        let padded = json!({ "credentials": [{ "credential": "AA==" }] });
        assert_eq!(code(&padded, Format::MsoMdoc), Some(Code::CredentialResponseInvalid));
    }
}
