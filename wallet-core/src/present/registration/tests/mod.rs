//! Registration certificates that break one rule each, beside the one that breaks none.

mod any_input;
mod checks;
mod scope;
mod texts;

use std::sync::LazyLock;

use base64::Engine;
use serde_json::{Map, Value, json};

use super::*;
use crate::asn1::{Certificate, oid};
use crate::crypto::p256::SecretKey;
use crate::error::{Code, Result};
use crate::issue::certificate::{Authority, Subject, Template, Validity};
use crate::jose::jws::Unsigned;
use crate::time::UnixTime;
use crate::trust::{Anchors, Channel, ListName, TrustAnchor};

const NOW: UnixTime = UnixTime(1_795_341_600);
const SUBJECT: &str = "NTRFR-0123456789";

/// Who is there: a registrar, an authority for verifiers, and what they certify.
struct World {
    registrar: Signer,
    /// Certified by the authority for verifiers, for signing like the registrar's.
    stranger: Signer,
    /// The access certificate of the bank.
    access: Certificate,
    anchors: Anchors,
}

struct Signer {
    certificate: Certificate,
    key: SecretKey,
}

static WORLD: LazyLock<World> = LazyLock::new(|| {
    let root = |name| Authority::root(&Template::authority(Subject::new(name), year(), None)).unwrap();
    let (registrars, verifiers) = (root("Registrars"), root("Access CA"));
    let signer = |root: &Authority, template: &Template| {
        let key = SecretKey::random().unwrap();
        Signer { certificate: root.issue(template, &key.public_key()).unwrap(), key }
    };
    let seal = Template::issuer_signer(Subject::new("Registrar"), year());
    let anchor =
        |list, root: &Authority| TrustAnchor::new(list, root.certificate.clone(), "test", NOW).unwrap();
    World {
        registrar: signer(&registrars, &seal),
        stranger: signer(&verifiers, &seal),
        access: access(Subject::new("Bank").with(oid::ORGANIZATION_IDENTIFIER, SUBJECT)),
        anchors: Anchors::from_iter([
            anchor(ListName::EuRegistrars, &registrars),
            anchor(ListName::EuVerifiers, &verifiers),
        ]),
    }
});

fn year() -> Validity {
    Validity::days(NOW.plus(-86_400), 365)
}

/// An access certificate of somebody; who certified it was asked before.
fn access(subject: Subject) -> Certificate {
    let template = Template::request_signer(subject, year(), "bank.example");
    Authority::root(&template).unwrap().certificate
}

/// A registration certificate before its signature, open to every change.
struct Draft {
    header: Map<String, Value>,
    payload: Value,
}

impl Draft {
    fn new() -> Self {
        let payload = json!({
            "sub": SUBJECT,
            "name": "Example Bank",
            "sub_ln": "Example Bank SA",
            "country": "FR",
            "purpose": [
                { "lang": "en", "value": "Opening an account" },
                { "lang": "fr", "value": "Ouverture d’un compte" },
            ],
            "srv_description": [{ "lang": "en", "value": "Current accounts" }],
            "intended_use_id": "use-1",
            "privacy_policy": "https://bank.example/privacy",
            "support_uri": "https://bank.example/support",
            "info_uri": "https://bank.example/",
            "registry_uri": "https://register.example/",
            "supervisory_authority": {
                "name": "Data Protection Authority",
                "email": "contact@dpa.example",
                "phone": "+33 1 23 45 67 89",
                "uri": "https://dpa.example/",
            },
            "entitlements": ["https://uri.etsi.org/19475/Entitlement/Service_Provider"],
            "credentials": [
                {
                    "format": "dc+sd-jwt",
                    "meta": { "vct_values": ["urn:eudi:pid:1"] },
                    "claim": [{ "path": ["family_name"] }, { "path": ["address"] }, { "path": ["nationalities", null] }],
                },
                {
                    "format": "mso_mdoc",
                    "meta": { "doctype_value": "eu.europa.ec.eudi.pid.1" },
                    "claim": [{ "path": ["eu.europa.ec.eudi.pid.1", "family_name"] }],
                },
            ],
            "iat": NOW.0 - 1000,
            "exp": NOW.0 + 1000,
            "status": { "status_list": { "idx": 7, "uri": "https://register.example/status" } },
        });
        let mut header = Map::new();
        header.insert("typ".into(), "rc-wrp+jwt".into());
        let mut draft = Self { header, payload };
        draft.shows(&WORLD.registrar.certificate);
        draft
    }

    fn with(change: impl FnOnce(&mut Self)) -> Self {
        let mut draft = Self::new();
        change(&mut draft);
        draft
    }

    /// With this member, or without it.
    fn set(member: &str, value: impl Into<Option<Value>>) -> Self {
        Self::with(|draft| {
            let payload = draft.payload.as_object_mut().unwrap();
            match value.into() {
                Some(value) => drop(payload.insert(member.into(), value)),
                None => drop(payload.remove(member).unwrap()),
            }
        })
    }

    fn shows(&mut self, certificate: &Certificate) {
        let x5c = base64::engine::general_purpose::STANDARD.encode(certificate.der());
        self.header.insert("x5c".into(), json!([x5c]));
    }

    fn signed_by(self, key: &SecretKey) -> String {
        let unsigned = Unsigned::new(self.header, &self.payload);
        let signature = key.sign(unsigned.signing_input());
        unsigned.finish(&signature)
    }

    fn signed(self) -> String {
        self.signed_by(&WORLD.registrar.key)
    }

    fn verified(self) -> Result<RegistrationCertificate> {
        verify_text(&self.signed())
    }

    /// Why it does not pass; `None` when it does.
    fn code(self) -> Option<Code> {
        self.verified().err().map(|error| error.code())
    }
}

fn verify_text(compact: &str) -> Result<RegistrationCertificate> {
    verify(compact, &WORLD.access, &WORLD.anchors, Channel::OpenId4Vp, NOW)
}
