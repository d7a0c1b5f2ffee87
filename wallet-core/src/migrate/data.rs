//! `MigrationData` (TS10 3.18): what is in the object.

use serde_json::{Value, json};

use super::{credential, fields, transaction};
use crate::error::{Code, Result};
use crate::json;
use crate::limits;
use crate::vault::moved::{PastTransaction, Reissue};

/// What one wallet tells another. Nothing of it is verified: it is a file that anybody may have made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MigrationData {
    /// What to ask for again (`listOfCredentials`).
    pub credentials: Vec<Reissue>,
    /// The other wallet's history (`transactionLog`).
    pub transactions: Vec<PastTransaction>,
    /// How many credentials without device binding came along (`nonDeviceBoundCredentials`). This wallet cannot hold any:
    /// it keeps only what it has a key for.
    pub not_device_bound: usize,
}

impl MigrationData {
    /// Reads the JSON text, at `now` (seconds since 1970).
    ///
    /// # Errors
    /// [`Code::MigrationInvalid`] and [`Code::BackupTooLarge`] at the member that is wrong; those of JSON.
    pub fn parse(text: &[u8], now: i64) -> Result<Self> {
        if text.len() > limits::MIGRATION_OBJECT {
            return Err(Code::BackupTooLarge.at("MigrationData"));
        }
        let object = json::parse_object(text, "MigrationData")?;
        let credentials = fields::list(&object, "listOfCredentials", limits::MIGRATION_CREDENTIALS)?;
        let transactions = fields::list(&object, "transactionLog", limits::MIGRATION_TRANSACTIONS)?;
        // Since version 1.1; an object of version 1.0 has no such member.
        let unbound = match object.get("nonDeviceBoundCredentials") {
            None => &[],
            Some(_) => fields::list(&object, "nonDeviceBoundCredentials", limits::MIGRATION_CREDENTIALS)?,
        };
        unbound.iter().try_for_each(check_unbound)?;
        Ok(Self {
            credentials: credentials.iter().map(|one| credential::read(one, now)).collect::<Result<_>>()?,
            transactions: transactions
                .iter()
                .map(|one| transaction::read(one, now))
                .collect::<Result<_>>()?,
            not_device_bound: unbound.len(),
        })
    }

    /// Writes the JSON text.
    #[must_use]
    pub fn to_json(&self) -> String {
        let transactions: Vec<Value> = self.transactions.iter().map(transaction::write).collect();
        let credentials: Vec<Value> = self.credentials.iter().map(credential::write).collect();
        json!({
            "transactionLog": transactions,
            "listOfCredentials": credentials,
            "nonDeviceBoundCredentials": [],
        })
        .to_string()
    }
}

/// `NonDeviceBoundCredential` (TS10 3.19.13). Its content is looked at no further.
fn check_unbound(value: &Value) -> Result<()> {
    let object = fields::object(value, "nonDeviceBoundCredentials")?;
    let format = fields::required(object, "format")?;
    let credential = object.get("credential").is_some_and(|one| one.is_string() || one.is_object());
    if credential::is_format(&format) && credential {
        Ok(())
    } else {
        Err(fields::invalid("nonDeviceBoundCredentials"))
    }
}

#[cfg(test)]
mod tests;
