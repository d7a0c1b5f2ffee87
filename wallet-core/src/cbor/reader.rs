//! A reader that borrows from checked bytes, over minicbor.

use minicbor::Decoder;
use minicbor::data::Type;

use crate::error::{Code, Result, WalletError};

/// Reads items one after another from bytes that [`check`](super::check()) has passed.
///
/// It gives types and extents; the rules about form are `check`'s. Whatever is not as asked for is the one error that
/// the reader was made with, because to a caller a wrong type and a missing item are the same: not this structure.
pub struct Reader<'a> {
    decoder: Decoder<'a>,
    code: Code,
    place: &'static str,
}

/// An item inside a byte string: `#6.24(bstr .cbor any)` (RFC 8949 3.4.5.1).
#[derive(Clone, Copy)]
pub struct Embedded<'a> {
    /// Everything, tag and byte string head included, as it came: what ISO 18013-5 digests and signs.
    pub whole: &'a [u8],
    /// The content of the byte string: the encoded item, which has not been checked yet.
    pub inner: &'a [u8],
}

impl Embedded<'_> {
    /// Where `inner` begins in `whole`, in bytes.
    #[must_use]
    pub fn inner_offset(&self) -> usize {
        // The content of a byte string of definite length is the last thing in its encoding.
        self.whole.len().saturating_sub(self.inner.len())
    }
}

impl<'a> Reader<'a> {
    /// A reader at the start of `bytes`; whatever is not as asked for is `code` at `place`.
    #[must_use]
    pub fn new(bytes: &'a [u8], code: Code, place: &'static str) -> Self {
        Self { decoder: Decoder::new(bytes), code, place }
    }

    /// The same reader, naming another place in its errors from now on.
    pub fn at(&mut self, place: &'static str) -> &mut Self {
        self.place = place;
        self
    }

    /// The error for what is not as asked for.
    #[must_use]
    pub fn error(&self) -> WalletError {
        self.code.at(self.place)
    }

    /// How many bytes have been read.
    #[must_use]
    pub fn position(&self) -> usize {
        self.decoder.position()
    }

    fn read<T>(
        &mut self,
        read: impl FnOnce(&mut Decoder<'a>) -> Result<T, minicbor::decode::Error>,
    ) -> Result<T> {
        read(&mut self.decoder).map_err(|_| self.code.at(self.place))
    }

    /// The type of the next item, as minicbor names it; nothing is read.
    ///
    /// # Errors
    /// The reader's, as for every method below.
    pub fn datatype(&self) -> Result<Type> {
        self.decoder.datatype().map_err(|_| self.error())
    }

    /// A text.
    ///
    /// # Errors
    /// The reader's.
    pub fn text(&mut self) -> Result<&'a str> {
        self.read(Decoder::str)
    }

