//! What is damaged, for the citizen to know and for support to ask.

use super::open::Wallet;
use crate::error::Result;
use crate::vault::damage::is_damage;
use crate::vault::{self, Checkup};

#[cfg_attr(feature = "uniffi", uniffi::export)]
impl Wallet {
    /// Looks at everything in the vault: the file, the manifest, every record, guards and history. Slow in a large
    /// vault. Says what is damaged without saying what was in it, and changes nothing.
    ///
    /// # Errors
    /// [`crate::Code::Locked`], and those of the storage; damage is no error.
    pub async fn check(&self) -> Result<Checkup> {
        match self.context.vault.read(vault::check).await {
            // The root of the manifest: without it nothing can be proven.
            Err(error) if is_damage(&error) => Ok(Checkup::hopeless(error.code())),
            checkup => checkup,
        }
    }
}
