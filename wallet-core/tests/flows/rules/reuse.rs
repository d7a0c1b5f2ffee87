//! How often a copy is shown is the issuer's word (EU-54; ARF ISSU_37 to ISSU_57), and so is when to ask for more.

use std::collections::HashSet;

use serde_json::{Value, json};
use wallet_core::present::Warning;
use wallet_core::wallet::TopUp;
use wallet_core::{Code, ReuseMethod, Wallet};

use crate::world::{
    Asked, Issuer, PID, Verifier, World, code, credential, fresh_copies, open, present, receive,
};

/// A wallet with the PID under this policy, three copies at most.
fn under(world: &World, option: &Value) -> Wallet {
    let wallet = world.empty_wallet();
    receive(&wallet, &Issuer::eu().reuse(option).offer(world)).unwrap();
    wallet
}

/// Answered without encryption, so that the copy can be seen.
fn in_clear() -> Asked {
    Asked { prefix: "x509_san_dns", ..Asked::family_name() }.by("direct_post")
}

/// The copies that a shop saw, in its order.
fn seen_by(shop: &Verifier) -> Vec<String> {
    let copy = |fields: std::collections::HashMap<String, String>| {
        let vp_token: Value = serde_json::from_str(&fields["vp_token"]).unwrap();
        vp_token["pid"][0].as_str().unwrap().split('~').next().unwrap().to_owned()
    };
    shop.posts().into_iter().map(copy).collect()
}

#[test]
fn one_copy_for_each_verifier() {
    let world = World::new();
    let wallet = under(&world, &json!({ "details": ["per-relying-party"] }));
    let shop = Verifier::ca(&world);
    for _ in 0..3 {
        present(&wallet, &shop.request(&world, &in_clear(), |_| ())).unwrap();
    }
    assert_eq!(seen_by(&shop).into_iter().collect::<HashSet<_>>().len(), 1, "always the same");
    assert_eq!(fresh_copies(&wallet, PID), 2);

    // The bank is another one.
    let bank = Verifier::eu(&world);
    present(&wallet, &bank.request(&world, &Asked::family_name(), |_| ())).unwrap();
    assert_eq!(fresh_copies(&wallet, PID), 1);
    present(&wallet, &bank.request(&world, &Asked::family_name(), |_| ())).unwrap();
    assert_eq!(fresh_copies(&wallet, PID), 1);

    // That the shop will know who comes is said, and by a warning of its own.
    let request = open(&wallet, &shop.request(&world, &in_clear(), |_| ())).unwrap();
    let choice = request.evaluation().least().unwrap();
    let known = Warning::KnownToVerifier { credential: credential(&wallet, PID).id };
    assert!(request.warnings(&choice).unwrap().contains(&known));
    let unaware = request.consent(choice, &["not-encrypted".into()]);
    assert_eq!(code(unaware), Some(Code::WarningNotAcknowledged));
}

#[test]
fn one_copy_for_a_limited_time() {
    let world = World::new();
    let wallet =
        under(&world, &json!({ "details": ["limited_time"], "reissue_trigger_lifetime_left": 86_400 }));
    let pid = credential(&wallet, PID);
    assert_eq!((pid.copies, pid.reuse), (1, ReuseMethod::LimitedTime), "ISSU_48: a single one");
    let shop = Verifier::ca(&world);
    for _ in 0..2 {
        present(&wallet, &shop.request(&world, &in_clear(), |_| ())).unwrap();
    }
    assert_eq!(seen_by(&shop).into_iter().collect::<HashSet<_>>().len(), 1);

    assert_eq!(credential(&wallet, PID).top_up, []);
    world.clock.advance(13 * 86_400);
    assert_eq!(credential(&wallet, PID).top_up, [TopUp::ValidityEnds]);
}

#[test]
fn all_copies_in_turn() {
    let world = World::new();
    let wallet = under(&world, &json!({ "details": ["rotating-batch"], "batch_size": 2 }));
    assert_eq!(credential(&wallet, PID).copies, 2, "as many as the policy wants");
    let shop = Verifier::ca(&world);
    for _ in 0..4 {
        present(&wallet, &shop.request(&world, &in_clear(), |_| ())).unwrap();
    }
    let seen = seen_by(&shop);
    assert_ne!(seen[0], seen[1]);
    assert_ne!(seen[2], seen[3]);
    assert_eq!(credential(&wallet, PID).top_up, [], "they are meant to be shown again");
}

/// ISSU_45: by the issuer's number, and where it gives none by the wallet's.
#[test]
fn more_are_wanted_before_the_last_is_gone() {
    for (option, low_at) in [
        (json!({ "details": ["once_only"], "reissue_trigger_unused": 2 }), 2),
        (json!({ "details": ["once_only"] }), 1),
    ] {
        let world = World::new();
        let wallet = under(&world, &option);
        let bank = Verifier::eu(&world);
        for left in [3, 2, 1, 0] {
            let entry = credential(&wallet, PID);
            let expected = if left <= low_at { vec![TopUp::CopiesLow] } else { Vec::new() };
            assert_eq!(entry.top_up, expected, "{option}, {left} left");
            if left > 0 {
                present(&wallet, &bank.request(&world, &Asked::family_name(), |_| ())).unwrap();
            }
        }
    }
}
