//! The keys of an unlocked vault, in the one place that `lock` wipes.

use std::any::Any;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::manifest::Manifest;
use super::seal::{Id, Table};
use crate::crypto::aead::Cipher;
use crate::crypto::kdf::hkdf_sha256;
use crate::crypto::secret::Key;
use crate::crypto::stack;
use crate::error::{Code, Result};

/// Something that a layer above keeps in memory while the vault is unlocked. The vault wipes it and knows no more of it.
pub(crate) type Held = dyn Any + Send + Sync;

/// The purpose keys of an unlocked vault, each derived from the root key for one use.
pub(super) struct Keys {
    records: Cipher,
    summaries: Cipher,
    history: Cipher,
    manifest: Cipher,
    /// What was built from the summaries for queries, and the version they had.
    index: Option<(u64, Arc<Held>)>,
    /// What was read of the manifest so far.
    known: Option<Manifest>,
}

impl Keys {
    pub(super) fn derive(root: &Key, vault: &Id) -> Result<Self> {
        let purpose = |name: &str| {
            let info = format!("wallet-core/1/{name}");
            stack::clean::<{ stack::CIPHER }, _>(|| {
                hkdf_sha256(root.expose(), vault, info.as_bytes()).map(|key| Cipher::new(&key))
            })
        };
        Ok(Self {
            records: purpose("records")?,
            summaries: purpose("summaries")?,
            history: purpose("history")?,
            manifest: purpose("manifest")?,
            index: None,
            known: None,
        })
    }

    pub(super) fn of(&self, table: Table) -> &Cipher {
        match table {
            Table::Summary => &self.summaries,
            Table::History => &self.history,
            Table::Manifest => &self.manifest,
            _ => &self.records,
        }
    }
}

/// The shared handle to the keys. Everything that needs a key takes it for one record at a time, so that `lock`
/// returns at once whatever else is going on.
#[derive(Clone, Default)]
pub(crate) struct Keyring {
    keys: Arc<Mutex<Option<Keys>>>,
    locks: Arc<AtomicU64>,
}

impl Keyring {
    fn hold(&self) -> MutexGuard<'_, Option<Keys>> {
        self.keys.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wipes the keys and everything decrypted that was kept in memory.
    pub(crate) fn lock(&self) {
        self.locks.fetch_add(1, Ordering::SeqCst);
        *self.hold() = None;
    }

    /// How often it was locked; what was agreed to before a lock is void after it.
    pub(crate) fn lock_count(&self) -> u64 {
        self.locks.load(Ordering::SeqCst)
    }

    pub(crate) fn is_unlocked(&self) -> bool {
        self.hold().is_some()
    }

    /// A ring that holds these keys and is not shared yet, to check the vault before anybody else can use it.
    pub(super) fn holding(keys: Keys) -> Self {
        Self { keys: Arc::new(Mutex::new(Some(keys))), ..Self::default() }
    }

    /// Takes over the keys of a checked ring.
    pub(super) fn adopt(&self, checked: &Self) {
        *self.hold() = checked.hold().take();
    }

    /// Uses the keys; [`Code::Locked`] when there are none.
    pub(super) fn with<T>(&self, use_keys: impl FnOnce(&Keys) -> Result<T>) -> Result<T> {
        match &*self.hold() {
            Some(keys) => stack::clean::<{ stack::CIPHER }, _>(|| use_keys(keys)),
            None => Err(Code::Locked.error()),
        }
    }

    /// The manifest that the last transaction left, for the next.
    pub(super) fn take_manifest(&self) -> Option<Manifest> {
        self.hold().as_mut()?.known.take()
    }

    /// Keeps a manifest that the file has, too; nothing is kept while locked.
    pub(super) fn keep_manifest(&self, manifest: Manifest) {
        if let Some(keys) = &mut *self.hold() {
            keys.known = Some(manifest);
        }
    }

    /// The index that was built from the summaries in this version, when it is the one in memory.
    pub(super) fn index(&self, version: u64) -> Option<Arc<Held>> {
        let held = self.hold();
        let (built, index) = held.as_ref()?.index.as_ref()?;
        (*built == version).then(|| Arc::clone(index))
    }

    /// Keeps an index; nothing is kept while locked.
    pub(super) fn set_index(&self, version: u64, index: Arc<Held>) {
        if let Some(keys) = &mut *self.hold() {
            keys.index = Some((version, index));
        }
    }
}
