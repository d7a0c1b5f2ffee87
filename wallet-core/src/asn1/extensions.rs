//! The certificate extensions that a path check looks at (RFC 5280 4.2).

use der::asn1::{AnyRef, ObjectIdentifier, OctetStringRef};
use der::{Decode, Reader, SliceReader, Tag, TagNumber, Tagged};
use x509_cert::ext::Extension;
use x509_cert::ext::pkix;

use super::oid;

/// `basicConstraints` (RFC 5280 4.2.1.9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BasicConstraints {
    /// Whether the subject may issue certificates.
    pub ca: bool,
    /// How many intermediate certificates may stand between it and the leaf; `None` is without limit.
    pub path_len: Option<u8>,
}

/// `keyUsage` (RFC 5280 4.2.1.3): a set of bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KeyUsage(u16);

impl KeyUsage {
    /// Verifies signatures other than those on certificates and revocation lists.
    pub const DIGITAL_SIGNATURE: Self = Self(1);
    /// Verifies signatures that their maker shall not deny (`contentCommitment`).
    pub const NON_REPUDIATION: Self = Self(1 << 1);
    /// Agrees on keys.
    pub const KEY_AGREEMENT: Self = Self(1 << 4);
    /// Verifies signatures on certificates.
    pub const KEY_CERT_SIGN: Self = Self(1 << 5);
    /// Verifies signatures on revocation lists.
    pub const CRL_SIGN: Self = Self(1 << 6);

    /// Both sets together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether every usage of `other` is in this set.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The bits, bit n of RFC 5280 with value 2^n.
    #[must_use]
    pub const fn bits(self) -> u16 {
        self.0
    }
}

/// `extKeyUsage` (RFC 5280 4.2.1.12): what the key is for, at least one purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purposes(Vec<ObjectIdentifier>);

impl Purposes {
    /// Whether one of `wanted` is among the purposes.
    #[must_use]
    pub fn include_one_of(&self, wanted: &[ObjectIdentifier]) -> bool {
        wanted.iter().any(|purpose| self.0.contains(purpose))
    }

    /// The purposes as written.
    #[must_use]
    pub fn as_slice(&self) -> &[ObjectIdentifier] {
        &self.0
    }
}

/// What the extensions of one certificate say.
#[derive(Debug, Clone, Default)]
pub(super) struct Extensions {
    pub(super) basic_constraints: Option<BasicConstraints>,
    pub(super) key_usage: Option<KeyUsage>,
    pub(super) purposes: Option<Purposes>,
    pub(super) subject_key_id: Option<Vec<u8>>,
    pub(super) authority_key_id: Option<Vec<u8>>,
    pub(super) dns_names: Vec<String>,
    pub(super) uris: Vec<String>,
    pub(super) unknown_critical: Vec<ObjectIdentifier>,
}

impl Extensions {
    /// Reads the extensions that the core knows and notes the critical ones that it does not. An extension that
    /// occurs twice is an error (RFC 5280 4.2): two readers could pick different ones.
    pub(super) fn read(extensions: &[Extension]) -> der::Result<Self> {
        let mut out = Self::default();
        for (index, extension) in extensions.iter().enumerate() {
            if extensions.iter().skip(index + 1).any(|later| later.extn_id == extension.extn_id) {
                return Err(Tag::Sequence.value_error().into());
            }
            out.read_one(extension)?;
        }
        Ok(out)
    }

    fn read_one(&mut self, extension: &Extension) -> der::Result<()> {
        let value = extension.extn_value.as_bytes();
        match extension.extn_id {
            oid::BASIC_CONSTRAINTS => {
                let read = pkix::BasicConstraints::from_der(value)?;
                self.basic_constraints =
                    Some(BasicConstraints { ca: read.ca, path_len: read.path_len_constraint });
            }
            oid::KEY_USAGE => self.key_usage = Some(KeyUsage(pkix::KeyUsage::from_der(value)?.0.bits())),
            oid::EXTENDED_KEY_USAGE => {
                let purposes = Vec::<ObjectIdentifier>::from_der(value)?;
                if purposes.is_empty() {
                    return Err(Tag::Sequence.length_error().into());
                }
                self.purposes = Some(Purposes(purposes));
            }
            oid::SUBJECT_KEY_IDENTIFIER => {
                self.subject_key_id = Some(<&OctetStringRef>::from_der(value)?.as_bytes().to_vec());
            }
            oid::AUTHORITY_KEY_IDENTIFIER => {
                let read = pkix::AuthorityKeyIdentifier::from_der(value)?;
                self.authority_key_id = read.key_identifier.map(|id| id.as_bytes().to_vec());
            }
            oid::SUBJECT_ALT_NAME => self.read_alternative_names(value)?,
            unknown if extension.critical => self.unknown_critical.push(unknown),
            _ => {}
        }
        Ok(())
    }

    /// `dNSName` \[2\] and `uniformResourceIdentifier` \[6\] of a `GeneralNames`. Other kinds are of no use here and
    /// may hold types that few decoders know, so they are passed over by their length.
    fn read_alternative_names(&mut self, value: &[u8]) -> der::Result<()> {
        const DNS_NAME: Tag = Tag::ContextSpecific { constructed: false, number: TagNumber(2) };
        const URI: Tag = Tag::ContextSpecific { constructed: false, number: TagNumber(6) };
        let mut reader = SliceReader::new(value)?;
        reader.sequence(|names| -> der::Result<()> {
            while !names.is_finished() {
                let name = AnyRef::decode(names)?;
                let list = match name.tag() {
                    DNS_NAME => &mut self.dns_names,
                    URI => &mut self.uris,
                    _ => continue,
                };
                let text = std::str::from_utf8(name.value())?;
                // IA5String is ASCII; a control character in a host name or address is an attempt to fool someone.
                if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_graphic()) {
                    return Err(Tag::Ia5String.value_error().into());
                }
                list.push(text.to_owned());
            }
            Ok(())
        })?;
        reader.finish()
    }
}
