//! The thread that owns the vault. Disk, Argon2id and the rollback anchor are slow, so they run here and callers await;
//! no lock, transaction or secret lives across an await of theirs.

use std::future::Future;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::{Arc, mpsc};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use futures_channel::oneshot;

use super::file::Vault;
#[cfg(feature = "bench")]
use super::guard::RootKey;
use super::keyring::Keyring;
use super::seal::Id;
use super::transaction::Transaction;
use crate::crypto::secret::SecretBytes;
use crate::error::{Code, Result, WalletError};
use crate::platform::RollbackAnchor;

type Task = Box<dyn FnOnce(&mut Guarded) + Send>;

/// A vault and the anchor that guards it against being put back as a whole.
struct Guarded {
    vault: Vault,
    anchor: Option<Arc<dyn RollbackAnchor>>,
}

/// The handle to an open vault. When the last one is dropped the thread ends and the file is closed.
#[derive(Clone)]
pub(crate) struct VaultWorker {
    tasks: mpsc::Sender<Task>,
    keyring: Keyring,
    id: Id,
}

impl VaultWorker {
    /// Makes a new vault and leaves it unlocked.
    pub(crate) async fn create(
        path: PathBuf,
        passphrase: SecretBytes,
        anchor: Option<Arc<dyn RollbackAnchor>>,
    ) -> Result<Self> {
        Self::start(move |keyring| Vault::create(&path, &passphrase, keyring), anchor).await
    }

    /// Makes a new vault with content and leaves it unlocked. `prepare` comes before there is a file; what it gives fills
    /// the vault in the transaction that makes it.
    pub(crate) async fn create_with<F, T: Send + 'static>(
        path: PathBuf,
        passphrase: SecretBytes,
        anchor: Option<Arc<dyn RollbackAnchor>>,
        prepare: impl FnOnce() -> Result<F> + Send + 'static,
    ) -> Result<(Self, T)>
    where
        F: FnOnce(&mut Transaction<'_>, &Id) -> Result<T>,
    {
        let (filled, out) = mpsc::channel();
        let make = move |keyring| {
            let (vault, content) = Vault::create_with(&path, &passphrase, keyring, prepare()?)?;
            // The receiver is gone only when nobody waits for the vault either.
            drop(filled.send(content));
            Ok(vault)
        };
        let worker = Self::start(make, anchor).await?;
        Ok((worker, out.recv().map_err(|_| Code::Internal.at("vault thread"))?))
    }

    /// Opens an existing vault, locked.
    pub(crate) async fn open(path: PathBuf, anchor: Option<Arc<dyn RollbackAnchor>>) -> Result<Self> {
        Self::start(move |keyring| Vault::open(&path, keyring), anchor).await
    }

    async fn start(
        open: impl FnOnce(Keyring) -> Result<Vault> + Send + 'static,
        anchor: Option<Arc<dyn RollbackAnchor>>,
    ) -> Result<Self> {
        let (tasks, inbox) = mpsc::channel::<Task>();
        let (answer, opened) = oneshot::channel();
        let keyring = Keyring::default();
        let vault_keyring = keyring.clone();
        let run = move || {
            let vault = match open(vault_keyring) {
                Ok(vault) => vault,
                Err(error) => return drop(answer.send(Err(error))),
            };
            let id = *vault.id();
            let mut guarded = Guarded { vault, anchor };
            if answer.send(Ok(id)).is_ok() {
                inbox.iter().for_each(|task| task(&mut guarded));
            }
        };
        thread::Builder::new()
            .name("wallet-vault".to_owned())
            .spawn(run)
            .map_err(|_| Code::Internal.at("vault thread"))?;
        let id = opened.await.map_err(|_| Code::Internal.at("vault thread"))??;
        Ok(Self { tasks, keyring, id })
    }

    /// The vault's random identifier.
    pub(crate) fn id(&self) -> &Id {
        &self.id
    }

    /// Wipes all keys at once, whatever the thread is doing; what it is doing then fails with [`Code::Locked`].
    pub(crate) fn lock(&self) {
        self.keyring.lock();
    }

    /// How often it was locked since it was opened.
    pub(crate) fn lock_count(&self) -> u64 {
        self.keyring.lock_count()
    }

    pub(crate) fn is_unlocked(&self) -> bool {
        self.keyring.is_unlocked()
    }

    /// Opens the vault's keys with a passphrase.
    pub(crate) async fn unlock(&self, passphrase: SecretBytes) -> Result<()> {
        self.run(move |guarded| {
            guarded.vault.unlock(&passphrase)?;
            guarded.check_anchor().inspect_err(|_| guarded.vault.keyring().lock())
        })
        .await
    }

    /// The first half of [`VaultWorker::unlock`].
    #[cfg(feature = "bench")]
    pub(crate) async fn root_key(&self, passphrase: SecretBytes) -> Result<RootKey> {
        self.run(move |guarded| guarded.vault.root_key(&passphrase)).await
    }

    /// The second half of [`VaultWorker::unlock`].
    #[cfg(feature = "bench")]
    pub(crate) async fn unlock_with(&self, root: Arc<RootKey>) -> Result<()> {
        self.run(move |guarded| {
            guarded.vault.unlock_with(&root)?;
            guarded.check_anchor().inspect_err(|_| guarded.vault.keyring().lock())
        })
        .await
    }

    /// Reads from one consistent state.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.run(move |guarded| guarded.vault.read(work)).await
    }

    /// Writes all or nothing; when this returns, it is on disk.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Transaction<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.run(move |guarded| guarded.write(work)).await
    }

    /// Does something slow that needs no vault on the vault's thread, and not on the caller's.
    pub(crate) async fn aside<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.run(move |_| work()).await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Guarded) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (answer, done) = oneshot::channel();
        let task: Task = Box::new(move |guarded| drop(answer.send(work(guarded))));
        let gone = |_| -> WalletError { Code::Internal.at("vault thread") };
        self.tasks.send(task).map_err(|_| Code::Internal.at("vault thread"))?;
        done.await.map_err(gone)?
    }
}

