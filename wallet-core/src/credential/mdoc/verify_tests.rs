use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::asn1::Certificate;
use crate::cbor::{Reader, Writer};
use crate::credential::mdoc::testing::{AAMVA, DAY, DOC_TYPE, MDL, NOW, World, location};
use crate::credential::path::Step;
use crate::crypto::hash::HashAlg;
use crate::issue::certificate::{Authority, Subject, Template, Validity};
use crate::issue::mdoc::{Deviation, ElementDeviation, ElementValue, IssuerSignedBuilder};
use crate::testing::{hex, vector, vector_text};
use crate::trust::{Anchors, Channel, ListName, PathProfile, TrustAnchor};

fn code(result: Result<VerifiedMdoc>) -> Option<Code> {
    result.err().map(|error| error.code())
}

#[test]
fn a_correct_mdoc_verifies_and_tells_what_it_holds() {
    let world = World::new();
    let issuer_signed = world.sign(&world.licence().status(hex("a1")).status(hex("a0")).decoys(5));
    let mdoc = world.verify(&issuer_signed).unwrap();
    assert_eq!(mdoc.doc_type(), DOC_TYPE);
    assert_eq!(mdoc.issuer_signed(), issuer_signed);
    assert_eq!(mdoc.validity(), &World::validity());
    assert!(*mdoc.device_key() == world.device.public_key());
    assert_eq!(mdoc.status(), Some(&hex("a0")[..]));
    assert_eq!(
        mdoc.claims(),
        &json!({
            MDL: {
                "family_name": "Tremblay",
                "birth_date": "1990-02-28",
                "portrait": "_9j_4A",
                "driving_privileges": [{ "vehicle_category_code": "5", "issue_date": "2018-08-09" }],
                "issuing_country": "CA",
                "issuing_jurisdiction": "CA-BC",
            },
            AAMVA: { "family_name_truncation": "N", "organ_donor": 1 },
        })
    );
    let locations = mdoc.locations();
    assert_eq!(locations.len(), 8);
    assert_eq!(locations[0], location(MDL, "family_name"));
    assert_eq!(locations[7], location(AAMVA, "organ_donor"));
    assert_eq!(format!("{mdoc:?}"), "VerifiedMdoc(org.iso.18013.5.1.mDL)");
}

/// Everything but the one thing is right: digests and signature are made over the deviation.
#[test]
fn each_deviation_is_refused_with_its_code_and_its_twin_passes() {
    let world = World::new();
    let element = |how| Deviation::Element(MDL, "birth_date", how);
    let device_key = |crv: i64, off: u8| {
        let (x, mut y) = world.device.public_key().coordinates();
        y[31] ^= off;
        let mut key = Writer::default();
        key.map(4).int(1).int(2).int(-1).int(crv).int(-2).bytes(&x).int(-3).bytes(&y);
        Deviation::DeviceKey(key.into_bytes())
    };
    let table = [
        // EU-9: ESP256 is the same as ES256 on P-256.
        (Deviation::Alg(-35), Code::MdocAlgUnsupported, Deviation::Alg(-9)),
        (Deviation::Version("1.1"), Code::MdocVersionUnsupported, Deviation::Version("1.0")),
        (
            Deviation::DigestAlgorithm("SHA-1"),
            Code::MdocDigestAlgUnsupported,
            Deviation::DigestAlgorithm("SHA-256"),
        ),
        (
            Deviation::DigestAlgorithm("SHA-512"),
            Code::MdocDigestMismatch,
            Deviation::DigestAlgorithm("SHA-256"),
        ),
        (device_key(1, 1), Code::MdocDeviceKeyInvalid, device_key(1, 0)),
        (device_key(2, 0), Code::MdocDeviceKeyInvalid, device_key(1, 0)),
        (
            element(ElementDeviation::WrongDigest),
            Code::MdocDigestMismatch,
            element(ElementDeviation::Random(32)),
        ),
        (
            element(ElementDeviation::MissingDigest),
            Code::MdocDigestMissing,
            element(ElementDeviation::Random(32)),
        ),
        (
            element(ElementDeviation::Random(15)),
            Code::MdocRandomTooShort,
            element(ElementDeviation::Random(16)),
        ),
        (element(ElementDeviation::Doubled), Code::MdocElementDoubled, element(ElementDeviation::Random(32))),
        (
            element(ElementDeviation::SharedDigestId),
            Code::MdocElementDoubled,
            element(ElementDeviation::Random(32)),
        ),
    ];
    for (bad, expected, good) in table {
        let verify = |deviation| code(world.verify(&world.sign(&world.licence().deviate(deviation))));
        assert_eq!(verify(good), None, "the twin of {bad:?}");
        assert_eq!(verify(bad.clone()), Some(expected), "{bad:?}");
    }
}

