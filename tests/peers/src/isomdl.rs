//! isomdl: an mdoc over a session as in proximity. Its reader checks the chain, the issuer's and the device's signature,
//! and not the digests of the elements.

use std::collections::BTreeMap;
use std::hint::black_box;

use ciborium::Value;
use isomdl::definitions::device_request::{DataElements, Namespaces};
use isomdl::definitions::helpers::NonEmptyMap;
use isomdl::definitions::x509::X5Chain;
use isomdl::definitions::x509::trust_anchor::{PemTrustAnchor, TrustAnchorRegistry, TrustPurpose};
use isomdl::definitions::{
    CoseKey, DeviceKeyInfo, DigestAlgorithm, EC2Curve, EC2Y, SessionEstablishment, ValidityInfo,
};
use isomdl::issuance::Mdoc;
use isomdl::presentation::authentication::AuthenticationStatus;
use isomdl::presentation::{device, reader};
use p256_13::ecdsa::signature::Signer;
use p256_13::ecdsa::{Signature, SigningKey};

use crate::curve::{self, Curve};
use crate::key::{Certificates, Key};
use crate::older_curve::{self, OlderCurve};
use crate::table::{Table, Target};
use crate::turns::{Suite, Turns};

const DOC_TYPE: &str = "org.iso.18013.5.1.mDL";
const NAME_SPACE: &str = "org.iso.18013.5.1";

/// A session in which the reader has asked for five elements of a stored mdoc.
struct Session {
    stored: Vec<u8>,
    device: device::SessionManagerEngaged,
    device_key: SigningKey,
    reader: reader::SessionManager,
    request: Vec<u8>,
    asked: [&'static str; 5],
}

impl Session {
    fn new(certificates: &Certificates, asked: [&'static str; 5]) -> Self {
        let device_key = Key::device();
        let document: device::Document = issue(certificates, &device_key).into();
        let stored = isomdl::cbor::to_vec(&document).unwrap();
        let documents = NonEmptyMap::new(DOC_TYPE.to_owned(), document);
        let (device, engagement) =
            device::SessionManagerInit::initialise(documents, None, None).unwrap().qr_engagement().unwrap();
        let anchor =
            PemTrustAnchor { certificate_pem: certificates.authority.clone(), purpose: TrustPurpose::Iaca };
        let anchors = TrustAnchorRegistry::from_pem_certificates(vec![anchor]).unwrap();
        let elements: BTreeMap<String, bool> = asked.map(|name| (name.to_owned(), false)).into();
        let elements: DataElements = elements.try_into().unwrap();
        let wanted = Namespaces::new(NAME_SPACE.to_owned(), elements);
        let (reader, request, _) =
            reader::SessionManager::establish_session(engagement, wanted, anchors).unwrap();
        Self { stored, device, device_key: device_key.signing(), reader, request, asked }
    }

    /// From the stored bytes in memory, an engaged session and the reader's request to the encrypted response.
    fn present(&self) -> Vec<u8> {
        let document: device::Document = isomdl::cbor::from_slice(black_box(&self.stored)).unwrap();
        black_box(document);
        let request: SessionEstablishment = isomdl::cbor::from_slice(black_box(&self.request)).unwrap();
        let (mut session, asked) =
            self.device.clone().process_session_establishment(request, Default::default()).unwrap();
        let permitted = self.asked.iter().map(|name| (*name).to_owned()).collect();
        let permitted = BTreeMap::from([(NAME_SPACE.to_owned(), permitted)]);
        session.prepare_response(&asked.items_request, BTreeMap::from([(DOC_TYPE.to_owned(), permitted)]));
        let (_, to_sign) = session.get_next_signature_payload().unwrap();
        let signature: Signature = self.device_key.sign(to_sign);
        session.submit_next_signature(signature.to_vec()).unwrap();
        session.retrieve_response().unwrap()
    }

    fn verify(&self, response: &[u8]) {
        let answer = self.reader.clone().handle_response(black_box(response));
        assert!(matches!(answer.issuer_authentication, AuthenticationStatus::Valid));
        assert!(matches!(answer.device_authentication, AuthenticationStatus::Valid));
    }
}

/// 29 elements and a portrait of 20 KB.
fn issue(certificates: &Certificates, device_key: &Key) -> Mdoc {
    let text = |number| (format!("element_{number:02}"), Value::Text("a value of common length".to_owned()));
    let mut elements: BTreeMap<String, Value> = (0..29).map(text).collect();
    elements.insert("portrait".to_owned(), Value::Bytes(vec![0x5a; 20 * 1024]));
    let now = time::OffsetDateTime::now_utc();
    let [x, y] = device_key.coordinates();
    let chain = X5Chain::builder().with_pem_certificate(certificates.signer.as_bytes()).unwrap();
    Mdoc::builder()
        .doc_type(DOC_TYPE.to_owned())
        .namespaces([(NAME_SPACE.to_owned(), elements)].into())
        .validity_info(ValidityInfo {
            signed: now,
            valid_from: now,
            valid_until: now + time::Duration::days(90),
            expected_update: None,
        })
        .digest_algorithm(DigestAlgorithm::SHA256)
        .device_key_info(DeviceKeyInfo {
            device_key: CoseKey::EC2 { crv: EC2Curve::P256, x, y: EC2Y::Value(y) },
            key_authorizations: None,
            key_info: None,
        })
        .enable_decoy_digests(false)
        .issue::<SigningKey, Signature>(chain.build().unwrap(), certificates.signer_key.signing())
        .unwrap()
}

/// Measures presenting and verifying, with and without the portrait.
pub fn measure(suite: &mut Suite, table: &mut Table, certificates: &Certificates) {
    const ASKED: [&str; 5] = ["element_03", "element_08", "element_11", "element_19", "element_28"];
    const WITH_PORTRAIT: [&str; 5] = ["portrait", "element_08", "element_11", "element_19", "element_28"];
    let sessions = [("a portrait that stays private", ASKED), ("a portrait that is shown", WITH_PORTRAIT)]
        .map(|(name, asked)| (name, Session::new(certificates, asked)));
    let (curve, older) = (Curve::new(), OlderCurve::new());
    let mut turns = Turns::new("isomdl")
        .job(curve::SIGN_AND_AGREE, || (curve.sign(), curve.agree()))
        .job(curve::VERIFY_THREE, || (0..3).for_each(|_| curve.verify()))
        .job(older_curve::VERIFY_THREE, || (0..3).for_each(|_| older.verify()));
    for (name, session) in &sessions {
        let response = session.present();
        turns = turns
            .job(&format!("present: {name}"), || session.present())
            .job(&format!("verify: {name}"), move || session.verify(&response));
    }
    let medians = suite.run(turns);
    table.part("isomdl 0.2: an mdoc, 5 of 30 elements, over a session");
    for (name, _) in &sessions {
        table.line(&medians, &format!("present: {name}"), curve::SIGN_AND_AGREE, Target::None);
        for floor in [curve::VERIFY_THREE, older_curve::VERIFY_THREE] {
            table.line(&medians, &format!("verify: {name}"), floor, Target::None);
        }
    }
}