    /// A byte string.
    ///
    /// # Errors
    /// The reader's.
    pub fn bytes(&mut self) -> Result<&'a [u8]> {
        self.read(Decoder::bytes)
    }

    /// A byte string or `null`.
    ///
    /// # Errors
    /// The reader's.
    pub fn bytes_or_null(&mut self) -> Result<Option<&'a [u8]>> {
        if self.datatype()? == Type::Null {
            self.read(Decoder::null).map(|()| None)
        } else {
            self.bytes().map(Some)
        }
    }

    /// An unsigned int below 2^32.
    ///
    /// # Errors
    /// The reader's.
    pub fn u32(&mut self) -> Result<u32> {
        self.read(Decoder::u32)
    }

    /// An int that fits.
    ///
    /// # Errors
    /// The reader's.
    pub fn i64(&mut self) -> Result<i64> {
        self.read(Decoder::i64)
    }

    /// The length of an array, whose elements follow.
    ///
    /// # Errors
    /// The reader's.
    pub fn array(&mut self) -> Result<u64> {
        self.read(Decoder::array)?.ok_or_else(|| self.error())
    }

    /// The number of entries of a map, whose keys and values follow in turn.
    ///
    /// # Errors
    /// The reader's.
    pub fn map(&mut self) -> Result<u64> {
        self.read(Decoder::map)?.ok_or_else(|| self.error())
    }

    /// A map whose keys are texts: `entry` is called with each key and must read exactly its value.
    ///
    /// # Errors
    /// The reader's, and those of `entry`.
    pub fn text_map(&mut self, mut entry: impl FnMut(&'a str, &mut Self) -> Result<()>) -> Result<()> {
        for _ in 0..self.map()? {
            let key = self.text()?;
            entry(key, self)?;
        }
        Ok(())
    }

    /// The content of the tag `number`, which comes next.
    ///
    /// # Errors
    /// The reader's; also for another tag.
    pub fn tag(&mut self, number: u64) -> Result<()> {
        if self.read(Decoder::tag)?.as_u64() == number { Ok(()) } else { Err(self.error()) }
    }

    /// Any one item: its bytes as they came.
    ///
    /// # Errors
    /// The reader's.
    pub fn item(&mut self) -> Result<&'a [u8]> {
        let from = self.position();
        self.read(Decoder::skip)?;
        self.since(from)
    }

    /// Any one item, not looked at.
    ///
    /// # Errors
    /// The reader's.
    pub fn skip(&mut self) -> Result<()> {
        self.read(Decoder::skip)
    }

    /// An item inside a byte string (tag 24).
    ///
    /// # Errors
    /// The reader's.
    pub fn embedded(&mut self) -> Result<Embedded<'a>> {
        let from = self.position();
        self.tag(super::TAG_EMBEDDED)?;
        let inner = self.bytes()?;
        Ok(Embedded { whole: self.since(from)?, inner })
    }

    /// The bytes from position `from` to here.
    fn since(&self, from: usize) -> Result<&'a [u8]> {
        self.decoder.input().get(from..self.position()).ok_or_else(|| self.error())
    }

    /// The decoder beneath, for what only a converter of arbitrary items asks.
    pub(super) fn decoder(&mut self) -> &mut Decoder<'a> {
        &mut self.decoder
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::hex;

    fn with<T>(text: &str, read: impl FnOnce(&mut Reader<'_>) -> Result<T>) -> Option<T> {
        let bytes = hex(text);
        let mut reader = Reader::new(&bytes, Code::MdocMalformed, "t");
        match read(&mut reader) {
            Ok(value) => Some(value),
            Err(error) => {
                assert_eq!((error.code(), error.fault().at()), (Code::MdocMalformed, Some("t")));
                None
            }
        }
    }

    #[test]
    fn each_kind_is_read_and_another_is_the_readers_error() {
        assert_eq!(with("6141", |r| r.text().map(str::to_owned)).as_deref(), Some("A"));
        assert_eq!(with("4141", |r| r.text().map(str::to_owned)), None);
        assert_eq!(with("4141", |r| r.bytes().map(<[u8]>::to_vec)), Some(vec![0x41]));
        assert_eq!(with("f6", |r| r.bytes_or_null().map(|b| b.is_none())), Some(true));
        assert_eq!(with("40", |r| r.bytes_or_null().map(|b| b.is_none())), Some(false));
        assert_eq!(with("00", |r| r.bytes_or_null().map(drop)), None);
        assert_eq!(with("1affffffff", |r| r.u32()), Some(u32::MAX));
        assert_eq!(with("1b0000000100000000", |r| r.u32()), None);
        assert_eq!(with("28", |r| r.i64()), Some(-9));
        assert_eq!(with("3bffffffffffffffff", |r| r.i64()), None);
        assert_eq!(with("82", |r| r.array()), Some(2));
        assert_eq!(with("9f", |r| r.array()), None);
        assert_eq!(with("a2", |r| r.map()), Some(2));
        assert_eq!(with("bf", |r| r.map()), None);
        assert_eq!(with("c0", |r| r.tag(0)), Some(()));
        assert_eq!(with("c1", |r| r.tag(0)), None);
        assert_eq!(with("820102", |r| r.item().map(<[u8]>::to_vec)), Some(hex("820102")));
        assert_eq!(with("8201", |r| r.item().map(drop)), None);
    }

    #[test]
    fn embedded_gives_both_extents() {
        for (text, offset) in [("d818414100", 3), ("d900185900014100", 6)] {
            let bytes = hex(text);
            let embedded = Reader::new(&bytes, Code::MdocMalformed, "t").embedded().unwrap();
            assert_eq!(embedded.inner, [0x41]);
            assert_eq!(embedded.inner_offset(), offset);
            assert_eq!(embedded.whole, &bytes[..bytes.len() - 1]);
        }
        assert!(with("d8176100", |r| r.embedded().map(drop)).is_none());
        assert!(with("d8186141", |r| r.embedded().map(drop)).is_none());
    }
}