#[test]
fn the_signature_is_the_document_signers() {
    let (world, other) = (World::new(), World::new());
    let licence = world.licence();
    assert_eq!(code(world.verify(&world.sign(&licence))), None);
    // Signed by someone else who shows the signer's certificate.
    let forged = licence.sign(&other.signer.key, &[world.signer.certificate.der()]).unwrap();
    assert_eq!(code(world.verify(&forged)), Some(Code::MdocIssuerSignatureInvalid));
    // The last byte of the signature.
    let mut changed = world.sign(&licence);
    *changed.last_mut().unwrap() ^= 1;
    assert_eq!(code(world.verify(&changed)), Some(Code::MdocIssuerSignatureInvalid));
}

#[test]
fn every_digest_algorithm_of_the_standard_is_verified() {
    let world = World::new();
    for algorithm in [HashAlg::Sha256, HashAlg::Sha384, HashAlg::Sha512] {
        let licence = world.licence().digest_algorithm(algorithm);
        assert_eq!(code(world.verify(&world.sign(&licence))), None, "{algorithm:?}");
    }
}

#[test]
fn the_validity_is_sane_and_within_the_certificates() {
    let world = World::new();
    let verify = |signed: i64, from: i64, until: i64| {
        let [signed, valid_from, valid_until] = [signed, from, until].map(|seconds| NOW.plus(seconds));
        let validity = ValidityInfo { signed, valid_from, valid_until, expected_update: Some(NOW) };
        world.verify(&world.sign(&world.licence_valid(validity))).err().map(|e| (e.code(), e.fault().at()))
    };
    let invalid = |place| Some((Code::MdocValidityInvalid, Some(place)));
    assert_eq!(verify(-10, -10, 0), None);
    assert_eq!(verify(-10, -11, 0), invalid("validFrom"));
    assert_eq!(verify(-10, 0, 0), None);
    assert_eq!(verify(-10, 0, -1), invalid("validUntil"));
    // The signer's certificate is valid from 10 days ago for 100 days.
    let (from, to) = (world.signer.certificate.not_before(), world.signer.certificate.not_after());
    let (from, to) = (from.0 - NOW.0, to.0 - NOW.0);
    assert_eq!(verify(from, 0, DAY), None);
    assert_eq!(verify(from - 1, 0, DAY), invalid("signed"));
    let late = |signed: i64| {
        let at = NOW.plus(signed);
        let validity = ValidityInfo { signed: at, valid_from: at, valid_until: at, expected_update: None };
        code(world.verify_at(&world.sign(&world.licence_valid(validity)), at))
    };
    assert_eq!(late(to), None);
    assert_eq!(late(to + 1), Some(Code::MdocValidityInvalid));
}

#[test]
fn the_time_is_within_the_validity_with_a_minute_to_spare() {
    let world = World::new();
    let issuer_signed = world.sign(&world.licence());
    let ValidityInfo { valid_from, valid_until, .. } = World::validity();
    let skew = limits::CLOCK_SKEW_SECONDS;
    let at = |time: UnixTime| code(world.verify_at(&issuer_signed, time));
    assert_eq!(at(valid_from.plus(-skew)), None);
    assert_eq!(at(valid_from.plus(-skew - 1)), Some(Code::MdocNotYetValid));
    assert_eq!(at(valid_until.plus(skew)), None);
    assert_eq!(at(valid_until.plus(skew + 1)), Some(Code::MdocExpired));
}

