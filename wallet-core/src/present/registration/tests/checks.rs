//! The checks (EU-42), each by a certificate in which only that one fails.

use super::*;
use crate::limits;
use crate::testing::vector_text;
use crate::vault::history::{RegistrationStatus, SupervisoryAuthority};

#[test]
fn what_a_good_one_says() {
    let certificate = Draft::new().verified().unwrap();
    let details = certificate.details();
    assert_eq!(details.name, "Example Bank");
    assert_eq!(details.identifier, SUBJECT);
    assert_eq!(details.registrar, "Registrar");
    assert_eq!(details.country.as_deref(), Some("FR"));
    assert_eq!(details.intermediary, None);
    let purposes: Vec<_> =
        details.purposes.iter().map(|one| (one.locale.as_str(), one.text.as_str())).collect();
    assert_eq!(purposes, [("en", "Opening an account"), ("fr", "Ouverture d’un compte")]);
    assert_eq!(details.service_descriptions.len(), 1);
    assert_eq!(details.intended_use_id.as_deref(), Some("use-1"));
    assert_eq!(details.privacy_policy.as_deref(), Some("https://bank.example/privacy"));
    assert_eq!(details.support_uri.as_deref(), Some("https://bank.example/support"));
    assert_eq!(details.info_uri.as_deref(), Some("https://bank.example/"));
    assert_eq!(details.registry_uri.as_deref(), Some("https://register.example/"));
    let authority = SupervisoryAuthority {
        name: Some("Data Protection Authority".into()),
        email: Some("contact@dpa.example".into()),
        phone: Some("+33 1 23 45 67 89".into()),
        uri: Some("https://dpa.example/".into()),
    };
    assert_eq!(details.supervisory_authority, Some(authority));
    assert_eq!(details.status, RegistrationStatus::NotChecked);
}

#[test]
fn eu_40_it_is_of_its_own_type() {
    for typ in [None, Some("JWT"), Some("rc-wrp+cwt"), Some("RC-WRP+JWT"), Some("oauth-authz-req+jwt")] {
        let draft = Draft::with(|draft| match typ {
            Some(typ) => drop(draft.header.insert("typ".into(), typ.into())),
            None => drop(draft.header.remove("typ")),
        });
        assert_eq!(draft.code(), Some(Code::RegistrationTypInvalid), "{typ:?}");
    }
}

#[test]
fn eu_42_it_is_signed_by_whom_it_shows() {
    let forged = Draft::new().signed_by(&SecretKey::random().unwrap());
    let code = |compact: &str| verify_text(compact).err().map(|error| error.code());
    assert_eq!(code(&forged), Some(Code::RegistrationSignatureInvalid));

    // What was signed, with another payload.
    let good = Draft::new().signed();
    let other = Draft::set("name", json!("Another Bank")).signed();
    let part = |compact: &str, at: usize| compact.split('.').nth(at).unwrap().to_owned();
    let altered = format!("{}.{}.{}", part(&good, 0), part(&other, 1), part(&good, 2));
    assert_eq!(code(&altered), Some(Code::RegistrationSignatureInvalid));

    let unsigned = format!("{}.{}.", part(&good, 0), part(&good, 1));
    assert_eq!(code(&unsigned), Some(Code::JwsMalformed));
    let plain = crate::jose::base64url::encode(Draft::new().payload.to_string().as_bytes());
    assert_eq!(code(&plain), Some(Code::JwsMalformed));
    assert_eq!(Draft::with(|draft| drop(draft.header.remove("x5c"))).code(), Some(Code::ChainLengthInvalid));
}

/// EU-44: each list for itself.
#[test]
fn who_certifies_verifiers_registers_nobody() {
    let stranger = &WORLD.stranger;
    let draft = Draft::with(|draft| draft.shows(&stranger.certificate));
    let error = verify_text(&draft.signed_by(&stranger.key)).unwrap_err();
    assert_eq!((error.code(), error.fault().at()), (Code::AnchorNotForThis, Some("role")));

    let none = Anchors::new();
    let unknown = verify(&Draft::new().signed(), &WORLD.access, &none, Channel::OpenId4Vp, NOW);
    assert_eq!(unknown.unwrap_err().code(), Code::AnchorUnknown);
}

