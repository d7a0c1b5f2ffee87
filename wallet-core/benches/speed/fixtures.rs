//! Credentials of 30 elements as they lie in the vault, and what a presentation of five of them is bound to.

use serde_json::{Map, Value, json};
use wallet_core::credential::mdoc::{self, IssuerSigned, SessionTranscript};
use wallet_core::credential::path::ClaimLocation;
use wallet_core::credential::sd_jwt::{Leniency, SdJwt};
use wallet_core::credential::{Binding, Layout};
use wallet_core::crypto::p256::SecretKey;
use wallet_core::issue::mdoc::IssuerSignedBuilder;
use wallet_core::issue::sd_jwt::Builder;
use wallet_core::jose::base64url;
use wallet_core::jose::jwk::{self, Jwk};
use wallet_core::present::openid4vp::AuthorizationResponse;
use wallet_core::trust::{Anchors, Channel, ListName, PathProfile, Role, TrustAnchor, TrustedChain};

use crate::world::{NOW, Pki, validity};

pub const NAME_SPACE: &str = "org.iso.18013.5.1";
pub const VCT: &str = "urn:eudi:pid:1";
pub const CLIENT_ID: &str = "x509_hash:Uvo3HtuIxuhC92rShpgqcT3YXwrqRxWEviRiA0OZszk";
pub const NONCE: &str = "n-0S6_WzA2Mj";
pub const RESPONSE_URI: &str = "https://verifier.example/response?session=1";
/// The portrait: 20 KB.
const PORTRAIT: usize = 20 * 1024;

/// What becomes of a portrait.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Portrait {
    /// The credential has none.
    None,
    /// It has one, which stays private.
    Kept,
    /// It is one of the five elements that are shown.
    Shown,
}

impl Portrait {
    pub const ALL: [(Self, &str); 3] = [
        (Self::None, "no portrait"),
        (Self::Kept, "a portrait that stays private"),
        (Self::Shown, "a portrait that is shown"),
    ];

    fn is_stored(self) -> bool {
        self != Self::None
    }
}

/// The verifier's side of a request.
pub struct Request {
    pub anchors: Anchors,
    pub recipient: Jwk,
}

impl Request {
    pub fn new(pki: &Pki) -> Self {
        let certificate = pki.eu_issuers.certificate.clone();
        let anchor = TrustAnchor::new(ListName::EuIssuers, certificate, "bench", NOW).unwrap();
        let recipient = Jwk::new(SecretKey::random().unwrap().public_key());
        Self { anchors: [anchor].into_iter().collect(), recipient }
    }

    pub fn binding(&self, encrypted: bool) -> Binding<'_> {
        Binding {
            client_id: CLIENT_ID,
            nonce: NONCE,
            response_uri: RESPONSE_URI,
            jwk_thumbprint: encrypted.then(|| jwk::thumbprint(&self.recipient.key)),
            issued_at: NOW,
        }
    }

    pub fn transcript(&self, encrypted: bool) -> SessionTranscript {
        SessionTranscript::openid4vp(CLIENT_ID, NONCE, self.binding(encrypted).jwk_thumbprint, RESPONSE_URI)
    }

    fn chain(&self, certificates: &[wallet_core::asn1::Certificate], profile: PathProfile) -> TrustedChain {
        let (role, channel) = (Role::Issuer, Channel::OpenId4Vci);
        self.anchors.authenticate(certificates, profile, role, channel, NOW).unwrap()
    }
}

/// A copy as it lies in the vault, the key it is bound to, and the five elements to show.
pub struct Stored {
    pub bytes: Vec<u8>,
    pub layout: Vec<u8>,
    pub device: SecretKey,
    pub selected: Vec<ClaimLocation>,
}

impl Stored {
    pub fn mdoc(pki: &Pki, request: &Request, portrait: Portrait) -> Self {
        let device = SecretKey::random().unwrap();
        let mut builder = IssuerSignedBuilder::new("org.iso.18013.5.1.mDL", validity(), &device.public_key());
        let mut names = names("element");
        if portrait.is_stored() {
            builder = builder.element(NAME_SPACE, "portrait", vec![0x5a; PORTRAIT]);
            names.truncate(29);
        }
        for name in &names {
            builder = builder.element(NAME_SPACE, name, "a value of common length");
        }
        let signer = &pki.eu_document_signer;
        let bytes = builder.sign(&signer.key, &[signer.certificate.der()]).unwrap();
        let parsed = IssuerSigned::parse(&bytes).unwrap();
        let trusted = request.chain(&parsed.certificates().unwrap(), PathProfile::MdocIssuer);
        let layout = Layout::MsoMdoc(parsed.verify(&trusted, NOW).unwrap().layout().clone());
        let selected = selected(&names, portrait, "portrait", |name| ClaimLocation::keys([NAME_SPACE, name]));
        Self { layout: minicbor::to_vec(&layout).unwrap(), bytes, device, selected }
    }

    pub fn sd_jwt(pki: &Pki, request: &Request, portrait: Portrait) -> Self {
        let device = SecretKey::random().unwrap();
        let mut names = names("claim");
        let mut claims = Map::new();
        if portrait.is_stored() {
            let picture = base64url::encode(&[0x5a; PORTRAIT]);
            claims.insert("picture".into(), json!(format!("data:image/jpeg;base64,{picture}")));
            names.truncate(29);
        }
        claims.extend(names.iter().map(|name| (name.clone(), Value::from("a value of common length"))));
        let text = Builder::new(VCT, claims)
            .issuer("https://issuer.example")
            .issued_at(NOW)
            .device_key(&device.public_key())
            .chain([pki.eu_jwt_signer.certificate.der()])
            .disclose_everything()
            .build()
            .unwrap()
            .sign(&pki.eu_jwt_signer.key);
        let parsed = SdJwt::parse(&text).unwrap();
        let trusted = request.chain(&parsed.chain().unwrap(), PathProfile::SdJwtIssuer);
        let verified = parsed.verify(&trusted, NOW, Leniency::default()).unwrap();
        let layout = Layout::DcSdJwt(verified.layout().clone());
        let selected = selected(&names, portrait, "picture", |name| ClaimLocation::keys([name]));
        Self { layout: minicbor::to_vec(&layout).unwrap(), bytes: text.into_bytes(), device, selected }
    }
}

fn names(kind: &str) -> Vec<String> {
    (0..30).map(|number| format!("{kind}_{number:02}")).collect()
}

/// Five elements from all over the credential.
fn selected(
    names: &[String],
    portrait: Portrait,
    portrait_name: &str,
    location: impl Fn(&str) -> ClaimLocation,
) -> Vec<ClaimLocation> {
    let mut selected: Vec<&str> = [3, 8, 11, 19, 28].map(|number| names[number].as_str()).to_vec();
    if portrait == Portrait::Shown {
        selected[0] = portrait_name;
    }
    selected.into_iter().map(location).collect()
}
