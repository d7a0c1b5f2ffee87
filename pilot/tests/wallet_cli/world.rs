//! What the tests share: certificates, servers, and the folder of a wallet that holds everything.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::LazyLock;

use serde_json::Value;
use tokio::runtime::Runtime;

use super::common::Folder;
use super::common::http::Http;
use super::server::Server;
use super::wallet::{LISTS, Wallet, of_type};

/// A folder that goes when this program does, however it ends.
struct Lasting {
    folder: Folder,
    _keeper: Child,
}

impl Lasting {
    fn new() -> Self {
        let folder = Folder::new();
        let keeper = Command::new("sh")
            .args(["-c", r#"read -r _; rm -rf "$1""#, "sh"])
            .arg(folder.path())
            .stdin(Stdio::piped())
            .spawn();
        Self { folder, _keeper: keeper.unwrap() }
    }
}

/// Runs what is async.
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    runtime().block_on(future)
}

/// Where servers of this program run.
pub(crate) fn runtime() -> &'static Runtime {
    static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());
    &RUNTIME
}

/// The test certificates.
pub(crate) fn pki_folder() -> &'static Path {
    static PKI: LazyLock<Lasting> = LazyLock::new(|| {
        let lasting = Lasting::new();
        lasting.folder.pki();
        lasting
    });
    PKI.folder.path()
}

/// Calls that trust the test certificates.
pub(crate) fn http() -> &'static Http {
    static HTTP: LazyLock<Http> =
        LazyLock::new(|| Http::new(&pilot::pki::Pki::open(pki_folder(), pilot::time::now()).unwrap()));
    &HTTP
}

/// The European verifier.
pub(crate) fn eu_verifier() -> &'static Server {
    static VERIFIER: LazyLock<Server> = LazyLock::new(|| Server::start(&["verifier", "--side", "eu"]));
    &VERIFIER
}

/// The Canadian verifier.
pub(crate) fn ca_verifier() -> &'static Server {
    static VERIFIER: LazyLock<Server> = LazyLock::new(|| Server::start(&["verifier", "--side", "ca"]));
    &VERIFIER
}

/// The folder of a wallet that trusts everybody and is empty.
pub(crate) fn trusting_home() -> &'static Path {
    static HOME: LazyLock<Lasting> = LazyLock::new(|| {
        let wallet = Wallet::new();
        wallet.trust(&LISTS.map(|(list, _)| list));
        keep(&wallet)
    });
    HOME.folder.path()
}

/// The issuers of what every stocked wallet holds. They go on, since verifiers look up whether it still counts.
fn issuers() -> &'static [Server; 2] {
    static ISSUERS: LazyLock<[Server; 2]> = LazyLock::new(|| {
        ["eu", "ca"]
            .map(|side| Server::start(&["issuer", "--side", side, "--tx-code", "none", "--batch", "3"]))
    });
    &ISSUERS
}

/// The folder of a wallet that trusts everybody and holds three copies of each credential of both sides.
pub(crate) fn stocked_home() -> &'static Path {
    static HOME: LazyLock<Lasting> = LazyLock::new(|| {
        let wallet = Wallet::copy_of(trusting_home());
        for issuer in issuers() {
            wallet.json(["receive", &issuer.offer(), "--yes"]).done();
        }
        keep(&wallet)
    });
    HOME.folder.path()
}

/// The id of a credential that every stocked wallet holds.
pub(crate) fn id_of(type_id: &str) -> &'static str {
    static ALL: LazyLock<Vec<Value>> = LazyLock::new(|| Wallet::stocked().credentials());
    of_type(&ALL, type_id)["id"].as_str().unwrap()
}

/// The wallet's folder, for as long as this program runs: one file.
fn keep(wallet: &Wallet) -> Lasting {
    assert_eq!(std::fs::read_dir(wallet.home()).unwrap().count(), 1, "what a command wrote is in the file");
    let lasting = Lasting::new();
    std::fs::copy(wallet.home().join("vault.db"), lasting.folder.path().join("vault.db")).unwrap();
    lasting
}
