//! What a verifier is registered to ask for (EU-40 to EU-43): the citizen is told, the history keeps it, and nothing that
//! is wrong with it refuses a request (ARF RPA_07b).

use std::sync::Arc;

use serde_json::{Value, json};
use wallet_core::present::dcql::{Choice, Selection};
use wallet_core::present::{PresentationRequest, Warning};
use wallet_core::wallet::log::export;
use wallet_core::words;
use wallet_core::{Code, HistoryEvent, Localized, Registration, RegistrationDetails, RegistrationStatus};

use super::Scene;
use crate::world::{
    Asked, Jar, MDL, NOW, PID, PID_MDOC, Signer, Verifier, World, agree, block_on, code, credential, history,
    open, registration, registration_by, request_signer,
};

/// As the bank is registered, and nothing wrong with it.
fn as_it_is(_: &mut Value) {}

impl Scene {
    /// The bank asks for these claims of the PID, showing something.
    fn asks(&self, claims: &[&str], shows: impl FnOnce(&mut Jar)) -> Arc<PresentationRequest> {
        let paths: Vec<Value> = claims.iter().map(|claim| json!({ "path": [claim] })).collect();
        let asked = Asked::new(json!({ "credentials": [{
            "id": "pid", "format": "dc+sd-jwt", "meta": { "vct_values": [PID] }, "claims": paths,
        }] }));
        open(&self.wallet, &self.bank.request(&self.world, &asked, shows)).unwrap()
    }

    /// The same, showing one certificate.
    fn registered(&self, claims: &[&str], change: impl FnOnce(&mut Value)) -> Arc<PresentationRequest> {
        let certificate = registration(&self.world.pki, change);
        self.asks(claims, |jar| jar.registered_by(&[certificate]))
    }

    /// What the last entry of the history says of registration, and whether more was asked, query by query.
    fn kept(&self) -> (Option<Registration>, Vec<bool>) {
        match history(&self.wallet).entries.pop().unwrap().entry.event {
            HistoryEvent::Sending { registration, asked, .. }
            | HistoryEvent::Declined { registration, asked, .. } => {
                (registration, asked.iter().map(|one| one.beyond_registration).collect())
            }
            other => panic!("{other:?}"),
        }
    }
}

fn warnings(request: &PresentationRequest) -> Vec<Warning> {
    request.warnings(&request.evaluation().least().unwrap()).unwrap()
}

fn details(request: &PresentationRequest) -> RegistrationDetails {
    match request.registration() {
        Some(Registration::Valid { details }) => details,
        other => panic!("{other:?}"),
    }
}

#[test]
fn from_the_request_to_the_history() {
    let scene = Scene::new();
    let request = scene.registered(&["family_name"], as_it_is);
    let details = details(&request);
    assert_eq!(Localized::best(&details.purposes, "fr-CA"), Some("Ouverture d’un compte"));
    assert_eq!(details.privacy_policy.as_deref(), Some("https://verifier.example/privacy"));
    assert_eq!(details.status, RegistrationStatus::NotChecked);
    assert_eq!(warnings(&request), []);
    assert_eq!(request.details().unwrap().registration, request.registration());

    block_on(request.send(agree(&request).unwrap(), "Share")).unwrap();
    assert_eq!(scene.kept(), (request.registration(), vec![false]));
    // Nothing was called but what fetched the request and what took the answer: no policy, no status list.
    assert_eq!(scene.world.network.calls_to("https://").len(), 2);

    let exported = export::document(&history(&scene.wallet), &[]);
    let last = exported["entries"].as_array().unwrap().last().unwrap();
    assert_eq!(last["registration"]["registry_uri"], "https://register.example/");
    assert_eq!(last["registration"]["purpose"][1]["value"], "Ouverture d’un compte");
    assert_eq!(last["registration"]["supervisory_authority"]["email"], "contact@dpa.example");
    assert_eq!(last["registration"]["status"], "not_checked");
    assert_eq!(last["asked"][0]["beyond_registration"], false);
    assert!(!exported.to_string().contains("Dubois"), "names of claims, no values");
}

#[test]
fn none_is_no_warning_and_is_seen() {
    let scene = Scene::new();
    let request = scene.asks(&["family_name"], |_| ());
    assert_eq!((request.registration(), warnings(&request)), (None, vec![]));
    // Other things that others say about it are not this.
    let other = |jar: &mut Jar| jar.set("verifier_info", json!([{ "format": "unheard_of", "data": {} }]));
    let request = scene.asks(&["family_name"], other);
    assert_eq!((request.registration(), warnings(&request)), (None, vec![]));
    block_on(request.decline()).unwrap();
    assert_eq!(scene.kept(), (None, vec![false]));
}

