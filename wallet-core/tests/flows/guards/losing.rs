//! What happens to phones: biometrics change, screen locks go, enclaves are wiped, files travel. The way forward is always
//! another guard, or to have the credential issued again; nothing is deleted.

use wallet_core::Code;
use wallet_core::wallet::Unlock;

use super::{PIN, Scene, pin};
use crate::world::{
    Asked, Issuer, PID, Phone, Verifier, block_on, code, credential, fresh_copies, present, receive,
};

#[test]
fn new_biometrics_do_not_open_and_the_pin_does() {
    let scene = Scene::stocked();
    scene.phone.biometrics_changed();
    assert_eq!(code(scene.unlock(Unlock::Biometrics)), Some(Code::KeyDidNotTravel));
    assert_eq!(code(scene.unlock(pin(PIN))), None);
    assert!(!credential(&scene.wallet, PID).needs_reissue);
}

#[test]
fn without_screen_lock_keys_are_void_and_copies_retire_one_by_one() {
    let scene = Scene::stocked();
    scene.phone.screen_lock_removed();
    assert_eq!(code(scene.unlock(pin(PIN))), None);
    let verifier = Verifier::eu(&scene.world);
    for left in [2, 1, 0] {
        let refused = present(&scene.wallet, &verifier.request(&scene.world, &Asked::family_name(), |_| ()));
        assert_eq!(code(refused), Some(Code::KeyUnavailable));
        assert_eq!(fresh_copies(&scene.wallet, PID), left);
    }
    assert!(verifier.posts().is_empty());
    assert!(credential(&scene.wallet, PID).needs_reissue);
    let refused = present(&scene.wallet, &verifier.request(&scene.world, &Asked::family_name(), |_| ()));
    assert_eq!(code(refused), Some(Code::NoFreshCopy));

    // Issued again, with keys that ask nobody, it works.
    receive(&scene.wallet, &Issuer::eu().offer(&scene.world)).unwrap();
    let asked_so_far = scene.phone.prompts().len();
    let usable = block_on(scene.wallet.credentials()).unwrap().entries;
    assert_eq!(usable.iter().filter(|one| one.type_id == PID && !one.needs_reissue).count(), 1);
    assert_eq!(scene.phone.prompts().len(), asked_so_far);
}

#[test]
fn a_wiped_enclave_leaves_the_recovery_key_and_a_list_to_issue_again() {
    let scene = Scene::stocked();
    scene.phone.wiped();
    assert_eq!(code(scene.unlock(pin(PIN))), Some(Code::KeyDidNotTravel));
    assert_eq!(code(scene.unlock(Unlock::Biometrics)), Some(Code::KeyDidNotTravel));
    assert_eq!(code(scene.unlock(scene.recovery())), None);
    let credentials = block_on(scene.wallet.credentials()).unwrap().entries;
    assert_eq!(credentials.len(), 2);
    assert!(credentials.iter().all(|one| one.needs_reissue && one.fresh_copies == 0));
}

#[test]
fn on_another_phone_the_file_opens_by_the_recovery_key_only_and_nothing_of_that_phone_is_deleted() {
    let scene = Scene::stocked();
    let other_phone = Phone::default();
    let stranger = Scene::new();
    let wallet = scene.elsewhere(&other_phone);
    assert_eq!(code(block_on(wallet.unlock(pin(PIN), "Unlock"))), Some(Code::KeyDidNotTravel));
    assert_eq!(code(block_on(wallet.unlock(scene.recovery(), "Unlock"))), None);
    assert!(block_on(wallet.credentials()).unwrap().entries.iter().all(|one| one.needs_reissue));
    drop(stranger);
}

#[test]
fn keys_that_the_vault_does_not_know_are_deleted_and_those_of_others_stay() {
    use wallet_core::platform::{KeyAuthentication, KeyLevel, KeyPolicy, KeyUse, SecureArea};
    let scene = Scene::stocked();
    let policy = KeyPolicy {
        key_use: KeyUse::Credential,
        least_level: KeyLevel::Software,
        authentication: KeyAuthentication::VaultOnly,
        attestation_challenge: None,
    };
    let known = block_on(scene.phone.list(String::new())).unwrap();
    let stray = known[0].rsplit_once('.').unwrap().0.to_owned() + ".00ff";
    for alias in [stray.clone(), "wallet.another.00ff".to_owned()] {
        block_on(scene.phone.create(alias, policy.clone())).unwrap();
    }
    scene.unlock(scene.recovery()).unwrap();
    let left = block_on(scene.phone.list(String::new())).unwrap();
    assert_eq!(left.len(), known.len() + 1);
    assert!(left.contains(&"wallet.another.00ff".to_owned()) && !left.contains(&stray));
    assert!(!credential(&scene.wallet, PID).needs_reissue);
}
