//! Making, opening, unlocking and locking a wallet.

use std::path::PathBuf;

use super::guards::{self, Unlock};
use crate::context::{Context, Development};
use crate::crypto::secret::SecretBytes;
use crate::error::{Code, Result};
use crate::keys::Orphan;
use crate::platform::Ports;
use crate::stop::Stop;
use crate::vault::damage::is_damage;
use crate::vault::{NewGuard, RecoveryKey, Transaction, VaultPorts, VaultWorker};
use crate::{keys, present, receive};

/// Where a wallet lies and what it may use.
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Settings {
    /// The vault's file.
    pub file: PathBuf,
    /// What the platform gives.
    pub ports: Ports,
    /// How long the unlocked wallet may be idle before it locks itself, in milliseconds
    /// ([`crate::limits::IDLE_LOCK_MS`] is a good value); `None` for never.
    pub idle_lock_ms: Option<u64>,
    /// Development switches; all off in anything that is shipped.
    pub development: Development,
}

impl Settings {
    pub(super) fn take_apart(self) -> (PathBuf, VaultPorts, Ports, Development) {
        let Self { file, ports, idle_lock_ms, development } = self;
        let vault = VaultPorts {
            anchor: ports.rollback_anchor.clone(),
            clock: ports.clock.clone(),
            events: ports.events.clone(),
            idle_lock_ms,
        };
        (file, vault, ports, development)
    }
}

/// A citizen's wallet. It is opened locked; everything but unlocking needs it unlocked.
///
/// Every method that may reach the disk, the network, the secure area or a slow derivation is async; the work runs on a
/// thread of the wallet, not on the caller's. Dropping a future leaves a whole vault.
#[derive(Clone)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Object))]
pub struct Wallet {
    pub(super) context: Context,
    pub(super) stop: Stop,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Wallet {
    /// Makes a new wallet behind a passphrase (UTF-8, at least 8 characters) and leaves it unlocked.
    ///
    /// # Errors
    /// [`crate::Code::VaultExists`], [`crate::Code::PassphraseTooShort`], [`crate::Code::StorageFailed`].
    #[cfg_attr(feature = "uniffi", uniffi::constructor)]
    pub async fn create(settings: Settings, passphrase: SecretBytes) -> Result<Self> {
        Self::make(settings, NewGuard::Passphrase(passphrase)).await
    }

    /// Makes a new wallet behind a recovery key ([`RecoveryKey::random`]) and leaves it unlocked. For a phone, where a PIN or
    /// biometrics come next ([`Wallet::set_guard`]) and the key is what the citizen writes down.
    ///
    /// # Errors
    /// [`crate::Code::VaultExists`], [`crate::Code::StorageFailed`].
    #[cfg_attr(feature = "uniffi", uniffi::constructor)]
    pub async fn create_with_recovery_key(settings: Settings, key: &RecoveryKey) -> Result<Self> {
        Self::make(settings, NewGuard::RecoveryKey(key.for_guard())).await
    }

    /// Opens an existing wallet, locked.
    ///
    /// # Errors
    /// [`crate::Code::VaultMissing`], [`crate::Code::VaultUnreadable`], [`crate::Code::VaultNewer`].
    #[cfg_attr(feature = "uniffi", uniffi::constructor)]
    pub async fn open(settings: Settings) -> Result<Self> {
        let (file, vault, ports, development) = settings.take_apart();
        let vault = VaultWorker::open(file, vault).await?;
        Ok(Self { context: Context::new(vault, ports, development), stop: Stop::default() })
    }

    /// Unlocks, and sets right what an earlier kill left: a presentation whose outcome is not known is called so in the
    /// history, an issuance that was cut off is called not received, requests that waited too long are forgotten, keys
    /// without an owner are deleted, credentials whose keys are not on this phone have to be issued again.
    ///
    /// `prompt` is the sentence for the platform's dialog, where there is one. What follows within a minute, a presentation
    /// for which the wallet was unlocked, needs no second one.
    ///
    /// # Errors
    /// [`crate::Code::PassphraseWrong`], [`crate::Code::RecoveryKeyWrong`]; [`crate::Code::PinWrong`] with the attempts
    /// that are left, [`crate::Code::PinWait`], [`crate::Code::PinLocked`]; [`crate::Code::GuardMissing`],
    /// [`crate::Code::PromptCancelled`], [`crate::Code::KeyDidNotTravel`]; [`crate::Code::VaultRolledBack`] and others of a
    /// damaged vault.
    pub async fn unlock(&self, with: Unlock, prompt: &str) -> Result<()> {
        let (opening, session) = guards::opening(&self.context, with, prompt).await?;
        let travels = opening.travels();
        let settled = self.context.vault.unlock(opening, settle(&self.context)).await?;
        self.context.keys.keep_opened(session);
        self.settled(settled).await?;
        // Whatever is wrong with the secure area now, the vault is open; its keys are missed when they are needed.
        if travels && self.context.keys.compare().await.unwrap_or(false) {
            self.context.credentials_changed();
        }
        Ok(())
    }

    /// Wipes all keys from memory at once, whatever is going on. Requests and previews that were open end with
    /// [`crate::Code::Locked`] and can be opened again by their links after unlocking.
    ///
    /// # Errors
    /// None today; in Kotlin and Swift, where a result is what a fault of the core arrives in.
    pub fn lock(&self) -> Result<()> {
        self.context.vault.lock();
        self.context.keys.keep_opened(None);
        self.context.locked();
        Ok(())
    }

    /// When it will lock itself if it is not used before, in milliseconds since boot, for an app's timer; `None` while it is
    /// locked, or when it never does.
    ///
    /// # Errors
    /// [`crate::Code::PortFailed`] when the clock fails.
    pub fn lock_at(&self) -> Result<Option<u64>> {
        self.context.vault.lock_at()
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
        self.context.keys.keep_opened(None);
        self.context.locked();
        Ok(())
    }

    /// Whether it is unlocked.
    ///
    /// # Errors
    /// [`crate::Code::PortFailed`] when the clock fails.
    pub fn is_unlocked(&self) -> Result<bool> {
        self.context.vault.is_unlocked()
    }
}

impl Wallet {
    async fn make(settings: Settings, first: NewGuard) -> Result<Self> {
        let (file, vault, ports, development) = settings.take_apart();
        let vault = VaultWorker::create(file, first, vault).await?;
        Ok(Self { context: Context::new(vault, ports, development), stop: Stop::default() })
    }

    /// Goes on after [`settle`].
    pub(super) async fn settled(&self, settled: Result<Settled>) -> Result<()> {
        if let Some(Settled { history_changed, orphans }) = whatever_is_damaged(settled)? {
            if history_changed {
                self.context.history_changed();
            }
            whatever_is_damaged(self.context.keys.delete(orphans).await)?;
        }
        Ok(())
    }
}

/// What was set right in the vault, and what is left to do outside it.
pub(super) struct Settled {
    history_changed: bool,
    orphans: Vec<Orphan>,
}

/// Sets right what an earlier kill left.
pub(super) fn settle(
    context: &Context,
) -> impl FnOnce(&mut Transaction<'_>) -> Result<Settled> + Send + 'static {
    let (clock, now) = (context.clock.clone(), context.now());
    move |transaction| {
        let now = now?;
        let answers = present::recover(transaction, &*clock)?;
        let issuances = receive::recover(transaction, now)?;
        let orphans = whatever_is_damaged(keys::orphans(transaction))?.unwrap_or_default();
        Ok(Settled { history_changed: answers || issuances, orphans })
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
