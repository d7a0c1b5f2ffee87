//! How well the keys of a credential are protected, as the secure area reported when it made them.

use std::cmp::Reverse;

use super::open::Wallet;
use crate::credential::CredentialId;
use crate::error::{Code, Result};
use crate::platform::{KeyAuthentication, KeyLevel};
use crate::vault::Transaction;
use crate::vault::model::{CopyUse, MadeKey, StoredCredential, StoredKey};

/// What was obtained for the keys that a credential's copies are bound to; of several keys, the weakest of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct KeyProtection {
    /// Where the private keys lie.
    pub level: KeyLevel,
    /// What the platform asks of the citizen before they sign.
    pub authentication: KeyAuthentication,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Wallet {
    /// How well a credential's keys are protected. `None` when no copy of it has a key any more: it is to be asked for
    /// again.
    ///
    /// # Errors
    /// [`Code::NotFound`], [`Code::Locked`], and those of a damaged vault.
    pub async fn key_protection(&self, id: CredentialId) -> Result<Option<KeyProtection>> {
        let weakest = move |transaction: &mut Transaction<'_>| {
            let stored: StoredCredential = transaction.get(&id.0)?;
            let mut weakest: Option<KeyProtection> = None;
            for copy in stored.copies.iter().filter(|copy| copy.state != CopyUse::Retired) {
                let key: StoredKey = transaction.get(&copy.key)?;
                let made = key.made.ok_or_else(|| Code::RecordDamaged.at("key"))?;
                weakest = Some(weakest.map_or(of(&made), |other| other.weaker(of(&made))));
            }
            Ok(weakest)
        };
        self.context.vault.read(weakest).await
    }
}

impl KeyProtection {
    fn weaker(self, other: Self) -> Self {
        Self {
            level: self.level.min(other.level),
            authentication: std::cmp::min_by_key(self.authentication, other.authentication, |one| {
                strength(*one)
            }),
        }
    }
}

fn of(made: &MadeKey) -> KeyProtection {
    // Keys of the first format were all in software, which asks nothing.
    let authentication = made.authentication.unwrap_or(KeyAuthentication::VaultOnly);
    KeyProtection { level: made.level, authentication }
}

/// Orders by how much is asked: nothing, within some time (the longer, the weaker), each time.
fn strength(authentication: KeyAuthentication) -> (u8, Reverse<u32>) {
    match authentication {
        KeyAuthentication::VaultOnly => (0, Reverse(0)),
        KeyAuthentication::Window { seconds } => (1, Reverse(seconds)),
        KeyAuthentication::EachUse => (2, Reverse(0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(level: KeyLevel, authentication: KeyAuthentication) -> KeyProtection {
        KeyProtection { level, authentication }
    }

    #[test]
    fn the_weakest_of_each_counts() {
        use KeyAuthentication::{EachUse, VaultOnly, Window};
        let chip = key(KeyLevel::SecureElement, Window { seconds: 60 });
        let unknown = key(KeyLevel::UnknownHardware, EachUse);
        assert_eq!(chip.weaker(unknown), key(KeyLevel::UnknownHardware, Window { seconds: 60 }));
        assert_eq!(unknown.weaker(chip), chip.weaker(unknown));
        let longer = key(KeyLevel::SecureElement, Window { seconds: 61 });
        assert_eq!(chip.weaker(longer), longer);
        let nothing = key(KeyLevel::Software, VaultOnly);
        assert_eq!(chip.weaker(nothing), nothing);
    }
}
