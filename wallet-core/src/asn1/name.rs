//! The name of a subject or an issuer.

use der::asn1::ObjectIdentifier;
use der::{Tag, Tagged};
use x509_cert::name::{Name as Rdns, RelativeDistinguishedName};

use super::oid;

/// A distinguished name (RFC 5280 4.1.2.4): the DER as it came, its parts to compare, and its attributes to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    der: Vec<u8>,
    /// The relative distinguished names in their order; the attributes of each sorted, since they are a set.
    parts: Vec<Vec<(ObjectIdentifier, AttributeValue)>>,
    attributes: Vec<(ObjectIdentifier, String)>,
}

impl Name {
    pub(super) fn new(der: &[u8], rdns: &Rdns) -> Self {
        let attributes = rdns
            .iter()
            .filter_map(|attribute| {
                let text = text(attribute.value.tag(), attribute.value.value())?;
                Some((attribute.oid, text)).filter(|(_, text)| !text.is_empty())
            })
            .collect();
        let part = |rdn: &RelativeDistinguishedName| {
            let mut part: Vec<_> = rdn
                .iter()
                .map(|one| (one.oid, AttributeValue::new(one.value.tag(), one.value.value())))
                .collect();
            part.sort_unstable();
            part
        };
        Self { der: der.to_vec(), parts: rdns.iter_rdn().map(part).collect(), attributes }
    }

    /// Whether it is the same name: the same attributes in the same order with the same texts.
    ///
    /// RFC 5280 7.1 does not let the string type tell names apart, and a library that many issuers of SD-JWT VCs and
    /// Canadian verifiers build on writes a name as PrintableString in the leaf that is UTF8String in its authority.
    /// Case and spaces count, which the RFC would forgive: no certificate that was met needs it, and the signature is
    /// what binds the two.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.parts == other.parts
    }

    /// The DER as it came.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// Whether there is no attribute at all, as in a certificate that names its subject in `subjectAltName` only.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        // An empty SEQUENCE is two bytes.
        self.der.len() <= 2
    }

    /// `commonName` (CN).
    #[must_use]
    pub fn common_name(&self) -> Option<&str> {
        self.attribute(oid::COMMON_NAME)
    }

    /// `organizationName` (O).
    #[must_use]
    pub fn organization(&self) -> Option<&str> {
        self.attribute(oid::ORGANIZATION)
    }

    /// `organizationIdentifier` (ETSI EN 319 412-1 5.1.4): the number under which the organization is registered.
    #[must_use]
    pub fn organization_identifier(&self) -> Option<&str> {
        self.attribute(oid::ORGANIZATION_IDENTIFIER)
    }

    /// Under which number whoever this is is registered: `organizationIdentifier` of an organization, else `serialNumber`
    /// of a person (EU-42).
    #[must_use]
    pub fn registered_identifier(&self) -> Option<&str> {
        self.organization_identifier().or_else(|| self.attribute(oid::SERIAL_NUMBER))
    }

    /// `countryName` (C), two letters.
    #[must_use]
    pub fn country(&self) -> Option<&str> {
        self.attribute(oid::COUNTRY)
    }

    /// `stateOrProvinceName` (ST).
    #[must_use]
    pub fn state(&self) -> Option<&str> {
        self.attribute(oid::STATE)
    }

    /// The first value of an attribute.
    #[must_use]
    pub fn attribute(&self, attribute: ObjectIdentifier) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| *name == attribute).map(|(_, text)| text.as_str())
    }
}

/// The value of an attribute as names are compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum AttributeValue {
    /// A string, whichever of the two types everybody uses.
    Text(String),
    /// Anything else, by tag and content.
    Other(Tag, Vec<u8>),
}

impl AttributeValue {
    fn new(tag: Tag, value: &[u8]) -> Self {
        match (tag, std::str::from_utf8(value)) {
            (Tag::Utf8String | Tag::PrintableString, Ok(text)) => Self::Text(text.to_owned()),
            _ => Self::Other(tag, value.to_vec()),
        }
    }
}

/// An attribute as text, without the characters that could make a screen show something else than what is written:
/// control characters and those that change the direction of writing.
fn text(tag: Tag, value: &[u8]) -> Option<String> {
    let text = match tag {
        Tag::Utf8String | Tag::PrintableString | Tag::Ia5String | Tag::NumericString => {
            std::str::from_utf8(value).ok()?.to_owned()
        }
        // T.61 as everybody writes it: Latin-1.
        Tag::TeletexString => value.iter().map(|byte| char::from(*byte)).collect(),
        Tag::BmpString => {
            let units =
                value.chunks(2).map(|pair| pair.iter().fold(0, |unit, byte| unit << 8 | u16::from(*byte)));
            char::decode_utf16(units).collect::<Result<_, _>>().ok()?
        }
        _ => return None,
    };
    Some(text.chars().filter(|c| !c.is_control() && !changes_direction(*c)).collect())
}

fn changes_direction(c: char) -> bool {
    matches!(c, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_in_each_string_type() {
        for (tag, value) in [
            (Tag::Utf8String, "Québec".as_bytes()),
            (Tag::TeletexString, b"Qu\xe9bec"),
            (Tag::BmpString, b"\0Q\0u\0\xe9\0b\0e\0c"),
        ] {
            assert_eq!(text(tag, value).as_deref(), Some("Québec"), "{tag}");
        }
        assert_eq!(text(Tag::PrintableString, b"CA").as_deref(), Some("CA"));
        assert_eq!(text(Tag::Utf8String, b"\xff"), None);
        assert_eq!(text(Tag::BmpString, b"\xd8\x00"), None);
        assert_eq!(text(Tag::Integer, b"1"), None);
    }

    #[test]
    fn the_string_type_makes_no_other_name_but_everything_else_does() {
        use der::asn1::{PrintableStringRef, SetOfVec, Utf8StringRef};
        use der::{Any, Decode, Encode};
        use x509_cert::attr::AttributeTypeAndValue;
        use x509_cert::name::RdnSequence;

        let name = |attributes: &[(ObjectIdentifier, Any)]| {
            let rdn = |(oid, value): &(ObjectIdentifier, Any)| {
                let one = AttributeTypeAndValue { oid: *oid, value: value.clone() };
                RelativeDistinguishedName::from(SetOfVec::try_from(vec![one]).unwrap())
            };
            let der = RdnSequence::from(attributes.iter().map(rdn).collect::<Vec<_>>()).to_der().unwrap();
            Name::new(&der, &Rdns::from_der(&der).unwrap())
        };
        let utf8 = |text: &str| Any::from(Utf8StringRef::new(text).unwrap());
        let printable = |text: &str| Any::from(PrintableStringRef::new(text).unwrap());
        let (c, cn) = (oid::COUNTRY, oid::COMMON_NAME);
        let one = name(&[(c, printable("CA")), (cn, utf8("Authority"))]);
        assert!(one.is_same(&name(&[(c, utf8("CA")), (cn, printable("Authority"))])));
        for other in [
            name(&[(c, printable("CA")), (cn, utf8("authority"))]),
            name(&[(cn, utf8("Authority")), (c, printable("CA"))]),
            name(&[(c, printable("CA"))]),
            name(&[(c, printable("CA")), (c, utf8("Authority"))]),
            name(&[]),
        ] {
            assert!(!one.is_same(&other));
        }
    }

    #[test]
    fn a_name_cannot_turn_the_writing_around() {
        let hostile = "Bank\u{202e}moc.live\u{0}\n";
        assert_eq!(text(Tag::Utf8String, hostile.as_bytes()).as_deref(), Some("Bankmoc.live"));
    }
}
