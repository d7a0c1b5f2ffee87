//! Bringing a vault of an older format to the newest: forward only, step by step, each step in one transaction, so that
//! a kill leaves the vault in one format or the other. It needs the keys, for the manifest is sealed, and so it happens
//! when the vault is unlocked.

mod to_2;

use rusqlite::{Connection, TransactionBehavior};

use super::file::{begin, storage};
use super::keyring::Keyring;
use super::rows::Rows;
use super::seal::Id;
use super::transaction::Transaction;
use crate::error::{Code, Result};

/// The newest format, which this library writes (`PRAGMA user_version`).
pub(super) const NEWEST: i32 = 2;

/// The steps, the first from format 1 to 2.
const STEPS: [for<'v> fn(Rows<'v>) -> Result<Transaction<'v>>; 1] = [to_2::migrate];

/// The format of a file.
///
/// # Errors
/// [`Code::VaultNewer`]; [`Code::VaultUnreadable`] when there never was such a format.
pub(super) fn format(connection: &Connection) -> Result<i32> {
    match connection.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(storage)? {
        known @ 1..=NEWEST => Ok(known),
        newer if newer > NEWEST => Err(Code::VaultNewer.error()),
        _ => Err(Code::VaultUnreadable.at("format")),
    }
}

/// Takes all the steps that are left.
///
/// # Errors
/// [`Code::ManifestDamaged`] and those of the storage; then the vault is in the format of the last step that was taken.
pub(super) fn migrate(connection: &mut Connection, vault: Id, keyring: &Keyring) -> Result<()> {
    for (from, step) in (1..).zip(STEPS) {
        if format(connection)? != from {
            continue;
        }
        let tx = begin(connection, TransactionBehavior::Immediate)?;
        // Another process may have been faster.
        if format(&tx)? == from {
            tx.pragma_update(None, "user_version", from + 1).map_err(storage)?;
            step(Rows::new(tx, vault, keyring))?.commit()?;
        }
    }
    Ok(())
}
