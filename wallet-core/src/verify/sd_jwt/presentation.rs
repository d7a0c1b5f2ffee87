//! The whole check, and what it gives.

use serde_json::Value;

use super::key_binding;
use crate::credential::sd_jwt::{Leniency, SdJwt, Validity};
use crate::crypto::p256::PublicKey;
use crate::error::{Code, Result};
use crate::time::UnixTime;
use crate::trust::status::StatusReference;
use crate::trust::{Anchors, Channel, PathProfile, Role, TrustedChain};

/// What the verifier asked for.
#[derive(Debug, Clone, Copy)]
pub struct Expected<'a> {
    /// The verifier's full client identifier; over the DC API `origin:` and the origin (OpenID4VP 1.0 B.3.6).
    pub audience: &'a str,
    /// The `nonce` of the request.
    pub nonce: &'a str,
    /// The types that were asked for (`vct_values`); the credential must say that it is of one of them.
    pub vct_values: &'a [&'a str],
    /// What the verifier's profile lets pass.
    pub leniency: Leniency,
}

/// A presentation that passed every check. Only [`verify`] makes it. It has no `Debug`: it holds claims.
pub struct VerifiedPresentation {
    issuer: TrustedChain,
    types: Vec<String>,
    claims: Value,
    validity: Validity,
    device_key: PublicKey,
}

/// Verifies a presentation as the holder sent it.
///
/// Key binding is always required: HAIP 1.0 6.1 knows no presentation without. Whether the credential was revoked is
/// not looked up here; [`VerifiedPresentation::status`] says where, and no holder can have hidden it.
///
/// # Errors
/// [`Code::SdJwtKeyBindingMissing`]; [`Code::ChainLengthInvalid`] and the codes of [`Anchors::authenticate`];
/// those of [`SdJwt::verify`] for the credential; [`Code::SdJwtVctMismatch`] when it is of no type that was asked
/// for; [`Code::SdJwtKeyBindingTypInvalid`], [`Code::SdJwtKeyBindingAlgUnsupported`],
/// [`Code::SdJwtKeyBindingSignatureInvalid`], [`Code::SdJwtKeyBindingTimeInvalid`],
/// [`Code::SdJwtKeyBindingAudienceInvalid`], [`Code::SdJwtKeyBindingNonceInvalid`] and
/// [`Code::SdJwtKeyBindingHashInvalid`] for its KB-JWT.
pub fn verify(
    presentation: &str,
    expected: &Expected<'_>,
    anchors: &Anchors,
    channel: Channel,
    at: UnixTime,
) -> Result<VerifiedPresentation> {
    let sd_jwt = SdJwt::parse(presentation)?;
    let key_binding = sd_jwt.key_binding().ok_or_else(|| Code::SdJwtKeyBindingMissing.error())?;
    let issuer =
        anchors.authenticate(&sd_jwt.chain()?, PathProfile::SdJwtIssuer, Role::Issuer, channel, at)?;
    let checked = sd_jwt.check_with_issuer(&issuer, at, expected.leniency)?;
    let registered = checked.registered;
    if !registered.types.iter().any(|vct| expected.vct_values.contains(&vct.as_str())) {
        return Err(Code::SdJwtVctMismatch.at("vct_values"));
    }
    key_binding::check(key_binding, &sd_jwt, checked.processed.alg, &registered.device_key, expected, at)?;
    Ok(VerifiedPresentation {
        issuer,
        types: registered.types,
        claims: Value::Object(checked.processed.claims),
        validity: registered.validity,
        device_key: registered.device_key,
    })
}

impl VerifiedPresentation {
    /// Who issued the credential.
    #[must_use]
    pub fn issuer(&self) -> &TrustedChain {
        &self.issuer
    }

    /// `vct`: its type.
    #[must_use]
    pub fn vct(&self) -> &str {
        self.types.first().map_or("", String::as_str)
    }

    /// The processed payload: what was disclosed, and what always is.
    #[must_use]
    pub fn claims(&self) -> &Value {
        &self.claims
    }

    /// Where its issuer says whether it still counts; `None` when it names no status list. Nothing was looked up.
    ///
    /// # Errors
    /// [`Code::StatusReferenceMalformed`].
    pub fn status(&self) -> Result<Option<StatusReference>> {
        self.claims.as_object().map_or(Ok(None), StatusReference::from_claims)
    }

    /// When the credential may be used.
    #[must_use]
    pub fn validity(&self) -> Validity {
        self.validity
    }

    /// The key that signed this presentation.
    #[must_use]
    pub fn device_key(&self) -> &PublicKey {
        &self.device_key
    }
}
