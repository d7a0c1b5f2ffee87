//! One prompt for each action, from link to receipt, unlocking included; and a cancelled one changes nothing.

use wallet_core::credential::CredentialId;
use wallet_core::platform::{KeyAuthentication, KeyLevel};
use wallet_core::wallet::Unlock;
use wallet_core::{Code, Outcome};

use super::{PIN, Scene, pin};
use crate::world::{
    Asked, Issuer, PID, Verifier, agree, block_on, code, fresh_copies, history, open, present, receive,
};

#[test]
fn unlocking_and_presenting_is_one_prompt() {
    let scene = Scene::stocked();
    let verifier = Verifier::eu(&scene.world);
    let asked_so_far = scene.phone.prompts().len();
    scene.unlock(Unlock::Biometrics).unwrap();
    present(&scene.wallet, &verifier.request(&scene.world, &Asked::family_name(), |_| ())).unwrap();
    assert_eq!(scene.phone.prompts()[asked_so_far..], ["Unlock"]);
}

#[test]
fn receiving_three_copies_in_two_formats_from_a_locked_start_is_one_prompt() {
    let scene = Scene::stocked();
    let asked_so_far = scene.phone.prompts().len();
    scene.unlock(Unlock::Biometrics).unwrap();
    receive(&scene.wallet, &Issuer::eu().offer(&scene.world)).unwrap();
    assert_eq!(scene.phone.prompts()[asked_so_far..], ["Unlock"]);
}

#[test]
fn the_second_action_asks_again_and_a_late_one_too() {
    let scene = Scene::stocked();
    let verifier = Verifier::eu(&scene.world);
    let present =
        || present(&scene.wallet, &verifier.request(&scene.world, &Asked::family_name(), |_| ())).unwrap();
    scene.unlock(Unlock::Biometrics).unwrap();
    present();
    let asked_so_far = scene.phone.prompts().len();
    present();
    assert_eq!(scene.phone.prompts()[asked_so_far..], ["Share"]);

    scene.unlock(Unlock::Biometrics).unwrap();
    scene.world.clock.advance(61);
    let asked_so_far = scene.phone.prompts().len();
    present();
    assert_eq!(scene.phone.prompts()[asked_so_far..], ["Share"]);
}

#[test]
fn a_lock_in_between_takes_the_prompt_with_it() {
    let scene = Scene::stocked();
    let verifier = Verifier::eu(&scene.world);
    scene.unlock(Unlock::Biometrics).unwrap();
    scene.unlock(pin(PIN)).unwrap();
    scene.wallet.lock().unwrap();
    block_on(scene.wallet.unlock(scene.recovery(), "Unlock")).unwrap();
    let asked_so_far = scene.phone.prompts().len();
    present(&scene.wallet, &verifier.request(&scene.world, &Asked::family_name(), |_| ())).unwrap();
    assert_eq!(scene.phone.prompts()[asked_so_far..], ["Share"]);
}

#[test]
fn a_cancelled_prompt_opens_and_sends_nothing() {
    let scene = Scene::stocked();
    scene.phone.cancels(true);
    assert_eq!(code(scene.unlock(Unlock::Biometrics)), Some(Code::PromptCancelled));
    assert!(!scene.wallet.is_unlocked().unwrap());

    scene.unlock(scene.recovery()).unwrap();
    let verifier = Verifier::eu(&scene.world);
    let before = fresh_copies(&scene.wallet, PID);
    let request =
        open(&scene.wallet, &verifier.request(&scene.world, &Asked::family_name(), |_| ())).unwrap();
    let refused = block_on(request.send(agree(&request).unwrap(), "Share"));
    assert_eq!(code(refused), Some(Code::PromptCancelled));
    assert!(verifier.posts().is_empty());
    assert_eq!(fresh_copies(&scene.wallet, PID), before);
    let last = history(&scene.wallet).entries.pop().unwrap();
    assert_eq!(last.outcome, Some(Outcome::NotSent { code: Code::PromptCancelled as u16 }));

    // And then yes, with the same request.
    scene.phone.cancels(false);
    block_on(request.send(agree(&request).unwrap(), "Share")).unwrap();
}

#[test]
fn what_was_obtained_for_the_keys_is_told() {
    let scene = Scene::stocked();
    let id = block_on(scene.wallet.credentials()).unwrap().entries[0].id;
    let protection = block_on(scene.wallet.key_protection(id)).unwrap().unwrap();
    assert_eq!(protection.level, KeyLevel::TrustedEnvironment);
    assert_eq!(protection.authentication, KeyAuthentication::Window { seconds: 60 });
    let unknown = block_on(scene.wallet.key_protection(CredentialId([0; 16])));
    assert_eq!(code(unknown), Some(Code::NotFound));
}
