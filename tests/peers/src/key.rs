//! Keys and certificates, in the older generation of the curve that the peers take.

use std::path::Path;

use p256_13::SecretKey;
use p256_13::ecdsa::SigningKey;
use p256_13::elliptic_curve::sec1::ToEncodedPoint;
use p256_13::pkcs8::{DecodePrivateKey, EncodePrivateKey, EncodePublicKey, LineEnding};

/// An issuer's certificate under its authority's, and its key.
pub struct Certificates {
    pub authority: String,
    pub signer: String,
    pub signer_key: Key,
}

impl Certificates {
    pub fn read(folder: &Path) -> Self {
        let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
        let signer_key = Key(SecretKey::from_pkcs8_pem(&read("signer.key")).unwrap());
        Self { authority: read("authority.pem"), signer: read("signer.pem"), signer_key }
    }
}

/// A private key in the forms that the peers want.
#[derive(Clone)]
pub struct Key(SecretKey);

impl Key {
    /// The wallet's.
    pub fn device() -> Self {
        Self(SecretKey::from_slice(&[7; 32]).unwrap())
    }

    pub fn signing(&self) -> SigningKey {
        SigningKey::from(&self.0)
    }

    pub fn private_pem(&self) -> String {
        self.0.to_pkcs8_pem(LineEnding::LF).unwrap().to_string()
    }

    pub fn public_pem(&self) -> String {
        self.0.public_key().to_public_key_pem(LineEnding::LF).unwrap()
    }

    /// x and y of the public key.
    pub fn coordinates(&self) -> [Vec<u8>; 2] {
        let point = self.0.public_key().to_encoded_point(false);
        [point.x().unwrap().to_vec(), point.y().unwrap().to_vec()]
    }
}
