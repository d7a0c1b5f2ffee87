//! JOSE, only as far as the profiles need it: compact JWS with ES256, compact JWE with ECDH-ES or under a
//! passphrase, EC P-256 JWK.
//!
//! Algorithms come from the caller's short list, never from the token alone.

pub mod base64url;
mod compact_jwe;
pub mod jwe;
pub mod jwk;
pub mod jws;
pub mod pbes2;
