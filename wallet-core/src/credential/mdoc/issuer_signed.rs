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
