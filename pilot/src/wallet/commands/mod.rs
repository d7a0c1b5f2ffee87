//! The commands, one file each.

mod backup;
mod decline;
mod delete;
mod doctor;
mod guards;
mod history;
mod init;
mod list;
mod migrate;
mod present;
mod receive;
mod reissue;
mod show;
mod status;
mod trust;

use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, OnceLock};

use wallet_core::credential::CredentialId;
use wallet_core::{Development, Wallet};

use super::arguments::{
    BackupCommand, HistoryCommand, MigrateCommand, TrustCommand, WalletArguments, WalletCommand,
};
use super::exit::Failure;
use super::home::{self, Place, WalletHttp};
use super::report::{Report, Voice};
use crate::words::{filled, text};

/// One call of the command line: the folder, the switches and the voice.
struct Call {
    home: PathBuf,
    phone: Option<PathBuf>,
    development: Development,
    voice: Voice,
    /// The wallet, once it was opened: it is closed at the end, however that comes.
    opened: OnceLock<Wallet>,
}

/// Does what was typed and says how it ended.
pub async fn run(arguments: WalletArguments) -> ExitCode {
    let voice = Voice::new(arguments.json, &arguments.lang);
    let outcome = match arguments.home {
        Some(home) => {
            let development = Development {
                insecure_http_to_loopback: arguments.insecure_http,
                unverified_verifiers: arguments.allow_unverified,
            };
            let opened = OnceLock::new();
            let call = Call { home, phone: arguments.phone, development, voice: voice.clone(), opened };
            let outcome = call.perform(arguments.command).await;
            let closed = call.close().await;
            // What went wrong first is what is told.
            outcome.and_then(|report| closed.map(|()| report))
        }
        None => Err(Failure::Usage(text("wallet.home.missing", voice.language))),
    };
    match outcome {
        Ok(report) => {
            voice.say(&report);
            ExitCode::SUCCESS
        }
        Err(failure) => {
            voice.complain(&failure);
            ExitCode::from(failure.exit_code())
        }
    }
}

/// Ends on arguments that cannot be read, or on a question for help. Programs that asked for JSON get the error as JSON.
#[must_use]
pub fn usage(error: &clap::Error) -> ExitCode {
    let typed: Vec<String> = std::env::args().skip(1).collect();
    let wants_json =
        typed.first().is_some_and(|first| first == "wallet") && typed.iter().any(|one| one == "--json");
    if wants_json && error.use_stderr() {
        let whole = error.to_string();
        let what: Vec<&str> = whole.lines().map(str::trim).take_while(|line| !line.is_empty()).collect();
        let what = what.join(" ").trim_start_matches("error: ").to_owned();
        let failure = Failure::Usage(what);
        Voice::new(true, "en").complain(&failure);
        return ExitCode::from(failure.exit_code());
    }
    // Help goes to standard output and ends well, everything else to standard error.
    drop(error.print());
    ExitCode::from(if error.use_stderr() { 2 } else { 0 })
}

impl Call {
    async fn perform(&self, command: WalletCommand) -> Result<Report, Failure> {
        match command {
            WalletCommand::Init => init::run(self).await,
            WalletCommand::Trust(TrustCommand::Add { list, file }) => trust::add(self, list, &file).await,
            WalletCommand::Trust(TrustCommand::List) => trust::list(self).await,
            WalletCommand::Receive { offer, tx_code, yes } => receive::run(self, &offer, tx_code, yes).await,
            WalletCommand::List => list::run(self).await,
            WalletCommand::Show { id } => show::run(self, &id).await,
            WalletCommand::Status => status::run(self).await,
            WalletCommand::Present { request, yes, choose } => {
                present::run(self, &request, yes, &choose).await
            }
            WalletCommand::Decline { request } => decline::run(self, &request).await,
            WalletCommand::Delete { id, yes } => delete::run(self, &id, yes).await,
            WalletCommand::History { command: None } => history::run(self).await,
            WalletCommand::History { command: Some(HistoryCommand::Delete { numbers, all, yes }) } => {
                history::delete(self, &numbers, all, yes).await
            }
            WalletCommand::History { command: Some(HistoryCommand::Export { file }) } => {
                history::export(self, file.as_deref()).await
            }
            WalletCommand::Passphrase(command) => guards::passphrase(self, command).await,
            WalletCommand::Pin(command) => guards::pin(self, command).await,
            WalletCommand::Recovery(command) => guards::recovery(self, command).await,
            WalletCommand::Backup(BackupCommand::Export { file }) => backup::export(self, &file).await,
            WalletCommand::Backup(BackupCommand::Import { file }) => backup::import(self, &file).await,
            WalletCommand::Migrate(MigrateCommand::Export { file }) => migrate::export(self, &file).await,
            WalletCommand::Migrate(MigrateCommand::Import { file }) => migrate::import(self, &file).await,
            WalletCommand::Reissue { dismiss } => reissue::run(self, dismiss.as_deref()).await,
            WalletCommand::Doctor => doctor::run(self).await,
        }
    }

    async fn wallet(&self) -> Result<&Wallet, Failure> {
        self.voice.progress("wallet.progress.opening");
        let (wallet, http) = self.locked_wallet().await?;
        home::unlock(wallet, &http, self.voice.language).await?;
        Ok(wallet)
    }

    /// The wallet and its network, locked.
    async fn locked_wallet(&self) -> Result<(&Wallet, Arc<WalletHttp>), Failure> {
        let (wallet, http) = home::open(&self.place()).await?;
        Ok((self.opened.get_or_init(|| wallet), http))
    }

    /// Leaves the wallet in its one file.
    async fn close(&self) -> Result<(), Failure> {
        match self.opened.get() {
            Some(wallet) => Ok(wallet.close().await?),
            None => Ok(()),
        }
    }

    fn place(&self) -> Place<'_> {
        Place { home: &self.home, phone: self.phone.as_deref(), development: self.development }
    }

    /// Shows a preview and asks for a yes. `None` when nobody is there to answer: then the preview is the result.
    fn ask(&self, preview: &Report, question: &str) -> Option<bool> {
        if self.voice.json || !std::io::stdin().is_terminal() {
            return None;
        }
        self.voice.say(preview);
        drop(write!(std::io::stdout(), "\n{} ", text(question, self.voice.language)));
        drop(std::io::stdout().flush());
        let mut answer = String::new();
        std::io::stdin().lock().read_line(&mut answer).ok()?;
        let yes = ["y", "yes", "o", "oui"];
        Some(yes.contains(&answer.trim().to_lowercase().as_str()))
    }

    /// Asks for a line, where somebody is there to type it.
    fn ask_line(&self, question: &str) -> Option<String> {
        if self.voice.json || !std::io::stdin().is_terminal() {
            return None;
        }
        drop(write!(std::io::stdout(), "{} ", text(question, self.voice.language)));
        drop(std::io::stdout().flush());
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line).ok()?;
        Some(line.trim().to_owned())
    }

    /// The credential whose id begins like this.
    async fn find(&self, wallet: &Wallet, id: &str) -> Result<CredentialId, Failure> {
        let all = wallet.credentials().await?.entries;
        let mut found = all.iter().map(|entry| entry.id).filter(|known| known.to_string().starts_with(id));
        match (found.next(), found.next()) {
            (Some(only), None) => Ok(only),
            (None, _) => Err(Failure::Usage(filled("wallet.id.unknown", &[("id", id)], self.voice.language))),
            _ => Err(Failure::Usage(filled("wallet.id.ambiguous", &[("id", id)], self.voice.language))),
        }
    }
}
