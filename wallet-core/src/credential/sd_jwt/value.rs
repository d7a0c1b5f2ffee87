//! Reads claims of a stored credential again, from its text and layout: for showing one, and for matching values.
//!
//! The text was verified before it was stored; here no digest is computed and only what is needed is decoded.

use serde_json::{Map, Value};

use super::disclosure::Disclosure;
use super::layout::{LaidOut, Layout};
use crate::credential::path::{ClaimLocation, Step};
use crate::crypto::secret::SecretBytes;
use crate::error::{Code, Result};
use crate::jose::base64url;
use crate::json::{self, SecretJson};

/// The value of one claim, with everything inside it disclosed; `None` when the credential does not have it.
///
/// # Errors
/// [`Code::RecordDamaged`] when text and layout do not belong together.
pub fn claim_value(compact: &str, layout: &Layout, location: &ClaimLocation) -> Result<Option<Value>> {
    let stored = Stored { compact, layout };
    let above = layout.disclosures.iter().filter(|disclosure| disclosure.location.contains(location));
    let (raw, from) = match above.max_by_key(|disclosure| disclosure.location.0.len()) {
        Some(nearest) => (stored.disclosed(nearest)?, nearest.location.0.len()),
        None => (stored.payload()?, 0),
    };
    let (done, rest) = location.0.split_at_checked(from).ok_or_else(damaged)?;
    let mut path = done.to_vec();
    let mut raw = raw;
    for step in rest {
        let Some(inner) = stored.plain_child(raw, &path, step)? else { return Ok(None) };
        raw = inner;
        path.push(step.clone());
    }
    stored.whole(raw, &mut path).map(Some)
}

struct Stored<'a> {
    compact: &'a str,
    layout: &'a Layout,
}

impl Stored<'_> {
    fn payload(&self) -> Result<Value> {
        let issuer_jwt = self.layout.issuer_jwt(self.compact)?;
        let payload = issuer_jwt.split('.').nth(1).ok_or_else(damaged)?;
        let payload = SecretBytes::new(base64url::decode(payload, "payload").map_err(|_| damaged())?);
        let mut payload = json::parse_object(&payload, "payload").map_err(|_| damaged())?;
        payload.remove("_sd_alg");
        Ok(Value::Object(payload))
    }

    fn disclosed(&self, disclosure: &LaidOut) -> Result<Value> {
        match Disclosure::parse(disclosure.text(self.compact)?).map_err(|_| damaged())? {
            Disclosure::Property { value, .. } | Disclosure::Element(value) => Ok(value),
        }
    }

    /// The disclosures of claims directly inside the one at `path`.
    fn children(&self, path: &[Step]) -> impl Iterator<Item = (&Step, &LaidOut)> {
        self.layout.disclosures.iter().filter_map(move |disclosure| {
            let (last, above) = disclosure.location.0.split_last()?;
            (above == path).then_some((last, disclosure))
        })
    }

    /// The member or element of `raw`, which stands at `path`, that is not a disclosure of its own.
    fn plain_child(&self, raw: Value, path: &[Step], step: &Step) -> Result<Option<Value>> {
        // What is not wanted of it is wiped.
        let mut raw = SecretJson(raw);
        match (&mut raw.0, step) {
            (Value::Object(object), Step::Key(name)) if name != "_sd" => Ok(object.remove(name)),
            (Value::Array(array), Step::Index(index)) => {
                // Disclosed elements stand between the plain ones and count.
                let before = self
                    .children(path)
                    .filter(|(step, _)| matches!(step, Step::Index(disclosed) if disclosed < index))
                    .count();
                let position = (*index as usize).checked_sub(before).ok_or_else(damaged)?;
                Ok(array.iter_mut().filter(|element| is_plain(element)).nth(position).map(Value::take))
            }
            _ => Ok(None),
        }
    }

    /// `raw`, which stands at `path`, with every disclosure below it in its place.
    fn whole(&self, raw: Value, path: &mut Vec<Step>) -> Result<Value> {
        match raw {
            Value::Object(object) => self.whole_object(object, path).map(Value::Object),
            Value::Array(array) => self.whole_array(array, path).map(Value::Array),
            value => Ok(value),
        }
    }

    fn whole_object(
        &self,
        mut object: Map<String, Value>,
        path: &mut Vec<Step>,
    ) -> Result<Map<String, Value>> {
        object.remove("_sd");
        let mut out = Map::new();
        for (name, value) in object {
            path.push(Step::Key(name.clone()));
            out.insert(name, self.whole(value, path)?);
            path.pop();
        }
        let children: Vec<(&Step, &LaidOut)> = self.children(path).collect();
        for (step, disclosure) in children {
            let Step::Key(name) = step else { return Err(damaged()) };
            path.push(step.clone());
            out.insert(name.clone(), self.whole(self.disclosed(disclosure)?, path)?);
            path.pop();
        }
        Ok(out)
    }

    fn whole_array(&self, array: Vec<Value>, path: &mut Vec<Step>) -> Result<Vec<Value>> {
        let mut children: Vec<(&Step, &LaidOut)> = self.children(path).collect();
        children.sort_by_key(|(step, _)| *step);
        let mut children = children.into_iter().peekable();
        let mut plain = array.into_iter().filter(is_plain);
        let mut out = Vec::new();
        loop {
            let here = Step::Index(u32::try_from(out.len()).map_err(|_| damaged())?);
            let value = match children.next_if(|(step, _)| **step == here) {
                Some((_, disclosure)) => self.disclosed(disclosure)?,
                None => match plain.next() {
                    Some(value) => value,
                    None => break,
                },
            };
            path.push(here);
            out.push(self.whole(value, path)?);
            path.pop();
        }
        if children.next().is_none() { Ok(out) } else { Err(damaged()) }
    }
}

/// Whether an array element is a value, not a digest that stands for one.
fn is_plain(element: &Value) -> bool {
    element.get("...").is_none()
}

fn damaged() -> crate::WalletError {
    Code::RecordDamaged.at("layout")
}
