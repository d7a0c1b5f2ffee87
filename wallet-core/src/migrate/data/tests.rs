//! One thing wrong at a time, beside a twin that is right; and what is written is what is read.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::MigrationData;
use crate::error::Code;
use crate::limits;
use crate::vault::moved::{PastClaims, PastTransaction, Reissue, ReissueReason, TransactionKind};

const NOW: i64 = 1_795_341_600;

/// An object in the form of the examples of TS10 4.1 and 4.2.
fn example() -> Value {
    json!({
        "transactionLog": [{
            "interactingPartyIdentifier": { "type": "http://data.europa.eu/eudi/id/EUID", "identifier": "PLKRS.0000123456" },
            "interactingPartyType": "ServiceProvider",
            "interactingPartyName": "ABC Services",
            "isIntermediary": "FALSE",
            "purpose": [{ "lang": "pl-PL", "content": "Zamówienie" }],
            "listOfClaimsRequested": [{ "credentialIdentifier": "urn:eudi:pid:de:1", "claims": ["name", "address"] }],
            "listOfClaimsPresented": [{ "credentialIdentifier": "urn:eudi:pid:de:1", "claims": ["name"] }],
            "transactionalData": { "amount": "1000 EUR" },
            "transactionIdentifier": "346354209358604",
            "time": "2025-07-29T09:11:20",
            "transactionType": "Presentation",
            "transactionResult": "Completed",
        }],
        "listOfCredentials": [{
            "credentialIdentifier": "urn:eudi:pid:de:1",
            "format": "jwt_vc_json",
            "issuerName": "ABC Issuer",
            "issuerIdentifier": { "type": "http://data.europa.eu/eudi/id/EUID", "identifier": "PLKRS.0000999999" },
            "issuerType": "PIDProvider",
            "supplyPointURL": "https://www.abcissuer.pl/supplypoint/",
        }],
        "nonDeviceBoundCredentials": [{ "format": "dc+sd-jwt", "credential": "eyJhbGciOiAiRVMyNTYiLCAi" }],
    })
}

fn parse(value: &Value) -> crate::Result<MigrationData> {
    MigrationData::parse(value.to_string().as_bytes(), NOW)
}

/// What is refused, and where, once the value at a JSON pointer is another; `None` takes it away.
fn refusal(pointer: &str, value: Option<Value>) -> Option<(Code, Option<&'static str>)> {
    let mut object = example();
    let (parent, member) = pointer.rsplit_once('/').unwrap();
    let parent = object.pointer_mut(parent).unwrap();
    match value {
        Some(value) => parent[member] = value,
        None => drop(parent.as_object_mut().unwrap().remove(member).unwrap()),
    }
    parse(&object).err().map(|error| (error.code(), error.fault().at()))
}

#[test]
fn mig_01_the_example_of_ts10_is_read() {
    let data = parse(&example()).unwrap();
    assert_eq!(data.not_device_bound, 1);
    assert_eq!(
        data.credentials,
        [Reissue {
            format: "jwt_vc_json".into(),
            type_id: "urn:eudi:pid:de:1".into(),
            issuer_name: "ABC Issuer".into(),
            issuer: "https://www.abcissuer.pl/supplypoint/".into(),
            since: NOW,
            reason: ReissueReason::Moved,
        }]
    );
    let [one] = data.transactions.as_slice() else { panic!() };
    assert_eq!((one.party.as_str(), one.party_identifier.as_str()), ("ABC Services", "PLKRS.0000123456"));
    assert_eq!((one.kind, one.completed, one.at), (TransactionKind::Presentation, true, 1_753_780_280));
    let claims = |names: &[&str]| {
        let claims = names.iter().map(|name| (*name).to_owned()).collect();
        vec![PastClaims { type_id: "urn:eudi:pid:de:1".into(), claims }]
    };
    assert_eq!((&one.requested, &one.presented), (&claims(&["name", "address"]), &claims(&["name"])));
    assert!(!format!("{data:?}").contains("1000 EUR"), "data of transactions are not kept");
}

#[test]
fn details_in_a_member_of_their_own_read_the_same() {
    let mut nested = example();
    let flat = nested["transactionLog"][0].as_object_mut().unwrap();
    let own = ["transactionIdentifier", "time", "transactionType", "transactionResult"];
    let (outer, details): (serde_json::Map<_, _>, serde_json::Map<_, _>) =
        std::mem::take(flat).into_iter().partition(|(name, _)| own.contains(&name.as_str()));
    *flat = outer;
    flat.insert("presentation".into(), details.into());
    assert_eq!(parse(&nested).unwrap(), parse(&example()).unwrap());
}

