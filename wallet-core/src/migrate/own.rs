//! This wallet's credentials and history in the terms of TS10.

use serde_json::Value;

use crate::credential::path::{ClaimLocation, Step};
use crate::vault::history::{Asked, Chained, Disclosed, HistoryEntry, HistoryEvent, Move, Outcome, Party};
use crate::vault::model::StoredCredential;
use crate::vault::moved::{PastClaims, PastTransaction, Reissue, ReissueReason, TransactionKind};

/// Where to ask for a credential again.
pub(crate) fn reissue(credential: &StoredCredential, since: i64, reason: ReissueReason) -> Reissue {
    let issuer = &credential.issuer;
    // The verified name comes first; the issuer's own word serves where its certificate names nobody.
    let own = || credential.issuer_names.first().map(|name| name.text.clone()).unwrap_or_default();
    Reissue {
        format: credential.format.identifier().to_owned(),
        type_id: credential.type_id.clone(),
        issuer_name: if issuer.name.is_empty() { own() } else { issuer.name.clone() },
        issuer: issuer.identifier.clone(),
        since,
        reason,
    }
}

/// The history, each answer with its end. `source` makes the identifiers of one wallet differ from those of another.
pub(super) fn transactions(history: &[Chained], source: &str) -> Vec<PastTransaction> {
    let entries = || history.iter().filter_map(|one| Some((one.number, one.entry.as_ref()?)));
    let ends: std::collections::HashMap<u64, Outcome> = entries()
        .filter_map(|(_, entry)| match entry.event {
            HistoryEvent::Outcome { of, outcome } => Some((of, outcome)),
            _ => None,
        })
        .collect();
    let one = |(number, entry): (u64, &HistoryEntry)| {
        let outcome = ends.get(&number).copied().unwrap_or(Outcome::Unknown);
        let identifier = format!("{source}-{number}");
        transaction(identifier, entry.at, &entry.event, outcome)
    };
    entries().filter_map(one).collect()
}

/// A refusal of somebody who is not known: time and code.
pub(super) fn refusal(at: i64, code: u16, source: &str, number: usize) -> PastTransaction {
    let mut refused = blank(format!("{source}-r{number}"), at, TransactionKind::Other);
    refused.completed = false;
    refused.description = vec![format!("A request from an unknown sender was refused (WC-{code:04}).")];
    refused
}

fn transaction(
    identifier: String,
    at: i64,
    event: &HistoryEvent,
    outcome: Outcome,
) -> Option<PastTransaction> {
    let new = |kind| blank(identifier.clone(), at, kind);
    let presentation = |verifier: &Party, asked: &[Asked]| PastTransaction {
        requested: asked.iter().flat_map(requested).collect(),
        ..new(TransactionKind::Presentation).with(verifier)
    };
    Some(match event {
        HistoryEvent::Received { issuer, credentials } => PastTransaction {
            credentials: credentials.iter().map(|one| one.type_id.clone()).collect(),
            ..new(TransactionKind::CredentialIssuance).with(issuer)
        },
        HistoryEvent::NotReceived { issuer, code } => {
            new(TransactionKind::CredentialIssuance).with(issuer).failed(reason(*code))
        }
        HistoryEvent::Sending { verifier, asked, shared, .. } => {
            let shown = PastTransaction {
                presented: shared.iter().map(presented).collect(),
                ..presentation(verifier, asked)
            };
            match outcome {
                Outcome::Sent { .. } => shown,
                Outcome::Refused { status } => shown.failed(format!("HTTP {status}")),
                Outcome::Unknown => shown.failed("unknown".to_owned()),
                Outcome::NotSent { code } => {
                    PastTransaction { presented: Vec::new(), ..shown }.failed(reason(Some(code)))
                }
            }
        }
        HistoryEvent::Declined { verifier, asked, .. } => presentation(verifier, asked).failed(reason(None)),
        HistoryEvent::Refused { verifier, code } => presentation(verifier, &[]).failed(reason(Some(*code))),
        HistoryEvent::CredentialDeleted { issuer, type_id, .. } => PastTransaction {
            credentials: vec![type_id.clone()],
            ..new(TransactionKind::CredentialDeletion).with(issuer)
        },
        HistoryEvent::EntriesDeleted { count, .. } => PastTransaction {
            description: vec![format!("Entries of this history that the user deleted: {count}.")],
            ..new(TransactionKind::Other)
        },
        HistoryEvent::Moved { how, .. } => {
            PastTransaction { description: vec![described(*how).to_owned()], ..new(TransactionKind::Other) }
        }
        HistoryEvent::Outcome { .. } => return None,
    })
}

fn blank(identifier: String, at: i64, kind: TransactionKind) -> PastTransaction {
    PastTransaction {
        identifier,
        at,
        kind,
        completed: true,
        reason: None,
        party: String::new(),
        party_identifier: String::new(),
        requested: Vec::new(),
        presented: Vec::new(),
        credentials: Vec::new(),
        description: Vec::new(),
    }
}

impl PastTransaction {
    fn with(self, party: &Party) -> Self {
        Self { party: party.name.clone(), party_identifier: party.identifier.clone(), ..self }
    }

    fn failed(self, reason: String) -> Self {
        Self { completed: false, reason: Some(reason), ..self }
    }
}

/// `reasonOfNoncompletion`: a code that can be looked up, or that the citizen said no.
fn reason(code: Option<u16>) -> String {
    code.map_or_else(|| "declined".to_owned(), |code| format!("WC-{code:04}"))
}

/// For the other wallet's reader; TS10 3.15 leaves the text to us.
fn described(how: Move) -> &'static str {
    match how {
        Move::MigrationExported => "A file for moving to another wallet was made.",
        Move::MigrationImported => "The file of another wallet was taken over.",
        Move::BackedUp => "A backup was made.",
        Move::Restored => "The wallet was restored from a backup.",
    }
}

/// A query that accepts several types asked for its claims in any of them.
fn requested(asked: &Asked) -> impl Iterator<Item = PastClaims> + '_ {
    asked.types.iter().map(|type_id| PastClaims { type_id: type_id.clone(), claims: asked.claims.clone() })
}

fn presented(shared: &Disclosed) -> PastClaims {
    PastClaims { type_id: shared.type_id.clone(), claims: shared.claims.iter().map(pointer).collect() }
}

/// A member by its name, as the examples of TS10 do; anything deeper as a claims path pointer in JSON.
fn pointer(location: &ClaimLocation) -> String {
    if let [Step::Key(name)] = location.0.as_slice() {
        return name.clone();
    }
    let step = |step: &Step| match step {
        Step::Key(key) => Value::from(key.as_str()),
        Step::Index(index) => Value::from(*index),
    };
    location.0.iter().map(step).collect::<Value>().to_string()
}
