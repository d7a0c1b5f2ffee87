//! sd-jwt-rs: signs and verifies with ring, through jsonwebtoken.

use std::hint::black_box;

use jsonwebtoken::{DecodingKey, EncodingKey};
use sd_jwt_rs::{
    ClaimsForSelectiveDisclosureStrategy, SDJWTHolder, SDJWTIssuer, SDJWTSerializationFormat, SDJWTVerifier,
};
use serde_json::{Map, Value, json};

use crate::key::Key;
use crate::sd_jwt::{AUDIENCE, NONCE, SHOWN, claims, names};

const FORMAT: SDJWTSerializationFormat = SDJWTSerializationFormat::Compact;

pub struct Peer {
    stored: String,
    device: EncodingKey,
    issuer: DecodingKey,
    shown: Map<String, Value>,
}

impl Peer {
    pub fn new(issuer: &Key) -> Self {
        let device = Key::device();
        let [x, y] = device.coordinates().map(|coordinate| crate::sd_jwt_payload::base64url(&coordinate));
        let device_jwk = json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y });
        let paths: Vec<String> = names().map(|name| format!("$.{name}")).collect();
        let paths = paths.iter().map(String::as_str).collect();
        let private = EncodingKey::from_ec_pem(issuer.private_pem().as_bytes()).unwrap();
        let stored = SDJWTIssuer::new(private, Some("ES256".to_owned()))
            .issue_sd_jwt(
                Value::Object(claims()),
                ClaimsForSelectiveDisclosureStrategy::Custom(paths),
                Some(serde_json::from_value(device_jwk).unwrap()),
                false,
                FORMAT,
            )
            .unwrap();
        Self {
            stored,
            device: EncodingKey::from_ec_pem(device.private_pem().as_bytes()).unwrap(),
            issuer: DecodingKey::from_ec_pem(issuer.public_pem().as_bytes()).unwrap(),
            shown: SHOWN.map(|name| (name.to_owned(), Value::Bool(true))).into_iter().collect(),
        }
    }

    pub fn present(&self) -> String {
        let stored = black_box(&self.stored).clone();
        let (nonce, audience, key) = (NONCE.to_owned(), AUDIENCE.to_owned(), self.device.clone());
        let mut holder = SDJWTHolder::new(stored, FORMAT).unwrap();
        let alg = Some("ES256".to_owned());
        holder.create_presentation(self.shown.clone(), Some(nonce), Some(audience), Some(key), alg).unwrap()
    }

    pub fn verify(&self, presentation: &str) -> Value {
        let issuer = self.issuer.clone();
        let verified = SDJWTVerifier::new(
            black_box(presentation).to_owned(),
            Box::new(move |_, _| issuer.clone()),
            Some(AUDIENCE.to_owned()),
            Some(NONCE.to_owned()),
            FORMAT,
        );
        verified.unwrap().verified_claims
    }
}
