//! The options that issuers and verifiers share.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use wallet_core::trust::{ListName, Side};

use crate::error::ServerError;
use crate::pki::Pki;

/// Options of every server.
#[derive(Args)]
pub(super) struct ServerArguments {
    /// Which side to play
    #[arg(long, value_name = "SIDE")]
    side: SideName,
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    pub(super) listen: SocketAddr,
    /// The host name under which a wallet reaches this server
    #[arg(long, value_name = "HOST", default_value = "localhost")]
    pub(super) host: String,
    /// The folder of test certificates; made when it is missing
    #[arg(long, value_name = "DIR", default_value = "pilot-pki")]
    pki: PathBuf,
    /// End after one wallet: 0 when it worked, 1 when it did not or none came in time
    #[arg(long)]
    pub(super) once: bool,
    /// How long --once waits
    #[arg(long, value_name = "SECONDS", default_value_t = 300, requires = "once")]
    timeout: u64,
    /// Print one JSON object a line
    #[arg(long)]
    pub(super) json: bool,
    /// Speak plain http: for development only, most wallets refuse it
    #[arg(long)]
    pub(super) insecure_http: bool,
}

/// `eu` or `ca`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SideName {
    /// The European Union
    Eu,
    /// Canada
    Ca,
}

impl ServerArguments {
    pub(super) fn side(&self) -> Side {
        match self.side {
            SideName::Eu => Side::Eu,
            SideName::Ca => Side::Ca,
        }
    }

    pub(super) fn open_pki(&self) -> Result<Pki, ServerError> {
        Ok(Pki::open(&self.pki, crate::time::now())?)
    }

    /// Waits until the time of `--once` is over; for ever without.
    pub(super) async fn time_is_over(&self) {
        if self.once {
            tokio::time::sleep(Duration::from_secs(self.timeout)).await;
        } else {
            std::future::pending::<()>().await;
        }
    }
}

/// How a wallet comes to trust what these lists are for, in the words of our own.
pub(super) fn trust_commands(pki: &Pki, lists: &[ListName]) -> String {
    let commands = lists.iter().flat_map(|list| {
        let files = pki.list_files(*list).into_iter();
        files.map(move |file| format!("  pilot wallet trust add --list {list} {}\n", file.display()))
    });
    commands.collect()
}
