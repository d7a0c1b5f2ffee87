//! `history`

use serde_json::{Value, json};
use wallet_core::wallet::LoggedEntry;
use wallet_core::{HistoryEvent, Move, PastClaims, PastTransaction};

use super::Call;
use crate::wallet::exit::Failure;
use crate::wallet::json;
use crate::wallet::report::Report;
use crate::wallet::story::Story;

pub(super) async fn run(call: &Call) -> Result<Report, Failure> {
    let wallet = call.wallet().await?;
    let (history, imported) = (wallet.history().await?, wallet.imported_history().await?);
    let mut story = Story::new(&call.voice);
    for entry in &history.entries {
        story.logged(entry);
    }
    story.refusals(&history);
    story.imported(&imported);
    let entries: Vec<Value> = history.entries.iter().map(entry).collect();
    let refusals: Vec<Value> = history
        .unauthenticated_refusals
        .iter()
        .map(|(at, code)| json!({ "at": at, "code": number(*code) }))
        .collect();
    Ok(Report {
        json: json!({
            "entries": entries,
            "imported": imported.iter().map(past).collect::<Vec<_>>(),
            "unauthenticated_refusals": refusals,
            "older_unauthenticated_refusals": history.older_refusals,
        }),
        text: story.into_text(),
    })
}

fn number(code: u16) -> String {
    format!("WC-{code:04}")
}

/// An entry of another wallet's history, which this one did not verify.
fn past(one: &PastTransaction) -> Value {
    let claims = |list: &[PastClaims]| -> Vec<Value> {
        list.iter().map(|one| json!({ "type": one.type_id, "claims": one.claims })).collect()
    };
    json!({
        "identifier": one.identifier,
        "at": one.at,
        "kind": one.kind.name(),
        "completed": one.completed,
        "reason": one.reason,
        "party": { "name": one.party, "identifier": one.party_identifier },
        "requested": claims(&one.requested),
        "presented": claims(&one.presented),
        "credentials": one.credentials,
        "description": one.description,
    })
}

fn entry(logged: &LoggedEntry) -> Value {
    let mut value = match &logged.entry.event {
        HistoryEvent::Received { issuer, credentials } => json!({
            "event": "received", "issuer": json::party(issuer), "credentials": json::shared(credentials),
        }),
        HistoryEvent::NotReceived { issuer, code } => json!({
            "event": "not_received", "issuer": json::party(issuer), "code": code.map(number),
        }),
        HistoryEvent::Sending { verifier, asked, shared, encrypted } => json!({
            "event": "presented",
            "verifier": json::party(verifier),
            "asked": json::asked(asked),
            "shared": json::shared(shared),
            "encrypted": encrypted,
        }),
        HistoryEvent::Declined { verifier, asked } => json!({
            "event": "declined",
            "verifier": json::party(verifier),
            "asked": json::asked(asked),
        }),
        HistoryEvent::Refused { verifier, code } => json!({
            "event": "refused", "verifier": json::party(verifier), "code": number(*code),
        }),
        HistoryEvent::Moved { how, credentials, entries } => json!({
            "event": match how {
                Move::MigrationExported => "migration_exported",
                Move::MigrationImported => "migration_imported",
                Move::BackedUp => "backed_up",
                Move::Restored => "restored",
                _ => "other",
            },
            "credentials": credentials,
            "entries": entries,
        }),
        _ => json!({ "event": "other" }),
    };
    if let Some(object) = value.as_object_mut() {
        object.insert("number".to_owned(), logged.number.into());
        object.insert("at".to_owned(), logged.entry.at.into());
        if let Some(outcome) = logged.outcome {
            object.insert("outcome".to_owned(), json::outcome(outcome));
        }
    }
    value
}
