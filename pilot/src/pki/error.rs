//! What is wrong with which file.

use std::fmt;
use std::path::{Path, PathBuf};

use wallet_core::WalletError;

/// Why the folder cannot be used.
#[derive(Debug)]
pub struct PkiError {
    path: PathBuf,
    reason: Reason,
}

#[derive(Debug)]
pub(super) enum Reason {
    /// The operating system says no.
    Io(std::io::Error),
    /// The content is not what the name says.
    Content(WalletError),
    /// There is one of certificate and key; the other is to be put back, since a new pair would not be trusted.
    Half,
    /// The key is another certificate's.
    OtherKey,
    /// A trust anchor's time is over.
    Expired,
    /// rustls takes the pair for no server's.
    Tls(rustls::Error),
}

impl PkiError {
    pub(super) fn new(path: &Path, reason: Reason) -> Self {
        Self { path: path.to_owned(), reason }
    }

    pub(super) fn content(path: &Path) -> impl Fn(WalletError) -> Self {
        move |error| Self::new(path, Reason::Content(error))
    }

    pub(super) fn io(path: &Path) -> impl Fn(std::io::Error) -> Self {
        move |error| Self::new(path, Reason::Io(error))
    }
}

impl fmt::Display for PkiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.path.display())?;
        match &self.reason {
            Reason::Io(error) => write!(f, "{error}"),
            Reason::Content(error) => write!(f, "{error}"),
            Reason::Half => f.write_str("its certificate or its key is missing; put it back, or delete both"),
            Reason::OtherKey => f.write_str("the key beside it is another certificate's"),
            Reason::Expired => f.write_str("it has expired; delete the folder to make a new test PKI"),
            Reason::Tls(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for PkiError {}
