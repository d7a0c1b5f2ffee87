//! From signed payload and disclosures to the processed payload (RFC 9901 7.1, steps 3 to 5).
//!
//! The caller has verified the signature: no disclosure is decoded before its digest was found in signed content.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::digest::{digest, hash_alg};
use super::disclosure::{Disclosure, refuse_reserved};
use crate::credential::path::{ClaimLocation, Step};
use crate::crypto::hash::HashAlg;
use crate::error::{Code, Result};
use crate::limits;

/// The processed payload, and where each disclosure found its place.
pub(crate) struct Processed {
    /// The payload without `_sd`, `...` and `_sd_alg`, each disclosed claim in its place.
    pub(crate) claims: Map<String, Value>,
    /// The location of the claim that each disclosure discloses, in the order of the disclosures.
    pub(crate) placed: Vec<ClaimLocation>,
    /// Every claim that has no claims inside: values, and objects and arrays that are empty.
    pub(crate) leaves: Vec<Leaf>,
    /// The algorithm of the digests.
    pub(crate) alg: HashAlg,
}

/// A claim without claims inside.
pub(crate) struct Leaf {
    /// Where it is in the processed payload.
    pub(crate) location: ClaimLocation,
    /// Whether it stands in the signed payload itself, so that every presentation shows it.
    pub(crate) always_disclosed: bool,
}

/// Puts every disclosure into its place.
///
/// # Errors
/// [`Code::SdJwtHashAlgUnsupported`]; [`Code::SdJwtDisclosureDoubled`] and [`Code::SdJwtDisclosureUnreferenced`];
/// [`Code::SdJwtDigestDoubled`]; [`Code::SdJwtClaimNameForbidden`] for a name that exists at that level, and for
/// `_sd`, `...` and `_sd_alg` where they convey no digest; [`Code::JsonTooDeep`] when the result nests too deep;
/// [`Code::SdJwtTooManyDisclosures`] when the names of its claims outgrow what a credential may be; what
/// [`Disclosure::parse`] gives, and [`Code::SdJwtDisclosureMalformed`] for one of the wrong kind.
pub(crate) fn process(mut payload: Map<String, Value>, disclosures: &[&str]) -> Result<Processed> {
    let alg = hash_alg(&payload)?;
    payload.remove("_sd_alg");
    let mut by_digest = HashMap::with_capacity(disclosures.len());
    for (number, text) in disclosures.iter().enumerate() {
        if by_digest.insert(digest(alg, text), (number, *text)).is_some() {
            return Err(Code::SdJwtDisclosureDoubled.error());
        }
    }
    let mut placed: Vec<Option<ClaimLocation>> = Vec::new();
    placed.resize_with(disclosures.len(), || None);
    let mut processor = Processor {
        by_digest,
        seen: HashSet::new(),
        placed,
        leaves: Vec::new(),
        path: Vec::new(),
        disclosures_above: 0,
        room: limits::SD_JWT,
    };
    let claims = processor.object(payload)?;
    let placed = processor
        .placed
        .into_iter()
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| Code::SdJwtDisclosureUnreferenced.error())?;
    Ok(Processed { claims, placed, leaves: processor.leaves, alg })
}

struct Processor<'a> {
    by_digest: HashMap<String, (usize, &'a str)>,
    /// Every digest that was met so far, decoys too.
    seen: HashSet<String>,
    placed: Vec<Option<ClaimLocation>>,
    leaves: Vec<Leaf>,
    /// Where we are.
    path: Vec<Step>,
    /// How many disclosures it took to come here.
    disclosures_above: usize,
    /// Bytes that locations may still take: a long name above many claims would stand in each of their locations.
    room: usize,
}

impl<'a> Processor<'a> {
    fn value(&mut self, value: Value) -> Result<Value> {
        match value {
            Value::Object(object) => self.object(object).map(Value::Object),
            Value::Array(array) => self.array(array).map(Value::Array),
            leaf => {
                self.leaf()?;
                Ok(leaf)
            }
        }
    }

