//! The wallet's folder, and the wallet in it.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use wallet_core::platform::{HttpClient, HttpRequest, HttpResponse, PortError, Ports};
use wallet_core::trust::Role;
use wallet_core::wallet::Restored;
use wallet_core::{Development, Settings, Wallet, WalletError};

use super::clock::SystemClock;
use super::exit::Failure;
use super::folder_area::FolderArea;
use super::secrets;
use crate::http::{ClientError, UreqClient};
use crate::words::{Language, filled};

/// The vault's file in the folder.
const FILE: &str = "vault.db";

/// Where a wallet lies, and what plays its phone.
pub(super) struct Place<'a> {
    pub(super) home: &'a Path,
    pub(super) phone: Option<&'a Path>,
    pub(super) development: Development,
}

/// Makes a new wallet.
pub(super) async fn create(place: &Place<'_>, language: Language) -> Result<Wallet, Failure> {
    let passphrase = secrets::first_passphrase(language)?;
    make_folder(place, language)?;
    let (settings, _http) = settings(place);
    Ok(Wallet::create(settings, passphrase).await?)
}

/// Makes a new wallet from a backup.
pub(super) async fn restore(
    place: &Place<'_>,
    backup: std::fs::File,
    language: Language,
) -> Result<(Wallet, Restored), Failure> {
    let (of_file, passphrase) = (secrets::of_file(language)?, secrets::first_passphrase(language)?);
    make_folder(place, language)?;
    let (settings, _http) = settings(place);
    Ok(Wallet::restore(settings, passphrase, Box::new(std::io::BufReader::new(backup)), of_file).await?)
}

fn make_folder(place: &Place<'_>, language: Language) -> Result<(), Failure> {
    std::fs::create_dir_all(place.home).map_err(|error| {
        let (home, error) = (place.home.display().to_string(), error.to_string());
        Failure::Usage(filled("wallet.home.cannot", &[("home", &home), ("error", &error)], language))
    })
}

/// Opens the wallet, locked.
pub(super) async fn open(place: &Place<'_>) -> Result<(Wallet, Arc<WalletHttp>), Failure> {
    let (settings, http) = settings(place);
    Ok((Wallet::open(settings).await?, http))
}

/// Unlocks the wallet, and gives its HTTP client the roots of the wallet's own `tls` list.
pub(super) async fn unlock(wallet: &Wallet, http: &WalletHttp, language: Language) -> Result<(), Failure> {
    wallet.unlock(secrets::unlock(language)?, "").await?;
    Ok(http.trust(wallet).await?)
}

fn settings(place: &Place<'_>) -> (Settings, Arc<WalletHttp>) {
    let http = wallet_http(place.development.insecure_http_to_loopback);
    let mut ports = desktop_ports(http.clone());
    if let Some(folder) = place.phone {
        ports.secure_area = Some(Arc::new(FolderArea::new(folder)));
    }
    let file = place.home.join(FILE);
    // Each command is a process of its own, and ends.
    (Settings { file, ports, idle_lock_ms: None, development: place.development }, http)
}

/// What a desktop gives a wallet: keys lie in the vault, and nothing outside it remembers its generation.
pub(crate) fn desktop_ports(http: Arc<WalletHttp>) -> Ports {
    Ports { http, secure_area: None, rollback_anchor: None, clock: Arc::new(SystemClock), events: None }
}

/// HTTP for a wallet: nothing is trusted until the wallet is unlocked and has said what its `tls` list holds.
pub(crate) fn wallet_http(insecure_http: bool) -> Arc<WalletHttp> {
    Arc::new(WalletHttp { client: Mutex::new(None), insecure_http })
}

/// The client of an unlocked wallet.
pub(crate) struct WalletHttp {
    client: Mutex<Option<UreqClient>>,
    insecure_http: bool,
}

impl WalletHttp {
    /// Trusts what the operating system trusts, and the wallet's `tls` list.
    pub(crate) async fn trust(&self, wallet: &Wallet) -> Result<(), WalletError> {
        let anchors = wallet.trust_anchors().await?;
        let roots: Vec<Vec<u8>> = anchors
            .iter()
            .filter(|anchor| anchor.role() == Role::Tls)
            .map(|anchor| anchor.certificate().der().to_vec())
            .collect();
        let client = match UreqClient::new(roots) {
            Ok(client) if self.insecure_http => Some(client.with_insecure_loopback()),
            Ok(client) => Some(client),
            // No roots at all: https cannot work, and the first call says so.
            Err(ClientError::NoRoots | ClientError::Root) => None,
        };
        *self.client.lock().unwrap_or_else(PoisonError::into_inner) = client;
        Ok(())
    }
}

#[async_trait]
impl HttpClient for WalletHttp {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, PortError> {
        let client = self.client.lock().unwrap_or_else(PoisonError::into_inner).clone();
        client.ok_or(PortError::Tls)?.send(request).await
    }
}
