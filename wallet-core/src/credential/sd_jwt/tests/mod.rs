//! Tests that take the whole of the format.

pub(crate) mod fixture;
mod processing;
mod published;
mod received;
mod stored;

use serde_json::Value;

use super::*;
use crate::crypto::p256::PublicKey;
use crate::error::Result;
use crate::time::UnixTime;

/// A credential verified with a bare key: for those whose chain is not at hand.
fn receive(compact: &str, key: &PublicKey, at: UnixTime) -> Result<VerifiedSdJwt> {
    let sd_jwt = SdJwt::parse(compact)?;
    let checked = sd_jwt.check(key, at, Leniency::default())?;
    VerifiedSdJwt::new(&sd_jwt, checked)
}

/// The claims that a verifier would see in a presentation.
fn seen(presentation: &str, key: &PublicKey, at: UnixTime) -> Value {
    let checked = SdJwt::parse(presentation).unwrap().check(key, at, Leniency::default()).unwrap();
    Value::Object(checked.processed.claims)
}
