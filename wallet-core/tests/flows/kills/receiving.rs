//! A kill on the way of an issuance: both formats are there or neither, and no key without an owner.

use wallet_core::present::Source;
use wallet_core::wallet::Incoming;
use wallet_core::{Code, HistoryEvent, limits};

use super::{at_each_instant, killed};
use crate::world::{Issuer, World, block_on, history};

#[test]
fn until_it_is_kept() {
    let world = World::new();
    let wallet = world.stocked_wallet();
    let issuer = Issuer::eu();
    let link = issuer.offer(&world);
    let whole_flow = async {
        let Incoming::Offer { offer } = wallet.open_link(&link, Source::Link).await.unwrap() else {
            panic!("not an offer")
        };
        offer.accept(Some("1234".to_owned()), "Receive").await.unwrap().keep().await.unwrap();
    };
    let notified = || issuer.notified().len();
    let ((), instants) = at_each_instant(&world, whole_flow, notified);
    assert!(instants.len() > 15, "{}", instants.len());
    world.clock.advance(u32::try_from(limits::ISSUANCE_WAIT_SECONDS).unwrap());
    let mut seen = Vec::new();
    for (file, notified) in killed(&world, instants) {
        let wallet = world.unlocked(&file);
        let credentials = block_on(wallet.credentials()).unwrap().entries;
        assert!(credentials.iter().all(|one| (one.copies, one.fresh_copies) == (3, 3)));
        let copies = world.keys_have_owners(&file);
        assert_eq!(copies, 3 * i64::try_from(credentials.len()).unwrap());
        assert_eq!(block_on(wallet.pending()).unwrap(), []);
        let events = history(&wallet).entries.split_off(2);
        let line = match events.as_slice() {
            [] => "nothing",
            [one] => match one.entry.event {
                HistoryEvent::NotReceived { code: Some(code), .. } => {
                    assert_eq!(code, Code::IssuanceUnfinished as u16);
                    "not received"
                }
                HistoryEvent::Received { .. } => "received",
                _ => panic!("{one:?}"),
            },
            more => panic!("{more:?}"),
        };
        seen.push((line, credentials.len(), notified));
    }
    seen.dedup();
    assert_eq!(
        seen,
        [
            ("nothing", 3, 0),
            ("not received", 3, 0),
            ("received", 5, 0),
            ("received", 5, 1),
            ("received", 5, 2),
        ]
    );
}

/// What was received before the kill is not lost: the same link finds it, and nothing is asked for twice.
#[test]
fn while_it_waits_for_a_yes() {
    let world = World::new();
    let wallet = world.stocked_wallet();
    let issuer = Issuer::eu();
    let link = issuer.offer(&world);
    let accept = async {
        let Incoming::Offer { offer } = wallet.open_link(&link, Source::Link).await.unwrap() else {
            panic!("not an offer")
        };
        drop(offer.accept(Some("1234".to_owned()), "Receive").await.unwrap());
    };
    let ((), mut instants) = at_each_instant(&world, accept, || ());
    let last = instants.split_off(instants.len() - 1);
    let (file, ()) = killed(&world, last).remove(0);
    let wallet = world.unlocked(&file);
    let asked = issuer.proofs.lock().unwrap().len();
    let Incoming::Preview { preview } = block_on(wallet.open_link(&link, Source::Link)).unwrap() else {
        panic!("not a preview")
    };
    block_on(preview.keep()).unwrap();
    assert_eq!(block_on(wallet.credentials()).unwrap().entries.len(), 5);
    assert_eq!(world.keys_have_owners(&file), 15);
    assert_eq!(issuer.proofs.lock().unwrap().len(), asked);
}

#[test]
fn while_it_is_thrown_away() {
    let world = World::new();
    let wallet = world.stocked_wallet();
    let issuer = Issuer::eu();
    let link = issuer.offer(&world);
    let Incoming::Offer { offer } = block_on(wallet.open_link(&link, Source::Link)).unwrap() else {
        panic!("not an offer")
    };
    let preview = block_on(offer.accept(Some("1234".to_owned()), "Receive")).unwrap();
    let (discarded, instants) = at_each_instant(&world, preview.discard(), || issuer.notified().len());
    discarded.unwrap();
    world.clock.advance(u32::try_from(limits::ISSUANCE_WAIT_SECONDS).unwrap());
    let mut seen = Vec::new();
    for (file, notified) in killed(&world, instants) {
        let wallet = world.unlocked(&file);
        assert_eq!(world.keys_have_owners(&file), 9);
        let code = match history(&wallet).entries.pop().unwrap().entry.event {
            HistoryEvent::NotReceived { code, .. } => code,
            other => panic!("{other:?}"),
        };
        seen.push((code, notified));
    }
    seen.dedup();
    assert_eq!(seen, [(Some(Code::IssuanceUnfinished as u16), 0), (None, 0), (None, 1), (None, 2)]);
}
