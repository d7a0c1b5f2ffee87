//! What opens the wallet, on a phone: PIN, biometrics, recovery key, and what happens to phones.

mod changing;
mod edited;
mod idle;
mod losing;
mod opening;
mod pins;
mod prompts;

use wallet_core::wallet::RecoveryKey;
use wallet_core::wallet::{NewUnlock, Unlock};
use wallet_core::{Result, Settings, Wallet};
use zeroize::Zeroizing;

use crate::world::{Issuer, Phone, World, block_on, receive};

const PIN: &str = "802713";

/// A wallet on a phone, opened by a recovery key and a PIN.
struct Scene {
    world: World,
    phone: Phone,
    wallet: Wallet,
    /// As it was shown.
    recovery_key: String,
}

impl Scene {
    fn new() -> Self {
        let (world, phone) = (World::new(), Phone::default());
        let key = RecoveryKey::random().unwrap();
        let wallet = block_on(Wallet::create_with_recovery_key(on(&world, &phone), &key)).unwrap();
        let recovery_key = String::from_utf8(key.reveal().unwrap().to_vec()).unwrap();
        let scene = Self { world, phone, wallet, recovery_key };
        scene.set(scene.recovery(), NewUnlock::Pin(bytes(PIN))).unwrap();
        scene
    }

    /// The same with the issuers' and verifiers' anchors, the EU's PID and a third way to open it: biometrics.
    fn stocked() -> Self {
        let scene = Self::new();
        scene.set(scene.recovery(), NewUnlock::Biometrics).unwrap();
        scene.world.trust_everybody(&scene.wallet);
        receive(&scene.wallet, &Issuer::eu().offer(&scene.world)).unwrap();
        scene
    }

    fn recovery(&self) -> Unlock {
        Unlock::RecoveryKey(bytes(&self.recovery_key))
    }

    fn set(&self, authority: Unlock, new: NewUnlock) -> Result<()> {
        block_on(self.wallet.set_guard(authority, new, "Change"))
    }

    /// Locks, and unlocks in this way.
    fn unlock(&self, with: Unlock) -> Result<()> {
        self.wallet.lock().unwrap();
        block_on(self.wallet.unlock(with, "Unlock"))
    }

    /// The wallet as another process, or the same file on another phone, opens it.
    fn elsewhere(&self, phone: &Phone) -> Wallet {
        block_on(Wallet::open(on(&self.world, phone))).unwrap()
    }
}

fn on(world: &World, phone: &Phone) -> Settings {
    let mut settings = world.settings("vault.db");
    settings.ports.secure_area = Some(std::sync::Arc::new(phone.clone()));
    settings
}

fn bytes(text: &str) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(text.as_bytes().to_vec())
}

fn pin(text: &str) -> Unlock {
    Unlock::Pin(bytes(text))
}
