//! Opening the root key by a guard, and changing the guards.

use rusqlite::{TransactionBehavior, params};

use super::file::{Vault, begin, storage};
use super::guard::{self, Guard, GuardKind, NewGuard, Opening, RootKey};
use super::keyring::{Keyring, Keys};
use super::migrations;
use super::transaction::Transaction;
use crate::error::{Code, Result, WalletError};

impl Vault {
    /// The root key, out of the guard of this kind. Slow where a passphrase or PIN is stretched.
    ///
    /// # Errors
    /// [`Code::GuardMissing`]; [`Code::PassphraseWrong`], [`Code::RecoveryKeyWrong`], [`Code::KeyDidNotTravel`];
    /// [`Code::PinWrong`] with the attempts that are left, [`Code::PinWait`], [`Code::PinLocked`].
    pub(crate) fn root_key(&mut self, opening: &Opening) -> Result<RootKey> {
        let guard = self.guard(opening.kind())?;
        let left = match opening {
            Opening::Pin(_, secret, now) => {
                let count = |attempts: Option<&[u8]>| {
                    guard::attempts::count(&self.id, &guard.id, secret, attempts, now)
                };
                Some(count_attempt(&mut self.connection, &guard, count)?)
            }
            _ => None,
        };
        let Some(opened) = guard.open(&self.id, opening)? else {
            let mut fault = opening.wrong().into_fault();
            fault.attempts_left = left;
            return Err(WalletError::from(fault));
        };
        let strengthened = match (opened.behind, left) {
            (true, _) => Some(guard.strengthen(&opened.root, &self.id, opening)?),
            // A right PIN forgives the wrong ones before it.
            (false, Some(_)) => Some(guard.forgiven(&self.id, opening)?),
            (false, None) => None,
        };
        Ok(RootKey { key: opened.root, guard, strengthened })
    }

    /// Derives the keys, brings an older format to the newest, and checks that the guard is one the vault still has.
    /// Returns the generation.
    ///
    /// # Errors
    /// [`Code::RecordUnexpected`] or [`Code::RecordOutdated`] when the guard is not in the manifest, which means that an
    /// old guard was put back into the file.
    pub(crate) fn unlock_with(&mut self, root: &RootKey) -> Result<u64> {
        let (opened, mut generation) = self.checked(root)?;
        if let Some(strengthened) = &root.strengthened {
            generation = self.write_guards(&opened, |transaction| transaction.put_guard(strengthened))?;
        }
        self.keyring.adopt(&opened);
        Ok(generation)
    }

    /// Adds a guard, in place of the one of its kind. Slow where a passphrase or PIN is stretched. Returns the id of the
    /// guard that went, and the generation.
    ///
    /// # Errors
    /// [`Code::PassphraseTooShort`], [`Code::PinTooWeak`], and those of [`Vault::unlock_with`].
    pub(crate) fn set_guard(&mut self, root: &RootKey, new: NewGuard) -> Result<(Option<super::Id>, u64)> {
        let (opened, _) = self.checked(root)?;
        let new = Guard::new(&root.key, &self.id, new)?;
        let kind = new.kind()?;
        let old: Vec<Guard> = self.guards()?.into_iter().filter(|guard| guard.kind() == Ok(kind)).collect();
        let generation = self.write_guards(&opened, |transaction| {
            old.iter().try_for_each(|guard| transaction.delete_guard(&guard.id))?;
            transaction.put_guard(&new)
        })?;
        Ok((old.first().map(|guard| guard.id), generation))
    }

    /// Removes the guard of a kind. Returns its id, and the generation.
    ///
    /// # Errors
    /// [`Code::GuardMissing`]; [`Code::LastGuard`] for the last one that does not need this phone; those of
    /// [`Vault::unlock_with`].
    pub(crate) fn remove_guard(&mut self, root: &RootKey, kind: GuardKind) -> Result<(super::Id, u64)> {
        let (opened, _) = self.checked(root)?;
        let gone = self.guard(kind)?.id;
        let kinds: Vec<GuardKind> = self.guards()?.iter().map(Guard::kind).collect::<Result<_>>()?;
        if !kinds.iter().any(|other| *other != kind && other.travels()) {
            return Err(Code::LastGuard.error());
        }
        let generation = self.write_guards(&opened, |transaction| transaction.delete_guard(&gone))?;
        Ok((gone, generation))
    }

    /// The guards as they lie in the file; readable while locked.
    pub(crate) fn guards(&self) -> Result<Vec<Guard>> {
        Guard::rows(&self.connection)
    }

    /// The guard of a kind.
    ///
    /// # Errors
    /// [`Code::GuardMissing`]; [`Code::GuardParametersInvalid`] when there is none at all, so that nothing can open the
    /// vault, or when its header cannot be read.
    pub(crate) fn guard(&self, kind: GuardKind) -> Result<Guard> {
        let guards = self.guards()?;
        if guards.is_empty() {
            return Err(Code::GuardParametersInvalid.at("no guard"));
        }
        let mut damaged = None;
        for guard in guards {
            match guard.kind() {
                Ok(found) if found == kind => return Ok(guard),
                Ok(_) => {}
                Err(error) => damaged = Some(error),
            }
        }
        Err(damaged.unwrap_or_else(|| Code::GuardMissing.error()))
    }

    /// The keys, in a ring that nobody else has yet, and the generation.
    fn checked(&mut self, root: &RootKey) -> Result<(Keyring, u64)> {
        let opened = Keyring::holding(Keys::derive(&root.key, &self.id)?);
        migrations::migrate(&mut self.connection, self.id, &opened)?;
        let tx = begin(&mut self.connection, TransactionBehavior::Deferred)?;
        let mut transaction = Transaction::begin(tx, self.id, &opened)?;
        transaction.check_guard(&root.guard)?;
        let generation = transaction.end();
        Ok((opened, generation))
    }

    fn write_guards(
        &mut self,
        keyring: &Keyring,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<()>,
    ) -> Result<u64> {
        let tx = begin(&mut self.connection, TransactionBehavior::Immediate)?;
        let mut transaction = Transaction::begin(tx, self.id, keyring)?;
        work(&mut transaction)?;
        transaction.commit()
    }
}

/// Counts an attempt on disk, in a transaction that reads the newest count: other processes count, too.
fn count_attempt(
    connection: &mut rusqlite::Connection,
    guard: &Guard,
    count: impl FnOnce(Option<&[u8]>) -> Result<(Vec<u8>, u32)>,
) -> Result<u32> {
    let tx = begin(connection, TransactionBehavior::Immediate)?;
    let newest: Option<Vec<u8>> = tx
        .query_row("SELECT attempts FROM guard WHERE id = ?1", [guard.id], |row| row.get(0))
        .map_err(storage)?;
    let (counted, left) = count(newest.as_deref())?;
    tx.execute("UPDATE guard SET attempts = ?2 WHERE id = ?1", params![guard.id, counted])
        .map_err(storage)?;
    tx.commit().map_err(storage)?;
    Ok(left)
}
