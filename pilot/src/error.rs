//! Why a server did not start.

use std::fmt;
use std::io;
use std::net::SocketAddr;

use wallet_core::WalletError;

use crate::http::ClientError;
use crate::pki::PkiError;

/// Why a server did not start, or could not do what it was told.
#[derive(Debug)]
pub enum ServerError {
    /// The test PKI cannot be used.
    Pki(PkiError),
    /// The address cannot be listened on.
    Listen(SocketAddr, io::Error),
    /// No client for HTTPS can be made.
    Client(ClientError),
    /// The wallet core says no: the query is invalid, or there are no random bytes.
    Core(WalletError),
    /// The options do not fit each other.
    Options(String),
}

impl fmt::Display for ServerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pki(error) => write!(f, "test PKI: {error}"),
            Self::Listen(address, error) => write!(f, "cannot listen on {address}: {error}"),
            Self::Client(error) => write!(f, "{error}"),
            Self::Core(error) => write!(f, "{error}"),
            Self::Options(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for ServerError {}

impl From<PkiError> for ServerError {
    fn from(error: PkiError) -> Self {
        Self::Pki(error)
    }
}

impl From<ClientError> for ServerError {
    fn from(error: ClientError) -> Self {
        Self::Client(error)
    }
}

impl From<WalletError> for ServerError {
    fn from(error: WalletError) -> Self {
        Self::Core(error)
    }
}
