//! The history: only the citizen deletes of it, and what it says can be asked for and taken away (contract 9; DASH_03a,
//! DASH_06a, DASH_07).

use std::pin::pin;

use wallet_core::crypto::hash::sha256;
use wallet_core::wallet::log::export;
use wallet_core::wallet::{History, LoggedEntry};
use wallet_core::{Code, HistoryEvent, NumberRange, Outcome, Wallet};

use crate::world::{
    Asked, PID, Verifier, World, agree, block_on, code, credential, history, open, present, status, step,
};

/// Whether this is the whole history, or says that it is not and adds nothing to it. What is known of an answer's end may
/// be lost.
pub fn is_left_of(left: &History, whole: &History) -> bool {
    let same =
        |one: &LoggedEntry, other: &LoggedEntry| (one.number, &one.entry) == (other.number, &other.entry);
    let is_there = |one: &LoggedEntry| {
        let other = whole.entries.iter().find(|other| same(one, other));
        other.is_some_and(|other| [other.outcome, Some(Outcome::Unknown)].contains(&one.outcome))
    };
    if left.is_whole { left == whole } else { left.entries.iter().all(is_there) }
}

/// A wallet whose history is 1 and 2 received, 3 presented, 4 its outcome, 5 presented, 6 its outcome.
struct Scene {
    world: World,
    wallet: Wallet,
    bank: Verifier,
}

impl Scene {
    fn new() -> Self {
        let world = World::new();
        let (wallet, bank) = (world.stocked_wallet(), Verifier::eu(&world));
        let scene = Self { world, wallet, bank };
        scene.present();
        scene.present();
        scene
    }

    fn present(&self) {
        present(&self.wallet, &self.bank.request(&self.world, &Asked::family_name(), |_| ())).unwrap();
    }

    fn numbers(&self) -> Vec<u64> {
        history(&self.wallet).entries.iter().map(|entry| entry.number).collect()
    }

    fn delete(&self, numbers: &[u64]) -> Option<Code> {
        code(block_on(self.wallet.delete_history(numbers)))
    }

    /// A row of the history, as it lies in the file.
    fn row(&self, number: i64) -> (Vec<u8>, Option<Vec<u8>>) {
        let sql = "SELECT sealed, digest FROM history WHERE sequence = ?1";
        let row = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
        self.world.database("vault.db").query_row(sql, [number], row).unwrap()
    }

    fn set_row(&self, number: i64, sealed: &[u8], digest: Option<&[u8]>) {
        let sql = "UPDATE history SET sealed = ?2, digest = ?3 WHERE sequence = ?1";
        self.world.database("vault.db").execute(sql, rusqlite::params![number, sealed, digest]).unwrap();
    }

    /// What a reader is told who wants all of it or nothing.
    fn state(&self) -> Option<Code> {
        let strict = code(block_on(self.wallet.shared_before("")));
        assert_eq!(history(&self.wallet).is_whole, strict.is_none());
        strict
    }
}

#[test]
fn an_answer_goes_with_its_outcome_and_leaves_hashes() {
    let scene = Scene::new();
    assert_eq!(scene.numbers(), [1, 2, 3, 5]);
    let sealed = [3, 4].map(|number| scene.row(number).0);
    let deletion = block_on(scene.wallet.delete_history(&[3])).unwrap();
    assert_eq!((deletion.count, deletion.erased), (1, true));

    for (number, sealed) in [3, 4].into_iter().zip(&sealed) {
        assert_eq!(scene.row(number), (Vec::new(), Some(sha256(sealed).to_vec())));
    }
    let all = history(&scene.wallet).entries;
    assert_eq!(all.iter().map(|entry| entry.number).collect::<Vec<_>>(), [1, 2, 5, 7]);
    let expected =
        HistoryEvent::EntriesDeleted { numbers: vec![NumberRange { first: 3, last: 4 }], count: 1 };
    assert_eq!(all[3].entry.event, expected);
    assert_eq!(all[2].outcome, Some(Outcome::Sent { status: 200 }));

    // It goes on, and another process reads the same.
    scene.present();
    let other = scene.world.unlocked("vault.db");
    assert_eq!(history(&other), history(&scene.wallet));
}

