//! A certificate and its key as two PEM files.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use wallet_core::asn1::{Certificate, pem};
use wallet_core::crypto::p256::SecretKey;
use wallet_core::issue::certificate::keys;

use super::error::{PkiError, Reason};

/// `NAME.pem`.
pub(super) fn certificate_path(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.pem"))
}

fn key_path(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.key.pem"))
}

/// Reads a pair; `None` when neither file is there.
pub(super) fn read(folder: &Path, name: &str) -> Result<Option<(Certificate, SecretKey)>, PkiError> {
    let path = certificate_path(folder, name);
    let (certificate, key) = match (text(&path)?, text(&key_path(folder, name))?) {
        (None, None) => return Ok(None),
        (Some(certificate), Some(key)) => (certificate, key),
        _ => return Err(PkiError::new(&path, Reason::Half)),
    };
    let key = keys::from_pem(&key).map_err(PkiError::content(&key_path(folder, name)))?;
    let listed = pem::parse(&certificate).map_err(PkiError::content(&path))?;
    // `parse` gives at least one; a second is somebody's note.
    let first = listed.into_iter().next().ok_or_else(|| PkiError::new(&path, Reason::Half))?;
    let certificate = first.certificate.map_err(PkiError::content(&path))?;
    if *certificate.public_key() != key.public_key() {
        return Err(PkiError::new(&path, Reason::OtherKey));
    }
    Ok(Some((certificate, key)))
}

/// Writes a pair, the key first: a certificate without a key is told at the next reading.
pub(super) fn write(
    folder: &Path,
    name: &str,
    certificate: &Certificate,
    key: &SecretKey,
) -> Result<(), PkiError> {
    let path = key_path(folder, name);
    let text = keys::to_pem(key).map_err(PkiError::content(&path))?;
    replace(&path, text.as_bytes(), true).map_err(PkiError::io(&path))?;
    let path = certificate_path(folder, name);
    replace(&path, pem::encode([certificate]).as_bytes(), false).map_err(PkiError::io(&path))
}

fn text(path: &Path) -> Result<Option<String>, PkiError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(PkiError::new(path, Reason::Io(error))),
    }
}

/// Writes beside the file and renames, so that nobody reads half of it.
fn replace(path: &Path, content: &[u8], private: bool) -> io::Result<()> {
    let beside = path.with_extension("new");
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(if private { 0o600 } else { 0o644 });
    }
    #[cfg(not(unix))]
    let _ = private;
    let mut file = options.open(&beside)?;
    file.write_all(content)?;
    file.sync_all()?;
    fs::rename(&beside, path)
}
