//! A PIN: few digits, so it opens nothing without the secret of this phone's hardware.

use zeroize::Zeroizing;

use crate::crypto::kdf;
use crate::crypto::secret::Key;
use crate::error::{Code, Result};
use crate::limits;

/// Refuses a PIN that is too short, or one of the first that anybody would try.
///
/// # Errors
/// [`Code::PinTooWeak`].
pub(super) fn check(pin: &[u8]) -> Result<()> {
    let weak = |place| Err(Code::PinTooWeak.at(place));
    if !(limits::PIN_MIN_DIGITS..=limits::PIN_MAX_DIGITS).contains(&pin.len()) {
        return weak("length");
    }
    if !pin.iter().all(u8::is_ascii_digit) {
        return weak("digits");
    }
    let steps = || {
        pin.windows(2)
            .map(|pair| pair.last().copied().unwrap_or(0).wrapping_sub(pair.first().copied().unwrap_or(0)))
    };
    let first = steps().next().unwrap_or(0);
    if [0, 1, u8::MAX].contains(&first) && steps().all(|step| step == first) {
        return weak("sequence");
    }
    Ok(())
}

/// HKDF(Argon2id(PIN) ‖ guard secret).
pub(super) fn wrapping_key(stretched: &Key, secret: &Key, salt: &[u8; 16]) -> Result<Key> {
    let both = Zeroizing::new([stretched.expose().as_slice(), secret.expose()].concat());
    kdf::hkdf_sha256(&both, salt, b"wallet-core/1/guard/pin")
}
