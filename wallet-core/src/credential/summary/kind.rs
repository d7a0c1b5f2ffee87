//! What credentials have in common that differ only by id, validity and values.

use minicbor::{Decode, Encode};
use zeroize::Zeroize;

use super::encoding::{byte_strings, format_identifier};
use super::outline::Outline;
use crate::credential::Format;

/// Everything that a query without `values` looks at, but the validity.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Encode, Decode)]
pub struct Kind {
    /// The format.
    #[cbor(n(0), with = "format_identifier")]
    pub format: Format,
    /// The doctype or the `vct`.
    #[n(1)]
    pub type_identifier: String,
    /// The types that this one extends, directly or not: SD-JWT VC only, and only what is known for certain; see
    /// [`extended_types`](super::extended_types).
    #[n(2)]
    pub extends: Vec<String>,
    /// The AuthorityKeyIdentifier of each certificate in the credential's chain that has one.
    #[cbor(n(3), with = "byte_strings")]
    pub authority_key_ids: Vec<Vec<u8>>,
    /// Whether the holder can prove a key: `cnf` in an SD-JWT; every mdoc has a device key.
    #[n(4)]
    pub holder_binding: bool,
    /// The claims.
    #[n(5)]
    pub outline: Outline,
}

impl Drop for Kind {
    fn drop(&mut self) {
        self.type_identifier.zeroize();
        self.extends.zeroize();
        self.authority_key_ids.zeroize();
    }
}
