//! What is read from a certificate, and what is not read at all.

mod fixtures;
mod text;

use proptest::prelude::*;

use super::oid::{self, ObjectIdentifier};
use super::{BasicConstraints, Certificate, KeyUsage, parse_chain};
use crate::crypto::p256::SecretKey;
use crate::error::{Code, Result};
use crate::issue::certificate::{Authority, Extension, Subject, Template, Validity};
use crate::testing::{hex, vector};
use crate::time::UnixTime;
use crate::{error::WalletError, limits};

const NOW: UnixTime = UnixTime(1_795_341_600);

fn template() -> Template {
    Template::request_signer(Subject::new("Verifier"), Validity::days(NOW, 100), "verifier.example")
}

fn made(template: &Template) -> Result<Certificate> {
    Authority::root(template).map(|authority| authority.certificate)
}

/// The certificate is read, and with the change it is not.
#[track_caller]
fn malformed(template: &Template, change: impl FnOnce(&mut Template)) {
    made(template).expect("the twin is read");
    let mut changed = template.clone();
    change(&mut changed);
    assert_eq!(code(made(&changed)), Code::CertificateMalformed);
}

#[track_caller]
fn code<T>(result: Result<T>) -> Code {
    result.err().map(|error: WalletError| error.code()).expect("an error")
}

/// The bytes with `from`, which stands there `times`, replaced.
fn patched(der: &[u8], from: &[u8], to: &[u8], times: usize) -> Vec<u8> {
    let found: Vec<_> = (0..=der.len() - from.len()).filter(|at| der[*at..].starts_with(from)).collect();
    assert_eq!(found.len(), times);
    let mut out = der.to_vec();
    out[found[0]..found[0] + from.len()].copy_from_slice(to);
    out
}

#[test]
fn every_field_is_read() {
    let mut template = template();
    template.subject = Subject::new("Vérificateur")
        .organization("Ville de Québec")
        .with(oid::ORGANIZATION_IDENTIFIER, "NTRCA-1234567890")
        .country("CA")
        .state("CA-QC");
    template.key_usage = Some(KeyUsage::DIGITAL_SIGNATURE.and(KeyUsage::NON_REPUDIATION));
    template.purposes = vec![oid::CLIENT_AUTH, oid::MDL_READER_AUTH];
    template.dns_names.push("autre.example".into());
    template.uris = vec!["https://verifier.example/about".into()];
    template.ip_addresses = vec!["127.0.0.1".parse().unwrap(), "::1".parse().unwrap()];
    template.issuer_uri = Some("https://issuer.example".into());
    template.crl_uri = Some("https://issuer.example/crl".into());
    let root = Authority::root(&Template::authority(
        Subject::new("Root"),
        Validity { not_before: UnixTime(0), not_after: UnixTime(4_102_444_800) },
        Some(3),
    ))
    .unwrap();
    let key = SecretKey::random().unwrap().public_key();
    let leaf = root.issue(&template, &key).unwrap();

    let subject = leaf.subject();
    assert_eq!(subject.common_name(), Some("Vérificateur"));
    assert_eq!(subject.organization(), Some("Ville de Québec"));
    assert_eq!(subject.organization_identifier(), Some("NTRCA-1234567890"));
    assert_eq!(subject.country(), Some("CA"));
    assert_eq!(subject.state(), Some("CA-QC"));
    assert_eq!(leaf.issuer().der(), root.certificate.subject().der());
    assert_eq!(leaf.public_key(), &key);
    assert_eq!((leaf.not_before(), leaf.not_after()), (NOW, NOW.plus(100 * 86_400)));
    assert_eq!(leaf.key_usage(), template.key_usage);
    assert_eq!(leaf.purposes().unwrap().as_slice(), template.purposes);
    assert_eq!(leaf.dns_names(), ["verifier.example", "autre.example"]);
    assert_eq!(leaf.uris(), ["https://verifier.example/about"]);
    assert_eq!(leaf.authority_key_id(), root.certificate.subject_key_id());
    assert_eq!(leaf.subject_key_id().unwrap().len(), 20);
    assert_eq!(leaf.basic_constraints(), None);
    assert_eq!(leaf.unknown_critical_extensions(), []);
    assert_eq!(leaf.sha256(), crate::crypto::hash::sha256(leaf.der()));
    assert!(!leaf.is_self_issued());

    let root = root.certificate;
    assert_eq!(root.basic_constraints(), Some(BasicConstraints { ca: true, path_len: Some(3) }));
    assert!(root.is_ca() && root.is_self_signed());
    // 1970 is a UTCTime, 2100 a GeneralizedTime.
    assert_eq!((root.not_before(), root.not_after()), (UnixTime(0), UnixTime(4_102_444_800)));
    // Signed with its own key, but somebody else's by name.
    template.issuer = Some(Subject::new("Issuer"));
    assert!(!made(&template).unwrap().is_self_signed());
    leaf.verify_signature(root.public_key(), "leaf").unwrap();
    assert_eq!(code(root.verify_signature(&key, "root")), Code::CertificateSignatureInvalid);
}