#[test]
fn rprc_17a_it_is_of_whoever_asks() {
    let code = |draft: Draft, subject: Subject| {
        let access = access(subject);
        let verified = verify(&draft.signed(), &access, &WORLD.anchors, Channel::OpenId4Vp, NOW);
        verified.err().map(|error| error.code())
    };
    let (by_organization, by_serial) = (oid::ORGANIZATION_IDENTIFIER, oid::SERIAL_NUMBER);
    let bank = || Subject::new("Bank");
    let theirs = Some(Code::RegistrationNotTheirs);
    assert_eq!(code(Draft::new(), bank().with(by_organization, SUBJECT)), None);
    assert_eq!(code(Draft::new(), bank().with(by_serial, SUBJECT)), None);
    assert_eq!(code(Draft::new(), bank().with(by_organization, "NTRFR-9876543210")), theirs);
    assert_eq!(code(Draft::new(), bank().with(by_organization, &SUBJECT.to_lowercase())), theirs);
    // The number of the organization comes first.
    let both = bank().with(by_organization, "NTRFR-9876543210").with(by_serial, SUBJECT);
    assert_eq!(code(Draft::new(), both), theirs);
    assert_eq!(code(Draft::new(), bank()), theirs, "nobody's number");
    assert_eq!(code(Draft::set("sub", json!("")), bank()), Some(Code::RegistrationMalformed));

    // Through somebody else: the access certificate is that of the intermediary.
    let through = || Draft::set("intermediary", json!({ "sub": "NTRFR-1", "sname": "Go-between" }));
    assert_eq!(code(through(), bank().with(by_organization, "NTRFR-1")), None);
    assert_eq!(code(through(), bank().with(by_organization, SUBJECT)), None);
    assert_eq!(code(through(), bank().with(by_organization, "NTRFR-2")), theirs);
}

/// RPI_07: its name is not even kept.
#[test]
fn of_an_intermediary_only_the_number_is_read() {
    let through = json!({ "sub": SUBJECT, "sname": "Go-between" });
    let draft = || Draft::set("intermediary", through.clone());
    let certificate = draft().verified().unwrap();
    assert_eq!(certificate.details().intermediary.as_deref(), Some(SUBJECT));
    assert!(!format!("{certificate:?}").contains("Go-between"));

    let mut nameless = draft();
    nameless.payload["name"] = json!(null);
    nameless.payload["sub_ln"] = json!("\u{202e}");
    assert_eq!(nameless.code(), Some(Code::RegistrationMalformed));
    for bad in [json!("Go-between"), json!({}), json!({ "sub": 7 })] {
        assert_eq!(Draft::set("intermediary", bad).code(), Some(Code::RegistrationMalformed));
    }
}

/// Contract 4: 60 seconds of skew.
#[test]
fn times() {
    let at = |member: &str, offset: i64| Draft::set(member, json!(NOW.0 + offset)).code();
    assert_eq!(at("exp", -59), None);
    assert_eq!(at("exp", -60), Some(Code::RegistrationExpired));
    for from in ["iat", "nbf"] {
        assert_eq!(at(from, 60), None);
        assert_eq!(at(from, 61), Some(Code::RegistrationNotYetValid));
    }
    assert_eq!(Draft::set("exp", None).code(), None, "the reference implementation writes none");
    assert_eq!(Draft::set("iat", None).code(), Some(Code::RegistrationMalformed));
    for bad in [json!("now"), json!(null), json!([1])] {
        assert_eq!(Draft::set("exp", bad.clone()).code(), Some(Code::RegistrationMalformed), "{bad}");
    }
}

#[test]
fn a_status_is_mandatory() {
    assert_eq!(Draft::set("status", None).code(), Some(Code::RegistrationStatusMissing));
    for bad in [
        json!({}),
        json!(0),
        json!({ "status_list": {} }),
        json!({ "status_list": { "idx": 7 } }),
        json!({ "status_list": { "uri": "https://register.example/status" } }),
        json!({ "status_list": { "idx": -1, "uri": "https://register.example/status" } }),
    ] {
        assert_eq!(Draft::set("status", bad.clone()).code(), Some(Code::RegistrationStatusMissing), "{bad}");
    }
}

/// When several things are wrong, the first check says so.
#[test]
fn eu_42_in_this_order() {
    let mut draft = Draft::new();
    let payload = draft.payload.as_object_mut().unwrap();
    payload.remove("status");
    payload.insert("exp".into(), json!(0));
    payload.insert("sub".into(), json!("NTRFR-9876543210"));
    let compact = draft.signed();
    let code = |access: &Certificate, at: UnixTime| {
        verify(&compact, access, &WORLD.anchors, Channel::OpenId4Vp, at).unwrap_err().code()
    };
    assert_eq!(code(&WORLD.access, NOW), Code::RegistrationNotTheirs);
    let theirs = access(Subject::new("Bank").with(oid::ORGANIZATION_IDENTIFIER, "NTRFR-9876543210"));
    assert_eq!(code(&theirs, NOW), Code::RegistrationExpired);
}

