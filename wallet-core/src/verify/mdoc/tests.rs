use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::cbor::Writer;
use crate::cose::{self, Payload};
use crate::credential::mdoc::prepare;
use crate::credential::mdoc::testing::{AAMVA, DAY, DOC_TYPE, MDL, NOW, World, location};
use crate::crypto::p256::SecretKey;
use crate::issue::mdoc::{Deviation, ElementDeviation};
use crate::testing::{hex, vector};

fn transcript() -> SessionTranscript {
    SessionTranscript::openid4vp("x509_hash:abc", "nonce", Some([7; 32]), "https://rp.example/post")
}

fn verify_in(world: &World, response: &[u8]) -> Result<VerifiedPresentation> {
    verify(response, &transcript(), &world.anchors(), Channel::OpenId4Vp, NOW)
}

fn code(result: Result<VerifiedPresentation>) -> Option<Code> {
    result.err().map(|error| error.code())
}

/// The wallet's own answer: three of eight elements.
fn presented(world: &World) -> Vec<u8> {
    let mdoc = world.verify(&world.sign(&world.licence().long_map_heads())).unwrap();
    let selected =
        [location(MDL, "family_name"), location(MDL, "issuing_country"), location(AAMVA, "organ_donor")];
    let unsigned = prepare(mdoc.issuer_signed(), mdoc.layout(), &selected, &transcript()).unwrap();
    let signature = world.device.sign(unsigned.to_sign());
    unsigned.finish(&signature)
}

/// A DeviceResponse put together by hand, in ways that the wallet never would. Everything in it is disclosed, and the
/// device signs what is in it.
struct Handmade {
    version: &'static str,
    status: i64,
    documents: usize,
    doc_type: &'static str,
    issuer_signed: Vec<u8>,
    device_name_spaces: Vec<u8>,
    device_key: SecretKey,
    transcript: SessionTranscript,
    alg: i64,
    attached: bool,
    device_auth: &'static str,
}

impl Handmade {
    /// Of an mdoc that this device holds; nothing wrong.
    fn new(world: &World, issuer_signed: Vec<u8>) -> Self {
        Self {
            version: "1.0",
            status: 0,
            documents: 1,
            doc_type: DOC_TYPE,
            issuer_signed,
            device_name_spaces: hex("d81841a0"),
            device_key: SecretKey::from_bytes(world.device.to_bytes().as_slice()).unwrap(),
            transcript: transcript(),
            alg: cose::ALG_ES256,
            attached: false,
            device_auth: "deviceSignature",
        }
    }

    fn encode(&self) -> Vec<u8> {
        let signed = device_authentication_bytes(&self.transcript, self.doc_type, &self.device_name_spaces);
        let payload = if self.attached { Payload::Attached(&signed) } else { Payload::Detached(&signed) };
        let unsigned = cose::Unsigned::new(&cose::alg_header(self.alg), &hex("a0"), payload);
        let signature = self.device_key.sign(unsigned.to_sign());
        let signature = unsigned.finish(&signature);

        let mut out = Writer::default();
        out.map(3).text("version").text(self.version).text("documents").array(self.documents);
        for _ in 0..self.documents {
            out.map(3).text("docType").text(self.doc_type).text("issuerSigned").raw(&self.issuer_signed);
            out.text("deviceSigned").map(2).text("nameSpaces").raw(&self.device_name_spaces);
            out.text("deviceAuth").map(1).text(self.device_auth).raw(&signature);
        }
        out.text("status").int(self.status);
        out.into_bytes()
    }
}

#[test]
fn the_wallets_answer_is_accepted_with_what_it_discloses() {
    let world = World::new();
    let verified = verify_in(&world, &presented(&world)).unwrap();
    let expected = json!({
        MDL: { "family_name": "Tremblay", "issuing_country": "CA" },
        AAMVA: { "organ_donor": 1 },
    });
    assert_eq!(verified.mdoc().claims(), &expected);
    assert_eq!(verified.mdoc().doc_type(), DOC_TYPE);
    assert_eq!(verified.issuer().leaf(), &world.signer.certificate);
    assert_eq!(format!("{verified:?}"), "VerifiedPresentation(org.iso.18013.5.1.mDL)");
}

