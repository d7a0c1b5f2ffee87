//! `Transaction` (TS10 3.1 to 3.15): one entry of a history. Claims are named, never valued.

use serde_json::{Value, json};

use super::fields::{self, Object, invalid};
use crate::error::{Code, Result};
use crate::limits;
use crate::time::UnixTime;
use crate::vault::moved::{PastClaims, PastTransaction, TransactionKind};

/// How far ahead a transaction may lie, in seconds: its time has no zone.
const AHEAD: i64 = 86_400;

/// Reads one. The details stand in a member of their own (the table of TS10 3.1) or beside the rest (its example); members
/// that are none of ours are left where they are, `transactionalData` and pseudonyms among them.
///
/// # Errors
/// [`Code::MigrationInvalid`] or [`Code::BackupTooLarge`] at the member that is wrong.
pub(super) fn read(value: &Value, now: i64) -> Result<PastTransaction> {
    let object = fields::object(value, "transactionLog")?;
    let kind = fields::required(object, "transactionType")?;
    let kind = TransactionKind::from_name(&kind).ok_or_else(|| invalid("transactionType"))?;
    let completed = match fields::required(object, "transactionResult")?.as_str() {
        "Completed" => true,
        "NotCompleted" => false,
        _ => return Err(invalid("transactionResult")),
    };
    let at = time(&fields::required(object, "time")?)?;
    if at > now.saturating_add(AHEAD) {
        return Err(invalid("time"));
    }
    let details = match object.get(kind.member()) {
        Some(details) => fields::object(details, "transactionLog")?,
        None => object,
    };
    let (party, identifier) = match kind {
        TransactionKind::CredentialDeletion => ("credentialIssuerName", "credentialIssuerIdentifier"),
        TransactionKind::CertificateDeletion => ("certificateIssuerName", "certificateIssuerIdentifier"),
        TransactionKind::DpaReport => ("dpaName", "interactingPartyIdentifier"),
        _ => ("interactingPartyName", "interactingPartyIdentifier"),
    };
    let requested = match kind {
        TransactionKind::DataDeletionRequest => "listOfClaims",
        _ => "listOfClaimsRequested",
    };
    let reason = details.get("reasonOfNoncompletion");
    Ok(PastTransaction {
        identifier: fields::required(object, "transactionIdentifier")?,
        at,
        kind,
        completed,
        reason: reason.map(|reason| fields::text(reason, "reasonOfNoncompletion")).transpose()?,
        party: fields::name(details, party)?,
        party_identifier: fields::identifier(details, identifier)?,
        requested: claims(details, requested)?,
        presented: claims(details, "listOfClaimsPresented")?,
        credentials: fields::texts(details, "credentialIdentifier")?,
        description: fields::texts(details, "description")?,
    })
}

/// A list of `ClaimInfo` (TS10 3.19.2); none where the member is missing.
fn claims(details: &Object, member: &'static str) -> Result<Vec<PastClaims>> {
    if !details.contains_key(member) {
        return Ok(Vec::new());
    }
    let list = fields::list(details, member, limits::MIGRATION_NAMES)?;
    let mut names = 0;
    let mut read = |value: &Value| {
        let object = fields::object(value, member)?;
        let claims = fields::list(object, "claims", limits::MIGRATION_NAMES)?;
        names += claims.len();
        if names > limits::MIGRATION_NAMES {
            return Err(Code::BackupTooLarge.at(member));
        }
        Ok(PastClaims {
            type_id: fields::required(object, "credentialIdentifier")?,
            claims: claims.iter().map(claim).collect::<Result<_>>()?,
        })
    };
    list.iter().map(&mut read).collect()
}

/// The table has texts; a claims path pointer as OpenID4VP writes it is taken too, and kept as its JSON.
fn claim(value: &Value) -> Result<String> {
    match value {
        Value::Array(_) => fields::text(&Value::String(value.to_string()), "claims"),
        text => fields::text(text, "claims"),
    }
}

