//! Strict JSON against serde_json.

use std::collections::BTreeSet;

use crate::vectors::Vectors;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use wallet_core::json;
use wallet_core::limits::JSON_DEPTH;

/// What is accepted is what serde_json reads, and written again it is read alike; what is refused, serde_json refuses
/// too, or it has a member twice or nests too deep.
pub fn run(data: &[u8]) {
    let strict = json::parse(data, "fuzz");
    let lenient = serde_json::from_slice::<serde_json::Value>(data);
    match (strict, lenient) {
        (Ok(strict), lenient) => {
            assert_eq!(Some(&strict), lenient.ok().as_ref());
            let shape: Shape = serde_json::from_slice(data).expect("read before");
            assert!(!shape.doubled && shape.depth <= JSON_DEPTH);
            let again = json::parse(strict.to_string().as_bytes(), "fuzz").expect("JSON of our own");
            assert_eq!(again, strict);
            assert_eq!(json::parse_object(data, "fuzz").is_ok(), strict.is_object());
        }
        (Err(_), Ok(_)) => {
            let shape: Shape = serde_json::from_slice(data).expect("read before");
            assert!(shape.doubled || shape.depth > JSON_DEPTH, "refused without a reason");
        }
        (Err(_), Err(_)) => {}
    }
}

/// What the value alone does not show.
#[derive(Default)]
struct Shape {
    doubled: bool,
    depth: usize,
}

impl<'de> Deserialize<'de> for Shape {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Shaper)
    }
}

struct Shaper;

impl<'de> Visitor<'de> for Shaper {
    type Value = Shape;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Shape, E> {
        Ok(Shape::default())
    }

    fn visit_bool<E>(self, _: bool) -> Result<Shape, E> {
        Ok(Shape::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Shape, E> {
        Ok(Shape::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Shape, E> {
        Ok(Shape::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Shape, E> {
        Ok(Shape::default())
    }

    fn visit_str<E>(self, _: &str) -> Result<Shape, E> {
        Ok(Shape::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Shape, A::Error> {
        let mut shape = Shape::default();
        while let Some(inner) = seq.next_element::<Shape>()? {
            shape.take(&inner);
        }
        shape.depth += 1;
        Ok(shape)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Shape, A::Error> {
        let mut shape = Shape::default();
        let mut names = BTreeSet::new();
        while let Some(name) = map.next_key::<String>()? {
            shape.doubled |= !names.insert(name);
            shape.take(&map.next_value()?);
        }
        let none: Option<(IgnoredAny, IgnoredAny)> = map.next_entry()?;
        assert!(none.is_none());
        shape.depth += 1;
        Ok(shape)
    }
}

impl Shape {
    fn take(&mut self, inner: &Self) {
        self.doubled |= inner.doubled;
        self.depth = self.depth.max(inner.depth);
    }
}

/// Objects and scalars.
#[must_use]
pub fn seeds(vectors: &Vectors) -> Vec<Vec<u8>> {
    let own = [
        r#"{"a":[1,-2.5e3,"\u00e9\ud83d\ude00",null,true],"b":{"a":{}}}"#,
        r#"{"a":1,"a":2}"#,
        "[[[[[[[[]]]]]]]]",
    ];
    let own = own.into_iter().map(str::to_owned).chain([format!("{}{}", "[".repeat(32), "]".repeat(32))]);
    own.chain(vectors.objects.iter().filter(|object| object.len() < 4096).cloned())
        .map(String::into_bytes)
        .collect()
}
