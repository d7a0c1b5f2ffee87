//! A consent is to this request, to what was shown, by whom is there now.

use std::sync::Arc;

use wallet_core::Unlock;
use wallet_core::present::dcql::{Choice, Selection};
use wallet_core::present::{PresentationRequest, Warning};
use wallet_core::{Code, limits};

use super::Scene;
use crate::world::{Asked, Jar, MDL, PID, PID_MDOC, agree, block_on, code, credential, open, passphrase};

fn long_lived(jar: &mut Jar) {
    jar.without("exp");
}

impl Scene {
    fn family_name(&self) -> Arc<PresentationRequest> {
        let link = self.bank.request(&self.world, &Asked::family_name(), long_lived);
        open(&self.wallet, &link).unwrap()
    }

    /// Nothing was sent, and nothing is used up: the citizen can still agree.
    fn may_still_agree(self, request: &PresentationRequest) {
        assert!(self.bank.posts().is_empty());
        block_on(request.send(agree(request).unwrap(), "Share")).unwrap();
        assert_eq!(self.bank.posts().len(), 1);
    }
}

#[test]
fn is_to_one_request() {
    let scene = Scene::new();
    let (request, other) = (scene.family_name(), scene.family_name());
    let consent = agree(&other).unwrap();
    assert_eq!(code(block_on(request.send(consent, "Share"))), Some(Code::ConsentMismatch));
    scene.may_still_agree(&request);
}

#[test]
fn is_void_after_five_minutes() {
    for (after_ms, expected) in
        [(limits::CONSENT_MS - 1_000, None), (limits::CONSENT_MS, Some(Code::ConsentExpired))]
    {
        let scene = Scene::new();
        let request = scene.family_name();
        let consent = agree(&request).unwrap();
        scene.world.clock.advance(u32::try_from(after_ms / 1000).unwrap());
        assert_eq!(code(block_on(request.send(consent, "Share"))), expected);
        if expected.is_some() {
            scene.may_still_agree(&request);
        }
    }
}

/// The request's own end comes first, with the skew of its clock.
#[test]
fn is_void_after_exp() {
    for (at, expected) in [(359, None), (360, Some(Code::ConsentExpired))] {
        let scene = Scene::new();
        let link = scene.bank.request(&scene.world, &Asked::family_name(), |_| ());
        let request = open(&scene.wallet, &link).unwrap();
        scene.world.clock.advance(350);
        let consent = agree(&request).unwrap();
        scene.world.clock.advance(at - 350);
        assert_eq!(code(block_on(request.send(consent, "Share"))), expected, "{at}");
        assert_eq!(scene.bank.posts().len(), usize::from(expected.is_none()));
    }
}

#[test]
fn is_void_after_a_lock_or_a_reboot() {
    let scene = Scene::new();
    let request = scene.family_name();
    let consent = agree(&request).unwrap();
    scene.wallet.lock().unwrap();
    assert_eq!(code(agree(&request)), Some(Code::Locked));
    assert_eq!(code(block_on(request.decline())), Some(Code::Locked));
    block_on(scene.wallet.unlock(Unlock::Passphrase(passphrase()), "Unlock")).unwrap();
    assert_eq!(code(block_on(request.send(consent, "Share"))), Some(Code::ConsentExpired));

    let consent = agree(&request).unwrap();
    scene.world.clock.reboot();
    assert_eq!(code(block_on(request.send(consent, "Share"))), Some(Code::ConsentExpired));
    scene.may_still_agree(&request);
}

#[test]
fn is_to_what_was_offered() {
    let scene = Scene::new();
    let request = scene.family_name();
    let least = request.evaluation().least().unwrap();
    let one = |change: &dyn Fn(&mut Selection)| {
        let mut choice = least.clone();
        change(&mut choice.selections[0]);
        choice
    };
    let mdl = credential(&scene.wallet, MDL).id;
    let twice = Choice { selections: [least.selections.clone(), least.selections.clone()].concat() };
    for (what, expected, wrong) in [
        ("another credential", Code::ConsentMismatch, one(&|selection| selection.credential = mdl)),
        ("another query", Code::ConsentMismatch, one(&|selection| selection.query_id = "mdl".into())),
        ("another option", Code::ConsentMismatch, one(&|selection| selection.option = 1)),
        ("twice", Code::ConsentMismatch, twice),
        ("nothing", Code::ChoiceNeeded, Choice::default()),
    ] {
        assert_eq!(code(request.consent(wrong, &[])), Some(expected), "{what}");
    }
    assert_eq!(code(request.consent(least, &[])), None);
    scene.may_still_agree(&request);
}

/// Each warning is acknowledged by its own id, and only what was shown is agreed to.
#[test]
fn knows_the_warnings() {
    let scene = Scene::new();
    let pid = credential(&scene.wallet, PID_MDOC).id;
    let portrait = Asked::pid_elements(&["family_name", "portrait"]);
    let in_clear = Asked { prefix: "x509_san_dns", ..portrait.clone() }.by("direct_post");
    let retained = |jar: &mut Jar| {
        jar.payload["dcql_query"]["credentials"][0]["claims"][0]["intent_to_retain"] = true.into();
    };
    for (verifier, asked, change, expected) in [
        (&scene.bank, Asked::pid_elements(&["family_name"]), (|_| ()) as fn(&mut Jar), vec![]),
        (&scene.bank, portrait.clone(), |_| (), vec![Warning::Portrait { credential: pid }]),
        (
            &scene.bank,
            Asked::pid_elements(&["family_name"]),
            retained,
            vec![Warning::Retained { credential: pid }],
        ),
        (
            &scene.shop,
            in_clear,
            retained,
            vec![
                Warning::NotEncrypted,
                Warning::Portrait { credential: pid },
                Warning::Retained { credential: pid },
            ],
        ),
    ] {
        let request = open(&scene.wallet, &verifier.request(&scene.world, &asked, change)).unwrap();
        let choice = request.evaluation().least().unwrap();
        assert_eq!(request.warnings(&choice).unwrap(), expected);
        let ids: Vec<String> = expected.iter().map(Warning::id).collect();
        for missing in 0..ids.len() {
            let mut known = ids.clone();
            known[missing] = "something else".into();
            let consent = request.consent(choice.clone(), &known);
            assert_eq!(code(consent), Some(Code::WarningNotAcknowledged), "{}", ids[missing]);
        }
        assert_eq!(code(request.consent(choice, &ids)), None);
    }
    assert!(scene.bank.posts().is_empty() && scene.shop.posts().is_empty());
    assert_eq!(credential(&scene.wallet, PID).fresh_copies, 3);
}
