//! The JSON forms of what the wallet holds and did; the same in every command.

use serde_json::{Value, json};
use wallet_core::credential::Lapse;
use wallet_core::platform::{KeyAuthentication, KeyLevel};
use wallet_core::present::PresentationRequest;
use wallet_core::present::dcql::{Candidate, CredentialAnswer, DisclosureOption};
use wallet_core::wallet::{CredentialEntry, Damage, KeyProtection, TopUp};
use wallet_core::{CredentialStatus, Localized, SharedBefore, SharedClaims};

pub(crate) use wallet_core::wallet::log::export::{
    disclosed as shared, document as history, party, path, registration,
};

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
        "reuse": entry.reuse.as_str(),
        "status": status(entry.status),
        "top_up": entry.top_up.iter().copied().map(TopUp::as_str).collect::<Vec<_>>(),
    })
}

/// What is known of whether a credential still counts.
pub(crate) fn status(status: CredentialStatus) -> Value {
    json!({
        "standing": status.standing.as_str(),
        "checked_at": status.checked_at,
        "outdated": status.outdated,
    })
}

/// How well a credential's keys are protected.
pub(crate) fn protection(protection: KeyProtection) -> Value {
    let authentication = match protection.authentication {
        KeyAuthentication::VaultOnly => json!("vault_only"),
        KeyAuthentication::Window { seconds } => json!({ "window_seconds": seconds }),
        KeyAuthentication::EachUse => json!("each_use"),
    };
    let level = match protection.level {
        KeyLevel::Software => "software",
        KeyLevel::TrustedEnvironment => "trusted_environment",
        KeyLevel::UnknownHardware => "unknown_hardware",
        KeyLevel::SecureElement => "secure_element",
    };
    json!({ "level": level, "authentication": authentication })
}

/// What a verifier has seen before: claims by name.
pub(crate) fn shared_before(before: &SharedBefore) -> Value {
    let one = |one: &SharedClaims| {
        let claims: Vec<Value> = one.claims.iter().map(path).collect();
        json!({ "type": one.type_id, "claims": claims })
    };
    let shared: Vec<Value> = before.shared.iter().map(one).collect();
    json!({ "times": before.times, "last_at": before.last_at, "shared": shared })
}

/// What is asked, and what could answer it.
pub(crate) fn queries(request: &PresentationRequest) -> Value {
    request.evaluation().answers().iter().map(|answer| query(request, answer)).collect()
}

fn query(request: &PresentationRequest, answer: &CredentialAnswer) -> Value {
    let candidates: Vec<Value> = answer.candidates().iter().map(candidate).collect();
    let lapsed = answer.lapsed().iter();
    let lapsed: Vec<Value> = lapsed
        .map(|(credential, lapse)| json!({ "credential": credential.to_string(), "why": why(*lapse) }))
        .collect();
    let query = answer.query();
    let claims: Vec<String> = query.claims().iter().map(|claim| claim.path().to_string()).collect();
    let beyond = query.claims().iter().filter(|claim| request.asks_for_more(query.id(), claim.path()));
    let beyond: Vec<String> = beyond.map(|claim| claim.path().to_string()).collect();
    json!({
        "id": query.id(),
        "format": query.format(),
        "types": query.meta().wanted().map(|(_, types)| types).unwrap_or_default(),
        "claims": claims,
        "beyond_registration": beyond,
        "multiple": query.multiple(),
        "candidates": candidates,
        "not_offered": lapsed,
    })
}

const fn why(lapse: Lapse) -> &'static str {
    match lapse {
        Lapse::Expired => "expired",
        Lapse::NotYetValid => "not_yet_valid",
        Lapse::Withdrawn => "withdrawn",
    }
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
