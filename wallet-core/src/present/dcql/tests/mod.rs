//! The query engine as a whole. What the tests share: a wallet made by hand.

mod choosing;
mod consent;
mod matching;
mod parsing;
mod paths;
mod properties;
mod vectors;

use crate::credential::summary::{Kind, Outline, Summary, extended_types};
use crate::profile::DcqlLeniency;
use std::cell::RefCell;
use std::collections::HashMap;

use serde_json::{Value, json};

use super::*;
use crate::credential::id::CredentialId;
use crate::credential::path::{ClaimLocation, Step};
use crate::credential::{Format, Lapse};
use crate::error::{Code, Result};
use crate::time::UnixTime;

/// The time at which queries are evaluated.
const NOW: UnixTime = UnixTime(1_000_000);

/// A credential made by hand, and its claims as JSON.
#[derive(Debug, Clone)]
struct Held {
    summary: Summary,
    claims: Value,
}

fn id(number: u8) -> CredentialId {
    CredentialId([number; 16])
}

/// An SD-JWT in which each claim, member and element has a Disclosure of its own, but what is about the credential.
fn sd_jwt(number: u8, vct: &str, claims: Value) -> Held {
    let claims_map = claims.as_object().unwrap();
    let plain = Outline::of_payload(claims_map, Vec::new());
    let hidden = plain.leaves.iter().filter(|leaf| leaf.0 != [Step::Key("iss".into())]);
    let disclosures =
        hidden.flat_map(|leaf| (1..=leaf.0.len()).map(|depth| ClaimLocation(leaf.0[..depth].to_vec())));
    let outline = Outline::of_payload(claims_map, disclosures.collect());
    held(number, Format::DcSdJwt, vct, outline, claims)
}

/// An mdoc, its claims as `{ name space: { element: value } }`.
fn mdoc(number: u8, doctype: &str, claims: Value) -> Held {
    let spaces = claims.as_object().unwrap().iter();
    let elements = spaces.flat_map(|(space, elements)| {
        elements.as_object().unwrap().keys().map(move |element| (space.as_str(), element.as_str()))
    });
    held(number, Format::MsoMdoc, doctype, Outline::of_elements(elements), claims.clone())
}

fn held(number: u8, format: Format, type_identifier: &str, outline: Outline, claims: Value) -> Held {
    let kind = Kind {
        format,
        type_identifier: type_identifier.to_owned(),
        extends: extended_types(type_identifier),
        authority_key_ids: Vec::new(),
        holder_binding: true,
        outline,
    };
    Held {
        summary: Summary {
            credential: id(number),
            valid_from: None,
            valid_until: None,
            kind,
            withdrawn: None,
        },
        claims,
    }
}

/// A wallet that notes which claims were opened.
#[derive(Default)]
struct Wallet {
    index: Index,
    claims: HashMap<CredentialId, Value>,
    opened: RefCell<Vec<(CredentialId, ClaimLocation)>>,
    broken: bool,
}

impl Wallet {
    fn of(held: impl IntoIterator<Item = Held>) -> Self {
        let mut wallet = Self::default();
        for held in held {
            wallet.claims.insert(held.summary.credential, held.claims);
            wallet.index.add(&held.summary).unwrap();
        }
        wallet
    }

    fn evaluate(&self, query: &Value) -> Evaluation {
        Query::parse(query, &DcqlLeniency::NONE).unwrap().evaluate(self, NOW).unwrap()
    }

    /// The credentials that answer the first credential query.
    fn candidates(&self, query: &Value) -> Vec<CredentialId> {
        self.evaluate(query).answers()[0].candidates().iter().map(Candidate::credential).collect()
    }
}

impl Holdings for Wallet {
    fn index(&self) -> &Index {
        &self.index
    }

    fn value(&self, credential: CredentialId, location: &ClaimLocation) -> Result<Option<Value>> {
        if self.broken {
            return Err(Code::StorageFailed.error());
        }
        self.opened.borrow_mut().push((credential, location.clone()));
        let step = |value: Value, step: &Step| match step {
            Step::Key(name) => value.get(name).cloned(),
            Step::Index(index) => value.get(*index as usize).cloned(),
        };
        Ok(location.0.iter().try_fold(self.claims[&credential].clone(), step))
    }
}

/// A location as text: `address.locality`, `nationalities[1]`.
fn show(location: &ClaimLocation) -> String {
    let step = |step: &Step| match step {
        Step::Key(name) => format!(".{name}"),
        Step::Index(index) => format!("[{index}]"),
    };
    location.0.iter().map(step).collect::<String>().trim_start_matches('.').to_owned()
}

fn disclosed(option: DisclosureOption<'_>) -> Vec<String> {
    option.disclosed().map(show).collect()
}

/// A query for one SD-JWT of type `t`, with these members besides.
fn query(members: Value) -> Value {
    let mut query = json!({ "id": "q", "format": "dc+sd-jwt", "meta": { "vct_values": ["t"] } });
    query.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    json!({ "credentials": [query] })
}

/// A query for one claim of an SD-JWT of type `t`.
fn query_path(path: Value) -> Value {
    query(json!({ "claims": [{ "path": path }] }))
}