#[test]
fn mig_01_each_rule_refuses_by_itself() {
    let invalid = |place| Some((Code::MigrationInvalid, Some(place)));
    let long = json!("x".repeat(limits::MIGRATION_TEXT + 1));
    let large = |place| Some((Code::BackupTooLarge, Some(place)));
    let (t, c, n) = ("/transactionLog/0", "/listOfCredentials/0", "/nonDeviceBoundCredentials/0");
    for (pointer, value, expected) in [
        ("/transactionLog".to_owned(), None, invalid("transactionLog")),
        ("/transactionLog".into(), Some(json!({})), invalid("transactionLog")),
        ("/listOfCredentials".into(), None, invalid("listOfCredentials")),
        ("/listOfCredentials".into(), Some(json!([1])), invalid("listOfCredentials")),
        (
            "/listOfCredentials".into(),
            Some(json!(vec![1; limits::MIGRATION_CREDENTIALS + 1])),
            large("listOfCredentials"),
        ),
        (
            "/transactionLog".into(),
            Some(json!(vec![1; limits::MIGRATION_TRANSACTIONS + 1])),
            large("transactionLog"),
        ),
        (format!("{c}/credentialIdentifier"), None, invalid("credentialIdentifier")),
        (format!("{c}/credentialIdentifier"), Some(json!("")), invalid("credentialIdentifier")),
        (format!("{c}/credentialIdentifier"), Some(long.clone()), large("credentialIdentifier")),
        (format!("{c}/format"), Some(json!("vc+sd-jwt")), invalid("format")),
        (format!("{c}/format"), None, invalid("format")),
        (format!("{c}/issuerName"), Some(json!("a\u{1b}[2J")), invalid("issuerName")),
        (format!("{c}/issuerName"), Some(json!("a\u{202e}b")), invalid("issuerName")),
        (format!("{c}/issuerName"), Some(json!([])), invalid("issuerName")),
        (format!("{c}/issuerIdentifier"), Some(json!("x")), invalid("issuerIdentifier")),
        (format!("{c}/supplyPointURL"), None, invalid("supplyPointURL")),
        (format!("{c}/supplyPointURL"), Some(json!("http://abcissuer.pl/")), invalid("supplyPointURL")),
        (format!("{c}/supplyPointURL"), Some(json!("https://a:b@abcissuer.pl/")), invalid("supplyPointURL")),
        (format!("{c}/supplyPointURL"), Some(json!("javascript:alert(1)")), invalid("supplyPointURL")),
        (format!("{c}/supplyPointURL"), Some(json!("supply point")), invalid("supplyPointURL")),
        (format!("{t}/transactionIdentifier"), None, invalid("transactionIdentifier")),
        (format!("{t}/time"), Some(json!("2025-07-29 09:11:20")), invalid("time")),
        (format!("{t}/time"), Some(json!("2025-02-30T09:11:20")), invalid("time")),
        (format!("{t}/time"), Some(json!("2025-07-29T09:11:20+02:00")), invalid("time")),
        (format!("{t}/time"), Some(json!("2026-11-24T10:00:01")), invalid("time")),
        (format!("{t}/transactionType"), Some(json!("Gift")), invalid("transactionType")),
        (format!("{t}/transactionResult"), Some(json!("completed")), invalid("transactionResult")),
        (format!("{t}/presentation"), Some(json!([])), invalid("transactionLog")),
        (format!("{t}/interactingPartyIdentifier"), Some(json!([])), invalid("interactingPartyIdentifier")),
        (format!("{t}/reasonOfNoncompletion"), Some(json!(7)), invalid("reasonOfNoncompletion")),
        (format!("{t}/listOfClaimsPresented"), Some(json!("all")), invalid("listOfClaimsPresented")),
        (format!("{t}/listOfClaimsPresented/0/claims"), None, invalid("claims")),
        (format!("{t}/listOfClaimsPresented/0/claims"), Some(json!([{ "a": 1 }])), invalid("claims")),
        (
            format!("{t}/listOfClaimsRequested"),
            Some(json!(vec![json!({ "credentialIdentifier": "a", "claims": vec!["b"; 600] }); 2])),
            large("listOfClaimsRequested"),
        ),
        (format!("{n}/format"), Some(json!("paper")), invalid("nonDeviceBoundCredentials")),
        (format!("{n}/credential"), Some(json!(1)), invalid("nonDeviceBoundCredentials")),
    ] {
        let shown = value.as_ref().map(|value| value.to_string().chars().take(60).collect::<String>());
        assert_eq!(refusal(&pointer, value), expected, "{pointer} = {shown:?}");
    }
    for (pointer, value) in [
        (format!("{t}/time"), json!("2026-11-23T10:00:00Z")),
        (format!("{t}/listOfClaimsPresented/0/claims"), json!([["address", "locality"], "name"])),
        (format!("{t}/listOfClaimsPresented"), json!([])),
        (format!("{c}/issuerName"), json!([{ "lang": "pl", "content": "Urząd" }])),
        (format!("{c}/issuerIdentifier"), json!([{ "type": "x", "identifier": "y" }])),
        (format!("{c}/supplyPointURL"), json!("http://127.0.0.1:8080/")),
    ] {
        assert_eq!(refusal(&pointer, Some(value)), None, "{pointer}");
    }
}

