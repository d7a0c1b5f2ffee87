//! Parts of what the wallet does, for benches: unlocking in two halves, since the derivation is slow on purpose and would hide
//! what comes after it, and a scan. An app has no use for them, and a build without the feature `bench` does not have them.

use std::sync::Arc;

use super::open::{Wallet, settle};
use crate::credential::Summary;
use crate::crypto::secret::SecretBytes;
use crate::error::Result;
use crate::vault::{self, Transaction};

/// The root key of a vault, to unlock with and for nothing else: what is in it cannot be read.
#[derive(Clone)]
pub struct RootKey(Arc<vault::RootKey>);

impl Wallet {
    /// The first half of [`Wallet::unlock`]: the root key behind a passphrase.
    ///
    /// # Errors
    /// [`crate::Code::PassphraseWrong`], and those of a damaged vault.
    pub async fn root_key(&self, passphrase: SecretBytes) -> Result<RootKey> {
        self.context
            .vault
            .root_key(vault::Opening::Passphrase(passphrase))
            .await
            .map(|root| RootKey(Arc::new(root)))
    }

    /// The second half of [`Wallet::unlock`]: everything after the root key.
    ///
    /// # Errors
    /// Those of [`Wallet::unlock`], but for a wrong passphrase.
    pub async fn unlock_with(&self, root: &RootKey) -> Result<()> {
        let settled = self.context.vault.unlock_with(root.0.clone(), settle(&self.context)).await?;
        self.settled(settled).await
    }

    /// Opens all records that queries look at, holds them against the manifest, and makes nothing of them: what scanning
    /// costs by itself. Returns their length in bytes.
    ///
    /// # Errors
    /// [`crate::Code::Locked`], and those of a damaged vault.
    pub async fn scan(&self) -> Result<usize> {
        let scan = |transaction: &mut Transaction<'_>| {
            let mut length = 0;
            transaction.visit::<Summary>(|_, encoded| {
                length += encoded.len();
                Ok(())
            })?;
            Ok(length)
        };
        self.context.vault.read(scan).await
    }
}
