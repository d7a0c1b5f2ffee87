//! The primitives, one small file each, over RustCrypto. Nothing here knows a protocol.

pub mod aead;
pub mod hash;
pub mod kdf;
pub mod key_wrap;
pub mod p256;
pub mod passphrase;
pub mod pbkdf2;
pub mod random;
pub mod secret;
pub(crate) mod stack;
