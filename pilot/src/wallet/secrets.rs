//! What opens the wallet: from the environment, for scripts, or typed without an echo.

use std::io::IsTerminal;

use wallet_core::Unlock;
use wallet_core::crypto::secret::SecretBytes;

use super::exit::Failure;
use crate::words::{Language, filled, text};

/// A secret that the command line may need: its environment variable, and what asks for it in the catalogue.
struct Wanted {
    variable: &'static str,
    question: &'static str,
    again: bool,
}

/// Something that opens the wallet now: a recovery key or a PIN when the environment has one, else the passphrase.
pub(super) fn unlock(language: Language) -> Result<Unlock, Failure> {
    if let Some(key) = given("WALLET_RECOVERY_KEY") {
        return Ok(Unlock::RecoveryKey(key));
    }
    if let Some(pin) = given("WALLET_PIN") {
        return Ok(Unlock::Pin(pin));
    }
    let wanted = Wanted { variable: "WALLET_PASSPHRASE", question: "wallet.passphrase", again: false };
    wanted.get(language).map(Unlock::Passphrase)
}

/// The passphrase of a wallet that is made.
pub(super) fn first_passphrase(language: Language) -> Result<SecretBytes, Failure> {
    Wanted { variable: "WALLET_PASSPHRASE", question: "wallet.passphrase.new", again: true }.get(language)
}

/// A passphrase for the future.
pub(super) fn new_passphrase(language: Language) -> Result<SecretBytes, Failure> {
    Wanted { variable: "WALLET_NEW_PASSPHRASE", question: "wallet.passphrase.new", again: true }.get(language)
}

/// The passphrase of a backup, or of a file from another wallet.
pub(super) fn of_file(language: Language) -> Result<SecretBytes, Failure> {
    Wanted { variable: "BACKUP_PASSPHRASE", question: "wallet.file.passphrase", again: false }.get(language)
}

/// The passphrase of a file that is made.
pub(super) fn of_new_file(language: Language) -> Result<SecretBytes, Failure> {
    Wanted { variable: "BACKUP_PASSPHRASE", question: "wallet.file.passphrase.new", again: true }
        .get(language)
}

/// A PIN for the future.
pub(super) fn new_pin(language: Language) -> Result<SecretBytes, Failure> {
    Wanted { variable: "WALLET_NEW_PIN", question: "wallet.pin.new", again: true }.get(language)
}

impl Wanted {
    /// Gets it; what is new is typed twice.
    fn get(&self, language: Language) -> Result<SecretBytes, Failure> {
        if let Some(secret) = given(self.variable) {
            return Ok(secret);
        }
        let missing =
            || Failure::Usage(filled("wallet.secret.missing", &[("variable", self.variable)], language));
        if !std::io::stdin().is_terminal() {
            return Err(missing());
        }
        let typed = ask(self.question, language).ok_or_else(missing)?;
        if self.again && *typed != *ask("wallet.secret.again", language).ok_or_else(missing)? {
            return Err(Failure::Usage(text("wallet.secret.differ", language)));
        }
        Ok(typed)
    }
}

fn given(variable: &str) -> Option<SecretBytes> {
    std::env::var(variable).ok().map(|given| SecretBytes::new(given.into_bytes()))
}

fn ask(question: &str, language: Language) -> Option<SecretBytes> {
    let typed = rpassword::prompt_password(text(question, language) + " ").ok()?;
    Some(SecretBytes::new(typed.into_bytes()))
}
