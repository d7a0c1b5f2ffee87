//! A backup that is written and read piece by piece: it may be larger than a phone has memory to spare.

use std::io::{self, Read, Write};
use std::sync::Arc;

use crate::backup::{BackedUp, Restored};
use crate::crypto::secret::SecretBytes;
use crate::error::Result;
use crate::platform::PortError;
use crate::wallet::{Settings, Wallet};

/// Where a backup goes. Called on the wallet's thread, one call after another.
#[uniffi::export(foreign)]
pub trait BackupSink: Send + Sync {
    /// Writes the next piece.
    fn write(&self, bytes: Vec<u8>) -> Result<(), PortError>;

    /// That was the last piece: makes it durable.
    fn finish(&self) -> Result<(), PortError>;
}

/// Where a backup comes from. Called on the wallet's thread, one call after another.
#[uniffi::export(foreign)]
pub trait BackupSource: Send + Sync {
    /// Reads the next piece of at most so many bytes; an empty one is the end.
    fn read(&self, max_bytes: u32) -> Result<Vec<u8>, PortError>;
}

/// A wallet that was made from a backup.
#[derive(uniffi::Record)]
pub struct RestoredWallet {
    /// The wallet, unlocked.
    pub wallet: Arc<Wallet>,
    /// What came back.
    pub restored: Restored,
}

#[uniffi::export]
impl Wallet {
    /// [`Wallet::export_backup`], to a sink.
    ///
    /// # Errors
    /// As there.
    pub async fn export_backup_to(
        &self,
        passphrase: SecretBytes,
        sink: Arc<dyn BackupSink>,
    ) -> Result<BackedUp> {
        self.export_backup(passphrase, Box::new(Sink(sink))).await
    }
}

/// [`Wallet::restore`], from a source.
///
/// # Errors
/// As there.
#[uniffi::export]
pub async fn restore_wallet(
    settings: Settings,
    passphrase: SecretBytes,
    source: Arc<dyn BackupSource>,
    backup_passphrase: SecretBytes,
) -> Result<RestoredWallet> {
    let source = Source { source, piece: Vec::new(), at: 0 };
    let (wallet, restored) =
        Wallet::restore(settings, passphrase, Box::new(source), backup_passphrase).await?;
    Ok(RestoredWallet { wallet: Arc::new(wallet), restored })
}

struct Sink(Arc<dyn BackupSink>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes.to_vec()).map_err(io::Error::other)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.finish().map_err(io::Error::other)
    }
}

struct Source {
    source: Arc<dyn BackupSource>,
    piece: Vec<u8>,
    /// How much of the piece was handed on.
    at: usize,
}

/// How much is asked for at once.
const PIECE: u32 = 64 * 1024;

impl Read for Source {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.piece.len() {
            self.piece = self.source.read(PIECE).map_err(io::Error::other)?;
            self.at = 0;
        }
        let mut rest = self.piece.get(self.at..).unwrap_or_default();
        let read = rest.read(out)?;
        self.at += read;
        Ok(read)
    }
}
