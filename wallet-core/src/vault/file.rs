//! The SQLite file: schema, settings, opening and unlocking, and what SQLite's errors mean for us.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior, params};

use super::guard::{Guard, NewGuard};
use super::keyring::{Keyring, Keys};
use super::migrations;
use super::seal::{Id, Table};
use super::transaction::Transaction;
use crate::crypto::random;
use crate::crypto::secret::Key;
use crate::error::{Code, Result, WalletError};

/// Marks the file as ours (`PRAGMA application_id`): "WCv1".
const APPLICATION_ID: i32 = 0x5743_7631;
/// How long one writer waits for another process.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// An open vault file. Several processes may have it open; each write takes SQLite's write lock for its own duration
/// and none is held while anything is awaited.
pub(crate) struct Vault {
    pub(super) connection: Connection,
    pub(super) id: Id,
    pub(super) keyring: Keyring,
}

impl Vault {
    /// Makes a new vault, locked behind its first guard, and leaves it unlocked. Slow where a passphrase is stretched.
    ///
    /// # Errors
    /// [`Code::VaultExists`] when the file is there; [`Code::PassphraseTooShort`]; [`Code::StorageFailed`].
    pub(crate) fn create(path: &Path, first: NewGuard, keyring: Keyring) -> Result<Self> {
        Self::create_with(path, first, keyring, |_, _| Ok(())).map(|(vault, ())| vault)
    }

    /// As [`Vault::create`], with content: it is there with the vault, or neither is.
    ///
    /// # Errors
    /// Those of [`Vault::create`] and of `fill`.
    pub(crate) fn create_with<T>(
        path: &Path,
        first: NewGuard,
        keyring: Keyring,
        fill: impl FnOnce(&mut Transaction<'_>, &Id) -> Result<T>,
    ) -> Result<(Self, T)> {
        let (id, root) = (random::array()?, Key::random()?);
        let guard = Guard::new(&root, &id, first)?;
        create_private(path)?;
        let mut connection = connect(path)?;
        connection.pragma_update(None, "journal_mode", "WAL").map_err(storage)?;
        // One transaction makes the whole vault: a kill leaves an empty file, never half a vault.
        let tx = begin(&mut connection, TransactionBehavior::Exclusive)?;
        tx.execute_batch(&schema()).map_err(storage)?;
        tx.execute("INSERT INTO vault (one, id) VALUES (1, ?1)", params![id]).map_err(storage)?;
        let fresh = Keyring::holding(Keys::derive(&root, &id)?);
        let mut transaction = Transaction::begin_new(tx, id, &fresh);
        transaction.put_guard(&guard)?;
        let filled = fill(&mut transaction, &id)?;
        transaction.commit()?;
        keyring.adopt(&fresh);
        Ok((Self { connection, id, keyring }, filled))
    }

    /// Opens an existing vault, locked.
    ///
    /// # Errors
    /// [`Code::VaultMissing`], [`Code::VaultUnreadable`] when the file is not a vault, [`Code::VaultNewer`].
    pub(crate) fn open(path: &Path, keyring: Keyring) -> Result<Self> {
        if !path.exists() {
            return Err(Code::VaultMissing.error());
        }
        let connection = connect(path)?;
        let application: i32 =
            connection.pragma_query_value(None, "application_id", |row| row.get(0)).map_err(storage)?;
        if application != APPLICATION_ID {
            let unfinished = is_unfinished(&connection)?;
            let code = if unfinished { Code::VaultMissing } else { Code::VaultUnreadable };
            return Err(code.at("application id"));
        }
        migrations::format(&connection)?;
        let id = connection
            .query_row("SELECT id FROM vault WHERE one = 1", [], |row| row.get(0))
            .map_err(|_| Code::VaultUnreadable.at("vault id"))?;
        Ok(Self { connection, id, keyring })
    }

    /// The vault's random identifier.
    pub(crate) fn id(&self) -> &Id {
        &self.id
    }

    /// Where the keys are while unlocked.
    pub(crate) fn keyring(&self) -> &Keyring {
        &self.keyring
    }

    /// Reads from one consistent state.
    ///
    /// # Errors
    /// Those of `work`, and of the storage.
    pub(crate) fn read<T>(&mut self, work: impl FnOnce(&mut Transaction<'_>) -> Result<T>) -> Result<T> {
        let tx = begin(&mut self.connection, TransactionBehavior::Deferred)?;
        let mut transaction = Transaction::begin(tx, self.id, &self.keyring)?;
        let out = work(&mut transaction);
        transaction.end();
        out
    }

    /// Writes all or nothing; returns what `work` returned once it is on disk, and the generation.
    ///
    /// # Errors
    /// Those of `work`, and of the storage; then nothing was written.
    pub(crate) fn write<T>(
        &mut self,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<T>,
    ) -> Result<(T, u64)> {
        let tx = begin(&mut self.connection, TransactionBehavior::Immediate)?;
        let mut transaction = Transaction::begin(tx, self.id, &self.keyring)?;
        let out = work(&mut transaction)?;
        let generation = transaction.commit()?;
        Ok((out, generation))
    }

    /// Whether something was committed that may not be in the file yet, or was deleted and still lies beside it.
    pub(crate) fn has_log(&self) -> bool {
        let log = self.connection.path().map(|path| format!("{path}-wal"));
        log.and_then(|log| std::fs::metadata(log).ok()).is_some_and(|log| log.len() > 0)
    }

    /// Moves everything that was committed into the file and leaves nothing beside it, so that what was deleted is in
    /// neither; deleted content in the file is overwritten as it is deleted. Waits at most `wait` for other processes
    /// that are reading. Returns whether it was done: where one reads on, its next writer, or the last to close, does it.
    ///
    /// # Errors
    /// [`Code::StorageFailed`] and others of the storage; nothing is lost then.
    pub(crate) fn empty_log(&mut self, wait: Duration) -> Result<bool> {
        self.connection.busy_timeout(wait).map_err(storage)?;
        let busy =
            self.connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, bool>(0));
        self.connection.busy_timeout(BUSY_TIMEOUT).map_err(storage)?;
        match busy.map_err(storage) {
            Ok(busy) => Ok(!busy),
            Err(error) if error.code() == Code::VaultBusy => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Closes the file.
    ///
    /// # Errors
    /// Those of the storage; nothing is lost then.
    pub(crate) fn close(self) -> Result<()> {
        self.connection.close().map_err(|(_, error)| storage(error))
    }
}

/// What an SQLite error means. Its message never travels: it may quote a path or a statement.
pub(super) fn storage(error: rusqlite::Error) -> WalletError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Code::VaultBusy.error(),
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Code::VaultUnreadable.at("SQLite file"),
        Some(ErrorCode::DiskFull) => Code::StorageFailed.at("disk full"),
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
            Code::StorageFailed.at("not writable")
        }
        Some(ErrorCode::SystemIoFailure) => Code::StorageFailed.at("input or output"),
        // A column of the wrong type or a missing table: the file was edited.
        _ => Code::VaultUnreadable.at("SQLite content"),
    }
}

