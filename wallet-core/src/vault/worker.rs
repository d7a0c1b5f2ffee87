//! The thread that owns the vault. Disk, Argon2id and the rollback anchor are slow, so they run here and callers await;
//! no lock, transaction or secret lives across an await of theirs.

use std::future::Future;
use std::path::PathBuf;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::Duration;

use futures_channel::oneshot;

use super::file::Vault;
use super::guard::{Guard, GuardKind, NewGuard, Opening, RootKey};
use super::idle::Idle;
use super::keyring::Keyring;
use super::seal::Id;
use super::transaction::Transaction;
use crate::crypto::stack;
use crate::error::{Code, Result, WalletError};
use crate::platform::{Clock, RollbackAnchor, WalletEvents};

/// What the thread is asked for.
enum Task {
    Work(Box<dyn FnOnce(&mut Guarded) + Send>),
    /// Closes the file and ends the thread.
    Close(oneshot::Sender<Result<()>>),
}

/// How long deleting waits for other processes that are reading an older state. A read lasts milliseconds.
const ERASE_WAIT: Duration = Duration::from_secs(2);

/// A vault and the anchor that guards it against being put back as a whole.
struct Guarded {
    vault: Vault,
    anchor: Option<Arc<dyn RollbackAnchor>>,
}

/// The handle to an open vault. When the last one is dropped the thread ends and the file is closed, some time later:
/// who needs to know when, calls [`VaultWorker::close`].
#[derive(Clone)]
pub(crate) struct VaultWorker {
    tasks: mpsc::Sender<Task>,
    closed: Arc<AtomicBool>,
    keyring: Keyring,
    idle: Idle,
    id: Id,
}

/// What the vault needs of the platform.
pub(crate) struct VaultPorts {
    pub(crate) anchor: Option<Arc<dyn RollbackAnchor>>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) events: Option<Arc<dyn WalletEvents>>,
    /// How long it may be idle before it locks itself, in milliseconds.
    pub(crate) idle_lock_ms: Option<u64>,
}

impl VaultWorker {
    /// Makes a new vault and leaves it unlocked.
    pub(crate) async fn create(path: PathBuf, first: NewGuard, ports: VaultPorts) -> Result<Self> {
        Self::start(move |keyring| Vault::create(&path, first, keyring), ports).await
    }

