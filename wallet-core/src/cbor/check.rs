//! Whether bytes are exactly one well-formed item by the core's rules.

use super::head::{Head, INDEFINITE, major};
use crate::error::{Code, Result};
use crate::limits;

/// Checks that `bytes` are exactly one item of CBOR that every decoder reads alike. All of this, in one pass:
///
/// - well-formed (RFC 8949 5.3.1), text valid UTF-8, nothing after the item;
/// - arrays, maps and tags nest at most [`limits::CBOR_DEPTH`] deep; a map has at most [`limits::CBOR_MAP_ENTRIES`];
/// - definite lengths only, so that an item's extent is known from its head;
/// - map keys are ints, texts or byte strings, and none comes twice in a map. The value counts, not its encoding:
///   `01` and `1801` are the same key;
/// - of the simple values only false, true, null and undefined;
/// - a big number (tags 2 and 3, RFC 8949 3.4.3) is a byte string.
///
/// Ints and lengths need not be in their shortest form. What lies inside a byte string (tag 24) is not looked at: it
/// is an item of its own with its own check.
///
/// # Errors
/// At `place`: [`Code::CborMalformed`], [`Code::CborTooDeep`], [`Code::CborTooLarge`],
/// [`Code::CborIndefiniteLength`], [`Code::CborKeyDoubled`] or [`Code::CborTrailingBytes`].
pub fn check(bytes: &[u8], place: &'static str) -> Result<()> {
    let mut checker = Checker { rest: bytes, keys: Vec::new() };
    checker.item(limits::CBOR_DEPTH).map_err(|code| code.at(place))?;
    if checker.rest.is_empty() { Ok(()) } else { Err(Code::CborTrailingBytes.at(place)) }
}

/// A map key by its value. The order is that of deterministic encoding (RFC 8949 4.2.1), so that maps which are
/// sorted as that section says are seen to be free of doubles without sorting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key<'a> {
    /// An unsigned int.
    Unsigned(u64),
    /// The negative int -1 - n.
    Negative(u64),
    /// A byte string: length, then content.
    Bytes(usize, &'a [u8]),
    /// A text: length, then content.
    Text(usize, &'a str),
}

struct Checker<'a> {
    rest: &'a [u8],
    /// The keys of the maps that are open, innermost last.
    keys: Vec<Key<'a>>,
}

impl<'a> Checker<'a> {
    fn head(&mut self) -> Result<Head, Code> {
        let (head, rest) = Head::split(self.rest).ok_or(Code::CborMalformed)?;
        if head.info == INDEFINITE {
            // Ints and tags have no length to leave open, and a lone break ends nothing.
            let has_length = (major::BYTES..=major::MAP).contains(&head.major);
            return Err(if has_length { Code::CborIndefiniteLength } else { Code::CborMalformed });
        }
        self.rest = rest;
        Ok(head)
    }

