//! Files that come and go beside the vault: backups, and what moves to another wallet.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;

use super::exit::Failure;
use crate::words::{Language, filled};

/// Makes a new file that only its owner can read. One that is there is never written over.
pub(super) fn create(path: &Path, language: Language) -> Result<File, Failure> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|error| unusable("wallet.file.cannot_write", path, &error, language))
}

/// Writes a new file; it is on the disk when this returns.
pub(super) fn write(path: &Path, content: &[u8], language: Language) -> Result<(), Failure> {
    let mut file = create(path, language)?;
    let written = file.write_all(content).and_then(|()| file.sync_all());
    written.map_err(|error| {
        drop(std::fs::remove_file(path));
        unusable("wallet.file.cannot_write", path, &error, language)
    })
}

/// Opens a file to read.
pub(super) fn open(path: &Path, language: Language) -> Result<File, Failure> {
    File::open(path).map_err(|error| unusable("wallet.file.cannot", path, &error, language))
}

/// The file cannot be used, and why.
pub(super) fn unusable(key: &str, path: &Path, error: &std::io::Error, language: Language) -> Failure {
    let (file, error) = (path.display().to_string(), error.to_string());
    Failure::Usage(filled(key, &[("file", &file), ("error", &error)], language))
}
