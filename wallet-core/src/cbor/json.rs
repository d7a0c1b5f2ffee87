//! The JSON form of an item (RFC 8949 6.1), which DCQL value matching and the display of claims go by (EU-20).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minicbor::data::Type;
use serde_json::{Map, Number, Value};

use super::Reader;
use crate::error::{Code, Result};
use crate::jose::base64url;
use crate::limits;

/// Converts one item, by RFC 8949 6.1:
///
/// | CBOR | JSON |
/// | --- | --- |
/// | int that fits `i64` or `u64` | number, exact, above 2^53 too |
/// | int below -2^63 | text, decimal: no JSON number that the core holds has its value |
/// | byte string | text, base64url without padding |
/// | text, false, true, null | themselves |
/// | array | array |
/// | map | object; an int key becomes its decimal text, a byte string key its base64url |
/// | floating point | number; not a number and infinity become null |
/// | undefined | null |
/// | tag 2, 3 (big numbers) | text, base64url of the bytes, with `~` before a negative one |
/// | tag 21, 22, 23 (encoding hints) | the content; byte strings in it as base64url, base64 or base16 |
/// | any other tag | its content: 0 and 1004 are texts, 24 is the byte string |
///
/// # Errors
/// At `place`: [`Code::CborMalformed`] for what [`check`](super::check()) refuses as malformed,
/// [`Code::CborTooDeep`], and [`Code::CborKeyDoubled`] when two keys of a map become the same member.
pub fn to_json(item: &[u8], place: &'static str) -> Result<Value> {
    let reader = Reader::new(item, Code::CborMalformed, place);
    Converter { reader, place }.value(limits::CBOR_DEPTH, encode_base64url)
}

/// How byte strings become text.
type BytesToText = fn(&[u8]) -> String;

fn encode_base64url(bytes: &[u8]) -> String {
    base64url::encode(bytes)
}

fn encode_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

fn encode_base16(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect()
}

struct Converter<'a> {
    reader: Reader<'a>,
    place: &'static str,
}

impl Converter<'_> {
    fn value(&mut self, depth: usize, bytes_to_text: BytesToText) -> Result<Value> {
        let deeper = || depth.checked_sub(1).ok_or_else(|| Code::CborTooDeep.at(self.place));
        Ok(match self.reader.datatype()? {
            Type::Bytes => Value::from(bytes_to_text(self.reader.bytes()?)),
            Type::String => Value::from(self.reader.text()?),
            Type::Array => {
                let depth = deeper()?;
                let length = self.reader.array()?;
                Value::Array((0..length).map(|_| self.value(depth, bytes_to_text)).collect::<Result<_>>()?)
            }
            Type::Map => self.object(deeper()?, bytes_to_text)?,
            Type::Tag => self.tagged(deeper()?, bytes_to_text)?,
            Type::F16 | Type::F32 | Type::F64 => {
                Number::from_f64(self.float()?).map_or(Value::Null, Value::Number)
            }
            Type::Bool => Value::Bool(self.next(|d| d.bool())?),
            Type::Null | Type::Undefined => {
                self.reader.skip()?;
                Value::Null
            }
            _ => self.int()?,
        })
    }

    /// An item by minicbor's decoder.
    fn next<T>(
        &mut self,
        read: impl FnOnce(&mut minicbor::Decoder<'_>) -> Result<T, minicbor::decode::Error>,
    ) -> Result<T> {
        read(self.reader.decoder()).map_err(|_| self.reader.error())
    }

    fn int(&mut self) -> Result<Value> {
        let int = i128::from(self.next(|d| d.int())?);
        let number = u64::try_from(int).map(Number::from).or_else(|_| i64::try_from(int).map(Number::from));
        Ok(number.map_or_else(|_| Value::from(int.to_string()), Value::Number))
    }

    fn float(&mut self) -> Result<f64> {
        let encoded = self.reader.item()?;
        let float = match encoded {
            [_, a, b] => half_float([*a, *b]),
            [_, a, b, c, d] => f64::from(f32::from_be_bytes([*a, *b, *c, *d])),
            [_, bits @ ..] => f64::from_be_bytes(bits.try_into().map_err(|_| self.reader.error())?),
            [] => return Err(self.reader.error()),
        };
        Ok(float)
    }

    fn object(&mut self, depth: usize, bytes_to_text: BytesToText) -> Result<Value> {
        let mut object = Map::new();
        for _ in 0..self.reader.map()? {
            let name = match self.reader.datatype()? {
                Type::String => self.reader.text()?.to_owned(),
                Type::Bytes => base64url::encode(self.reader.bytes()?),
                _ => i128::from(self.next(|d| d.int())?).to_string(),
            };
            if object.insert(name, self.value(depth, bytes_to_text)?).is_some() {
                return Err(Code::CborKeyDoubled.at(self.place));
            }
        }
        Ok(Value::Object(object))
    }

    fn tagged(&mut self, depth: usize, bytes_to_text: BytesToText) -> Result<Value> {
        let tag = self.next(|d| d.tag())?.as_u64();
        Ok(match tag {
            2 => Value::from(base64url::encode(self.reader.bytes()?)),
            3 => Value::from(format!("~{}", base64url::encode(self.reader.bytes()?))),
            21 => self.value(depth, encode_base64url)?,
            22 => self.value(depth, encode_base64)?,
            23 => self.value(depth, encode_base16)?,
            _ => self.value(depth, bytes_to_text)?,
        })
    }
}

