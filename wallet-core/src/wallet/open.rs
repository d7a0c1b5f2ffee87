//! Making, opening, unlocking and locking a wallet.

use std::path::PathBuf;

use crate::context::{Context, Development};
use crate::crypto::secret::SecretBytes;
use crate::error::Result;
use crate::platform::Ports;
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
        // A process that was killed after deleting something may have left it beside the file.
        self.context.vault.erase_leftovers().await?;
        let (clock, now) = (self.context.clock.clone(), self.context.now());
        let recover = move |transaction: &mut Transaction<'_>| {
            let changed = present::recover(transaction, &*clock)?;
            Ok(receive::recover(transaction, now)? || changed)
        };
        if self.context.vault.write(recover).await? {
            self.context.history_changed();
        }
        self.context.keys.sync().await
    }

    /// Wipes all keys from memory at once, whatever is going on. Requests and previews that were open end with
    /// [`crate::Code::Locked`] and can be opened again by their links after unlocking.
    pub fn lock(&self) {
        self.context.vault.lock();
        if let Some(events) = &self.context.events {
            events.locked();
        }
    }

    /// Locks, and returns when everything is in the file and the file is closed: a copy of the file alone is then the
    /// whole wallet. Every later call, by this or another handle, gives [`crate::Code::VaultClosed`]; what was under way
    /// is left as if the app had ended. A wallet that is dropped and not closed loses nothing, but its last writes may
    /// lie beside the file until it is opened again.
    ///
    /// # Errors
    /// [`crate::Code::StorageFailed`]; nothing is lost then. [`crate::Code::VaultClosed`] when it was closed before.
    pub async fn close(&self) -> Result<()> {
        self.context.vault.close().await?;
        if let Some(events) = &self.context.events {
            events.locked();
        }
        Ok(())
    }

    /// Whether it is unlocked.
    #[must_use]
    pub fn is_unlocked(&self) -> bool {
        self.context.vault.is_unlocked()
    }
}