#[test]
fn everything_goes_but_that_it_went() {
    let scene = Scene::new();
    let invalid = scene.bank.request(&scene.world, &Asked::family_name(), |jar| jar.tamper = |jws| jws + "x");
    assert!(open(&scene.wallet, &invalid).is_err());
    assert_eq!(history(&scene.wallet).unauthenticated_refusals.len(), 1);
    assert_eq!(scene.delete(&[3]), None);
    assert_eq!(block_on(scene.wallet.delete_whole_history()).unwrap().count, 3);
    let left = history(&scene.wallet);
    assert_eq!(left.unauthenticated_refusals, []);
    assert_eq!(left.entries.iter().map(|entry| entry.number).collect::<Vec<_>>(), [7, 8]);
    assert_eq!(block_on(scene.wallet.delete_whole_history()).unwrap().count, 0);
    assert_eq!(scene.numbers(), [7, 8], "nothing went, so nothing is said");
}

#[test]
fn all_that_is_named_goes_or_nothing() {
    let scene = Scene::new();
    assert_eq!(scene.delete(&[3]), None);
    let before = history(&scene.wallet);
    for (numbers, expected) in [
        (&[1, 99][..], Code::NotFound),
        (&[1, 3], Code::NotFound),
        (&[1, 6], Code::NotFound),
        (&[0], Code::NotFound),
        (&[1, 7], Code::DeletionRecordStays),
    ] {
        assert_eq!(scene.delete(numbers), Some(expected), "{numbers:?}");
        assert_eq!(history(&scene.wallet), before, "{numbers:?}");
    }
    assert_eq!(scene.delete(&[1]), None, "the twin");
}

#[test]
fn an_answer_on_its_way_stays() {
    let scene = Scene::new();
    let request =
        open(&scene.wallet, &scene.bank.request(&scene.world, &Asked::family_name(), |_| ())).unwrap();
    let mut sending = pin!(request.send(agree(&request).unwrap(), "Share"));
    while scene.numbers().last() != Some(&7) {
        assert!(step(sending.as_mut()).is_none());
    }
    assert_eq!(scene.delete(&[7]), Some(Code::AlreadySending));
    assert_eq!(code(block_on(scene.wallet.delete_whole_history())), Some(Code::AlreadySending));
    block_on(sending).unwrap();
    assert_eq!(scene.delete(&[7]), None);
}

/// Whoever has the file but no keys can make what looks like a deleted entry, for a hash is no secret. That no entry says
/// so gives it away.
#[test]
fn what_the_citizen_did_not_delete_is_missed() {
    for number in 1..=6 {
        let scene = Scene::new();
        let (sealed, _) = scene.row(number);
        assert_eq!(scene.state(), None);
        scene.set_row(number, b"", Some(&sha256(&sealed)));
        assert_eq!(scene.state(), Some(Code::HistoryBroken), "{number}");
        scene.set_row(number, &sealed, None);
        assert_eq!(scene.state(), None, "the twin");
    }
}

#[test]
fn what_the_citizen_deleted_stays_deleted() {
    let scene = Scene::new();
    let (sealed, _) = scene.row(3);
    assert_eq!(scene.delete(&[3]), None);
    let (_, digest) = scene.row(3);
    let digest = digest.unwrap();
    let mut other = digest.clone();
    other[0] ^= 1;
    // Brought back from an older copy of the file, in two ways; another hash; none; one that is none.
    for (what, sealed, digest) in [
        ("brought back", &sealed[..], None),
        ("brought back beside its hash", &sealed, Some(&digest[..])),
        ("another hash", b"", Some(&other)),
        ("no hash", b"", None),
        ("half a hash", b"", Some(&digest[..16])),
    ] {
        scene.set_row(3, sealed, digest);
        assert_eq!(scene.state(), Some(Code::HistoryBroken), "{what}");
    }
    scene.set_row(3, b"", Some(&digest));
    assert_eq!(scene.state(), None, "the twin");

    // What says so cannot be taken away either.
    let (deletion, _) = scene.row(7);
    scene.set_row(7, b"", Some(&sha256(&deletion)));
    assert_eq!(scene.state(), Some(Code::HistoryBroken));
}

#[test]
fn what_is_left_of_a_broken_history_is_shown() {
    let scene = Scene::new();
    let (sealed, _) = scene.row(3);
    let whole = history(&scene.wallet);
    assert_eq!((scene.numbers(), whole.is_whole), (vec![1, 2, 3, 5], true));
    // The end of the first answer: the answer stays, and may have arrived.
    scene.set_row(4, &sealed, None);
    let left = history(&scene.wallet);
    assert!(!left.is_whole && scene.state() == Some(Code::HistoryBroken));
    assert_eq!(left.entries[2].outcome, Some(Outcome::Unknown));
    assert_eq!(left.entries[3], whole.entries[3]);
    scene.set_row(2, b"", None);
    assert_eq!(scene.numbers(), [1, 3, 5]);
    // What the citizen deleted does not come back with it.
    let scene = Scene::new();
    let (sealed, _) = scene.row(3);
    assert_eq!(scene.delete(&[3]), None);
    scene.set_row(3, &sealed, None);
    assert_eq!((scene.state(), scene.numbers()), (Some(Code::HistoryBroken), vec![1, 2, 5, 7]));
}

