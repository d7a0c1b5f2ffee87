//! An SD-JWT VC with a single fault, received through the whole flow (RFC 9901 7.1; SD-JWT VC; HAIP 1.0 6.1; EU-45).

use serde_json::{Value, json};
use wallet_core::Code;
use wallet_core::crypto::p256::{PublicKey, SecretKey};
use wallet_core::issue::certificate::{Authority, Subject, Template, Validity};
use wallet_core::issue::sd_jwt::{Builder, Unsigned, element_disclosure, property_disclosure};
use wallet_core::limits;
use wallet_core::time::UnixTime;

use super::Counter;
use crate::world::{Issuer, NOW, Pki, Signer, pid_builder, year};

/// An issuer whose PIDs have this done to them before they are signed.
fn changing(change: impl Fn(&mut Unsigned) + Send + Sync + 'static) -> Issuer {
    building(|builder| builder, change)
}

fn building(
    build: impl Fn(Builder) -> Builder + Send + Sync + 'static,
    change: impl Fn(&mut Unsigned) + Send + Sync + 'static,
) -> Issuer {
    Issuer::eu().making("pid-sd-jwt", move |pki, key| {
        let mut unsigned = build(pid_builder(pki, key)).build().unwrap();
        change(&mut unsigned);
        unsigned.sign(&pki.eu_jwt_signer.key).into_bytes()
    })
}

/// An issuer whose PIDs have this done to them after they are signed.
fn tampering(change: impl Fn(String) -> String + Send + Sync + 'static) -> Issuer {
    Issuer::eu().making("pid-sd-jwt", move |pki, key| {
        change(pid_builder(pki, key).build().unwrap().sign(&pki.eu_jwt_signer.key)).into_bytes()
    })
}

fn claim(name: &'static str, value: Value) -> Issuer {
    changing(move |unsigned| _ = unsigned.payload.insert(name.into(), value.clone()))
}

fn without(name: &'static str) -> Issuer {
    changing(move |unsigned| _ = unsigned.payload.remove(name).unwrap())
}

fn header(name: &'static str, value: Value) -> Issuer {
    changing(move |unsigned| _ = unsigned.header.insert(name.into(), value.clone()))
}

#[test]
fn header_and_signature() {
    let counter = Counter::new();
    for (what, code, wrong) in [
        ("typ JWT", Code::SdJwtTypInvalid, header("typ", json!("JWT"))),
        ("typ of drafts", Code::SdJwtTypInvalid, header("typ", json!("vc+sd-jwt"))),
        ("no typ", Code::SdJwtTypInvalid, header("typ", json!(null))),
        ("alg ES384", Code::SdJwtAlgUnsupported, header("alg", json!("ES384"))),
        ("alg none", Code::SdJwtAlgUnsupported, header("alg", json!("none"))),
        ("crit", Code::JwsCriticalUnknown, header("crit", json!(["exp"]))),
        (
            "another key",
            Code::SdJwtSignatureInvalid,
            Issuer::eu().making("pid-sd-jwt", |pki, key| {
                pid_builder(pki, key).build().unwrap().sign(&SecretKey::random().unwrap()).into_bytes()
            }),
        ),
    ] {
        counter.refuses(what, code, &wrong);
    }
    counter.accepts("twin of all", &changing(|_| ()));
}

#[test]
fn form() {
    let counter = Counter::new();
    for (what, code, wrong) in [
        ("no tilde", Code::SdJwtMalformed, tampering(|text| text.split('~').next().unwrap().to_owned())),
        ("an empty disclosure", Code::SdJwtMalformed, tampering(|text| text.replacen('~', "~~", 1))),
        ("a key binding", Code::SdJwtKeyBindingUnexpected, tampering(|text| text + "eyJ9.eyJ9.AAAA")),
        ("white space", Code::JwsMalformed, tampering(|text| format!(" {text}"))),
        ("three signatures", Code::JwsMalformed, tampering(|text| text.replacen('~', ".AAAA~", 1))),
    ] {
        counter.refuses(what, code, &wrong);
    }
    let nested = |levels: usize| (2..levels).fold(json!([]), |inner, _| json!([inner]));
    counter.refuses_but(
        "nested too deep",
        Code::JsonTooDeep,
        &claim("other", nested(limits::JSON_DEPTH + 1)),
        &claim("other", nested(limits::JSON_DEPTH)),
    );
}

