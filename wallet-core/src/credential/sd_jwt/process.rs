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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::jose::base64url;

    fn disclosure(parts: &Value) -> String {
        base64url::encode(parts.to_string().as_bytes())
    }

    fn sha(text: &str) -> String {
        digest(HashAlg::Sha256, text)
    }

    fn run(payload: Value, disclosures: &[&str]) -> Result<Processed> {
        let Value::Object(payload) = payload else { panic!("not an object") };
        process(payload, disclosures)
    }

    fn code(payload: Value, disclosures: &[&str]) -> Option<Code> {
        run(payload, disclosures).err().map(|e| e.code())
    }

    /// RFC 9901 4.2.6, 7.1: recursive disclosures, decoys, and what is left when something was not disclosed.
    #[test]
    fn disclosures_find_their_place_at_any_depth() {
        let de = disclosure(&json!(["1", "DE"]));
        let fr = disclosure(&json!(["2", "FR"]));
        let list =
            disclosure(&json!(["3", "nationalities", [{ "...": sha(&de) }, "UK", { "...": sha(&fr) }]]));
        let street = disclosure(&json!(["4", "street", "Main"]));
        let payload = json!({
            "_sd_alg": "sha-256",
            "_sd": [sha(&list), sha("decoy")],
            "address": { "_sd": [sha(&street)], "country": "CA" },
            "empty": { "_sd": [sha("decoy 2")] },
            "none": [{ "...": sha("decoy 3") }],
        });
        let all = run(payload.clone(), &[&de, &fr, &list, &street]).unwrap();
        assert_eq!(
            Value::Object(all.claims),
            json!({
                "nationalities": ["DE", "UK", "FR"], "address": { "street": "Main", "country": "CA" },
                "empty": {}, "none": [],
            })
        );
        let placed: Vec<String> = all.placed.iter().map(|location| format!("{:?}", location.0)).collect();
        assert_eq!(
            placed,
            [
                r#"[Key("nationalities"), Index(0)]"#,
                r#"[Key("nationalities"), Index(2)]"#,
                r#"[Key("nationalities")]"#,
                r#"[Key("address"), Key("street")]"#,
            ]
        );
        let always: Vec<_> = all
            .leaves
            .iter()
            .filter(|leaf| leaf.always_disclosed)
            .map(|leaf| leaf.location.clone())
            .collect();
        assert_eq!(
            always,
            [
                ClaimLocation::keys(["address", "country"]),
                ClaimLocation::keys(["empty"]),
                ClaimLocation::keys(["none"])
            ]
        );
        assert_eq!(all.leaves.len(), 7);

        let some = run(payload, &[&fr, &list]).unwrap();
        assert_eq!(
            Value::Object(some.claims),
            json!({ "nationalities": ["UK", "FR"], "address": { "country": "CA" }, "empty": {}, "none": [] })
        );
    }

    /// RFC 9901 7.1 step 5, and 4: the holder may not send a disclosure twice.
    #[test]
    fn every_disclosure_is_referenced_and_sent_once() {
        let name = disclosure(&json!(["1", "name", "N"]));
        let inner = disclosure(&json!(["2", "x", 1]));
        let outer = disclosure(&json!(["3", "o", { "_sd": [sha(&inner)] }]));
        let payload = json!({ "_sd": [sha(&name), sha(&outer)] });
        assert_eq!(code(payload.clone(), &[&name, &outer, &inner]), None);
        let other = disclosure(&json!(["9", "name", "N"]));
        assert_eq!(code(payload.clone(), &[&name, &other]), Some(Code::SdJwtDisclosureUnreferenced));
        assert_eq!(code(payload.clone(), &[&name, &inner]), Some(Code::SdJwtDisclosureUnreferenced));
        assert_eq!(code(payload, &[&name, &name]), Some(Code::SdJwtDisclosureDoubled));
    }

    /// RFC 9901 7.1 step 4: also for decoys, and for digests in different places.
    #[test]
    fn a_digest_stands_once() {
        let a = disclosure(&json!(["1", "a", 1]));
        let b = disclosure(&json!(["2", "b", { "_sd": [sha(&a)] }]));
        assert_eq!(code(json!({ "_sd": [sha(&a), sha("x")], "o": { "_sd": [sha("y")] } }), &[&a]), None);
        for (payload, disclosures) in [
            (json!({ "_sd": [sha(&a), sha(&a)] }), vec![&*a]),
            (json!({ "_sd": [sha(&a)], "o": { "_sd": [sha(&a)] } }), vec![&a]),
            (json!({ "_sd": [sha("x")], "o": [{ "...": sha("x") }] }), vec![]),
            (json!({ "_sd": [sha(&b)], "o": { "_sd": [sha(&a)] } }), vec![&a, &b]),
        ] {
            assert_eq!(code(payload.clone(), &disclosures), Some(Code::SdJwtDigestDoubled), "{payload}");
        }
    }

    /// RFC 9901 7.1 step 3.c.ii.3.
    #[test]
    fn a_claim_is_never_replaced() {
        let a = disclosure(&json!(["1", "a", 1]));
        let again = disclosure(&json!(["2", "a", 2]));
        assert_eq!(code(json!({ "_sd": [sha(&a)], "b": 1 }), &[&a]), None);
        assert_eq!(code(json!({ "_sd": [sha(&a)], "b": { "a": 1 } }), &[&a]), None);
        assert_eq!(code(json!({ "_sd": [sha(&a)], "a": 1 }), &[&a]), Some(Code::SdJwtClaimNameForbidden));
        let both = json!({ "_sd": [sha(&a), sha(&again)] });
        assert_eq!(code(both.clone(), &[&a]), None);
        assert_eq!(code(both, &[&a, &again]), Some(Code::SdJwtClaimNameForbidden));
    }

    /// RFC 9901 4.1: `_sd` and `...` convey digests and nothing else; `_sd_alg` is for the top level.
    #[test]
    fn reserved_names_convey_digests_only() {
        for good in [json!({ "_sd": [] }), json!({ "_sd": ["x"] }), json!({ "o": [{ "...": "x" }] })] {
            assert_eq!(code(good.clone(), &[]), None, "{good}");
        }
        for bad in [
            json!({ "_sd": "x" }),
            json!({ "_sd": { "a": 1 } }),
            json!({ "_sd": [1] }),
            json!({ "o": { "_sd": null } }),
            json!({ "...": "x" }),
            json!({ "o": { "...": "x" } }),
            json!({ "o": [{ "...": 1 }] }),
            json!({ "o": [{ "...": "x", "a": 1 }] }),
            json!({ "o": { "_sd_alg": "sha-256" } }),
        ] {
            assert_eq!(code(bad.clone(), &[]), Some(Code::SdJwtClaimNameForbidden), "{bad}");
        }
        for name in ["_sd", "...", "_sd_alg"] {
            let hidden = disclosure(&json!(["1", name, []]));
            let payload = json!({ "_sd": [sha(&hidden)] });
            assert_eq!(code(payload.clone(), &[]), None);
            assert_eq!(code(payload, &[&hidden]), Some(Code::SdJwtClaimNameForbidden), "{name}");
        }
    }

    /// RFC 9901 7.1 step 3.c.ii.1 and 3.c.iii.1.
    #[test]
    fn properties_and_elements_are_not_mixed_up() {
        let property = disclosure(&json!(["1", "a", 1]));
        let element = disclosure(&json!(["1", 1]));
        assert_eq!(
            code(json!({ "_sd": [sha(&property)], "l": [{ "...": sha(&element) }] }), &[&property, &element]),
            None
        );
        let wrong = Some(Code::SdJwtDisclosureMalformed);
        assert_eq!(code(json!({ "_sd": [sha(&element)] }), &[&element]), wrong);
        assert_eq!(code(json!({ "l": [{ "...": sha(&property) }] }), &[&property]), wrong);
    }

    /// Each disclosure is shallow, together they are not.
    #[test]
    fn depth_is_bounded_across_disclosures() {
        let chain = |depth: usize| {
            let mut disclosures = vec![disclosure(&json!(["0", "x", {}]))];
            for salt in 1..depth {
                let below = sha(disclosures.last().unwrap());
                disclosures.push(disclosure(&json!([salt.to_string(), "x", { "_sd": [below] }])));
            }
            let payload = json!({ "_sd": [sha(disclosures.last().unwrap())] });
            let disclosures: Vec<&str> = disclosures.iter().map(String::as_str).collect();
            code(payload, &disclosures)
        };
        assert_eq!(chain(limits::JSON_DEPTH - 1), None);
        assert_eq!(chain(limits::JSON_DEPTH), Some(Code::JsonTooDeep));
    }

    /// A long name above many claims would stand in the location of each.
    #[test]
    fn the_room_for_locations_is_bounded() {
        let long = "n".repeat(limits::SD_JWT / 4);
        assert_eq!(code(json!({ &long: [1, 2, 3] }), &[]), None);
        assert_eq!(code(json!({ &long: [1, 2, 3, 4] }), &[]), Some(Code::SdJwtTooManyDisclosures));
    }
}
