//! The encrypted object (TS10 4.2 and 5): a compact JWE under the citizen's passphrase.

use super::data::MigrationData;
use crate::error::{Code, Result};
use crate::jose::pbes2;
use crate::limits;
use crate::vault::check_passphrase;

/// Encrypts under a new passphrase (UTF-8). Slow on purpose.
///
/// # Errors
/// [`Code::PassphraseTooShort`]; [`Code::BackupTooLarge`] when no wallet would take it.
pub fn seal(data: &MigrationData, passphrase: &[u8]) -> Result<String> {
    check_passphrase(passphrase)?;
    let object = pbes2::encrypt(passphrase, data.to_json().as_bytes())?;
    if object.len() > limits::MIGRATION_OBJECT {
        return Err(Code::BackupTooLarge.at("Migration Object"));
    }
    Ok(object)
}

/// Decrypts and reads an object of any wallet, at `now` (seconds since 1970). Slow.
///
/// # Errors
/// Those of [`pbes2::decrypt`] and of [`MigrationData::parse`].
pub fn open(object: &[u8], passphrase: &[u8], now: i64) -> Result<MigrationData> {
    if object.len() > limits::MIGRATION_OBJECT {
        return Err(Code::BackupTooLarge.at("Migration Object"));
    }
    if passphrase.len() > limits::PASSPHRASE_MAX {
        return Err(Code::BackupPassphraseWrong.error());
    }
    let compact = std::str::from_utf8(object).map_err(|_| Code::JweMalformed.error())?;
    MigrationData::parse(&pbes2::decrypt(compact.trim(), passphrase)?, now)
}
