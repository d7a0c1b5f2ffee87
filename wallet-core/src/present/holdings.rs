//! What the wallet holds, for the query engine: the index over all summaries, and single values where a query needs
//! them.

use std::cell::RefCell;
use std::sync::Arc;

use serde_json::Value;

use super::dcql::{Holdings, Index};
use crate::credential::path::ClaimLocation;
use crate::credential::{self, Claim, CredentialId, Summary};
use crate::error::{Code, Result};
use crate::vault::Transaction;
use crate::vault::damage::is_damage;
use crate::vault::model::{CopyContent, StoredCredential};

/// The vault's credentials within one transaction.
pub(super) struct VaultHoldings<'t, 'v> {
    index: Arc<Index>,
    transaction: RefCell<&'t mut Transaction<'v>>,
}

impl<'t, 'v> VaultHoldings<'t, 'v> {
    /// With the index in memory, or built from the summaries and kept for the next query.
    pub(super) fn new(transaction: &'t mut Transaction<'v>) -> Result<Self> {
        let index = match transaction.cached_index() {
            Some(index) => index,
            None => {
                let index = match whole_index(transaction) {
                    Err(error) if is_damage(&error) => readable_index(transaction)?,
                    index => index?,
                };
                transaction.cache_index(index)
            }
        };
        Ok(Self { index, transaction: RefCell::new(transaction) })
    }
}

impl Holdings for VaultHoldings<'_, '_> {
    fn index(&self) -> &Index {
        &self.index
    }

    fn value(&self, credential: CredentialId, location: &ClaimLocation) -> Result<Option<Value>> {
        value(&mut self.transaction.borrow_mut(), credential, location)
    }
}

/// The value of one claim of a credential; none where it has no such claim.
///
/// # Errors
/// [`Code::NotFound`], and those of a damaged vault.
pub(super) fn value(
    transaction: &mut Transaction<'_>,
    credential: CredentialId,
    location: &ClaimLocation,
) -> Result<Option<Value>> {
    let stored: StoredCredential = transaction.get(&credential.0)?;
    let content = content(transaction, &stored)?;
    credential::claim_value(&content.bytes, &content.layout, location)
}

/// One claim of a credential, for a screen; none where it has no such claim.
///
/// # Errors
/// As [`value`].
pub(super) fn claim(
    transaction: &mut Transaction<'_>,
    credential: CredentialId,
    location: ClaimLocation,
) -> Result<Option<Arc<Claim>>> {
    let stored: StoredCredential = transaction.get(&credential.0)?;
    let value = value(transaction, credential, &location)?;
    Ok(value.map(|value| Arc::new(Claim::new(&stored.type_id, location, value))))
}

fn whole_index(transaction: &mut Transaction<'_>) -> Result<Index> {
    let mut index = Index::default();
    transaction.visit::<Summary>(|_, encoded| index.add_encoded(encoded))?;
    Ok(index)
}

/// Of what can be read where something is damaged: the rest can still be shown.
fn readable_index(transaction: &mut Transaction<'_>) -> Result<Index> {
    let mut index = Index::default();
    for (_, summary) in transaction.readable::<Summary>()?.records {
        index.add(&summary)?;
    }
    Ok(index)
}

/// What a credential says: all its copies say the same, so the first that is whole will do.
///
/// # Errors
/// [`Code::NotFound`], and those of a damaged vault.
pub(crate) fn content(transaction: &mut Transaction<'_>, stored: &StoredCredential) -> Result<CopyContent> {
    let mut outcome = Err(Code::NotFound.at("copy"));
    for copy in &stored.copies {
        outcome = transaction.get(&copy.id);
        if !outcome.as_ref().is_err_and(is_damage) {
            break;
        }
    }
    outcome
}