/// A half-precision number (IEEE 754 binary16), as RFC 8949 appendix D reads it.
fn half_float(bits: [u8; 2]) -> f64 {
    let bits = u16::from_be_bytes(bits);
    let (exponent, mantissa) = (i32::from((bits >> 10) & 0x1f), f64::from(bits & 0x3ff));
    let magnitude = match exponent {
        0 => mantissa * 2f64.powi(-24),
        31 if mantissa == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (mantissa + 1024.0) * 2f64.powi(exponent - 25),
    };
    if bits & 0x8000 == 0 { magnitude } else { -magnitude }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::cbor::{Writer, check};
    use crate::testing::hex;

    fn json_of(item: &str) -> Value {
        to_json(&hex(item), "t").unwrap()
    }

    /// EU-20: mdoc values become JSON by RFC 8949 6.1 before they are compared.
    #[test]
    fn each_row_of_the_table() {
        let table = [
            ("00", json!(0)),
            ("1818", json!(24)),
            ("1b0020000000000001", json!(9_007_199_254_740_993_u64)),
            ("1bffffffffffffffff", json!(u64::MAX)),
            ("20", json!(-1)),
            ("3b7fffffffffffffff", json!(i64::MIN)),
            ("3b8000000000000000", json!("-9223372036854775809")),
            ("3bffffffffffffffff", json!("-18446744073709551616")),
            ("43fbff00", json!("-_8A")),
            ("6161", json!("a")),
            ("f4", json!(false)),
            ("f5", json!(true)),
            ("f6", Value::Null),
            ("f7", Value::Null),
            ("820102", json!([1, 2])),
            ("a26161016162820203", json!({ "a": 1, "b": [2, 3] })),
            ("a30161782061794100617a", json!({ "1": "x", "-1": "y", "AA": "z" })),
            ("fb3ff199999999999a", json!(1.1)),
            ("fa47c35000", json!(100_000.0)),
            ("f93e00", json!(1.5)),
            ("f90001", json!(5.960_464_477_539_063e-8)),
            ("f9c400", json!(-4.0)),
            ("f97c00", Value::Null),
            ("f97e00", Value::Null),
            ("fa7fc00000", Value::Null),
            ("c249010000000000000000", json!("AQAAAAAAAAAA")),
            ("c349010000000000000000", json!("~AQAAAAAAAAAA")),
            ("d541fb", json!("-w")),
            ("d641fb", json!("+w==")),
            ("d7814401ab23ef", json!(["01AB23EF"])),
            ("c074323032362d31312d32325431303a30303a30305a", json!("2026-11-22T10:00:00Z")),
            ("d903ec6a323030302d30322d3239", json!("2000-02-29")),
            ("d8184100", json!("AA")),
        ];
        for (item, expected) in table {
            assert!(check(&hex(item), "t").is_ok(), "{item}");
            assert_eq!(json_of(item), expected, "{item}");
        }
    }

    #[test]
    fn keys_that_become_one_member_are_refused() {
        for (bad, good) in [("a2010061310000", "a20100613200"), ("a24100006241410000", "a24100006241420000")]
        {
            let (bad, good) = (hex(bad), hex(good));
            assert_eq!(to_json(&bad, "t").unwrap_err().code(), Code::CborKeyDoubled);
            assert!(to_json(&good, "t").is_ok());
        }
    }

    #[test]
    fn depth_is_bounded_without_check_too() {
        let nested = |levels: usize| [vec![0x81; levels], vec![0x00]].concat();
        assert!(to_json(&nested(limits::CBOR_DEPTH), "t").is_ok());
        let error = to_json(&nested(limits::CBOR_DEPTH + 1), "t").unwrap_err();
        assert_eq!((error.code(), error.fault().at()), (Code::CborTooDeep, Some("t")));
    }

    /// JSON as CBOR, to come back the same.
    fn write(value: &Value, out: &mut Writer) {
        match value {
            Value::Array(list) => {
                out.array(list.len());
                list.iter().for_each(|inner| write(inner, out));
            }
            Value::Object(object) => {
                out.map(object.len());
                for (name, inner) in object {
                    out.text(name);
                    write(inner, out);
                }
            }
            Value::String(text) => _ = out.text(text),
            Value::Number(number) => _ = out.int(number.as_i64().unwrap()),
            Value::Bool(bool) => _ = out.bool(*bool),
            Value::Null => _ = out.null(),
        }
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            any::<i64>().prop_map(Value::from),
            ".{0,8}".prop_map(Value::from),
            any::<bool>().prop_map(Value::from),
            Just(Value::Null),
        ];
        leaf.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                proptest::collection::btree_map(".{0,4}", inner, 0..4)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn json_that_went_in_comes_out(value in any_json()) {
            let mut out = Writer::default();
            write(&value, &mut out);
            prop_assert!(check(out.as_bytes(), "t").is_ok());
            prop_assert_eq!(to_json(out.as_bytes(), "t").unwrap(), value);
        }

        #[test]
        fn what_check_passes_converts_or_doubles_a_key(bytes in proptest::collection::vec(any::<u8>(), 0..24)) {
            if let (Ok(()), Err(error)) = (check(&bytes, "t"), to_json(&bytes, "t")) {
                prop_assert_eq!(error.code(), Code::CborKeyDoubled);
            }
        }
    }
}
