//! The guard secret: 32 random bytes that the secure area seals, and gives back on this phone only.

use std::sync::{Arc, PoisonError};

use super::{KeyStore, hex};
use crate::crypto::secret::Key;
use crate::error::{Code, Result, WalletError};
use crate::limits;
use crate::platform::{KeySession, PortError, Purpose, SealPolicy};
use crate::vault::Id;

/// A session that began with unlocking, and when.
pub(crate) struct OpenedSession {
    session: Arc<dyn KeySession>,
    since_boot_ms: u64,
}

impl KeyStore {
    /// Seals a new secret for a guard.
    ///
    /// # Errors
    /// [`Code::GuardNeedsHardware`] where there is no secure area; those of the area.
    pub(crate) async fn seal_guard(&self, guard: &Id, secret: &Key, policy: SealPolicy) -> Result<Vec<u8>> {
        self.require_hardware()?;
        let sealed = self.area.seal(self.guard_alias(guard), secret.expose().to_vec(), policy).await;
        sealed.map_err(|error| match error {
            PortError::LevelNotAvailable => Code::GuardNeedsHardware.error(),
            other => other.into(),
        })
    }

    /// Gives a guard's secret back, and the session that did it.
    ///
    /// # Errors
    /// [`Code::KeyDidNotTravel`] when this phone cannot open it any more; [`Code::PromptCancelled`] and others of the
    /// area.
    pub(crate) async fn unseal_guard(
        &self,
        guard: &Id,
        sealed: Vec<u8>,
        purpose: Purpose,
    ) -> Result<(Key, OpenedSession)> {
        self.require_hardware()?;
        let session = self.area.begin(purpose)?;
        let opened = session.unseal(self.guard_alias(guard), sealed).await;
        let secret = match opened {
            Ok(bytes) => secret(zeroize::Zeroizing::new(bytes)),
            Err(PortError::NoSuchKey) => Err(Code::KeyDidNotTravel.error()),
            Err(error) => Err(WalletError::from(error)),
        };
        match secret {
            Ok(secret) => {
                let since_boot_ms = self.clock.now()?.since_boot_ms;
                Ok((secret, OpenedSession { session, since_boot_ms }))
            }
            Err(error) => {
                drop(session.end().await);
                Err(error)
            }
        }
    }

    /// Keeps the session that unlocked the wallet, for the action that it was unlocked for. None when the wallet was
    /// unlocked without one, or was locked.
    pub(crate) fn keep_opened(&self, opened: Option<OpenedSession>) {
        *self.opened.lock().unwrap_or_else(PoisonError::into_inner) = opened;
    }

    /// The session that just unlocked the wallet, once.
    pub(super) fn take_opened(&self) -> Option<Arc<dyn KeySession>> {
        let opened = self.opened.lock().unwrap_or_else(PoisonError::into_inner).take()?;
        let age = self.clock.now().ok()?.since_boot_ms.checked_sub(opened.since_boot_ms)?;
        (age <= limits::UNLOCK_SESSION_MS).then_some(opened.session)
    }

    /// Deletes a guard's key in the secure area; what cannot be deleted opens nothing any more.
    pub(crate) async fn delete_guard(&self, guard: &Id) {
        if self.hardware {
            drop(self.area.delete(self.guard_alias(guard)).await);
        }
    }

    fn require_hardware(&self) -> Result<()> {
        if self.hardware { Ok(()) } else { Err(Code::GuardNeedsHardware.error()) }
    }

    fn guard_alias(&self, guard: &Id) -> String {
        format!("{}{GUARD}{}", super::prefix(self.vault.id()), hex(guard))
    }
}

const GUARD: &str = "guard.";

/// Whether a key of this vault belongs to a guard.
pub(super) fn is_alias(alias: &str) -> bool {
    alias
        .split_once('.')
        .and_then(|(_, rest)| rest.split_once('.'))
        .is_some_and(|(_, rest)| rest.starts_with(GUARD))
}

fn secret(bytes: zeroize::Zeroizing<Vec<u8>>) -> Result<Key> {
    let bytes: &[u8; 32] = bytes.as_slice().try_into().map_err(|_| Code::PortFailed.at("guard secret"))?;
    Key::fill_with(|out| {
        out.copy_from_slice(bytes);
        Ok(())
    })
}
