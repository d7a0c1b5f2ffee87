//! The life of keys over the [`SecureArea`] port: planned on disk before they are made, deleted on disk after they are
//! gone, so that a kill at any instant leaves no key that nobody knows and no credential without its key.

mod guard_secret;
mod session;
mod software;

pub(crate) use software::record_id as software_record;

use std::collections::HashSet;
use std::sync::{Arc, Mutex};

pub(crate) use guard_secret::OpenedSession;
pub(crate) use session::Session;

use crate::crypto::p256::PublicKey;
use crate::error::{Code, Result};
use crate::platform::{Clock, CreatedKey, KeyPolicy, Purpose, SecureArea};
use crate::vault::model::{CopyUse, KeyLife, LooseKey, MadeKey, PendingFlow, StoredCredential, StoredKey};
use crate::vault::{Id, Transaction, VaultWorker};

/// The keys of one wallet.
#[derive(Clone)]
pub(crate) struct KeyStore {
    vault: VaultWorker,
    area: Arc<dyn SecureArea>,
    /// Whether the area is the platform's, so that keys can be lost without the vault.
    hardware: bool,
    clock: Arc<dyn Clock>,
    /// The session that unlocking began: what follows at once needs no second prompt.
    opened: Arc<Mutex<Option<OpenedSession>>>,
}

/// A key that was made: where its record lies, and its public half.
#[derive(Clone)]
pub(crate) struct NewKey {
    pub(crate) id: Id,
    pub(crate) public: PublicKey,
}

impl KeyStore {
    /// Keys in `area`, or in the vault itself where the platform has none.
    pub(crate) fn new(vault: VaultWorker, area: Option<Arc<dyn SecureArea>>, clock: Arc<dyn Clock>) -> Self {
        let hardware = area.is_some();
        let area = area.unwrap_or_else(|| Arc::new(software::SoftwareArea::new(vault.clone())));
        Self { vault, area, hardware, clock, opened: Arc::default() }
    }

    /// Makes `count` keys for a pending flow.
    ///
    /// # Errors
    /// Those of the secure area; [`Code::KeyLevelNotObtained`] when a key is weaker than the policy demands.
    pub(crate) async fn make(&self, flow: Id, count: usize, policy: KeyPolicy) -> Result<Vec<NewKey>> {
        let vault_id = *self.vault.id();
        let plan = move |transaction: &mut Transaction<'_>| -> Result<Vec<(Id, String)>> {
            (0..count)
                .map(|_| {
                    let id = crate::crypto::random::array()?;
                    let alias = alias(&vault_id, &id);
                    let made = None;
                    let key =
                        StoredKey { alias: alias.clone(), life: KeyLife::Planned, made, flow: Some(flow) };
                    transaction.put(&id, &LooseKey(key))?;
                    Ok((id, alias))
                })
                .collect()
        };
        let planned = self.vault.write(plan).await?;
        let mut made = Vec::with_capacity(count);
        for (id, alias) in planned {
            let created = self.area.create(alias.clone(), policy.clone()).await?;
            if created.level < policy.least_level {
                return Err(Code::KeyLevelNotObtained.error());
            }
            let public = PublicKey::from_sec1(&created.public_key)?;
            let record = Some(MadeKey::new(&public, &created));
            let key = StoredKey { alias, life: KeyLife::Live, made: record, flow: Some(flow) };
            made.push((id, LooseKey(key), public));
        }
        let (records, keys): (Vec<_>, Vec<_>) =
            made.into_iter().map(|(id, key, public)| ((id, key), NewKey { id, public })).unzip();
        self.vault
            .write(move |transaction| records.iter().try_for_each(|(id, key)| transaction.put(id, key)))
            .await?;
        Ok(keys)
    }

    /// Begins using keys for one action, under at most one prompt: the one that just unlocked the wallet, if it did.
    ///
    /// # Errors
    /// Those of the secure area.
    pub(crate) async fn session(&self, purpose: Purpose) -> Result<Session> {
        let area = match self.take_opened() {
            Some(session) => session,
            None => self.area.begin(purpose)?,
        };
        Ok(Session::new(area, self.vault.clone()))
    }

    /// Deletes the keys that nobody will ever need. One that the secure area cannot delete now stays marked, for the next
    /// time.
    ///
    /// # Errors
    /// Those of the vault.
    pub(crate) async fn sync(&self) -> Result<()> {
        let orphans = self.vault.write(orphans).await?;
        self.delete(orphans).await
    }

    /// Deletes [`orphans`].
    ///
    /// # Errors
    /// Those of the vault.
    pub(crate) async fn delete(&self, orphans: Vec<Orphan>) -> Result<()> {
        let mut gone = Vec::with_capacity(orphans.len());
        for Orphan { id, alias } in orphans {
            if self.area.delete(alias).await.is_ok() {
                gone.push(id);
            }
        }
        if gone.is_empty() {
            return Ok(());
        }
        self.vault
            .write(move |transaction| gone.iter().try_for_each(|id| transaction.delete::<LooseKey>(id)))
            .await
    }

    /// Compares with the secure area: copies whose key is gone are retired, and keys of this vault that it does not know
    /// are deleted. Done when the vault was opened by something that travels, for then this may be another phone.
    /// Returns whether a copy was retired.
    ///
    /// # Errors
    /// Those of the vault, and of the secure area.
    pub(crate) async fn compare(&self) -> Result<bool> {
        if !self.hardware {
            return Ok(false);
        }
        let there: HashSet<String> = self.area.list(prefix(self.vault.id())).await?.into_iter().collect();
        let compare = move |transaction: &mut Transaction<'_>| -> Result<(HashSet<Id>, Vec<String>)> {
            let owned = transaction.all::<StoredKey>()?;
            let loose = transaction.all::<LooseKey>()?.into_iter().map(|(_, LooseKey(key))| key.alias);
            let known: HashSet<String> =
                owned.iter().map(|(_, key)| key.alias.clone()).chain(loose).collect();
            let lost = owned.into_iter().filter(|(_, key)| !there.contains(&key.alias)).map(|(id, _)| id);
            let strays =
                there.iter().filter(|alias| !known.contains(*alias) && !guard_secret::is_alias(alias));
            Ok((lost.collect(), strays.cloned().collect()))
        };
        let (lost, strays) = self.vault.read(compare).await?;
        // Where all keys are gone this is another phone, or a wiped one: nothing here is ours to delete.
        if lost.is_empty() {
            for alias in strays {
                self.area.delete(alias).await?;
            }
            return Ok(false);
        }
        let retire = move |transaction: &mut Transaction<'_>| -> Result<bool> {
            let mut any = false;
            for (id, mut credential) in transaction.all::<StoredCredential>()? {
                let gone = credential.copies.iter_mut();
                let gone: Vec<_> = gone
                    .filter(|copy| copy.state != CopyUse::Retired && lost.contains(&copy.key))
                    .map(|copy| copy.state = CopyUse::Retired)
                    .collect();
                if !gone.is_empty() {
                    transaction.put(&id, &credential)?;
                    any = true;
                }
            }
            Ok(any)
        };
        self.vault.write(retire).await
    }
}

