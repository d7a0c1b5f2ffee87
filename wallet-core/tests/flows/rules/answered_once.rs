//! A request is answered once, whoever tries it again: the same screen, a second visit to the link, another process.

use std::pin::pin;

use wallet_core::present::{PresentationRequest, Source};
use wallet_core::{Code, Outcome, Unlock, limits};

use super::Scene;
use crate::world::{Asked, PID, agree, block_on, code, fresh_copies, history, open, passphrase, step};

#[test]
fn by_the_same_screen() {
    let scene = Scene::new();
    let asked = Asked::family_name();
    let sent = open(&scene.wallet, &scene.bank.request(&scene.world, &asked, |_| ())).unwrap();
    block_on(sent.send(agree(&sent).unwrap(), "Share")).unwrap();
    let declined = open(&scene.wallet, &scene.bank.request(&scene.world, &asked, |_| ())).unwrap();
    block_on(declined.decline()).unwrap();
    let (posts, before) = (scene.bank.posts(), history(&scene.wallet));
    assert_eq!(posts.len(), 2);
    for request in [&sent, &declined] {
        let again = block_on(request.send(agree(request).unwrap(), "Share"));
        assert_eq!(code(again), Some(Code::AlreadyUsed));
        assert_eq!(code(block_on(request.decline())), Some(Code::AlreadyUsed));
    }
    assert_eq!((scene.bank.posts(), history(&scene.wallet)), (posts, before));
    assert_eq!(fresh_copies(&scene.wallet, PID), 2);
}

/// The same link in two visits, of one process or of two, and every order of the two answers.
#[test]
fn by_another_visit() {
    let scene = Scene::new();
    let other_process = scene.world.unlocked("vault.db");
    for other_wallet in [&scene.wallet, &other_process] {
        for yes_first in [true, false] {
            let link = scene.bank.request(&scene.world, &Asked::family_name(), |_| ());
            let request = open(&scene.wallet, &link).unwrap();
            let same = open(other_wallet, &link).unwrap();
            let posts = scene.bank.posts().len();
            if yes_first {
                block_on(request.send(agree(&request).unwrap(), "Share")).unwrap();
            } else {
                block_on(request.decline()).unwrap();
            }
            let before = history(&scene.wallet);
            let again = block_on(same.send(agree(&same).unwrap(), "Share"));
            assert_eq!(code(again), Some(Code::FlowUnknown));
            assert_eq!(code(block_on(same.decline())), Some(Code::FlowUnknown));
            assert_eq!(scene.bank.posts().len(), posts + 1);
            assert_eq!(history(&scene.wallet), before);
        }
    }
    assert_eq!(fresh_copies(&scene.wallet, PID), 1);
}

/// While an answer is on its way, nobody else answers, and nobody makes it forgotten.
#[test]
fn while_it_is_being_sent() {
    let scene = Scene::new();
    let other_process = scene.world.unlocked("vault.db");
    let link = scene.bank.request(&scene.world, &Asked::family_name(), |_| ());
    let (request, same) = (open(&scene.wallet, &link).unwrap(), open(&other_process, &link).unwrap());
    let flow = block_on(scene.wallet.pending()).unwrap()[0].id;
    let mut sending = pin!(request.send(agree(&request).unwrap(), "Share"));
    while scene.bank.posts().is_empty() {
        assert!(step(sending.as_mut()).is_none());
    }
    let send = block_on(same.send(agree(&same).unwrap(), "Share"));
    for (what, refused) in [
        ("send", code(send)),
        ("decline", code(block_on(same.decline()))),
        ("open", code(open(&other_process, &link))),
        ("decline the link", code(block_on(scene.wallet.decline(&link, Source::Link)))),
        ("resume", code(block_on(other_process.resume(flow)))),
        ("abandon", code(block_on(other_process.abandon(flow)))),
    ] {
        assert_eq!(refused, Some(Code::AlreadySending), "{what}");
    }
    // An unlock elsewhere does not call it lost: it may be under way.
    other_process.lock().unwrap();
    block_on(other_process.unlock(Unlock::Passphrase(passphrase()), "Unlock")).unwrap();
    assert_eq!(history(&scene.wallet).entries.last().unwrap().outcome, Some(Outcome::Unknown));
    assert_eq!(block_on(sending).unwrap().http_status, 200);
    assert_eq!(history(&other_process).entries.last().unwrap().outcome, Some(Outcome::Sent { status: 200 }));
    assert_eq!(scene.bank.posts().len(), 1);
}

/// Sends, and is ended when the answer is with the verifier and nothing is known of it.
fn cut_off(scene: &Scene, request: &PresentationRequest) {
    let mut sending = pin!(request.send(agree(request).unwrap(), "Share"));
    while scene.bank.posts().is_empty() {
        assert!(step(sending.as_mut()).is_none());
    }
}

/// An answer that was cut off is not sent again in silence: its link says that it is being sent for as long as it may
/// be, and afterwards its outcome is unknown and the request is over.
#[test]
fn after_it_was_cut_off() {
    let scene = Scene::new();
    let link = scene.bank.request(&scene.world, &Asked::family_name(), |_| ());
    let request = open(&scene.wallet, &link).unwrap();
    cut_off(&scene, &request);
    let again = block_on(request.send(agree(&request).unwrap(), "Share"));
    assert_eq!(code(again), Some(Code::AlreadyUsed));
    scene.world.clock.advance(u32::try_from(limits::SENDING_MS / 1000).unwrap() - 1);
    assert_eq!(code(open(&scene.wallet, &link)), Some(Code::AlreadySending));
    scene.world.clock.advance(1);
    assert_eq!(code(open(&scene.wallet, &link)), Some(Code::HttpStatus), "over, fetched anew, and gone");
    assert_eq!(history(&scene.wallet).entries.last().unwrap().outcome, Some(Outcome::Unknown));
    assert_eq!((scene.bank.posts().len(), fresh_copies(&scene.wallet, PID)), (1, 2));
    assert_eq!(scene.world.rows("vault.db", "pending"), 0);
}

/// After a reboot it cannot be under way, however little time has passed.
#[test]
fn after_a_reboot() {
    let scene = Scene::new();
    let link = scene.bank.request(&scene.world, &Asked::family_name(), |_| ());
    let request = open(&scene.wallet, &link).unwrap();
    cut_off(&scene, &request);
    scene.world.clock.reboot();
    let wallet = scene.world.unlocked("vault.db");
    assert_eq!(scene.world.rows("vault.db", "pending"), 0);
    assert_eq!(history(&wallet).entries.last().unwrap().outcome, Some(Outcome::Unknown));
    assert_eq!(fresh_copies(&wallet, PID), 2);
}
