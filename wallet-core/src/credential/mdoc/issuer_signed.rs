//! What an issuer sends (ISO 18013-5 8.3.2.1.2.2), read where it lies and not yet believed.

use super::layout::{ElementLayout, Layout, NameSpaceLayout, Span};
use crate::cbor::{self, Reader};
use crate::cose::Sign1;
use crate::error::{Code, Result};

/// An mdoc as it was received: its form is checked, nothing else. [`IssuerSigned::verify`] does the rest.
///
/// ```cddl
/// IssuerSigned = { ? "nameSpaces": IssuerNameSpaces, "issuerAuth": IssuerAuth }
/// IssuerNameSpaces = { + NameSpace => [ + IssuerSignedItemBytes ] }
/// IssuerSignedItemBytes = #6.24(bstr .cbor IssuerSignedItem)
/// IssuerAuth = COSE_Sign1     ; the payload is MobileSecurityObjectBytes
/// ```
pub struct IssuerSigned<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) issuer_auth: Sign1<'a>,
    issuer_auth_span: Span,
    pub(super) name_spaces: Vec<(&'a str, Vec<IssuerSignedItem<'a>>)>,
}

/// One data element with the salt that hides it in the digest.
///
/// ```cddl
/// IssuerSignedItem = { "digestID": uint,
///                      "random": bstr,                ; 16 bytes at least
///                      "elementIdentifier": tstr,
///                      "elementValue": any }
/// ```
///
/// The order of the members differs between issuers, and so do lengths of ints: the digest is over the bytes.
pub struct IssuerSignedItem<'a> {
    /// Names the digest in the Mobile Security Object.
    pub digest_id: u32,
    /// The salt.
    pub random: &'a [u8],
    /// The name of the element.
    pub element_identifier: &'a str,
    /// The encoded value.
    pub element_value: &'a [u8],
    /// The whole IssuerSignedItemBytes, tag and byte string included, over which the digest is.
    pub encoded: &'a [u8],
    item_span: Span,
    value_span: Span,
}

impl<'a> IssuerSigned<'a> {
    /// Reads the encoded IssuerSigned. Members that the standard does not name are skipped.
    ///
    /// # Errors
    /// What [`cbor::check`] finds in it or in an item, what [`Sign1::parse`] finds in `issuerAuth`;
    /// [`Code::MdocMalformed`] for another structure.
    pub fn parse(bytes: &'a [u8]) -> Result<Self> {
        const PLACE: &str = "issuerSigned";
        cbor::check(bytes, PLACE)?;
        let mut reader = Reader::new(bytes, Code::MdocMalformed, PLACE);
        let (mut issuer_auth, mut name_spaces) = (None, Vec::new());
        reader.text_map(|name, reader| {
            match name {
                "nameSpaces" => reader.text_map(|name_space, reader| {
                    let length = reader.array()?;
                    let items = (0..length).map(|_| IssuerSignedItem::read(reader)).collect::<Result<_>>()?;
                    name_spaces.push((name_space, items));
                    Ok(())
                })?,
                "issuerAuth" => {
                    let start = reader.position();
                    let item = reader.item()?;
                    let span = Span::new(start, item.len()).ok_or_else(|| reader.error())?;
                    issuer_auth = Some((Sign1::parse(item, "issuerAuth")?, span));
                }
                _ => reader.skip()?,
            }
            Ok(())
        })?;
        let (issuer_auth, issuer_auth_span) =
            issuer_auth.ok_or_else(|| Code::MdocMalformed.at("issuerAuth"))?;
        Ok(Self { bytes, issuer_auth, issuer_auth_span, name_spaces })
    }

    /// The Mobile Security Object, encoded, before anything is verified: for tests of who makes it.
    #[cfg(test)]
    pub(crate) fn unverified_payload(&self) -> Option<&'a [u8]> {
        self.issuer_auth.unverified_payload()
    }

    /// The extents of the parts, under the document type that the signed object names.
    pub(super) fn layout(&self, doc_type: &str) -> Layout {
        let element = |item: &IssuerSignedItem<'_>| ElementLayout {
            identifier: item.element_identifier.to_owned(),
            item: item.item_span,
            value: item.value_span,
        };
        let name_space = |(name, items): &(&str, Vec<IssuerSignedItem<'_>>)| NameSpaceLayout {
            name: (*name).to_owned(),
            elements: items.iter().map(element).collect(),
        };
        Layout {
            doc_type: doc_type.to_owned(),
            issuer_auth: self.issuer_auth_span,
            name_spaces: self.name_spaces.iter().map(name_space).collect(),
        }
    }
}

