//! sd-jwt-payload: leaves signatures to its user, so they are made and checked here with the older generation of the
//! curve.

use std::convert::Infallible;
use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use p256_13::ecdsa::signature::{Signer, Verifier};
use p256_13::ecdsa::{Signature, SigningKey, VerifyingKey};
use sd_jwt_payload::{
    JsonObject, JwsSigner, KeyBindingJwtBuilder, RequiredKeyBinding, SdJwt, SdJwtBuilder, Sha256Hasher,
};
use serde_json::{Value, json};

use crate::key::Key;
use crate::sd_jwt::{AUDIENCE, NONCE, SHOWN, claims, names};

pub struct Peer {
    stored: String,
    device: Es256,
    issuer: VerifyingKey,
    hasher: Sha256Hasher,
}

impl Peer {
    pub fn new(issuer: &Key) -> Self {
        let (device, issuer) = (Key::device(), Es256(issuer.signing()));
        let [x, y] = device.coordinates().map(|coordinate| base64url(&coordinate));
        let device_jwk = json!({ "kty": "EC", "crv": "P-256", "x": x, "y": y });
        let mut builder = SdJwtBuilder::new(Value::Object(claims())).unwrap();
        for name in names() {
            builder = builder.make_concealable(&format!("/{name}")).unwrap();
        }
        let binding = RequiredKeyBinding::Jwk(device_jwk.as_object().unwrap().clone());
        let issued = at_once(builder.require_key_binding(binding).finish(&issuer, "ES256")).unwrap();
        Self {
            stored: issued.presentation(),
            device: Es256(device.signing()),
            issuer: *issuer.0.verifying_key(),
            hasher: Sha256Hasher::new(),
        }
    }

    pub fn present(&self) -> String {
        let stored: SdJwt = black_box(&self.stored).parse().unwrap();
        let mut shown = stored.into_presentation(&self.hasher).unwrap().conceal_all();
        for name in SHOWN {
            shown = shown.disclose(&format!("/{name}")).unwrap();
        }
        let (mut presented, _) = shown.finish();
        let binding = KeyBindingJwtBuilder::new().aud(AUDIENCE).nonce(NONCE).iat(1_795_341_600);
        let binding = at_once(binding.finish(&presented, &self.hasher, "ES256", &self.device)).unwrap();
        presented.attach_key_binding_jwt(binding);
        presented.presentation()
    }

    pub fn verify(&self, presentation: &str) -> JsonObject {
        let parsed: SdJwt = black_box(presentation).parse().unwrap();
        verify(presentation.split('~').next().unwrap(), &self.issuer);
        verify(&parsed.key_binding_jwt().unwrap().to_string(), self.device.0.verifying_key());
        parsed.into_disclosed_object(&self.hasher).unwrap()
    }
}

struct Es256(SigningKey);

#[async_trait::async_trait]
impl JwsSigner for Es256 {
    type Error = Infallible;

    async fn sign(&self, header: &JsonObject, payload: &JsonObject) -> Result<Vec<u8>, Infallible> {
        let [header, payload] = [header, payload].map(|part| base64url(&serde_json::to_vec(part).unwrap()));
        let input = format!("{header}.{payload}");
        let signature: Signature = self.0.sign(input.as_bytes());
        Ok(format!("{input}.{}", base64url(&signature.to_bytes())).into_bytes())
    }
}

fn verify(jws: &str, key: &VerifyingKey) {
    let (input, signature) = jws.rsplit_once('.').unwrap();
    let signature = Signature::from_slice(&URL_SAFE_NO_PAD.decode(signature).unwrap()).unwrap();
    key.verify(input.as_bytes(), &signature).unwrap();
}

pub fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The output of a future that never has to wait.
fn at_once<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("nothing here waits"),
    }
}
