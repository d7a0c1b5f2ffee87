//! Who takes part: a test PKI, two issuers, two verifiers and a wallet, in a folder that is deleted at the end.

use std::path::{Path, PathBuf};

use wallet_core::crypto::random;
use wallet_core::crypto::secret::SecretBytes;
use wallet_core::jose::base64url;
use wallet_core::trust::{ListName, Side};
use wallet_core::{Development, Settings, Wallet};

use crate::issuer::{Issuer, IssuerOptions};
use crate::pki::Pki;
use crate::time::now;
use crate::verifier::{Verifier, VerifierOptions};
use crate::wallet::{Failure, desktop_ports, wallet_http};

/// A folder that is gone when it is dropped, however the tour ends.
struct Folder(PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// Everybody on the stage.
pub(super) struct Stage {
    pub(super) pki: Pki,
    pub(super) eu_issuer: Issuer,
    pub(super) ca_issuer: Issuer,
    pub(super) eu_verifier: Verifier,
    pub(super) ca_verifier: Verifier,
    pub(super) wallet: Wallet,
    /// Declared last, so that it is dropped after those whose files lie in it.
    folder: Folder,
}

impl Stage {
    /// Makes the PKI, starts the servers and creates the wallet.
    pub(super) async fn set() -> Result<Self, Failure> {
        let folder = Folder(std::env::temp_dir().join(format!("pilot-tour-{}", random_text()?)));
        let failed = |error: &dyn std::fmt::Display| Failure::Usage(error.to_string());
        let pki = Pki::open(&folder.0.join("pki"), now()).map_err(|error| failed(&error))?;
        let issuer = |side| Issuer::start(IssuerOptions::new(side, pki.clone()));
        let verifier = |side| Verifier::start(VerifierOptions::new(side, pki.clone()));
        Ok(Self {
            eu_issuer: issuer(Side::Eu).await.map_err(|error| failed(&error))?,
            ca_issuer: issuer(Side::Ca).await.map_err(|error| failed(&error))?,
            eu_verifier: verifier(Side::Eu).await.map_err(|error| failed(&error))?,
            ca_verifier: verifier(Side::Ca).await.map_err(|error| failed(&error))?,
            wallet: wallet(&folder.0, &pki).await?,
            pki,
            folder,
        })
    }

    /// Stops the servers and deletes the folder.
    pub(super) async fn clear(self) {
        drop(self.wallet.lock());
        drop(self.wallet);
        self.eu_issuer.stop().await;
        self.ca_issuer.stop().await;
        self.eu_verifier.stop().await;
        self.ca_verifier.stop().await;
        drop(self.folder);
    }
}

/// A new encrypted wallet that trusts the lists of the test PKI, its `tls` list among them. No development switch is
/// set.
async fn wallet(folder: &Path, pki: &Pki) -> Result<Wallet, Failure> {
    let http = wallet_http(false);
    let settings = Settings {
        file: folder.join("vault.db"),
        ports: desktop_ports(http.clone()),
        idle_lock_ms: None,
        development: Development::default(),
    };
    let wallet = Wallet::create(settings, SecretBytes::new(random_text()?.into_bytes())).await?;
    for list in ListName::ALL {
        for file in pki.list_files(list) {
            let pem = std::fs::read_to_string(&file).map_err(|error| Failure::Usage(error.to_string()))?;
            let source = file.file_name().map(|name| name.to_string_lossy().into_owned());
            wallet.add_trust_anchors(list, &pem, &source.unwrap_or_default()).await?;
        }
    }
    http.trust(&wallet).await?;
    Ok(wallet)
}

fn random_text() -> Result<String, Failure> {
    Ok(base64url::encode(&random::array::<12>()?))
}
