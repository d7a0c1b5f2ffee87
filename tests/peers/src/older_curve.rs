//! Bare operations with the generation of the curve that most peers stand on. It is slower than the core's, so their
//! ratios to it are lower.

use std::hint::black_box;

use p256_13::ecdsa::signature::{Signer, Verifier};
use p256_13::ecdsa::{Signature, SigningKey, VerifyingKey};

use crate::key::Key;

pub const SIGN: &str = "1 ES256 sign (p256 0.13)";
pub const VERIFY_TWO: &str = "2 ES256 verify (p256 0.13)";
pub const VERIFY_THREE: &str = "3 ES256 verify (p256 0.13)";

pub struct OlderCurve {
    key: SigningKey,
    public: VerifyingKey,
    message: [u8; 300],
    signature: Signature,
}

impl OlderCurve {
    pub fn new() -> Self {
        let (key, message) = (Key::device().signing(), [7; 300]);
        Self { public: *key.verifying_key(), signature: key.sign(&message), message, key }
    }

    pub fn sign(&self) -> Signature {
        self.key.sign(black_box(&self.message))
    }

    pub fn verify(&self) {
        self.public.verify(black_box(&self.message), black_box(&self.signature)).unwrap();
    }
}