#[test]
fn what_a_verifier_has_seen() {
    let world = World::new();
    let (wallet, bank, shop) = (world.stocked_wallet(), Verifier::eu(&world), Verifier::ca(&world));
    let ask = |asked: &Asked| open(&wallet, &bank.request(&world, asked, |_| ())).unwrap();
    let family_name = Asked::family_name();
    let seen = |asked: &Asked| block_on(ask(asked).shared_before()).unwrap();
    assert_eq!(seen(&family_name), None);

    // What never left the phone it has not seen, nor what somebody else has.
    bank.answers(Err(wallet_core::platform::PortError::Unreachable));
    assert!(present(&wallet, &bank.request(&world, &family_name, |_| ())).is_err());
    bank.answers(Ok(status(200)));
    present(&wallet, &shop.request(&world, &Asked::age(), |_| ())).unwrap();
    assert_eq!(seen(&family_name), None);

    present(&wallet, &bank.request(&world, &family_name, |_| ())).unwrap();
    world.clock.advance(100);
    // Whether this arrives is not known: it may have seen it.
    bank.answers(Err(wallet_core::platform::PortError::Interrupted));
    let elements = Asked::pid_elements(&["birth_date"]);
    assert!(present(&wallet, &bank.request(&world, &elements, |_| ())).is_err());
    let before = seen(&family_name).unwrap();
    assert_eq!((before.times, before.last_at), (2, history(&wallet).entries.last().unwrap().entry.at));
    let types: Vec<&str> = before.shared.iter().map(|one| one.type_id.as_str()).collect();
    assert_eq!(types, [PID, crate::world::PID_MDOC]);
    let claims: Vec<String> =
        before.shared.iter().flat_map(|one| &one.claims).map(ToString::to_string).collect();
    assert_eq!(claims, ["family_name", "eu.europa.ec.eudi.pid.1/birth_date"]);

    let identifier = bank.client_id(&family_name);
    assert_eq!(block_on(wallet.shared_before(&identifier)).unwrap(), Some(before));
    assert_eq!(block_on(wallet.shared_before("x509_hash:nobody")).unwrap(), None);
    block_on(wallet.delete_whole_history()).unwrap();
    assert_eq!(block_on(wallet.shared_before(&identifier)).unwrap(), None, "what is deleted is forgotten");
}

/// DASH_03a: names, no values.
#[test]
fn it_can_be_taken_away() {
    let scene = Scene::new();
    let link = scene.bank.request(&scene.world, &Asked::family_name(), |_| ());
    block_on(open(&scene.wallet, &link).unwrap().decline()).unwrap();
    assert_eq!(scene.delete(&[3]), None);
    block_on(scene.wallet.delete(credential(&scene.wallet, PID).id)).unwrap();
    let document = export::document(&history(&scene.wallet), &[]);
    let text = document.to_string();
    for value in ["Dubois", "lodie", "Tremblay", "1990", "Lyon"] {
        assert!(!text.contains(value), "{value} in {text}");
    }
    assert_eq!((&document["format"], &document["version"]), (&"wallet-core-history".into(), &1.into()));
    let entries = document["entries"].as_array().unwrap();
    let events: Vec<&str> = entries.iter().map(|entry| entry["event"].as_str().unwrap()).collect();
    assert_eq!(
        events,
        ["received", "received", "presented", "declined", "entries_deleted", "credential_deleted"]
    );
    assert_eq!(entries[2]["outcome"], serde_json::json!({ "state": "sent", "http_status": 200 }));
    assert_eq!(entries[2]["shared"][0]["claims"], serde_json::json!([["family_name"]]));
    assert_eq!(entries[2]["verifier"]["identifier"], scene.bank.client_id(&Asked::family_name()));
    assert_eq!(entries[4]["numbers"], serde_json::json!([[3, 4]]));
    assert_eq!(
        (&entries[5]["type"], &entries[5]["issuer"]["verification"]["verified"]),
        (&PID.into(), &true.into())
    );
    for entry in entries {
        let time = wallet_core::time::UnixTime(entry["at"].as_i64().unwrap()).to_tdate();
        assert_eq!(entry["time"].as_str(), Some(time.as_str()));
    }
}
