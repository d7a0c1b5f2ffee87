//! A phone's secure area, played: prompts are counted, and everything can happen that happens to phones.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use wallet_core::crypto::aead;
use wallet_core::crypto::p256::{PublicKey, SecretKey};
use wallet_core::crypto::secret::Key;
use wallet_core::jose::base64url;
use wallet_core::platform::{
    CreatedKey, KeyAuthentication, KeyLevel, KeyPolicy, KeySession, PortError, Purpose, SealPolicy,
    SecureArea,
};

/// One phone. Clones are the same phone.
#[derive(Clone, Default)]
pub struct Phone(Arc<Mutex<Inside>>);

#[derive(Default)]
struct Inside {
    keys: BTreeMap<String, Held>,
    /// The texts of the prompts, in their order.
    prompts: Vec<String>,
    citizen_cancels: bool,
    no_screen_lock: bool,
    keeps_keys: bool,
}

enum Held {
    Signing(SecretKey, KeyAuthentication),
    /// The key is there and cannot be used any more, as Android has it after biometrics changed.
    Invalidated,
    Sealing(Key, SealPolicy),
}

impl Phone {
    /// Its keys in one line, for another process to play the same phone. There they never ask.
    pub fn to_text(&self) -> String {
        let inside = self.0.lock().unwrap();
        let keys = inside.keys.iter().filter_map(|(alias, held)| match held {
            Held::Signing(key, _) => Some(format!("{alias} signs {}", base64url::encode(&*key.to_bytes()))),
            Held::Sealing(key, _) => Some(format!("{alias} seals {}", base64url::encode(key.expose()))),
            Held::Invalidated => None,
        });
        keys.collect::<Vec<_>>().join(",")
    }

    pub fn from_text(text: &str) -> Self {
        let phone = Self::default();
        for key in text.split(',') {
            let fields: Vec<&str> = key.split(' ').collect();
            let [alias, use_, key] = fields[..] else { panic!("{key}") };
            let key: [u8; 32] = base64url::decode(key, "key").unwrap().try_into().unwrap();
            let held = if use_ == "signs" {
                Held::Signing(SecretKey::from_bytes(&key).unwrap(), KeyAuthentication::VaultOnly)
            } else {
                let filled = Key::fill_with(|out| {
                    *out = key;
                    Ok(())
                });
                Held::Sealing(filled.unwrap(), SealPolicy::ThisDevice)
            };
            phone.0.lock().unwrap().keys.insert(alias.to_owned(), held);
        }
        phone
    }

    /// How often the citizen was asked so far, and with what words.
    pub fn prompts(&self) -> Vec<String> {
        self.0.lock().unwrap().prompts.clone()
    }

    /// How many keys it holds.
    pub fn keys(&self) -> usize {
        self.0.lock().unwrap().keys.len()
    }

    /// From now on the citizen cancels, or says yes again.
    pub fn cancels(&self, cancels: bool) {
        self.0.lock().unwrap().citizen_cancels = cancels;
    }

    /// The citizen enrols another finger: keys that need biometrics are void.
    pub fn biometrics_changed(&self) {
        for held in self.0.lock().unwrap().keys.values_mut() {
            if matches!(held, Held::Sealing(_, SealPolicy::Biometrics)) {
                *held = Held::Invalidated;
            }
        }
    }

    /// The citizen removes the screen lock: keys that need the citizen are void, and new ones cannot ask.
    pub fn screen_lock_removed(&self) {
        let mut inside = self.0.lock().unwrap();
        inside.no_screen_lock = true;
        for held in inside.keys.values_mut() {
            let asks = !matches!(
                held,
                Held::Signing(_, KeyAuthentication::VaultOnly) | Held::Sealing(_, SealPolicy::ThisDevice)
            );
            if asks {
                *held = Held::Invalidated;
            }
        }
    }

    /// From now on keys cannot be deleted, or can again.
    pub fn keeps_keys(&self, keeps: bool) {
        self.0.lock().unwrap().keeps_keys = keeps;
    }

    /// The enclave is wiped, as after a factory reset.
    pub fn wiped(&self) {
        self.0.lock().unwrap().keys.clear();
    }

    fn ask(&self, asked: &AtomicBool, purpose: &Purpose) -> Result<(), PortError> {
        if asked.load(Ordering::SeqCst) {
            return Ok(());
        }
        let mut inside = self.0.lock().unwrap();
        inside.prompts.push(purpose.text.clone());
        if inside.citizen_cancels {
            return Err(PortError::Cancelled);
        }
        asked.store(true, Ordering::SeqCst);
        Ok(())
    }
}

