//! Types for secrets: wiped when dropped, without `Debug`, `Display`, `Clone` or serialisation.

use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::random;
use crate::error::Result;

/// A 256-bit key. On the heap, so that moving the value leaves no copy behind.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Key(Box<[u8; 32]>);

impl Key {
    /// A new random key.
    ///
    /// # Errors
    /// When the operating system gives no random bytes.
    pub fn random() -> Result<Self> {
        let mut bytes = Box::new([0; 32]);
        random::fill(bytes.as_mut_slice())?;
        Ok(Self(bytes))
    }

    /// Builds a key in place, so that its bytes never lie on the stack.
    ///
    /// # Errors
    /// Those of `write`.
    pub fn fill_with(write: impl FnOnce(&mut [u8; 32]) -> Result<()>) -> Result<Self> {
        let mut key = Self(Box::new([0; 32]));
        write(&mut key.0)?;
        Ok(key)
    }

    /// The bytes, for a primitive; do not copy them.
    #[must_use]
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

/// Secret bytes of any length: a passphrase, a decrypted record.
pub type SecretBytes = Zeroizing<Vec<u8>>;
