//! Signing for one action.

use std::sync::Arc;

use crate::crypto::p256::Signature;
use crate::error::Result;
use crate::platform::KeySession;
use crate::vault::{Id, VaultWorker, loose_keys};

/// Signs for one action.
pub(crate) struct Session {
    area: Arc<dyn KeySession>,
    vault: VaultWorker,
}

impl Session {
    pub(super) fn new(area: Arc<dyn KeySession>, vault: VaultWorker) -> Self {
        Self { area, vault }
    }

    /// ES256 over `message` with the key of this record.
    ///
    /// # Errors
    /// [`crate::Code::KeyUnavailable`] when the key is gone; [`crate::Code::PromptCancelled`];
    /// [`crate::Code::SignatureMalformed`] when the secure area gives something else than a DER signature.
    pub(crate) async fn sign(&self, key: Id, message: Vec<u8>) -> Result<Signature> {
        let alias =
            self.vault.read(move |transaction| Ok(loose_keys::find(transaction, &key)?.alias)).await?;
        Signature::from_der(&self.area.sign(alias, message).await?)
    }

    /// Ends the session.
    pub(crate) async fn end(self) {
        // Whether it could be ended changes nothing for who used it.
        drop(self.area.end().await);
    }
}
