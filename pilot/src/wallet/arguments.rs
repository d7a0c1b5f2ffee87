//! What can be typed after `pilot wallet`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::words::Language;

/// A wallet in a folder of this machine.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  pilot wallet --home w init
  pilot wallet --home w trust add --list eu-issuers pki/eu-issuer-ca.pem
  pilot wallet --home w receive 'openid-credential-offer://?…' --tx-code 1234 --yes
  pilot wallet --home w present 'haip-vp://?…'            shows who asks for what, sends nothing
  pilot wallet --home w present 'haip-vp://?…' --yes      sends the least that answers it
  pilot wallet --home w status                            learns what its issuer revoked or suspended
  pilot wallet --home w doctor                            says whether the vault is whole
  pilot wallet --home w delete 3f9a                       shows what would be deleted; --yes deletes it
  pilot wallet --home w history delete 3 5 --yes          deletes what the wallet noted of two events
  pilot wallet --home w history export history.json
  pilot wallet --home w backup export wallet.backup
  pilot wallet --home w2 backup import wallet.backup      makes a new wallet; --home w is left alone

Exit codes: 0 done; 1 the other party refused or failed, or the network did; 2 wrong usage; 3 the wallet refused.
The passphrase is taken from $WALLET_PASSPHRASE, or asked for. Where $WALLET_RECOVERY_KEY or $WALLET_PIN is set, that opens
the wallet instead.")]
pub struct WalletArguments {
    /// The wallet's folder.
    #[arg(long, global = true, value_name = "DIR")]
    pub home: Option<PathBuf>,
    /// Prints one JSON document instead of sentences.
    #[arg(long, global = true)]
    pub json: bool,
    /// Allows plain http, to loopback addresses only. For development.
    #[arg(long, global = true)]
    pub insecure_http: bool,
    /// Shows verifiers that nobody vouches for (redirect_uri client ids) instead of refusing them. For development.
    #[arg(long, global = true)]
    pub allow_unverified: bool,
    /// A folder that plays a phone's secure hardware, so that PINs can be tried. It protects nothing. For development.
    #[arg(long, global = true, value_name = "DIR")]
    pub phone: Option<PathBuf>,
    /// The language of everything that is said: en or fr. Regions (fr-CA) decide how dates are written.
    #[arg(long, global = true, value_name = "TAG", value_parser = language_tag, default_value = "en")]
    pub lang: String,
    /// What to do.
    #[command(subcommand)]
    pub command: WalletCommand,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum WalletCommand {
    /// Makes a new wallet behind a passphrase.
    Init,
    /// Whom the wallet trusts.
    #[command(subcommand)]
    Trust(TrustCommand),
    /// Receives credentials: shows issuer and contents, and keeps them only with --yes or a typed yes.
    Receive {
        /// The offer: a link, or the text of a scanned code.
        offer: String,
        /// The code that the issuer sent by another channel.
        #[arg(long, value_name = "CODE")]
        tx_code: Option<String>,
        /// Keeps what was received without asking.
        #[arg(long)]
        yes: bool,
    },
    /// Lists the credentials.
    List,
    /// Shows one credential with its claims.
    Show {
        /// The credential's id, or the first characters of it.
        id: String,
    },
    /// Reads the issuers’ status lists where that is due, and shows whether each credential still counts.
    Status,
    /// Answers a verifier: shows who asks for what, and sends only with --yes or a typed yes.
    Present {
        /// The request: a link, or the text of a scanned code.
        request: String,
        /// Sends without asking; where there is a choice, the option that discloses least.
        #[arg(long)]
        yes: bool,
        /// Answers the query with this credential (its id, or the first characters of it).
        #[arg(long, value_name = "QUERYID=CREDENTIAL", value_parser = pick)]
        choose: Vec<(String, String)>,
    },
    /// Says no to a verifier.
    Decline {
        /// The request: a link, or the text of a scanned code.
        request: String,
    },
    /// Deletes a credential with all its copies and keys: shows it, and deletes it only with --yes or a typed yes.
    Delete {
        /// The credential's id, or the first characters of it.
        id: String,
        /// Deletes without asking.
        #[arg(long)]
        yes: bool,
    },
    /// Shows what the wallet did.
    History {
        /// What to do with it.
        #[command(subcommand)]
        command: Option<HistoryCommand>,
    },
    /// Looks at everything in the vault and says what is damaged; exit code 0 when nothing is, 3 when something is.
    Doctor,
    /// The passphrase that opens the wallet.
    #[command(subcommand)]
    Passphrase(PassphraseCommand),
    /// A PIN that opens the wallet, together with the hardware of this phone (--phone).
    #[command(subcommand)]
    Pin(PinCommand),
    /// A recovery key, to be written down: it opens the wallet when everything else is lost.
    #[command(subcommand)]
    Recovery(RecoveryCommand),
    /// A full backup under a passphrase of its own, taken from $BACKUP_PASSPHRASE or asked for.
    #[command(subcommand)]
    Backup(BackupCommand),
    /// Moving to another wallet (EUDI TS10), under a passphrase of its own, taken from $BACKUP_PASSPHRASE or asked for.
    #[command(subcommand)]
    Migrate(MigrateCommand),
    /// Shows which credentials are to be asked for again, after moving or restoring.
    Reissue {
        /// Takes this one from the list (its id, or the first characters of it).
        #[arg(long, value_name = "ID")]
        dismiss: Option<String>,
    },
}

/// What to do with the history.
#[derive(Debug, Subcommand)]
pub enum HistoryCommand {
    /// Deletes entries: shows them, and deletes them only with --yes or a typed yes. That they were deleted stays.
    Delete {
        /// The numbers of the entries, as the history shows them.
        #[arg(value_name = "NUMBER", required_unless_present = "all", conflicts_with = "all")]
        numbers: Vec<u64>,
        /// Deletes all entries.
        #[arg(long)]
        all: bool,
        /// Deletes without asking.
        #[arg(long)]
        yes: bool,
    },
    /// Writes the history as JSON to a new file, or to standard output. It names who saw which claims; nothing protects
    /// it outside the wallet.
    Export {
        /// The file to make.
        file: Option<PathBuf>,
    },
}

/// The passphrase.
#[derive(Debug, Clone, Copy, Subcommand)]
pub enum PassphraseCommand {
    /// Sets a new one ($WALLET_NEW_PASSPHRASE, or asked for).
    Change,
    /// Removes it. Something else that travels must be there: a recovery key.
    Remove,
}

/// The PIN.
#[derive(Debug, Clone, Copy, Subcommand)]
pub enum PinCommand {
    /// Sets a new one ($WALLET_NEW_PIN, or asked for): 6 to 12 digits.
    Change,
    /// Removes it.
    Remove,
}

/// The recovery key.
#[derive(Debug, Clone, Copy, Subcommand)]
pub enum RecoveryCommand {
    /// Makes one, in place of an older one, and shows it once.
    Make,
    /// Removes it. Something else that travels must be there: a passphrase.
    Remove,
}

/// A full backup.
#[derive(Debug, Subcommand)]
pub enum BackupCommand {
    /// Writes everything that the wallet holds into a new file, encrypted.
    Export {
        /// The new file.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Makes a new wallet in --home from a backup, behind a passphrase of its own.
    Import {
        /// The backup.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// Moving to another wallet.
#[derive(Debug, Subcommand)]
pub enum MigrateCommand {
    /// Writes what another wallet needs to know into a new file, encrypted: what to ask whom for again, and the history.
    Export {
        /// The new file.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
    /// Takes over what another wallet wrote.
    Import {
        /// The file of the other wallet.
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}

/// Whom the wallet trusts.
#[derive(Debug, Subcommand)]
pub enum TrustCommand {
    /// Adds the certificates in a PEM file to a list.
    Add {
        /// eu-issuers, eu-verifiers, ca-issuers, ca-verifiers, or tls.
        #[arg(long, value_name = "LIST", value_parser = list)]
        list: wallet_core::trust::ListName,
        /// Certificates of authorities, PEM.
        #[arg(value_name = "FILE.pem")]
        file: PathBuf,
    },
    /// Shows the lists.
    List,
}

fn list(text: &str) -> Result<wallet_core::trust::ListName, String> {
    text.parse().map_err(|_| "one of eu-issuers, eu-verifiers, ca-issuers, ca-verifiers, tls".to_owned())
}

fn pick(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((query, credential)) if !query.is_empty() && !credential.is_empty() => {
            Ok((query.to_owned(), credential.to_owned()))
        }
        _ => Err("the form is QUERYID=CREDENTIAL".to_owned()),
    }
}

/// Checks that pilot has the language; the whole tag stays, for the region's dates.
pub(crate) fn language_tag(text: &str) -> Result<String, String> {
    Language::from_tag(text).map(|_| text.to_owned()).ok_or_else(|| "en or fr".to_owned())
}
