//! The first bytes of every item: major type and argument (RFC 8949 3).

/// Major types (RFC 8949 3.1), the three highest bits of the first byte.
pub(super) mod major {
    pub(in crate::cbor) const UNSIGNED: u8 = 0;
    pub(in crate::cbor) const NEGATIVE: u8 = 1;
    pub(in crate::cbor) const BYTES: u8 = 2;
    pub(in crate::cbor) const TEXT: u8 = 3;
    pub(in crate::cbor) const ARRAY: u8 = 4;
    pub(in crate::cbor) const MAP: u8 = 5;
    pub(in crate::cbor) const TAG: u8 = 6;
    pub(in crate::cbor) const SIMPLE: u8 = 7;
}

/// Additional information for which no argument follows: an indefinite length, or the break that ends it.
pub(super) const INDEFINITE: u8 = 31;

/// A head: `info` is the additional information of the first byte, `argument` the value it stands for or announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) major: u8,
    pub(super) info: u8,
    pub(super) argument: u64,
}

impl Head {
    /// Splits the head off the front. With [`INDEFINITE`] the argument is 0.
    ///
    /// `None` when the bytes end early, or for the additional information 28 to 30, which nothing may use.
    pub(super) fn split(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let (&first, rest) = bytes.split_first()?;
        let (major, info) = (first >> 5, first & 0x1f);
        let (argument, rest) = match info {
            0..=23 => (u64::from(info), rest),
            24 => rest.split_first().map(|(&byte, rest)| (u64::from(byte), rest))?,
            25 => rest.split_first_chunk().map(|(a, rest)| (u64::from(u16::from_be_bytes(*a)), rest))?,
            26 => rest.split_first_chunk().map(|(a, rest)| (u64::from(u32::from_be_bytes(*a)), rest))?,
            27 => rest.split_first_chunk().map(|(a, rest)| (u64::from_be_bytes(*a), rest))?,
            INDEFINITE => (0, rest),
            _ => return None,
        };
        Some((Self { major, info, argument }, rest))
    }

    /// Appends a head in its shortest form.
    pub(super) fn write(out: &mut Vec<u8>, major: u8, argument: u64) {
        let first = major << 5;
        // Each arm's value fits by its range.
        match argument {
            0..=23 => out.push(first | argument as u8),
            24..=0xff => out.extend_from_slice(&[first | 24, argument as u8]),
            0x100..=0xffff => {
                out.push(first | 25);
                out.extend_from_slice(&(argument as u16).to_be_bytes());
            }
            0x1_0000..=0xffff_ffff => {
                out.push(first | 26);
                out.extend_from_slice(&(argument as u32).to_be_bytes());
            }
            _ => {
                out.push(first | 27);
                out.extend_from_slice(&argument.to_be_bytes());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn round_trip(major in 0u8..8, argument: u64, shift in 0u32..64, tail: [u8; 3]) {
            let argument = argument >> shift;
            let mut out = Vec::new();
            Head::write(&mut out, major, argument);
            out.extend_from_slice(&tail);
            let (head, rest) = Head::split(&out).unwrap();
            prop_assert_eq!((head.major, head.argument), (major, argument));
            prop_assert_eq!(rest, &tail[..]);
        }
    }

    #[test]
    fn a_cut_or_reserved_head_is_none() {
        for bad in ["", "18", "1900", "1a000000", "1b00000000000000", "1c", "1d", "1e", "fc"] {
            assert_eq!(Head::split(&crate::testing::hex(bad)), None, "{bad}");
        }
    }
}
