//! Keys in hardware stay where they are: what they bind has to be issued again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use wallet_core::crypto::p256::SecretKey;
use wallet_core::platform::{CreatedKey, KeyLevel, KeyPolicy, KeySession, PortError, Purpose, SecureArea};
use wallet_core::wallet::{BackedUp, Restored};
use wallet_core::{ReissueReason, Settings, Wallet};

use super::backups::{backup, restore};
use super::{lived_in, of_file, receive_pid};
use crate::world::{World, block_on};

/// A phone's hardware, as far as a backup sees it.
#[derive(Clone, Default)]
struct Phone(Arc<Mutex<HashMap<String, SecretKey>>>);

#[async_trait]
impl SecureArea for Phone {
    async fn create(&self, alias: String, _: KeyPolicy) -> Result<CreatedKey, PortError> {
        let key = SecretKey::random().unwrap();
        let public_key = key.public_key().to_sec1().to_vec();
        self.0.lock().unwrap().insert(alias, key);
        Ok(CreatedKey {
            public_key,
            level: KeyLevel::SecureElement,
            user_authentication: true,
            attestation: Vec::new(),
        })
    }

    async fn begin(&self, _: Purpose) -> Result<Arc<dyn KeySession>, PortError> {
        Ok(Arc::new(self.clone()))
    }

    async fn delete(&self, alias: String) -> Result<(), PortError> {
        self.0.lock().unwrap().remove(&alias);
        Ok(())
    }

    async fn list(&self, prefix: String) -> Result<Vec<String>, PortError> {
        Ok(self.0.lock().unwrap().keys().filter(|alias| alias.starts_with(&prefix)).cloned().collect())
    }
}

#[async_trait]
impl KeySession for Phone {
    async fn sign(&self, alias: String, message: Vec<u8>) -> Result<Vec<u8>, PortError> {
        self.0.lock().unwrap().get(&alias).map(|key| key.sign(&message).to_der()).ok_or(PortError::NoSuchKey)
    }

    async fn end(&self) {}
}

fn on(world: &World, file: &str, phone: &Phone) -> Settings {
    let mut settings = world.settings(file);
    settings.ports.secure_area = Some(Arc::new(phone.clone()));
    settings
}

#[test]
fn mig_02_keys_in_hardware_do_not_travel_and_what_they_bind_is_asked_for_again() {
    let world = World::new();
    let phone = Phone::default();
    drop(world.empty_wallet_at("phone.db"));
    let old = block_on(Wallet::open(on(&world, "phone.db", &phone))).unwrap();
    block_on(old.unlock(crate::world::passphrase())).unwrap();
    receive_pid(&world, &old);
    let keys = phone.0.lock().unwrap().len();
    let (bytes, done) = backup(&old);
    assert_eq!(done, BackedUp { credentials: 2, keys_stay: 2, entries: 2 });

    let (new, restored) = restore(&world, "new.db", &bytes).unwrap();
    assert_eq!(restored, Restored { credentials: 0, to_reissue: 2, entries: 2 });
    assert!(block_on(new.credentials()).unwrap().is_empty());
    let waiting = block_on(new.to_reissue()).unwrap();
    assert!(waiting.iter().all(|one| one.reissue.reason == ReissueReason::KeyStayed));
    assert!(waiting.iter().all(|one| one.reissue.issuer == "https://issuer.example"));
    assert_eq!(world.keys_have_owners("new.db"), 0);
    assert_eq!(phone.0.lock().unwrap().len(), keys, "the old phone's keys are left alone");
    receive_pid(&world, &new);
    assert!(block_on(new.to_reissue()).unwrap().is_empty());
}

#[test]
fn where_there_is_hardware_keys_of_the_desktop_are_of_no_use() {
    let world = World::new();
    let (bytes, _) = backup(&lived_in(&world));
    let phone = Phone::default();
    let input = Box::new(std::io::Cursor::new(bytes));
    let restored =
        block_on(Wallet::restore(on(&world, "new.db", &phone), crate::world::passphrase(), input, of_file()));
    assert_eq!(restored.unwrap().1, Restored { credentials: 0, to_reissue: 3, entries: 4 });
    assert_eq!(world.rows("new.db", "software_key"), 0, "no private key lies about");
}
