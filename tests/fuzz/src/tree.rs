//! CBOR as a tree, read by minicbor alone: the second opinion on what the core's own checks say, and what the mutator
//! of CBOR works on.

use std::collections::BTreeSet;

use minicbor::Decoder;
use minicbor::data::{Tag, Type};
use wallet_core::cbor::Writer;

/// One item. Only definite lengths; the encoding of heads is not kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Node {
    /// An int.
    Int(i128),
    /// A byte string.
    Bytes(Vec<u8>),
    /// A text.
    Text(String),
    /// An array.
    Array(Vec<Node>),
    /// A map, in the order of its encoding.
    Map(Vec<(Node, Node)>),
    /// A tag and its content.
    Tag(u64, Box<Node>),
    /// A simple value or a floating point number, encoded.
    Simple(Vec<u8>),
}

/// Why bytes are no tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoTree {
    /// Not well-formed to minicbor, or with an indefinite length.
    Malformed,
    /// Deeper than asked for.
    TooDeep,
}

impl Node {
    /// Reads exactly one item that nests at most `depth` deep.
    ///
    /// # Errors
    /// Why not; bytes that are left over are [`NoTree::Malformed`].
    pub fn read(bytes: &[u8], depth: usize) -> Result<Self, NoTree> {
        let mut decoder = Decoder::new(bytes);
        let node = Self::next(&mut decoder, depth)?;
        if decoder.position() == bytes.len() { Ok(node) } else { Err(NoTree::Malformed) }
    }

    fn next(decoder: &mut Decoder<'_>, depth: usize) -> Result<Self, NoTree> {
        let malformed = |_| NoTree::Malformed;
        let deeper = || depth.checked_sub(1).ok_or(NoTree::TooDeep);
        Ok(match decoder.datatype().map_err(malformed)? {
            Type::Bytes => Self::Bytes(decoder.bytes().map_err(malformed)?.to_vec()),
            Type::String => Self::Text(decoder.str().map_err(malformed)?.to_owned()),
            Type::Array => {
                let length = decoder.array().map_err(malformed)?.ok_or(NoTree::Malformed)?;
                let depth = deeper()?;
                Self::Array((0..length).map(|_| Self::next(decoder, depth)).collect::<Result<_, _>>()?)
            }
            Type::Map => {
                let length = decoder.map().map_err(malformed)?.ok_or(NoTree::Malformed)?;
                let depth = deeper()?;
                let mut entry = || Ok((Self::next(decoder, depth)?, Self::next(decoder, depth)?));
                Self::Map((0..length).map(|_| entry()).collect::<Result<_, _>>()?)
            }
            Type::Tag => {
                let tag = decoder.tag().map_err(malformed)?.as_u64();
                Self::Tag(tag, Box::new(Self::next(decoder, deeper()?)?))
            }
            Type::F16 | Type::F32 | Type::F64 | Type::Bool | Type::Null | Type::Undefined | Type::Simple => {
                let from = decoder.position();
                decoder.skip().map_err(malformed)?;
                Self::Simple(decoder.input()[from..decoder.position()].to_vec())
            }
            Type::BytesIndef | Type::StringIndef | Type::ArrayIndef | Type::MapIndef | Type::Break => {
                return Err(NoTree::Malformed);
            }
            Type::Unknown(_) => return Err(NoTree::Malformed),
            _ => Self::Int(decoder.int().map_err(malformed)?.into()),
        })
    }

    /// The encoding, heads in their shortest form.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Writer::default();
        self.write(&mut out);
        out.into_bytes()
    }

    fn write(&self, out: &mut Writer) {
        match self {
            // The writer of the core has no need of the ints beyond i64.
            Self::Int(int) => match i64::try_from(*int) {
                Ok(int) => _ = out.int(int),
                Err(_) => {
                    let int = minicbor::data::Int::try_from(*int).expect("an int of CBOR");
                    _ = out.raw(&minicbor::to_vec(int).expect("memory"));
                }
            },
            Self::Bytes(bytes) => _ = out.bytes(bytes),
            Self::Text(text) => _ = out.text(text),
            Self::Array(items) => {
                out.array(items.len());
                items.iter().for_each(|item| item.write(out));
            }
            Self::Map(entries) => {
                out.map(entries.len());
                for (key, value) in entries {
                    key.write(out);
                    value.write(out);
                }
            }
            Self::Tag(tag, content) => {
                let mut head = minicbor::Encoder::new(Vec::new());
                head.tag(Tag::new(*tag)).expect("memory");
                out.raw(head.writer());
                content.write(out);
            }
            Self::Simple(encoded) => _ = out.raw(encoded),
        }
    }

    /// Whether the core's rules about content hold: which map keys, none twice, which simple values, big numbers of bytes.
    #[must_use]
    pub fn is_strict(&self) -> bool {
        match self {
            Self::Int(_) | Self::Bytes(_) | Self::Text(_) => true,
            Self::Array(items) => items.iter().all(Self::is_strict),
            Self::Tag(2 | 3, content) => matches!(**content, Self::Bytes(_)),
            Self::Tag(_, content) => content.is_strict(),
            Self::Map(entries) => {
                let keys: BTreeSet<&Self> = entries.iter().map(|(key, _)| key).collect();
                let is_key = |key: &Self| matches!(key, Self::Int(_) | Self::Bytes(_) | Self::Text(_));
                keys.len() == entries.len()
                    && entries.iter().all(|(key, value)| is_key(key) && value.is_strict())
            }
            Self::Simple(encoded) => matches!(encoded.first(), Some(0xf4..=0xf7 | 0xf9..=0xfb)),
        }
    }

    /// How many items it has, itself included.
    #[must_use]
    pub fn count(&self) -> usize {
        1 + match self {
            Self::Array(items) => items.iter().map(Self::count).sum(),
            Self::Map(entries) => entries.iter().map(|(key, value)| key.count() + value.count()).sum(),
            Self::Tag(_, content) => content.count(),
            _ => 0,
        }
    }

    /// The item with this number, itself being 0, in the order of the encoding.
    pub fn item_mut(&mut self, number: usize) -> Option<&mut Self> {
        let mut rest = number;
        self.find(&mut rest)
    }

    fn find(&mut self, rest: &mut usize) -> Option<&mut Self> {
        if *rest == 0 {
            return Some(self);
        }
        *rest -= 1;
        match self {
            Self::Array(items) => items.iter_mut().find_map(|item| item.find(rest)),
            Self::Map(entries) => {
                entries.iter_mut().find_map(|(key, value)| key.find(rest).or_else(|| value.find(rest)))
            }
            Self::Tag(_, content) => content.find(rest),
            _ => None,
        }
    }
}
