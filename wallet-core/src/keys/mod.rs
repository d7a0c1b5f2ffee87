//! The life of keys over the [`SecureArea`] port: planned on disk before they are made, deleted on disk after they are
//! gone, so that a kill at any instant leaves no key that nobody knows and no credential without its key.

mod software;

pub(crate) use software::record_id as software_record;

use std::sync::Arc;

use crate::crypto::p256::{PublicKey, Signature};
use crate::error::{Code, Result};
use crate::platform::{KeyPolicy, KeySession, Purpose, SecureArea};
use crate::vault::model::{KeyLife, MadeKey, PendingFlow, StoredKey};
use crate::vault::{Id, Transaction, VaultWorker};

/// The keys of one wallet.
#[derive(Clone)]
pub(crate) struct KeyStore {
    vault: VaultWorker,
    area: Arc<dyn SecureArea>,
}

/// A key that was made: where its record lies, and its public half.
#[derive(Clone)]
pub(crate) struct NewKey {
    pub(crate) id: Id,
    pub(crate) public: PublicKey,
}

impl KeyStore {
    /// Keys in `area`, or in the vault itself where the platform has none.
    pub(crate) fn new(vault: VaultWorker, area: Option<Arc<dyn SecureArea>>) -> Self {
        let area = area.unwrap_or_else(|| Arc::new(software::SoftwareArea::new(vault.clone())));
        Self { vault, area }
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
                    let key = StoredKey {
                        alias: alias.clone(),
                        life: KeyLife::Planned,
                        made: None,
                        flow: Some(flow),
                    };
                    transaction.put(&id, &key)?;
                    Ok((id, alias))
                })
                .collect()
        };
        let planned = self.vault.write(plan).await?;
        let mut made = Vec::with_capacity(count);
        for (id, alias) in planned {
            let created = self.area.create(alias.clone(), policy).await?;
            if created.level < policy.least_level {
                return Err(Code::KeyLevelNotObtained.error());
            }
            let public = PublicKey::from_sec1(&created.public_key)?;
            let key = StoredKey {
                alias,
                life: KeyLife::Live,
                made: Some(MadeKey {
                    public_key: public.to_sec1().to_vec(),
                    level: created.level,
                    user_authentication: created.user_authentication,
                }),
                flow: Some(flow),
            };
            made.push((id, key, public));
        }
        let (records, keys): (Vec<_>, Vec<_>) =
            made.into_iter().map(|(id, key, public)| ((id, key), NewKey { id, public })).unzip();
        self.vault
            .write(move |transaction| records.iter().try_for_each(|(id, key)| transaction.put(id, key)))
            .await?;
        Ok(keys)
    }

    /// Begins signing for one action, under at most one prompt.
    ///
    /// # Errors
    /// Those of the secure area.
    pub(crate) async fn session(&self, purpose: Purpose) -> Result<Session> {
        let area = self.area.begin(purpose).await?;
        Ok(Session { area, vault: self.vault.clone() })
    }

    /// Deletes keys that nothing refers to any more. One that the secure area cannot delete now stays marked, for
    /// [`KeyStore::sync`] to try again.
    ///
    /// # Errors
    /// Those of the vault.
    pub(crate) async fn delete(&self, ids: Vec<Id>) -> Result<()> {
        let mark = move |transaction: &mut Transaction<'_>| -> Result<Vec<(Id, String)>> {
            let mut marked = Vec::new();
            for id in ids {
                let Some(mut key) = transaction.find::<StoredKey>(&id)? else { continue };
                key.life = KeyLife::Deleting;
                transaction.put(&id, &key)?;
                marked.push((id, key.alias));
            }
            Ok(marked)
        };
        let marked = self.vault.write(mark).await?;
        let mut gone = Vec::with_capacity(marked.len());
        for (id, alias) in marked {
            if self.area.delete(alias).await.is_ok() {
                gone.push(id);
            }
        }
        if gone.is_empty() {
            return Ok(());
        }
        self.vault
            .write(move |transaction| gone.iter().try_for_each(|id| transaction.delete::<StoredKey>(id)))
            .await
    }

    /// Deletes the keys of flows that are over without a credential, as after a kill. Only keys that this vault made
    /// and no longer needs; keys of a flow that still waits are left alone.
    ///
    /// # Errors
    /// Those of the vault.
    pub(crate) async fn sync(&self) -> Result<()> {
        let orphans = |transaction: &mut Transaction<'_>| -> Result<Vec<Id>> {
            let mut orphans = Vec::new();
            for (id, key) in transaction.all::<StoredKey>()? {
                let flow_waits = match key.flow {
                    Some(flow) => transaction.find::<PendingFlow>(&flow)?.is_some(),
                    None => key.life == KeyLife::Live,
                };
                if key.life == KeyLife::Deleting || !flow_waits {
                    orphans.push(id);
                }
            }
            Ok(orphans)
        };
        let orphans = self.vault.read(orphans).await?;
        if orphans.is_empty() { Ok(()) } else { self.delete(orphans).await }
    }
}

/// Signs for one action.
pub(crate) struct Session {
    area: Arc<dyn KeySession>,
    vault: VaultWorker,
}

impl Session {
    /// ES256 over `message` with the key of this record.
    ///
    /// # Errors
    /// [`Code::KeyUnavailable`] when the key is gone; [`Code::PromptCancelled`]; [`Code::SignatureMalformed`] when the
    /// secure area gives something else than a DER signature.
    pub(crate) async fn sign(&self, key: Id, message: Vec<u8>) -> Result<Signature> {
        let alias = self.vault.read(move |transaction| Ok(transaction.get::<StoredKey>(&key)?.alias)).await?;
        Signature::from_der(&self.area.sign(alias, message).await?)
    }

    /// Ends the session.
    pub(crate) async fn end(self) {
        self.area.end().await;
    }
}

/// A key's name in the secure area: it says which vault it belongs to and nothing else.
pub(crate) fn alias(vault: &Id, key: &Id) -> String {
    let hex = |id: &Id| id.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    format!("wallet.{}.{}", hex(vault), hex(key))
}
