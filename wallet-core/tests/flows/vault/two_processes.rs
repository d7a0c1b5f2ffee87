//! Two processes have one vault open, as an app and its extension do.

use std::collections::BTreeSet;
use std::io::{BufReader, Read, Write};

use wallet_core::{Code, HistoryEvent, Outcome};

use super::kill_test::chain::{Folder, start, wait_for};
use super::lived::checkpoint;
use crate::world::{
    Asked, Issuer, PID, VaultFile, Verifier, World, block_on, fresh_copies, history, present, receive,
};

/// A vault with one last copy that may be shown once only.
fn one_copy_left() -> VaultFile {
    let world = World::new();
    let wallet = world.empty_wallet();
    receive(&wallet, &Issuer::eu().once_only().offer(&world)).unwrap();
    let bank = Verifier::eu(&world);
    for _ in 0..2 {
        present(&wallet, &bank.request(&world, &Asked::family_name(), |_| ())).unwrap();
    }
    assert_eq!(fresh_copies(&wallet, PID), 1);
    checkpoint(&world.file());
    VaultFile::read(&world.file())
}

#[test]
fn the_last_copy_is_sent_once() {
    let vault = one_copy_left();
    for round in 0..6 {
        let folder = Folder::new();
        let path = folder.0.join("vault.db");
        vault.write(&path);
        let mut racers = [0, 1].map(|number| {
            let mut child = start(&path, "race", round * 2 + number);
            let out = BufReader::new(child.stdout.take().unwrap());
            (child, out)
        });
        // Both show the consent of the last copy before either sends it.
        for (_, out) in &mut racers {
            wait_for(out, "armed");
        }
        for (child, _) in &mut racers {
            child.stdin.take().unwrap().write_all(b"go\n").unwrap();
        }
        let said = racers.map(|(mut child, mut out)| {
            let mut said = String::new();
            out.read_to_string(&mut said).unwrap();
            assert!(child.wait().unwrap().success(), "{said}");
            said
        });
        let lines = |what: &str| {
            said.iter().flat_map(|one| one.lines()).filter(|line| line.starts_with(what)).count()
        };
        assert_eq!((lines("@shown"), lines("@done sent")), (1, 1), "{said:?}");
        assert_eq!(lines(&format!("@error {}", Code::NoFreshCopy)), 1, "{said:?}");

        let world = World::new();
        let wallet = world.unlocked(path.to_str().unwrap());
        assert!(block_on(wallet.check()).unwrap().is_whole());
        assert_eq!(fresh_copies(&wallet, PID), 0);
        let sent = history(&wallet).entries.into_iter().filter(|logged| {
            let sending = matches!(logged.entry.event, HistoryEvent::Sending { .. });
            assert!(!sending || logged.outcome == Some(Outcome::Sent { status: 200 }));
            sending
        });
        assert_eq!(sent.count(), 3);
    }
}

/// Both write all the time: nothing of either is lost, and the history holds each of their entries once, in one chain.
#[test]
fn both_write_and_nothing_is_lost() {
    let world = World::new();
    drop(world.empty_wallet());
    let wallets = [world.unlocked("vault.db"), world.unlocked("vault.db")];
    let bases = ["https://one.example", "https://two.example"];
    std::thread::scope(|scope| {
        for (wallet, base) in wallets.iter().zip(bases) {
            let world = &world;
            scope.spawn(move || {
                let mut issuer = Issuer::ca();
                base.clone_into(&mut issuer.base);
                for _ in 0..5 {
                    receive(wallet, &issuer.offer(world)).unwrap();
                }
            });
        }
    });
    for wallet in &wallets {
        assert!(block_on(wallet.check()).unwrap().is_whole());
        let ids: BTreeSet<_> =
            block_on(wallet.credentials()).unwrap().entries.iter().map(|one| one.id).collect();
        assert_eq!(ids.len(), 10);
        let history = history(wallet);
        assert_eq!(history.entries.len(), 10);
        assert!(history.entries.iter().zip(1..).all(|(logged, number)| logged.number == number));
    }
}
