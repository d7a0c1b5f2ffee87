//! Unlocking by each kind of guard. Where a secret is stretched, Argon2id is the floor, and slow on purpose; the phone's
//! hardware is played and costs nothing.

use argon2::{Algorithm, Argon2, Params, Version};
use wallet_core::crypto::passphrase::Cost;
use wallet_core::wallet::{NewUnlock, RecoveryKey};
use wallet_core::{Unlock, Wallet};
use zeroize::Zeroizing;

use crate::table::{Table, Target};
use crate::turns::{Suite, Turns};
use crate::world::{Phone, World, block_on, passphrase};

const ARGON2ID: &str = "bare Argon2id";
const PASSPHRASE: &str = "by passphrase";
const PIN: &str = "by PIN";
const RECOVERY_KEY: &str = "by recovery key";
const BIOMETRICS: &str = "by biometrics";

const DIGITS: &str = "802713";

/// Measures all of them.
pub fn measure(suite: &mut Suite, table: &mut Table) {
    let world = World::new();
    let mut settings = world.settings("vault.db");
    settings.ports.secure_area = Some(std::sync::Arc::new(Phone::default()));
    let key = RecoveryKey::random().unwrap();
    let wallet = block_on(Wallet::create_with_recovery_key(settings, &key)).unwrap();
    let recovery_key = || Unlock::RecoveryKey(Zeroizing::new(key.reveal().unwrap().to_vec()));
    let pin = || Zeroizing::new(DIGITS.as_bytes().to_vec());
    for new in [NewUnlock::Passphrase(passphrase()), NewUnlock::Pin(pin()), NewUnlock::Biometrics] {
        block_on(wallet.set_guard(recovery_key(), new, "Set")).unwrap();
    }
    let unlock = |with| block_on(wallet.unlock(with, "Unlock")).unwrap();
    let turns = Turns::new("unlock")
        .rounds(5)
        .job(ARGON2ID, bare_argon2id)
        .prepared(PASSPHRASE, || wallet.lock().unwrap(), |()| unlock(Unlock::Passphrase(passphrase())))
        .prepared(PIN, || wallet.lock().unwrap(), |()| unlock(Unlock::Pin(pin())))
        .prepared(RECOVERY_KEY, || wallet.lock().unwrap(), |()| unlock(recovery_key()))
        .prepared(BIOMETRICS, || wallet.lock().unwrap(), |()| unlock(Unlock::Biometrics));
    let medians = suite.run(turns);
    table.part("unlocking, by each guard");
    for job in [PASSPHRASE, PIN, RECOVERY_KEY, BIOMETRICS] {
        table.line(&medians, job, ARGON2ID, Target::None);
    }
}

/// With the cost of new guards.
fn bare_argon2id() -> [u8; 32] {
    let Cost { memory_kib, passes } = Cost::DEFAULT;
    let params = Params::new(memory_kib, passes, 1, Some(32)).unwrap();
    let mut key = [0; 32];
    let argon2id = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon2id.hash_password_into(&passphrase(), &[7; 16], &mut key).unwrap();
    key
}