    fn object(&mut self, mut object: Map<String, Value>) -> Result<Map<String, Value>> {
        self.check_depth()?;
        let digests = match object.remove("_sd") {
            None => Vec::new(),
            Some(Value::Array(digests)) => digests,
            Some(_) => return Err(Code::SdJwtClaimNameForbidden.at("_sd")),
        };
        let mut claims = Map::new();
        for (name, value) in object {
            refuse_reserved(&name)?;
            let value = self.inside(Step::Key(name.clone()), value)?;
            claims.insert(name, value);
        }
        for digest in digests {
            let Value::String(digest) = digest else { return Err(Code::SdJwtClaimNameForbidden.at("_sd")) };
            let Some((number, text)) = self.meet(digest)? else { continue };
            let Disclosure::Property { name, value } = Disclosure::parse(text)? else {
                return Err(Code::SdJwtDisclosureMalformed.error());
            };
            if claims.contains_key(&name) {
                return Err(Code::SdJwtClaimNameForbidden.at("claim name"));
            }
            let value = self.disclosed(number, Step::Key(name.clone()), value)?;
            claims.insert(name, value);
        }
        if claims.is_empty() {
            self.leaf()?;
        }
        Ok(claims)
    }

    fn array(&mut self, array: Vec<Value>) -> Result<Vec<Value>> {
        self.check_depth()?;
        let mut elements = Vec::with_capacity(array.len());
        for element in array {
            let index = u32::try_from(elements.len()).map_err(|_| Code::SdJwtMalformed.at("array"))?;
            let value = match element {
                Value::Object(object) if object.contains_key("...") => {
                    let Some((number, text)) = self.meet(only_digest(object)?)? else { continue };
                    let Disclosure::Element(value) = Disclosure::parse(text)? else {
                        return Err(Code::SdJwtDisclosureMalformed.error());
                    };
                    self.disclosed(number, Step::Index(index), value)?
                }
                element => self.inside(Step::Index(index), element)?,
            };
            elements.push(value);
        }
        if elements.is_empty() {
            self.leaf()?;
        }
        Ok(elements)
    }

    /// Notes a digest; gives the disclosure behind it, or `None` for a decoy and for what was not disclosed.
    fn meet(&mut self, digest: String) -> Result<Option<(usize, &'a str)>> {
        let found = self.by_digest.get(&digest).copied();
        if self.seen.insert(digest) { Ok(found) } else { Err(Code::SdJwtDigestDoubled.error()) }
    }

    fn disclosed(&mut self, number: usize, step: Step, value: Value) -> Result<Value> {
        self.path.push(step);
        let location = self.location()?;
        if let Some(place) = self.placed.get_mut(number) {
            *place = Some(location);
        }
        self.disclosures_above += 1;
        let value = self.value(value);
        self.disclosures_above -= 1;
        self.path.pop();
        value
    }

    fn inside(&mut self, step: Step, value: Value) -> Result<Value> {
        self.path.push(step);
        let value = self.value(value);
        self.path.pop();
        value
    }

    fn leaf(&mut self) -> Result<()> {
        if !self.path.is_empty() {
            let location = self.location()?;
            self.leaves.push(Leaf { location, always_disclosed: self.disclosures_above == 0 });
        }
        Ok(())
    }

    fn location(&mut self) -> Result<ClaimLocation> {
        let size = |step: &Step| match step {
            Step::Key(name) => name.len() + 1,
            Step::Index(_) => 1,
        };
        let needed = self.path.iter().map(size).sum();
        match self.room.checked_sub(needed) {
            Some(room) => self.room = room,
            None => return Err(Code::SdJwtTooManyDisclosures.at("claims")),
        }
        Ok(ClaimLocation(self.path.clone()))
    }

    /// An object or array at this place: the bound that JSON has in one text holds across disclosures too.
    fn check_depth(&self) -> Result<()> {
        if self.path.len() < limits::JSON_DEPTH { Ok(()) } else { Err(Code::JsonTooDeep.at("disclosure")) }
    }
}

/// The digest in `{"...": digest}`, beside which nothing may stand.
fn only_digest(object: Map<String, Value>) -> Result<String> {
    let mut members = object.into_iter();
    match (members.next(), members.next()) {
        (Some((_, Value::String(digest))), None) => Ok(digest),
        _ => Err(Code::SdJwtClaimNameForbidden.at("...")),
    }
}

/// Whether digests stand anywhere inside a value of the signed payload.
pub(super) fn conveys_digests(value: &Value) -> bool {
    match value {
        Value::Object(object) => object
            .iter()
            .any(|(name, value)| matches!(name.as_str(), "_sd" | "...") || conveys_digests(value)),
        Value::Array(array) => array.iter().any(conveys_digests),
        _ => false,
    }
}
