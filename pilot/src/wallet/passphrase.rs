//! The passphrases of the wallet and of its files: from the environment, for scripts, or typed without an echo.

use std::io::IsTerminal;

use wallet_core::crypto::secret::SecretBytes;

use super::exit::Failure;
use crate::words::{Language, text};

/// What a passphrase is for: the environment variable, and the questions.
struct Kind {
    variable: &'static str,
    question: &'static str,
    question_new: &'static str,
    missing: &'static str,
}

const WALLET: Kind = Kind {
    variable: "WALLET_PASSPHRASE",
    question: "wallet.passphrase",
    question_new: "wallet.passphrase.new",
    missing: "wallet.passphrase.missing",
};

const FILE: Kind = Kind {
    variable: "BACKUP_PASSPHRASE",
    question: "wallet.file.passphrase",
    question_new: "wallet.file.passphrase.new",
    missing: "wallet.file.passphrase.missing",
};

/// Gets the wallet's passphrase; a new one is typed twice.
pub(super) fn get(new: bool, language: Language) -> Result<SecretBytes, Failure> {
    WALLET.get(new, language)
}

/// Gets the passphrase of a backup or a file for moving; a new one is typed twice.
pub(super) fn of_file(new: bool, language: Language) -> Result<SecretBytes, Failure> {
    FILE.get(new, language)
}

impl Kind {
    fn get(&self, new: bool, language: Language) -> Result<SecretBytes, Failure> {
        if let Ok(given) = std::env::var(self.variable) {
            return Ok(SecretBytes::new(given.into_bytes()));
        }
        if !std::io::stdin().is_terminal() {
            return Err(self.missing(language));
        }
        let typed = self.ask(if new { self.question_new } else { self.question }, language)?;
        if new && *typed != *self.ask("wallet.passphrase.again", language)? {
            return Err(Failure::Usage(text("wallet.passphrase.differ", language)));
        }
        Ok(typed)
    }

    fn ask(&self, key: &str, language: Language) -> Result<SecretBytes, Failure> {
        rpassword::prompt_password(text(key, language) + " ")
            .map(|typed| SecretBytes::new(typed.into_bytes()))
            .map_err(|_| self.missing(language))
    }

    fn missing(&self, language: Language) -> Failure {
        Failure::Usage(text(self.missing, language))
    }
}
