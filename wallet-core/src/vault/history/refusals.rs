//! Refusals of requests and offers whose sender is not known.

use crate::error::{Code, Result};
use crate::limits;
use crate::vault::model::Refusals;
use crate::vault::transaction::Transaction;

/// Notes the refusal of a request or offer whose sender is not known: time and code only, the oldest folded into a count, so
/// that nobody can flood the history from outside.
///
/// # Errors
/// When the storage fails or the vault was locked.
pub(crate) fn note_refusal(transaction: &mut Transaction<'_>, at: i64, code: Code) -> Result<()> {
    let mut refusals: Refusals = transaction.find(&Refusals::ID)?.unwrap_or_default();
    refusals.recent.push((at, code as u16));
    let surplus = refusals.recent.len().saturating_sub(limits::UNAUTHENTICATED_REFUSALS);
    refusals.recent.drain(..surplus);
    refusals.folded += u64::try_from(surplus).unwrap_or(0);
    transaction.put(&Refusals::ID, &refusals)
}
