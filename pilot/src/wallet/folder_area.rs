//! A folder that plays a phone's secure hardware, one file a key, so that PINs can be tried on a desktop. It protects
//! nothing: whoever can read the folder has the keys. It never asks anybody, and says that its keys are in software.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use wallet_core::crypto::aead;
use wallet_core::crypto::p256::{PublicKey, SecretKey};
use wallet_core::crypto::secret::{Key, SecretBytes};
use wallet_core::platform::{
    CreatedKey, KeyAuthentication, KeyLevel, KeyPolicy, KeySession, PortError, Purpose, SealPolicy,
    SecureArea,
};

/// The area in a folder.
#[derive(Clone)]
pub(crate) struct FolderArea(PathBuf);

fn failed<E>(class: &'static str) -> impl Fn(E) -> PortError {
    move |_| PortError::Unexpected { class: class.to_owned() }
}

impl FolderArea {
    pub(crate) fn new(folder: &Path) -> Self {
        Self(folder.to_owned())
    }

    fn write(&self, alias: &str, content: &[u8]) -> Result<(), PortError> {
        fs::create_dir_all(&self.0).map_err(failed("CreateFolder"))?;
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(self.0.join(alias)).map_err(failed("WriteKey"))?;
        file.write_all(content).and_then(|()| file.sync_all()).map_err(failed("WriteKey"))
    }

    fn read(&self, alias: &str) -> Result<SecretBytes, PortError> {
        match fs::read(self.0.join(alias)) {
            Ok(content) => Ok(SecretBytes::new(content)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(PortError::NoSuchKey),
            Err(_) => Err(PortError::Unexpected { class: "ReadKey".to_owned() }),
        }
    }

    fn signing_key(&self, alias: &str) -> Result<SecretKey, PortError> {
        SecretKey::from_bytes(&self.read(alias)?).map_err(|_| PortError::NoSuchKey)
    }

    fn sealing_key(&self, alias: &str) -> Result<Key, PortError> {
        let content = self.read(alias)?;
        let bytes: &[u8; 32] = content.as_slice().try_into().map_err(|_| PortError::NoSuchKey)?;
        Key::fill_with(|out| {
            out.copy_from_slice(bytes);
            Ok(())
        })
        .map_err(failed("Key"))
    }
}

#[async_trait]
impl SecureArea for FolderArea {
    async fn create(&self, alias: String, policy: KeyPolicy) -> Result<CreatedKey, PortError> {
        if policy.least_level > KeyLevel::Software {
            return Err(PortError::LevelNotAvailable);
        }
        let key = SecretKey::random().map_err(failed("RandomKey"))?;
        self.write(&alias, key.to_bytes().as_slice())?;
        Ok(CreatedKey {
            public_key: key.public_key().to_sec1().to_vec(),
            level: KeyLevel::Software,
            authentication: KeyAuthentication::VaultOnly,
            attestation: Vec::new(),
        })
    }

    async fn seal(&self, alias: String, secret: Vec<u8>, policy: SealPolicy) -> Result<Vec<u8>, PortError> {
        let secret = SecretBytes::new(secret);
        if policy == SealPolicy::Biometrics {
            return Err(PortError::LevelNotAvailable);
        }
        let key = Key::random().map_err(failed("RandomKey"))?;
        self.write(&alias, key.expose())?;
        aead::seal(&key, alias.as_bytes(), &secret).map_err(failed("Seal"))
    }

    fn begin(&self, _purpose: Purpose) -> Result<Arc<dyn KeySession>, PortError> {
        Ok(Arc::new(FolderSession { area: self.clone(), over: AtomicBool::new(false) }))
    }

    async fn delete(&self, alias: String) -> Result<(), PortError> {
        match fs::remove_file(self.0.join(alias)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(PortError::Unexpected { class: "DeleteKey".to_owned() })
            }
            _ => Ok(()),
        }
    }

    async fn list(&self, prefix: String) -> Result<Vec<String>, PortError> {
        let Ok(entries) = fs::read_dir(&self.0) else { return Ok(Vec::new()) };
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        Ok(names.filter(|name| name.starts_with(&prefix)).collect())
    }
}

struct FolderSession {
    area: FolderArea,
    over: AtomicBool,
}

impl FolderSession {
    fn area(&self) -> Result<&FolderArea, PortError> {
        if self.over.load(Ordering::SeqCst) {
            return Err(PortError::Unexpected { class: "SessionEnded".to_owned() });
        }
        Ok(&self.area)
    }
}

#[async_trait]
impl KeySession for FolderSession {
    async fn sign(&self, alias: String, message: Vec<u8>) -> Result<Vec<u8>, PortError> {
        Ok(self.area()?.signing_key(&alias)?.sign(&message).to_der())
    }

    async fn agree(&self, alias: String, public_key: Vec<u8>) -> Result<Vec<u8>, PortError> {
        let public = PublicKey::from_sec1(&public_key).map_err(failed("PublicKey"))?;
        Ok(self.area()?.signing_key(&alias)?.agree(&public).to_vec())
    }

    async fn unseal(&self, alias: String, sealed: Vec<u8>) -> Result<Vec<u8>, PortError> {
        let key = self.area()?.sealing_key(&alias)?;
        let opened = aead::open(&key, alias.as_bytes(), &sealed).ok_or(PortError::NoSuchKey)?;
        Ok(opened.to_vec())
    }

    async fn end(&self) -> Result<(), PortError> {
        self.over.store(true, Ordering::SeqCst);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use wallet_core::platform::conformance::{Abilities, secure_area};

    use super::*;

    #[tokio::test]
    async fn it_does_what_a_secure_area_must() {
        let folder = std::env::temp_dir().join(format!("pilot-area-{}", std::process::id()));
        let abilities = Abilities { agrees: true, seals: true };
        assert_eq!(secure_area(&FolderArea::new(&folder), abilities).await, Ok(()));
        drop(fs::remove_dir_all(folder));
    }
}