/// canada.md 2.1, item 5: C=`CA`, ST=`CA-BC`; the AAMVA's list also has ST without the country (3.3).
#[test]
fn country_and_jurisdiction_are_the_signers() {
    let table = [
        // C, ST, issuing_country, issuing_jurisdiction
        ("CA", Some("CA-BC"), "CA", "CA-BC", None),
        ("CA", Some("BC"), "CA", "CA-BC", None),
        ("CA", None, "CA", "CA-BC", None),
        ("CA", Some("CA-BC"), "CA", "CA-ON", Some("issuing_jurisdiction")),
        ("CA", Some("BC"), "CA", "CA-ON", Some("issuing_jurisdiction")),
        ("CA", Some("BC"), "CA", "US-BC", Some("issuing_jurisdiction")),
        ("CA", Some("CA-BC"), "CA", "BC", Some("issuing_jurisdiction")),
        ("CA", Some("British Columbia"), "CA", "CA-BC", Some("issuing_jurisdiction")),
        ("CA", Some("CA-BC"), "US", "CA-BC", Some("issuing_country")),
        ("US", Some("CA-BC"), "CA", "CA-BC", Some("issuing_country")),
        ("CA", None, "ca", "CA-BC", Some("issuing_country")),
    ];
    for (c, st, country, jurisdiction, refused_at) in table {
        let world = World::of(c, st);
        let device_key = world.device.public_key();
        let mdoc = IssuerSignedBuilder::new(DOC_TYPE, World::validity(), &device_key)
            .element(MDL, "issuing_country", country)
            .element(MDL, "issuing_jurisdiction", jurisdiction);
        let error = world.verify(&world.sign(&mdoc)).err().map(|e| (e.code(), e.fault().at()));
        let expected = refused_at.map(|place| (Code::MdocIssuingCountryMismatch, Some(place)));
        assert_eq!(error, expected, "{c} {st:?} {country} {jurisdiction}");
    }
    // An element that is not a text is no country.
    let world = World::of("CA", None);
    let mdoc = |value: ElementValue| {
        let builder = IssuerSignedBuilder::new(DOC_TYPE, World::validity(), &world.device.public_key());
        code(world.verify(&world.sign(&builder.element("other", "issuing_country", value))))
    };
    assert_eq!(mdoc("CA".into()), None);
    assert_eq!(mdoc(vec![ElementValue::from("CA")].into()), Some(Code::MdocIssuingCountryMismatch));
}

/// No path profile lets a document signer without a country through; this does not lean on that.
#[test]
fn a_signer_without_a_country_vouches_for_none() {
    let world = World::new();
    let validity = Validity::days(NOW.plus(-10 * DAY), 100);
    let signer = world.root.intermediate(&Template::issuer_signer(Subject::new("DS"), validity)).unwrap();
    let verify = |element: &str| {
        let device_key = world.device.public_key();
        let mdoc =
            IssuerSignedBuilder::new(DOC_TYPE, World::validity(), &device_key).element(MDL, element, 7);
        let issuer_signed = mdoc.sign(&signer.key, &[signer.certificate.der()]).unwrap();
        code(IssuerSigned::parse(&issuer_signed).unwrap().verify_signed_by(&signer.certificate, NOW))
    };
    assert_eq!(verify("sex"), None);
    assert_eq!(verify("issuing_country"), Some(Code::MdocIssuingCountryMismatch));
}

#[test]
fn an_anchor_must_be_an_issuers_and_for_the_document_type() {
    let world = World::new();
    let issuer_signed = world.sign(&world.licence());
    let verify = |anchor: TrustAnchor| {
        let anchors: Anchors = [anchor].into_iter().collect();
        let parsed = IssuerSigned::parse(&issuer_signed).unwrap();
        let chain = parsed.certificates().unwrap();
        let (role, channel) = (Role::Issuer, Channel::OpenId4Vci);
        let trusted = anchors.authenticate(&chain, PathProfile::MdocIssuer, role, channel, NOW).unwrap();
        code(parsed.verify(&trusted, NOW))
    };
    assert_eq!(verify(world.anchor()), None);
    assert_eq!(verify(world.anchor().with_types([DOC_TYPE])), None);
    assert_eq!(verify(world.anchor().with_types(["org.iso.7367.1.mVRC"])), Some(Code::AnchorNotForThis));
}

