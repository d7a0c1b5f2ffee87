//! A credential with all that belongs to it, deleted in one transaction. Its keys lie in the secure area, where no
//! transaction reaches: they are marked here, and deleted afterwards.

use super::history::{self, HistoryEntry, HistoryEvent};
use super::loose_keys;
use super::model::{CopyContent, StoredCredential};
use super::seal::Id;
use super::transaction::Transaction;
use crate::credential::CredentialId;
use crate::credential::Summary;
use crate::error::Result;

/// Deletes a credential and all its copies, marks its keys, and says so in the history. Returns the keys.
///
/// # Errors
/// [`crate::Code::NotFound`]; those of a damaged vault.
pub(crate) fn delete(transaction: &mut Transaction<'_>, id: &Id, at: i64) -> Result<Vec<Id>> {
    let credential: StoredCredential = transaction.get(id)?;
    let mut keys = Vec::with_capacity(credential.copies.len());
    for copy in &credential.copies {
        transaction.delete::<CopyContent>(&copy.id)?;
        if loose_keys::loosen(transaction, &copy.key)? {
            keys.push(copy.key);
        }
    }
    transaction.delete::<Summary>(id)?;
    transaction.delete::<StoredCredential>(id)?;
    let event = HistoryEvent::CredentialDeleted {
        issuer: credential.issuer,
        credential: CredentialId(*id),
        type_id: credential.type_id,
    };
    history::append(transaction, &HistoryEntry { at, event })?;
    Ok(keys)
}
