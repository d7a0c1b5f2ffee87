//! A request is fetched once and kept until it is answered or void: some verifiers delete it after the first GET.

use wallet_core::Unlock;
use wallet_core::present::Source;
use wallet_core::wallet::Incoming;
use wallet_core::{Code, limits};

use super::Scene;
use crate::world::{Asked, Jar, NOW, agree, block_on, code, open, passphrase, present};

fn without_exp(jar: &mut Jar) {
    jar.without("exp");
}

#[test]
fn seen_and_then_sent() {
    let scene = Scene::new();
    let link = scene.bank.request(&scene.world, &Asked::family_name(), |_| ());
    for _ in 0..3 {
        assert_eq!(code(open(&scene.wallet, &link)), None);
    }
    assert_eq!(code(open(&scene.wallet, &format!("  {link}\n"))), None, "pasted with white space");
    let request = open(&scene.wallet, &link).unwrap();
    block_on(request.send(agree(&request).unwrap(), "Share")).unwrap();
    assert_eq!((scene.fetched(), scene.bank.posts().len()), (1, 1));
    // It is over now, and the verifier has deleted it.
    assert_eq!(code(open(&scene.wallet, &link)), Some(Code::HttpStatus));
}

#[test]
fn seen_in_one_process_and_sent_or_declined_in_another() {
    let scene = Scene::new();
    let asked = Asked::family_name();
    let [to_send, to_decline] = [(); 2].map(|()| scene.bank.request(&scene.world, &asked, |_| ()));
    for link in [&to_send, &to_decline] {
        assert_eq!(code(open(&scene.wallet, link)), None);
    }
    let Scene { world, wallet, bank, .. } = scene;
    drop(wallet);
    let wallet = world.unlocked("vault.db");
    present(&wallet, &to_send).unwrap();
    bank.verified(&asked);
    block_on(wallet.decline(&to_decline, Source::Link)).unwrap();
    assert_eq!(bank.posts().pop().unwrap()["error"], "access_denied");
    assert_eq!(world.network.calls_to(&format!("{}/request", bank.base)).len(), 2);
}

#[test]
fn waiting_requests_are_listed_resumed_and_abandoned() {
    let scene = Scene::new();
    let asked = Asked::family_name();
    let links = [(); 2].map(|()| scene.bank.request(&scene.world, &asked, |_| ()));
    let pending = links.map(|link| {
        open(&scene.wallet, &link).unwrap();
        let known = block_on(scene.wallet.pending()).unwrap();
        (link, known)
    });
    assert_eq!(pending[1].1.len(), 2);
    assert!(pending[1].1.iter().all(|one| one.is_request && one.expires_at == NOW.0 + 600));
    let first = pending[0].1[0].id;
    match block_on(scene.wallet.resume(first)).unwrap() {
        // Nobody knows any more where it came from, so no browser is sent on.
        Incoming::Request { request } => {
            block_on(request.send(agree(&request).unwrap(), "Share")).unwrap();
        }
        _ => panic!("not a request"),
    }
    assert_eq!(code(block_on(scene.wallet.resume(first))), Some(Code::FlowUnknown));
    assert_eq!(code(block_on(scene.wallet.abandon(first))), Some(Code::FlowUnknown));

    let second = block_on(scene.wallet.pending()).unwrap()[0].id;
    block_on(scene.wallet.abandon(second)).unwrap();
    assert_eq!(block_on(scene.wallet.pending()).unwrap(), []);
    assert_eq!(scene.bank.posts().len(), 1, "abandoning tells nobody");
    assert_eq!(code(open(&scene.wallet, &pending[1].0)), Some(Code::HttpStatus));
}

