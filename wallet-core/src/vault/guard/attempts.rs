//! How often a wrong PIN was entered: counted on disk before the PIN is checked, so that a kill in between gives no free
//! attempt. What counts are clocks that a citizen cannot set, time since boot and which boot; the wall clock is only told to
//! people. The count is sealed under the guard secret, so only this phone can write it. Somebody who puts back an older
//! copy of the whole file gets the older count with it; what stands against that is the phone, and the rollback anchor.

use minicbor::{Decode, Encode};

use crate::crypto::secret::Key;
use crate::crypto::{aead, kdf};
use crate::error::{Code, Result, WalletError};
use crate::limits;
use crate::platform::Moment;
use crate::vault::seal::Id;

#[derive(Encode, Decode)]
struct Attempts {
    #[n(0)]
    failed: u32,
    #[n(1)]
    since_boot_ms: u64,
    #[n(2)]
    boot_id: String,
}

/// No attempts so far.
pub(super) fn none(vault: &Id, guard: &Id, secret: &Key) -> Result<Vec<u8>> {
    seal(vault, guard, secret, &Attempts { failed: 0, since_boot_ms: 0, boot_id: String::new() })
}

/// One more attempt, to be written down before it is made; and how many are left if it fails.
///
/// # Errors
/// [`Code::PinWait`] before the delay is over, with the time when it is; [`Code::PinLocked`] after the last one;
/// [`Code::GuardParametersInvalid`] when the count was removed or changed.
pub(in crate::vault) fn count(
    vault: &Id,
    guard: &Id,
    secret: &Key,
    sealed: Option<&[u8]>,
    now: &Moment,
) -> Result<(Vec<u8>, u32)> {
    let mut attempts = open(vault, guard, secret, sealed)?;
    if attempts.failed >= limits::PIN_ATTEMPTS {
        return Err(Code::PinLocked.error());
    }
    let wait = attempts.wait_ms(now);
    if wait > 0 {
        let mut fault = Code::PinWait.error().into_fault();
        let seconds = i64::try_from(wait.div_ceil(1_000)).unwrap_or(i64::MAX);
        fault.retry_at = Some(now.wall_seconds.saturating_add(seconds));
        fault.attempts_left = Some(limits::PIN_ATTEMPTS - attempts.failed);
        return Err(WalletError::from(fault));
    }
    attempts.failed += 1;
    attempts.since_boot_ms = now.since_boot_ms;
    attempts.boot_id.clone_from(&now.boot_id);
    Ok((seal(vault, guard, secret, &attempts)?, limits::PIN_ATTEMPTS - attempts.failed))
}

impl Attempts {
    /// How long to wait yet. After a restart of the phone the whole delay begins again, since nobody knows how long it was off.
    fn wait_ms(&self, now: &Moment) -> u64 {
        let position = usize::try_from(self.failed.saturating_sub(1)).unwrap_or(usize::MAX);
        let delay = if self.failed == 0 {
            0
        } else {
            limits::PIN_DELAYS_MS.get(position).copied().unwrap_or(u64::MAX)
        };
        let from = if self.boot_id == now.boot_id { self.since_boot_ms } else { 0 };
        from.saturating_add(delay).saturating_sub(now.since_boot_ms)
    }
}

fn seal(vault: &Id, guard: &Id, secret: &Key, attempts: &Attempts) -> Result<Vec<u8>> {
    let plaintext = minicbor::to_vec(attempts).map_err(|_| Code::Internal.at("attempts"))?;
    aead::seal(&key(secret, guard)?, &associated_data(vault, guard), &plaintext)
}

fn open(vault: &Id, guard: &Id, secret: &Key, sealed: Option<&[u8]>) -> Result<Attempts> {
    let damaged = || Code::GuardParametersInvalid.at("attempts");
    let opened =
        aead::open(&key(secret, guard)?, &associated_data(vault, guard), sealed.ok_or_else(damaged)?);
    minicbor::decode(&opened.ok_or_else(damaged)?).map_err(|_| damaged())
}

fn key(secret: &Key, guard: &Id) -> Result<Key> {
    kdf::hkdf_sha256(secret.expose(), guard, b"wallet-core/1/guard/attempts")
}

fn associated_data(vault: &Id, guard: &Id) -> Vec<u8> {
    [b"wc attempts".as_slice(), vault, guard].concat()
}
