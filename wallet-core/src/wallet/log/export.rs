//! The history in JSON (ARF DASH_06a, DASH_07): for the citizen's own use, and the one form of an entry wherever it
//! leaves the wallet. It holds names of claims, never their values (DASH_03a).
//!
//! ```json
//! { "format": "wallet-core-history", "version": 1, "whole": true,
//!   "entries": [ … ],
//!   "imported": [ … ],
//!   "unauthenticated_refusals": [ { "at": 0, "time": "…", "code": "WC-2012" } ],
//!   "older_unauthenticated_refusals": 0 }
//! ```
//!
//! `whole` is false when the chain over the entries is broken: some are missing.
//!
//! Each entry has `number` (from 1; missing ones were deleted), `at` (seconds since 1970), `time` (the same, RFC 3339 in
//! UTC) and `event`, and with it:
//!
//! | `event` | members |
//! | --- | --- |
//! | `received` | `issuer`, `credentials` |
//! | `not_received` | `issuer`, `code` (null: the citizen said no) |
//! | `presented` | `verifier`, `registration`, `asked`, `shared`, `encrypted`, `outcome` |
//! | `declined` | `verifier`, `registration`, `asked`, `outcome` |
//! | `refused` | `verifier`, `code` |
//! | `credential_deleted` | `issuer`, `credential`, `type` |
//! | `entries_deleted` | `numbers` (pairs of first and last), `count` |
//! | `migration_exported`, `migration_imported`, `backed_up`, `restored` | `credentials`, `entries` (how many of each) |
//!
//! A party is `{ name, identifier, verification: { verified, side, source } }`, without the last two when it was not
//! verified. Of `credentials` and `shared` each is `{ credential, type, claims }`, a claim being a path of names and
//! indices; of `asked` each is `{ query, types, claims, beyond_registration }`, a claim being such a path as text.
//! `registration` is what the verifier is registered for: null where it said nothing about that, `{ valid: false, code }`
//! where that did not pass, else `{ valid: true, name, … }` with the members of its certificate. An `outcome` is `{ state:
//! sent | refused | unknown | not_sent }`, with `http_status` or `code`. A `code` is that of an error of the wallet.
//!
//! What is under `imported` is what other wallets said of themselves (EUDI TS10); this one verified none of it. Readers
//! ignore members and events that they do not know.

use serde_json::{Map, Value, json};

use super::{History, LoggedEntry, UnauthenticatedRefusal};
use crate::credential::path::{ClaimLocation, Step};
use crate::time::UnixTime;
use crate::vault::history::{
    Asked, Disclosed, HistoryEvent, NumberRange, Outcome, Party, Registration, RegistrationStatus,
    Verification,
};
use crate::vault::model::Localized;
use crate::vault::moved::{PastClaims, PastTransaction};

/// The whole history as one document, and what came from other wallets with it.
#[must_use]
pub fn document(history: &History, imported: &[PastTransaction]) -> Value {
    let refusal = |UnauthenticatedRefusal { at, code: of }: &UnauthenticatedRefusal| {
        let mut refusal = moment(*at);
        refusal.insert("code".to_owned(), code(*of).into());
        Value::Object(refusal)
    };
    json!({
        "format": "wallet-core-history",
        "version": 1,
        "whole": history.is_whole,
        "entries": history.entries.iter().map(entry).collect::<Vec<_>>(),
        "imported": imported.iter().map(past).collect::<Vec<_>>(),
        "unauthenticated_refusals": history.unauthenticated_refusals.iter().map(refusal).collect::<Vec<_>>(),
        "older_unauthenticated_refusals": history.older_refusals,
    })
}

/// One entry.
#[must_use]
pub fn entry(logged: &LoggedEntry) -> Value {
    let mut object = moment(logged.entry.at);
    object.insert("number".to_owned(), logged.number.into());
    let (name, members) = event(&logged.entry.event);
    object.insert("event".to_owned(), name.into());
    if let Value::Object(members) = members {
        object.extend(members);
    }
    if let Some(ended) = logged.outcome {
        object.insert("outcome".to_owned(), outcome(ended));
    }
    Value::Object(object)
}

fn event(event: &HistoryEvent) -> (&'static str, Value) {
    match event {
        HistoryEvent::Received { issuer, credentials } => {
            ("received", json!({ "issuer": party(issuer), "credentials": disclosed(credentials) }))
        }
        HistoryEvent::NotReceived { issuer, code: of } => {
            ("not_received", json!({ "issuer": party(issuer), "code": of.map(code) }))
        }
        HistoryEvent::Sending { verifier, asked: wanted, shared, encrypted, registration: registered } => (
            "presented",
            json!({
                "verifier": party(verifier),
                "registration": registered.as_ref().map(registration),
                "asked": asked(wanted),
                "shared": disclosed(shared),
                "encrypted": encrypted,
            }),
        ),
        HistoryEvent::Declined { verifier, asked: wanted, registration: registered } => (
            "declined",
            json!({
                "verifier": party(verifier),
                "registration": registered.as_ref().map(registration),
                "asked": asked(wanted),
            }),
        ),
        HistoryEvent::Refused { verifier, code: of } => {
            ("refused", json!({ "verifier": party(verifier), "code": code(*of) }))
        }
        HistoryEvent::CredentialDeleted { issuer, credential, type_id } => {
            let credential = credential.to_string();
            (
                "credential_deleted",
                json!({ "issuer": party(issuer), "credential": credential, "type": type_id }),
            )
        }
        HistoryEvent::EntriesDeleted { numbers, count } => {
            let pair = |range: &NumberRange| json!([range.first, range.last]);
            let numbers: Vec<Value> = numbers.iter().map(pair).collect();
            ("entries_deleted", json!({ "numbers": numbers, "count": count }))
        }
        HistoryEvent::Moved { how, credentials, entries } => {
            (how.as_str(), json!({ "credentials": credentials, "entries": entries }))
        }
        // It stands with the answer that it belongs to.
        HistoryEvent::Outcome { outcome: ended, .. } => ("outcome", json!({ "outcome": outcome(*ended) })),
    }
}