/// `YYYY-MM-DDTHH:mm:ss` (TS10 3.1). It has no zone: UTC is meant by this wallet, and read.
fn time(text: &str) -> Result<i64> {
    let zoned = if text.ends_with('Z') { text.to_owned() } else { format!("{text}Z") };
    UnixTime::from_tdate(&zoned, "time").map(|time| time.0).map_err(|_| invalid("time"))
}

/// Writes one. What this wallet does not know of a party (its registrar, its purposes, its supervisor) is left out rather
/// than made up.
pub(super) fn write(transaction: &PastTransaction) -> Value {
    let mut object = json!({
        "transactionIdentifier": transaction.identifier,
        "time": UnixTime(transaction.at).to_tdate().trim_end_matches('Z'),
        "transactionType": transaction.kind.name(),
        "transactionResult": if transaction.completed { "Completed" } else { "NotCompleted" },
    });
    if let Some(object) = object.as_object_mut() {
        object.insert(transaction.kind.member().to_owned(), details(transaction));
    }
    object
}

fn details(transaction: &PastTransaction) -> Value {
    let PastTransaction { party, party_identifier, credentials, requested, presented, .. } = transaction;
    let name = json!({ "lang": "und", "content": party });
    let mut details = match transaction.kind {
        TransactionKind::CredentialIssuance | TransactionKind::CredentialReissuance => json!({
            "interactingPartyName": name,
            "credentialNumberRequested": credentials.len(),
            "credentialNumberIssued": if transaction.completed { credentials.len() } else { 0 },
            "credentialIdentifier": credentials,
            "isUserTriggered": true,
        }),
        TransactionKind::CredentialDeletion => json!({ "credentialIssuerName": name }),
        TransactionKind::CertificateDeletion => json!({ "certificateIssuerName": name }),
        TransactionKind::DpaReport => json!({ "dpaName": name }),
        TransactionKind::DataDeletionRequest => json!({
            "interactingPartyName": name,
            "listOfClaims": claim_infos(requested),
        }),
        TransactionKind::Other => json!({ "description": transaction.description }),
        TransactionKind::Presentation => json!({
            "interactingPartyType": "ServiceProvider",
            "interactingPartyName": name,
            "listOfClaimsRequested": claim_infos(requested),
            "listOfClaimsPresented": claim_infos(presented),
        }),
        TransactionKind::W2wPresentation | TransactionKind::W2wPresentationRequest => json!({
            "listOfClaimsRequested": claim_infos(requested),
            "listOfClaimsPresented": claim_infos(presented),
        }),
        TransactionKind::PseudonymGeneration | TransactionKind::PseudonymDeletion => json!({}),
        _ => json!({ "interactingPartyName": name }),
    };
    let Some(object) = details.as_object_mut() else { return details };
    if let (TransactionKind::CredentialDeletion, Some(deleted)) = (transaction.kind, credentials.first()) {
        object.insert("credentialIdentifier".to_owned(), deleted.as_str().into());
    }
    if !party_identifier.is_empty() {
        let (member, scheme) = match transaction.kind {
            TransactionKind::CredentialDeletion => ("credentialIssuerIdentifier", "credential_issuer"),
            TransactionKind::CertificateDeletion => ("certificateIssuerIdentifier", "certificate_issuer"),
            TransactionKind::CredentialIssuance | TransactionKind::CredentialReissuance => {
                ("interactingPartyIdentifier", "credential_issuer")
            }
            _ => ("interactingPartyIdentifier", "client_id"),
        };
        object.insert(member.to_owned(), json!({ "type": scheme, "identifier": party_identifier }));
    }
    if let Some(reason) = &transaction.reason {
        object.insert("reasonOfNoncompletion".to_owned(), reason.as_str().into());
    }
    details
}

fn claim_infos(claims: &[PastClaims]) -> Value {
    let one = |one: &PastClaims| json!({ "credentialIdentifier": one.type_id, "claims": one.claims });
    claims.iter().map(one).collect()
}
