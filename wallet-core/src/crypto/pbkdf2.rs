//! PBKDF2 with HMAC-SHA-256 (RFC 8018 5.2): the passphrase encryption of JOSE is built on it. What is ours alone uses
//! Argon2id.

use sha2::Sha256;
use zeroize::Zeroizing;

/// 128 bits from a passphrase. Slow on purpose: `rounds` times two SHA-256 blocks, so check the bounds first and call it
/// on a thread of the wallet.
#[must_use]
pub fn pbkdf2_hmac_sha256(passphrase: &[u8], salt: &[u8], rounds: u32) -> Zeroizing<[u8; 16]> {
    let mut out = Zeroizing::new([0; 16]);
    pbkdf2::pbkdf2_hmac::<Sha256>(passphrase, salt, rounds, out.as_mut_slice());
    out
}
