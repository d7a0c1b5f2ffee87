//! Where the records of keys lie: loose until a copy has them, and again when none has them any more.

use super::MadeKey;
use crate::crypto::p256::PublicKey;
use crate::error::Result;
use crate::platform::CreatedKey;
use crate::vault::model::{KeyLife, LooseKey, StoredKey};
use crate::vault::{Id, Transaction};

pub(super) fn planned(alias: String, flow: Id) -> LooseKey {
    LooseKey(StoredKey { alias, life: KeyLife::Planned, made: None, flow: Some(flow) })
}

pub(super) fn made(alias: String, flow: Id, public: &PublicKey, created: &CreatedKey) -> LooseKey {
    let made = Some(MadeKey::new(public, created));
    LooseKey(StoredKey { alias, life: KeyLife::Live, made, flow: Some(flow) })
}

/// The record of a key, wherever it lies.
pub(super) fn find(transaction: &mut Transaction<'_>, id: &Id) -> Result<StoredKey> {
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
