//! The rest of the world: certificates, a network, an issuer, a verifier, a clock, and wallets.

mod anchor;
mod clock;
mod issuer;
mod network;
mod phone;
mod pki;
mod random;
mod registration;
mod vaults;
mod verifier;

use std::path::PathBuf;
use std::pin::Pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, mpsc};

pub use anchor::FakeAnchor;
pub use clock::FakeClock;
pub use issuer::{
    Issuer, PRE_AUTHORIZED, Reply, eu_pid, eu_pid_mdoc, pid_builder, pid_mdoc_builder, pid_mdoc_of, validity,
};
pub use network::{Network, json_response, status};
pub use phone::Phone;
pub use pki::{NOW, Pki, Signer, request_signer, year};
pub use random::Random;
pub use registration::{registration, registration_by};
pub use vaults::{Holdings, TABLES, VaultFile};
pub use verifier::{Asked, Jar, STATE, Verifier};
use wallet_core::Unlock;
use wallet_core::platform::Ports;
use wallet_core::present::{PresentationRequest, Receipt, Source};
use wallet_core::wallet::{CredentialEntry, History, Incoming};
use wallet_core::{Code, Development, Result, Settings, Wallet};
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
        // In memory where there is such a place: the vault waits for the disk at each step, hundreds of times a test.
        let memory = PathBuf::from("/dev/shm");
        let parent = if memory.is_dir() { memory } else { std::env::temp_dir() };
        let folder = parent.join(format!("wallet-flows-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self { pki: Pki::new(), network: Arc::default(), clock: Arc::new(FakeClock::new(NOW.0)), folder }
    }

    /// Where its wallet lies.
    pub fn file(&self) -> PathBuf {
        self.folder.join("vault.db")
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
            idle_lock_ms: None,
            development: Development::default(),
        }
    }

    /// The same, with something outside the file that remembers how far the vault has come.
    pub fn anchored(&self, file: &str, anchor: &Arc<FakeAnchor>) -> Settings {
        let mut settings = self.settings(file);
        settings.ports.rollback_anchor = Some(anchor.clone());
        settings
    }

    /// A wallet that trusts everybody in the world that is to be trusted, and holds nothing.
    pub fn empty_wallet(&self) -> Wallet {
        vaults::empty().write(&self.file());
        self.unlocked("vault.db")
    }

    /// The same in a file of this name.
    pub fn empty_wallet_at(&self, file: &str) -> Wallet {
        vaults::empty().write(&self.folder.join(file));
        self.unlocked(file)
    }

    /// A wallet that holds the EU's PID in both formats and the Canadian driver's licence, three copies of each.
    pub fn stocked_wallet(&self) -> Wallet {
        vaults::stocked().write(&self.file());
        self.unlocked("vault.db")
    }

    /// Opens a wallet as a new process does, and unlocks it.
    pub fn unlocked(&self, file: &str) -> Wallet {
        let wallet = block_on(Wallet::open(self.settings(file))).unwrap();
        block_on(wallet.unlock(Unlock::Passphrase(passphrase()), "Unlock")).unwrap();
        wallet
    }

    /// The same by its recovery key.
    pub fn recovered(&self, file: &str, key: &str) -> Wallet {
        let wallet = block_on(Wallet::open(self.settings(file))).unwrap();
        let key = Zeroizing::new(key.as_bytes().to_vec());
        block_on(wallet.unlock(Unlock::RecoveryKey(key), "Unlock")).unwrap();
        wallet
    }
}

