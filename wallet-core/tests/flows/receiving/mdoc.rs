//! An mdoc with a single fault, received through the whole flow (ISO 18013-5 9.1.2, 9.3.1, Annex B).

use wallet_core::Code;
use wallet_core::asn1::oid;
use wallet_core::credential::mdoc::ValidityInfo;
use wallet_core::crypto::p256::SecretKey;
use wallet_core::issue::certificate::{Authority, Subject, Template, Validity};
use wallet_core::issue::mdoc::{Deviation, ElementDeviation, ElementValue, IssuerSignedBuilder};
use wallet_core::limits;
use wallet_core::time::UnixTime;

use super::Counter;
use crate::world::{Issuer, NOW, Pki, Signer, pid_mdoc_builder, pid_mdoc_of, validity, year};

const SPACE: &str = "eu.europa.ec.eudi.pid.1";

/// An issuer whose PIDs are built with this change.
fn building(change: impl Fn(IssuerSignedBuilder) -> IssuerSignedBuilder + Send + Sync + 'static) -> Issuer {
    Issuer::eu().making("pid-mdoc", move |pki, key| sign(pki, change(pid_mdoc_builder(key))))
}

fn sign(pki: &Pki, builder: IssuerSignedBuilder) -> Vec<u8> {
    let Signer { certificate, key } = &pki.eu_document_signer;
    builder.sign(key, &[certificate.der()]).unwrap()
}

fn deviating(deviation: Deviation) -> Issuer {
    building(move |builder| builder.deviate(deviation.clone()))
}

fn element(how: ElementDeviation) -> Issuer {
    deviating(Deviation::Element(SPACE, "given_name", how))
}

#[test]
fn mobile_security_object() {
    let counter = Counter::new();
    for (what, code, deviation) in [
        ("alg ES384", Code::MdocAlgUnsupported, Deviation::Alg(-35)),
        ("alg EdDSA", Code::MdocAlgUnsupported, Deviation::Alg(-8)),
        ("version 2.0", Code::MdocVersionUnsupported, Deviation::Version("2.0")),
        ("digests by MD5", Code::MdocDigestAlgUnsupported, Deviation::DigestAlgorithm("MD5")),
        // The digests are still those of SHA-256.
        ("another digestAlgorithm", Code::MdocDigestMismatch, Deviation::DigestAlgorithm("SHA-512")),
        ("no key as deviceKey", Code::MdocDeviceKeyInvalid, Deviation::DeviceKey(vec![0xa0])),
    ] {
        counter.refuses(what, code, &deviating(deviation));
    }
    // ESP256 is the same signature under its other number (EU-9).
    counter.accepts("twin: alg ESP256", &deviating(Deviation::Alg(-9)));
    counter.accepts("twin: version 1.0", &deviating(Deviation::Version("1.0")));
    counter.accepts("twin: SHA-256", &deviating(Deviation::DigestAlgorithm("SHA-256")));
}

#[test]
fn elements() {
    let counter = Counter::new();
    for (what, code, wrong) in [
        ("a wrong digest", Code::MdocDigestMismatch, ElementDeviation::WrongDigest),
        ("no digest", Code::MdocDigestMissing, ElementDeviation::MissingDigest),
        ("twice", Code::MdocElementDoubled, ElementDeviation::Doubled),
        ("another's digestID", Code::MdocElementDoubled, ElementDeviation::SharedDigestId),
    ] {
        counter.refuses(what, code, &element(wrong));
    }
    counter.refuses_but(
        "a short salt",
        Code::MdocRandomTooShort,
        &element(ElementDeviation::Random(15)),
        &element(ElementDeviation::Random(16)),
    );
    let nested = |levels: usize| {
        let value =
            move || (0..levels).fold(ElementValue::Int(1), |inner, _| ElementValue::Array(vec![inner]));
        building(move |builder| builder.element(SPACE, "other", value()))
    };
    // The item itself is a map around it.
    counter.refuses_but(
        "nested too deep",
        Code::CborTooDeep,
        &nested(limits::CBOR_DEPTH),
        &nested(limits::CBOR_DEPTH - 1),
    );
}

#[test]
fn encoding() {
    let counter = Counter::new();
    let encoded = |change: fn(Vec<u8>) -> Vec<u8>| {
        Issuer::eu().making("pid-mdoc", move |pki, key| change(sign(pki, pid_mdoc_builder(key))))
    };
    for (what, code, wrong) in [
        (
            "more behind it",
            Code::CborTrailingBytes,
            (|bytes| [bytes, vec![0]].concat()) as fn(Vec<u8>) -> Vec<u8>,
        ),
        ("cut off", Code::CborMalformed, |mut bytes| {
            bytes.pop();
            bytes
        }),
        ("something else", Code::MdocMalformed, |_| vec![0xa0]),
        ("a text", Code::MdocMalformed, |_| vec![0x61, b'a']),
    ] {
        counter.refuses(what, code, &encoded(wrong));
    }
    counter.accepts("twin: heads longer than needed", &building(IssuerSignedBuilder::long_map_heads));
    counter.accepts("twin of all", &encoded(|bytes| bytes));
}

