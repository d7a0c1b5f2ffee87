//! What may become an anchor, and how it is stored.

use super::*;
use crate::asn1::oid::{self, ObjectIdentifier};
use crate::asn1::{BasicConstraints, KeyUsage};
use crate::issue::certificate::Extension;

fn added(template: &Template) -> Result<TrustAnchor> {
    let certificate = Authority::root(template).unwrap().certificate;
    TrustAnchor::new(ListName::EuVerifiers, certificate, "pinned file", NOW)
}

/// The root of [`Case::request`] is an anchor, and with the change it is not.
#[track_caller]
fn not_added(place: &'static str, change: impl FnOnce(&mut Template)) {
    let mut template = Case::request().root;
    added(&template).expect("the twin is added");
    change(&mut template);
    let fault = added(&template).expect_err("the change is refused").into_fault();
    assert_eq!((fault.code, fault.at()), (Code::AnchorInvalid, Some(place)));
}

#[test]
fn an_anchor_is_an_authority() {
    for constraints in [None, Some(BasicConstraints { ca: false, path_len: None })] {
        not_added("basicConstraints", |template| template.basic_constraints = constraints);
    }
    for usage in [None, Some(KeyUsage::CRL_SIGN)] {
        not_added("keyUsage", |template| template.key_usage = usage);
    }
}

#[test]
fn an_anchor_has_no_constraint_that_cannot_be_kept() {
    not_added("extensions", |template| {
        let value = vec![0x30, 0];
        template.extensions.push(Extension { id: oid::NAME_CONSTRAINTS, critical: true, value });
    });
}

#[test]
fn an_anchor_has_a_name() {
    not_added("subject", |template| {
        template.issuer = Some(Subject::new("Issuer"));
        template.subject = Subject::default();
    });
}

/// One that becomes valid later may be listed ahead of time; one that has expired may not.
#[test]
fn an_anchor_has_not_expired() {
    not_added("notAfter", |template| template.validity.not_after = NOW.plus(-1));
    let mut template = Case::request().root;
    template.validity.not_after = NOW;
    added(&template).unwrap();
    template.validity = Validity::days(NOW.plus(DAY), 1);
    added(&template).unwrap();
}

#[test]
fn a_list_says_what_its_anchors_are_for() {
    let anchor = added(&Case::request().root).unwrap();
    assert_eq!((anchor.side(), anchor.role()), (Some(Side::Eu), Role::Verifier));
    assert_eq!(anchor.channels().len(), Channel::ALL.len());
    assert_eq!((anchor.source(), anchor.next_update()), ("pinned file", None));
    assert!(anchor.types().is_empty() && anchor.allows_type("anything"));
}

fn stored(anchor: &TrustAnchor) -> Vec<u8> {
    minicbor::to_vec(anchor).unwrap()
}

#[test]
fn a_stored_anchor_comes_back_as_it_went() {
    let plain = added(&Case::request().root).unwrap();
    let narrowed = plain
        .clone()
        .with_channels([Channel::Proximity])
        .with_types(["org.iso.18013.5.1.mDL", "eu.europa.ec.eudi.pid.1"])
        .with_next_update(NOW.plus(DAY));
    let tls =
        TrustAnchor::new(ListName::Tls, plain.certificate().clone(), "https://lists.example", NOW).unwrap();
    for anchor in [plain, narrowed, tls] {
        assert_eq!(minicbor::decode::<TrustAnchor>(&stored(&anchor)).unwrap(), anchor);
    }
}

/// The bytes of a record are part of the vault's format: integers, and the certificate as it came.
#[test]
fn the_record_is_what_it_was() {
    let anchor = added(&Case::request().root)
        .unwrap()
        .with_channels([Channel::OpenId4Vp])
        .with_types(["t"])
        .with_next_update(UnixTime(10));
    let der = anchor.certificate().der();
    let mut expected = b"\x87\x00\x01\x81\x00\x81\x61t\x6bpinned file\x0a\x59".to_vec();
    expected.extend(u16::try_from(der.len()).unwrap().to_be_bytes());
    expected.extend(der);
    assert_eq!(stored(&anchor), expected);
}

/// Time passes after an anchor was stored: it is read, shown, and of no use.
#[test]
fn an_anchor_that_expired_since_is_still_read() {
    let case = Case::request();
    let built = case.build();
    let later = Case { at: case.root.validity.not_after.plus(1), ..case };
    let anchor: TrustAnchor = minicbor::decode(&stored(&built.anchor)).unwrap();
    assert!(later.authenticate(&Anchors::from_iter([anchor]), &built.chain).is_err());
}

/// Not even the vault makes an anchor of a certificate that is no authority's.
#[test]
fn a_record_with_another_certificate_is_no_anchor() {
    let anchor = added(&Case::request().root).unwrap();
    let authority = anchor.certificate().der();
    let with = |other: &[u8]| {
        let mut record = stored(&anchor);
        record.truncate(record.len() - authority.len() - 3);
        minicbor::encode(minicbor::bytes::ByteVec::from(other.to_vec()), &mut record).unwrap();
        minicbor::decode::<TrustAnchor>(&record)
    };
    assert_eq!(with(authority).unwrap(), anchor);
    let leaf = Case::request().build().chain.remove(0);
    assert!(with(leaf.der()).is_err());
    assert!(with(&authority[1..]).is_err());
    let mut constrained = Case::request().root;
    let id = ObjectIdentifier::new_unwrap("1.3.6.1.4.1.32473.1");
    constrained.extensions.push(Extension { id, critical: true, value: vec![5, 0] });
    assert!(with(Authority::root(&constrained).unwrap().certificate.der()).is_err());
}