/// Each row changes one thing of a response that is accepted as it is.
#[test]
fn each_deviation_of_the_holder_is_refused_with_its_code() {
    let world = World::new();
    let issuer_signed = world.sign(&world.licence());
    let refused = |change: fn(&mut Handmade)| {
        let mut response = Handmade::new(&world, issuer_signed.clone());
        change(&mut response);
        code(verify_in(&world, &response.encode()))
    };
    assert_eq!(refused(|_| {}), None);
    assert_eq!(refused(|r| r.version = "1.1"), Some(Code::MdocVersionUnsupported));
    assert_eq!(refused(|r| r.status = 10), Some(Code::MdocStatusNotOk));
    // EU-26, HAIP 5.3.1: one mdoc in a DeviceResponse.
    assert_eq!(refused(|r| r.documents = 0), Some(Code::PresentationMalformed));
    assert_eq!(refused(|r| r.documents = 2), Some(Code::PresentationMalformed));
    assert_eq!(refused(|r| r.doc_type = "other"), Some(Code::MdocDocTypeMismatch));
    // EU-34: a signature, not a MAC, by the device key, over this conversation.
    assert_eq!(refused(|r| r.device_auth = "deviceMac"), Some(Code::MdocDeviceAuthMissing));
    assert_eq!(refused(|r| r.alg = -35), Some(Code::MdocAlgUnsupported));
    assert_eq!(refused(|r| r.alg = cose::ALG_ESP256), None);
    assert_eq!(refused(|r| r.attached = true), Some(Code::MdocDeviceSignatureInvalid));
    let other_key = |r: &mut Handmade| r.device_key = SecretKey::random().unwrap();
    assert_eq!(refused(other_key), Some(Code::MdocDeviceSignatureInvalid));
    // What the device asserts by itself.
    let elements = |r: &mut Handmade| {
        let mut out = Writer::default();
        out.embedded(&hex("a1626e73a1616101"));
        r.device_name_spaces = out.into_bytes();
    };
    assert_eq!(refused(elements), Some(Code::MdocDeviceElementsRefused));
    assert_eq!(refused(|r| r.device_name_spaces = hex("d818420000")), Some(Code::CborTrailingBytes));
    assert_eq!(refused(|r| r.device_name_spaces = hex("d8184180")), Some(Code::MdocMalformed));
    assert_eq!(refused(|r| r.device_name_spaces = hex("a0")), Some(Code::MdocMalformed));
    // An empty map in two bytes: signed as it stands, so it is as good.
    assert_eq!(refused(|r| r.device_name_spaces = hex("d81842b800")), None);
}

/// EU-35, EU-36: each value of the conversation is bound.
#[test]
fn an_answer_to_another_conversation_is_refused() {
    let world = World::new();
    let response = presented(&world);
    let with = |transcript: &SessionTranscript| {
        code(verify(&response, transcript, &world.anchors(), Channel::OpenId4Vp, NOW))
    };
    assert_eq!(with(&transcript()), None);
    let (client, uri) = ("x509_hash:abc", "https://rp.example/post");
    for other in [
        SessionTranscript::openid4vp("abc", "nonce", Some([7; 32]), uri),
        SessionTranscript::openid4vp(client, "other", Some([7; 32]), uri),
        SessionTranscript::openid4vp(client, "nonce", Some([8; 32]), uri),
        SessionTranscript::openid4vp(client, "nonce", None, uri),
        SessionTranscript::openid4vp(client, "nonce", Some([7; 32]), "https://rp.example/other"),
        SessionTranscript::openid4vp_dc_api(client, "nonce", Some([7; 32])),
    ] {
        assert_eq!(with(&other), Some(Code::MdocDeviceSignatureInvalid));
    }
}

/// The issuer's part is held to the same checks as at issuance.
#[test]
fn each_deviation_of_the_issuer_is_refused_with_its_code() {
    let world = World::new();
    let verify = |deviation| {
        let issuer_signed = world.sign(&world.licence().deviate(deviation));
        code(verify_in(&world, &Handmade::new(&world, issuer_signed).encode()))
    };
    let element = |how| Deviation::Element(MDL, "family_name", how);
    assert_eq!(verify(Deviation::Alg(cose::ALG_ESP256)), None);
    for (deviation, expected) in [
        (Deviation::Alg(-36), Code::MdocAlgUnsupported),
        (Deviation::Version("2.0"), Code::MdocVersionUnsupported),
        (Deviation::DigestAlgorithm("SHA-384"), Code::MdocDigestMismatch),
        (Deviation::DeviceKey(hex("a0")), Code::MdocDeviceKeyInvalid),
        (element(ElementDeviation::WrongDigest), Code::MdocDigestMismatch),
        (element(ElementDeviation::MissingDigest), Code::MdocDigestMissing),
        (element(ElementDeviation::Random(8)), Code::MdocRandomTooShort),
        (element(ElementDeviation::Doubled), Code::MdocElementDoubled),
    ] {
        assert_eq!(verify(deviation.clone()), Some(expected), "{deviation:?}");
    }
}

/// What isomdl 0.2.0's reader accepts: another value under the issuer's good signature.
#[test]
fn a_false_value_under_a_good_signature_is_refused() {
    let world = World::new();
    let issuer_signed = world.sign(&world.licence());
    let at = issuer_signed.windows(8).position(|window| window == b"Tremblay").unwrap();
    let mut forged = issuer_signed.clone();
    forged[at..at + 8].copy_from_slice(b"Gagnon--");
    let respond = |issuer_signed| code(verify_in(&world, &Handmade::new(&world, issuer_signed).encode()));
    assert_eq!(respond(issuer_signed), None);
    assert_eq!(respond(forged), Some(Code::MdocDigestMismatch));
}

