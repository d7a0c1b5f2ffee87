//! Out of a vault. Pending flows stay, and with them keys that no credential has yet.

use super::container::BackupWriter;
use super::entry::{CopyEntry, CredentialEntry, Entry, KeyEntry, LoggedEntry};
use crate::credential::Summary;
use crate::error::{Code, Result};
use crate::keys::software_record;
use crate::trust::TrustAnchor;
use crate::vault::Transaction;
use crate::vault::history::{self, Chained};
use crate::vault::model::{CopyContent, KeyLife, Refusals, SoftwareKey, StoredCredential, StoredKey};
use crate::vault::moved::{ImportedHistory, Reissue};

/// What a backup holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct BackedUp {
    /// Credentials, whether or not their keys travel.
    pub credentials: u64,
    /// Credentials of which at least one key is in hardware and so is not in the backup: they will have to be issued again
    /// where it is restored, or come back with fewer copies.
    pub keys_stay: u64,
    /// Entries of history, each answer with its end as one.
    pub entries: u64,
}

/// Writes everything, from one consistent state.
///
/// # Errors
/// Those of a damaged vault; [`Code::StorageFailed`] when the backup cannot be written.
pub(crate) fn export(transaction: &mut Transaction<'_>, mut backup: BackupWriter) -> Result<BackedUp> {
    let mut travelling = std::collections::HashSet::new();
    for (id, key) in transaction.all::<StoredKey>()? {
        if key.life != KeyLife::Live || key.flow.is_some() {
            continue;
        }
        if let Some(secret) = transaction.find::<SoftwareKey>(&software_record(&key.alias))? {
            backup.put(&Entry::Key(KeyEntry { id, scalar: secret.scalar }))?;
            travelling.insert(id);
        }
    }
    let credentials = transaction.all::<StoredCredential>()?;
    let mut out = BackedUp { credentials: credentials.len() as u64, keys_stay: 0, entries: 0 };
    for (id, credential) in credentials {
        if credential.copies.iter().any(|copy| !travelling.contains(&copy.key)) {
            out.keys_stay += 1;
        }
        let summary: Summary = transaction.get(&id)?;
        backup.put(&Entry::Credential(Box::new(CredentialEntry { id, credential, summary })))?;
    }
    transaction.visit::<CopyContent>(|id, encoded| {
        let content = minicbor::decode(encoded).map_err(|_| Code::RecordDamaged.at("copy"))?;
        backup.put(&Entry::Copy(Box::new(CopyEntry { id: *id, content })))
    })?;
    for (_, anchor) in transaction.all::<TrustAnchor>()? {
        backup.put(&Entry::Anchor(Box::new(anchor)))?;
    }
    if let Some(refusals) = transaction.find::<Refusals>(&Refusals::ID)? {
        backup.put(&Entry::Refusals(refusals))?;
    }
    for chained in history::read(transaction)? {
        out.entries += u64::from(chained.stands_alone());
        let Chained { number, entry: Some(entry) } = chained else { continue };
        backup.put(&Entry::History(Box::new(LoggedEntry { number, entry })))?;
    }
    for (_, reissue) in transaction.all::<Reissue>()? {
        backup.put(&Entry::Reissue(reissue))?;
    }
    for (_, part) in transaction.all::<ImportedHistory>()? {
        backup.put(&Entry::Imported(part))?;
    }
    backup.end(&Entry::End)?;
    Ok(out)
}
