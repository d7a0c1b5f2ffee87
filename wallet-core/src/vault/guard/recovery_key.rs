//! The recovery key: 128 random bits that a person writes down and types again, years later and forgivingly.
//!
//! Seven groups of four characters of Crockford's base 32, which has no I, L, O and U. Behind the key stand 12 bits of its
//! SHA-256, so a slip of the pen is told from the key of another wallet.

use zeroize::Zeroizing;

use crate::crypto::hash::sha256;
use crate::crypto::random;
use crate::crypto::secret::SecretBytes;
use crate::error::{Code, Result};

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// 128 bits of key and 12 of checksum.
const CHARACTERS: usize = 28;
const GROUP: usize = 4;

/// A recovery key. It has no `Debug`: whoever reads it opens the wallet.
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct RecoveryKey(Zeroizing<[u8; 16]>);

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl RecoveryKey {
    /// A new one.
    ///
    /// # Errors
    /// When the operating system gives no random bytes.
    #[cfg_attr(feature = "uniffi", uniffi::constructor)]
    pub fn random() -> Result<Self> {
        Ok(Self(Zeroizing::new(random::array()?)))
    }

    /// The text to write down, in groups: `7NTF-…`. Show it once and do not keep it.
    ///
    /// # Errors
    /// None today; in Kotlin and Swift, where a result is what a fault of the core arrives in.
    pub fn reveal(&self) -> Result<SecretBytes> {
        let bits = Zeroizing::new(u128::from_be_bytes(*self.0));
        let checksum = self.checksum();
        let mut out = SecretBytes::new(Vec::with_capacity(CHARACTERS + CHARACTERS / GROUP));
        for position in 0..CHARACTERS {
            if position > 0 && position % GROUP == 0 {
                out.push(b'-');
            }
            let value = match position {
                0..25 => (*bits >> (123 - 5 * position)) as u8 & 31,
                25 => ((*bits as u8 & 7) << 2) | (checksum >> 10) as u8,
                _ => (checksum >> (5 * (27 - position))) as u8 & 31,
            };
            out.push(ALPHABET.get(usize::from(value)).copied().unwrap_or(b'0'));
        }
        Ok(out)
    }
}

impl RecoveryKey {
    /// The same key, for the guard.
    pub(crate) fn for_guard(&self) -> Self {
        Self(self.0.clone())
    }

    /// Reads what a person typed: small letters, spaces and hyphens as they come, O for 0, I and L for 1.
    ///
    /// # Errors
    /// [`Code::RecoveryKeyMalformed`] when it has the wrong length, another character, or a slip in it.
    pub(crate) fn typed(text: &[u8]) -> Result<Self> {
        let malformed = |place| Code::RecoveryKeyMalformed.at(place);
        let mut bits = Zeroizing::new(0_u128);
        let mut checksum = 0_u16;
        let mut count = 0;
        for character in text.iter().filter(|byte| !byte.is_ascii_whitespace() && **byte != b'-') {
            let value = value(*character).ok_or_else(|| malformed("character"))?;
            match count {
                // 25 characters are 125 bits; the 26th has the last three of the key and two of the checksum.
                0..25 => *bits = (*bits << 5) | u128::from(value),
                25 => {
                    *bits = (*bits << 3) | u128::from(value >> 2);
                    checksum = u16::from(value & 3);
                }
                26..CHARACTERS => checksum = (checksum << 5) | u16::from(value),
                _ => return Err(malformed("length")),
            }
            count += 1;
        }
        if count != CHARACTERS {
            return Err(malformed("length"));
        }
        let key = Self(Zeroizing::new(bits.to_be_bytes()));
        if key.checksum() == checksum { Ok(key) } else { Err(malformed("checksum")) }
    }

    pub(super) fn bits(&self) -> &[u8] {
        self.0.as_slice()
    }

    fn checksum(&self) -> u16 {
        let digest = sha256(self.0.as_slice());
        digest.first_chunk().copied().map_or(0, u16::from_be_bytes) >> 4
    }
}

fn value(character: u8) -> Option<u8> {
    let character = match character.to_ascii_uppercase() {
        b'O' => b'0',
        b'I' | b'L' => b'1',
        other => other,
    };
    ALPHABET.iter().position(|one| *one == character).and_then(|at| u8::try_from(at).ok())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn code(text: &[u8]) -> Option<Code> {
        RecoveryKey::typed(text).err().map(|error| error.code())
    }

    proptest! {
        #[test]
        fn what_is_written_down_can_be_typed_again(bits in any::<[u8; 16]>(), slip in 0..28_usize, by in 1..32_u8) {
            let key = RecoveryKey(Zeroizing::new(bits));
            let text = key.reveal().unwrap();
            prop_assert_eq!(text.len(), 34);
            prop_assert_eq!(*RecoveryKey::typed(&text).unwrap().0, bits);

            let careless = String::from_utf8_lossy(&text).to_lowercase().replace('0', "o").replace('1', "l").replace('-', "  ");
            prop_assert_eq!(*RecoveryKey::typed(careless.as_bytes()).unwrap().0, bits);

            // A slip in one character passes the 12 bits once in 4,096 times, and never as the same key.
            let mut characters: Vec<u8> = text.iter().copied().filter(|byte| *byte != b'-').collect();
            let old = value(characters[slip]).unwrap();
            characters[slip] = ALPHABET[usize::from((old + by) % 32)];
            if let Ok(other) = RecoveryKey::typed(&characters) {
                prop_assert_ne!(*other.0, bits);
            }
        }

        #[test]
        fn anything_may_be_typed(text in any::<Vec<u8>>()) {
            drop(RecoveryKey::typed(&text));
        }
    }

    #[test]
    fn slips_are_told_apart() {
        let text = RecoveryKey(Zeroizing::new([7; 16])).reveal().unwrap();
        assert_eq!(code(&text[1..]), Some(Code::RecoveryKeyMalformed));
        assert_eq!(code(&[text.as_slice(), b"0"].concat()), Some(Code::RecoveryKeyMalformed));
        assert_eq!(code("7NTÉ".as_bytes()), Some(Code::RecoveryKeyMalformed));
        let mut swapped = text.clone();
        swapped.swap(0, 3);
        assert_eq!(code(&swapped), Some(Code::RecoveryKeyMalformed));
    }
}
