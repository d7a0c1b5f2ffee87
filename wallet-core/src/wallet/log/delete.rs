//! What the citizen deletes of the history.

use crate::error::Result;
use crate::vault::Transaction;
use crate::vault::history::{self, Doomed};
use crate::wallet::Wallet;

/// What was deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct HistoryDeletion {
    /// How many entries.
    pub count: u64,
    /// Nothing of them is left in the file or beside it but hashes. When `false`, another process was reading the wallet:
    /// their sealed bytes lie beside the file until that is over and the wallet is opened, closed or deletes something
    /// again.
    pub erased: bool,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Wallet {
    /// Deletes entries by their numbers, an answer together with how it ended. The history keeps that they were deleted,
    /// when, and their numbers; that entry stays.
    ///
    /// # Errors
    /// [`crate::Code::NotFound`] for a number that the history does not show; [`crate::Code::DeletionRecordStays`];
    /// [`crate::Code::AlreadySending`] for an answer that is on its way; [`crate::Code::HistoryBroken`];
    /// [`crate::Code::Locked`]. Then nothing is deleted.
    pub async fn delete_history(&self, numbers: &[u64]) -> Result<HistoryDeletion> {
        self.forget(Doomed::Numbers(numbers.iter().copied().collect())).await
    }

    /// Deletes all entries but those that say what was deleted, and what is known of refusals of unknown senders.
    ///
    /// # Errors
    /// As [`Wallet::delete_history`].
    pub async fn delete_whole_history(&self) -> Result<HistoryDeletion> {
        self.forget(Doomed::All).await
    }
}

impl Wallet {
    async fn forget(&self, doomed: Doomed) -> Result<HistoryDeletion> {
        let at = self.context.now()?.0;
        let forget = move |transaction: &mut Transaction<'_>| history::delete(transaction, &doomed, at);
        let count = self.context.vault.write(forget).await?;
        self.context.history_changed();
        // They are deleted. What fails from here on is made good at the next unlock, and told in what is returned.
        let erased = self.context.vault.erase().await.unwrap_or(false);
        Ok(HistoryDeletion { count, erased })
    }
}
