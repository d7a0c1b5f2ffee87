//! The JSON forms of what the wallet holds and did; the same in every command.

use serde_json::{Value, json};
use wallet_core::credential::CredentialId;
use wallet_core::credential::path::{ClaimLocation, Step};
use wallet_core::present::dcql::{Candidate, CredentialAnswer, DisclosureOption, Evaluation};
use wallet_core::wallet::{CredentialEntry, Damage};
use wallet_core::{Asked, Disclosed, Localized, Outcome, Party, Verification};

/// A party and how it was verified.
pub(crate) fn party(party: &Party) -> Value {
    let verification = match &party.verification {
        Verification::TrustList { side, source } => {
            json!({ "verified": true, "side": side.as_str(), "source": source })
        }
        _ => json!({ "verified": false }),
    };
    json!({ "name": party.name, "identifier": party.identifier, "verification": verification })
}

/// A location as the claims path pointer of OpenID4VP writes it.
pub(crate) fn path(location: &ClaimLocation) -> Value {
    let step = |step: &Step| match step {
        Step::Key(key) => Value::from(key.as_str()),
        Step::Index(index) => Value::from(*index),
    };
    location.0.iter().map(step).collect()
}

/// Names by language; the key is empty where the issuer names no language.
pub(crate) fn names(names: &[Localized]) -> Value {
    names
        .iter()
        .map(|name| (name.locale.clone(), Value::from(name.text.as_str())))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// What is damaged, and whose it is where that is known.
pub(crate) fn damage(damage: &Damage) -> Value {
    json!({
        "part": damage.part.name(),
        "code": damage.code.to_string(),
        "credential": damage.credential.map(|id| id.to_string()),
    })
}

/// An entry of the list.
pub(crate) fn credential(entry: &CredentialEntry) -> Value {
    json!({
        "id": entry.id.to_string(),
        "format": entry.format.identifier(),
        "type": entry.type_id,
        "names": names(&entry.names),
        "issuer": party(&entry.issuer),
        "issued_together": entry.issued_together.to_string(),
        "received_at": entry.received_at,
        "valid_from": entry.valid_from,
        "valid_until": entry.valid_until,
        "copies": entry.copies,
        "fresh_copies": entry.fresh_copies,
    })
}

/// What was asked, by query.
pub(crate) fn asked(asked: &[Asked]) -> Value {
    let one = |one: &Asked| json!({ "query": one.query, "types": one.types, "claims": one.claims });
    asked.iter().map(one).collect()
}

/// What was shared: claims by name, never by value.
pub(crate) fn shared(shared: &[Disclosed]) -> Value {
    let one = |one: &Disclosed| {
        let claims: Vec<Value> = one.claims.iter().map(path).collect();
        json!({ "credential": CredentialId(one.credential).to_string(), "type": one.type_id, "claims": claims })
    };
    shared.iter().map(one).collect()
}

/// How a presentation ended.
pub(crate) fn outcome(outcome: Outcome) -> Value {
    match outcome {
        Outcome::Sent { status } => json!({ "state": "sent", "http_status": status }),
        Outcome::Refused { status } => json!({ "state": "refused", "http_status": status }),
        Outcome::Unknown => json!({ "state": "unknown" }),
        Outcome::NotSent { code } => json!({ "state": "not_sent", "code": format!("WC-{code:04}") }),
    }
}

/// What is asked, and what could answer it.
pub(crate) fn queries(evaluation: &Evaluation) -> Value {
    evaluation.answers().iter().map(query).collect()
}

fn query(answer: &CredentialAnswer) -> Value {
    let candidates: Vec<Value> = answer.candidates().iter().map(candidate).collect();
    let query = answer.query();
    let claims: Vec<String> = query.claims().iter().map(|claim| claim.path().to_string()).collect();
    json!({
        "id": query.id(),
        "format": query.format(),
        "types": query.meta().wanted().map(|(_, types)| types).unwrap_or_default(),
        "claims": claims,
        "multiple": query.multiple(),
        "candidates": candidates,
    })
}

fn candidate(candidate: &Candidate) -> Value {
    let options: Vec<Value> = candidate.options().map(option).collect();
    json!({
        "credential": candidate.credential().to_string(),
        "type": candidate.kind().type_identifier,
        "options": options,
        "least": candidate.least(),
    })
}

fn option(option: DisclosureOption<'_>) -> Value {
    let claims: Vec<Value> = option.disclosed().map(path).collect();
    let besides: Vec<Value> = option.revealed_besides().map(path).collect();
    json!({ "claims": claims, "also_visible": besides })
}
