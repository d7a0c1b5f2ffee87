//! JSON from outside (RFC 8259), strict: bounded depth, no member twice, nothing after the value.
//!
//! Two parsers that disagree about a doubled member are a way to show a person one thing and sign another, so a
//! doubled member is refused everywhere.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
pub use serde_json::{Map, Value};
use zeroize::Zeroize;

use crate::error::{Code, Result};
use crate::limits;

/// Parses one JSON text.
///
/// # Errors
/// [`Code::JsonMalformed`], [`Code::JsonTooDeep`] or [`Code::JsonMemberDoubled`], at `place`.
pub fn parse(text: &[u8], place: &'static str) -> Result<Value> {
    let mut fault = None;
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    let seed = Strict { depth: limits::JSON_DEPTH, fault: &mut fault };
    let value = seed.deserialize(&mut deserializer);
    let value = value.and_then(|value| deserializer.end().map(|()| value));
    value.map_err(|_| fault.unwrap_or(Code::JsonMalformed).at(place))
}

/// Parses one JSON text that must be an object.
///
/// # Errors
/// As [`parse`]; [`Code::JsonMalformed`] for anything but an object.
pub fn parse_object(text: &[u8], place: &'static str) -> Result<Map<String, Value>> {
    match parse(text, place)? {
        Value::Object(object) => Ok(object),
        _ => Err(Code::JsonMalformed.at(place)),
    }
}

/// JSON that holds claims: its texts are wiped when it is dropped. Names stay; they say what, not whose.
pub(crate) struct SecretJson(pub(crate) Value);

impl Drop for SecretJson {
    fn drop(&mut self) {
        wipe(&mut self.0);
    }
}

fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(list) => list.iter_mut().for_each(wipe),
        Value::Object(object) => object.values_mut().for_each(wipe),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

struct Strict<'a> {
    depth: usize,
    fault: &'a mut Option<Code>,
}

impl Strict<'_> {
    fn deeper(&mut self) -> Option<Strict<'_>> {
        match self.depth.checked_sub(1) {
            Some(depth) => Some(Strict { depth, fault: self.fault }),
            None => {
                *self.fault = Some(Code::JsonTooDeep);
                None
            }
        }
    }
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<Value, A::Error> {
        let mut out = Vec::new();
        loop {
            let Some(inner) = self.deeper() else { return Err(A::Error::custom("too deep")) };
            match seq.next_element_seed(inner)? {
                Some(value) => out.push(value),
                None => return Ok(Value::Array(out)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Value, A::Error> {
        let mut out = Map::new();
        while let Some(name) = map.next_key::<String>()? {
            let Some(inner) = self.deeper() else { return Err(A::Error::custom("too deep")) };
            let value = map.next_value_seed(inner)?;
            if out.insert(name, value).is_some() {
                *self.fault = Some(Code::JsonMemberDoubled);
                return Err(A::Error::custom("member twice"));
            }
        }
        Ok(Value::Object(out))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn code(text: &str) -> Option<Code> {
        parse(text.as_bytes(), "test").err().map(|e| e.code())
    }

    #[test]
    fn depth_is_bounded() {
        let nested = |n: usize| "[".repeat(n) + &"]".repeat(n);
        assert_eq!(code(&nested(limits::JSON_DEPTH)), None);
        assert_eq!(code(&nested(limits::JSON_DEPTH + 1)), Some(Code::JsonTooDeep));
        assert_eq!(code(&nested(100_000)), Some(Code::JsonTooDeep));
    }

    #[test]
    fn a_member_may_stand_once() {
        assert_eq!(code(r#"{"a":1,"b":2}"#), None);
        assert_eq!(code(r#"{"a":1,"a":2}"#), Some(Code::JsonMemberDoubled));
        assert_eq!(code(r#"[{"a":1,"\u0061":2}]"#), Some(Code::JsonMemberDoubled));
    }

    #[test]
    fn nothing_may_follow() {
        assert_eq!(code("{} "), None);
        assert_eq!(code("{} {}"), Some(Code::JsonMalformed));
        assert_eq!(code("{"), Some(Code::JsonMalformed));
    }

    /// Found by fuzzing: a reader that is off by the last bit writes another number than it was given.
    #[test]
    fn long_numbers_are_read_to_the_last_bit() {
        let read = parse("1".repeat(34).as_bytes(), "test").unwrap();
        assert_eq!(parse(read.to_string().as_bytes(), "test").unwrap(), read);
    }

    proptest! {
        #[test]
        fn reads_any_number_as_written(number in any::<f64>().prop_filter("JSON has no others", |one| one.is_finite())) {
            let text = serde_json::to_string(&number).unwrap();
            prop_assert_eq!(parse(text.as_bytes(), "test").unwrap(), Value::from(number));
        }

        #[test]
        fn reads_what_serde_json_writes(text in "\\PC{0,40}", number in any::<i64>(), flag in any::<bool>()) {
            let value = serde_json::json!({ "t": text, "l": [number, flag, null, { "x": 1.5 }] });
            prop_assert_eq!(parse(value.to_string().as_bytes(), "test").unwrap(), value);
        }

        #[test]
        fn never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse(&bytes, "test");
        }
    }
}
