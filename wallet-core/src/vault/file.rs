//! The SQLite file: schema, settings, opening and unlocking, and what SQLite's errors mean for us.

use std::path::Path;

use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior, params};

use super::guard::{Guard, RootKey};
use super::keyring::{Keyring, Keys};
use super::migrations;
use super::seal::{self, Id, Table};
use super::transaction::Transaction;
use crate::crypto::random;
use crate::crypto::secret::Key;
use crate::error::{Code, Result, WalletError};

/// Marks the file as ours (`PRAGMA application_id`): "WCv1".
const APPLICATION_ID: i32 = 0x5743_7631;
/// How long one writer waits for another process, in milliseconds.
const BUSY_TIMEOUT_MS: u32 = 5_000;

/// An open vault file. Several processes may have it open; each write takes SQLite's write lock for its own duration
/// and none is held while anything is awaited.
pub(crate) struct Vault {
    connection: Connection,
    id: Id,
    keyring: Keyring,
}

impl Vault {
    /// Makes a new vault, locked behind a passphrase, and leaves it unlocked. Slow: Argon2id.
    ///
    /// # Errors
    /// [`Code::VaultExists`] when the file is there; [`Code::PassphraseTooShort`]; [`Code::StorageFailed`].
    pub(crate) fn create(path: &Path, passphrase: &[u8], keyring: Keyring) -> Result<Self> {
        Self::create_with(path, passphrase, keyring, |_, _| Ok(())).map(|(vault, ())| vault)
    }

