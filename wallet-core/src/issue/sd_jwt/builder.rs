//! What an issuer says about a credential.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use super::conceal::Concealer;
use super::unsigned::Unsigned;
use crate::credential::path::{ClaimLocation, Step};
use crate::credential::sd_jwt::digest::name;
use crate::credential::sd_jwt::is_technical_name;
use crate::crypto::hash::HashAlg;
use crate::crypto::p256::PublicKey;
use crate::error::Result;
use crate::jose::jwk;
use crate::time::UnixTime;

/// Builds one credential. Every copy of a batch is built anew: salts and device key may not repeat.
#[derive(Clone)]
pub struct Builder {
    claims: Map<String, Value>,
    disclosable: BTreeSet<ClaimLocation>,
    everything: bool,
    decoys: usize,
    alg: HashAlg,
    x5c: Vec<String>,
}

impl Builder {
    /// A credential of a type (`vct`) with the claims about its subject.
    #[must_use]
    pub fn new(vct: &str, claims: Map<String, Value>) -> Self {
        let builder = Self {
            claims,
            disclosable: BTreeSet::new(),
            everything: false,
            decoys: 0,
            alg: HashAlg::Sha256,
            x5c: Vec::new(),
        };
        builder.claim("vct", json!(vct))
    }

    /// Any top-level claim, such as `status`.
    #[must_use]
    pub fn claim(mut self, name: &str, value: Value) -> Self {
        self.claims.insert(name.to_owned(), value);
        self
    }

    /// `iss`.
    #[must_use]
    pub fn issuer(self, issuer: &str) -> Self {
        self.claim("iss", json!(issuer))
    }

    /// `iat`.
    #[must_use]
    pub fn issued_at(self, time: UnixTime) -> Self {
        self.claim("iat", json!(time.0))
    }

    /// `nbf`.
    #[must_use]
    pub fn not_before(self, time: UnixTime) -> Self {
        self.claim("nbf", json!(time.0))
    }

    /// `exp`.
    #[must_use]
    pub fn until(self, time: UnixTime) -> Self {
        self.claim("exp", json!(time.0))
    }

    /// `cnf.jwk`: the key that the credential is bound to.
    #[must_use]
    pub fn device_key(self, key: &PublicKey) -> Self {
        self.claim("cnf", json!({ "jwk": jwk::public_members(key) }))
    }

    /// `x5c`: the certificates as DER, leaf first, without the trust anchor (HAIP 1.0 6.1.1).
    #[must_use]
    pub fn chain<C: AsRef<[u8]>>(mut self, chain: impl IntoIterator<Item = C>) -> Self {
        self.x5c = chain.into_iter().map(|der| STANDARD.encode(der.as_ref())).collect();
        self
    }

    /// Makes the claim at a location selectively disclosable. Marked together with claims inside it, it is disclosed
    /// recursively (RFC 9901 4.2.6); a claim inside it alone is structured, it alone is flat (6).
    #[must_use]
    pub fn disclosable(mut self, location: ClaimLocation) -> Self {
        self.disclosable.insert(location);
        self
    }

    /// Makes every claim, nested property and array entry individually disclosable (PID Rulebook PID_21), but for
    /// claims about the credential itself.
    #[must_use]
    pub fn disclose_everything(mut self) -> Self {
        self.everything = true;
        self
    }

    /// Adds so many decoy digests to each object and array that has something to disclose (RFC 9901 4.2.5).
    #[must_use]
    pub fn decoys(mut self, count: usize) -> Self {
        self.decoys = count;
        self
    }

    /// Another hash algorithm than SHA-256.
    #[must_use]
    pub fn hash_alg(mut self, alg: HashAlg) -> Self {
        self.alg = alg;
        self
    }

    /// The credential, to be signed.
    ///
    /// # Errors
    /// [`Code::Internal`](crate::Code::Internal) when the operating system gives no random bytes.
    pub fn build(&self) -> Result<Unsigned> {
        let mut disclosable = self.disclosable.clone();
        let citizen = self.claims.iter().filter(|(name, _)| self.everything && !is_technical_name(name));
        for (name, value) in citizen {
            mark_all(value, &mut vec![Step::Key(name.clone())], &mut disclosable);
        }
        let mut concealer = Concealer::new(&disclosable, self.alg, self.decoys);
        let mut payload = concealer.object(self.claims.clone(), &mut Vec::new())?;
        payload.insert("_sd_alg".to_owned(), Value::from(name(self.alg)));
        let mut header = Map::from_iter([
            ("alg".to_owned(), Value::from("ES256")),
            ("typ".to_owned(), Value::from("dc+sd-jwt")),
        ]);
        if !self.x5c.is_empty() {
            header.insert("x5c".to_owned(), json!(self.x5c));
        }
        Ok(Unsigned { header, payload, disclosures: concealer.disclosures, alg: self.alg })
    }
}

fn mark_all(value: &Value, path: &mut Vec<Step>, marked: &mut BTreeSet<ClaimLocation>) {
    marked.insert(ClaimLocation(path.clone()));
    let mut inner = |step: Step, value: &Value| {
        path.push(step);
        mark_all(value, path, marked);
        path.pop();
    };
    match value {
        Value::Object(object) => {
            object.iter().for_each(|(name, value)| inner(Step::Key(name.clone()), value))
        }
        Value::Array(array) => (0..).zip(array).for_each(|(index, value)| inner(Step::Index(index), value)),
        _ => {}
    }
}