#[async_trait]
impl SecureArea for Phone {
    async fn create(&self, alias: String, policy: KeyPolicy) -> Result<CreatedKey, PortError> {
        if policy.least_level > KeyLevel::TrustedEnvironment {
            return Err(PortError::LevelNotAvailable);
        }
        let mut inside = self.0.lock().unwrap();
        let authentication =
            if inside.no_screen_lock { KeyAuthentication::VaultOnly } else { policy.authentication };
        let key = SecretKey::random().unwrap();
        let public_key = key.public_key().to_sec1().to_vec();
        inside.keys.insert(alias, Held::Signing(key, authentication));
        let (level, attestation) = (KeyLevel::TrustedEnvironment, Vec::new());
        Ok(CreatedKey { public_key, level, authentication, attestation })
    }

    async fn seal(&self, alias: String, secret: Vec<u8>, policy: SealPolicy) -> Result<Vec<u8>, PortError> {
        let key = Key::random().unwrap();
        let sealed = aead::seal(&key, alias.as_bytes(), &secret).unwrap();
        self.0.lock().unwrap().keys.insert(alias, Held::Sealing(key, policy));
        Ok(sealed)
    }

    fn begin(&self, purpose: Purpose) -> Result<Arc<dyn KeySession>, PortError> {
        Ok(Arc::new(Session {
            phone: self.clone(),
            purpose,
            asked: AtomicBool::default(),
            over: AtomicBool::default(),
        }))
    }

    async fn delete(&self, alias: String) -> Result<(), PortError> {
        let mut inside = self.0.lock().unwrap();
        if inside.keeps_keys {
            return Err(PortError::Unexpected { class: "KeyStoreException".to_owned() });
        }
        inside.keys.remove(&alias);
        Ok(())
    }

    async fn list(&self, prefix: String) -> Result<Vec<String>, PortError> {
        let inside = self.0.lock().unwrap();
        Ok(inside.keys.keys().filter(|alias| alias.starts_with(&prefix)).cloned().collect())
    }
}

struct Session {
    phone: Phone,
    purpose: Purpose,
    asked: AtomicBool,
    over: AtomicBool,
}

impl Session {
    /// Uses a key after asking where it demands that.
    fn with<T>(
        &self,
        alias: &str,
        asks: impl Fn(&Held) -> bool,
        work: impl Fn(&Held) -> Option<T>,
    ) -> Result<T, PortError> {
        if self.over.load(Ordering::SeqCst) {
            return Err(PortError::Unexpected { class: "SessionEnded".to_owned() });
        }
        let ask = self.phone.0.lock().unwrap().keys.get(alias).is_some_and(asks);
        if ask {
            self.phone.ask(&self.asked, &self.purpose)?;
        }
        let inside = self.phone.0.lock().unwrap();
        inside.keys.get(alias).and_then(work).ok_or(PortError::NoSuchKey)
    }

    fn with_key<T>(&self, alias: &str, work: impl Fn(&SecretKey) -> T) -> Result<T, PortError> {
        let asks =
            |held: &Held| matches!(held, Held::Signing(_, how) if *how != KeyAuthentication::VaultOnly);
        self.with(alias, asks, |held| match held {
            Held::Signing(key, _) => Some(work(key)),
            _ => None,
        })
    }
}

#[async_trait]
impl KeySession for Session {
    async fn sign(&self, alias: String, message: Vec<u8>) -> Result<Vec<u8>, PortError> {
        self.with_key(&alias, |key| key.sign(&message).to_der())
    }

    async fn agree(&self, alias: String, public_key: Vec<u8>) -> Result<Vec<u8>, PortError> {
        let public = PublicKey::from_sec1(&public_key).unwrap();
        self.with_key(&alias, |key| key.agree(&public).to_vec())
    }

    async fn unseal(&self, alias: String, sealed: Vec<u8>) -> Result<Vec<u8>, PortError> {
        let asks = |held: &Held| matches!(held, Held::Sealing(_, SealPolicy::Biometrics));
        self.with(&alias, asks, |held| match held {
            Held::Sealing(key, _) => aead::open(key, alias.as_bytes(), &sealed).map(|secret| secret.to_vec()),
            _ => None,
        })
    }

    async fn end(&self) -> Result<(), PortError> {
        self.over.store(true, Ordering::SeqCst);
        Ok(())
    }
}