/// The chain of a verifier is trusted too, for something else.
#[test]
fn a_verifiers_certificate_signs_no_mdoc() {
    let world = World::new();
    let validity = Validity::days(NOW.plus(-10 * DAY), 100);
    let subject = |name: &str| Subject::new(name).country("CA").state("CA-BC");
    let root = Authority::root(&Template::authority(subject("root"), validity, Some(0))).unwrap();
    let reader = root.intermediate(&Template::request_signer(subject("rp"), validity, "rp.example")).unwrap();
    let anchor = TrustAnchor::new(ListName::CaVerifiers, root.certificate.clone(), "test", NOW).unwrap();
    let anchors: Anchors = [anchor].into_iter().collect();
    let chain = [reader.certificate.clone()];
    let (role, channel) = (Role::Verifier, Channel::OpenId4Vp);
    let trusted = anchors.authenticate(&chain, PathProfile::RequestSigner, role, channel, NOW).unwrap();

    let issuer_signed = world.licence().sign(&reader.key, &[reader.certificate.der()]).unwrap();
    let parsed = IssuerSigned::parse(&issuer_signed).unwrap();
    assert_eq!(code(parsed.verify(&trusted, NOW)), Some(Code::AnchorNotForThis));
}

/// canada.md 2.1, item 4: digests are over the bytes as they came, whatever their encoding.
#[test]
fn maps_as_credo_writes_them_verify() {
    let world = World::new();
    let issuer_signed = world.sign(&world.licence().long_map_heads());
    assert!(issuer_signed.starts_with(&hex("b90002")));
    let long = world.verify(&issuer_signed).unwrap();
    let short = world.verify(&world.sign(&world.licence())).unwrap();
    assert_eq!(long.claims(), short.claims());
    assert_eq!(long.issuer_signed(), issuer_signed);
}

#[test]
fn a_value_whose_keys_are_one_in_json_is_refused() {
    let world = World::new();
    let licence = |value: &str| {
        code(world.verify(&world.sign(&world.licence().element(MDL, "x", ElementValue::Encoded(hex(value))))))
    };
    assert_eq!(licence("a20100613200"), None);
    assert_eq!(licence("a20100613100"), Some(Code::CborKeyDoubled));
}

#[test]
fn certificates_are_needed_and_limited() {
    let world = World::new();
    let der = world.signer.certificate.der();
    let certificates = |certificates: &[&[u8]]| {
        let issuer_signed = world.licence().sign(&world.signer.key, certificates).unwrap();
        let count = IssuerSigned::parse(&issuer_signed).and_then(|parsed| Ok(parsed.certificates()?.len()));
        count.map_err(|error| error.code())
    };
    assert_eq!(certificates(&[der]), Ok(1));
    assert_eq!(certificates(&[der, der]), Ok(2));
    assert_eq!(certificates(&[]), Err(Code::ChainLengthInvalid));
    assert_eq!(certificates(&[b"x"]), Err(Code::CertificateMalformed));
}

/// ISO 18013-5 D.4 and D.5: the document in the DeviceResponse of the standard, by its own document signer.
#[test]
fn the_document_of_annex_d_verifies() {
    let Some(v) = vector("iso18013-5-annex-d.json") else { return };
    let bytes = |name: &str| hex(v["vectors"][name].as_str().unwrap());
    let device_response = bytes("DEVICE_RESPONSE");
    let mut issuer_signed = None;
    let mut reader = Reader::new(&device_response, Code::Internal, "t");
    let of_document = |name: &str, reader: &mut Reader<'_>, out: &mut Option<Vec<u8>>| match name {
        "issuerSigned" => reader.item().map(|item| *out = Some(item.to_vec())),
        _ => reader.skip(),
    };
    reader
        .text_map(|name, reader| match name {
            "documents" => {
                assert_eq!(reader.array()?, 1);
                reader.text_map(|name, reader| of_document(name, reader, &mut issuer_signed))
            }
            _ => reader.skip(),
        })
        .unwrap();
    let issuer_signed = issuer_signed.unwrap();

    let signer = Certificate::from_der(&bytes("DS_CERT"), "leaf").unwrap();
    let parsed = IssuerSigned::parse(&issuer_signed).unwrap();
    assert_eq!(parsed.certificates().unwrap(), std::slice::from_ref(&signer));
    let at = UnixTime::from_tdate("2020-10-02T00:00:00Z", "t").unwrap();
    let mdoc = parsed.verify_signed_by(&signer, at).unwrap();
    assert_eq!(mdoc.doc_type(), DOC_TYPE);
    assert_eq!(mdoc.validity().signed.to_tdate(), "2020-10-01T13:30:02Z");
    assert_eq!(mdoc.validity().valid_until.to_tdate(), "2021-10-01T13:30:02Z");
    let point = (bytes("STATIC_DEVICE_KEY_X"), bytes("STATIC_DEVICE_KEY_Y"));
    let (x, y) = mdoc.device_key().coordinates();
    assert_eq!((x.to_vec(), y.to_vec()), point);
    let claims = &mdoc.claims()[MDL];
    assert_eq!(claims["family_name"], "Doe");
    assert_eq!(claims["issue_date"], "2019-10-20");
    assert_eq!(claims["document_number"], "123456789");
    assert_eq!(claims["driving_privileges"][0]["vehicle_category_code"], "A");
    let portrait = location(MDL, "portrait");
    let portrait = super::super::claim_bytes(&issuer_signed, mdoc.layout(), &portrait).unwrap().unwrap();
    assert_eq!(portrait, bytes("DEVICE_RESPONSE_PORTRAIT_DATA"));

    let again = |at: UnixTime| {
        let parsed = IssuerSigned::parse(&issuer_signed).unwrap();
        code(parsed.verify_signed_by(&signer, at))
    };
    assert_eq!(again(at.plus(400 * DAY)), Some(Code::MdocExpired));
    assert_eq!(again(at.plus(-2 * DAY)), Some(Code::MdocNotYetValid));
}