/// An entry of another wallet's history, which this one did not verify.
fn past(one: &PastTransaction) -> Value {
    let claims = |list: &[PastClaims]| -> Vec<Value> {
        list.iter().map(|one| json!({ "type": one.type_id, "claims": one.claims })).collect()
    };
    let mut object = moment(one.at);
    if let Value::Object(members) = json!({
        "identifier": one.identifier,
        "kind": one.kind.name(),
        "completed": one.completed,
        "reason": one.reason,
        "party": { "name": one.party, "identifier": one.party_identifier },
        "requested": claims(&one.requested),
        "presented": claims(&one.presented),
        "credentials": one.credentials,
        "description": one.description,
    }) {
        object.extend(members);
    }
    Value::Object(object)
}

/// A party and how it was verified.
#[must_use]
pub fn party(party: &Party) -> Value {
    let verification = match &party.verification {
        Verification::TrustList { side, source } => {
            json!({ "verified": true, "side": side.as_str(), "source": source })
        }
        Verification::Unverified => json!({ "verified": false }),
    };
    json!({ "name": party.name, "identifier": party.identifier, "verification": verification })
}

/// What a verifier is registered for.
#[must_use]
pub fn registration(registration: &Registration) -> Value {
    let details = match registration {
        Registration::Valid { details } => details,
        Registration::Invalid { code: of } => return json!({ "valid": false, "code": code(*of) }),
    };
    let texts = |texts: &[Localized]| -> Value {
        texts.iter().map(|one| json!({ "lang": one.locale, "value": one.text })).collect()
    };
    let authority = details
        .supervisory_authority
        .as_ref()
        .map(|one| json!({ "name": one.name, "email": one.email, "phone": one.phone, "uri": one.uri }));
    json!({
        "valid": true,
        "name": details.name,
        "sub": details.identifier,
        "country": details.country,
        "intermediary": details.intermediary,
        "purpose": texts(&details.purposes),
        "srv_description": texts(&details.service_descriptions),
        "intended_use_id": details.intended_use_id,
        "privacy_policy": details.privacy_policy,
        "support_uri": details.support_uri,
        "info_uri": details.info_uri,
        "registry_uri": details.registry_uri,
        "supervisory_authority": authority,
        "registrar": details.registrar,
        "status": match details.status { RegistrationStatus::NotChecked => "not_checked" },
    })
}

/// What was asked, by query.
#[must_use]
pub fn asked(asked: &[Asked]) -> Value {
    let one = |one: &Asked| {
        json!({
            "query": one.query,
            "types": one.types,
            "claims": one.claims,
            "beyond_registration": one.beyond_registration,
        })
    };
    asked.iter().map(one).collect()
}

/// Credentials and claims of them, by name.
#[must_use]
pub fn disclosed(disclosed: &[Disclosed]) -> Value {
    let one = |one: &Disclosed| {
        let claims: Vec<Value> = one.claims.iter().map(path).collect();
        json!({ "credential": one.credential.to_string(), "type": one.type_id, "claims": claims })
    };
    disclosed.iter().map(one).collect()
}

/// A location as the claims path pointer of OpenID4VP writes it.
#[must_use]
pub fn path(location: &ClaimLocation) -> Value {
    let step = |step: &Step| match step {
        Step::Key(key) => Value::from(key.as_str()),
        Step::Index(index) => Value::from(*index),
    };
    location.0.iter().map(step).collect()
}

/// How an answer ended.
fn outcome(outcome: Outcome) -> Value {
    match outcome {
        Outcome::Sent { status } => json!({ "state": "sent", "http_status": status }),
        Outcome::Refused { status } => json!({ "state": "refused", "http_status": status }),
        Outcome::Unknown => json!({ "state": "unknown" }),
        Outcome::NotSent { code: of } => json!({ "state": "not_sent", "code": code(of) }),
    }
}

/// An error's code, of this or another version of the wallet.
fn code(number: u16) -> String {
    format!("WC-{number:04}")
}

fn moment(at: i64) -> Map<String, Value> {
    let mut object = Map::new();
    object.insert("at".to_owned(), at.into());
    object.insert("time".to_owned(), UnixTime(at).to_tdate().into());
    object
}
