//! Making, opening, unlocking and locking a wallet.

use std::path::PathBuf;

use crate::context::{Context, Development};
use crate::crypto::secret::SecretBytes;
use crate::error::{Code, Result};
use crate::platform::Ports;
use crate::vault::damage::is_damage;
use crate::vault::{Transaction, VaultWorker};
use crate::{present, receive};

/// Where a wallet lies and what it may use.
pub struct Settings {
    /// The vault's file.
    pub file: PathBuf,
    /// What the platform gives.
    pub ports: Ports,
    /// Development switches; all off in anything that is shipped.
    pub development: Development,
}

/// A citizen's wallet. It is opened locked; everything but unlocking needs it unlocked.
///
/// Every method that may reach the disk, the network, the secure area or a slow derivation is async; the work runs on a
/// thread of the wallet, not on the caller's. Dropping a future leaves a whole vault.
#[derive(Clone)]
pub struct Wallet {
    pub(super) context: Context,
}

impl Wallet {
    /// Makes a new wallet behind a passphrase (UTF-8, at least 8 characters) and leaves it unlocked.
    ///
    /// # Errors
    /// [`crate::Code::VaultExists`], [`crate::Code::PassphraseTooShort`], [`crate::Code::StorageFailed`].
    pub async fn create(settings: Settings, passphrase: SecretBytes) -> Result<Self> {
        let Settings { file, ports, development } = settings;
        let vault = VaultWorker::create(file, passphrase, ports.rollback_anchor.clone()).await?;
        Ok(Self { context: Context::new(vault, ports, development) })
    }

    /// Opens an existing wallet, locked.
    ///
    /// # Errors
    /// [`crate::Code::VaultMissing`], [`crate::Code::VaultUnreadable`], [`crate::Code::VaultNewer`].
    pub async fn open(settings: Settings) -> Result<Self> {
        let Settings { file, ports, development } = settings;
        let vault = VaultWorker::open(file, ports.rollback_anchor.clone()).await?;
        Ok(Self { context: Context::new(vault, ports, development) })
    }

    /// Unlocks, and sets right what an earlier kill left: a presentation whose outcome is not known is called so in the
    /// history, an issuance that was cut off is called not received, requests that waited too long are forgotten, keys
    /// without an owner are deleted.
    ///
    /// # Errors
    /// [`crate::Code::PassphraseWrong`]; [`crate::Code::VaultRolledBack`] and others of a damaged vault.
    pub async fn unlock(&self, passphrase: SecretBytes) -> Result<()> {
        self.context.vault.unlock(passphrase).await?;
        self.recover().await
    }

    /// Sets right what an earlier kill left.
    pub(super) async fn recover(&self) -> Result<()> {
        let (clock, now) = (self.context.clock.clone(), self.context.now());
        let recover = move |transaction: &mut Transaction<'_>| {
            let changed = present::recover(transaction, &*clock)?;
            Ok(receive::recover(transaction, now)? || changed)
        };
        if whatever_is_damaged(self.context.vault.write(recover).await)?.unwrap_or(false) {
            self.context.history_changed();
        }
        whatever_is_damaged(self.context.keys.sync().await)?;
        Ok(())
    }

    /// Wipes all keys from memory at once, whatever is going on. Requests and previews that were open end with
    /// [`crate::Code::Locked`] and can be opened again by their links after unlocking.
    pub fn lock(&self) {
        self.context.vault.lock();
        if let Some(events) = &self.context.events {
            events.locked();
        }
    }

    /// Whether it is unlocked.
    #[must_use]
    pub fn is_unlocked(&self) -> bool {
        self.context.vault.is_unlocked()
    }
}

/// Damage in one record must not keep the citizen from all others: what it kept from being set right stays as it is, a
/// copy that was taken stays taken, no key is deleted, and [`Wallet::check`] tells.
fn whatever_is_damaged<T>(outcome: Result<T>) -> Result<Option<T>> {
    match outcome {
        Err(error) if error.code() != Code::VaultRolledBack && is_damage(&error) => Ok(None),
        outcome => outcome.map(Some),
    }
}
