//! The floor: bare operations on P-256, with the crates that the core uses and none of the core's code.

use std::hint::black_box;

use p256::SecretKey;
use p256::ecdh::diffie_hellman;
use p256::ecdsa::signature::{Signer, Verifier};
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

/// The operations, as the table lists them.
pub const SIGN: &str = "1 ES256 sign";
pub const SIGN_AND_AGREE: &str = "1 ES256 sign + 1 ECDH (make a key, agree)";
pub const SIGN_AND_HASH: &str = "1 ES256 sign + SHA-256 of 37 KB";
pub const VERIFY_THREE: &str = "3 ES256 verify";

/// Keys, and something to sign of the length of a usual signing input.
pub struct Curve {
    key: SigningKey,
    public: VerifyingKey,
    message: [u8; 300],
    signature: Signature,
    recipient: p256::PublicKey,
}

impl Curve {
    pub fn new() -> Self {
        let (key, message) = (SigningKey::from(random_key()), [7; 300]);
        let signature = key.sign(&message);
        Self { public: *key.verifying_key(), key, message, signature, recipient: random_key().public_key() }
    }

    pub fn sign(&self) -> Signature {
        self.key.sign(black_box(&self.message))
    }

    /// What a Key Binding JWT costs at least when a portrait is shown: all that is shown is hashed for it.
    pub fn sign_and_hash(&self) -> impl Sized {
        (self.sign(), Sha256::digest(black_box([0x5a; 37 * 1024].as_slice())))
    }

    pub fn verify(&self) {
        self.public.verify(black_box(&self.message), black_box(&self.signature)).unwrap();
    }

    /// What ECDH-ES costs the sender: a new key with its public half, and the shared secret.
    pub fn agree(&self) -> impl Sized {
        let ephemeral = random_key();
        let public = ephemeral.public_key();
        (public, diffie_hellman(ephemeral.to_nonzero_scalar(), black_box(&self.recipient).as_affine()))
    }
}

fn random_key() -> SecretKey {
    let mut scalar = [0; 32];
    getrandom::fill(&mut scalar).unwrap();
    SecretKey::from_slice(&scalar).unwrap()
}
