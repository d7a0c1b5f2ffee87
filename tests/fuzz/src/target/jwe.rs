//! Compact JWE.

use wallet_core::jose::jwe::{Enc, decrypt, encrypt};
use wallet_core::jose::jwk::Jwk;

use crate::fixture::key;
use crate::vectors::Vectors;

/// What the seeds say; nothing else can decrypt.
pub const PLAINTEXT: &[u8] = br#"{"vp_token":{},"state":"s"}"#;

/// A JWE for the seeds.
#[must_use]
pub fn encrypted(enc: Enc) -> String {
    encrypt(&recipient(), enc, PLAINTEXT).expect("random bytes")
}

fn recipient() -> Jwk {
    Jwk { kid: Some("1".to_owned()), ..Jwk::new(key("jwe").public_key()) }
}

/// What decrypts is what was encrypted. Whatever is encrypted decrypts to itself, and not after a change to any one
/// character.
pub fn run(data: &[u8]) {
    if let Ok(text) = std::str::from_utf8(data)
        && let Ok(plaintext) = decrypt(text, &key("jwe"))
    {
        assert_eq!(plaintext.as_slice(), PLAINTEXT);
    }
    // Encrypting costs a key pair, so only what is short is taken as a plaintext.
    let Some((&place, plaintext)) = data.split_first().filter(|(_, rest)| rest.len() < 64) else { return };
    let enc = if place % 2 == 0 { Enc::A128Gcm } else { Enc::A256Gcm };
    let compact = encrypt(&recipient(), enc, plaintext).expect("random bytes");
    let decrypted = decrypt(&compact, &key("jwe")).expect("encrypted to this key");
    assert_eq!(decrypted.as_slice(), plaintext);
    let mut changed = compact.into_bytes();
    let place = usize::from(place) * changed.len() / 256;
    changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
    assert!(decrypt(std::str::from_utf8(&changed).expect("ASCII"), &key("jwe")).is_err());
}

/// Published ones, two for the fixture's key, and plaintexts.
#[must_use]
pub fn seeds(vectors: &Vectors) -> Vec<Vec<u8>> {
    let mut seeds = vectors.with('.', |count| count == 4);
    seeds.extend([Enc::A128Gcm, Enc::A256Gcm].map(|enc| encrypted(enc).into_bytes()));
    seeds.extend([b"\0".to_vec(), b"\x81plaintext".to_vec()]);
    seeds
}
