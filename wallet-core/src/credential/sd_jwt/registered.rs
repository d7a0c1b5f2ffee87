//! The registered claims that make an SD-JWT a credential (SD-JWT VC 2.2.2.2; HAIP 1.0 6.1).

use serde_json::{Map, Value};

use crate::credential::path::{ClaimLocation, Step};
use crate::crypto::p256::PublicKey;
use crate::error::{Code, Result};
use crate::jose::jwk::Jwk;
use crate::limits::CLOCK_SKEW_SECONDS;
use crate::time::UnixTime;

use super::process::conveys_digests;

/// Claims that decide whether a credential is genuine and valid: in clear, with everything inside them.
///
/// `aka_vcts` came with later drafts of SD-JWT VC; a draft-13 credential does not have it.
const NEVER_HIDDEN: [&str; 8] = ["iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "aka_vcts", "status"];

/// Claims about the credential, not about its subject, besides [`NEVER_HIDDEN`].
const ABOUT_THE_CREDENTIAL: [&str; 3] = ["iat", "jti", "aud"];

/// When a credential may be used, as its issuer wrote it; the clock skew is not part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    /// `iat`: when it was issued.
    pub issued_at: Option<UnixTime>,
    /// `nbf`: the first moment at which it is valid.
    pub not_before: Option<UnixTime>,
    /// `exp`: the first moment at which it is not valid any more.
    pub until: Option<UnixTime>,
}

impl Validity {
    /// Reads `iat`, `nbf` and `exp`.
    ///
    /// # Errors
    /// [`Code::SdJwtMalformed`] when one of them is not a number.
    pub(crate) fn read(claims: &Map<String, Value>) -> Result<Self> {
        Ok(Self {
            issued_at: numeric_date(claims, "iat")?,
            not_before: numeric_date(claims, "nbf")?,
            until: numeric_date(claims, "exp")?,
        })
    }

    /// Whether it holds at a time, with the skew that clocks are allowed.
    ///
    /// # Errors
    /// [`Code::SdJwtExpired`]; [`Code::SdJwtNotYetValid`], also when it was issued in the future.
    pub fn check(&self, at: UnixTime) -> Result<()> {
        if self.until.is_some_and(|until| at >= until.plus(CLOCK_SKEW_SECONDS)) {
            return Err(Code::SdJwtExpired.at("exp"));
        }
        let latest = at.plus(CLOCK_SKEW_SECONDS);
        if self.not_before.is_some_and(|start| start > latest) {
            return Err(Code::SdJwtNotYetValid.at("nbf"));
        }
        if self.issued_at.is_some_and(|issued| issued > latest) {
            return Err(Code::SdJwtNotYetValid.at("iat"));
        }
        Ok(())
    }
}

/// The registered claims of one credential.
pub(crate) struct Registered {
    /// `vct`, then `aka_vcts`.
    pub(crate) types: Vec<String>,
    /// `iss`.
    pub(crate) issuer: Option<String>,
    /// `iat`, `nbf`, `exp`.
    pub(crate) validity: Validity,
    /// `cnf.jwk`.
    pub(crate) device_key: PublicKey,
}

impl Registered {
    /// Reads them from the processed payload.
    ///
    /// # Errors
    /// [`Code::SdJwtVctMismatch`] when the credential does not say its type; [`Code::SdJwtHolderKeyInvalid`] when
    /// `cnf` has no P-256 public key as `jwk`; [`Code::SdJwtMalformed`] for a claim of the wrong JSON type.
    pub(crate) fn read(claims: &Map<String, Value>) -> Result<Self> {
        let vct = claims.get("vct").and_then(Value::as_str).filter(|vct| !vct.is_empty());
        let mut types = vec![vct.ok_or_else(|| Code::SdJwtVctMismatch.at("vct"))?.to_owned()];
        if let Some(others) = claims.get("aka_vcts") {
            types.extend(other_types(others).ok_or_else(|| Code::SdJwtMalformed.at("aka_vcts"))?);
        }
        let issuer = match claims.get("iss") {
            None => None,
            Some(Value::String(issuer)) => Some(issuer.clone()),
            Some(_) => return Err(Code::SdJwtMalformed.at("iss")),
        };
        Ok(Self { types, issuer, validity: Validity::read(claims)?, device_key: device_key(claims)? })
    }
}

/// Refuses a credential in which a claim that decides over validity may be left out by who presents it.
///
/// # Errors
/// [`Code::SdJwtClaimMustNotBeHidden`], for digests inside such a claim, disclosed or not.
pub(crate) fn refuse_digests_inside(payload: &Map<String, Value>) -> Result<()> {
    for name in NEVER_HIDDEN {
        if payload.get(name).is_some_and(conveys_digests) {
            return Err(Code::SdJwtClaimMustNotBeHidden.at(name));
        }
    }
    Ok(())
}

/// The same for claims that are disclosures as a whole.
///
/// # Errors
/// [`Code::SdJwtClaimMustNotBeHidden`].
pub(crate) fn refuse_hidden(placed: &[ClaimLocation]) -> Result<()> {
    for location in placed {
        let Some(Step::Key(top)) = location.0.first() else { continue };
        if let Some(name) = NEVER_HIDDEN.into_iter().find(|name| name == top) {
            return Err(Code::SdJwtClaimMustNotBeHidden.at(name));
        }
    }
    Ok(())
}

/// Whether a claim says something about the credential rather than about the citizen.
pub(crate) fn is_technical(location: &ClaimLocation) -> bool {
    match location.0.first() {
        Some(Step::Key(top)) => {
            NEVER_HIDDEN.contains(&top.as_str()) || ABOUT_THE_CREDENTIAL.contains(&top.as_str())
        }
        _ => false,
    }
}

/// Whether a member of the payload says something about the credential rather than about the citizen.
#[cfg(feature = "issuer")]
pub(crate) fn is_technical_name(name: &str) -> bool {
    is_technical(&ClaimLocation::keys([name]))
}

/// A `NumericDate` (RFC 7519 2): a number of seconds, of which a fraction is dropped.
pub(crate) fn numeric_date(claims: &Map<String, Value>, name: &'static str) -> Result<Option<UnixTime>> {
    let Some(value) = claims.get(name) else { return Ok(None) };
    let whole = value.as_i64();
    // A conversion that is out of range stays at the end of time.
    #[allow(clippy::cast_possible_truncation)]
    let seconds = whole.or_else(|| value.as_f64().map(|seconds| seconds.floor() as i64));
    seconds.map(|seconds| Some(UnixTime(seconds))).ok_or_else(|| Code::SdJwtMalformed.at(name))
}

fn other_types(value: &Value) -> Option<Vec<String>> {
    let list = value.as_array().filter(|list| !list.is_empty())?;
    list.iter().map(|entry| entry.as_str().map(str::to_owned)).collect()
}

/// `cnf.jwk` (RFC 7800 3.2). Other members beside it, such as `kid`, are of no concern: the key itself is there.
fn device_key(claims: &Map<String, Value>) -> Result<PublicKey> {
    let jwk = claims.get("cnf").and_then(|cnf| cnf.get("jwk"));
    let jwk = jwk.ok_or_else(|| Code::SdJwtHolderKeyInvalid.at("cnf"))?;
    Jwk::from_json(jwk).map(|jwk| jwk.key).map_err(|_| Code::SdJwtHolderKeyInvalid.at("jwk"))
}
