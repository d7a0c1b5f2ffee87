//! Into a new vault. Whoever restores a backup may have used its credentials after it was made, here or elsewhere, so no
//! copy counts as never shown, and copies that may be shown once only count as used up.

use std::collections::{HashMap, HashSet};

use super::container::BackupReader;
use super::entry::{CredentialEntry, Entry, KeyEntry, LoggedEntry};
use crate::crypto::p256::SecretKey;
use crate::error::{Code, Result};
use crate::keys::{alias, software_record};
use crate::migrate::reissue;
use crate::platform::{KeyAuthentication, KeyLevel};
use crate::vault::history::{self, HistoryEntry, HistoryEvent, Move};
use crate::vault::model::{CopyUse, KeyLife, MadeKey, Refusals, SoftwareKey, StoredKey};
use crate::vault::moved::{self, ReissueReason};
use crate::vault::reuse::ReuseMethod;
use crate::vault::{Id, Transaction};

/// What came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Restored {
    /// Credentials that are in the wallet again.
    pub credentials: u64,
    /// Credentials that are to be asked for again: without keys, or shown once only.
    pub to_reissue: u64,
    /// Entries of history, each answer with its end as one.
    pub entries: u64,
}

/// Fills a new vault. `software_keys` says whether keys in the vault are of use here: where the platform has a secure area of
/// its own they are not.
///
/// # Errors
/// [`Code::BackupDamaged`] and others of a backup that does not fit together; then there is no new vault.
pub(crate) fn restore(
    transaction: &mut Transaction<'_>,
    vault: &Id,
    mut backup: BackupReader,
    software_keys: bool,
    now: i64,
) -> Result<Restored> {
    let mut work = Restoration { vault: *vault, now, ..Restoration::default() };
    let mut whole = false;
    while let Some(entry) = backup.next()? {
        match entry {
            Entry::Key(key) if software_keys => drop(work.keys.insert(key.id, key)),
            Entry::Key(_) => {}
            Entry::Credential(credential) => work.credential(transaction, *credential)?,
            Entry::Copy(copy) => {
                if work.copies.remove(&copy.id) {
                    transaction.put(&copy.id, &copy.content)?;
                }
            }
            Entry::Anchor(anchor) => drop(transaction.insert(&*anchor)?),
            Entry::Refusals(refusals) => transaction.put(&Refusals::ID, &refusals)?,
            Entry::History(logged) => work.logged(transaction, *logged)?,
            Entry::Reissue(reissue) => work.ask_again(transaction, &reissue)?,
            Entry::Imported(part) => drop(transaction.insert(&part)?),
            Entry::End => whole = true,
        }
    }
    if !whole || !work.copies.is_empty() {
        return Err(Code::BackupDamaged.at("incomplete"));
    }
    let Restored { credentials, entries, .. } = work.out;
    let event = HistoryEvent::Moved { how: Move::Restored, credentials, entries };
    history::append(transaction, &HistoryEntry { at: now, event })?;
    Ok(work.out)
}

/// What has been read so far.
#[derive(Default)]
struct Restoration {
    vault: Id,
    now: i64,
    /// Keys that no copy has claimed yet.
    keys: HashMap<Id, KeyEntry>,
    /// Credentials that were read.
    seen: HashSet<Id>,
    /// Copies whose content is still to come.
    copies: HashSet<Id>,
    /// Entries of the history: the old number and the new one.
    numbers: HashMap<u64, u64>,
    out: Restored,
}

impl Restoration {
    fn credential(&mut self, transaction: &mut Transaction<'_>, entry: CredentialEntry) -> Result<()> {
        let CredentialEntry { id, mut credential, summary } = entry;
        if summary.credential.0 != id || !self.seen.insert(id) {
            return Err(Code::BackupDamaged.at("credential"));
        }
        let mut kept = Vec::with_capacity(credential.copies.len());
        for mut copy in std::mem::take(&mut credential.copies) {
            if copy.state == CopyUse::Retired {
                continue;
            }
            // Each key serves one copy; a copy whose key is not here is of no use.
            let Some(key) = self.keys.remove(&copy.key) else { continue };
            self.key(transaction, &key)?;
            if !self.copies.insert(copy.id) {
                return Err(Code::BackupDamaged.at("copy"));
            }
            copy.state = CopyUse::Spent;
            copy.uses = copy.uses.max(1);
            kept.push(copy);
        }
        credential.copies = kept;
        let reason = match (credential.copies.is_empty(), credential.reuse().method) {
            (true, _) => Some(ReissueReason::KeyStayed),
            (false, ReuseMethod::OnceOnly) => Some(ReissueReason::OnceOnly),
            (false, _) => None,
        };
        if let Some(reason) = reason {
            self.ask_again(transaction, &reissue(&credential, self.now, reason))?;
        }
        if !credential.copies.is_empty() {
            transaction.put(&id, &credential)?;
            transaction.put(&id, &summary)?;
            self.out.credentials += 1;
        }
        Ok(())
    }

    /// Keys get the names of the new vault: nothing here ever touches what belongs to the old one.
    fn key(&self, transaction: &mut Transaction<'_>, key: &KeyEntry) -> Result<()> {
        let secret = SecretKey::from_bytes(&key.scalar).map_err(|_| Code::BackupDamaged.at("key"))?;
        let alias = alias(&self.vault, &key.id);
        transaction.put(&software_record(&alias), &SoftwareKey { scalar: key.scalar })?;
        let stored = StoredKey {
            alias,
            life: KeyLife::Live,
            made: Some(MadeKey {
                public_key: secret.public_key().to_sec1().to_vec(),
                level: KeyLevel::Software,
                user_authentication: false,
                authentication: Some(KeyAuthentication::VaultOnly),
            }),
            flow: None,
        };
        transaction.put(&key.id, &stored)
    }

    fn logged(&mut self, transaction: &mut Transaction<'_>, logged: LoggedEntry) -> Result<()> {
        let LoggedEntry { number, mut entry } = logged;
        match &mut entry.event {
            HistoryEvent::Outcome { of, .. } => match self.numbers.get(of) {
                Some(here) => *of = *here,
                // The end of an answer that the citizen deleted says nothing.
                None => return Ok(()),
            },
            // The numbers are those of the old chain; here nothing is missing.
            HistoryEvent::EntriesDeleted { numbers, .. } => {
                numbers.clear();
                self.out.entries += 1;
            }
            _ => self.out.entries += 1,
        }
        self.numbers.insert(number, history::append(transaction, &entry)?);
        Ok(())
    }

    fn ask_again(&mut self, transaction: &mut Transaction<'_>, reissue: &moved::Reissue) -> Result<()> {
        if moved::ask_again(transaction, reissue)? {
            self.out.to_reissue += 1;
        }
        Ok(())
    }
}
