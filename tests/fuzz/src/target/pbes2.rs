//! Compact JWE under a passphrase.

use serde_json::{Value, json};
use wallet_core::crypto::{aead, key_wrap, pbkdf2};
use wallet_core::jose::base64url;
use wallet_core::jose::pbes2::decrypt;

use crate::vectors::Vectors;

const PASSPHRASE: &[u8] = b"correct horse battery staple";
const ALG: &str = "PBES2-HS256+A128KW";
const PLAINTEXT: &[u8] = br#"{"transactionLog":[]}"#;
/// More rounds would only make the fuzzer wait: what comes behind them is the same.
const ROUNDS: u64 = 5_000;

/// What decrypts is what was encrypted.
pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    if rounds(text).is_some_and(|rounds| rounds > ROUNDS) {
        return;
    }
    if let Ok(plaintext) = decrypt(text, PASSPHRASE) {
        assert_eq!(plaintext.as_slice(), PLAINTEXT);
    }
}

fn rounds(compact: &str) -> Option<u64> {
    let header = base64url::decode(compact.split('.').next()?, "header").ok()?;
    let header: Value = serde_json::from_slice(&header).ok()?;
    header.get("p2c")?.as_u64()
}

/// One of few rounds that this passphrase opens, and published ones.
#[must_use]
pub fn seeds(vectors: &Vectors) -> Vec<Vec<u8>> {
    let (salt, cek, nonce) = ([7; 16], [5; 16], [1; aead::NONCE]);
    let header = json!({ "alg": ALG, "enc": "A128GCM", "p2s": base64url::encode(&salt), "p2c": 1_000 });
    let protected = base64url::encode(header.to_string().as_bytes());
    let kek = pbkdf2::pbkdf2_hmac_sha256(PASSPHRASE, &[ALG.as_bytes(), &[0], &salt].concat(), 1_000);
    let wrapped = key_wrap::wrap(&kek, &cek).expect("a key");
    let sealed = aead::encrypt(&cek, &nonce, protected.as_bytes(), PLAINTEXT).expect("a key");
    let (ciphertext, tag) = sealed.split_last_chunk::<{ aead::TAG }>().expect("a tag");
    let parts = [&wrapped, nonce.as_slice(), ciphertext, tag].map(base64url::encode);
    let mut seeds = vectors.with('.', |count| count == 4);
    seeds.push(format!("{protected}.{}", parts.join(".")).into_bytes());
    seeds
}
