//! The Key Binding JWT (RFC 9901 4.3, 7.3 step 5).

use serde_json::{Map, Value};

use super::presentation::Expected;
use crate::credential::sd_jwt::digest::digest;
use crate::credential::sd_jwt::{SdJwt, numeric_date};
use crate::crypto::hash::HashAlg;
use crate::crypto::p256::PublicKey;
use crate::error::{Code, Result};
use crate::jose::jws::Jws;
use crate::json;
use crate::limits::{CLOCK_SKEW_SECONDS, KEY_BINDING_AGE_SECONDS};
use crate::time::UnixTime;

/// Checks the KB-JWT of a presentation whose credential was verified and says `device_key`.
///
/// # Errors
/// The codes `SdJwtKeyBinding…`; [`Code::JwsMalformed`] and those of strict JSON when it is not a JWT.
pub(super) fn check(
    key_binding: &str,
    sd_jwt: &SdJwt<'_>,
    alg: HashAlg,
    device_key: &PublicKey,
    expected: &Expected<'_>,
    at: UnixTime,
) -> Result<()> {
    let jws = Jws::parse(key_binding, "KB-JWT")?;
    if jws.header_text("typ") != Some("kb+jwt") {
        return Err(Code::SdJwtKeyBindingTypInvalid.at("typ"));
    }
    if !jws.is_es256() {
        return Err(Code::SdJwtKeyBindingAlgUnsupported.at("alg"));
    }
    let payload = jws.verify(device_key).ok_or_else(|| Code::SdJwtKeyBindingSignatureInvalid.error())?;
    let payload = json::parse_object(payload, "KB-JWT")?;
    check_time(&payload, at)?;
    let says = |name: &str, value: &str| payload.get(name).and_then(Value::as_str) == Some(value);
    if !says("aud", expected.audience) {
        return Err(Code::SdJwtKeyBindingAudienceInvalid.at("aud"));
    }
    if !says("nonce", expected.nonce) {
        return Err(Code::SdJwtKeyBindingNonceInvalid.at("nonce"));
    }
    if !says("sd_hash", &digest(alg, sd_jwt.hashed())) {
        return Err(Code::SdJwtKeyBindingHashInvalid.at("sd_hash"));
    }
    Ok(())
}

/// `iat` within the window, and `exp` and `nbf` where somebody wrote them (RFC 7519 4.1).
fn check_time(payload: &Map<String, Value>, at: UnixTime) -> Result<()> {
    let read = |name| numeric_date(payload, name).map_err(|_| Code::SdJwtKeyBindingTimeInvalid.at(name));
    let latest = at.plus(CLOCK_SKEW_SECONDS);
    let made = |issued: UnixTime| issued <= latest && issued >= at.plus(-KEY_BINDING_AGE_SECONDS);
    if !read("iat")?.is_some_and(made) {
        return Err(Code::SdJwtKeyBindingTimeInvalid.at("iat"));
    }
    if read("exp")?.is_some_and(|until| at >= until.plus(CLOCK_SKEW_SECONDS)) {
        return Err(Code::SdJwtKeyBindingTimeInvalid.at("exp"));
    }
    if read("nbf")?.is_some_and(|start| start > latest) {
        return Err(Code::SdJwtKeyBindingTimeInvalid.at("nbf"));
    }
    Ok(())
}
