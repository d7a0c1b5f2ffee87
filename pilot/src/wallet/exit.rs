//! How a command can fail, and the exit code that says so to a script.

use wallet_core::{Code, WalletError};

use super::report::Report;

/// Why a command did not do what it was asked for.
pub(crate) enum Failure {
    /// The wallet, or somebody it spoke to.
    Wallet(WalletError),
    /// What was typed cannot be meant.
    Usage(String),
    /// The citizen said no.
    SaidNo,
    /// The vault is damaged, in the way that the report says.
    Damaged(Report),
}

impl From<WalletError> for Failure {
    fn from(error: WalletError) -> Self {
        Self::Wallet(error)
    }
}

impl Failure {
    /// 1 the other party or the network, 2 usage, 3 the wallet.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Usage(_) => 2,
            Self::SaidNo | Self::Damaged(_) => 3,
            Self::Wallet(error) => match error.code() {
                Code::NetworkUnreachable
                | Code::NetworkTimedOut
                | Code::NetworkInterrupted
                | Code::HttpStatus
                | Code::VerifierRefused
                | Code::GrantRefused
                | Code::IssuerRefused => 1,
                Code::TxCodeNeeded => 2,
                _ => 3,
            },
        }
    }
}
