//! A wallet that nobody uses locks itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use wallet_core::platform::{PortError, WalletEvent, WalletEvents};
use wallet_core::{Code, Unlock, Wallet, limits};

use crate::world::{Asked, Verifier, World, agree, block_on, code, open, passphrase};

#[derive(Default)]
struct Locks(AtomicUsize);

impl WalletEvents for Locks {
    fn happened(&self, event: WalletEvent) -> Result<(), PortError> {
        self.0.fetch_add(usize::from(event == WalletEvent::Locked), Ordering::SeqCst);
        Ok(())
    }
}

const MINUTES_5: u32 = 300;

fn scene(world: &World) -> (Wallet, Arc<Locks>) {
    world.stocked_wallet();
    let locks = Arc::<Locks>::default();
    let mut settings = world.settings("vault.db");
    settings.idle_lock_ms = Some(limits::IDLE_LOCK_MS);
    settings.ports.events = Some(locks.clone());
    let wallet = block_on(Wallet::open(settings)).unwrap();
    block_on(wallet.unlock(Unlock::Passphrase(passphrase()), "Unlock")).unwrap();
    (wallet, locks)
}

#[test]
fn it_locks_when_its_time_is_over_and_says_so_once() {
    let world = World::new();
    let (wallet, locks) = scene(&world);
    let due = wallet.lock_at().unwrap();
    world.clock.advance(MINUTES_5 - 1);
    assert!(wallet.is_unlocked().unwrap());
    world.clock.advance(1);
    assert!(!wallet.is_unlocked().unwrap());
    assert_eq!(wallet.lock_at().unwrap(), None);
    assert_eq!(code(block_on(wallet.credentials())), Some(Code::Locked));
    assert_eq!((locks.0.load(Ordering::SeqCst), due), (1, Some(limits::IDLE_LOCK_MS + 1_000_000)));
}

#[test]
fn each_use_begins_the_time_anew() {
    let world = World::new();
    let (wallet, _) = scene(&world);
    for _ in 0..3 {
        world.clock.advance(MINUTES_5 - 1);
        block_on(wallet.credentials()).unwrap();
    }
    world.clock.advance(MINUTES_5);
    assert_eq!(code(block_on(wallet.credentials())), Some(Code::Locked));
}

#[test]
fn what_was_agreed_to_before_is_not_sent_after() {
    let world = World::new();
    let (wallet, _) = scene(&world);
    let verifier = Verifier::eu(&world);
    let request = open(&wallet, &verifier.request(&world, &Asked::family_name(), |_| ())).unwrap();
    let consent = agree(&request).unwrap();
    world.clock.advance(MINUTES_5);
    let refused = code(block_on(request.send(consent, "Share")));
    assert!(matches!(refused, Some(Code::Locked | Code::ConsentExpired)), "{refused:?}");
    assert!(verifier.posts().is_empty());
}
