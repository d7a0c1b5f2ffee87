//! Moving house: to another wallet, and from one; what is left to be asked for again.

use super::open::Wallet;
use crate::credential::CredentialId;
use crate::crypto::secret::SecretBytes;
use crate::error::Result;
use crate::migrate::{self, MovedIn, MovedOut};
use crate::vault::Transaction;
use crate::vault::moved::{self, PastTransaction, Reissue, ReissueEntry};

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Wallet {
    /// Makes the object that takes to another wallet what may move (EUDI TS10): which credentials to ask whom for again,
    /// and the history. No key and no value of a claim is in it. The passphrase (UTF-8) is one of its own.
    ///
    /// # Errors
    /// [`crate::Code::PassphraseTooShort`], [`crate::Code::BackupTooLarge`], [`crate::Code::Locked`], and those of a
    /// damaged vault.
    pub async fn export_migration(&self, passphrase: SecretBytes) -> Result<MovedOut> {
        crate::vault::check_passphrase(&passphrase)?;
        let (vault, now) = (*self.context.vault.id(), self.context.now()?.0);
        let collect = move |transaction: &mut Transaction<'_>| migrate::collect(transaction, &vault, now);
        let (data, left_out) = self.context.vault.write(collect).await?;
        self.context.history_changed();
        let (credentials, transactions) = (data.credentials.len() as u64, data.transactions.len() as u64);
        let object = self.context.vault.aside(move || migrate::seal(&data, &passphrase)).await?;
        Ok(MovedOut { object, credentials, transactions, left_out })
    }

    /// Takes over the object of another wallet: its credentials go on the list of what to ask for again, its history is
    /// kept apart from this wallet's own. The same object again changes nothing.
    ///
    /// # Errors
    /// [`crate::Code::BackupPassphraseWrong`], [`crate::Code::MigrationInvalid`] and others of an object that breaks a
    /// rule; then nothing is taken over. [`crate::Code::Locked`].
    pub async fn import_migration(&self, object: Vec<u8>, passphrase: SecretBytes) -> Result<MovedIn> {
        let now = self.context.now()?.0;
        let data = self.context.vault.aside(move || migrate::open(&object, &passphrase, now)).await?;
        let take_over = move |transaction: &mut Transaction<'_>| migrate::take_over(transaction, data, now);
        let moved = self.context.vault.write(take_over).await?;
        self.context.credentials_changed();
        self.context.history_changed();
        Ok(moved)
    }

    /// What to ask for again: credentials of another wallet, and ones that a backup could not bring back whole. An entry
    /// goes when its credential is kept, or is dismissed. Sorted by type.
    ///
    /// # Errors
    /// [`crate::Code::Locked`], and those of a damaged vault.
    pub async fn to_reissue(&self) -> Result<Vec<ReissueEntry>> {
        let list = |transaction: &mut Transaction<'_>| transaction.all::<Reissue>();
        let all = self.context.vault.read(list).await?;
        let entry = |(id, reissue)| ReissueEntry { id: CredentialId(id), reissue };
        let mut entries: Vec<ReissueEntry> = all.into_iter().map(entry).collect();
        entries.sort_by(|a, b| {
            (&a.reissue.type_id, &a.reissue.format, a.id).cmp(&(&b.reissue.type_id, &b.reissue.format, b.id))
        });
        Ok(entries)
    }

    /// Takes an entry from that list without asking for its credential.
    ///
    /// # Errors
    /// [`crate::Code::NotFound`], [`crate::Code::Locked`].
    pub async fn dismiss_reissue(&self, id: CredentialId) -> Result<()> {
        self.context.vault.write(move |transaction| moved::dismiss(transaction, &id.0)).await?;
        self.context.credentials_changed();
        Ok(())
    }

    /// The histories of other wallets that were taken over, the oldest entry first. This wallet verified nothing of it.
    ///
    /// # Errors
    /// [`crate::Code::Locked`], and those of a damaged vault.
    pub async fn imported_history(&self) -> Result<Vec<PastTransaction>> {
        self.context.vault.read(moved::imported).await
    }
}