#[test]
fn disclosures() {
    let counter = Counter::new();
    let extra = || property_disclosure("extra", &json!(1)).unwrap();
    let known = |unsigned: &mut Unsigned| unsigned.add_digest(unsigned.digest(&unsigned.disclosures[0]));
    let named = |name: &'static str| {
        changing(move |unsigned| unsigned.add_property(property_disclosure(name, &json!(1)).unwrap()))
    };
    let hidden = |name: &'static str| {
        changing(move |unsigned| {
            let value = unsigned.payload.remove(name).unwrap();
            unsigned.add_property(property_disclosure(name, &value).unwrap());
        })
    };
    for (what, code, wrong) in [
        (
            "changed",
            Code::SdJwtDisclosureUnreferenced,
            changing(|unsigned| {
                unsigned.disclosures[0] = property_disclosure("family_name", &json!("Martin")).unwrap();
            }),
        ),
        (
            "unreferenced",
            Code::SdJwtDisclosureUnreferenced,
            changing(move |unsigned| unsigned.disclosures.push(extra())),
        ),
        (
            "doubled",
            Code::SdJwtDisclosureDoubled,
            changing(|unsigned| unsigned.disclosures.push(unsigned.disclosures[0].clone())),
        ),
        ("a digest twice", Code::SdJwtDigestDoubled, changing(known)),
        (
            "an element for a property",
            Code::SdJwtDisclosureMalformed,
            changing(|unsigned| unsigned.add_property(element_disclosure(&json!(1)).unwrap())),
        ),
        ("named _sd", Code::SdJwtClaimNameForbidden, named("_sd")),
        ("named as another claim", Code::SdJwtClaimNameForbidden, named("iss")),
        ("a hidden exp", Code::SdJwtClaimMustNotBeHidden, hidden("exp")),
        ("a hidden cnf", Code::SdJwtClaimMustNotBeHidden, hidden("cnf")),
        ("an unknown _sd_alg", Code::SdJwtHashAlgUnsupported, claim("_sd_alg", json!("md5"))),
        // Its digests do not fit any more: the disclosures belong to nothing.
        ("another _sd_alg", Code::SdJwtDisclosureUnreferenced, claim("_sd_alg", json!("sha-512"))),
    ] {
        counter.refuses(what, code, &wrong);
    }
    counter.accepts("twin: one more claim", &named("extra"));
    counter.accepts("twin: a decoy", &changing(|unsigned| unsigned.add_digest(unsigned.digest("decoy"))));
    counter.accepts("twin: a hidden iat", &hidden("iat"));

    let many = |up_to: usize| {
        changing(move |unsigned| {
            for number in unsigned.disclosures.len()..up_to {
                unsigned.add_property(property_disclosure(&format!("x{number}"), &json!(1)).unwrap());
            }
        })
    };
    counter.refuses_but(
        "too many",
        Code::SdJwtTooManyDisclosures,
        &many(limits::DISCLOSURES + 1),
        &many(limits::DISCLOSURES),
    );
}

#[test]
fn type_and_key() {
    let counter = Counter::new();
    let other = |key: fn(&PublicKey) -> Value| {
        building(
            |builder| builder,
            move |unsigned| {
                let device = unsigned.payload["cnf"]["jwk"].clone();
                let key = key(&wallet_core::jose::jwk::Jwk::from_json(&device).unwrap().key);
                unsigned.payload.insert("cnf".into(), key);
            },
        )
    };
    for (what, code, wrong) in [
        ("no vct", Code::SdJwtVctMismatch, without("vct")),
        ("a vct that is no text", Code::SdJwtVctMismatch, claim("vct", json!(["urn:eudi:pid:1"]))),
        ("another vct", Code::TypeNotAsOffered, claim("vct", json!("urn:eudi:pid:2"))),
        ("a vct that extends the offered", Code::TypeNotAsOffered, claim("vct", json!("urn:eudi:pid:de:1"))),
        ("no cnf", Code::SdJwtHolderKeyInvalid, without("cnf")),
        ("only a kid", Code::SdJwtHolderKeyInvalid, claim("cnf", json!({ "kid": "did:jwk:abc#0" }))),
        (
            "somebody else's key",
            Code::KeyNotOurs,
            other(|_| {
                let key = SecretKey::random().unwrap().public_key();
                json!({ "jwk": wallet_core::jose::jwk::public_members(&key) })
            }),
        ),
    ] {
        counter.refuses(what, code, &wrong);
    }
    let ours = other(|key| json!({ "jwk": wallet_core::jose::jwk::public_members(key), "kid": "1" }));
    counter.accepts("twin of all", &ours);
}

/// Contract 4: 60 seconds of skew.
#[test]
fn validity() {
    let counter = Counter::new();
    let at = |name: &'static str, offset: i64| claim(name, json!(NOW.0 + offset));
    for (name, code, wrong, right) in [
        ("exp", Code::SdJwtExpired, -60, -59),
        ("nbf", Code::SdJwtNotYetValid, 61, 60),
        ("iat", Code::SdJwtNotYetValid, 61, 60),
    ] {
        counter.refuses_but(name, code, &at(name, wrong), &at(name, right));
        counter.refuses(name, Code::SdJwtMalformed, &claim(name, json!("1795341600")));
    }
    counter.accepts("no exp", &without("exp"));
}