#[test]
fn the_issuer_must_be_known_for_this_channel_and_the_mdoc_valid_now() {
    let (world, other) = (World::new(), World::new());
    let response = presented(&world);
    let with =
        |anchors: &Anchors, at| code(verify(&response, &transcript(), anchors, Channel::OpenId4Vp, at));
    assert_eq!(with(&world.anchors(), NOW), None);
    assert_eq!(with(&Anchors::new(), NOW), Some(Code::AnchorUnknown));
    assert!(with(&other.anchors(), NOW).is_some());
    let elsewhere = world.anchor().with_channels([Channel::Proximity]);
    assert_eq!(with(&[elsewhere].into_iter().collect(), NOW), Some(Code::AnchorNotForThis));
    assert_eq!(with(&world.anchors(), NOW.plus(31 * DAY)), Some(Code::MdocExpired));
}

#[test]
fn the_form_is_that_of_the_standard() {
    let world = World::new();
    let good = presented(&world);
    // Names of members, each once in the response: without it, the member is missing.
    for (name, expected) in [
        ("version", Code::MdocMalformed),
        ("status", Code::MdocMalformed),
        ("documents", Code::PresentationMalformed),
        ("docType", Code::MdocMalformed),
        ("issuerSigned", Code::MdocMalformed),
        ("issuerAuth", Code::MdocMalformed),
        ("deviceSigned", Code::MdocDeviceAuthMissing),
        ("deviceAuth", Code::MdocDeviceAuthMissing),
        ("deviceSignature", Code::MdocDeviceAuthMissing),
    ] {
        // The Mobile Security Object says "version" and "docType" too; the outer ones come first.
        let at = good.windows(name.len()).position(|window| window == name.as_bytes()).unwrap();
        let mut renamed = good.clone();
        renamed[at] ^= 0x20;
        assert_eq!(code(verify_in(&world, &renamed)), Some(expected), "{name}");
    }
    assert_eq!(code(verify_in(&world, &[&good[..], &[0]].concat())), Some(Code::CborTrailingBytes));
    assert_eq!(code(verify_in(&world, &good[..good.len() - 1])), Some(Code::CborMalformed));
}

/// ISO 18013-5 D.4.1.2: authenticated by a MAC for a proximity session, by an issuer whose authority is not published.
#[test]
fn the_device_response_of_annex_d_is_read() {
    let Some(v) = vector("iso18013-5-annex-d.json") else { return };
    let response = hex(v["vectors"]["DEVICE_RESPONSE"].as_str().unwrap());
    let document = document::read_only_document(&response).unwrap();
    assert_eq!(document.doc_type, DOC_TYPE);
    let device_signed = document.device_signed.unwrap();
    assert_eq!(device_signed.name_spaces.whole, hex("d81841a0"));
    assert!(device_signed.signature.is_none());
    let at = UnixTime::from_tdate("2020-10-02T00:00:00Z", "t").unwrap();
    let result = verify(&response, &transcript(), &Anchors::new(), Channel::Proximity, at);
    assert_eq!(code(result), Some(Code::AnchorUnknown));
}

/// Whether every claim is one of `claims`: nothing was added, nothing changed.
fn is_part_of(part: &Value, claims: &Value) -> bool {
    let name_spaces = part.as_object().unwrap();
    name_spaces.iter().all(|(name_space, elements)| {
        let elements = elements.as_object().unwrap();
        elements.iter().all(|(element, value)| claims[name_space].get(element) == Some(value))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..120)) {
        let _ = verify(&bytes, &transcript(), &Anchors::new(), Channel::OpenId4Vp, NOW);
    }

    /// A changed byte is refused, or changed nothing that somebody signed.
    #[test]
    fn a_changed_byte_is_never_accepted_with_altered_data(at: prop::sample::Index, flip in 1u8..) {
        thread_local! {
            static PRESENTED: (World, Vec<u8>) = {
                let world = World::new();
                let response = presented(&world);
                (world, response)
            };
        }
        PRESENTED.with(|(world, response)| {
            let original = verify_in(world, response).unwrap();
            let mut changed = response.clone();
            let at = at.index(changed.len());
            changed[at] ^= flip;
            if let Ok(verified) = verify_in(world, &changed) {
                prop_assert!(is_part_of(verified.mdoc().claims(), original.mdoc().claims()));
                prop_assert_eq!(verified.mdoc().doc_type(), DOC_TYPE);
                prop_assert!(*verified.mdoc().device_key() == world.device.public_key());
                prop_assert_eq!(verified.mdoc().validity(), original.mdoc().validity());
            }
            Ok(())
        })?;
    }
}