    fn content(&mut self, length: u64) -> Result<&'a [u8], Code> {
        let length = usize::try_from(length).map_err(|_| Code::CborMalformed)?;
        let (content, rest) = self.rest.split_at_checked(length).ok_or(Code::CborMalformed)?;
        self.rest = rest;
        Ok(content)
    }

    fn text(&mut self, length: u64) -> Result<&'a str, Code> {
        std::str::from_utf8(self.content(length)?).map_err(|_| Code::CborMalformed)
    }

    /// One item, of which `depth` more levels may nest. The recursion is bounded by it.
    fn item(&mut self, depth: usize) -> Result<(), Code> {
        let head = self.head()?;
        let deeper = || depth.checked_sub(1).ok_or(Code::CborTooDeep);
        match head.major {
            major::UNSIGNED | major::NEGATIVE => Ok(()),
            major::BYTES => self.content(head.argument).map(drop),
            major::TEXT => self.text(head.argument).map(drop),
            major::ARRAY => {
                let depth = deeper()?;
                (0..head.argument).try_for_each(|_| self.item(depth))
            }
            major::MAP => self.map(head.argument, deeper()?),
            major::TAG => self.tagged(head.argument, deeper()?),
            // 20 false, 21 true, 22 null, 23 undefined, 25 to 27 floating point.
            _ if matches!(head.info, 20..=23 | 25..=27) => Ok(()),
            _ => Err(Code::CborMalformed),
        }
    }

    fn tagged(&mut self, tag: u64, depth: usize) -> Result<(), Code> {
        let big_number = matches!(tag, 2 | 3);
        if big_number && Head::split(self.rest).is_some_and(|(head, _)| head.major != major::BYTES) {
            return Err(Code::CborMalformed);
        }
        self.item(depth)
    }

    fn map(&mut self, entries: u64, depth: usize) -> Result<(), Code> {
        if entries > limits::CBOR_MAP_ENTRIES as u64 {
            return Err(Code::CborTooLarge);
        }
        let (base, mut sorted) = (self.keys.len(), true);
        let mut last = None;
        for _ in 0..entries {
            let key = self.key()?;
            sorted &= last < Some(key);
            last = Some(key);
            self.keys.push(key);
            self.item(depth)?;
        }
        let keys = self.keys.get_mut(base..).unwrap_or_default();
        if !sorted {
            keys.sort_unstable();
            if keys.windows(2).any(|pair| pair.first() == pair.last()) {
                return Err(Code::CborKeyDoubled);
            }
        }
        self.keys.truncate(base);
        Ok(())
    }

    fn key(&mut self) -> Result<Key<'a>, Code> {
        let head = self.head()?;
        match head.major {
            major::UNSIGNED => Ok(Key::Unsigned(head.argument)),
            major::NEGATIVE => Ok(Key::Negative(head.argument)),
            major::BYTES => self.content(head.argument).map(|bytes| Key::Bytes(bytes.len(), bytes)),
            major::TEXT => self.text(head.argument).map(|text| Key::Text(text.len(), text)),
            _ => Err(Code::CborMalformed),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::testing::hex;

    fn code(bytes: &[u8]) -> Option<Code> {
        let error = check(bytes, "t").err()?;
        assert_eq!(error.fault().at(), Some("t"));
        Some(error.code())
    }

    /// Each pair differs in the one thing that the rule is about.
    #[test]
    fn each_rule_refuses_and_its_twin_passes() {
        let table = [
            // Bytes after the item; an item cut short; lengths that nothing can hold.
            ("0000", Code::CborTrailingBytes, "00"),
            ("", Code::CborMalformed, "00"),
            ("8201", Code::CborMalformed, "820100"),
            ("a101", Code::CborMalformed, "a10100"),
            ("4201", Code::CborMalformed, "420100"),
            ("c0", Code::CborMalformed, "c000"),
            ("9bffffffffffffffff", Code::CborMalformed, "9b0000000000000000"),
            ("5bffffffffffffffff", Code::CborMalformed, "5b0000000000000000"),
            // Text that is not UTF-8: a lone continuation byte, an over-long slash, in a key.
            ("6180", Code::CborMalformed, "6141"),
            ("62c0af", Code::CborMalformed, "62c3a9"),
            ("a1618000", Code::CborMalformed, "a1614100"),
            // Indefinite lengths.
            ("5f4100ff", Code::CborIndefiniteLength, "4100"),
            ("7f6141ff", Code::CborIndefiniteLength, "6141"),
            ("9f00ff", Code::CborIndefiniteLength, "8100"),
            ("bf0000ff", Code::CborIndefiniteLength, "a10000"),
            ("a15f4100ff00", Code::CborIndefiniteLength, "a1410000"),
            // Reserved heads, a lone break, simple values without a meaning.
            ("1c", Code::CborMalformed, "1b0000000000000000"),
            ("1f", Code::CborMalformed, "17"),
            ("df00", Code::CborMalformed, "d700"),
            ("ff", Code::CborMalformed, "f7"),
            ("f3", Code::CborMalformed, "f4"),
            ("f81f", Code::CborMalformed, "f97e00"),
            ("f820", Code::CborMalformed, "f97e00"),
            // Big numbers of anything but bytes.
            ("c200", Code::CborMalformed, "c24100"),
            ("c23a00000000", Code::CborMalformed, "c13a00000000"),
            ("c36100", Code::CborMalformed, "c34100"),
            ("c2c24100", Code::CborMalformed, "c1c24100"),
            // A key twice: the same ints, texts and bytes in two encodings, not next to each other, in an inner map.
            ("a20100180100", Code::CborKeyDoubled, "a20100180200"),
            ("a22000380000", Code::CborKeyDoubled, "a22000380100"),
            ("a261410078014100", Code::CborKeyDoubled, "a261410078014200"),
            ("a241410058014100", Code::CborKeyDoubled, "a241410058014200"),
            ("a3020001000200", Code::CborKeyDoubled, "a3020001000300"),
            ("a10081a20100190001f6", Code::CborKeyDoubled, "a10081a20100190002f6"),
            // Keys of other types.
            ("a1f400", Code::CborMalformed, "a10000"),
            ("a18000", Code::CborMalformed, "a14000"),
            ("a1c00000", Code::CborMalformed, "a1410000"),
            ("a1f9000000", Code::CborMalformed, "a119000000"),
        ];
        for (bad, expected, good) in table {
            assert_eq!(code(&hex(good)), None, "the twin {good}");
            assert_eq!(code(&hex(bad)), Some(expected), "{bad}");
        }
    }

    #[test]
    fn a_key_of_an_inner_map_is_not_one_of_the_outer() {
        assert_eq!(code(&hex("a201a1010002a10100")), None);
        assert_eq!(code(&hex("a2410100610100")), None, "h'01' and \"\\u0001\" are two keys");
        assert_eq!(code(&hex("a200002000")), None, "0 and -1 are two keys");
    }

    #[test]
    fn longer_encodings_than_needed_are_accepted() {
        // Credo 0.6.3 writes maps so (canada.md 2.1, item 4).
        for good in
            ["1800", "190000", "1b0000000000000001", "580101", "79000141", "b900010000", "980100", "d81800"]
        {
            assert_eq!(code(&hex(good)), None, "{good}");
        }
    }

    #[test]
    fn nesting_and_entries_are_bounded() {
        for (opening, last) in
            [(&[0x81][..], &[0x80][..]), (&[0xa1, 0x00], &[0xa0]), (&[0xc1], &[0xc1, 0x00])]
        {
            let nested = |levels: usize| [opening.repeat(levels - 1), last.to_vec()].concat();
            assert_eq!(code(&nested(limits::CBOR_DEPTH)), None);
            assert_eq!(code(&nested(limits::CBOR_DEPTH + 1)), Some(Code::CborTooDeep));
        }
        // The count is refused before an entry is read.
        let mut map = Vec::new();
        Head::write(&mut map, major::MAP, limits::CBOR_MAP_ENTRIES as u64 + 1);
        assert_eq!(code(&map), Some(Code::CborTooLarge));
        let mut map = Vec::new();
        Head::write(&mut map, major::MAP, limits::CBOR_MAP_ENTRIES as u64);
        for key in (0..limits::CBOR_MAP_ENTRIES as u64).rev() {
            Head::write(&mut map, major::UNSIGNED, key);
            map.push(0);
        }
        assert_eq!(code(&map), None);
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = check(&bytes, "t");
        }

        /// What passes is one item for an independent decoder too, and every item has one extent: neither a prefix
        /// nor an extension of it passes.
        #[test]
        fn what_passes_is_one_item(
            bytes in proptest::collection::vec(
                prop_oneof![Just(0x00), Just(0x41), Just(0x61), Just(0x81), Just(0xa1), Just(0xc0), any::<u8>()], 0..12
            ),
        ) {
            if check(&bytes, "t").is_ok() {
                let mut other = minicbor::Decoder::new(&bytes);
                prop_assert!(other.skip().is_ok());
                prop_assert_eq!(other.position(), bytes.len());
                for end in 0..bytes.len() {
                    prop_assert!(check(&bytes[..end], "t").is_err());
                }
                prop_assert!(check(&[bytes.clone(), vec![0]].concat(), "t").is_err());
            }
        }
    }
}