/// Makes a recovery key: as it is shown. A wallet opens by it at once, and by a passphrase only after a derivation that is
/// slow on purpose.
pub fn recovery_key(wallet: &Wallet) -> String {
    let key = block_on(wallet.make_recovery_key(Unlock::Passphrase(passphrase()), "Change")).unwrap();
    String::from_utf8(key.reveal().unwrap().to_vec()).unwrap()
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
pub fn receive(wallet: &Wallet, link: &str) -> Result<Vec<wallet_core::credential::CredentialId>> {
    block_on(async {
        match wallet.open_link(link, Source::Link).await? {
            Incoming::Offer { offer } => offer.accept(Some("1234".to_owned()), "Receive").await?.keep().await,
            Incoming::Preview { preview } => preview.keep().await,
            Incoming::Request { .. } => panic!("a request instead of an offer"),
        }
    })
}

/// Opens a verifier's link.
pub fn open(wallet: &Wallet, link: &str) -> Result<Arc<PresentationRequest>> {
    match block_on(wallet.open_link(link, Source::Link))? {
        Incoming::Request { request } => Ok(request),
        _ => panic!("an offer instead of a request"),
    }
}

/// Agrees to the least that answers a request, knowing all warnings.
pub fn agree(request: &PresentationRequest) -> Result<Arc<wallet_core::present::Consent>> {
    let choice = request.evaluation().least()?;
    let warnings: Vec<String> =
        request.warnings(&choice).unwrap().iter().map(|warning| warning.id()).collect();
    request.consent(choice, &warnings)
}

/// Opens a verifier's link and agrees to the least that answers it.
pub fn present(wallet: &Wallet, link: &str) -> Result<Receipt> {
    let request = open(wallet, link)?;
    let consent = agree(&request)?;
    block_on(request.send(consent, "Share"))
}

pub fn history(wallet: &Wallet) -> History {
    block_on(wallet.history()).unwrap()
}

pub const PID: &str = "urn:eudi:pid:1";
pub const PID_MDOC: &str = "eu.europa.ec.eudi.pid.1";
pub const MDL: &str = "org.iso.18013.5.1.mDL";

/// Its first credential of this type.
pub fn credential(wallet: &Wallet, type_id: &str) -> CredentialEntry {
    let credentials = block_on(wallet.credentials()).unwrap().entries;
    credentials.into_iter().find(|one| one.type_id == type_id).unwrap()
}

/// How many copies of that nobody has seen yet.
pub fn fresh_copies(wallet: &Wallet, type_id: &str) -> u64 {
    credential(wallet, type_id).fresh_copies
}

/// The code of a failure; a success has none.
pub fn code<T>(result: Result<T>) -> Option<Code> {
    result.err().map(|error| error.code())
}

/// Runs a future to its end on this thread.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = std::pin::pin!(future);
    loop {
        if let Some(output) = step(future.as_mut()) {
            return output;
        }
    }
}

/// Polls a future once; when it has to wait, returns as soon as it can go on.
pub fn step<F: Future>(future: Pin<&mut F>) -> Option<F::Output> {
    let (output, woken) = poll(future);
    if output.is_none() {
        woken.recv().unwrap();
    }
    output
}

/// Holds up whoever writes to a wallet's vault, so that no write is over before its future has been seen waiting for
/// it. Each step of a flow then ends at its next point of waiting, whatever the machine's pace.
pub struct SlowMotion(rusqlite::Connection);

impl SlowMotion {
    pub fn of(world: &World) -> Self {
        Self(world.database("vault.db"))
    }

    /// As [`step`].
    pub fn step<F: Future>(&self, future: Pin<&mut F>) -> Option<F::Output> {
        let (output, woken) = self.poll(future);
        if output.is_none() {
            woken.recv().unwrap();
        }
        output
    }

    /// As [`poll`]. What the future waits for goes on when this returns.
    pub fn poll<F: Future>(&self, future: Pin<&mut F>) -> (Option<F::Output>, mpsc::Receiver<()>) {
        self.0.execute_batch("BEGIN IMMEDIATE").unwrap();
        let polled = poll(future);
        self.0.execute_batch("ROLLBACK").unwrap();
        polled
    }
}

/// Polls a future once. What it waits for is going on, and says so when it is done.
pub fn poll<F: Future>(future: Pin<&mut F>) -> (Option<F::Output>, mpsc::Receiver<()>) {
    use std::task::{Context, Poll, Wake, Waker};
    struct Signal(mpsc::SyncSender<()>);
    impl Wake for Signal {
        fn wake(self: Arc<Self>) {
            let _ = self.0.try_send(());
        }
    }
    let (sender, woken) = mpsc::sync_channel(1);
    let waker = Waker::from(Arc::new(Signal(sender)));
    match future.poll(&mut Context::from_waker(&waker)) {
        Poll::Ready(output) => (Some(output), woken),
        Poll::Pending => (None, woken),
    }
}