/// A licence of the EU reference issuer: its own encoding and order of members, and of all checks it fails one. It says
/// `issuing_country` FC under a certificate of UT, which ISO 18013-5 9.3.1 forbids.
#[test]
fn the_eudi_reference_mdl_verifies_but_for_its_country() {
    let Some(text) = vector_text("eudi-mdl-issuersigned.txt") else { return };
    let issuer_signed = crate::jose::base64url::decode(text.trim(), "t").unwrap();
    let parsed = IssuerSigned::parse(&issuer_signed).unwrap();
    let signer = parsed.certificates().unwrap().remove(0);
    let at = UnixTime::from_tdate("2026-05-01T00:00:00Z", "t").unwrap();
    let (mso, claims) = parsed.verify_content(&signer, at).unwrap();
    assert_eq!(mso.doc_type, DOC_TYPE);
    assert_eq!(mso.validity.valid_from.to_tdate(), "2026-04-21T18:31:19Z");
    assert_eq!(
        (claims[MDL]["issuing_country"].as_str(), signer.subject().country()),
        (Some("FC"), Some("UT"))
    );
    let layout = parsed.layout(mso.doc_type);
    for location in layout.locations() {
        let [Step::Key(name_space), Step::Key(element)] = &*location.0 else { panic!("{location:?}") };
        let value = super::super::claim_value(&issuer_signed, &layout, &location).unwrap();
        assert_eq!(value, claims[name_space][element]);
    }
    assert_eq!(code(parsed.verify_signed_by(&signer, at)), Some(Code::MdocIssuingCountryMismatch));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..120)) {
        let _ = IssuerSigned::parse(&bytes);
        let _ = MobileSecurityObject::parse(&bytes);
    }

    /// A changed byte is refused, or changed nothing that was signed. What it can do is hide elements, as anyone can by
    /// leaving them out: nothing but selective disclosure.
    #[test]
    fn a_changed_byte_never_changes_a_claim(at: prop::sample::Index, flip in 1u8..) {
        thread_local! {
            static ISSUED: (World, Vec<u8>, Value) = {
                let world = World::new();
                let issuer_signed = world.sign(&world.licence());
                let claims = world.verify(&issuer_signed).unwrap().claims().clone();
                (world, issuer_signed, claims)
            };
        }
        ISSUED.with(|(world, issuer_signed, claims)| {
            let mut changed = issuer_signed.clone();
            let at = at.index(changed.len());
            changed[at] ^= flip;
            if let Ok(mdoc) = world.verify(&changed) {
                for (name_space, elements) in mdoc.claims().as_object().unwrap() {
                    for (element, value) in elements.as_object().unwrap() {
                        prop_assert_eq!(value, &claims[name_space][element]);
                    }
                }
                prop_assert!(*mdoc.device_key() == world.device.public_key());
                prop_assert_eq!(mdoc.validity(), &World::validity());
            }
            Ok(())
        })?;
    }
}