/// RPRC_21: each claim says for itself, and the choice with one needs its own yes.
#[test]
fn who_asks_for_more_is_marked_and_must_be_agreed_to() {
    let scene = Scene::new();
    let pid = credential(&scene.wallet, PID).id;
    let request = scene.registered(&["family_name", "given_name"], as_it_is);
    let more = Warning::AsksForMore { credential: pid };
    assert_eq!(warnings(&request), std::slice::from_ref(&more));
    let marked: Vec<(String, bool)> = request.details().unwrap().questions[0].candidates[0].options[0]
        .claims
        .iter()
        .map(|claim| (claim.path.clone(), claim.asks_for_more))
        .collect();
    assert_eq!(marked, [("family_name".to_owned(), false), ("given_name".to_owned(), true)]);

    let choice = request.evaluation().least().unwrap();
    assert_eq!(code(request.consent(choice.clone(), &[])), Some(Code::WarningNotAcknowledged));
    let consent = request.consent(choice, &[more.id()]).unwrap();
    block_on(request.send(consent, "Share")).unwrap();
    let (registration, beyond) = scene.kept();
    assert!(matches!(registration, Some(Registration::Valid { .. })));
    assert_eq!(beyond, [true]);
}

#[test]
fn only_what_is_chosen_warns() {
    let scene = Scene::new();
    let certificate = registration(&scene.world.pki, as_it_is);
    let asked = Asked::new(json!({ "credentials": [{
        "id": "pid", "format": "dc+sd-jwt", "meta": { "vct_values": [PID] },
        "claims": [{ "id": "f", "path": ["family_name"] }, { "id": "g", "path": ["given_name"] }],
        "claim_sets": [["g"], ["f"]],
    }] }));
    let link = scene.bank.request(&scene.world, &asked, |jar| jar.registered_by(&[certificate]));
    let request = open(&scene.wallet, &link).unwrap();
    let pid = credential(&scene.wallet, PID).id;
    let choice = |option| {
        let selection = Selection { query_id: "pid".into(), credential: pid, option };
        Choice { selections: vec![selection] }
    };
    assert_eq!(request.warnings(&choice(0)).unwrap(), [Warning::AsksForMore { credential: pid }]);
    assert_eq!(request.warnings(&choice(1)).unwrap(), []);
}

#[test]
fn a_credential_that_is_not_registered_at_all() {
    let scene = Scene::new();
    let certificate = || registration(&scene.world.pki, as_it_is);
    let mdl = credential(&scene.wallet, MDL).id;
    let asked = Asked { prefix: "x509_hash", ..Asked::age() };
    let link = scene.bank.request(&scene.world, &asked, |jar| jar.registered_by(&[certificate()]));
    let request = open(&scene.wallet, &link).unwrap();
    assert_eq!(warnings(&request), [Warning::AsksForMore { credential: mdl }]);

    // The same element of the same name in the other format is registered for itself.
    let mdoc = Asked::pid_elements(&["family_name"]);
    let link = scene.bank.request(&scene.world, &mdoc, |jar| jar.registered_by(&[certificate()]));
    assert_eq!(warnings(&open(&scene.wallet, &link).unwrap()), []);
    let mdoc = Asked::pid_elements(&["given_name"]);
    let link = scene.bank.request(&scene.world, &mdoc, |jar| jar.registered_by(&[certificate()]));
    let pid = credential(&scene.wallet, PID_MDOC).id;
    assert_eq!(warnings(&open(&scene.wallet, &link).unwrap()), [Warning::AsksForMore { credential: pid }]);
}

