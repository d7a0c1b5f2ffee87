//! A deleted credential is gone: from the file, from what lies beside it, and from the secure area.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::pin::pin;
use std::sync::Arc;

use wallet_core::credential::CredentialId;
use wallet_core::{Code, HistoryEvent, Outcome, Settings, Unlock, Wallet};

use crate::kills::{at_each_instant, killed};
use crate::world::{
    Asked, Issuer, PID, PID_MDOC, Phone, SlowMotion, TABLES, VaultFile, Verifier, World, agree, block_on,
    code, credential, history, open, passphrase, receive,
};

/// Every sealed row of a vault file: its id and what is sealed.
fn rows(world: &World) -> BTreeMap<(&'static str, Vec<u8>), Vec<u8>> {
    let connection = world.database("vault.db");
    let of = |table: &'static str| {
        let mut statement = connection.prepare(&format!("SELECT id, sealed FROM {table}")).unwrap();
        let rows = statement.query_map([], |row| Ok(((table, row.get(0)?), row.get(1)?))).unwrap();
        rows.collect::<rusqlite::Result<Vec<_>>>().unwrap()
    };
    TABLES.into_iter().flat_map(of).collect()
}

/// How many pieces of these bytes lie in a vault's file or beside it. Eight bytes are enough to be no accident.
fn remains(file: &VaultFile, of: &[Vec<u8>]) -> usize {
    let windows = |bytes: &[u8]| bytes.windows(8).map(<[u8]>::to_vec).collect::<HashSet<_>>();
    let there = [windows(&file.database), windows(&file.log)];
    let pieces = of.iter().flat_map(|bytes| bytes.chunks_exact(8));
    pieces.filter(|piece| there.iter().any(|there| there.contains(*piece))).count()
}

/// What belongs to a credential, found by deleting it in a copy of the vault: ids, and what is sealed under them.
fn belongings(world: &World, wallet: &Wallet, id: CredentialId) -> Vec<Vec<u8>> {
    let before = rows(world);
    block_on(wallet.delete(id)).unwrap();
    let after: BTreeSet<_> = rows(world).into_keys().collect();
    let gone = before.into_iter().filter(|(key, _)| !after.contains(key));
    gone.flat_map(|((_, id), sealed)| [id, sealed]).collect()
}

#[test]
fn nothing_is_left_in_the_file_or_beside_it() {
    let world = World::new();
    let wallet = world.stocked_wallet();
    let pid = credential(&wallet, PID);
    let before = VaultFile::read(&world.file());
    let belongings = belongings(&world, &wallet, pid.id);
    // Record, summary, and of each copy its content, its key and the private half of that: id and sealed.
    assert_eq!(belongings.len(), 2 * (2 + 3 * 3));
    assert!(
        belongings.iter().all(|one| remains(&before, std::slice::from_ref(one)) > 0),
        "there is something to find"
    );
    let after = VaultFile::read(&world.file());
    assert!(after.log.is_empty(), "nothing beside the file");
    assert_eq!(remains(&after, &belongings), 0);

    assert_eq!(code(block_on(wallet.credential(pid.id))), Some(Code::NotFound));
    assert_eq!(code(block_on(wallet.delete(pid.id))), Some(Code::NotFound), "it is deleted once");
    assert_eq!(world.keys_have_owners("vault.db"), 6);
    let last = history(&wallet).entries.pop().unwrap();
    let expected =
        HistoryEvent::CredentialDeleted { issuer: pid.issuer, credential: pid.id, type_id: PID.into() };
    assert_eq!(last.entry.event, expected);
}

/// The same of an entry of the history.
#[test]
fn nothing_is_left_of_a_deleted_entry() {
    let world = World::new();
    let wallet = world.stocked_wallet();
    let sealed: Vec<u8> = world
        .database("vault.db")
        .query_row("SELECT sealed FROM history WHERE sequence = 1", [], |row| row.get(0))
        .unwrap();
    let sealed = [sealed];
    assert!(remains(&VaultFile::read(&world.file()), &sealed) > 0);
    assert!(block_on(wallet.delete_history(&[1])).unwrap().erased);
    assert_eq!(remains(&VaultFile::read(&world.file()), &sealed), 0);
}

/// While another process reads, SQLite must keep what it reads. That is said, and made good.
#[test]
fn what_another_process_reads_goes_later() {
    for made_good in ["closing", "unlocking", "deleting"] {
        let world = World::new();
        let wallet = world.stocked_wallet();
        let (pid, mdoc) = (credential(&wallet, PID).id, credential(&wallet, PID_MDOC).id);
        let other = world.database("vault.db");
        other.execute_batch("BEGIN; SELECT count(*) FROM copy;").unwrap();
        let before = rows(&world);
        let deletion = block_on(wallet.delete(pid)).unwrap();
        assert!(!deletion.erased && deletion.keys_deleted);
        assert_eq!(
            code(block_on(wallet.credential(pid))),
            Some(Code::NotFound),
            "it is deleted all the same"
        );
        let after: BTreeSet<_> = rows(&world).into_keys().collect();
        let gone = before.into_iter().filter(|(key, _)| !after.contains(key));
        let belongings: Vec<Vec<u8>> = gone.flat_map(|((_, id), sealed)| [id, sealed]).collect();
        assert!(remains(&VaultFile::read(&world.file()), &belongings) > 0);
        other.execute_batch("ROLLBACK").unwrap();

        match made_good {
            "closing" => block_on(wallet.close()).unwrap(),
            "unlocking" => drop(world.unlocked("vault.db")),
            _ => assert!(block_on(wallet.delete(mdoc)).unwrap().erased),
        }
        assert_eq!(remains(&VaultFile::read(&world.file()), &belongings), 0, "{made_good}");
    }
}

