//! Wrong PINs are counted before they are checked, wait longer each time, and lose nothing.

use wallet_core::wallet::NewUnlock;
use wallet_core::{Code, limits};

use super::{PIN, Scene, bytes, pin};
use crate::world::{block_on, code};

#[test]
fn wrong_ones_are_counted_across_processes_and_forgiven_by_a_right_one() {
    let scene = Scene::new();
    let wrong = |wallet: &wallet_core::Wallet| {
        let error = block_on(wallet.unlock(pin("802714"), "Unlock")).err().unwrap();
        (error.code(), error.fault().attempts_left)
    };
    scene.wallet.lock().unwrap();
    assert_eq!(wrong(&scene.wallet), (Code::PinWrong, Some(9)));
    assert_eq!(wrong(&scene.elsewhere(&scene.phone)), (Code::PinWrong, Some(8)));
    assert_eq!(code(scene.unlock(pin(PIN))), None);
    scene.wallet.lock().unwrap();
    assert_eq!(wrong(&scene.wallet), (Code::PinWrong, Some(9)));
}

#[test]
fn they_wait_longer_each_time_and_then_open_no_more_and_nothing_is_lost() {
    let scene = Scene::stocked();
    let ids = || -> Vec<_> {
        block_on(scene.wallet.credentials()).unwrap().entries.iter().map(|entry| entry.id).collect()
    };
    let held = ids();
    for delay in limits::PIN_DELAYS_MS.into_iter().chain([0]) {
        assert_eq!(code(scene.unlock(pin("802714"))), Some(Code::PinWrong));
        if delay > 0 {
            // Even the right one waits, and waiting in vain does not count.
            let error = scene.unlock(pin(PIN)).err().unwrap();
            assert_eq!(error.code(), Code::PinWait);
            assert!(error.fault().retry_at.is_some());
            scene.world.clock.advance(u32::try_from(delay / 1000).unwrap());
        }
    }
    assert_eq!(code(scene.unlock(pin(PIN))), Some(Code::PinLocked));
    scene.world.clock.advance(1_000_000);
    assert_eq!(code(scene.unlock(pin(PIN))), Some(Code::PinLocked));

    assert_eq!(code(scene.unlock(scene.recovery())), None);
    assert_eq!(ids(), held);
    scene.set(scene.recovery(), NewUnlock::Pin(bytes("395028"))).unwrap();
    assert_eq!(code(scene.unlock(pin("395028"))), None);
}

#[test]
fn a_count_that_somebody_took_away_is_no_free_attempt() {
    let scene = Scene::new();
    assert_eq!(code(scene.unlock(pin("802714"))), Some(Code::PinWrong));
    scene.world.database("vault.db").execute_batch("UPDATE guard SET attempts = NULL").unwrap();
    assert_eq!(code(scene.unlock(pin(PIN))), Some(Code::GuardParametersInvalid));
    assert_eq!(code(scene.unlock(scene.recovery())), None);
}
