//! The pool as a state machine: whatever is taken, shown, given back or cut off, each policy keeps its promise.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::pool::{NextCopy, Occasion, next, release, spend, take};
use crate::credential::Format;
use crate::error::Code;
use crate::vault::history::Party;
use crate::vault::model::{CopyState, CopyUse, StoredCredential};
use crate::vault::reuse::{ReuseMethod, ReusePolicy, mark};
use crate::vault::seal::Id;

const VALID_UNTIL: i64 = 1_000;

fn credential(method: ReuseMethod, copies: u8) -> StoredCredential {
    let copy = |number| CopyState {
        id: [number; 16],
        key: [number; 16],
        state: CopyUse::Fresh,
        uses: 0,
        verifier: None,
        valid_until: Some(VALID_UNTIL + i64::from(number)),
        status: None,
    };
    StoredCredential {
        format: Format::DcSdJwt,
        type_id: "type".into(),
        issued_together: [0; 16],
        issuer: Party::unverified("https://issuer.example"),
        issuer_names: Vec::new(),
        names: Vec::new(),
        received_at: 0,
        valid_from: None,
        valid_until: Some(VALID_UNTIL),
        once_only: None,
        copies: (0..copies).map(copy).collect(),
        reuse: Some(ReusePolicy::only(method)),
        status: None,
    }
}

fn to(verifier: &str, at: i64) -> Occasion {
    Occasion { verifier: mark(verifier), at }
}

fn show(credential: &mut StoredCredential, verifier: &str, allow: bool) -> Result<Id, Code> {
    let id = take(credential, to(verifier, 0), allow).map_err(|error| error.code())?;
    spend(credential, &id);
    Ok(id)
}

#[test]
fn a_record_from_before_policies_says_what_it_said() {
    for (once_only, expected) in [
        (Some(true), ReuseMethod::OnceOnly),
        (Some(false), ReuseMethod::Unlimited),
        (None, ReuseMethod::Unlimited),
    ] {
        let stored = StoredCredential { once_only, reuse: None, ..credential(ReuseMethod::Rotating, 0) };
        let read: StoredCredential = minicbor::decode(&minicbor::to_vec(&stored).unwrap()).unwrap();
        assert_eq!(read.reuse().method, expected);
    }
}

/// ISSU_44: method A.
#[test]
fn once_only_is_shown_once() {
    let mut pool = credential(ReuseMethod::OnceOnly, 2);
    assert_eq!(show(&mut pool, "a", true), Ok([0; 16]));
    assert_eq!(show(&mut pool, "a", true), Ok([1; 16]));
    assert_eq!(next(&pool, to("a", 0)), NextCopy::None);
    assert_eq!(show(&mut pool, "a", true), Err(Code::NoFreshCopy));
}

/// ISSU_49: method B, and each copy by its own validity.
#[test]
fn limited_time_ends_with_the_copy() {
    let mut pool = credential(ReuseMethod::LimitedTime, 2);
    for _ in 0..2 {
        show(&mut pool, "a", false).unwrap();
    }
    assert_eq!(show(&mut pool, "a", false), Err(Code::NoFreshCopy), "not in silence");
    assert_eq!(next(&pool, to("a", VALID_UNTIL - 1)), NextCopy::ShownBefore);
    assert_eq!(take(&mut pool, to("a", VALID_UNTIL), true).unwrap(), [1; 16], "the one that still counts");
    assert_eq!(next(&pool, to("a", VALID_UNTIL + 1)), NextCopy::None);
}

/// ISSU_52: method C, round by round.
#[test]
fn rotating_shows_each_once_before_any_twice() {
    let mut pool = credential(ReuseMethod::Rotating, 5);
    for round in 0..3 {
        let shown: BTreeSet<Id> = (0..5).map(|_| show(&mut pool, "a", round > 0).unwrap()).collect();
        assert_eq!(shown.len(), 5, "round {round}");
        assert_eq!(next(&pool, to("a", 0)), NextCopy::ShownBefore);
    }
}

/// ISSU_52: in a random order. One order of 20 copies in ten is one of 20! orders.
#[test]
fn rotating_is_not_in_order() {
    let round = || {
        let mut pool = credential(ReuseMethod::Rotating, 20);
        (0..20).map(|_| show(&mut pool, "a", false).unwrap()).collect::<Vec<_>>()
    };
    assert!((0..10).map(|_| round()).collect::<BTreeSet<_>>().len() > 1);
}

