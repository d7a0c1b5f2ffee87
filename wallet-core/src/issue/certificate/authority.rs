//! A certificate with its key, which issues others.

use super::assemble::{self, Issuer};
use super::template::Template;
use crate::asn1::Certificate;
use crate::crypto::p256::{PublicKey, SecretKey};
use crate::error::Result;

/// Who issues certificates. Nothing checks that the key is the certificate's, so that a test can sign with a wrong one.
pub struct Authority {
    /// Its own certificate.
    pub certificate: Certificate,
    /// The key that signs.
    pub key: SecretKey,
}

impl Authority {
    /// A root: signed with its own key.
    ///
    /// # Errors
    /// When a name or address of the template cannot be written in a certificate, or the result is too large.
    pub fn self_signed(template: &Template, key: SecretKey) -> Result<Self> {
        let public = key.public_key();
        let issuer = Issuer { certificate: None, key: &key };
        Ok(Self { certificate: assemble::certificate(template, &public, &issuer)?, key })
    }

    /// A root with a new key.
    ///
    /// # Errors
    /// Those of [`Self::self_signed`], and when there are no random bytes.
    pub fn root(template: &Template) -> Result<Self> {
        Self::self_signed(template, SecretKey::random()?)
    }

    /// An authority below this one, with a new key.
    ///
    /// # Errors
    /// Those of [`Self::root`].
    pub fn intermediate(&self, template: &Template) -> Result<Self> {
        let key = SecretKey::random()?;
        Ok(Self { certificate: self.issue(template, &key.public_key())?, key })
    }

    /// A certificate for a key.
    ///
    /// # Errors
    /// Those of [`Self::self_signed`].
    pub fn issue(&self, template: &Template, subject_key: &PublicKey) -> Result<Certificate> {
        let issuer = Issuer { certificate: Some(&self.certificate), key: &self.key };
        assemble::certificate(template, subject_key, &issuer)
    }
}