/// ISO 18013-5 Annex D, against what other tools read there.
#[test]
fn the_document_signer_of_annex_d() {
    let Some(vectors) = vector("iso18013-5-annex-d.json") else { return };
    let der = hex(vectors["vectors"]["DS_CERT"].as_str().unwrap());
    let certificate = Certificate::from_der(&der, "leaf").unwrap();
    assert_eq!(certificate.der(), der);
    assert_eq!(certificate.subject().common_name(), Some("utopia ds"));
    assert_eq!(certificate.issuer().common_name(), Some("utopia iaca"));
    assert_eq!(certificate.subject().country(), Some("US"));
    assert_eq!(certificate.not_before().to_tdate(), "2020-10-01T00:00:00Z");
    assert_eq!(certificate.not_after().to_tdate(), "2021-10-01T00:00:00Z");
    assert_eq!(certificate.key_usage(), Some(KeyUsage::DIGITAL_SIGNATURE));
    assert_eq!(certificate.purposes().unwrap().as_slice(), [oid::MDL_DOCUMENT_SIGNER]);
    assert_eq!(certificate.authority_key_id().unwrap(), hex("54fa2383a04c28e0d930792261c80c4881d2c00b"));
    assert_eq!(certificate.subject_key_id().unwrap(), hex("14e29017a6c35621ffc7a686b7b72db06cd12351"));
}

/// RFC 5280 4.1.1.2: only the inner algorithm is signed, so the outer one must say the same.
#[test]
fn both_signature_algorithms_are_one() {
    let good = made(&template()).unwrap();
    let (sha256, sha384) = (hex("06082a8648ce3d040302"), hex("06082a8648ce3d040303"));
    let changed = patched(good.der(), &sha256, &sha384, 2);
    assert_eq!(code(Certificate::from_der(&changed, "leaf")), Code::CertificateMalformed);
}

#[test]
fn a_version_without_extensions_has_none() {
    let good = made(&template()).unwrap();
    let changed = patched(good.der(), &hex("a003020102"), &hex("a003020101"), 1);
    assert_eq!(code(Certificate::from_der(&changed, "leaf")), Code::CertificateMalformed);
}

/// RFC 5280 4.1.2.4.
#[test]
fn an_issuer_has_a_name() {
    malformed(&template(), |template| template.issuer = Some(Subject::default()));
    // A subject need not: it may be named in subjectAltName only.
    let mut template = template();
    template.issuer = Some(Subject::new("Issuer"));
    template.subject = Subject::default();
    let unnamed = made(&template).unwrap();
    assert!(unnamed.subject().is_empty());
    assert_eq!(unnamed.unknown_critical_extensions(), []);
}

/// RFC 5280 4.2: two readers could pick different ones.
#[test]
fn an_extension_stands_once() {
    let private = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.32473.1");
    for id in [oid::KEY_USAGE, oid::SUBJECT_ALT_NAME, private] {
        let mut template = template();
        template.key_usage = None;
        template.dns_names.clear();
        let value = match id {
            oid::KEY_USAGE => hex("03020780"),
            oid::SUBJECT_ALT_NAME => hex("3003820161"),
            _ => hex("0500"),
        };
        template.extensions = vec![Extension { id, critical: false, value }];
        malformed(&template, |template| template.extensions.push(template.extensions[0].clone()));
    }
}

