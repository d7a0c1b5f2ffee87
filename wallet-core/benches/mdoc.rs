//! What an mdoc presentation costs over its signatures: 5 of 30 elements, with and without a portrait of 20 KB.
//!
//! `sign` and `verify` are the bare curve operations of the same run, to subtract.

use std::hint::black_box;

use criterion::Criterion;
use wallet_core::Result;
use wallet_core::credential::mdoc::{IssuerSigned, Layout, SessionTranscript, ValidityInfo, prepare};
use wallet_core::credential::path::ClaimLocation;
use wallet_core::crypto::p256::SecretKey;
use wallet_core::issue::certificate::{Authority, Subject, Template, Validity};
use wallet_core::issue::mdoc::IssuerSignedBuilder;
use wallet_core::time::UnixTime;
use wallet_core::trust::{Anchors, Channel, ListName, PathProfile, Role, TrustAnchor};
use wallet_core::verify::mdoc::verify;

const NOW: UnixTime = UnixTime(1_795_341_600);
const NAME_SPACE: &str = "org.iso.18013.5.1";

struct Stored {
    issuer_signed: Vec<u8>,
    layout: Layout,
    device: SecretKey,
    anchors: Anchors,
}

fn issue() -> Result<Stored> {
    let day = 86_400;
    let validity = Validity::days(NOW.plus(-day), 400);
    let (subject, uri) = (|name: &str| Subject::new(name).country("UT"), "https://issuer.example");
    let root = Authority::root(&Template::iaca(subject("IACA"), validity, uri))?;
    let signer = root.intermediate(&Template::document_signer(subject("DS"), validity, uri))?;
    let device = SecretKey::random()?;
    let validity =
        ValidityInfo { signed: NOW, valid_from: NOW, valid_until: NOW.plus(30 * day), expected_update: None };
    let mut builder = IssuerSignedBuilder::new("org.iso.18013.5.1.mDL", validity, &device.public_key());
    builder = builder.element(NAME_SPACE, "portrait", vec![0x5a; 20 * 1024]);
    for number in 1..30 {
        builder = builder.element(NAME_SPACE, &format!("element_{number:02}"), "a value of common length");
    }
    let issuer_signed = builder.sign(&signer.key, &[signer.certificate.der()])?;

    let anchor = TrustAnchor::new(ListName::EuIssuers, root.certificate.clone(), "bench", NOW)?;
    let anchors: Anchors = [anchor].into_iter().collect();
    let parsed = IssuerSigned::parse(&issuer_signed)?;
    let (profile, role, channel) = (PathProfile::MdocIssuer, Role::Issuer, Channel::OpenId4Vci);
    let trusted = anchors.authenticate(&parsed.certificates()?, profile, role, channel, NOW)?;
    let layout = parsed.verify(&trusted, NOW)?.layout().clone();
    Ok(Stored { issuer_signed, layout, device, anchors })
}

fn main() -> Result<()> {
    let mut criterion = Criterion::default().configure_from_args();
    let stored = issue()?;
    let stored_layout = minicbor::to_vec(&stored.layout).unwrap_or_default();
    let transcript =
        SessionTranscript::openid4vp("x509_hash:abc", "nonce", Some([7; 32]), "https://rp.example");

    let message = [7; 300];
    let signature = stored.device.sign(&message);
    let public = stored.device.public_key();
    criterion.bench_function("sign", |b| b.iter(|| stored.device.sign(black_box(&message))));
    criterion.bench_function("verify", |b| b.iter(|| public.verify(black_box(&message), &signature)));
    criterion.bench_function("read layout", |b| {
        b.iter(|| minicbor::decode::<Layout>(black_box(&stored_layout)));
    });

    let plain = ["element_03", "element_08", "element_11", "element_19", "element_29"];
    let with_portrait = ["portrait", "element_08", "element_11", "element_19", "element_29"];
    for (name, elements) in [("5 of 30", plain), ("5 of 30 with portrait", with_portrait)] {
        let selected = elements.map(|element| ClaimLocation::keys([NAME_SPACE, element]));
        let present = || -> Result<Vec<u8>> {
            let unsigned = prepare(&stored.issuer_signed, &stored.layout, &selected, &transcript)?;
            let signature = stored.device.sign(unsigned.to_sign());
            Ok(unsigned.finish(&signature))
        };
        let without_signing = || -> Result<Vec<u8>> {
            Ok(prepare(&stored.issuer_signed, &stored.layout, &selected, &transcript)?.finish(&signature))
        };
        let response = present()?;
        verify(&response, &transcript, &stored.anchors, NOW, Channel::OpenId4Vp)?;
        criterion.bench_function(&format!("present {name}"), |b| b.iter(present));
        criterion.bench_function(&format!("present {name}, without signing"), |b| b.iter(without_signing));
        criterion.bench_function(&format!("verify {name} (3 signatures)"), |b| {
            b.iter(|| verify(black_box(&response), &transcript, &stored.anchors, NOW, Channel::OpenId4Vp));
        });
    }
    criterion.bench_function("check and verify at issuance (1 signature)", |b| {
        let chain = IssuerSigned::parse(&stored.issuer_signed).and_then(|parsed| parsed.certificates());
        let (profile, role, channel) = (PathProfile::MdocIssuer, Role::Issuer, Channel::OpenId4Vci);
        let trusted = chain.and_then(|c| stored.anchors.authenticate(&c, profile, role, channel, NOW));
        b.iter(|| {
            let trusted = trusted.as_ref().map_err(Clone::clone)?;
            IssuerSigned::parse(black_box(&stored.issuer_signed))?.verify(trusted, NOW)
        });
    });
    criterion.final_summary();
    Ok(())
}
