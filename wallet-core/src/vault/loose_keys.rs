//! Where the records of keys lie: loose until a copy has them, and again when none has them any more.

use super::model::{KeyLife, LooseKey, StoredKey};
use super::seal::Id;
use super::transaction::Transaction;
use crate::error::Result;

/// The record of a key, wherever it lies.
///
/// # Errors
/// [`crate::Code::NotFound`], and those of the vault.
pub(crate) fn find(transaction: &mut Transaction<'_>, id: &Id) -> Result<StoredKey> {
    match transaction.find::<StoredKey>(id)? {
        Some(key) => Ok(key),
        None => transaction.get::<LooseKey>(id).map(|LooseKey(key)| key),
    }
}

/// From now on the key belongs to a copy, not to a flow that may be given up.
///
/// # Errors
/// [`crate::Code::NotFound`], and those of the vault.
pub(crate) fn own(transaction: &mut Transaction<'_>, id: &Id) -> Result<()> {
    let LooseKey(mut key) = transaction.get(id)?;
    key.flow = None;
    transaction.delete::<LooseKey>(id)?;
    transaction.put(id, &key)
}

/// From now on nobody needs the key, and the next look at loose keys deletes it. Returns whether it was there.
///
/// # Errors
/// Those of the vault.
pub(crate) fn loosen(transaction: &mut Transaction<'_>, id: &Id) -> Result<bool> {
    let Some(mut key) = transaction.find::<StoredKey>(id)? else { return Ok(false) };
    key.life = KeyLife::Deleting;
    transaction.delete::<StoredKey>(id)?;
    transaction.put(id, &LooseKey(key))?;
    Ok(true)
}