#[test]
fn extensions_are_well_formed() {
    for (id, good, bad) in [
        (oid::KEY_USAGE, "03020780", "0500"),
        (oid::KEY_USAGE, "03020780", "030207800500"),
        (oid::BASIC_CONSTRAINTS, "30030101ff", "3003010101"),
        (oid::BASIC_CONSTRAINTS, "30060101ff020100", "30060101ff0201ff"),
        (oid::EXTENDED_KEY_USAGE, "300606042a030405", "3000"),
        (oid::SUBJECT_KEY_IDENTIFIER, "040101", "0401"),
        (oid::AUTHORITY_KEY_IDENTIFIER, "3003800101", "04020101"),
        // A host name is ASCII, and has no blanks or control characters that a screen would hide.
        (oid::SUBJECT_ALT_NAME, "3003820161", "30038201e9"),
        (oid::SUBJECT_ALT_NAME, "3003820161", "3003820100"),
        (oid::SUBJECT_ALT_NAME, "3003820161", "3003820120"),
        (oid::SUBJECT_ALT_NAME, "3003820161", "30028200"),
        (oid::SUBJECT_ALT_NAME, "3003820161", "300382016130"),
        (oid::SUBJECT_ALT_NAME, "3003860161", "3003860261"),
    ] {
        let mut template = template();
        template.key_usage = None;
        template.dns_names.clear();
        template.subject_key_id = false;
        template.extensions = vec![Extension { id, critical: true, value: hex(good) }];
        malformed(&template, |template| template.extensions[0].value = hex(bad));
    }
}

/// A kind of name that is of no use here does not spoil the others.
#[test]
fn other_kinds_of_alternative_names_are_passed_over() {
    let mut template = template();
    template.dns_names.clear();
    // otherName, x400Address, dNSName "a", directoryName
    let value = hex("3015a00806022a03a0020500a3020500820161a4023000");
    template.extensions = vec![Extension { id: oid::SUBJECT_ALT_NAME, critical: true, value }];
    assert_eq!(made(&template).unwrap().dns_names(), ["a"]);
}

#[test]
fn unknown_extensions_are_noted_when_critical() {
    let id = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.32473.1");
    for (critical, expected) in [(false, vec![]), (true, vec![id])] {
        let mut template = template();
        template.extensions = vec![Extension { id, critical, value: hex("0500") }];
        assert_eq!(made(&template).unwrap().unknown_critical_extensions(), expected);
    }
}

#[test]
fn size_is_limited() {
    let of_size = |length: usize| {
        let mut template = template();
        let id = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.32473.1");
        template.extensions = vec![Extension { id, critical: false, value: vec![0; length] }];
        made(&template)
    };
    // A signature is 70 to 72 bytes long, so the limit is not met to the byte.
    let overhead = of_size(7000).unwrap().der().len() - 7000;
    assert!(of_size(limits::CERTIFICATE - overhead - 5).is_ok());
    assert_eq!(code(of_size(limits::CERTIFICATE - overhead + 5)), Code::CertificateMalformed);
}

#[test]
fn nothing_may_follow_and_nothing_may_be_missing() {
    let good = made(&template()).unwrap();
    let mut longer = good.der().to_vec();
    longer.push(0);
    assert_eq!(code(Certificate::from_der(&longer, "leaf")), Code::CertificateMalformed);
    for length in 0..good.der().len() {
        assert_eq!(
            code(Certificate::from_der(&good.der()[..length], "leaf")),
            Code::CertificateMalformed,
            "{length}"
        );
    }
}

#[test]
fn other_keys_are_not_supported() {
    let good = made(&template()).unwrap();
    // The curve, and the kind of key.
    for (supported, other) in [("2a8648ce3d030107", "2a8648ce3d030106"), ("2a8648ce3d0201", "2a8648ce3d0202")]
    {
        let changed = patched(good.der(), &hex(supported), &hex(other), 1);
        assert_eq!(code(Certificate::from_der(&changed, "leaf")), Code::CertificateAlgUnsupported);
    }
    // On the right curve, but no point of it.
    let mut point = good.public_key().to_sec1();
    let before = point;
    point[64] ^= 1;
    let changed = patched(good.der(), &before, &point, 1);
    assert_eq!(code(Certificate::from_der(&changed, "leaf")), Code::CertificateMalformed);
}

