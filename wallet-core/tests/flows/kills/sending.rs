//! A kill on the way of an answer.

use wallet_core::Unlock;
use wallet_core::platform::{HttpResponse, PortError};
use wallet_core::present::Source;
use wallet_core::{Code, HistoryEvent, Outcome, Wallet, limits};

use super::{Instant, at_each_instant, killed};
use crate::world::{
    Asked, Issuer, PID, Verifier, World, agree, block_on, code, fresh_copies, history, open, present,
    receive, status,
};

/// How the answer to the last request ended, as the history says; `None` when it says nothing of one.
fn outcome(wallet: &Wallet) -> Option<Outcome> {
    let last = history(wallet).entries.pop()?;
    let answer = matches!(last.entry.event, HistoryEvent::Sending { .. } | HistoryEvent::Declined { .. });
    assert_eq!(last.outcome.is_some(), answer);
    last.outcome
}

/// Later than any answer can still be under way.
fn later(world: &World) {
    world.clock.advance(u32::try_from(limits::SENDING_MS / 1000).unwrap());
}

/// Sends a family name; gives each instant with what the history and the copies say of it afterwards.
fn send(once_only: bool, answer: Result<HttpResponse, PortError>) -> Vec<(usize, Option<Outcome>, u64)> {
    let world = World::new();
    let wallet = world.empty_wallet();
    let issuer = if once_only { Issuer::eu().once_only() } else { Issuer::eu() };
    receive(&wallet, &issuer.offer(&world)).unwrap();
    let bank = Verifier::eu(&world);
    bank.answers(answer);
    let link = bank.request(&world, &Asked::family_name(), |jar| jar.without("exp"));
    let request = open(&wallet, &link).unwrap();
    let consent = agree(&request).unwrap();
    let (_, instants) = at_each_instant(&world, request.send(consent, "Share"), || bank.posts().len());
    later(&world);
    let mut seen = Vec::new();
    for (file, posts) in killed(&world, instants) {
        let wallet = world.unlocked(&file);
        let outcome = outcome(&wallet);
        seen.push((posts, outcome, fresh_copies(&wallet, PID)));
        assert_eq!(world.keys_have_owners(&file), 6);

        // What may have been sent is over; what was not can still be sent, by the same link.
        let over = !matches!(outcome, None | Some(Outcome::NotSent { .. }));
        assert_eq!(code(open(&wallet, &link)), over.then_some(Code::HttpStatus), "{file}");
        assert_eq!(world.rows(&file, "pending"), i64::from(!over), "{file}");
    }
    seen.dedup();
    seen
}

#[test]
fn of_a_presentation() {
    let sent = Some(Outcome::Sent { status: 200 });
    let expected = [
        // Nothing was written and nothing was sent.
        (0, None, 3),
        // Written down, and it is not known whether it was sent: the copy is not fresh again.
        (0, Some(Outcome::Unknown), 2),
        (1, Some(Outcome::Unknown), 2),
        (1, sent, 2),
    ];
    assert_eq!(send(false, Ok(status(200))), expected);
    assert_eq!(send(true, Ok(status(200))), expected);
}

#[test]
fn of_a_presentation_that_is_refused() {
    let refused = Some(Outcome::Refused { status: 400 });
    let expected =
        [(0, None, 3), (0, Some(Outcome::Unknown), 2), (1, Some(Outcome::Unknown), 2), (1, refused, 2)];
    assert_eq!(send(false, Ok(status(400))), expected);
}

#[test]
fn of_a_presentation_that_reaches_nobody() {
    let not_sent = Some(Outcome::NotSent { code: Code::NetworkUnreachable as u16 });
    let unreachable = || Err(PortError::Unreachable);
    let expected = |left| [(0, None, 3), (0, Some(Outcome::Unknown), 2), (0, not_sent, left)];
    assert_eq!(send(false, unreachable()), expected(3));
    // Burned, whatever became of it.
    assert_eq!(send(true, unreachable()), expected(2));
}

