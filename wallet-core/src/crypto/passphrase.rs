//! Argon2id (RFC 9106): a key from a passphrase, slow on purpose.

use std::time::Duration;

use argon2::{Algorithm, Argon2, Params, Version};

use super::secret::Key;
use crate::error::{Code, Result};

/// Cost of one derivation. Stored beside the salt, so it is checked against a floor and a ceiling before use: a
/// changed file must neither weaken the passphrase nor exhaust the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub passes: u32,
}

impl Cost {
    /// What new guards use: 64 MiB and three passes (the second recommendation of RFC 9106 4, with one lane).
    pub const DEFAULT: Self = Self { memory_kib: 64 * 1024, passes: 3 };
    const FLOOR: Self = Self { memory_kib: 19 * 1024, passes: 2 };
    const CEILING: Self = Self { memory_kib: 1024 * 1024, passes: 10 };

    /// The cost that takes the place of this one, when it is under what new guards use, or when a derivation took so little
    /// time that a guesser with such a machine would have it easy.
    #[must_use]
    pub fn raised(self, took: Duration) -> Option<Self> {
        let memory_kib = self.memory_kib.max(Self::DEFAULT.memory_kib);
        let mut passes = self.passes.max(Self::DEFAULT.passes);
        if self.memory_kib >= Self::DEFAULT.memory_kib && took < ENOUGH {
            let times = ENOUGH.as_micros() / took.as_micros().max(1) + 1;
            let scaled = u32::try_from(times).unwrap_or(u32::MAX).saturating_mul(self.passes);
            passes = passes.max(scaled).min(Self::CEILING.passes);
        }
        let raised = Self { memory_kib, passes };
        (raised != self).then_some(raised)
    }

    /// Refuses costs outside the bounds.
    ///
    /// # Errors
    /// [`Code::GuardParametersInvalid`].
    pub fn check(self) -> Result<()> {
        let within = |value: u32, floor: u32, ceiling: u32| (floor..=ceiling).contains(&value);
        if within(self.memory_kib, Self::FLOOR.memory_kib, Self::CEILING.memory_kib)
            && within(self.passes, Self::FLOOR.passes, Self::CEILING.passes)
        {
            Ok(())
        } else {
            Err(Code::GuardParametersInvalid.at("Argon2id cost"))
        }
    }
}

/// The least that a derivation should take.
const ENOUGH: Duration = Duration::from_millis(60);

/// Derives a key; takes tens to hundreds of milliseconds, so call it on a thread of the wallet.
///
/// # Errors
/// [`Code::GuardParametersInvalid`] when the cost is out of bounds.
pub fn derive(passphrase: &[u8], salt: &[u8; 16], cost: Cost) -> Result<Key> {
    cost.check()?;
    let params = Params::new(cost.memory_kib, cost.passes, 1, Some(32))
        .map_err(|_| Code::GuardParametersInvalid.at("Argon2id cost"))?;
    Key::fill_with(|out| {
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase, salt, out)
            .map_err(|_| Code::Internal.at("Argon2id"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_outside_the_bounds_are_refused_before_any_work() {
        for cost in [
            Cost { memory_kib: 8, passes: 3 },
            Cost { memory_kib: u32::MAX, passes: 3 },
            Cost { memory_kib: 64 * 1024, passes: 0 },
            Cost { memory_kib: 64 * 1024, passes: 1000 },
        ] {
            let error = derive(b"correct horse", &[1; 16], cost).err().map(|e| e.code());
            assert_eq!(error, Some(Code::GuardParametersInvalid));
        }
        assert!(Cost::DEFAULT.check().is_ok());
    }

    #[test]
    fn a_cost_that_fell_behind_is_raised_within_the_bounds() {
        let (slow, fast) = (Duration::from_millis(500), Duration::from_millis(20));
        assert_eq!(Cost::DEFAULT.raised(slow), None);
        assert_eq!(Cost::FLOOR.raised(slow), Some(Cost::DEFAULT));
        assert_eq!(Cost::CEILING.raised(Duration::ZERO), None);
        for took in [fast, Duration::ZERO] {
            let raised = Cost::DEFAULT.raised(took).unwrap();
            assert!(raised.passes > Cost::DEFAULT.passes && raised.check().is_ok());
        }
    }
}
