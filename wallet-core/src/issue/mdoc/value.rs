//! Values of data elements.

use crate::cbor::{TAG_FULL_DATE, TAG_TDATE, Writer};
use crate::time::UnixTime;

/// The value of a data element, in the types that the mDL and the PID use (canada.md 3, eu.md 2). It holds a claim, so
/// it cannot be printed.
#[derive(Clone)]
pub enum ElementValue {
    /// `tstr`.
    Text(String),
    /// `int`.
    Int(i64),
    /// `bool`.
    Bool(bool),
    /// `bstr`, such as a portrait.
    Bytes(Vec<u8>),
    /// `full-date = #6.1004(tstr)`: `2000-02-29`.
    FullDate(String),
    /// `tdate = #6.0(tstr)`.
    TDate(UnixTime),
    /// An array.
    Array(Vec<ElementValue>),
    /// A map with texts as keys, in this order.
    Map(Vec<(String, ElementValue)>),
    /// Encoded already.
    Encoded(Vec<u8>),
}

impl ElementValue {
    /// A `full-date`.
    #[must_use]
    pub fn full_date(date: &str) -> Self {
        Self::FullDate(date.to_owned())
    }

    /// A map with texts as keys, in this order.
    #[must_use]
    pub fn map<'a>(entries: impl IntoIterator<Item = (&'a str, Self)>) -> Self {
        Self::Map(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
    }

    pub(super) fn write(&self, out: &mut Writer, maps: MapHeads) {
        match self {
            Self::Text(text) => _ = out.text(text),
            Self::Int(int) => _ = out.int(*int),
            Self::Bool(bool) => _ = out.bool(*bool),
            Self::Bytes(bytes) => _ = out.bytes(bytes),
            Self::FullDate(date) => _ = out.tag(TAG_FULL_DATE).text(date),
            Self::TDate(time) => _ = out.tag(TAG_TDATE).text(&time.to_tdate()),
            Self::Array(values) => {
                out.array(values.len());
                values.iter().for_each(|value| value.write(out, maps));
            }
            Self::Map(entries) => {
                maps.write(out, entries.len());
                for (key, value) in entries {
                    value.write(out.text(key), maps);
                }
            }
            Self::Encoded(encoded) => _ = out.raw(encoded),
        }
    }
}

impl From<&str> for ElementValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<i64> for ElementValue {
    fn from(int: i64) -> Self {
        Self::Int(int)
    }
}

impl From<bool> for ElementValue {
    fn from(bool: bool) -> Self {
        Self::Bool(bool)
    }
}

impl From<Vec<u8>> for ElementValue {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}

impl From<Vec<ElementValue>> for ElementValue {
    fn from(values: Vec<ElementValue>) -> Self {
        Self::Array(values)
    }
}

/// How heads of maps are encoded.
#[derive(Clone, Copy)]
pub(super) enum MapHeads {
    /// In the shortest form.
    Shortest,
    /// In three bytes, `b9 00 01`, as Credo 0.6.3 does (canada.md 2.1 item 4).
    ThreeBytes,
}

impl MapHeads {
    pub(super) fn write(self, out: &mut Writer, entries: usize) {
        match (self, u16::try_from(entries)) {
            (Self::ThreeBytes, Ok(entries)) => _ = out.raw(&[0xb9]).raw(&entries.to_be_bytes()),
            _ => _ = out.map(entries),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::hex;

    #[test]
    fn each_type_has_the_encoding_of_iso_18013_5() {
        let encoded = |value: ElementValue, maps| {
            let mut out = Writer::default();
            value.write(&mut out, maps);
            out.into_bytes()
        };
        let shortest = |value: ElementValue| encoded(value, MapHeads::Shortest);
        assert_eq!(shortest("é".into()), hex("62c3a9"));
        assert_eq!(shortest(170.into()), hex("18aa"));
        assert_eq!(shortest(true.into()), hex("f5"));
        assert_eq!(shortest(vec![0xff, 0xd8].into()), hex("42ffd8"));
        let date = hex("d903ec6a323030302d30322d3239");
        assert_eq!(shortest(ElementValue::full_date("2000-02-29")), date);
        let tdate = hex("c074313937302d30312d30315430303a30303a30305a");
        assert_eq!(shortest(ElementValue::TDate(UnixTime(0))), tdate);
        let privileges =
            || ElementValue::from(vec![ElementValue::map([("vehicle_category_code", "B".into())])]);
        let inner = [hex("75"), b"vehicle_category_code".to_vec(), hex("6142")].concat();
        assert_eq!(shortest(privileges()), [hex("81a1"), inner.clone()].concat());
        assert_eq!(encoded(privileges(), MapHeads::ThreeBytes), [hex("81b90001"), inner].concat());
        assert_eq!(shortest(ElementValue::Encoded(hex("f6"))), hex("f6"));
    }
}