impl<'a> IssuerSignedItem<'a> {
    /// Reads one IssuerSignedItemBytes.
    fn read(outer: &mut Reader<'a>) -> Result<Self> {
        const PLACE: &str = "IssuerSignedItem";
        let start = outer.position();
        let embedded = outer.embedded()?;
        cbor::check(embedded.inner, PLACE)?;
        let mut reader = Reader::new(embedded.inner, Code::MdocMalformed, PLACE);
        let (mut digest_id, mut random, mut identifier, mut value) = (None, None, None, None);
        reader.text_map(|name, reader| {
            match name {
                "digestID" => digest_id = Some(reader.u32()?),
                "random" => random = Some(reader.bytes()?),
                "elementIdentifier" => identifier = Some(reader.text()?),
                "elementValue" => value = Some((reader.position(), reader.item()?)),
                _ => reader.skip()?,
            }
            Ok(())
        })?;
        let missing = || Code::MdocMalformed.at(PLACE);
        let (value_start, element_value) = value.ok_or_else(missing)?;
        let value_start = start.saturating_add(embedded.inner_offset()).saturating_add(value_start);
        Ok(Self {
            digest_id: digest_id.ok_or_else(missing)?,
            random: random.ok_or_else(missing)?,
            element_identifier: identifier.ok_or_else(missing)?,
            element_value,
            encoded: embedded.whole,
            item_span: Span::new(start, embedded.whole.len()).ok_or_else(missing)?,
            value_span: Span::new(value_start, element_value.len()).ok_or_else(missing)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cbor::Writer;
    use crate::testing::hex;

    /// A COSE_Sign1 that signs nothing.
    const ISSUER_AUTH: &str = "8443a10126a0f640";

    fn code(bytes: &[u8]) -> Option<Code> {
        IssuerSigned::parse(bytes).err().map(|error| error.code())
    }

    fn with_items(items: &[&[u8]]) -> Vec<u8> {
        let mut out = Writer::default();
        out.map(2).text("nameSpaces").map(1).text("ns").array(items.len());
        items.iter().for_each(|item| _ = out.raw(item));
        out.text("issuerAuth").raw(&hex(ISSUER_AUTH));
        out.into_bytes()
    }

    fn embedded(inner: &[u8]) -> Vec<u8> {
        let mut out = Writer::default();
        out.embedded(inner);
        out.into_bytes()
    }

    fn inner(members: &[(&str, &str)]) -> Vec<u8> {
        let mut out = Writer::default();
        out.map(members.len());
        members.iter().for_each(|(name, value)| _ = out.text(name).raw(&hex(value)));
        out.into_bytes()
    }

    fn item(members: &[(&str, &str)]) -> Vec<u8> {
        embedded(&inner(members))
    }

    const GOOD: [(&str, &str); 4] = [
        ("digestID", "1a00000007"),
        ("random", "420102"),
        ("elementIdentifier", "6161"),
        ("elementValue", "820102"),
    ];

    #[test]
    fn items_are_read_in_any_order_and_encoding() {
        let backwards: Vec<_> = GOOD.iter().rev().copied().collect();
        let extra = [&GOOD[..], &[("more", "f6")]].concat();
        for members in [&GOOD[..], &backwards, &extra] {
            let item = item(members);
            let bytes = with_items(&[&item]);
            let parsed = IssuerSigned::parse(&bytes).unwrap();
            let (name_space, items) = &parsed.name_spaces[0];
            assert_eq!(*name_space, "ns");
            assert_eq!((items[0].digest_id, items[0].element_identifier), (7, "a"));
            assert_eq!((items[0].random, items[0].element_value), (&[1, 2][..], &hex("820102")[..]));
            assert_eq!(items[0].encoded, item);
            // The extents are those of the same bytes.
            assert_eq!(items[0].item_span.of(&bytes).unwrap(), item);
            assert_eq!(items[0].value_span.of(&bytes).unwrap(), hex("820102"));
            assert_eq!(parsed.issuer_auth_span.of(&bytes).unwrap(), hex(ISSUER_AUTH));
        }
    }

    #[test]
    fn each_member_of_an_item_is_required_and_has_its_type() {
        assert_eq!(code(&with_items(&[&item(&GOOD)])), None);
        for missing in 0..4 {
            let mut fewer = GOOD.to_vec();
            fewer.remove(missing);
            assert_eq!(code(&with_items(&[&item(&fewer)])), Some(Code::MdocMalformed), "without {missing}");
        }
        for (at, bad) in [(0, "20"), (0, "6137"), (0, "1b0000000100000000"), (1, "6161"), (2, "4161")] {
            let mut changed = GOOD;
            changed[at].1 = bad;
            assert_eq!(code(&with_items(&[&item(&changed)])), Some(Code::MdocMalformed), "{bad}");
        }
        let doubled = [&GOOD[..], &GOOD[..1]].concat();
        assert_eq!(code(&with_items(&[&item(&doubled)])), Some(Code::CborKeyDoubled));
    }

    #[test]
    fn an_item_is_embedded_and_alone() {
        let inner = &*inner(&GOOD);
        assert_eq!(code(&with_items(&[&embedded(inner)])), None);
        assert_eq!(code(&with_items(&[inner])), Some(Code::MdocMalformed), "not embedded");
        assert_eq!(code(&with_items(&[&embedded(&[inner, &[0]].concat())])), Some(Code::CborTrailingBytes));
        assert_eq!(code(&with_items(&[&embedded(&inner[..inner.len() - 1])])), Some(Code::CborMalformed));
    }

    #[test]
    fn the_form_is_that_of_the_standard() {
        let name_spaces = "6a6e616d65537061636573";
        let issuer_auth = "6a697373756572417574688443a10126a0f640";
        for (bytes, expected) in [
            // Without elements: nothing is disclosed (EU-19).
            (format!("a1{issuer_auth}"), None),
            (format!("a2{name_spaces}a0{issuer_auth}"), None),
            (format!("a26178f6{issuer_auth}"), None),
            (format!("a1{name_spaces}a0"), Some(Code::MdocMalformed)),
            (format!("a2{name_spaces}80{issuer_auth}"), Some(Code::MdocMalformed)),
            (format!("a2{name_spaces}a1626e73a0{issuer_auth}"), Some(Code::MdocMalformed)),
            (format!("a2{name_spaces}a2626e7380626e7380{issuer_auth}"), Some(Code::CborKeyDoubled)),
            (format!("a1{issuer_auth}00"), Some(Code::CborTrailingBytes)),
            (format!("bf{issuer_auth}ff"), Some(Code::CborIndefiniteLength)),
            ("80".to_owned(), Some(Code::MdocMalformed)),
            ("a16a69737375657241757468f6".to_owned(), Some(Code::CoseMalformed)),
        ] {
            assert_eq!(code(&hex(&bytes)), expected, "{bytes}");
        }
    }
}