impl Guarded {
    fn write<T>(&mut self, work: impl FnOnce(&mut Transaction<'_>) -> Result<T>) -> Result<T> {
        let anchored = self.anchored()?;
        let (out, generation) = self.vault.write(|transaction| {
            check_generation(transaction.generation(), anchored)?;
            work(transaction)
        })?;
        self.raise_anchor(generation)?;
        Ok(out)
    }

    /// After unlocking: refuses a file that is older than the anchor, and lifts an anchor that a kill left behind.
    fn check_anchor(&mut self) -> Result<()> {
        let anchored = self.anchored()?;
        let generation = self.vault.read(|transaction| Ok(transaction.generation()))?;
        check_generation(generation, anchored)?;
        self.raise_anchor(generation)
    }

    fn anchored(&self) -> Result<Option<u64>> {
        let Some(anchor) = &self.anchor else { return Ok(None) };
        Ok(block_on(anchor.get(self.vault.id().to_vec()))?)
    }

    fn raise_anchor(&self, generation: u64) -> Result<()> {
        let Some(anchor) = &self.anchor else { return Ok(()) };
        let id = self.vault.id().to_vec();
        loop {
            let current = block_on(anchor.get(id.clone()))?;
            // Another process may have lifted it further in the meantime; it never goes down.
            if current >= Some(generation)
                || block_on(anchor.compare_and_set(id.clone(), current, generation))?
            {
                return Ok(());
            }
        }
    }
}

/// A generation above the anchor is a commit whose process ended before it could lift the anchor; nobody can make one
/// without the vault's keys. Below it the file is an older copy.
fn check_generation(generation: u64, anchored: Option<u64>) -> Result<()> {
    match anchored {
        Some(anchored) if generation < anchored => Err(Code::VaultRolledBack.error()),
        _ => Ok(()),
    }
}

/// Waits for a port on this thread, which is ours to block.
fn block_on<F: Future>(future: F) -> F::Output {
    struct Unpark(Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}