/// Contract 4: 60 seconds of skew; on X.509 none.
#[test]
fn validity_info() {
    let counter = Counter::new();
    let valid = |change: fn(&mut ValidityInfo)| {
        Issuer::eu().making("pid-mdoc", move |pki, key| {
            let mut validity = validity();
            change(&mut validity);
            sign(pki, pid_mdoc_of("eu.europa.ec.eudi.pid.1", validity, key))
        })
    };
    counter.refuses_but(
        "expired",
        Code::MdocExpired,
        &valid(|info| info.valid_until = UnixTime(NOW.0 - 61)),
        &valid(|info| info.valid_until = UnixTime(NOW.0 - 60)),
    );
    counter.refuses_but(
        "not yet valid",
        Code::MdocNotYetValid,
        &valid(|info| info.valid_from = UnixTime(NOW.0 + 61)),
        &valid(|info| info.valid_from = UnixTime(NOW.0 + 60)),
    );
    counter.refuses_but(
        "valid before it was signed",
        Code::MdocValidityInvalid,
        &valid(|info| info.valid_from = UnixTime(info.signed.0 - 1)),
        &valid(|info| info.valid_from = info.signed),
    );
    counter.refuses_but(
        "signed before there was a certificate",
        Code::MdocValidityInvalid,
        &valid(|info| info.signed = UnixTime(year().not_before.0 - 1)),
        &valid(|info| info.signed = year().not_before),
    );
}

#[test]
fn type_and_key() {
    let counter = Counter::new();
    let of_type = |doc_type: &'static str| {
        Issuer::eu().making("pid-mdoc", move |pki, key| sign(pki, pid_mdoc_of(doc_type, validity(), key)))
    };
    counter.refuses_but(
        "another doctype",
        Code::TypeNotAsOffered,
        &of_type("eu.europa.ec.av.1"),
        &of_type("eu.europa.ec.eudi.pid.1"),
    );
    let somebody = Issuer::eu()
        .making("pid-mdoc", |pki, _| sign(pki, pid_mdoc_builder(&SecretKey::random().unwrap().public_key())));
    counter.refuses("somebody else's key", Code::KeyNotOurs, &somebody);
}

/// Who signed it, and whether they may (ISO 18013-5 B.1.4; EU-44).
#[test]
fn issuer() {
    let counter = Counter::new();
    let pki = Pki::new();
    let signed_by = |signer: Signer, with: fn(&Signer) -> Vec<&[u8]>| {
        Issuer::eu().making("pid-mdoc", move |_, key| {
            pid_mdoc_builder(key).sign(&signer.key, &with(&signer)).unwrap()
        })
    };
    let certificate = |authority: &Authority, change: fn(&mut Template)| {
        let subject = Subject::new("PID Signer").country("FR");
        let mut template = Template::document_signer(subject, year(), "https://issuer.example");
        change(&mut template);
        Signer::issued_by(authority, &template)
    };
    let by = |authority: &Authority, change: fn(&mut Template)| {
        signed_by(certificate(authority, change), |signer| vec![signer.certificate.der()])
    };
    let stranger = Template::iaca(Subject::new("Unknown IACA").country("FR"), year(), "https://a.example");
    let stranger = Authority::root(&stranger).unwrap();
    let right = || by(&pki.eu_issuers, |_| ());
    for (what, code, wrong) in [
        ("nobody we know", Code::AnchorUnknown, by(&stranger, |_| ())),
        ("a verifiers' authority", Code::AnchorNotForThis, by(&pki.eu_verifiers, |_| ())),
        (
            "an expired certificate",
            Code::CertificateExpired,
            by(&pki.eu_issuers, |leaf| leaf.validity = Validity::days(UnixTime(NOW.0 - 86_401), 1)),
        ),
        (
            "another extKeyUsage",
            Code::CertificateExtendedKeyUsageInvalid,
            by(&pki.eu_issuers, |leaf| leaf.purposes = vec![oid::MDL_READER_AUTH]),
        ),
        (
            "more than 457 days",
            Code::CertificateValidityTooLong,
            by(&pki.eu_issuers, |leaf| leaf.validity = Validity::days(UnixTime(NOW.0 - 86_400), 458)),
        ),
        (
            "another country",
            Code::CertificateCountryMismatch,
            by(&pki.eu_issuers, |leaf| leaf.subject = Subject::new("PID Signer").country("DE")),
        ),
        (
            "the signature by another key",
            Code::MdocIssuerSignatureInvalid,
            signed_by(
                Signer { key: SecretKey::random().unwrap().into(), ..certificate(&pki.eu_issuers, |_| ()) },
                |signer| vec![signer.certificate.der()],
            ),
        ),
        (
            "no certificate",
            Code::ChainLengthInvalid,
            signed_by(certificate(&pki.eu_issuers, |_| ()), |_| vec![]),
        ),
    ] {
        counter.refuses(what, code, &wrong);
    }
    counter.accepts("twin of all", &right());

    let country = |country: &'static str| {
        building(move |builder| {
            builder.element(
                "eu.europa.ec.eudi.pid.fr.1",
                "issuing_country",
                ElementValue::Text(country.into()),
            )
        })
    };
    counter.refuses_but("issuing_country", Code::MdocIssuingCountryMismatch, &country("DE"), &country("FR"));
}
