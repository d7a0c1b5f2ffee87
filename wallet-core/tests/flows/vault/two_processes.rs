//! Two processes have one vault open, as an app and its extension do.

use std::collections::BTreeSet;
use std::io::{BufReader, Read, Write};

use wallet_core::{Code, HistoryEvent, Outcome};

use super::kill_test::chain::{Folder, start, wait_for};
use super::lived::checkpoint;
use crate::world::{
    Asked, Issuer, PID, VaultFile, Verifier, World, block_on, fresh_copies, history, present, receive,
    recovery_key,
};

/// A vault with one last copy that may be shown once only, and its recovery key.
fn one_copy_left() -> (VaultFile, String) {
    let world = World::new();
    let wallet = world.empty_wallet();
    receive(&wallet, &Issuer::eu().once_only().offer(&world)).unwrap();
    let bank = Verifier::eu(&world);
    for _ in 0..2 {
        present(&wallet, &bank.request(&world, &Asked::family_name(), |_| ())).unwrap();
    }
    assert_eq!(fresh_copies(&wallet, PID), 1);
    let key = recovery_key(&wallet);
    checkpoint(&world.file());
    (VaultFile::read(&world.file()), key)
}

/// Two processes show the consent of the last copy before either sends it, by these of the verifier's links. Gives what
/// became of each: sent, or the code of the error.
fn race((vault, key): &(VaultFile, String), links: [u64; 2]) -> Vec<String> {
    let folder = Folder::new();
    let path = folder.0.join("vault.db");
    vault.write(&path);
    let mut racers = links.map(|link| {
        let mut child = start(&path, key, "race", link);
        let out = BufReader::new(child.stdout.take().unwrap());
        (child, out)
    });
    for (_, out) in &mut racers {
        wait_for(out, "armed");
    }
    for (child, _) in &mut racers {
        child.stdin.take().unwrap().write_all(b"go\n").unwrap();
    }
    let mut said = String::new();
    for (mut child, mut out) in racers {
        out.read_to_string(&mut said).unwrap();
        assert!(child.wait().unwrap().success(), "{said}");
    }
    assert_eq!(said.lines().filter(|line| line.starts_with("@shown")).count(), 1, "{said}");

    let world = World::new();
    let wallet = world.recovered(path.to_str().unwrap(), key);
    assert!(block_on(wallet.check()).unwrap().is_whole());
    assert_eq!(fresh_copies(&wallet, PID), 0);
    let sent = history(&wallet).entries.into_iter().filter(|logged| {
        let sending = matches!(logged.entry.event, HistoryEvent::Sending { .. });
        assert!(!sending || logged.outcome == Some(Outcome::Sent { status: 200 }));
        sending
    });
    assert_eq!(sent.count(), 3, "two before, and one of these");
    let mut ends: Vec<String> = said
        .lines()
        .filter_map(|line| line.strip_prefix("@done ").or_else(|| line.strip_prefix("@error ")))
        .map(str::to_owned)
        .collect();
    ends.sort_unstable();
    ends
}

#[test]
fn the_last_copy_is_sent_once() {
    let vault = one_copy_left();
    for _ in 0..4 {
        assert_eq!(race(&vault, [0, 1]), [Code::NoFreshCopy.to_string(), "sent".to_owned()]);
    }
}

/// The same link in both, as when the system delivers it to an app and to its extension.
#[test]
fn the_same_request_is_answered_once() {
    let vault = one_copy_left();
    for _ in 0..2 {
        let ends = race(&vault, [0, 0]);
        // Whoever comes late finds the request sent, on its way, or no copy left for it.
        let other = [Code::FlowUnknown, Code::AlreadySending, Code::NoFreshCopy].map(|code| code.to_string());
        assert!(ends.len() == 2 && other.contains(&ends[0]) && ends[1] == "sent", "{ends:?}");
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
