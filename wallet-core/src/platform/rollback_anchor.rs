//! What tells an older copy of the whole vault from the newest.

use async_trait::async_trait;

use super::PortError;

/// A counter outside the vault's file and outside every backup: without it an older copy of the whole file cannot be
/// told from the newest.
#[cfg_attr(feature = "uniffi", uniffi::export(foreign))]
#[async_trait]
pub trait RollbackAnchor: Send + Sync {
    /// The stored generation of a vault (16 bytes of identifier); `None` when there is none yet.
    async fn get(&self, vault_id: Vec<u8>) -> Result<Option<u64>, PortError>;

    /// Sets the generation if it is still `expected`; returns whether it was.
    async fn compare_and_set(
        &self,
        vault_id: Vec<u8>,
        expected: Option<u64>,
        new: u64,
    ) -> Result<bool, PortError>;
}
