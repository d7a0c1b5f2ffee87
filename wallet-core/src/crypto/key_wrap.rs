//! AES Key Wrap with a 128-bit key (RFC 3394, `A128KW` in JOSE).

use aes_kw::{KeyInit, KwAes128};
use zeroize::Zeroizing;

use super::secret::SecretBytes;
use crate::error::{Code, Result};

/// How much longer a wrapped key is than the key.
pub const OVERHEAD: usize = 8;

/// Wraps a key, whose length is a multiple of 8 bytes.
///
/// # Errors
/// [`Code::Internal`] for another length.
pub fn wrap(kek: &[u8; 16], key: &[u8]) -> Result<Vec<u8>> {
    let mut out = vec![0; key.len() + OVERHEAD];
    KwAes128::new(&(*kek).into()).wrap_key(key, &mut out).map_err(|_| Code::Internal.at("AES key wrap"))?;
    Ok(out)
}

/// Unwraps a key; `None` when it was not wrapped under this one.
#[must_use]
pub fn unwrap(kek: &[u8; 16], wrapped: &[u8]) -> Option<SecretBytes> {
    let mut out = Zeroizing::new(vec![0; wrapped.len().checked_sub(OVERHEAD)?]);
    KwAes128::new(&(*kek).into()).unwrap_key(wrapped, &mut out).ok()?;
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::hex;

    #[test]
    fn wraps_as_rfc_3394_4_1() {
        let kek: [u8; 16] = hex("000102030405060708090A0B0C0D0E0F").try_into().unwrap();
        let key = hex("00112233445566778899AABBCCDDEEFF");
        let wrapped = wrap(&kek, &key).unwrap();
        assert_eq!(wrapped, hex("1FA68B0A8112B447AEF34BD8FB5A7B829D3E862371D2CFE5"));
        assert_eq!(unwrap(&kek, &wrapped).unwrap().as_slice(), key);
    }

    #[test]
    fn one_changed_bit_or_another_length_unwraps_nothing() {
        let wrapped = wrap(&[1; 16], &[7; 16]).unwrap();
        for at in 0..wrapped.len() {
            let mut changed = wrapped.clone();
            changed[at] ^= 1;
            assert!(unwrap(&[1; 16], &changed).is_none());
            assert!(unwrap(&[1; 16], &wrapped[..at]).is_none());
        }
        assert!(unwrap(&[2; 16], &wrapped).is_none());
    }
}
