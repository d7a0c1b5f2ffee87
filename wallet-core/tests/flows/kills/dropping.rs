//! Whoever waits for a flow gives up: Kotlin drops the future. The vault stays whole and the wallet goes on.

use std::pin::pin;

use wallet_core::Unlock;
use wallet_core::present::Source;
use wallet_core::wallet::Incoming;
use wallet_core::{Code, Outcome, limits};

use crate::world::{
    Asked, Issuer, PID, SlowMotion, Verifier, World, agree, block_on, code, credential, history, open,
    passphrase, present,
};

/// Runs a future for some steps and drops it: between two steps, or while what it waits for is going on. Returns
/// whether it had come to its end.
fn give_up<F: Future>(world: &World, future: F, steps: usize, between: bool) -> bool {
    let (mut future, slow) = (pin!(future), SlowMotion::of(world));
    for _ in 0..steps {
        if slow.step(future.as_mut()).is_some() {
            return true;
        }
    }
    !between && slow.poll(future.as_mut()).0.is_some()
}

/// All the ways to give up, until the last one comes to the end.
fn every_way(mut try_one: impl FnMut(usize, bool) -> bool) {
    for between in [true, false] {
        let ended = (0..).find(|steps| try_one(*steps, between)).unwrap();
        // Two writes, and twice in the network.
        assert!(ended >= 3, "{ended}");
    }
}

#[test]
fn an_answer() {
    let world = World::new();
    let wallet = world.stocked_wallet();
    let bank = Verifier::eu(&world);
    for yes in [true, false] {
        every_way(|steps, between| {
            let posts = bank.posts().len();
            let link = bank.request(&world, &Asked::family_name(), |jar| jar.without("exp"));
            let request = open(&wallet, &link).unwrap();
            let ended = if yes {
                give_up(&world, request.send(agree(&request).unwrap(), "Share"), steps, between)
            } else {
                give_up(&world, request.decline(), steps, between)
            };
            // The history is read behind whatever is still being written.
            let entries = history(&wallet).entries;
            let outcome = entries.iter().rfind(|one| one.outcome.is_some()).and_then(|one| one.outcome);
            if bank.posts().len() > posts {
                assert!(matches!(outcome, Some(Outcome::Unknown | Outcome::Sent { status: 200 })));
            }
            // Once it cannot be under way, the link is over, or open if nothing was ever begun.
            world.clock.advance(u32::try_from(limits::SENDING_MS / 1000).unwrap());
            match code(open(&wallet, &link)) {
                None => block_on(wallet.decline(&link, Source::Link)).map(drop).unwrap(),
                Some(code) => assert_eq!(code, Code::HttpStatus),
            }
            assert_eq!(block_on(wallet.pending()).unwrap(), []);
            assert_eq!(bank.posts().len(), posts + usize::from(bank.posts().len() > posts));
            ended
        });
    }
    assert_eq!(world.keys_have_owners("vault.db"), 9);
    present(&wallet, &bank.request(&world, &Asked::family_name(), |jar| jar.without("exp"))).unwrap();
    assert_eq!(credential(&wallet, PID).copies, 3);
}

#[test]
fn an_issuance() {
    let world = World::new();
    let wallet = world.stocked_wallet();
    let issuer = Issuer::eu();
    every_way(|steps, between| {
        let link = issuer.offer(&world);
        let whole_flow = async {
            match wallet.open_link(&link, Source::Link).await.unwrap() {
                Incoming::Offer { offer } => {
                    offer.accept(Some("1234".to_owned()), "Receive").await.unwrap().keep().await.unwrap();
                }
                Incoming::Preview { preview } => drop(preview.keep().await.unwrap()),
                Incoming::Request { .. } => panic!("a request"),
            }
        };
        let ended = give_up(&world, whole_flow, steps, between);
        let credentials = block_on(wallet.credentials()).unwrap().entries;
        assert!(credentials.len() % 2 == 1, "both formats or none");
        assert!(credentials.iter().all(|one| (one.copies, one.fresh_copies) == (3, 3)));
        // Another day: what was given up is forgotten, and so are its keys.
        world.clock.advance(u32::try_from(limits::ISSUANCE_WAIT_SECONDS).unwrap());
        ended
    });
    wallet.lock().unwrap();
    block_on(wallet.unlock(Unlock::Passphrase(passphrase()), "Unlock")).unwrap();
    assert_eq!(block_on(wallet.pending()).unwrap(), []);
    let credentials = block_on(wallet.credentials()).unwrap().entries;
    assert!(credentials.len() >= 3 + 4);
    assert_eq!(world.keys_have_owners("vault.db"), 3 * i64::try_from(credentials.len()).unwrap());
    history(&wallet);
}