#[test]
fn an_object_that_is_no_json_or_too_long_is_refused() {
    let code = |text: &[u8]| MigrationData::parse(text, NOW).unwrap_err().code();
    assert_eq!(code(b"[]"), Code::JsonMalformed);
    assert_eq!(code(br#"{"transactionLog":[],"transactionLog":[]}"#), Code::JsonMemberDoubled);
    assert_eq!(code(&vec![b' '; limits::MIGRATION_OBJECT + 1]), Code::BackupTooLarge);
}

#[test]
fn a_presentation_is_written_with_the_members_of_ts10() {
    let data = parse(&example()).unwrap();
    let written: Value = serde_json::from_str(&data.to_json()).unwrap();
    let mut members: Vec<&String> = written.as_object().unwrap().keys().collect();
    members.sort();
    assert_eq!(members, ["listOfCredentials", "nonDeviceBoundCredentials", "transactionLog"]);
    assert_eq!(
        written["transactionLog"][0],
        json!({
            "presentation": {
                "interactingPartyIdentifier": { "type": "client_id", "identifier": "PLKRS.0000123456" },
                "interactingPartyType": "ServiceProvider",
                "interactingPartyName": { "lang": "und", "content": "ABC Services" },
                "listOfClaimsRequested": [
                    { "credentialIdentifier": "urn:eudi:pid:de:1", "claims": ["name", "address"] },
                ],
                "listOfClaimsPresented": [{ "credentialIdentifier": "urn:eudi:pid:de:1", "claims": ["name"] }],
            },
            "transactionIdentifier": "346354209358604",
            "time": "2025-07-29T09:11:20",
            "transactionType": "Presentation",
            "transactionResult": "Completed",
        })
    );
    assert_eq!(
        written["listOfCredentials"][0],
        json!({
            "credentialIdentifier": "urn:eudi:pid:de:1",
            "format": "jwt_vc_json",
            "meta": {},
            "issuerIdentifier": [
                { "type": "credential_issuer", "identifier": "https://www.abcissuer.pl/supplypoint/" },
            ],
            "issuerName": { "lang": "und", "content": "ABC Issuer" },
            "issuerType": "PIDProvider",
            "supplyPointURL": "https://www.abcissuer.pl/supplypoint/",
        })
    );
}

fn text() -> impl Strategy<Value = String> {
    "[a-zé/\\[\\]\"0-9]{1,12}"
}

fn past_claims() -> impl Strategy<Value = Vec<PastClaims>> {
    let claims = (text(), proptest::collection::vec(text(), 0..3));
    let claims = claims.prop_map(|(type_id, claims)| PastClaims { type_id, claims });
    proptest::collection::vec(claims, 0..3)
}

fn presentation() -> impl Strategy<Value = PastTransaction> {
    let time = 0..NOW;
    (text(), time, any::<bool>(), proptest::option::of(text()), text(), text(), past_claims(), past_claims())
        .prop_map(|(identifier, at, completed, reason, party, party_identifier, requested, presented)| {
            PastTransaction {
                identifier,
                at,
                kind: TransactionKind::Presentation,
                completed,
                reason,
                party,
                party_identifier,
                requested,
                presented,
                credentials: Vec::new(),
                description: Vec::new(),
            }
        })
}

proptest! {
    #[test]
    fn what_is_written_is_what_is_read(
        transactions in proptest::collection::vec(presentation(), 0..4),
        types in proptest::collection::vec((text(), text()), 0..4),
    ) {
        let credentials = types.into_iter().map(|(type_id, issuer_name)| Reissue {
            format: "mso_mdoc".into(),
            type_id,
            issuer_name,
            issuer: "https://issuer.example".into(),
            since: NOW,
            reason: ReissueReason::Moved,
        });
        let data = MigrationData { credentials: credentials.collect(), transactions, not_device_bound: 0 };
        let read = MigrationData::parse(data.to_json().as_bytes(), NOW).unwrap();
        prop_assert_eq!(read, data);
    }

    #[test]
    fn every_kind_of_transaction_survives_a_second_move(kind in proptest::sample::select(TransactionKind::ALL)) {
        let past = PastTransaction {
            identifier: "1".into(), at: 7, kind, completed: true, reason: None,
            party: String::new(), party_identifier: String::new(),
            requested: Vec::new(), presented: Vec::new(), credentials: Vec::new(), description: Vec::new(),
        };
        let data = MigrationData { transactions: vec![past], ..MigrationData::default() };
        prop_assert_eq!(MigrationData::parse(data.to_json().as_bytes(), NOW).unwrap(), data);
    }
}
