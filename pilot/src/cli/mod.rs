//! The command line.
//!
//! - [`main`]: reads the arguments, runs a command, gives the exit code
//! - `issuer`, `verifier`: the commands
//! - `server`: the options that both share
//! - `console`: what is printed, for people or as JSON lines
//! - `signals`: being told to end; `orders`: being told to revoke
//!
//! Exit codes: 0 done; 1 the other party refused or failed, network, time-out; 2 usage; 3 the wallet refused.

mod console;
mod issuer;
mod orders;
mod server;
mod signals;
mod verifier;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::error::ServerError;
use crate::tour::{self, TourArguments};
use crate::wallet::{self, WalletArguments};
use console::Console;

/// The rest of the world for a wallet: demo issuers and verifiers of the European Union and of Canada.
#[derive(Parser)]
#[command(name = "pilot", version, about, arg_required_else_help = true)]
#[command(after_help = "\
Servers speak https, with certificates that pilot makes in a folder (--pki).
A wallet must trust them first; each server says how when it starts.

Exit codes:
  0  done
  1  the other party refused or failed, network, time-out
  2  usage
  3  the wallet refused")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

// A further command is a further line here and in `main`.
#[derive(Subcommand)]
enum Command {
    /// Issues credentials by OpenID4VCI 1.0.
    Issuer(issuer::Arguments),
    /// Asks for credentials by OpenID4VP 1.0, with a web page and a JSON API.
    Verifier(verifier::Arguments),
    /// Holds credentials in a folder of this machine, and presents them.
    Wallet(WalletArguments),
    /// Plays everything against each other: issuers, verifiers and a wallet, on this machine, in under a minute.
    Tour(TourArguments),
}

/// Runs the command that the arguments name.
#[must_use]
pub fn main() -> ExitCode {
    let Cli { command } = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return wallet::usage(&error),
    };
    match command {
        Command::Issuer(arguments) => {
            let console = Console::new(arguments.server.json);
            run(&console, issuer::run(arguments, &console))
        }
        Command::Verifier(arguments) => {
            let console = Console::new(arguments.server.json);
            run(&console, verifier::run(arguments, &console))
        }
        Command::Wallet(arguments) => with_runtime(wallet::run(arguments)),
        Command::Tour(arguments) => with_runtime(tour::run(arguments)),
    }
}

fn with_runtime(command: impl Future<Output = ExitCode>) -> ExitCode {
    match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime.block_on(command),
        Err(error) => {
            Console::new(false).error(&error.to_string());
            ExitCode::from(1)
        }
    }
}

/// How a command ended.
enum Outcome {
    /// It did what it was for.
    Done,
    /// The other party refused or failed, or nobody came.
    Failed,
}

/// Why a command could not go on.
enum CommandError {
    /// The arguments do not fit.
    Usage(String),
    /// The server failed.
    Server(ServerError),
    /// Nobody reads what is printed, or no signals can be heard.
    System(std::io::Error),
}

impl From<ServerError> for CommandError {
    fn from(error: ServerError) -> Self {
        match error {
            // What was typed, or stands in a file that was named.
            ServerError::Options(what) => Self::Usage(what),
            ServerError::Core(error) => Self::Usage(error.to_string()),
            other => Self::Server(other),
        }
    }
}

impl From<std::io::Error> for CommandError {
    fn from(error: std::io::Error) -> Self {
        Self::System(error)
    }
}

fn run(console: &Console, command: impl Future<Output = Result<Outcome, CommandError>>) -> ExitCode {
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            console.error(&error.to_string());
            return ExitCode::from(1);
        }
    };
    match runtime.block_on(command) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Failed) => ExitCode::from(1),
        Err(CommandError::Usage(what)) => {
            console.error(&what);
            ExitCode::from(2)
        }
        Err(CommandError::Server(error)) => {
            console.error(&error.to_string());
            ExitCode::from(1)
        }
        Err(CommandError::System(error)) => {
            // Who closed the pipe has seen enough.
            if error.kind() != std::io::ErrorKind::BrokenPipe {
                console.error(&error.to_string());
            }
            ExitCode::from(1)
        }
    }
}
