//! A software area: keys sealed in the vault. For the desktop and for tests; it never asks the citizen, and it says so.

use std::sync::Arc;

use async_trait::async_trait;
use zeroize::Zeroizing;

use crate::crypto::hash::sha256;
use crate::crypto::p256::{PublicKey, SecretKey};
use crate::error::{Code, WalletError};
use crate::platform::{
    CreatedKey, KeyAuthentication, KeyLevel, KeyPolicy, KeySession, PortError, Purpose, SealPolicy,
    SecureArea,
};
use crate::vault::model::SoftwareKey;
use crate::vault::{Id, Transaction, VaultWorker};

/// Keys in the vault.
pub(super) struct SoftwareArea {
    vault: VaultWorker,
}

impl SoftwareArea {
    pub(super) fn new(vault: VaultWorker) -> Self {
        Self { vault }
    }
}

#[async_trait]
impl SecureArea for SoftwareArea {
    async fn create(&self, alias: String, policy: KeyPolicy) -> Result<CreatedKey, PortError> {
        if policy.least_level > KeyLevel::Software {
            return Err(PortError::LevelNotAvailable);
        }
        let key = SecretKey::random().map_err(port_error)?;
        let public_key = key.public_key().to_sec1().to_vec();
        let record = SoftwareKey { scalar: *key.to_bytes() };
        let id = record_id(&alias);
        self.vault.write(move |transaction| transaction.put(&id, &record)).await.map_err(port_error)?;
        Ok(CreatedKey {
            public_key,
            level: KeyLevel::Software,
            authentication: KeyAuthentication::VaultOnly,
            attestation: Vec::new(),
        })
    }

    /// A secret that this area could seal would lie beside what it guards.
    async fn seal(&self, _alias: String, secret: Vec<u8>, _policy: SealPolicy) -> Result<Vec<u8>, PortError> {
        drop(Zeroizing::new(secret));
        Err(PortError::LevelNotAvailable)
    }

    fn begin(&self, _purpose: Purpose) -> Result<Arc<dyn KeySession>, PortError> {
        Ok(Arc::new(SoftwareSession { vault: self.vault.clone() }))
    }

    async fn delete(&self, alias: String) -> Result<(), PortError> {
        let id = record_id(&alias);
        self.vault.write(move |transaction| transaction.delete::<SoftwareKey>(&id)).await.map_err(port_error)
    }

    async fn list(&self, _prefix: String) -> Result<Vec<String>, PortError> {
        // These keys lie in the vault and die with it, so there are never any that the vault does not know.
        Ok(Vec::new())
    }
}

struct SoftwareSession {
    vault: VaultWorker,
}

#[async_trait]
impl KeySession for SoftwareSession {
    async fn sign(&self, alias: String, message: Vec<u8>) -> Result<Vec<u8>, PortError> {
        let id = record_id(&alias);
        let sign = move |transaction: &mut Transaction<'_>| {
            let record: SoftwareKey = transaction.get(&id)?;
            Ok(SecretKey::from_bytes(&record.scalar)?.sign(&message).to_der())
        };
        self.vault.read(sign).await.map_err(port_error)
    }

    async fn agree(&self, alias: String, public_key: Vec<u8>) -> Result<Vec<u8>, PortError> {
        let id = record_id(&alias);
        let agree = move |transaction: &mut Transaction<'_>| {
            let record: SoftwareKey = transaction.get(&id)?;
            let public = PublicKey::from_sec1(&public_key)?;
            Ok(SecretKey::from_bytes(&record.scalar)?.agree(&public).to_vec())
        };
        self.vault.read(agree).await.map_err(port_error)
    }

    async fn unseal(&self, _alias: String, _sealed: Vec<u8>) -> Result<Vec<u8>, PortError> {
        Err(PortError::NoSuchKey)
    }

    async fn end(&self) -> Result<(), PortError> {
        Ok(())
    }
}

/// The record of a key, found by its alias.
pub(crate) fn record_id(alias: &str) -> Id {
    let digest = sha256(alias.as_bytes());
    digest.first_chunk::<16>().copied().unwrap_or_default()
}

fn port_error(error: WalletError) -> PortError {
    match error.code() {
        Code::NotFound => PortError::NoSuchKey,
        code => PortError::Unexpected { class: code.to_string() },
    }
}