/// Who signed it, and whether they may (EU-44, EU-45).
#[test]
fn issuer() {
    let counter = Counter::new();
    let signed_by = |signer: Signer, others: Vec<Vec<u8>>| {
        Issuer::eu().making("pid-sd-jwt", move |pki, key| {
            let chain = [signer.certificate.der().to_vec()].into_iter().chain(others.clone());
            pid_builder(pki, key).chain(chain).build().unwrap().sign(&signer.key).into_bytes()
        })
    };
    let pki = Pki::new();
    let certificate = |authority: &Authority, change: fn(&mut Template)| {
        let mut template = Template::issuer_signer(Subject::new("Provider").country("FR"), year());
        template.dns_names = vec!["issuer.example".into()];
        change(&mut template);
        Signer::issued_by(authority, &template)
    };
    let by =
        |authority: &Authority, change: fn(&mut Template)| signed_by(certificate(authority, change), vec![]);
    let stranger = Template::authority(Subject::new("Unknown CA"), year(), None);
    let stranger = Authority::root(&stranger).unwrap();
    let itself = Signer::self_signed(&Template::issuer_signer(Subject::new("Provider"), year()));
    let anchor = pki.eu_issuers.certificate.der().to_vec();
    for (what, code, wrong) in [
        ("nobody we know", Code::AnchorUnknown, by(&stranger, |_| ())),
        ("a verifiers' authority", Code::AnchorNotForThis, by(&pki.eu_verifiers, |_| ())),
        ("itself", Code::CertificateSelfSigned, signed_by(itself, vec![])),
        (
            "an expired certificate",
            Code::CertificateExpired,
            by(&pki.eu_issuers, |leaf| leaf.validity = Validity::days(UnixTime(NOW.0 - 86_401), 1)),
        ),
        (
            "a certificate of tomorrow",
            Code::CertificateNotYetValid,
            by(&pki.eu_issuers, |leaf| leaf.validity = Validity::days(UnixTime(NOW.0 + 1), 1)),
        ),
        (
            "a certificate that may not sign",
            Code::CertificateKeyUsageInvalid,
            by(&pki.eu_issuers, |leaf| leaf.key_usage = None),
        ),
        (
            "the anchor in the chain",
            Code::AnchorInChain,
            signed_by(certificate(&pki.eu_issuers, |_| ()), vec![anchor.clone()]),
        ),
        (
            "no chain",
            Code::ChainLengthInvalid,
            changing(|unsigned| _ = unsigned.header.remove("x5c").unwrap()),
        ),
        ("another iss", Code::SdJwtIssuerMismatch, claim("iss", json!("https://other.example"))),
        ("a number as iss", Code::SdJwtMalformed, claim("iss", json!(1))),
    ] {
        counter.refuses(what, code, &wrong);
    }
    counter.accepts("twin of all", &by(&pki.eu_issuers, |_| ()));
    counter.accepts("no iss: the certificate says it", &without("iss"));
}

/// canada.md 2.1: the type of drafts and the anchor in the chain, forgiven to issuers on Canada's list only.
#[test]
fn leniencies_are_for_canada() {
    let counter = Counter::new();
    let issuing = |from_canada: bool, typ: &'static str, with_anchor: bool| {
        let pki = Pki::new();
        let authority = if from_canada { &pki.ca_issuers } else { &pki.eu_issuers };
        let mut template = Template::issuer_signer(Subject::new("Provider"), year());
        template.dns_names = vec!["issuer.example".into()];
        let signer = Signer::issued_by(authority, &template);
        let anchor = with_anchor.then(|| authority.certificate.der().to_vec());
        Issuer::eu().making("pid-sd-jwt", move |pki, key| {
            let chain = [signer.certificate.der().to_vec()].into_iter().chain(anchor.clone());
            let mut unsigned = pid_builder(pki, key).chain(chain).build().unwrap();
            unsigned.header.insert("typ".into(), json!(typ));
            unsigned.sign(&signer.key).into_bytes()
        })
    };
    let typ = |from_canada| issuing(from_canada, "vc+sd-jwt", false);
    counter.refuses_but("typ", Code::SdJwtTypInvalid, &typ(false), &typ(true));
    let anchor = |from_canada| issuing(from_canada, "dc+sd-jwt", true);
    counter.refuses_but("anchor", Code::AnchorInChain, &anchor(false), &anchor(true));
}