/// What is wrong, how the wallet says so, `verifier_info`, and what else is changed.
type Case = (&'static str, Code, Value, fn(&mut Jar));

/// Each is wrong in one thing; the request is as good as ever, and the warning must be agreed to.
#[test]
fn what_is_wrong_with_a_certificate_is_told() {
    let scene = Scene::new();
    let pki = &scene.world.pki;
    let good = || registration(pki, as_it_is);
    let with = |member: &'static str, value: Value| registration(pki, |payload| payload[member] = value);
    let shown = |certificates: &[String]| {
        json!(
            certificates
                .iter()
                .map(|data| json!({ "format": "registration_cert", "data": data }))
                .collect::<Vec<_>>()
        )
    };
    let one = |certificate: String| shown(&[certificate]);
    let entry = |data: Value| json!([{ "format": "registration_cert", "data": data }]);
    let bound =
        |ids: Value| json!([{ "format": "registration_cert", "data": good(), "credential_ids": ids }]);
    let by_host = |jar: &mut Jar| jar.client_id("x509_san_dns:verifier.example");
    let nothing = |_: &mut Jar| ();
    let cases: [Case; 15] = [
        ("two", Code::RegistrationMisplaced, shown(&[good(), good()]), nothing),
        ("for some credentials", Code::RegistrationMisplaced, bound(json!(["pid"])), nothing),
        ("for no credentials", Code::RegistrationMisplaced, bound(json!([])), nothing),
        ("another client id prefix", Code::RegistrationMisplaced, one(good()), by_host),
        ("no text", Code::RegistrationMalformed, entry(json!({ "jwt": good() })), nothing),
        ("no JWT", Code::JwsMalformed, one("a.b.c".into()), nothing),
        ("unsigned", Code::JwsMalformed, one(good().rsplit_once('.').unwrap().0.to_owned() + "."), nothing),
        (
            "by who certifies verifiers",
            Code::AnchorNotForThis,
            one(registration_by(&pki.eu_verifier, as_it_is)),
            nothing,
        ),
        ("by an issuer", Code::AnchorNotForThis, one(registration_by(&pki.eu_jwt_signer, as_it_is)), nothing),
        ("somebody else's", Code::RegistrationNotTheirs, one(with("sub", json!("NTRFR-1"))), nothing),
        ("expired", Code::RegistrationExpired, one(with("exp", json!(NOW.0 - 60))), nothing),
        ("not yet valid", Code::RegistrationNotYetValid, one(with("iat", json!(NOW.0 + 61))), nothing),
        ("no status", Code::RegistrationStatusMissing, one(with("status", json!(null))), nothing),
        ("a purpose that is none", Code::RegistrationMalformed, one(with("purpose", json!("all"))), nothing),
        ("oversized", Code::RegistrationTooLarge, one(with("padding", json!("x".repeat(65_536)))), nothing),
    ];
    for (what, reason, info, change) in cases {
        let request = scene.asks(&["family_name"], |jar| {
            jar.set("verifier_info", info);
            change(jar);
        });
        let invalid = Some(Registration::Invalid { code: reason as u16 });
        assert_eq!(request.registration(), invalid, "{what}");
        assert_eq!(warnings(&request), [Warning::RegistrationInvalid { reason }], "{what}");
        for locale in ["en", "fr"] {
            let text = warnings(&request)[0].text(locale).unwrap();
            let why = words::message(reason.error().fault(), locale);
            assert!(text.ends_with(&format!(". {why}")), "{what}: {text}");
        }
        let choice = request.evaluation().least().unwrap();
        let refused = code(request.consent(choice.clone(), &[]));
        assert_eq!(refused, Some(Code::WarningNotAcknowledged), "{what}");
        assert_eq!(code(request.consent(choice, &["registration-invalid".into()])), None, "{what}");
        block_on(request.decline()).unwrap();
        assert_eq!(scene.kept(), (invalid, vec![false]), "{what}");
    }
}

/// EU-44, the other way round: whoever registers verifiers may not say who they are.
#[test]
fn a_registrar_certifies_no_verifier() {
    let world = World::new();
    let wallet = world.stocked_wallet();
    let signer =
        Signer::issued_by(&world.pki.eu_registrars, &request_signer("Example Bank", "verifier.example"));
    let link =
        Verifier::new(&world, "verifier.example", &signer).request(&world, &Asked::family_name(), |_| ());
    assert_eq!(code(open(&wallet, &link)), Some(Code::AnchorNotForThis));
}

/// Without anybody on the list of registrars there is nobody to believe.
#[test]
fn registrars_are_trusted_by_their_list_alone() {
    let scene = Scene::new();
    let stranger = Signer::self_signed(&request_signer("Registrar", "register.example"));
    let certificate = registration_by(&stranger, as_it_is);
    let request = scene.asks(&["family_name"], |jar| jar.registered_by(&[certificate]));
    let code = Code::CertificateSelfSigned as u16;
    assert_eq!(request.registration(), Some(Registration::Invalid { code }));
}

/// Canada's profile knows of no registration, good or bad.
#[test]
fn canada_does_not_look() {
    let scene = Scene::new();
    for certificate in [registration(&scene.world.pki, as_it_is), "a.b.c".to_owned()] {
        let shows = |jar: &mut Jar| jar.registered_by(&[certificate]);
        let request = open(&scene.wallet, &scene.shop.request(&scene.world, &Asked::age(), shows)).unwrap();
        assert_eq!((request.registration(), warnings(&request)), (None, vec![]));
    }
}

/// RPI_07: whoever asks on somebody's behalf is not named; the one who will use the data is.
#[test]
fn an_intermediary_is_not_named() {
    let scene = Scene::new();
    let request = scene.registered(&["family_name"], |payload| {
        payload["intermediary"] = json!({ "sub": payload["sub"], "sname": "Example Bank" });
        payload["sub"] = json!("NTRFR-1");
        payload["name"] = json!("Example Library");
    });
    assert_eq!(request.verifier().name, "Example Library");
    assert_eq!(details(&request).identifier, "NTRFR-1");
    block_on(request.decline()).unwrap();
    let last = history(&scene.wallet).entries.pop().unwrap().entry.event;
    assert_eq!(last.verifier().unwrap().name, "Example Library");
    assert!(!format!("{last:?}").contains("Example Bank"));

    // A certificate that does not pass names nobody.
    let request = scene.registered(&["family_name"], |payload| {
        payload["intermediary"] = json!({ "sub": payload["sub"] });
        payload["name"] = json!("Example Library");
        payload["exp"] = json!(NOW.0 - 60);
    });
    assert_eq!(request.verifier().name, "Example Bank");
}
