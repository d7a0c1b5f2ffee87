//! Which copy is shown: unused ones first, and never one again in silence (contract 3; EU-54).

use std::collections::HashSet;
use std::pin::pin;

use serde_json::Value;
use wallet_core::platform::PortError;
use wallet_core::present::Warning;
use wallet_core::{Code, Wallet};

use super::Scene;
use crate::world::{
    Asked, Issuer, PID, PID_MDOC, Verifier, World, agree, block_on, code, credential, fresh_copies, history,
    open, present, receive, status, step,
};

/// A family name, asked for by the shop and answered without encryption, so that the copy can be seen.
fn in_clear() -> Asked {
    Asked { prefix: "x509_san_dns", ..Asked::family_name() }.by("direct_post")
}

#[test]
fn each_once_and_then_with_a_warning() {
    let scene = Scene::new();
    for left in [2, 1, 0] {
        present(&scene.wallet, &scene.shop.request(&scene.world, &in_clear(), |_| ())).unwrap();
        assert_eq!(fresh_copies(&scene.wallet, PID), left);
    }
    let request = open(&scene.wallet, &scene.shop.request(&scene.world, &in_clear(), |_| ())).unwrap();
    let choice = request.evaluation().least().unwrap();
    let shown_before = Warning::ShownBefore { credential: credential(&scene.wallet, PID).id };
    assert!(request.warnings(&choice).unwrap().contains(&shown_before));
    let unaware = request.consent(choice, &["not-encrypted".into()]);
    assert_eq!(code(unaware), Some(Code::WarningNotAcknowledged));
    block_on(request.send(agree(&request).unwrap(), "Share")).unwrap();

    let copy = |fields: &std::collections::HashMap<String, String>| {
        let vp_token: Value = serde_json::from_str(&fields["vp_token"]).unwrap();
        vp_token["pid"][0].as_str().unwrap().split('~').next().unwrap().to_owned()
    };
    let copies: Vec<String> = scene.shop.posts().iter().map(copy).collect();
    assert_eq!(copies.iter().collect::<HashSet<_>>().len(), 3);
    assert_eq!(copies[3], copies[0], "of those shown, one that was shown least");
}

/// A wallet whose PIDs may be shown once each.
fn once_only(world: &World) -> Wallet {
    let wallet = world.empty_wallet();
    receive(&wallet, &Issuer::eu().once_only().offer(world)).unwrap();
    wallet
}

#[test]
fn once_only_means_once() {
    let world = World::new();
    let (wallet, bank) = (once_only(&world), Verifier::eu(&world));
    let asked = Asked::family_name();
    for _ in 0..3 {
        present(&wallet, &bank.request(&world, &asked, |_| ())).unwrap();
    }
    let request = open(&wallet, &bank.request(&world, &asked, |_| ())).unwrap();
    let choice = request.evaluation().least().unwrap();
    assert_eq!(request.warnings(&choice).unwrap(), [], "there is nothing to agree to");
    let all = [format!("shown-before:{}", choice.selections[0].credential)];
    assert_eq!(code(request.consent(choice, &all)), Some(Code::NoFreshCopy));
    // The verifier cannot tell it from a no.
    block_on(request.decline()).unwrap();
    assert_eq!(bank.posts().pop().unwrap()["error"], "access_denied");
    assert_eq!(bank.posts().len(), 4);
}

/// Once-only copies are burned before they are sent: the issuer's word is worth more than a copy.
#[test]
fn once_only_is_burned_even_if_nothing_left_the_phone() {
    let world = World::new();
    let (wallet, bank) = (once_only(&world), Verifier::eu(&world));
    bank.answers(Err(PortError::Unreachable));
    for left in [2, 1, 0] {
        let sent = present(&wallet, &bank.request(&world, &Asked::family_name(), |_| ()));
        assert_eq!(code(sent), Some(Code::NetworkUnreachable));
        assert_eq!(fresh_copies(&wallet, PID), left);
    }
    bank.answers(Ok(status(200)));
    let sent = present(&wallet, &bank.request(&world, &Asked::family_name(), |_| ()));
    assert_eq!(code(sent), Some(Code::NoFreshCopy));
    assert!(bank.posts().is_empty());
}

/// Two requests were opened while one fresh copy was left; both consents say nothing of a copy shown before.
#[test]
fn the_last_fresh_copy_goes_to_one() {
    let scene = Scene::new();
    let asked = Asked::family_name();
    let link = || scene.bank.request(&scene.world, &asked, |_| ());
    for _ in 0..2 {
        present(&scene.wallet, &link()).unwrap();
    }
    let second_link = link();
    let (first, second) = (open(&scene.wallet, &link()).unwrap(), open(&scene.wallet, &second_link).unwrap());
    let (consent, other) = (agree(&first).unwrap(), agree(&second).unwrap());
    // Step by step, in turns.
    let mut results = [None, None];
    {
        let mut sendings = [
            Box::pin(first.send(consent, "Share")) as std::pin::Pin<Box<dyn Future<Output = _>>>,
            Box::pin(second.send(other, "Share")),
        ];
        while results.iter().any(Option::is_none) {
            for (sending, result) in sendings.iter_mut().zip(&mut results) {
                if result.is_none() {
                    *result = step(pin!(sending.as_mut()));
                }
            }
        }
    }
    assert_eq!(results.map(|result| code(result.unwrap())), [None, Some(Code::NoFreshCopy)]);
    assert_eq!(scene.bank.posts().len(), 3);
    assert_eq!(history(&scene.wallet).entries.len(), 2 + 3, "two issuances and three presentations");

    // Who came second still has a request to answer: knowingly now, or not at all.
    let request = open(&scene.wallet, &second_link).unwrap();
    let choice = request.evaluation().least().unwrap();
    assert!(matches!(request.warnings(&choice).unwrap()[..], [Warning::ShownBefore { .. }]));
    block_on(request.send(agree(&request).unwrap(), "Share")).unwrap();
}

/// All copies of an answer are taken, or none.
#[test]
fn an_answer_of_two_credentials_takes_both_or_none() {
    let world = World::new();
    let (wallet, bank) = (once_only(&world), Verifier::eu(&world));
    let mdoc = Asked::pid_elements(&["family_name"]);
    let both = Asked::family_name().and(&mdoc);
    let request = open(&wallet, &bank.request(&world, &both, |_| ())).unwrap();
    let consent = agree(&request).unwrap();
    for _ in 0..3 {
        present(&wallet, &bank.request(&world, &mdoc, |_| ())).unwrap();
    }
    assert_eq!((fresh_copies(&wallet, PID), fresh_copies(&wallet, PID_MDOC)), (3, 0));
    let before = history(&wallet);
    assert_eq!(code(block_on(request.send(consent, "Share"))), Some(Code::NoFreshCopy));
    assert_eq!((fresh_copies(&wallet, PID), history(&wallet)), (3, before));
    assert_eq!(bank.posts().len(), 3);
}
