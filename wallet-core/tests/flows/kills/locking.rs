//! The citizen locks the wallet, or its time runs out, at any point of a flow. What goes on ends, and nothing is lost.

use std::pin::pin;

use wallet_core::Unlock;
use wallet_core::present::Source;
use wallet_core::wallet::Incoming;
use wallet_core::{Code, Outcome, Wallet, limits};

use crate::world::{
    Asked, Issuer, SlowMotion, Verifier, World, agree, block_on, code, credential, history, open, passphrase,
};

/// Runs a future, and locks the wallet after some steps. Gives its output, and whether the lock came before it.
fn lock_after<F: Future>(world: &World, wallet: &Wallet, future: F, steps: usize) -> (F::Output, bool) {
    let (mut future, slow) = (pin!(future), SlowMotion::of(world));
    for _ in 0..steps {
        if let Some(output) = slow.step(future.as_mut()) {
            return (output, false);
        }
    }
    wallet.lock().unwrap();
    (block_on(future), true)
}

fn unlock(wallet: &Wallet) {
    block_on(wallet.unlock(Unlock::Passphrase(passphrase()), "Unlock")).unwrap();
}

#[test]
fn during_an_answer() {
    let world = World::new();
    let wallet = world.stocked_wallet();
    let bank = Verifier::eu(&world);
    for steps in 0.. {
        let link = bank.request(&world, &Asked::family_name(), |jar| jar.without("exp"));
        let request = open(&wallet, &link).unwrap();
        let posts = bank.posts().len();
        let (sent, locked) =
            lock_after(&world, &wallet, request.send(agree(&request).unwrap(), "Share"), steps);
        if !locked {
            assert_eq!(code(sent), None);
            break;
        }
        assert!(matches!(code(sent), None | Some(Code::Locked | Code::ConsentExpired)));
        world.clock.advance(u32::try_from(limits::SENDING_MS / 1000).unwrap());
        unlock(&wallet);
        let last = history(&wallet).entries.pop().unwrap();
        match (bank.posts().len() - posts, last.outcome) {
            // Sent: the history says so, or that it may have been.
            (1, Some(Outcome::Sent { status: 200 } | Outcome::Unknown)) => {}
            // Written down, and cut off before it was sent.
            (0, Some(Outcome::Unknown | Outcome::NotSent { .. })) => {}
            // Not even begun.
            (0, None) => {}
            other => panic!("{steps}: {other:?}"),
        }
    }
    assert_eq!(credential(&wallet, crate::world::PID).copies, 3);
    assert_eq!(world.keys_have_owners("vault.db"), 9);
}

#[test]
fn during_an_issuance() {
    let world = World::new();
    let wallet = world.stocked_wallet();
    // One copy of each format, for fewer steps: each costs an unlock.
    let issuer = Issuer::eu().changing("metadata", |reply| reply.without("batch_credential_issuance"));
    for steps in 0.. {
        let link = issuer.offer(&world);
        let whole_flow = async {
            match wallet.open_link(&link, Source::Link).await? {
                Incoming::Offer { offer } => {
                    offer.accept(Some("1234".to_owned()), "Receive").await?.keep().await
                }
                Incoming::Preview { preview } => preview.keep().await,
                Incoming::Request { .. } => panic!("a request"),
            }
        };
        let (kept, locked) = lock_after(&world, &wallet, whole_flow, steps);
        if !locked {
            assert_eq!(code(kept), None);
            break;
        }
        assert!(matches!(code(kept), None | Some(Code::Locked)), "{steps}");
        world.clock.advance(u32::try_from(limits::ISSUANCE_WAIT_SECONDS).unwrap());
        unlock(&wallet);
        let credentials = block_on(wallet.credentials()).unwrap().entries;
        assert!(credentials.len() % 2 == 1, "both formats or none");
        let copies: u64 = credentials.iter().map(|one| one.copies).sum();
        assert_eq!(world.keys_have_owners("vault.db"), i64::try_from(copies).unwrap(), "{steps}");
        assert_eq!(block_on(wallet.pending()).unwrap(), []);
    }
}