#[test]
fn of_a_no() {
    let world = World::new();
    let wallet = world.stocked_wallet();
    let bank = Verifier::eu(&world);
    let asked = Asked::family_name();
    let links =
        [bank.request(&world, &asked, |_| ()), bank.request(&world, &asked, |jar| jar.without("nonce"))];
    for link in &links {
        drop(open(&wallet, link));
    }
    for link in &links {
        let (told, lines) = (bank.posts().len(), history(&wallet).entries.len());
        let (declined, instants) =
            at_each_instant(&world, wallet.decline(link, Source::Link), || bank.posts().len() - told);
        declined.unwrap();
        later(&world);
        let mut seen = Vec::new();
        for (file, posts) in killed(&world, instants) {
            let wallet = world.unlocked(&file);
            assert_eq!(world.keys_have_owners(&file), 9);
            // Before the no, there may be a line for what is wrong with the request.
            let new = history(&wallet).entries.split_off(lines);
            seen.push((posts, new.iter().find_map(|logged| logged.outcome)));
        }
        seen.dedup();
        let (unknown, sent) = (Some(Outcome::Unknown), Some(Outcome::Sent { status: 200 }));
        assert_eq!(seen, [(0, None), (0, unknown), (1, unknown), (1, sent)]);
    }
}

/// The recovery after a kill can be cut off as well.
#[test]
fn of_the_recovery() {
    let world = World::new();
    let wallet = world.stocked_wallet();
    let bank = Verifier::eu(&world);
    let request = open(&wallet, &bank.request(&world, &Asked::family_name(), |_| ())).unwrap();
    let consent = agree(&request).unwrap();
    let (_, instants) = at_each_instant(&world, request.send(consent, "Share"), || bank.posts().len());
    let cut_off = instants.into_iter().rfind(|instant| instant.heard == 1).unwrap();
    // Else its thread might still be closing the file that is about to be written.
    block_on(wallet.close()).unwrap();

    later(&world);
    cut_off.file.write(&world.file());
    let wallet = block_on(Wallet::open(world.settings("vault.db"))).unwrap();
    let (_, instants) = at_each_instant(
        &world,
        wallet.unlock(Unlock::Passphrase(crate::world::passphrase()), "Unlock"),
        || (),
    );
    assert!(instants.len() > 1);
    for (file, ()) in killed(&world, instants) {
        let wallet = world.unlocked(&file);
        assert!(matches!(outcome(&wallet), Some(Outcome::Unknown | Outcome::Sent { .. })));
        assert_eq!(fresh_copies(&wallet, PID), 2);
        assert_eq!(world.rows(&file, "pending"), 0);
    }
}

/// A power cut can tear the log in the middle of a write: what was not finished did not happen.
#[test]
fn of_the_disk() {
    let world = World::new();
    let wallet = world.stocked_wallet();
    let bank = Verifier::eu(&world);
    let before = history(&wallet).entries.len();
    present(&wallet, &bank.request(&world, &Asked::family_name(), |_| ())).unwrap();
    let whole = crate::world::VaultFile::read(&world.file());
    // A frame of the log is a header of 24 bytes and a page.
    let (header, frame) = (32, 24 + 4096);
    let frames = (whole.log.len() - header) / frame;
    assert!(frames > 8);
    let mut seen = Vec::new();
    for kept in (frames - 8..=frames).rev() {
        let mut log = whole.log.clone();
        // Half a frame more, of noise.
        log.truncate(header + kept * frame + frame / 2);
        let torn = Instant { file: crate::world::VaultFile { log, ..whole.clone() }, heard: () };
        let (file, ()) = killed(&world, vec![torn]).remove(0);
        let wallet = world.unlocked(&file);
        assert_eq!(world.keys_have_owners(&file), 9);
        let entries = history(&wallet).entries;
        seen.push((entries.len() - before, entries.last().unwrap().outcome, fresh_copies(&wallet, PID)));
        block_on(wallet.close()).unwrap();
        // The next one takes its name.
        for leftover in [file.clone(), format!("{file}-wal"), format!("{file}-shm")] {
            drop(std::fs::remove_file(world.folder.join(leftover)));
        }
    }
    seen.dedup();
    assert_eq!(seen[0], (1, Some(Outcome::Sent { status: 200 }), 2));
    assert!(seen[1..].iter().all(|state| *state == (1, Some(Outcome::Unknown), 2) || *state == (0, None, 3)));
}
