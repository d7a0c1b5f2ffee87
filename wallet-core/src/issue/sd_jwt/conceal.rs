//! Replaces claims by digests of their disclosures (RFC 9901 4.2).

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::credential::path::{ClaimLocation, Step};
use crate::credential::sd_jwt::digest::digest;
use crate::crypto::hash::HashAlg;
use crate::crypto::random;
use crate::error::Result;
use crate::jose::base64url;

/// The disclosure of an object property, with a new salt of 128 bits.
///
/// # Errors
/// [`Code::Internal`](crate::Code::Internal) when the operating system gives no random bytes.
pub fn property_disclosure(name: &str, value: &Value) -> Result<String> {
    Ok(base64url::encode(json!([random_text()?, name, value]).to_string().as_bytes()))
}

/// The disclosure of an array element, with a new salt of 128 bits.
///
/// # Errors
/// As [`property_disclosure`].
pub fn element_disclosure(value: &Value) -> Result<String> {
    Ok(base64url::encode(json!([random_text()?, value]).to_string().as_bytes()))
}

fn random_text() -> Result<String> {
    Ok(base64url::encode(&random::array::<16>()?))
}

pub(super) struct Concealer<'a> {
    disclosable: &'a BTreeSet<ClaimLocation>,
    alg: HashAlg,
    decoys: usize,
    /// Those inside a claim before that of the claim itself.
    pub(super) disclosures: Vec<String>,
}

impl<'a> Concealer<'a> {
    pub(super) fn new(disclosable: &'a BTreeSet<ClaimLocation>, alg: HashAlg, decoys: usize) -> Self {
        Self { disclosable, alg, decoys, disclosures: Vec::new() }
    }

    pub(super) fn object(
        &mut self,
        object: Map<String, Value>,
        path: &mut Vec<Step>,
    ) -> Result<Map<String, Value>> {
        let mut out = Map::new();
        let mut digests = Vec::new();
        for (name, value) in object {
            path.push(Step::Key(name.clone()));
            let value = self.inside(value, path)?;
            if self.is_disclosable(path) {
                digests.push(self.disclose(property_disclosure(&name, &value)?));
            } else {
                out.insert(name, value);
            }
            path.pop();
        }
        if !digests.is_empty() {
            for _ in 0..self.decoys {
                digests.push(self.decoy()?);
            }
            // Sorted digests say nothing about the order of the claims (RFC 9901 4.2.4.1).
            digests.sort_unstable();
            out.insert("_sd".to_owned(), json!(digests));
        }
        Ok(out)
    }

    fn array(&mut self, array: Vec<Value>, path: &mut Vec<Step>) -> Result<Vec<Value>> {
        let mut out = Vec::with_capacity(array.len());
        let mut concealed = false;
        for (index, value) in (0..).zip(array) {
            path.push(Step::Index(index));
            let value = self.inside(value, path)?;
            if self.is_disclosable(path) {
                concealed = true;
                let digest = self.disclose(element_disclosure(&value)?);
                out.push(json!({ "...": digest }));
            } else {
                out.push(value);
            }
            path.pop();
        }
        if concealed {
            for _ in 0..self.decoys {
                // The elements keep their order, so decoys go anywhere between them.
                let place = u64::from_be_bytes(random::array()?) % (out.len() as u64 + 1);
                let place = usize::try_from(place).unwrap_or_default();
                out.insert(place, json!({ "...": self.decoy()? }));
            }
        }
        Ok(out)
    }

    fn inside(&mut self, value: Value, path: &mut Vec<Step>) -> Result<Value> {
        match value {
            Value::Object(object) => self.object(object, path).map(Value::Object),
            Value::Array(array) => self.array(array, path).map(Value::Array),
            value => Ok(value),
        }
    }

    fn is_disclosable(&self, path: &[Step]) -> bool {
        self.disclosable.contains(&ClaimLocation(path.to_vec()))
    }

    fn disclose(&mut self, disclosure: String) -> String {
        let digest = digest(self.alg, &disclosure);
        self.disclosures.push(disclosure);
        digest
    }

    fn decoy(&self) -> Result<String> {
        Ok(digest(self.alg, &random_text()?))
    }
}
