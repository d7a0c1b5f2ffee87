//! What credentials have in common that differ only by id, validity and values.

use minicbor::{Decode, Encode};
use zeroize::Zeroize;

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

/// A format is stored by its identifier, which no reordering of variants can change.
mod format_identifier {
    use minicbor::decode::Error;
    use minicbor::encode::Write;
    use minicbor::{Decoder, Encoder};

    use crate::credential::Format;

    pub(super) fn encode<C, W: Write>(
        format: &Format,
        encoder: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        encoder.str(format.identifier())?.ok()
    }

    pub(super) fn decode<C>(decoder: &mut Decoder<'_>, _: &mut C) -> Result<Format, Error> {
        Format::from_identifier(decoder.str()?).ok_or_else(|| Error::message("unknown format"))
    }
}

/// Byte strings, where the derived form would be arrays of numbers.
mod byte_strings {
    use minicbor::decode::Error;
    use minicbor::encode::Write;
    use minicbor::{Decoder, Encode, Encoder};

    pub(super) fn encode<C, W: Write>(
        list: &[Vec<u8>],
        encoder: &mut Encoder<W>,
        context: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        list.iter()
            .map(|bytes| <&minicbor::bytes::ByteSlice>::from(bytes.as_slice()))
            .collect::<Vec<_>>()
            .encode(encoder, context)
    }

    pub(super) fn decode<C>(decoder: &mut Decoder<'_>, _: &mut C) -> Result<Vec<Vec<u8>>, Error> {
        decoder.array_iter::<minicbor::bytes::ByteVec>()?.map(|bytes| bytes.map(Into::into)).collect()
    }
}
