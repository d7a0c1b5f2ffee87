//! A full backup, and a new wallet from one.

use std::io::{Read, Write};

use super::open::{Settings, Wallet};
use crate::backup::{self, BackedUp, BackupReader, BackupWriter, Restored};
use crate::context::Context;
use crate::crypto::secret::SecretBytes;
use crate::error::Result;
use crate::stop::Stop;
use crate::vault::history::{self, HistoryEntry, HistoryEvent, Move};
use crate::vault::model::StoredCredential;
use crate::vault::{Id, NewGuard, Transaction, VaultWorker};

impl Wallet {
    /// Writes everything that the wallet holds, encrypted under a passphrase of its own (UTF-8): credentials with their
    /// claims, keys that are in the vault, trust lists, history. Keys in hardware and pending flows stay. Whoever has the
    /// file and the passphrase has the wallet, so an app asks the citizen twice. That it was begun is in the history,
    /// whatever becomes of it; a file that was not finished is recognised as such.
    ///
    /// `out` is written on the wallet's thread, in order, and flushed at the end; making it durable is the caller's.
    ///
    /// # Errors
    /// [`crate::Code::PassphraseTooShort`]; [`crate::Code::StorageFailed`] when it cannot be written;
    /// [`crate::Code::Locked`], and those of a damaged vault.
    pub async fn export_backup(
        &self,
        passphrase: SecretBytes,
        out: Box<dyn Write + Send>,
    ) -> Result<BackedUp> {
        let now = self.context.now()?.0;
        let note = move |transaction: &mut Transaction<'_>| {
            let credentials = u64::try_from(transaction.all::<StoredCredential>()?.len()).unwrap_or(u64::MAX);
            let entries = history::read(transaction)?.iter().filter(|one| one.stands_alone()).count();
            let entries = u64::try_from(entries).unwrap_or(u64::MAX);
            let event = HistoryEvent::Moved { how: Move::BackedUp, credentials, entries };
            history::append(transaction, &HistoryEntry { at: now, event })
        };
        crate::vault::check_passphrase(&passphrase)?;
        self.context.vault.write(note).await?;
        self.context.history_changed();
        let writer = self.context.vault.aside(move || BackupWriter::begin(out, &passphrase)).await?;
        self.context.vault.read(move |transaction| backup::export(transaction, writer)).await
    }

    /// Makes a new wallet, behind `passphrase`, from a backup behind `backup_passphrase`, and leaves it unlocked. It has a
    /// new identity and new keys for its file; the wallet that the backup was made of is left alone. No copy of a
    /// credential counts as never shown. What has to be asked for again is in [`Wallet::to_reissue`].
    ///
    /// # Errors
    /// [`crate::Code::VaultExists`]; [`crate::Code::BackupUnreadable`], [`crate::Code::BackupNewer`],
    /// [`crate::Code::BackupPassphraseWrong`], [`crate::Code::BackupDamaged`] and others of the backup; then there is no
    /// new wallet.
    pub async fn restore(
        settings: Settings,
        passphrase: SecretBytes,
        backup: Box<dyn Read + Send>,
        backup_passphrase: SecretBytes,
    ) -> Result<(Self, Restored)> {
        let (file, vault, ports, development) = settings.take_apart();
        let (software_keys, now) = (ports.secure_area.is_none(), ports.clock.now()?.wall_seconds);
        let open = move || {
            let reader = BackupReader::open(backup, &backup_passphrase)?;
            Ok(move |transaction: &mut Transaction<'_>, vault: &Id| {
                backup::restore(transaction, vault, reader, software_keys, now)
            })
        };
        let (vault, restored) =
            VaultWorker::create_with(file, NewGuard::Passphrase(passphrase), vault, open).await?;
        let wallet = Self { context: Context::new(vault, ports, development), stop: Stop::default() };
        Ok((wallet, restored))
    }
}
