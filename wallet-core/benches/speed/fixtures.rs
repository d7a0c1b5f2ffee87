//! Credentials as they lie in the vault, and what a presentation of five of their elements is bound to.

use wallet_core::credential::mdoc::SessionTranscript;
use wallet_core::credential::path::ClaimLocation;
use wallet_core::credential::sd_jwt::Leniency;
use wallet_core::credential::{Binding, Format, VerifiedCredential};
use wallet_core::crypto::p256::SecretKey;
use wallet_core::jose::jwk::{self, Jwk};
use wallet_core::trust::{Anchors, ListName, TrustAnchor};

use crate::credentials::{self, NAME_SPACE, Portrait, claim_names, element_names};
use crate::world::{NOW, Pki};

pub const VCT: &str = "urn:eudi:pid:1";
pub const CLIENT_ID: &str = "x509_hash:Uvo3HtuIxuhC92rShpgqcT3YXwrqRxWEviRiA0OZszk";
pub const NONCE: &str = "n-0S6_WzA2Mj";
pub const RESPONSE_URI: &str = "https://verifier.example/response?session=1";
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

    /// The credential, verified as it is when it is received.
    pub fn verified(&self, format: Format, bytes: &[u8]) -> VerifiedCredential {
        VerifiedCredential::verify(format, bytes, &self.anchors, |_| Leniency::default(), NOW).unwrap()
    }

    fn layout(&self, format: Format, bytes: &[u8]) -> Vec<u8> {
        minicbor::to_vec(self.verified(format, bytes).layout()).unwrap()
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
        let bytes = credentials::mdoc(pki, "org.iso.18013.5.1.mDL", portrait, &device.public_key());
        let selected = selected(&element_names(portrait), portrait, "portrait", |name| {
            ClaimLocation::keys([NAME_SPACE, name])
        });
        Self { layout: request.layout(Format::MsoMdoc, &bytes), bytes, device, selected }
    }

    pub fn sd_jwt(pki: &Pki, request: &Request, portrait: Portrait) -> Self {
        let device = SecretKey::random().unwrap();
        let bytes = credentials::sd_jwt(pki, VCT, portrait, &device.public_key()).into_bytes();
        let selected =
            selected(&claim_names(portrait), portrait, "picture", |name| ClaimLocation::keys([name]));
        Self { layout: request.layout(Format::DcSdJwt, &bytes), bytes, device, selected }
    }
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
