//! One presentation by itself: issuer, integrity, validity, type, and that it was made for this request by who holds the
//! key. The wallet core's checks; here they are given what was asked.

use serde_json::{Map, Value};
use wallet_core::credential::Format;
use wallet_core::credential::mdoc::SessionTranscript;
use wallet_core::credential::summary::extended_types;
use wallet_core::jose::{base64url, jwk};
use wallet_core::present::dcql::{CredentialQuery, Meta};
use wallet_core::trust::status::StatusReference;
use wallet_core::trust::{Channel, TrustedChain};
use wallet_core::{Code, Result, json, verify};

use super::super::session::Session;
use super::super::verdict::{PresentedCredential, seconds};
use super::Judge;

/// Claims about the credential, not about the person (SD-JWT VC 2.2.2.2).
const TECHNICAL: [&str; 10] =
    ["iss", "iat", "nbf", "exp", "cnf", "vct", "vct#integrity", "status", "aka_vcts", "jti"];

/// A presentation that holds by itself.
pub(in crate::verifier) struct Presented {
    pub(in crate::verifier) credential: PresentedCredential,
    pub(super) issuer: TrustedChain,
    /// What every presentation of the credential shows; `None` for an mdoc, which has nothing of the kind.
    pub(super) always_disclosed: Option<Value>,
    /// Where its issuer says whether it still counts.
    pub(super) status: Option<StatusReference>,
}

/// Verifies one presentation.
///
/// # Errors
/// Those of [`verify::sd_jwt::verify`] and [`verify::mdoc::verify`].
pub(super) fn verify(
    presentation: &str,
    query: &CredentialQuery,
    session: &Session,
    judge: &Judge<'_>,
) -> Result<Presented> {
    match query.meta() {
        Meta::DcSdJwt { vct_values } => sd_jwt(presentation, vct_values, query, session, judge),
        Meta::MsoMdoc { doctype_values } => mdoc(presentation, doctype_values, query, session, judge),
        Meta::Unsupported => Err(Code::DcqlInvalid.at("format")),
    }
}

fn sd_jwt(
    presentation: &str,
    vct_values: &[String],
    query: &CredentialQuery,
    session: &Session,
    judge: &Judge<'_>,
) -> Result<Presented> {
    let signed = signed_payload(presentation)?;
    let vct = signed.get("vct").and_then(Value::as_str).unwrap_or_default();
    let mut accepted: Vec<&str> = vct_values.iter().map(String::as_str).collect();
    // A type that extends one that was asked for will do (B.3.5); its signature is verified below.
    if extended_types(vct).iter().any(|extended| vct_values.contains(extended)) {
        accepted.push(vct);
    }
    let expected = verify::sd_jwt::Expected {
        audience: &session.asked.client_id,
        nonce: &session.asked.nonce,
        vct_values: &accepted,
        leniency: judge.profile.sd_jwt,
    };
    let (channel, now) = (Channel::OpenId4Vp, judge.now);
    let verified = verify::sd_jwt::verify(presentation, &expected, judge.anchors, channel, now)?;
    let mut claims = verified.claims().as_object().cloned().unwrap_or_default();
    TECHNICAL.iter().for_each(|name| _ = claims.remove(*name));
    let credential = PresentedCredential {
        id: query.id().to_owned(),
        format: Format::DcSdJwt,
        type_id: verified.vct().to_owned(),
        issuer: verified.issuer().leaf().display_name(),
        valid_until: seconds(verified.validity().until),
        claims,
    };
    Ok(Presented {
        credential,
        issuer: verified.issuer().clone(),
        always_disclosed: Some(Value::Object(signed)),
        status: verified.status()?,
    })
}

/// The payload of the issuer's JWT as it was signed: digests where claims are hidden.
fn signed_payload(presentation: &str) -> Result<Map<String, Value>> {
    let malformed = || Code::SdJwtMalformed.at("payload");
    let payload = presentation.split('.').nth(1).ok_or_else(malformed)?;
    json::parse_object(&base64url::decode(payload, "payload").map_err(|_| malformed())?, "payload")
}

fn mdoc(
    presentation: &str,
    doctype_values: &[String],
    query: &CredentialQuery,
    session: &Session,
    judge: &Judge<'_>,
) -> Result<Presented> {
    let device_response = base64url::decode(presentation, "presentation")
        .map_err(|_| Code::PresentationMalformed.at("presentation"))?;
    let thumbprint = session.asked.encryption_key.as_ref().map(|key| jwk::thumbprint(&key.public_key()));
    let transcript = SessionTranscript::openid4vp(
        &session.asked.client_id,
        &session.asked.nonce,
        thumbprint,
        &session.asked.response_uri,
    );
    let verified =
        verify::mdoc::verify(&device_response, &transcript, judge.anchors, Channel::OpenId4Vp, judge.now)?;
    let mdoc = verified.mdoc();
    if !doctype_values.iter().any(|doctype| doctype == mdoc.doc_type()) {
        return Err(Code::MdocDocTypeMismatch.at("doctype_value"));
    }
    let credential = PresentedCredential {
        id: query.id().to_owned(),
        format: Format::MsoMdoc,
        type_id: mdoc.doc_type().to_owned(),
        issuer: verified.issuer().leaf().display_name(),
        valid_until: Some(mdoc.validity().valid_until.0),
        claims: mdoc.claims().as_object().cloned().unwrap_or_default(),
    };
    let (issuer, status) = (verified.issuer().clone(), verified.status()?);
    Ok(Presented { credential, issuer, always_disclosed: None, status })
}

/// Whether the issuer is one of `trusted_authorities` (6.1.1): any value of any entry. Only `aki` can be judged here.
pub(super) fn is_of_trusted_authority(presented: &Presented, entry: Option<&Map<String, Value>>) -> bool {
    let Some(entries) = entry.and_then(|entry| entry.get("trusted_authorities")).and_then(Value::as_array)
    else {
        return true;
    };
    let wanted: Vec<Vec<u8>> = entries
        .iter()
        .filter(|entry| entry.get("type").and_then(Value::as_str) == Some("aki"))
        .filter_map(|entry| entry.get("values")?.as_array())
        .flatten()
        .filter_map(|value| base64url::decode(value.as_str()?, "aki").ok())
        .collect();
    presented.issuer.authority_key_ids().iter().any(|id| wanted.iter().any(|wanted| wanted == id))
}
