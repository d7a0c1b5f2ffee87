//! `MigrationData` of EUDI TS10, as it lies in a Migration Object.

use serde_json::json;
use url::Url;
use wallet_core::migrate::MigrationData;

use crate::fixture::NOW;
use crate::vectors::Vectors;

/// What is accepted is bounded and fit to be shown, leads nobody into the clear, and survives another move.
pub fn run(data: &[u8]) {
    let Ok(read) = MigrationData::parse(data, NOW.0) else { return };
    for one in &read.credentials {
        let url = Url::parse(&one.issuer).expect("an address");
        assert!(url.scheme() == "https" || url.scheme() == "http", "{}", one.issuer);
        assert!(url.username().is_empty() && url.password().is_none());
        for text in [&one.format, &one.type_id, &one.issuer_name, &one.issuer] {
            check_text(text);
        }
    }
    for one in &read.transactions {
        let claims = one.requested.iter().chain(&one.presented).flat_map(|one| &one.claims);
        let texts = [&one.identifier, &one.party, &one.party_identifier].into_iter();
        texts
            .chain(&one.reason)
            .chain(claims)
            .chain(&one.credentials)
            .chain(&one.description)
            .for_each(check_text);
    }
    let again = MigrationData::parse(read.to_json().as_bytes(), NOW.0).expect("data of our own");
    assert_eq!(again.credentials, read.credentials);
    assert_eq!(again.transactions.len(), read.transactions.len());
    // What one kind has no member for goes at the first move; nothing goes at the second.
    let third = MigrationData::parse(again.to_json().as_bytes(), NOW.0).expect("data of our own");
    assert_eq!(third.transactions, again.transactions);
}

// The kept text is as short as the text that was read, and cannot move a cursor.
fn check_text(text: &String) {
    assert!(text.len() <= wallet_core::limits::MIGRATION_TEXT && !text.chars().any(char::is_control));
}

/// Objects in the form of the examples of TS10, and of its table.
#[must_use]
pub fn seeds(_: &Vectors) -> Vec<Vec<u8>> {
    let claims =
        json!([{ "credentialIdentifier": "urn:eudi:pid:1", "claims": ["name", ["address", "locality"]] }]);
    let transaction = |kind: &str, member: &str, details: serde_json::Value| {
        json!({
            member: details,
            "transactionIdentifier": "1",
            "time": "2025-07-29T09:11:20",
            "transactionType": kind,
            "transactionResult": "NotCompleted",
        })
    };
    let party = json!({ "type": "http://data.europa.eu/eudi/id/EUID", "identifier": "PLKRS.1" });
    let log = json!([
        transaction("Presentation", "presentation", json!({
            "interactingPartyIdentifier": party,
            "interactingPartyName": [{ "lang": "pl", "content": "Urząd" }],
            "listOfClaimsRequested": claims,
            "listOfClaimsPresented": [],
            "reasonOfNoncompletion": "declined",
        })),
        transaction("CredentialIssuance", "credentialIssuance", json!({
            "interactingPartyName": "ABC", "credentialIdentifier": ["a"],
        })),
        transaction("CredentialDeletion", "credentialDeletion", json!({
            "credentialIdentifier": "a", "credentialIssuerName": { "lang": "en", "content": "ABC" },
        })),
        transaction("OtherTransaction", "otherTransaction", json!({ "description": "backup" })),
        {
            "interactingPartyName": "ABC Services",
            "listOfClaimsRequested": claims,
            "transactionIdentifier": "2",
            "time": "2025-07-29T09:11:20Z",
            "transactionType": "DataDeletionRequest",
            "transactionResult": "Completed",
        },
    ]);
    let credentials = json!([{
        "credentialIdentifier": "urn:eudi:pid:1",
        "format": "dc+sd-jwt",
        "issuerName": "ABC Issuer",
        "issuerIdentifier": [party],
        "issuerType": "PIDProvider",
        "supplyPointURL": "https://www.abcissuer.pl/supplypoint/",
    }]);
    let unbound = json!([{ "format": "mso_mdoc", "credential": "omppc3N1ZXJBdXRo" }]);
    let whole = json!({
        "transactionLog": log, "listOfCredentials": credentials, "nonDeviceBoundCredentials": unbound,
    });
    let empty = json!({ "transactionLog": [], "listOfCredentials": [] });
    [whole, empty].map(|value| value.to_string().into_bytes()).to_vec()
}