/// Method D.
#[test]
fn each_verifier_has_its_own() {
    let mut pool = credential(ReuseMethod::PerVerifier, 2);
    let own = show(&mut pool, "a", false).unwrap();
    assert_eq!(next(&pool, to("a", 0)), NextCopy::KnownToVerifier);
    assert_eq!(show(&mut pool, "a", false), Err(Code::NoFreshCopy), "not in silence");
    assert_eq!(show(&mut pool, "a", true), Ok(own));
    let other = show(&mut pool, "b", false).unwrap();
    assert_ne!(own, other);
    assert_eq!(next(&pool, to("c", 0)), NextCopy::None);
    assert_eq!(show(&mut pool, "c", true), Err(Code::NoFreshCopy));
    assert_eq!(show(&mut pool, "a", true), Ok(own));
}

#[test]
fn a_verifier_s_copy_is_not_sent_twice_at_a_time() {
    let mut pool = credential(ReuseMethod::PerVerifier, 2);
    let own = take(&mut pool, to("a", 0), false).unwrap();
    assert_eq!(take(&mut pool, to("a", 0), true).map_err(|error| error.code()), Err(Code::AlreadySending));
    release(&mut pool, &own);
    // Nobody has seen it, so it is nobody's.
    assert_eq!(show(&mut pool, "b", false), Ok(own));
}

#[derive(Debug, Clone)]
enum Step {
    Take { verifier: u8, allow: bool },
    Spend(usize),
    Release(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0..4_u8, any::<bool>()).prop_map(|(verifier, allow)| Step::Take { verifier, allow }),
        2 => any::<usize>().prop_map(Step::Spend),
        1 => any::<usize>().prop_map(Step::Release),
    ]
}

fn method() -> impl Strategy<Value = ReuseMethod> {
    prop_oneof![
        Just(ReuseMethod::Unlimited),
        Just(ReuseMethod::OnceOnly),
        Just(ReuseMethod::LimitedTime),
        Just(ReuseMethod::Rotating),
        Just(ReuseMethod::PerVerifier),
    ]
}

proptest! {
    #[test]
    fn every_policy_keeps_its_promise(
        method in method(),
        copies in 0..6_u8,
        steps in proptest::collection::vec(step(), 0..60),
    ) {
        let mut pool = credential(method, copies);
        // What is on its way, and who may have seen which copy how often.
        let mut under_way: Vec<(Id, u8)> = Vec::new();
        let mut seen: BTreeMap<Id, Vec<u8>> = BTreeMap::new();
        let mut burned: BTreeSet<Id> = BTreeSet::new();
        for step in steps {
            match step {
                Step::Take { verifier, allow } => {
                    let occasion = to(&verifier.to_string(), 0);
                    let told = next(&pool, occasion);
                    let Ok(id) = take(&mut pool, occasion, allow) else { continue };
                    let before = seen.get(&id).cloned().unwrap_or_default();
                    prop_assert!(under_way.iter().all(|(other, _)| *other != id), "one copy twice on its way");
                    prop_assert!(allow || (before.is_empty() && !burned.contains(&id)), "again in silence");
                    let expected = match told {
                        NextCopy::Fresh => before.is_empty(),
                        NextCopy::KnownToVerifier => before.iter().all(|one| *one == verifier),
                        NextCopy::ShownBefore => true,
                        NextCopy::None => false,
                    };
                    prop_assert!(expected, "{told:?}, yet it was shown to {before:?}");
                    match method {
                        ReuseMethod::OnceOnly => prop_assert!(before.is_empty() && !burned.contains(&id)),
                        ReuseMethod::PerVerifier => {
                            prop_assert!(before.iter().all(|one| *one == verifier), "another's copy");
                            let others = seen.iter().filter(|(other, _)| **other != id);
                            prop_assert!(others.into_iter().all(|(_, by)| !by.contains(&verifier)), "a second copy");
                        }
                        _ => {
                            let waiting = pool.copies.iter().filter(|copy| copy.state != CopyUse::Reserved);
                            let least = waiting.map(|copy| copy.uses as usize).min().unwrap_or(usize::MAX);
                            prop_assert!(before.len() <= least, "one was shown less often");
                        }
                    }
                    under_way.push((id, verifier));
                }
                Step::Spend(at) if !under_way.is_empty() => {
                    let (id, verifier) = under_way.swap_remove(at % under_way.len());
                    spend(&mut pool, &id);
                    seen.entry(id).or_default().push(verifier);
                }
                Step::Release(at) if !under_way.is_empty() => {
                    let (id, _) = under_way.swap_remove(at % under_way.len());
                    release(&mut pool, &id);
                    burned.extend((method == ReuseMethod::OnceOnly).then_some(id));
                }
                Step::Spend(_) | Step::Release(_) => {}
            }
        }
    }
}
