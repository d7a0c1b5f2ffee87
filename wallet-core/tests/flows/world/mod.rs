//! The rest of the world: certificates, a network, an issuer, a verifier, a clock, and wallets.

mod clock;
mod issuer;
mod network;
mod pki;
mod verifier;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

pub use clock::FakeClock;
pub use issuer::{Issuer, eu_pid, mdl};
pub use network::{Network, form, json_response, status};
pub use pki::{NOW, Pki, Signer};
pub use verifier::{Asked, Jar, Verifier};
use wallet_core::platform::Ports;
use wallet_core::present::{PresentationRequest, Source};
use wallet_core::trust::ListName;
use wallet_core::wallet::Incoming;
use wallet_core::{Development, Settings, Wallet};
use zeroize::Zeroizing;

pub const PASSPHRASE: &str = "correct horse battery staple";

/// One test's world. Its files are deleted with it.
pub struct World {
    pub pki: Pki,
    pub network: Arc<Network>,
    pub clock: Arc<FakeClock>,
    pub folder: PathBuf,
}

impl World {
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::SeqCst);
        let folder = std::env::temp_dir().join(format!("wallet-flows-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self { pki: Pki::new(), network: Arc::default(), clock: Arc::new(FakeClock::new(NOW.0)), folder }
    }

    pub fn settings(&self, file: &str) -> Settings {
        Settings {
            file: self.folder.join(file),
            ports: Ports {
                http: self.network.clone(),
                secure_area: None,
                rollback_anchor: None,
                clock: self.clock.clone(),
                events: None,
            },
            development: Development::default(),
        }
    }

    /// A new wallet that trusts everybody in the world that is to be trusted.
    pub fn wallet(&self) -> Wallet {
        let wallet = block_on(Wallet::create(self.settings("vault.db"), passphrase())).unwrap();
        for list in [ListName::EuIssuers, ListName::CaIssuers, ListName::EuVerifiers, ListName::CaVerifiers] {
            let pem = self.pki.list(list);
            block_on(wallet.add_trust_anchors(list, &pem, "test list")).unwrap();
        }
        wallet
    }

    /// A wallet that holds the EU PID in both formats and the Canadian mDL.
    pub fn stocked_wallet(&self) -> Wallet {
        let wallet = self.wallet();
        let issuer = Issuer::eu(self);
        receive(&wallet, &issuer.offer(self)).unwrap();
        let issuer = Issuer::ca(self);
        receive(&wallet, &issuer.offer(self)).unwrap();
        wallet
    }
}

impl Drop for World {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

pub fn passphrase() -> Zeroizing<Vec<u8>> {
    Zeroizing::new(PASSPHRASE.as_bytes().to_vec())
}

/// Receives and keeps everything that a link offers.
pub fn receive(
    wallet: &Wallet,
    link: &str,
) -> wallet_core::Result<Vec<wallet_core::credential::CredentialId>> {
    block_on(async {
        match wallet.open_link(link, Source::Link).await? {
            Incoming::Offer(offer) => offer.accept(Some("1234"), "Receive").await?.keep().await,
            Incoming::Preview(preview) => preview.keep().await,
            Incoming::Request(_) => panic!("a request instead of an offer"),
        }
    })
}

/// Opens a verifier's link.
pub fn open(wallet: &Wallet, link: &str) -> wallet_core::Result<PresentationRequest> {
    match block_on(wallet.open_link(link, Source::Link))? {
        Incoming::Request(request) => Ok(request),
        _ => panic!("an offer instead of a request"),
    }
}

/// Opens a verifier's link and agrees to the least that answers it.
pub fn present(wallet: &Wallet, link: &str) -> wallet_core::Result<wallet_core::present::Receipt> {
    let request = open(wallet, link)?;
    let choice = request.evaluation().least()?;
    let warnings: Vec<String> = request.warnings(&choice).iter().map(|warning| warning.id()).collect();
    let consent = request.consent(choice, &warnings)?;
    block_on(request.send(consent, "Share"))
}

/// Runs a future to its end on this thread.
pub fn block_on<F: Future>(future: F) -> F::Output {
    use std::task::{Context, Poll, Wake, Waker};
    struct Unpark(std::thread::Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = std::pin::pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => std::thread::park(),
        }
    }
}