    /// Makes a new vault with content and leaves it unlocked. `prepare` comes before there is a file; what it gives fills
    /// the vault in the transaction that makes it.
    pub(crate) async fn create_with<F, T: Send + 'static>(
        path: PathBuf,
        first: NewGuard,
        ports: VaultPorts,
        prepare: impl FnOnce() -> Result<F> + Send + 'static,
    ) -> Result<(Self, T)>
    where
        F: FnOnce(&mut Transaction<'_>, &Id) -> Result<T>,
    {
        let (filled, out) = mpsc::channel();
        let make = move |keyring| {
            let (vault, content) = Vault::create_with(&path, first, keyring, prepare()?)?;
            // The receiver is gone only when nobody waits for the vault either.
            drop(filled.send(content));
            Ok(vault)
        };
        let worker = Self::start(make, ports).await?;
        Ok((worker, out.recv().map_err(|_| Code::Internal.at("vault thread"))?))
    }

    /// Opens an existing vault, locked.
    pub(crate) async fn open(path: PathBuf, ports: VaultPorts) -> Result<Self> {
        Self::start(move |keyring| Vault::open(&path, keyring), ports).await
    }

    async fn start(
        open: impl FnOnce(Keyring) -> Result<Vault> + Send + 'static,
        ports: VaultPorts,
    ) -> Result<Self> {
        let VaultPorts { anchor, clock, events, idle_lock_ms } = ports;
        let idle = Idle::new(clock, events, idle_lock_ms)?;
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
            if answer.send(Ok(id)).is_err() {
                return;
            }
            for task in inbox {
                match task {
                    Task::Work(work) => work(&mut guarded),
                    Task::Close(answer) => return drop(answer.send(guarded.close())),
                }
            }
        };
        thread::Builder::new()
            .name("wallet-vault".to_owned())
            .spawn(run)
            .map_err(|_| Code::Internal.at("vault thread"))?;
        let id = opened.await.map_err(|_| Code::Internal.at("vault thread"))??;
        Ok(Self { tasks, closed: Arc::default(), keyring, idle, id })
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

    pub(crate) fn is_unlocked(&self) -> Result<bool> {
        self.idle.check(&self.keyring)?;
        Ok(self.keyring.is_unlocked())
    }

    /// When it will lock itself if it is not used before, in milliseconds since boot.
    pub(crate) fn lock_at(&self) -> Result<Option<u64>> {
        let unlocked = self.is_unlocked()?;
        Ok(self.idle.lock_at().filter(|_| unlocked))
    }

    /// Opens the vault's keys, and then does what `settle` does, in one transaction. That it fails does not lock the vault
    /// again: the inner result is its own.
    pub(crate) async fn unlock<T: Send + 'static>(
        &self,
        opening: Opening,
        settle: impl FnOnce(&mut Transaction<'_>) -> Result<T> + Send + 'static,
    ) -> Result<Result<T>> {
        self.run(move |guarded| {
            let root = guarded.vault.root_key(&opening)?;
            guarded.unlock_and_settle(&root, settle)
        })
        .await
    }

    /// The first half of [`VaultWorker::unlock`].
    #[cfg(feature = "bench")]
    pub(crate) async fn root_key(&self, opening: Opening) -> Result<RootKey> {
        self.run(move |guarded| guarded.vault.root_key(&opening)).await
    }

    /// The second half of [`VaultWorker::unlock`].
    #[cfg(feature = "bench")]
    pub(crate) async fn unlock_with<T: Send + 'static>(
        &self,
        root: Arc<RootKey>,
        settle: impl FnOnce(&mut Transaction<'_>) -> Result<T> + Send + 'static,
    ) -> Result<Result<T>> {
        self.run(move |guarded| guarded.unlock_and_settle(&root, settle)).await
    }

    /// The kinds of guards, and the sealed secret of one of them, for the secure area to open.
    pub(crate) async fn guards(&self) -> Result<Vec<GuardInFile>> {
        self.run(|guarded| guarded.guards()).await
    }

    /// Adds a guard, in place of the one of its kind. Returns the id of the guard that went.
    pub(crate) async fn set_guard(&self, authority: Opening, new: NewGuard) -> Result<Option<Id>> {
        self.run(move |guarded| {
            let root = guarded.authorize(&authority)?;
            let (gone, generation) = guarded.vault.set_guard(&root, new)?;
            guarded.raise_anchor(generation)?;
            Ok(gone)
        })
        .await
    }

    /// Removes the guard of a kind. Returns its id.
    pub(crate) async fn remove_guard(&self, authority: Opening, kind: GuardKind) -> Result<Id> {
        self.run(move |guarded| {
            let root = guarded.authorize(&authority)?;
            let (gone, generation) = guarded.vault.remove_guard(&root, kind)?;
            guarded.raise_anchor(generation)?;
            Ok(gone)
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

    /// Leaves nothing of what was deleted beside the file; returns whether it was done ([`Vault::empty_log`]).
    pub(crate) async fn erase(&self) -> Result<bool> {
        self.run(|guarded| guarded.vault.empty_log(ERASE_WAIT)).await
    }

    /// Locks, and returns when the file is closed with everything in it. From then on every call, by whatever handle, gives
    /// [`Code::VaultClosed`].
    pub(crate) async fn close(&self) -> Result<()> {
        self.closed.store(true, Ordering::SeqCst);
        self.keyring.lock();
        let (answer, done) = oneshot::channel();
        self.tasks.send(Task::Close(answer)).map_err(|_| self.gone())?;
        done.await.map_err(|_| self.gone())?
    }

    /// Why there is no thread that would answer.
    fn gone(&self) -> WalletError {
        if self.closed.load(Ordering::SeqCst) {
            Code::VaultClosed.error()
        } else {
            Code::Internal.at("vault thread")
        }
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
        self.idle.touch(&self.keyring)?;
        let (answer, done) = oneshot::channel();
        let task = Task::Work(Box::new(move |guarded| {
            drop(answer.send(stack::clean::<{ stack::TASK }, _>(|| work(guarded))))
        }));
        self.tasks.send(task).map_err(|_| self.gone())?;
        done.await.map_err(|_| self.gone())?
    }
}

/// A guard as the file shows it to anybody.
pub(crate) struct GuardInFile {
    pub(crate) id: Id,
    pub(crate) kind: GuardKind,
    /// The guard secret as the secure area sealed it.
    pub(crate) sealed_secret: Option<Vec<u8>>,
}

impl Guarded {
    fn close(mut self) -> Result<()> {
        // Where others have it open too, closing alone would leave the log to them.
        self.vault.empty_log(Duration::ZERO)?;
        self.vault.close()
    }

    /// Unlocks, and gives the root key to whoever changes guards.
    fn authorize(&mut self, opening: &Opening) -> Result<RootKey> {
        let root = self.vault.root_key(opening)?;
        self.unlock_with(&root)?;
        Ok(root)
    }

    fn unlock_with(&mut self, root: &RootKey) -> Result<()> {
        let generation = self.vault.unlock_with(root)?;
        self.check_anchor(generation).inspect_err(|_| self.vault.keyring().lock())
    }

    fn unlock_and_settle<T>(
        &mut self,
        root: &RootKey,
        settle: impl FnOnce(&mut Transaction<'_>) -> Result<T>,
    ) -> Result<Result<T>> {
        self.unlock_with(root)?;
        // A process that was killed after deleting something may have left it beside the file.
        if self.vault.has_log() {
            self.vault.empty_log(Duration::ZERO)?;
        }
        Ok(self.write(settle))
    }

    /// The guards of the file.
    fn guards(&self) -> Result<Vec<GuardInFile>> {
        let guards = self.vault.guards()?;
        let show = |guard: &Guard| {
            Ok(GuardInFile { id: guard.id, kind: guard.kind()?, sealed_secret: guard.sealed_secret()? })
        };
        guards.iter().map(show).collect()
    }

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
    fn check_anchor(&self, generation: u64) -> Result<()> {
        check_generation(generation, self.anchored()?)?;
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
