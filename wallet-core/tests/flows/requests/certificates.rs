//! The chain in `x5c` (EU-4, EU-43; RFC 5280 6.1; HAIP 1.0 5).

use base64::Engine;
use serde_json::json;
use wallet_core::Code;
use wallet_core::asn1::{BasicConstraints, KeyUsage, oid};
use wallet_core::crypto::p256::SecretKey;
use wallet_core::issue::certificate::{Authority, Extension, Subject, Template, Validity};
use wallet_core::time::UnixTime;

use super::Counter;
use crate::world::{Jar, NOW, Signer, World, request_signer, year};

/// A certificate for the bank, changed in one thing.
fn leaf(change: impl FnOnce(&mut Template)) -> Template {
    let mut template = request_signer("Example Bank", "verifier.example");
    change(&mut template);
    template
}

/// Signed by whom this template makes, under the EU's authority for verifiers.
fn certified(counter: &Counter, template: &Template) -> impl Fn(&mut Jar) + use<> {
    let signer = Signer::issued_by(&counter.world.pki.eu_verifiers, template);
    move |jar| jar.signed_by(&signer, &[])
}

#[test]
fn the_leaf() {
    let counter = Counter::eu();
    let now = |from: i64, until: i64| {
        leaf(|leaf| {
            leaf.validity =
                Validity { not_before: UnixTime(NOW.0 + from), not_after: UnixTime(NOW.0 + until) };
        })
    };
    let usage = |usage| leaf(|leaf| leaf.key_usage = usage);
    let purposes = |purposes: &[_]| leaf(|leaf| leaf.purposes = purposes.to_vec());
    let extension = |critical| {
        leaf(|leaf| {
            leaf.extensions = vec![Extension { id: oid::NAME_CONSTRAINTS, critical, value: vec![0x30, 0] }];
        })
    };
    let ca = |ca| leaf(|leaf| leaf.basic_constraints = Some(BasicConstraints { ca, path_len: None }));
    let both = KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::CRL_SIGN);
    for (what, code, wrong, right) in [
        // X.509 knows no clock skew.
        ("expired", Code::CertificateExpired, now(-9, -1), now(-9, 0)),
        ("not yet valid", Code::CertificateNotYetValid, now(1, 9), now(0, 9)),
        ("no keyUsage", Code::CertificateKeyUsageInvalid, usage(None), usage(Some(both))),
        (
            "another keyUsage",
            Code::CertificateKeyUsageInvalid,
            usage(Some(KeyUsage::CRL_SIGN)),
            usage(Some(KeyUsage::DIGITAL_SIGNATURE)),
        ),
        (
            "another extKeyUsage",
            Code::CertificateExtendedKeyUsageInvalid,
            purposes(&[oid::MDL_DOCUMENT_SIGNER]),
            purposes(&[oid::MDL_DOCUMENT_SIGNER, oid::CLIENT_AUTH]),
        ),
        ("a critical extension", Code::CertificateExtensionUnknown, extension(true), extension(false)),
        ("an authority's certificate", Code::CertificateIsCa, ca(true), ca(false)),
    ] {
        counter.refuses_unknown_but(what, code, certified(&counter, &wrong), certified(&counter, &right));
    }
}

#[test]
fn who_certified_it() {
    let counter = Counter::eu();
    let pki = &counter.world.pki;
    let by = |authority: &Authority| {
        let signer = Signer::issued_by(authority, &leaf(|_| ()));
        move |jar: &mut Jar| jar.signed_by(&signer, &[])
    };
    let listed = by(&pki.eu_verifiers);
    let unknown = Template::authority(Subject::new("Unknown CA"), year(), None);
    let unknown = Authority::root(&unknown).unwrap();
    counter.refuses_unknown_but("nobody we know", Code::AnchorUnknown, by(&unknown), &listed);
    let forged =
        Authority { certificate: pki.eu_verifiers.certificate.clone(), key: SecretKey::random().unwrap() };
    counter.refuses_unknown_but(
        "somebody else in its name",
        Code::CertificateSignatureInvalid,
        by(&forged),
        &listed,
    );
    // Whoever may certify issuers may not for that reason certify those who ask (EU-44).
    counter.refuses_unknown_but(
        "an issuer's authority",
        Code::AnchorNotForThis,
        by(&pki.eu_issuers),
        &listed,
    );
    let itself = Signer::self_signed(&leaf(|_| ()));
    counter.refuses_unknown_but(
        "itself",
        Code::CertificateSelfSigned,
        |jar| jar.signed_by(&itself, &[]),
        &listed,
    );
}