    /// As [`Vault::create`], with content: it is there with the vault, or neither is.
    ///
    /// # Errors
    /// Those of [`Vault::create`] and of `fill`.
    pub(crate) fn create_with<T>(
        path: &Path,
        passphrase: &[u8],
        keyring: Keyring,
        fill: impl FnOnce(&mut Transaction<'_>, &Id) -> Result<T>,
    ) -> Result<(Self, T)> {
        let (id, root) = (random::array()?, Key::random()?);
        let guard = Guard::passphrase(&root, &id, passphrase)?;
        create_private(path)?;
        let mut connection = connect(path)?;
        connection.pragma_update(None, "journal_mode", "WAL").map_err(storage)?;
        // One transaction makes the whole vault: a kill leaves an empty file, never half a vault.
        let tx = begin(&mut connection, TransactionBehavior::Exclusive)?;
        tx.execute_batch(&schema()).map_err(storage)?;
        tx.execute("INSERT INTO vault (one, id) VALUES (1, ?1)", params![id]).map_err(storage)?;
        tx.execute(
            "INSERT INTO guard (id, header, wrapped) VALUES (?1, ?2, ?3)",
            params![guard.id, guard.header, guard.wrapped],
        )
        .map_err(storage)?;
        let fresh = Keyring::holding(Keys::derive(&root, &id)?);
        let mut transaction = Transaction::begin_new(tx, id, &fresh);
        transaction.note_guard(&guard.id, &guard.wrapped)?;
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
        if !path.exists() || is_unfinished(path) {
            return Err(Code::VaultMissing.error());
        }
        let connection = connect(path)?;
        let application: i32 =
            connection.pragma_query_value(None, "application_id", |row| row.get(0)).map_err(storage)?;
        if application != APPLICATION_ID {
            return Err(Code::VaultUnreadable.at("application id"));
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

    /// Opens the root key with a passphrase and unlocks with it. Slow: Argon2id.
    ///
    /// # Errors
    /// Those of [`Vault::root_key`] and [`Vault::unlock_with`].
    pub(crate) fn unlock(&mut self, passphrase: &[u8]) -> Result<()> {
        let root = self.root_key(passphrase)?;
        self.unlock_with(&root)
    }

    /// The root key, out of the guard that a passphrase opens. Slow: Argon2id.
    ///
    /// # Errors
    /// [`Code::PassphraseWrong`]; [`Code::GuardParametersInvalid`] when there is no guard, so that no passphrase can be
    /// right.
    pub(crate) fn root_key(&self, passphrase: &[u8]) -> Result<RootKey> {
        let guards = self.guards()?;
        if guards.is_empty() {
            return Err(Code::GuardParametersInvalid.at("no guard"));
        }
        for guard in guards {
            if let Some(key) = guard.open(&self.id, passphrase)? {
                return Ok(RootKey { key, guard });
            }
        }
        Err(Code::PassphraseWrong.error())
    }

    /// Derives the keys, brings an older format to the newest, and checks that the guard is one the vault still has.
    ///
    /// # Errors
    /// [`Code::RecordUnexpected`] when the guard is not in the manifest, which means that an old guard was put back into
    /// the file.
    pub(crate) fn unlock_with(&mut self, root: &RootKey) -> Result<()> {
        let opened = Keyring::holding(Keys::derive(&root.key, &self.id)?);
        migrations::migrate(&mut self.connection, self.id, &opened)?;
        let tx = begin(&mut self.connection, TransactionBehavior::Deferred)?;
        Transaction::begin(tx, self.id, &opened)?.check_guard(&root.guard.id, &root.guard.wrapped)?;
        self.keyring.adopt(&opened);
        Ok(())
    }

    fn guards(&self) -> Result<Vec<Guard>> {
        let mut statement =
            self.connection.prepare_cached("SELECT id, header, wrapped FROM guard").map_err(storage)?;
        let guards = statement
            .query_map([], |row| Ok(Guard { id: row.get(0)?, header: row.get(1)?, wrapped: row.get(2)? }))
            .map_err(storage)?;
        guards.collect::<rusqlite::Result<Vec<_>>>().map_err(storage)
    }

    /// Reads from one consistent state.
    ///
    /// # Errors
    /// Those of `work`, and of the storage.
    pub(crate) fn read<T>(&mut self, work: impl FnOnce(&mut Transaction<'_>) -> Result<T>) -> Result<T> {
        let tx = begin(&mut self.connection, TransactionBehavior::Deferred)?;
        let mut transaction = Transaction::begin(tx, self.id, &self.keyring)?;
        work(&mut transaction)
    }

    /// Writes all or nothing; returns what `work` returned once it is on disk, and the new generation.
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
            if is_unfinished(path) {
                Ok(())
            } else {
                Err(Code::VaultExists.error())
            }
        }
        Err(_) => Err(Code::StorageFailed.at("create file")),
    }
}

/// Whether the making of a vault was cut off here: nothing was ever committed, so there is nothing to lose.
fn is_unfinished(path: &Path) -> bool {
    let tables = |connection: Connection| {
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(storage)
    };
    connect(path).and_then(tables) == Ok(0)
}

fn connect(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(storage)?;
    connection.busy_timeout(std::time::Duration::from_millis(BUSY_TIMEOUT_MS.into())).map_err(storage)?;
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

fn schema() -> String {
    let mut sql = format!(
        "PRAGMA application_id = {APPLICATION_ID};
         PRAGMA user_version = {};
         CREATE TABLE vault (one INTEGER PRIMARY KEY CHECK (one = 1), id BLOB NOT NULL) STRICT;
         CREATE TABLE guard (id BLOB PRIMARY KEY, header BLOB NOT NULL, wrapped BLOB NOT NULL, attempts BLOB) STRICT;
         CREATE TABLE manifest (row INTEGER PRIMARY KEY, version INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT;
         CREATE TABLE history (sequence INTEGER PRIMARY KEY, sealed BLOB NOT NULL, digest BLOB) STRICT;",
        migrations::NEWEST
    );
    for table in seal::Table::RECORDS {
        sql.push_str(&format!(
            "CREATE TABLE {} (id BLOB PRIMARY KEY, version INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT;",
            Table::name(table)
        ));
    }
    sql
}
