//! A credential before its signature.

use serde_json::{Map, Value, json};

use crate::credential::sd_jwt::digest::digest;
use crate::crypto::hash::HashAlg;
use crate::crypto::p256::SecretKey;
use crate::jose::base64url;

/// A credential that waits for its issuer's signature. Its parts are open: whoever changes them answers for the result,
/// and a test can make a credential that is wrong in one point.
#[derive(Clone)]
pub struct Unsigned {
    /// The JOSE header: `alg`, `typ`, `x5c`.
    pub header: Map<String, Value>,
    /// The payload with digests in place of what is selectively disclosable.
    pub payload: Map<String, Value>,
    /// The disclosures.
    pub disclosures: Vec<String>,
    pub(super) alg: HashAlg,
}

impl Unsigned {
    /// Adds a disclosure, and its digest to the top level of the payload.
    pub fn add_property(&mut self, disclosure: String) {
        let digest = self.digest(&disclosure);
        self.disclosures.push(disclosure);
        self.add_digest(digest);
    }

    /// Adds a digest to the top level of the payload.
    pub fn add_digest(&mut self, digest: String) {
        if let Some(digests) = self.payload.entry("_sd").or_insert_with(|| json!([])).as_array_mut() {
            digests.push(Value::from(digest));
        }
    }

    /// The digest of a disclosure, by this credential's algorithm.
    #[must_use]
    pub fn digest(&self, disclosure: &str) -> String {
        digest(self.alg, disclosure)
    }

    /// Signs with ES256 and gives the SD-JWT with all its disclosures, a tilde at its end. Header and payload are
    /// taken as they are: `alg` is what the header says.
    #[must_use]
    pub fn sign(&self, key: &SecretKey) -> String {
        let mut out = base64url::encode(Value::Object(self.header.clone()).to_string().as_bytes());
        out.push('.');
        base64url::encode_into(Value::Object(self.payload.clone()).to_string().as_bytes(), &mut out);
        let signature = key.sign(out.as_bytes());
        out.push('.');
        base64url::encode_into(&signature.to_raw(), &mut out);
        out.push('~');
        for disclosure in &self.disclosures {
            out.push_str(disclosure);
            out.push('~');
        }
        out
    }
}
