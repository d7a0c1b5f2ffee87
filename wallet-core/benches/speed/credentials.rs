//! Credentials of 30 elements, with and without a portrait, as an issuer makes them.

use serde_json::{Map, Value, json};
use wallet_core::crypto::p256::PublicKey;
use wallet_core::issue::mdoc::IssuerSignedBuilder;
use wallet_core::issue::sd_jwt::Builder;
use wallet_core::jose::base64url;

use crate::world::{NOW, Pki, validity};

pub const NAME_SPACE: &str = "org.iso.18013.5.1";
/// 20 KB.
static PORTRAIT: [u8; 20 * 1024] = [0x5a; 20 * 1024];
const VALUE: &str = "a value of common length";

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

/// The elements of an mdoc but for the portrait.
pub fn element_names(portrait: Portrait) -> Vec<String> {
    names("element", portrait)
}

/// The claims of an SD-JWT but for the portrait.
pub fn claim_names(portrait: Portrait) -> Vec<String> {
    names("claim", portrait)
}

/// With the portrait they are 30.
fn names(kind: &str, portrait: Portrait) -> Vec<String> {
    let count = if portrait.is_stored() { 29 } else { 30 };
    (0..count).map(|number| format!("{kind}_{number:02}")).collect()
}

/// An encoded IssuerSigned.
pub fn mdoc(pki: &Pki, doc_type: &str, portrait: Portrait, device: &PublicKey) -> Vec<u8> {
    let mut builder = IssuerSignedBuilder::new(doc_type, validity(), device);
    if portrait.is_stored() {
        builder = builder.element(NAME_SPACE, "portrait", PORTRAIT.to_vec());
    }
    for name in element_names(portrait) {
        builder = builder.element(NAME_SPACE, &name, VALUE);
    }
    let signer = &pki.eu_document_signer;
    builder.sign(&signer.key, &[signer.certificate.der()]).unwrap()
}

/// An SD-JWT, every claim of which can be left out.
pub fn sd_jwt(pki: &Pki, vct: &str, portrait: Portrait, device: &PublicKey) -> String {
    let mut claims = Map::new();
    if portrait.is_stored() {
        let picture = base64url::encode(&PORTRAIT);
        claims.insert("picture".into(), json!(format!("data:image/jpeg;base64,{picture}")));
    }
    claims.extend(claim_names(portrait).into_iter().map(|name| (name, Value::from(VALUE))));
    Builder::new(vct, claims)
        .issuer("https://issuer.example")
        .issued_at(NOW)
        .device_key(device)
        .chain([pki.eu_jwt_signer.certificate.der()])
        .disclose_everything()
        .build()
        .unwrap()
        .sign(&pki.eu_jwt_signer.key)
}