/// A key that nobody will ever need, marked as one that is to be deleted.
pub(crate) struct Orphan {
    id: Id,
    alias: String,
}

/// The keys of flows that are over without a credential, as after a kill, and those that no copy has any more. Keys of a
/// flow that still waits are left alone. That they go is written down before any goes.
///
/// # Errors
/// Those of the vault; then nothing was written.
pub(crate) fn orphans(transaction: &mut Transaction<'_>) -> Result<Vec<Orphan>> {
    let mut orphans = Vec::new();
    for (id, LooseKey(key)) in transaction.all::<LooseKey>()? {
        let flow_waits = match key.flow {
            Some(flow) => transaction.find::<PendingFlow>(&flow)?.is_some(),
            None => false,
        };
        if key.life == KeyLife::Deleting || !flow_waits {
            orphans.push((id, key));
        }
    }
    let mut marked = Vec::with_capacity(orphans.len());
    for (id, mut key) in orphans {
        let alias = key.alias.clone();
        if key.life != KeyLife::Deleting {
            key.life = KeyLife::Deleting;
            transaction.put(&id, &LooseKey(key))?;
        }
        marked.push(Orphan { id, alias });
    }
    Ok(marked)
}

impl MadeKey {
    fn new(public: &PublicKey, created: &CreatedKey) -> Self {
        Self {
            public_key: public.to_sec1().to_vec(),
            level: created.level,
            user_authentication: created.authentication != crate::platform::KeyAuthentication::VaultOnly,
            authentication: Some(created.authentication),
        }
    }
}

/// What the names of all keys of a vault begin with.
fn prefix(vault: &Id) -> String {
    format!("wallet.{}.", hex(vault))
}

/// A key's name in the secure area: it says which vault it belongs to and nothing else.
pub(crate) fn alias(vault: &Id, key: &Id) -> String {
    prefix(vault) + &hex(key)
}

fn hex(id: &Id) -> String {
    id.iter().map(|byte| format!("{byte:02x}")).collect()
}
