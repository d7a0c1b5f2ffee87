//! CBOR forms of single members that differ from the derived ones.

/// A format is stored by its identifier, which no reordering of variants can change.
pub(super) mod format_identifier {
    use minicbor::encode::Write;
    use minicbor::{Decoder, Encoder};

    use crate::credential::Format;

    pub(crate) fn encode<C, W: Write>(
        format: &Format,
        encoder: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        encoder.str(format.identifier())?.ok()
    }

    pub(crate) fn decode<C>(decoder: &mut Decoder<'_>, _: &mut C) -> Result<Format, minicbor::decode::Error> {
        let unknown = || minicbor::decode::Error::message("unknown format");
        Format::from_identifier(decoder.str()?).ok_or_else(unknown)
    }
}

/// Byte strings, where the derived form would be arrays of numbers.
pub(super) mod byte_strings {
    use minicbor::bytes::{ByteSlice, ByteVec};
    use minicbor::encode::Write;
    use minicbor::{Decoder, Encode, Encoder};

    pub(crate) fn encode<C, W: Write>(
        list: &[Vec<u8>],
        encoder: &mut Encoder<W>,
        context: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        let strings: Vec<&ByteSlice> = list.iter().map(|bytes| bytes.as_slice().into()).collect();
        strings.encode(encoder, context)
    }

    pub(crate) fn decode<C>(
        decoder: &mut Decoder<'_>,
        _: &mut C,
    ) -> Result<Vec<Vec<u8>>, minicbor::decode::Error> {
        decoder.array_iter::<ByteVec>()?.map(|bytes| bytes.map(Into::into)).collect()
    }
}

/// A kind inside a byte string, so that it can be compared without being decoded.
pub(super) mod embedded {
    use minicbor::encode::Write;
    use minicbor::{Decoder, Encoder};
    use zeroize::Zeroizing;

    use super::super::kind::Kind;

    pub(crate) fn encode<C, W: Write>(
        kind: &Kind,
        encoder: &mut Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        let bytes = minicbor::to_vec(kind).map_err(|_| minicbor::encode::Error::message("kind"))?;
        encoder.bytes(&Zeroizing::new(bytes))?.ok()
    }

    pub(crate) fn decode<C>(decoder: &mut Decoder<'_>, _: &mut C) -> Result<Kind, minicbor::decode::Error> {
        minicbor::decode(decoder.bytes()?)
    }
}