/// Makes the file, for its owner only; fails when a vault is there.
fn create_private(path: &Path) -> Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            if connect(path).and_then(|connection| is_unfinished(&connection)) == Ok(true) {
                Ok(())
            } else {
                Err(Code::VaultExists.error())
            }
        }
        Err(_) => Err(Code::StorageFailed.at("create file")),
    }
}

/// Whether the making of a vault was cut off here: nothing was ever committed, so there is nothing to lose.
fn is_unfinished(connection: &Connection) -> Result<bool> {
    // More than one page without a table is a vault whose first page was damaged, and all but that can be lost yet.
    let empty =
        "SELECT (SELECT count(*) FROM sqlite_schema) = 0 AND (SELECT page_count FROM pragma_page_count) <= 1";
    connection.query_row(empty, [], |row| row.get(0)).map_err(storage)
}

fn connect(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(storage)?;
    connection.busy_timeout(BUSY_TIMEOUT).map_err(storage)?;
    // FULL: a committed transaction survives a power cut. secure_delete: deleted content is overwritten.
    for (name, value) in
        [("synchronous", "FULL"), ("secure_delete", "ON"), ("foreign_keys", "ON"), ("trusted_schema", "OFF")]
    {
        connection.pragma_update(None, name, value).map_err(storage)?;
    }
    Ok(connection)
}

pub(super) fn begin(
    connection: &mut Connection,
    behavior: TransactionBehavior,
) -> Result<rusqlite::Transaction<'_>> {
    connection.transaction_with_behavior(behavior).map_err(storage)
}

/// What makes an empty vault of the newest format.
pub(super) fn schema() -> String {
    let mut sql = format!(
        "PRAGMA application_id = {APPLICATION_ID};
         PRAGMA user_version = {};
         CREATE TABLE vault (one INTEGER PRIMARY KEY CHECK (one = 1), id BLOB NOT NULL) STRICT;
         CREATE TABLE guard (id BLOB PRIMARY KEY, header BLOB NOT NULL, wrapped BLOB NOT NULL, attempts BLOB) STRICT;
         CREATE TABLE manifest (row INTEGER PRIMARY KEY, version INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT;
         CREATE TABLE history (sequence INTEGER PRIMARY KEY, sealed BLOB NOT NULL, digest BLOB) STRICT;",
        migrations::NEWEST
    );
    for table in Table::RECORDS {
        sql.push_str(&table.create());
    }
    sql
}
