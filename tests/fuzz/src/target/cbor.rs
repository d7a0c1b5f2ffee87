//! CBOR against minicbor.

use serde_json::{Map, Value};
use wallet_core::Code;
use wallet_core::cbor::{Reader, check, to_json};
use wallet_core::jose::base64url;
use wallet_core::limits::{CBOR_DEPTH, JSON_DEPTH};

use crate::tree::Node;
use crate::vectors::Vectors;

/// The core accepts exactly what minicbor reads to the end and the core's rules allow. What is accepted is one item to
/// the reader, and its JSON is that of the tree and of the tree encoded anew.
pub fn run(data: &[u8]) {
    let accepted = check(data, "fuzz");
    let tree = Node::read(data, CBOR_DEPTH).ok().filter(Node::is_strict);
    assert_eq!(accepted.is_ok(), tree.is_some(), "{accepted:?}");
    let json = to_json(data, "fuzz");
    let Some(tree) = tree else { return };
    let mut reader = Reader::new(data, Code::CborMalformed, "fuzz");
    assert_eq!(reader.item().expect("one item"), data);
    assert_eq!(reader.position(), data.len());

    let encoded = tree.to_bytes();
    assert!(encoded.len() <= data.len(), "the shortest form is longer");
    check(&encoded, "fuzz").expect("its shortest form");
    assert_eq!(to_json(&encoded, "fuzz"), json);
    match (&json, as_json(&tree)) {
        (Ok(json), Ok(expected)) => {
            assert_eq!(*json, expected);
            assert!(
                wallet_core::json::parse(json.to_string().as_bytes(), "fuzz").is_ok()
                    || JSON_DEPTH < CBOR_DEPTH
            );
        }
        (Err(error), Err(expected)) => assert_eq!(error.code(), expected),
        (got, expected) => panic!("{got:?} instead of {expected:?}"),
    }
}

/// RFC 8949 6.1 over the tree.
fn as_json(node: &Node) -> Result<Value, Code> {
    hinted(node, &base64url::encode)
}

fn hinted(node: &Node, bytes_to_text: &dyn Fn(&[u8]) -> String) -> Result<Value, Code> {
    Ok(match node {
        Node::Int(int) => number(*int),
        Node::Bytes(bytes) => Value::from(bytes_to_text(bytes)),
        Node::Text(text) => Value::from(text.as_str()),
        Node::Array(items) => {
            Value::Array(items.iter().map(|item| hinted(item, bytes_to_text)).collect::<Result<_, _>>()?)
        }
        Node::Map(entries) => {
            let mut object = Map::new();
            for (key, value) in entries {
                let name = match key {
                    Node::Text(text) => text.clone(),
                    Node::Bytes(bytes) => base64url::encode(bytes),
                    Node::Int(int) => int.to_string(),
                    _ => return Err(Code::CborMalformed),
                };
                if object.insert(name, hinted(value, bytes_to_text)?).is_some() {
                    return Err(Code::CborKeyDoubled);
                }
            }
            Value::Object(object)
        }
        Node::Tag(tag, content) => match (*tag, &**content) {
            (2, Node::Bytes(bytes)) => Value::from(base64url::encode(bytes)),
            (3, Node::Bytes(bytes)) => Value::from(format!("~{}", base64url::encode(bytes))),
            (2 | 3, _) => return Err(Code::CborMalformed),
            (21, content) => hinted(content, &base64url::encode)?,
            (22, content) => hinted(content, &base64)?,
            (23, content) => hinted(content, &base16)?,
            (_, content) => hinted(content, bytes_to_text)?,
        },
        Node::Simple(encoded) => match encoded[..] {
            [0xf4] => Value::Bool(false),
            [0xf5] => Value::Bool(true),
            [0xf9, a, b] => half(u16::from_be_bytes([a, b])),
            [0xfa, a, b, c, d] => f64::from(f32::from_be_bytes([a, b, c, d])).into(),
            [0xfb, a, b, c, d, e, f, g, h] => f64::from_be_bytes([a, b, c, d, e, f, g, h]).into(),
            _ => Value::Null,
        },
    })
}

fn number(int: i128) -> Value {
    match (u64::try_from(int), i64::try_from(int)) {
        (Ok(int), _) => int.into(),
        (_, Ok(int)) => int.into(),
        _ => int.to_string().into(),
    }
}

fn base64(bytes: &[u8]) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}

fn base16(bytes: &[u8]) -> String {
    bytes
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| char::from(b"0123456789ABCDEF"[usize::from(digit)]))
        .collect()
}

/// Half precision by way of single precision: the bits move, the exponent's bias changes.
fn half(bits: u16) -> Value {
    let (sign, exponent, fraction) = (bits >> 15, bits >> 10 & 31, u32::from(bits & 0x3ff));
    let sign = u32::from(sign) << 31;
    let float = match exponent {
        0 => f32::from_bits(sign | 0x3f80_0000) * (fraction as f32) / 16_777_216.0,
        31 => return Value::Null,
        _ => f32::from_bits(sign | (u32::from(exponent) + 112) << 23 | fraction << 13),
    };
    f64::from(float).into()
}

/// One of each kind of item, and whatever is published.
#[must_use]
pub fn seeds(vectors: &Vectors) -> Vec<Vec<u8>> {
    let own: [&[u8]; 8] = [
        b"\xa3\x01\x20\x41a\x43\x01\x02\x03\x61a\x82\xf4\xf6",
        b"\xa2\x61\x31\x00\x01\x00",
        b"\xd8\x18\x43\x82\x01\x02",
        b"\x84\xd5\x41\x01\xd6\x41\x01\xd7\x41\x01\xc3\x42\x01\x00",
        b"\x85\xf9\x3c\x00\xf9\x00\x01\xfa\x47\xc3\x50\x00\xfb\x40\x09\x21\xfb\x54\x44\x2d\x18\xf9\x7e\x00",
        b"\x3b\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\x1b\xff\xff\xff\xff\xff\xff\xff\xff",
        b"\x9f\x01\xff",
    ];
    let deep = [vec![0x81; 15], vec![0x80]].concat();
    own.map(<[u8]>::to_vec).into_iter().chain([deep]).chain(vectors.cbor()).collect()
}
