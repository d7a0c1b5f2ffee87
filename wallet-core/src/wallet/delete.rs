//! Deleting a credential: from the file, from what lies beside it, and from the secure area.

use super::open::Wallet;
use crate::credential::CredentialId;
use crate::error::Result;
use crate::vault::model::LooseKey;
use crate::vault::{Id, Transaction, delete};

/// What is left of a deleted credential. It cannot be shown any more in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Deletion {
    /// Nothing of it is left in the file or beside it. When `false`, another process was reading the wallet: its sealed
    /// bytes lie beside the file until that is over and the wallet is opened, closed or deletes something again.
    pub erased: bool,
    /// The secure area has deleted all its keys. When `false`, they are marked, and tried again at each unlock.
    pub keys_deleted: bool,
}

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Wallet {
    /// Deletes a credential with all its copies and keys. The history says that it was deleted and keeps what it says of
    /// earlier presentations. A request that is open can be answered with other credentials; a presentation of this one
    /// that is on its way ends as it ends.
    ///
    /// # Errors
    /// [`crate::Code::NotFound`], [`crate::Code::Locked`], and those of a damaged vault; then nothing is deleted.
    pub async fn delete(&self, id: CredentialId) -> Result<Deletion> {
        let at = self.context.now()?.0;
        let keys =
            self.context.vault.write(move |transaction| delete::delete(transaction, &id.0, at)).await?;
        self.context.credentials_changed();
        self.context.history_changed();
        // It is deleted. What fails from here on is made good at the next unlock, and told in what is returned.
        let synced = self.context.keys.sync().await.is_ok();
        let keys_deleted = synced && self.none_left(keys).await.unwrap_or(false);
        let erased = self.context.vault.erase().await.unwrap_or(false);
        Ok(Deletion { erased, keys_deleted })
    }
}

impl Wallet {
    async fn none_left(&self, keys: Vec<Id>) -> Result<bool> {
        let look = move |transaction: &mut Transaction<'_>| {
            for key in &keys {
                if transaction.find::<LooseKey>(key)?.is_some() {
                    return Ok(false);
                }
            }
            Ok(true)
        };
        self.context.vault.read(look).await
    }
}
