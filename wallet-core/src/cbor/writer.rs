//! What the wallet itself says, in the shortest encoding and in the order of the calls.

use super::head::{Head, major};

/// Appends items to a buffer. Arrays and maps announce how many items follow; the caller keeps that promise.
#[derive(Default)]
pub struct Writer(Vec<u8>);

impl Writer {
    /// With room for `bytes`.
    #[must_use]
    pub fn with_capacity(bytes: usize) -> Self {
        Self(Vec::with_capacity(bytes))
    }

    /// An array of `length` items, which follow.
    pub fn array(&mut self, length: usize) -> &mut Self {
        self.head(major::ARRAY, length as u64)
    }

    /// A map of `entries` keys and values, which follow in turn.
    pub fn map(&mut self, entries: usize) -> &mut Self {
        self.head(major::MAP, entries as u64)
    }

    /// A tag, whose content follows.
    pub fn tag(&mut self, number: u64) -> &mut Self {
        self.head(major::TAG, number)
    }

    /// An int.
    pub fn int(&mut self, value: i64) -> &mut Self {
        if value < 0 {
            // -1 - n, which for two's complement is its complement.
            self.head(major::NEGATIVE, (!value).unsigned_abs())
        } else {
            self.head(major::UNSIGNED, value.unsigned_abs())
        }
    }

    /// A text.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.head(major::TEXT, text.len() as u64).raw(text.as_bytes())
    }

    /// A byte string.
    pub fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.bytes_head(bytes.len()).raw(bytes)
    }

    /// The head of a byte string of `length` bytes, which follow.
    pub fn bytes_head(&mut self, length: usize) -> &mut Self {
        self.head(major::BYTES, length as u64)
    }

    /// An encoded item inside a byte string (tag 24).
    pub fn embedded(&mut self, item: &[u8]) -> &mut Self {
        self.tag(super::TAG_EMBEDDED).bytes(item)
    }

    /// `true` or `false`.
    pub fn bool(&mut self, value: bool) -> &mut Self {
        self.head(major::SIMPLE, if value { 21 } else { 20 })
    }

    /// `null`.
    pub fn null(&mut self) -> &mut Self {
        self.head(major::SIMPLE, 22)
    }

    /// Bytes that are encoded already.
    pub fn raw(&mut self, encoded: &[u8]) -> &mut Self {
        self.0.extend_from_slice(encoded);
        self
    }

    /// What has been written.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// What has been written, owned.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    fn head(&mut self, major: u8, argument: u64) -> &mut Self {
        Head::write(&mut self.0, major, argument);
        self
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::cbor::{Reader, check};
    use crate::error::Code;
    use crate::testing::hex;

    #[test]
    fn writes_the_encodings_of_rfc_8949_appendix_a() {
        type Write = fn(&mut Writer) -> &mut Writer;
        let table: [(Write, &str); 14] = [
            (|w| w.int(23), "17"),
            (|w| w.int(24), "1818"),
            (|w| w.int(1000), "1903e8"),
            (|w| w.int(i64::MAX), "1b7fffffffffffffff"),
            (|w| w.int(-1), "20"),
            (|w| w.int(-1000), "3903e7"),
            (|w| w.int(i64::MIN), "3b7fffffffffffffff"),
            (|w| w.bool(false).bool(true).null(), "f4f5f6"),
            (|w| w.bytes(&[1, 2, 3, 4]), "4401020304"),
            (|w| w.text("\u{fc}"), "62c3bc"),
            (|w| w.array(3).int(1).int(2).int(3), "83010203"),
            (|w| w.map(1).text("a").int(1), "a1616101"),
            (|w| w.tag(1).int(1_363_896_240), "c11a514b67b0"),
            (|w| w.embedded(b"dIETF"), "d818456449455446"),
        ];
        for (write, expected) in table {
            let mut writer = Writer::default();
            assert_eq!(write(&mut writer).as_bytes(), hex(expected), "{expected}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_passes_and_reads_the_same(
            number: i64, text in ".{0,40}", bytes in proptest::collection::vec(any::<u8>(), 0..300),
        ) {
            let mut writer = Writer::with_capacity(400);
            writer.map(2).text("a").array(3).int(number).text(&text).bytes(&bytes).text("b").embedded(&bytes);
            let written = writer.into_bytes();
            prop_assert!(check(&written, "t").is_ok());
            let mut reader = Reader::new(&written, Code::CborMalformed, "t");
            prop_assert_eq!(reader.map().unwrap(), 2);
            prop_assert_eq!(reader.text().unwrap(), "a");
            prop_assert_eq!(reader.array().unwrap(), 3);
            prop_assert_eq!(reader.i64().unwrap(), number);
            prop_assert_eq!(reader.text().unwrap(), text);
            prop_assert_eq!(reader.bytes().unwrap(), &bytes);
            prop_assert_eq!(reader.text().unwrap(), "b");
            prop_assert_eq!(reader.embedded().unwrap().inner, &bytes);
            prop_assert_eq!(reader.position(), written.len());
        }
    }
}