#[test]
fn a_kill_leaves_it_whole_or_gone() {
    let world = World::new();
    let wallet = world.stocked_wallet();
    let pid = credential(&wallet, PID).id;
    let (deleted, instants) = at_each_instant(&world, wallet.delete(pid), || ());
    assert!(deleted.unwrap().erased);
    let whole = 3;
    let belongings = {
        let twin = World::new();
        let wallet = twin.stocked_wallet();
        belongings(&twin, &wallet, credential(&wallet, PID).id)
    };
    let mut seen = Vec::new();
    for (file, ()) in killed(&world, instants) {
        let wallet = world.unlocked(&file);
        let left = block_on(wallet.credentials()).unwrap().entries.len();
        assert_eq!(world.keys_have_owners(&file), 3 * i64::try_from(left).unwrap());
        let told = matches!(
            history(&wallet).entries.last().unwrap().entry.event,
            HistoryEvent::CredentialDeleted { .. }
        );
        assert_eq!(told, left < whole);
        block_on(wallet.close()).unwrap();
        let remains = remains(&VaultFile::read(&world.folder.join(&file)), &belongings);
        assert_eq!(remains == 0, told, "{file}");
        seen.push(left);
    }
    seen.dedup();
    assert_eq!(seen, [whole, whole - 1]);
}

#[test]
fn a_request_that_waits_is_not_broken() {
    let world = World::new();
    let (wallet, bank) = (world.stocked_wallet(), Verifier::eu(&world));
    let link = bank.request(&world, &Asked::family_name(), |_| ());
    let request = open(&wallet, &link).unwrap();
    let consent = agree(&request).unwrap();
    block_on(wallet.delete(credential(&wallet, PID).id)).unwrap();
    let before = history(&wallet);
    assert_eq!(code(block_on(request.send(consent, "Share"))), Some(Code::NotFound));
    assert_eq!((history(&wallet), bank.posts().len()), (before, 0));
    // Opened again, it finds nothing that fits; and it can be declined.
    let again = open(&wallet, &link).unwrap();
    assert!(again.evaluation().least().is_err());
    block_on(request.decline()).unwrap();
    assert_eq!(bank.posts().len(), 1);
}

/// What is on its way ends as it ends, at whatever point it is.
#[test]
fn a_presentation_on_its_way_is_not_broken() {
    let mut ends = BTreeSet::new();
    for steps in 0.. {
        let world = World::new();
        let (wallet, bank) = (world.stocked_wallet(), Verifier::eu(&world));
        let pid = credential(&wallet, PID).id;
        let request = open(&wallet, &bank.request(&world, &Asked::family_name(), |_| ())).unwrap();
        let consent = agree(&request).unwrap();
        let mut sending = pin!(request.send(consent, "Share"));
        let slow_motion = SlowMotion::of(&world);
        let over = (0..steps).any(|_| slow_motion.step(sending.as_mut()).is_some());
        if over {
            break;
        }
        drop(slow_motion);
        block_on(wallet.delete(pid)).unwrap();
        let sent = block_on(sending);
        let outcome = history(&wallet).entries.into_iter().find_map(|entry| entry.outcome);
        assert_eq!(bank.posts().len(), usize::from(sent.is_ok()));
        match (&sent, outcome) {
            (Ok(_), Some(Outcome::Sent { .. })) => ends.insert("sent"),
            (Err(_), Some(Outcome::NotSent { .. })) => ends.insert("not sent"),
            (Err(_), None) => ends.insert("not begun"),
            other => panic!("{other:?}"),
        };
        assert_eq!(world.rows("vault.db", "pending"), i64::from(sent.is_err()));
        assert_eq!(world.keys_have_owners("vault.db"), 6);
    }
    assert!(ends.contains("not sent") && ends.contains("sent"), "{ends:?}");
}

#[test]
fn keys_that_stay_are_tried_again() {
    let world = World::new();
    drop(world.empty_wallet());
    let phone = Phone::default();
    let open = || {
        let mut settings: Settings = world.settings("vault.db");
        settings.ports.secure_area = Some(Arc::new(phone.clone()));
        let wallet = block_on(Wallet::open(settings)).unwrap();
        block_on(wallet.unlock(Unlock::Passphrase(passphrase()), "Unlock")).unwrap();
        wallet
    };
    let keys = || phone.keys();
    let wallet = open();
    receive(&wallet, &Issuer::eu().offer(&world)).unwrap();
    assert_eq!(keys(), 6);

    phone.keeps_keys(true);
    let deletion = block_on(wallet.delete(credential(&wallet, PID).id)).unwrap();
    assert!(!deletion.keys_deleted && deletion.erased);
    assert_eq!((keys(), world.rows("vault.db", "loose_key"), world.rows("vault.db", "copy")), (6, 3, 3));
    block_on(wallet.close()).unwrap();
    drop(open());
    assert_eq!(keys(), 6, "still not");
    phone.keeps_keys(false);
    drop(open());
    assert_eq!((keys(), world.rows("vault.db", "key")), (3, 3));

    // The twin.
    let wallet = open();
    let deletion = block_on(wallet.delete(credential(&wallet, PID_MDOC).id)).unwrap();
    assert!(deletion.keys_deleted && deletion.erased);
    assert_eq!((keys(), world.rows("vault.db", "key")), (0, 0));
}