#[test]
fn other_signatures_are_not_supported() {
    let one = |pem| super::pem::parse(pem).unwrap().remove(0).certificate.unwrap();
    let root = one(fixtures::ROOT);
    one(fixtures::SHA256).verify_signature(root.public_key(), "leaf").unwrap();
    // Good signatures, by the same key over the same leaf.
    for pem in [fixtures::SHA384, fixtures::NULL_PARAMETERS] {
        let unsupported = one(pem).verify_signature(root.public_key(), "leaf");
        assert_eq!(code(unsupported), Code::CertificateAlgUnsupported);
    }
}

#[test]
fn a_name_for_people() {
    let name = |change: fn(&mut Template)| {
        let mut template = template();
        template.issuer = Some(Subject::new("Issuer"));
        change(&mut template);
        made(&template).unwrap().display_name()
    };
    assert_eq!(name(|_| ()), "Verifier");
    // ETSI: the common name is the name that the organization uses.
    assert_eq!(name(|t| t.subject = Subject::new("Trade name").organization("Company SA")), "Trade name");
    // TLS: the common name is a host; the organization says more.
    let host = "verifier.example";
    assert_eq!(host, template().dns_names[0]);
    assert_eq!(
        name(|t| t.subject = Subject::new("verifier.example").organization("Company SA")),
        "Company SA"
    );
    assert_eq!(name(|t| t.subject = Subject::new("verifier.example")), host);
    assert_eq!(name(|t| t.subject = Subject::default()), host);
    let only_number = |t: &mut Template| {
        t.dns_names.clear();
        t.subject = Subject::default().with(oid::ORGANIZATION_IDENTIFIER, "VATBE-0123456789");
    };
    assert_eq!(name(only_number), "VATBE-0123456789");
    let only_uri = |t: &mut Template| {
        t.dns_names.clear();
        t.uris = vec!["https://verifier.example".into()];
        t.subject = Subject::default();
    };
    assert_eq!(name(only_uri), "https://verifier.example");
    let nothing = |t: &mut Template| {
        t.dns_names.clear();
        t.subject = Subject::default();
    };
    assert!(name(nothing).starts_with("SHA-256 "));
}

/// Errors say which certificate it was.
#[test]
fn a_chain_is_leaf_first() {
    let good = made(&template()).unwrap().der().to_vec();
    let bad = good[1..].to_vec();
    assert_eq!(parse_chain(&[&good, &good]).unwrap().len(), 2);
    let place = |ders: &[&Vec<u8>]| parse_chain(ders).unwrap_err().fault().at();
    assert_eq!(place(&[&bad, &good]), Some("leaf"));
    assert_eq!(place(&[&good, &bad]), Some("intermediate"));
    assert_eq!(code(parse_chain::<Vec<u8>>(&[])), Code::ChainLengthInvalid);
    assert!(parse_chain(&[&good; 5]).is_ok());
    assert_eq!(code(parse_chain(&[&good; 6])), Code::ChainLengthInvalid);
}

/// A log shows which certificate, not who.
#[test]
fn debug_prints_no_name() {
    let printed = format!("{:?}", made(&template()).unwrap());
    assert!(printed.starts_with("Certificate(SHA-256 ") && !printed.contains("Verifier"), "{printed}");
}

fn sample() -> Vec<u8> {
    let mut template = template();
    template.purposes = vec![oid::CLIENT_AUTH];
    template.uris = vec!["https://verifier.example".into()];
    template.basic_constraints = Some(BasicConstraints { ca: true, path_len: Some(1) });
    made(&template).unwrap().der().to_vec()
}

/// Reads and asks everything that looks at the bytes again.
fn exercise(der: &[u8]) {
    if let Ok(certificate) = Certificate::from_der(der, "leaf") {
        assert_eq!(certificate.der(), der);
        let _ = certificate.is_self_signed();
        let _ = certificate.display_name();
    }
}

proptest! {
    #[test]
    fn never_panics_on_anything(der in prop::collection::vec(any::<u8>(), 0..600)) {
        exercise(&der);
    }

    #[test]
    fn never_panics_on_changed_certificates(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut der = sample();
        for (index, byte) in changes {
            let at = index.index(der.len());
            der[at] = byte;
        }
        exercise(&der);
    }

    #[test]
    fn never_panics_on_cut_and_joined_certificates(
        from in any::<prop::sample::Index>(),
        to in any::<prop::sample::Index>(),
    ) {
        let der = sample();
        let (from, to) = (from.index(der.len()), to.index(der.len()));
        exercise(&[&der[..from], &der[to..]].concat());
    }
}
