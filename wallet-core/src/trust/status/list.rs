//! A status list: values of one, two, four or eight bits, one beside the other (Token Status List 4).

use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_zlib_with_limit};

use crate::error::{Code, Result};
use crate::limits;

/// How many bits each value has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bits(u8);

impl Bits {
    /// 1, 2, 4 or 8; `None` for another number.
    #[must_use]
    pub const fn new(bits: u64) -> Option<Self> {
        match bits {
            1 => Some(Self(1)),
            2 => Some(Self(2)),
            4 => Some(Self(4)),
            8 => Some(Self(8)),
            _ => None,
        }
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }

    /// The byte in which the value of a place lies, and how far it is shifted in it: the lowest bits come first.
    pub(crate) fn place(self, index: u64) -> (Option<usize>, u32) {
        let per_byte = u64::from(8 / self.0);
        let shift = u32::try_from(index % per_byte).unwrap_or_default() * u32::from(self.0);
        (usize::try_from(index / per_byte).ok(), shift)
    }

    /// The bits of a value.
    pub(crate) const fn mask(self) -> u8 {
        u8::MAX >> (8 - self.0)
    }
}

/// What a list says of one credential (7.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// 0: it counts.
    Valid,
    /// 1: it was revoked, for good.
    Invalid,
    /// 2: it does not count for now.
    Suspended,
    /// Any other value: it has a meaning between the issuer and some verifiers only.
    Other(u8),
}

/// A list, inflated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusList {
    bits: Bits,
    values: Vec<u8>,
}

impl StatusList {
    /// Inflates `lst` (zlib, RFC 1950).
    ///
    /// # Errors
    /// [`Code::StatusListTooLarge`] when it becomes larger than [`limits::STATUS_LIST`]; [`Code::StatusListMalformed`] when it
    /// is not zlib.
    pub fn inflate(bits: Bits, lst: &[u8]) -> Result<Self> {
        let values = decompress_to_vec_zlib_with_limit(lst, limits::STATUS_LIST);
        let values = values.map_err(|error| match error.status {
            TINFLStatus::HasMoreOutput => Code::StatusListTooLarge.at("lst"),
            _ => Code::StatusListMalformed.at("lst"),
        })?;
        Ok(Self { bits, values })
    }

    /// What stands at a place.
    ///
    /// # Errors
    /// [`Code::StatusIndexInvalid`] when the list is shorter.
    pub fn status(&self, index: u64) -> Result<Status> {
        let (byte, shift) = self.bits.place(index);
        let byte = byte.and_then(|byte| self.values.get(byte));
        let byte = byte.ok_or_else(|| Code::StatusIndexInvalid.at("idx"))?;
        Ok(match (byte >> shift) & self.bits.mask() {
            0 => Status::Valid,
            1 => Status::Invalid,
            2 => Status::Suspended,
            other => Status::Other(other),
        })
    }
}
