//! P-256: ECDSA with SHA-256 (ES256) and ECDH.

use p256::ecdsa::signature::{Signer, Verifier};
use p256::ecdsa::{Signature as EcdsaSignature, SigningKey, VerifyingKey};
use p256::pkcs8::{DecodePublicKey, EncodePublicKey};
use zeroize::{Zeroize, Zeroizing};

use super::random;
use crate::error::{Code, Result};

/// A point on P-256 that was checked to be on the curve and not the identity.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// From the affine coordinates, big-endian, 32 bytes each.
    ///
    /// # Errors
    /// [`Code::CurvePointInvalid`] when the lengths are wrong or the point is not on the curve.
    pub fn from_coordinates(x: &[u8], y: &[u8]) -> Result<Self> {
        if x.len() != 32 || y.len() != 32 {
            return Err(Code::CurvePointInvalid.error());
        }
        let mut sec1 = [0x04; 65];
        for (to, from) in sec1.iter_mut().skip(1).zip(x.iter().chain(y)) {
            *to = *from;
        }
        Self::from_sec1(&sec1)
    }

    /// From an uncompressed or compressed SEC 1 point.
    ///
    /// # Errors
    /// [`Code::CurvePointInvalid`].
    pub fn from_sec1(point: &[u8]) -> Result<Self> {
        VerifyingKey::from_sec1_bytes(point).map(Self).map_err(|_| Code::CurvePointInvalid.error())
    }

    /// From a DER `SubjectPublicKeyInfo`.
    ///
    /// # Errors
    /// [`Code::CurvePointInvalid`] for another algorithm or curve, or a bad point.
    pub fn from_spki_der(spki: &[u8]) -> Result<Self> {
        VerifyingKey::from_public_key_der(spki).map(Self).map_err(|_| Code::CurvePointInvalid.error())
    }

    /// The uncompressed SEC 1 point: `04 ‖ x ‖ y`.
    #[must_use]
    pub fn to_sec1(&self) -> [u8; 65] {
        let point = self.0.to_sec1_point(false);
        let mut out = [0; 65];
        for (to, from) in out.iter_mut().zip(point.as_bytes()) {
            *to = *from;
        }
        out
    }

    /// The affine coordinates (x, y), big-endian.
    #[must_use]
    pub fn coordinates(&self) -> ([u8; 32], [u8; 32]) {
        let point = self.to_sec1();
        let (mut x, mut y) = ([0; 32], [0; 32]);
        for (to, from) in x.iter_mut().chain(y.iter_mut()).zip(point.iter().skip(1)) {
            *to = *from;
        }
        (x, y)
    }

    /// The DER `SubjectPublicKeyInfo`.
    ///
    /// # Errors
    /// [`Code::Internal`], which cannot happen for a valid point.
    pub fn to_spki_der(&self) -> Result<Vec<u8>> {
        let document = self.0.to_public_key_der().map_err(|_| Code::Internal.at("SPKI"))?;
        Ok(document.as_bytes().to_vec())
    }

    /// Whether `signature` is this key's over `message` (ES256).
    #[must_use]
    pub fn verify(&self, message: &[u8], signature: &Signature) -> bool {
        self.0.verify(message, &signature.0).is_ok()
    }
}

/// Prints that there is a key, not which: public keys of one-time copies are identifiers of a person.
impl std::fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PublicKey(P-256)")
    }
}

/// An ES256 signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature(EcdsaSignature);

impl Signature {
    /// From `r ‖ s`, 64 bytes, as JWS and COSE carry it.
    ///
    /// # Errors
    /// [`Code::SignatureMalformed`].
    pub fn from_raw(raw: &[u8]) -> Result<Self> {
        EcdsaSignature::from_slice(raw).map(Self).map_err(|_| Code::SignatureMalformed.error())
    }

    /// From the DER form that certificates carry and that phones' key stores give.
    ///
    /// # Errors
    /// [`Code::SignatureMalformed`].
    pub fn from_der(der: &[u8]) -> Result<Self> {
        EcdsaSignature::from_der(der).map(Self).map_err(|_| Code::SignatureMalformed.error())
    }

    /// `r ‖ s`, 64 bytes.
    #[must_use]
    pub fn to_raw(&self) -> [u8; 64] {
        self.0.to_bytes().into()
    }

    /// The DER form.
    #[must_use]
    pub fn to_der(&self) -> Vec<u8> {
        self.0.to_der().as_bytes().to_vec()
    }
}

/// A private key in software. Wiped when dropped; it has no `Debug` and is never serialised but into the vault.
pub struct SecretKey(SigningKey);

impl SecretKey {
    /// A new random key.
    ///
    /// # Errors
    /// When the operating system gives no random bytes.
    pub fn random() -> Result<Self> {
        let mut bytes: [u8; 32] = random::array()?;
        // A random value is out of range once in 2^32; then the next one is taken.
        let key = loop {
            match SigningKey::from_slice(&bytes) {
                Ok(key) => break key,
                Err(_) => random::fill(&mut bytes)?,
            }
        };
        bytes.zeroize();
        Ok(Self(key))
    }

    /// From a 32-byte big-endian scalar.
    ///
    /// # Errors
    /// [`Code::CurvePointInvalid`] when it is zero or not below the group order.
    pub fn from_bytes(scalar: &[u8]) -> Result<Self> {
        SigningKey::from_slice(scalar).map(Self).map_err(|_| Code::CurvePointInvalid.error())
    }

    /// The scalar, to be sealed at once.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<[u8; 32]> {
        let mut bytes = self.0.to_bytes();
        let out = Zeroizing::new(bytes.into());
        bytes.zeroize();
        out
    }

    /// The public key.
    #[must_use]
    pub fn public_key(&self) -> PublicKey {
        PublicKey(*self.0.verifying_key())
    }

    /// ES256 over the message, deterministic (RFC 6979).
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> Signature {
        Signature(self.0.sign(message))
    }

    /// ECDH: the x coordinate of the shared point.
    #[must_use]
    pub fn agree(&self, public: &PublicKey) -> Zeroizing<[u8; 32]> {
        let shared = p256::ecdh::diffie_hellman(self.0.as_nonzero_scalar(), public.0.as_affine());
        Zeroizing::new((*shared.raw_secret_bytes()).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_and_verifies_in_both_encodings() {
        let key = SecretKey::random().unwrap();
        let signature = key.sign(b"message");
        let again = Signature::from_der(&signature.to_der()).unwrap();
        assert_eq!(again, Signature::from_raw(&signature.to_raw()).unwrap());
        assert!(key.public_key().verify(b"message", &again));
        assert!(!key.public_key().verify(b"other", &again));
    }

    #[test]
    fn points_off_the_curve_are_refused() {
        let (x, mut y) = SecretKey::random().unwrap().public_key().coordinates();
        assert!(PublicKey::from_coordinates(&x, &y).is_ok());
        y[31] ^= 1;
        let error = PublicKey::from_coordinates(&x, &y).unwrap_err();
        assert_eq!(error.code(), Code::CurvePointInvalid);
    }

    #[test]
    fn both_sides_agree() {
        let (a, b) = (SecretKey::random().unwrap(), SecretKey::random().unwrap());
        assert_eq!(a.agree(&b.public_key()), b.agree(&a.public_key()));
    }
}
