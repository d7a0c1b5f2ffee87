//! What opens the wallet: passphrase, PIN, biometrics, recovery key. At most one of each kind.
//!
//! A PIN and biometrics need this phone's secure hardware; so that a lost phone does not lose the wallet, there is always
//! a passphrase or a recovery key beside them. Adding, changing and removing rewrap one key and touch no credential. Each
//! asks for something that opens the wallet now, so that nobody who finds it open can lock its citizen out.

use std::sync::Arc;

use super::open::Wallet;
use crate::context::Context;
use crate::crypto::random;
use crate::crypto::secret::{Key, SecretBytes};
use crate::error::{Code, Result};
use crate::keys::OpenedSession;
use crate::platform::{KeyAction, Purpose, SealPolicy};
use crate::vault::{GuardKind, Id, NewGuard, Opening, RecoveryKey, SealedSecret};

/// What a citizen opens the wallet with. It has no `Debug`: it holds secrets.
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Unlock {
    /// UTF-8.
    Passphrase(SecretBytes),
    /// ASCII digits.
    Pin(SecretBytes),
    /// The platform asks.
    Biometrics,
    /// As it was typed; spaces, hyphens and small letters as they come.
    RecoveryKey(SecretBytes),
}

/// What the wallet can be opened with from now on. It has no `Debug`: it holds secrets.
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum NewUnlock {
    /// UTF-8, at least [`crate::limits::PASSPHRASE_MIN_CHARS`] characters.
    Passphrase(SecretBytes),
    /// [`crate::limits::PIN_MIN_DIGITS`] to [`crate::limits::PIN_MAX_DIGITS`] ASCII digits.
    Pin(SecretBytes),
    /// The platform's biometric check.
    Biometrics,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Wallet {
    /// The kinds of things that open this wallet. Known while it is locked, for the unlock screen.
    ///
    /// # Errors
    /// [`Code::GuardParametersInvalid`] and others of a damaged file.
    pub async fn guards(&self) -> Result<Vec<GuardKind>> {
        let mut kinds: Vec<GuardKind> =
            self.context.vault.guards().await?.iter().map(|guard| guard.kind).collect();
        kinds.sort_unstable();
        Ok(kinds)
    }

    /// Adds a way to open the wallet, in place of the one of its kind, and leaves the wallet unlocked. `prompt` is the
    /// sentence for the platform's dialog, where there is one.
    ///
    /// # Errors
    /// Those of [`Wallet::unlock`] for `authority`; [`Code::PassphraseTooShort`], [`Code::PinTooWeak`],
    /// [`Code::GuardNeedsHardware`].
    pub async fn set_guard(&self, authority: Unlock, new: NewUnlock, prompt: &str) -> Result<()> {
        let new = match new {
            NewUnlock::Passphrase(passphrase) => NewGuard::Passphrase(passphrase),
            NewUnlock::Pin(pin) => NewGuard::Pin(pin, self.seal(SealPolicy::ThisDevice).await?),
            NewUnlock::Biometrics => NewGuard::Biometrics(self.seal(SealPolicy::Biometrics).await?),
        };
        self.put_guard(authority, new, prompt).await
    }

    /// Makes a recovery key, in place of an older one. Show it once; the wallet does not know it afterwards.
    ///
    /// # Errors
    /// Those of [`Wallet::unlock`] for `authority`.
    pub async fn make_recovery_key(&self, authority: Unlock, prompt: &str) -> Result<Arc<RecoveryKey>> {
        let key = RecoveryKey::random()?;
        let guard = key.for_guard();
        self.put_guard(authority, NewGuard::RecoveryKey(guard), prompt).await?;
        Ok(Arc::new(key))
    }

    /// Removes a way to open the wallet, and leaves the wallet unlocked.
    ///
    /// # Errors
    /// Those of [`Wallet::unlock`] for `authority`; [`Code::GuardMissing`]; [`Code::LastGuard`] for the last one that does
    /// not depend on this phone.
    pub async fn remove_guard(&self, authority: Unlock, kind: GuardKind, prompt: &str) -> Result<()> {
        let (authority, session) = opening(&self.context, authority, prompt).await?;
        let gone = self.context.vault.remove_guard(authority, kind).await?;
        self.context.keys.delete_guard(&gone).await;
        self.context.keys.keep_opened(session);
        Ok(())
    }
}

impl Wallet {
    async fn put_guard(&self, authority: Unlock, new: NewGuard, prompt: &str) -> Result<()> {
        let (authority, session) = opening(&self.context, authority, prompt).await?;
        if let Some(gone) = self.context.vault.set_guard(authority, new).await? {
            self.context.keys.delete_guard(&gone).await;
        }
        self.context.keys.keep_opened(session);
        Ok(())
    }

    async fn seal(&self, policy: SealPolicy) -> Result<SealedSecret> {
        let (guard, secret) = (random::array()?, Key::random()?);
        let sealed = self.context.keys.seal_guard(&guard, &secret, policy).await?;
        Ok(SealedSecret { guard, secret, sealed })
    }
}

/// Gets from the phone what a guard needs besides what the citizen gave.
///
/// # Errors
/// [`Code::GuardMissing`], [`Code::GuardNeedsHardware`], [`Code::KeyDidNotTravel`], [`Code::PromptCancelled`].
pub(super) async fn opening(
    context: &Context,
    unlock: Unlock,
    prompt: &str,
) -> Result<(Opening, Option<OpenedSession>)> {
    let (kind, pin) = match unlock {
        Unlock::Passphrase(passphrase) => return Ok((Opening::Passphrase(passphrase), None)),
        Unlock::RecoveryKey(typed) => return Ok((Opening::RecoveryKey(typed), None)),
        Unlock::Pin(pin) => (GuardKind::Pin, Some(pin)),
        Unlock::Biometrics => (GuardKind::Biometrics, None),
    };
    let (guard, sealed) = sealed_secret(context, kind).await?;
    let purpose = Purpose { action: KeyAction::Unlock, party: String::new(), text: prompt.to_owned() };
    let (secret, session) = context.keys.unseal_guard(&guard, sealed, purpose).await?;
    let opening = match pin {
        Some(pin) => Opening::Pin(pin, secret, context.clock.now()?),
        None => Opening::Biometrics(secret),
    };
    Ok((opening, Some(session)))
}

async fn sealed_secret(context: &Context, kind: GuardKind) -> Result<(Id, Vec<u8>)> {
    let guards = context.vault.guards().await?;
    let guard = guards.into_iter().find(|guard| guard.kind == kind);
    let guard = guard.ok_or_else(|| Code::GuardMissing.error())?;
    let sealed = guard.sealed_secret.ok_or_else(|| Code::GuardParametersInvalid.at("guard header"))?;
    Ok((guard.id, sealed))
}
