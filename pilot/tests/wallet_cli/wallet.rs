//! A wallet's folder, and what the wallet says.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

use super::common::Folder;
use super::world::{pki_folder, stocked_home};

pub(crate) const PASSPHRASE: &str = "correct horse battery staple";

/// Every list and the files of certificates on it.
pub(crate) const LISTS: [(&str, &[&str]); 6] = [
    ("tls", &["tls-ca"]),
    ("eu-issuers", &["eu-issuer-ca"]),
    ("ca-issuers", &["ca-iaca", "ca-issuer-ca"]),
    ("eu-verifiers", &["eu-verifier-ca"]),
    ("eu-registrars", &["eu-registrar-ca"]),
    ("ca-verifiers", &["ca-verifier-ca"]),
];

/// A wallet in a folder of its own.
pub(crate) struct Wallet {
    folder: Folder,
}

impl Wallet {
    /// An empty folder: no wallet yet.
    pub(crate) fn none() -> Self {
        Self { folder: Folder::new() }
    }

    /// A new wallet that trusts nobody.
    pub(crate) fn new() -> Self {
        let wallet = Self::none();
        wallet.json(["init"]).done();
        wallet
    }

    /// A wallet that trusts the issuers and verifiers of both sides and holds all their credentials.
    pub(crate) fn stocked() -> Self {
        Self::copy_of(stocked_home())
    }

    /// One of these that has just looked up whether they count, however long ago it was received.
    pub(crate) fn looked_up() -> Self {
        let wallet = Self::stocked();
        assert_eq!(wallet.json(["status"]).done()["failed"], json!([]));
        wallet
    }

    /// A copy of a wallet as it lies in a folder.
    pub(crate) fn copy_of(home: &Path) -> Self {
        let wallet = Self::none();
        for entry in std::fs::read_dir(home).unwrap().map(Result::unwrap) {
            std::fs::copy(entry.path(), wallet.home().join(entry.file_name())).unwrap();
        }
        wallet
    }

    pub(crate) fn home(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// Puts the test certificates on these lists.
    pub(crate) fn trust(&self, lists: &[&str]) {
        for (list, files) in LISTS.iter().filter(|(list, _)| lists.contains(list)) {
            for file in *files {
                let file = certificate(file);
                self.json(["trust", "add", "--list", list, file.to_str().unwrap()]).done();
            }
        }
    }

    /// `pilot wallet --home HOME …`, not yet started.
    pub(crate) fn command<S: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = S>) -> Command {
        let mut command = pilot(["wallet", "--home"]);
        command.arg(self.home()).args(arguments);
        command
    }

    /// Says it in sentences.
    pub(crate) fn run<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Said {
        Said::of(&mut self.command(arguments))
    }

    /// Says it in JSON.
    pub(crate) fn json<'a>(&self, arguments: impl IntoIterator<Item = &'a str>) -> Said {
        Said::of(self.command(arguments).arg("--json"))
    }

    /// The list.
    pub(crate) fn credentials(&self) -> Vec<Value> {
        self.json(["list"]).done()["credentials"].as_array().unwrap().clone()
    }

    /// The list's entry for a type.
    pub(crate) fn credential(&self, type_id: &str) -> Value {
        of_type(&self.credentials(), type_id).clone()
    }

    /// Copies of these that nobody has seen.
    pub(crate) fn fresh<const N: usize>(&self, types: [&str; N]) -> [u64; N] {
        let all = self.credentials();
        types.map(|type_id| of_type(&all, type_id)["fresh_copies"].as_u64().unwrap())
    }

    /// What the history holds.
    pub(crate) fn history(&self) -> Value {
        self.json(["history"]).done()
    }

    /// The last entry of the history.
    pub(crate) fn last(&self) -> Value {
        self.history()["entries"].as_array().unwrap().last().unwrap().clone()
    }
}

/// The only one of a type.
pub(crate) fn of_type<'a>(all: &'a [Value], type_id: &str) -> &'a Value {
    let mut found = all.iter().filter(|one| one["type"] == type_id);
    let (Some(one), None) = (found.next(), found.next()) else { panic!("{type_id} in {all:?}") };
    one
}

/// The types that both issuers give.
pub(crate) const PID: &str = "urn:eudi:pid:1";
pub(crate) const PID_MDOC: &str = "eu.europa.ec.eudi.pid.1";
pub(crate) const MDL: &str = "org.iso.18013.5.1.mDL";
pub(crate) const PERSON: &str = "urn:ca:bc:person:1";

/// A file of the shared certificates.
pub(crate) fn certificate(name: &str) -> PathBuf {
    pki_folder().join(format!("{name}.pem"))
}

/// The program, with the passphrase in its environment and nobody at the keyboard.
pub(crate) fn pilot<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pilot"));
    command.args(arguments).env("WALLET_PASSPHRASE", PASSPHRASE).stdin(Stdio::null());
    command
}

/// What a process printed, and how it ended.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Said {
    pub(crate) fn of(command: &mut Command) -> Self {
        let Output { status, stdout, stderr } = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: status.code(), out: text(stdout), err: text(stderr) }
    }

    /// One JSON document and nothing else.
    fn document(&self) -> Value {
        assert_eq!(self.err, "", "with --json nothing is said beside it: {self:?}");
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("not one document ({error}): {self:?}"))
    }

    /// The document of a command that did what it was for.
    #[track_caller]
    pub(crate) fn done(self) -> Value {
        assert_eq!(self.code, Some(0), "{self:?}");
        self.document()
    }

    /// The document of a command that ended with this exit code and this error.
    #[track_caller]
    pub(crate) fn failed(self, exit: i32, code: &str) -> Value {
        assert_eq!(self.code, Some(exit), "{code}: {self:?}");
        let document = self.document();
        assert_eq!(document["error"]["code"], code, "{document}");
        let members = document["error"].as_object().unwrap().keys().map(String::as_str);
        // Numbers, where attempts are counted.
        let members: Vec<_> =
            members.filter(|member| !["attempts_left", "retry_at"].contains(member)).collect();
        assert_eq!(members, ["action", "code", "message", "spec"]);
        for member in members {
            let text = document["error"][member].as_str();
            assert!(text.is_some_and(|text| !text.trim().is_empty()), "{member} of {document}");
        }
        assert_eq!(document, json!({ "error": document["error"] }), "an error is all that is said");
        document
    }
}
