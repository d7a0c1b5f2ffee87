//! The passphrase: from the environment, for scripts, or typed without an echo.

use std::io::IsTerminal;

use wallet_core::crypto::secret::SecretBytes;

use super::exit::Failure;
use crate::words::{Language, text};

/// The environment variable.
const VARIABLE: &str = "WALLET_PASSPHRASE";

/// Gets the passphrase; a new one is typed twice.
pub(super) fn get(new: bool, language: Language) -> Result<SecretBytes, Failure> {
    if let Ok(given) = std::env::var(VARIABLE) {
        return Ok(SecretBytes::new(given.into_bytes()));
    }
    if !std::io::stdin().is_terminal() {
        return Err(Failure::Usage(text("wallet.passphrase.missing", language)));
    }
    let typed = ask(if new { "wallet.passphrase.new" } else { "wallet.passphrase" }, language)?;
    if new && *typed != *ask("wallet.passphrase.again", language)? {
        return Err(Failure::Usage(text("wallet.passphrase.differ", language)));
    }
    Ok(typed)
}

fn ask(key: &str, language: Language) -> Result<SecretBytes, Failure> {
    rpassword::prompt_password(text(key, language) + " ")
        .map(|typed| SecretBytes::new(typed.into_bytes()))
        .map_err(|_| Failure::Usage(text("wallet.passphrase.missing", language)))
}