#[test]
fn the_chain() {
    let counter = Counter::eu();
    let pki = &counter.world.pki;
    let authority = |path_len| Template::authority(Subject::new("Access CA 2"), year(), path_len);
    let between = pki.eu_verifiers.intermediate(&authority(Some(0))).unwrap();
    let bank = Signer::issued_by(&between, &leaf(|_| ()));
    let whole = |jar: &mut Jar| jar.signed_by(&bank, &[&between.certificate]);

    counter.refuses_unknown_but(
        "a link is missing",
        Code::AnchorUnknown,
        |jar| jar.signed_by(&bank, &[]),
        whole,
    );
    counter.refuses_unknown_but(
        "a stranger in the chain",
        Code::CertificateNameMismatch,
        |jar| jar.signed_by(&bank, &[&pki.ca_issuers.certificate]),
        whole,
    );
    let deeper = Template { subject: Subject::new("Access CA 3"), ..authority(None) };
    let deeper = between.intermediate(&deeper).unwrap();
    let far = Signer::issued_by(&deeper, &leaf(|_| ()));
    counter.refuses_unknown_but(
        "an intermediate too many",
        Code::CertificatePathTooLong,
        |jar| jar.signed_by(&far, &[&deeper.certificate, &between.certificate]),
        whole,
    );
    let old = Template { validity: Validity::days(UnixTime(NOW.0 - 86_401), 1), ..authority(None) };
    let old = pki.eu_verifiers.intermediate(&old).unwrap();
    let under_old = Signer::issued_by(&old, &leaf(|_| ()));
    counter.refuses_unknown_but(
        "an expired intermediate",
        Code::CertificateExpired,
        |jar| jar.signed_by(&under_old, &[&old.certificate]),
        whole,
    );
    let limited = Template { purposes: vec![oid::MDL_DOCUMENT_SIGNER], ..authority(None) };
    let limited = pki.eu_verifiers.intermediate(&limited).unwrap();
    let under_limited = Signer::issued_by(&limited, &leaf(|_| ()));
    counter.refuses_unknown_but(
        "an intermediate for something else",
        Code::CertificateExtendedKeyUsageInvalid,
        |jar| jar.signed_by(&under_limited, &[&limited.certificate]),
        whole,
    );
}

/// HAIP 1.0 5 forbids it; the Canadian profile tolerates it, and then the chain must still end there.
#[test]
fn the_anchor_in_the_chain() {
    let with_anchor = |jar: &mut Jar, world: &World, eu: bool| {
        let pki = &world.pki;
        let (signer, anchor) = match eu {
            true => (&pki.eu_verifier, &pki.eu_verifiers.certificate),
            false => (&pki.ca_verifier, &pki.ca_verifiers.certificate),
        };
        jar.signed_by(signer, &[anchor]);
    };
    let eu = Counter::eu();
    eu.refuses("the anchor", Code::AnchorInChain, |jar| with_anchor(jar, &eu.world, true));
    let ca = Counter::ca();
    ca.accepts("the anchor", |jar| with_anchor(jar, &ca.world, false));
}

#[test]
fn the_form_of_x5c() {
    let counter = Counter::eu();
    let certificate = counter.verifier.signer.certificate.clone();
    let x5c = move |value: serde_json::Value| move |jar: &mut Jar| _ = jar.header.insert("x5c".into(), value);
    let base64 = |bytes: &[u8]| base64::engine::general_purpose::STANDARD.encode(bytes);
    let url_safe = wallet_core::jose::base64url::encode(certificate.der());
    let one = base64(certificate.der());
    counter.refuses_unknown("no x5c", Code::ChainLengthInvalid, |jar| _ = jar.header.remove("x5c"));
    for (what, code, wrong) in [
        ("no certificate", Code::ChainLengthInvalid, json!([])),
        ("six certificates", Code::ChainLengthInvalid, json!(vec![one.clone(); 6])),
        ("one of 9 KiB", Code::ChainLengthInvalid, json!([base64(&[0x30; 9 * 1024])])),
        ("a text", Code::JwsMalformed, json!(one)),
        ("a number in it", Code::JwsMalformed, json!([1])),
        ("base64url", Code::JwsMalformed, json!([url_safe])),
        ("no DER", Code::CertificateMalformed, json!([base64(b"certificate")])),
        ("DER and more", Code::CertificateMalformed, json!([base64(&[certificate.der(), b"\0"].concat())])),
    ] {
        counter.refuses_unknown(what, code, x5c(wrong));
    }
}
