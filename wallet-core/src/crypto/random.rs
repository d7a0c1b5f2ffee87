//! Random bytes from the operating system.

use crate::error::{Code, Result};

/// Fills the buffer with random bytes.
///
/// # Errors
/// [`Code::Internal`] when the operating system gives none.
pub fn fill(buffer: &mut [u8]) -> Result<()> {
    getrandom::fill(buffer).map_err(|_| Code::Internal.at("system random source"))
}

/// `N` random bytes.
///
/// # Errors
/// As [`fill`].
pub fn array<const N: usize>() -> Result<[u8; N]> {
    let mut out = [0; N];
    fill(&mut out)?;
    Ok(out)
}
