//! The command line of pilot.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use pilot::wallet::{self, WalletArguments};

/// Demo issuers, verifiers and a command-line wallet for digital credentials of the European Union and of Canada.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// A wallet in a folder of this machine.
    Wallet(WalletArguments),
}

#[tokio::main]
async fn main() -> ExitCode {
    match Arguments::parse().command {
        Command::Wallet(arguments) => wallet::run(arguments).await,
    }
}