/// Ten minutes at most, however often it is looked at.
#[test]
fn it_does_not_wait_for_ever() {
    let scene = Scene::new();
    let wait = u32::try_from(limits::REQUEST_WAIT_SECONDS).unwrap();
    let link = scene.bank.request(&scene.world, &Asked::family_name(), without_exp);
    open(&scene.wallet, &link).unwrap();
    scene.world.clock.advance(wait - 1);
    let request = open(&scene.wallet, &link).unwrap();
    assert_eq!(request.expires_at().0, NOW.0 + 600);
    let consent = agree(&request).unwrap();
    scene.world.clock.advance(1);
    assert_eq!(code(block_on(request.send(consent, "Share"))), Some(Code::ConsentExpired));
    assert_eq!(block_on(scene.wallet.pending()).unwrap(), []);
    assert_eq!(code(open(&scene.wallet, &link)), Some(Code::HttpStatus), "fetched anew, and gone");
    assert!(scene.bank.posts().is_empty());
    // Its record goes at the next unlock.
    scene.wallet.lock().unwrap();
    block_on(scene.wallet.unlock(Unlock::Passphrase(passphrase()), "Unlock")).unwrap();
    assert_eq!(scene.world.rows("vault.db", "pending"), 0);
}

/// Anybody can make links: so many wait, and for one more the oldest is forgotten, the others not.
#[test]
fn only_so_many_wait_at_the_same_time() {
    let scene = Scene::new();
    let request = || scene.bank.request(&scene.world, &Asked::family_name(), without_exp);
    let links: Vec<String> = (0..limits::WAITING_REQUESTS)
        .map(|_| {
            let link = request();
            open(&scene.wallet, &link).unwrap();
            scene.world.clock.advance(1);
            link
        })
        .collect();
    let waiting = || block_on(scene.wallet.pending()).unwrap().len();
    assert_eq!(waiting(), limits::WAITING_REQUESTS);
    assert_eq!(code(open(&scene.wallet, &links[0])), None, "all are kept");

    open(&scene.wallet, &request()).unwrap();
    assert_eq!(waiting(), limits::WAITING_REQUESTS);
    assert_eq!(code(open(&scene.wallet, &links[1])), None, "the second oldest is kept");
    assert_eq!(code(open(&scene.wallet, &links[0])), Some(Code::HttpStatus), "fetched anew, and gone");
}

/// While locked only the link is held: nothing is fetched, nothing is posted.
#[test]
fn nothing_is_fetched_while_locked() {
    let scene = Scene::new();
    let link = scene.bank.request(&scene.world, &Asked::family_name(), |_| ());
    scene.wallet.lock().unwrap();
    assert_eq!(code(open(&scene.wallet, &link)), Some(Code::Locked));
    assert_eq!(code(block_on(scene.wallet.decline(&link, Source::Link))), Some(Code::Locked));
    let offer = crate::world::Issuer::eu().offer(&scene.world);
    assert_eq!(code(block_on(scene.wallet.open_link(&offer, Source::Link))), Some(Code::Locked));
    assert_eq!(code(block_on(scene.wallet.pending())), Some(Code::Locked));
    assert_eq!(code(block_on(scene.wallet.history())), Some(Code::Locked));
    assert_eq!(code(block_on(scene.wallet.credentials())), Some(Code::Locked));
    assert!(scene.world.network.calls_to("https://").is_empty());
    block_on(scene.wallet.unlock(Unlock::Passphrase(passphrase()), "Unlock")).unwrap();
    assert_eq!(code(open(&scene.wallet, &link)), None);
}

/// A new link never takes the place of a consent that is being shown.
#[test]
fn links_do_not_disturb_each_other() {
    let scene = Scene::new();
    let asked = Asked::family_name();
    let request = open(&scene.wallet, &scene.bank.request(&scene.world, &asked, |_| ())).unwrap();
    let consent = agree(&request).unwrap();
    present(&scene.wallet, &scene.shop.request(&scene.world, &Asked::age(), |_| ())).unwrap();
    open(&scene.wallet, &scene.bank.request(&scene.world, &asked, |_| ())).unwrap();
    block_on(request.send(consent, "Share")).unwrap();
    assert_eq!(scene.bank.posts().len(), 1);
}