#[test]
fn it_is_bounded() {
    let padded = |length: usize| {
        let draft = Draft::set("padding", json!(""));
        let without = draft.signed().len();
        // Three bytes of the payload are four of the text.
        Draft::set("padding", json!("x".repeat((length - without) / 4 * 3))).code()
    };
    assert_eq!(padded(limits::REGISTRATION_CERTIFICATE - 8), None);
    assert_eq!(padded(limits::REGISTRATION_CERTIFICATE + 8), Some(Code::RegistrationTooLarge));

    let text = |length| Draft::set("name", json!("x".repeat(length))).code();
    assert_eq!(text(limits::REGISTRATION_TEXT), None);
    assert_eq!(text(limits::REGISTRATION_TEXT + 1), Some(Code::RegistrationTooLarge));

    let purposes = |count: usize| {
        let one = json!({ "lang": "en", "value": "p" });
        Draft::set("purpose", json!(vec![one; count])).code()
    };
    assert_eq!(purposes(limits::REGISTRATION_LANGUAGES), None);
    assert_eq!(purposes(limits::REGISTRATION_LANGUAGES + 1), Some(Code::RegistrationTooLarge));

    let entry = |claims: usize| json!({ "format": "mso_mdoc", "meta": { "doctype_value": "d" }, "claim": vec![json!({ "path": ["a"] }); claims] });
    let credentials = |list: Vec<Value>| Draft::set("credentials", json!(list)).code();
    assert_eq!(credentials(vec![entry(1); limits::REGISTRATION_CREDENTIALS]), None);
    let more = vec![entry(1); limits::REGISTRATION_CREDENTIALS + 1];
    assert_eq!(credentials(more), Some(Code::RegistrationTooLarge));
    let half = limits::REGISTRATION_CLAIMS / 2;
    assert_eq!(credentials(vec![entry(half); 2]), None);
    assert_eq!(credentials(vec![entry(half), entry(half + 1)]), Some(Code::RegistrationTooLarge));
}

/// The published one reads, and nobody that this wallet trusts stands behind it: it vouches for itself.
#[test]
fn eu_41_the_published_sample() {
    let Some(text) = vector_text("eudi-wrprc-sample.jwt") else { return };
    let sample = text.trim();
    assert_eq!(verify_text(sample).unwrap_err().code(), Code::CertificateSelfSigned);

    // Its content, signed by a registrar of ours for a verifier of that number.
    let payload = sample.split('.').nth(1).unwrap();
    let payload = crate::jose::base64url::decode(payload, "sample").unwrap();
    let mut draft = Draft::new();
    draft.payload = serde_json::from_slice(&payload).unwrap();
    let access = access(Subject::new("Verifier").with(oid::ORGANIZATION_IDENTIFIER, "LEIEU-987654321"));
    let registry = draft.payload["registry_uri"].as_str().unwrap().to_owned();
    let compact = draft.signed();
    let certificate = verify(&compact, &access, &WORLD.anchors, Channel::OpenId4Vp, NOW).unwrap();
    let details = certificate.details();
    assert_eq!(details.name, "Verifier Dev");
    assert_eq!(details.purposes[0].text, "Person identification");
    let shown = details.registry_uri.as_deref().map(|uri| uri.trim_end_matches('/'));
    assert_eq!(shown, Some(registry.as_str()));
    let authority = details.supervisory_authority.as_ref().unwrap();
    assert_eq!(authority.phone.as_deref(), Some("+49301234567"));
    for (query, covered) in [
        (scope::pid(&json!(["nationalities", null])), true),
        (scope::pid(&json!(["place_of_birth", "locality"])), true),
        (scope::pid(&json!(["place_of_birth"])), false),
        (scope::pid_mdoc(&json!(["eu.europa.ec.eudi.pid.1", "portrait"])), true),
        (scope::pid_mdoc(&json!(["eu.europa.ec.eudi.pid.1", "age_over_18"])), false),
    ] {
        assert_eq!(scope::covers(certificate.scope(), &query), covered, "{query}");
    }
}
