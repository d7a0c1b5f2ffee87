//! The checks of a registration certificate, in the order of EU-42.

use super::claims::Claims;
use super::scope::Scope;
use crate::asn1::{self, Certificate};
use crate::error::{Code, Result};
use crate::jose::jws::Jws;
use crate::json;
use crate::limits;
use crate::time::UnixTime;
use crate::trust::{Anchors, Channel, PathProfile, Role};
use crate::vault::history::RegistrationDetails;

/// `typ` of a registration certificate as JWT.
const TYP: &str = "rc-wrp+jwt";

/// A registration certificate that passed every check but that of its status. Only [`verify`] makes one.
#[derive(Debug, Clone)]
pub struct RegistrationCertificate {
    details: RegistrationDetails,
    scope: Scope,
}

impl RegistrationCertificate {
    /// What it says.
    #[must_use]
    pub fn details(&self) -> &RegistrationDetails {
        &self.details
    }

    /// What its holder may ask for.
    #[must_use]
    pub fn scope(&self) -> &Scope {
        &self.scope
    }
}

/// Verifies the registration certificate of whoever showed the access certificate `access`.
///
/// That it has a status is checked, the status itself is not: nothing is fetched before the citizen decides but the request,
/// and this wallet keeps no status lists yet. [`RegistrationDetails::status`] says so.
///
/// # Errors
/// - [`Code::RegistrationTooLarge`], [`Code::RegistrationTypInvalid`], [`Code::RegistrationSignatureInvalid`], and those
///   of a JWS and of a chain: it must lead to a registrar, not to who certifies verifiers;
/// - [`Code::RegistrationMalformed`];
/// - [`Code::RegistrationNotTheirs`] when neither `sub` nor the intermediary is the subject of the access certificate;
/// - [`Code::RegistrationExpired`], [`Code::RegistrationNotYetValid`];
/// - [`Code::RegistrationStatusMissing`].
pub fn verify(
    compact: &str,
    access: &Certificate,
    anchors: &Anchors,
    channel: Channel,
    at: UnixTime,
) -> Result<RegistrationCertificate> {
    if compact.len() > limits::REGISTRATION_CERTIFICATE {
        return Err(Code::RegistrationTooLarge.error());
    }
    let jws = Jws::parse(compact, "registration certificate")?;
    if jws.header_text("typ") != Some(TYP) {
        return Err(Code::RegistrationTypInvalid.at("typ"));
    }
    let ders = jws.x5c()?.ok_or_else(|| Code::ChainLengthInvalid.at("x5c"))?;
    let certificates = asn1::parse_chain(&ders)?;
    let (profile, role) = (PathProfile::RegistrationSigner, Role::Registrar);
    let chain = anchors.authenticate(&certificates, profile, role, channel, at)?;
    let payload = jws.verify(chain.leaf().public_key());
    let payload = payload.ok_or_else(|| Code::RegistrationSignatureInvalid.error())?;
    let payload = json::parse_object(payload, "registration certificate")?;

    let claims = Claims::read(&payload, chain.leaf().display_name())?;
    let asks = access.subject().registered_identifier();
    let named = [Some(claims.details.identifier.as_str()), claims.details.intermediary.as_deref()];
    if asks.is_none() || !named.contains(&asks) {
        return Err(Code::RegistrationNotTheirs.at("sub"));
    }
    claims.check_times(at)?;
    if !claims.has_status {
        return Err(Code::RegistrationStatusMissing.at("status"));
    }
    let Claims { details, scope, .. } = claims;
    Ok(RegistrationCertificate { details, scope })
}
