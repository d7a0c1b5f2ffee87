//! What presenting and verifying an SD-JWT VC costs beside the bare curve operations that it cannot do without.
//!
//! Targets: presenting at most 25 µs above one ES256 signature, for 5 of 30 claims, also with a portrait of 20 KB as near
//! as SHA-256 allows; verifying a presentation at most 1.1 times its three signature verifications.

use std::hint::black_box;

use criterion::Criterion;
use serde_json::{Map, Value, json};
use wallet_core::credential::path::ClaimLocation;
use wallet_core::credential::sd_jwt::{KeyBinding, Leniency, SdJwt, VerifiedSdJwt, prepare};
use wallet_core::crypto::p256::SecretKey;
use wallet_core::issue::certificate::{Authority, Subject, Template, Validity};
use wallet_core::issue::sd_jwt::Builder;
use wallet_core::time::UnixTime;
use wallet_core::trust::{Anchors, Channel, ListName, PathProfile, Role, TrustAnchor};
use wallet_core::verify::sd_jwt::{Expected, verify};
use wallet_core::{Code, Result};

const NOW: UnixTime = UnixTime(1_795_341_600);
const VCT: &str = "urn:eudi:pid:1";
const AUDIENCE: &str = "x509_hash:Uvo3HtuIxuhC92rShpgqcT3YXwrqRxWEviRiA0OZszk";
const NONCE: &str = "n-0S6_WzA2Mj";

fn main() -> Result<()> {
    let root = Template::authority(Subject::new("Root"), Validity::days(NOW.plus(-9), 900), None);
    let root = Authority::root(&root)?;
    let signer = SecretKey::random()?;
    let leaf = Template::issuer_signer(Subject::new("Issuer"), Validity::days(NOW.plus(-9), 300));
    let leaf = root.issue(&leaf, &signer.public_key())?;
    let anchor = TrustAnchor::new(ListName::EuIssuers, root.certificate.clone(), "bench", NOW)?;
    let anchors = Anchors::from_iter([anchor]);
    let device = SecretKey::random()?;

    let mut claims: Map<String, Value> =
        (0..29).map(|number| (format!("claim_{number:02}"), json!(format!("value {number}")))).collect();
    claims.insert("picture".to_owned(), json!(format!("data:image/jpeg;base64,{}", "A".repeat(20_000))));
    let text = Builder::new(VCT, claims)
        .issuer("https://issuer.example")
        .issued_at(NOW)
        .device_key(&device.public_key())
        .chain([leaf.der()])
        .disclose_everything()
        .build()?
        .sign(&signer);
    let receive = || -> Result<VerifiedSdJwt> {
        let sd_jwt = SdJwt::parse(&text)?;
        let chain = anchors.authenticate(
            &sd_jwt.chain()?,
            PathProfile::SdJwtIssuer,
            Role::Issuer,
            Channel::OpenId4Vci,
            NOW,
        )?;
        sd_jwt.verify(&chain, NOW, Leniency::default())
    };
    let credential = receive()?;
    let layout = minicbor::to_vec(credential.layout()).map_err(|_| Code::Internal.error())?;

    let mut criterion = Criterion::default().configure_from_args();
    let message = [7_u8; 300];
    criterion.bench_function("ES256 sign", |b| b.iter(|| device.sign(black_box(&message))));
    let signature = device.sign(&message);
    let public = device.public_key();
    criterion.bench_function("ES256 verify", |b| {
        b.iter(|| public.verify(black_box(&message), black_box(&signature)))
    });

    let binding = KeyBinding { audience: AUDIENCE, nonce: NONCE, issued_at: NOW };
    let names = ["claim_00", "claim_05", "claim_10", "claim_15"];
    for (title, fifth) in [("5 of 30 claims", "claim_20"), ("5 of 30 claims, one a portrait", "picture")] {
        let selected: Vec<ClaimLocation> =
            names.into_iter().chain([fifth]).map(|name| ClaimLocation::keys([name])).collect();
        let present = || -> Result<String> {
            let prepared = prepare(&text, credential.layout(), black_box(&selected), &binding)?;
            let signature = device.sign(prepared.to_sign());
            Ok(prepared.finish(&signature))
        };
        let presentation = present()?;
        criterion.bench_function(&format!("prepare {title}, without signature"), |b| {
            b.iter(|| prepare(&text, credential.layout(), black_box(&selected), &binding))
        });
        criterion.bench_function(&format!("present {title}"), |b| b.iter(present));
        let expected =
            Expected { audience: AUDIENCE, nonce: NONCE, vct_values: &[VCT], leniency: Leniency::default() };
        verify(&presentation, &expected, &anchors, Channel::OpenId4Vp, NOW)?;
        criterion.bench_function(&format!("verify {title} (3 signatures)"), |b| {
            b.iter(|| verify(black_box(&presentation), &expected, &anchors, Channel::OpenId4Vp, NOW))
        });
    }
    criterion.bench_function("read a stored layout", |b| {
        b.iter(|| {
            minicbor::decode::<wallet_core::credential::sd_jwt::Layout>(black_box(&layout)).map(drop).is_ok()
        })
    });
    criterion.bench_function("receive 30 claims (2 signatures)", |b| b.iter(receive));
    criterion.final_summary();
    Ok(())
}
