//! Judges an answer: every presentation by itself, then against what was asked of it, then all of them together
//! (OpenID4VP 1.0 8.6). One fault and nothing counts.
//!
//! - `presentation`: who issued it, and was it made for this request by who holds its key
//! - `claims`: what was asked is there, with values that will do, and nothing else
//! - `path`: the claims path pointer, as far as a verifier can follow it
//! - `sets`: the credentials together are what was asked for
//! - `status`: none of them was revoked or suspended

mod claims;
mod path;
mod presentation;
mod sets;
mod status;

use serde_json::{Map, Value};
use wallet_core::present::dcql::{CredentialQuery, Query};
use wallet_core::profile::Profile;
use wallet_core::time::UnixTime;
use wallet_core::trust::Anchors;
use wallet_core::{Code, WalletError};

use super::session::Session;
use super::verdict::VerdictError;
pub(super) use presentation::Presented;
pub(super) use status::Statuses;

/// What the judgement rests on.
pub(super) struct Judge<'a> {
    /// Whom the verifier trusts.
    pub(super) anchors: &'a Anchors,
    /// What its profile lets pass.
    pub(super) profile: &'static Profile,
    /// The time.
    pub(super) now: UnixTime,
}

/// Refuses queries that this verifier could ask but not judge.
pub(super) fn can_judge(query: &Query) -> Result<(), WalletError> {
    for one in query.credentials() {
        if !matches!(one.format(), "dc+sd-jwt" | "mso_mdoc") {
            return Err(Code::DcqlInvalid.at("format"));
        }
        // HAIP 1.0 6.1: no presentation without.
        if !one.require_cryptographic_holder_binding() {
            return Err(Code::DcqlInvalid.at("require_cryptographic_holder_binding"));
        }
    }
    Ok(())
}

/// Judges `vp_token`, but for what can only be looked up: [`Statuses::check`].
pub(super) fn judge(
    vp_token: &Value,
    session: &Session,
    judge: &Judge<'_>,
) -> Result<Vec<Presented>, VerdictError> {
    let malformed = || VerdictError::from(&Code::PresentationMalformed.at("vp_token"));
    let vp_token = vp_token.as_object().filter(|object| !object.is_empty()).ok_or_else(malformed)?;
    let mut credentials = Vec::new();
    // In the order of the query, whatever that of the answer.
    for query in session.asked.query.credentials() {
        let Some(presentations) = vp_token.get(query.id()) else { continue };
        let at = |error: WalletError| VerdictError::at(query.id(), &error);
        let presentations = presentations.as_array().filter(|list| !list.is_empty());
        let presentations = presentations.ok_or_else(|| at(Code::PresentationMalformed.at("vp_token")))?;
        if presentations.len() > 1 && !query.multiple() {
            return Err(at(Code::PresentationUnasked.at("multiple")));
        }
        for presentation in presentations {
            let text = presentation.as_str();
            let text = text.ok_or_else(|| at(Code::PresentationMalformed.at("presentation")))?;
            credentials.push(judge_one(text, query, session, judge).map_err(at)?);
        }
    }
    let answered: Vec<&str> = vp_token.keys().map(String::as_str).collect();
    sets::check(&answered, &session.asked.query).map_err(|error| VerdictError::from(&error))?;
    Ok(credentials)
}

fn judge_one(
    presentation: &str,
    query: &CredentialQuery,
    session: &Session,
    judge: &Judge<'_>,
) -> Result<Presented, WalletError> {
    let presented = presentation::verify(presentation, query, session, judge)?;
    let entry = entry(&session.asked.dcql, query.id());
    if !presentation::is_of_trusted_authority(&presented, entry) {
        return Err(Code::PresentationIncomplete.at("trusted_authorities"));
    }
    claims::check(&presented, query, entry)?;
    Ok(presented)
}

/// The credential query as it was sent: some of its rules are for the wallet's choosing, and read from here.
fn entry<'a>(dcql: &'a Value, id: &str) -> Option<&'a Map<String, Value>> {
    let entries = dcql.get("credentials")?.as_array()?;
    entries.iter().find(|entry| entry.get("id").and_then(Value::as_str) == Some(id))?.as_object()
}
