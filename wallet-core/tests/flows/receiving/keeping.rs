//! Kept all or none, once, and only after a yes (contract 6; EU-55, EU-56).

use std::sync::Arc;

use wallet_core::Code;
use wallet_core::HistoryEvent;
use wallet_core::Unlock;
use wallet_core::credential::mdoc::ValidityInfo;
use wallet_core::present::Source;
use wallet_core::receive::Preview;
use wallet_core::time::UnixTime;
use wallet_core::wallet::Incoming;
use wallet_core::{Wallet, limits};

use super::{Counter, not_received, open_offer};
use crate::world::{
    Issuer, NOW, World, block_on, code, eu_pid, eu_pid_mdoc, fresh_copies, history, passphrase, pid_mdoc_of,
    receive, validity,
};

fn accept(counter: &Counter, issuer: &Issuer) -> Arc<Preview> {
    block_on(counter.open(issuer).unwrap().accept(Some("1234".to_owned()), "Receive")).unwrap()
}

fn resume(wallet: &Wallet, link: &str) -> Arc<Preview> {
    match block_on(wallet.open_link(link, Source::Link)).unwrap() {
        Incoming::Preview { preview } => preview,
        _ => panic!("not a preview"),
    }
}

/// The second of two formats is bad: nothing of either is kept, and the issuer hears it for what it gave.
#[test]
fn one_bad_format_spoils_both() {
    let counter = Counter::new();
    let expired = ValidityInfo { valid_until: UnixTime(NOW.0 - 61), ..validity() };
    let issuer = Issuer::eu().making("pid-mdoc", move |pki, key| {
        let signer = &pki.eu_document_signer;
        pid_mdoc_of("eu.europa.ec.eudi.pid.1", expired, key)
            .sign(&signer.key, &[signer.certificate.der()])
            .unwrap()
    });
    counter.refuses("the second", Code::MdocExpired, &issuer);
    assert_eq!(issuer.notified(), ["credential_failure", "credential_failure"]);

    // And when the second never came.
    let issuer = Issuer::eu().changing("credential", |reply| {
        if reply.json["notification_id"] == "n-pid-mdoc" {
            reply.refuse(400, "credential_request_denied");
        }
    });
    counter.refuses("the second", Code::IssuerRefused, &issuer);
    assert_eq!(issuer.notified(), ["credential_failure"]);
}

#[test]
fn no_means_nothing_is_left() {
    let counter = Counter::new();
    let issuer = Issuer::eu();
    let preview = accept(&counter, &issuer);
    block_on(preview.discard()).unwrap();
    counter.nothing_is_left("discarded");
    assert_eq!(issuer.notified(), ["credential_deleted", "credential_deleted"]);
    assert_eq!(history(&counter.wallet).entries.pop().unwrap().entry.event, not_received(&issuer, None));
    assert_eq!(code(block_on(preview.discard())), Some(Code::AlreadyUsed));
    assert_eq!(code(block_on(preview.keep())), Some(Code::AlreadyUsed));
    assert_eq!(code(block_on(preview.credentials())), Some(Code::FlowUnknown));
    assert_eq!(issuer.notified().len(), 2);
}

#[test]
fn yes_counts_once() {
    let counter = Counter::new();
    let issuer = Issuer::eu();
    let link = issuer.offer(&counter.world);
    let offer = open_offer(&counter.wallet, &link).unwrap();
    let preview = block_on(offer.accept(Some("1234".to_owned()), "Receive")).unwrap();
    let same = resume(&counter.wallet, &link);
    block_on(preview.keep()).unwrap();
    assert_eq!(code(block_on(offer.accept(Some("1234".to_owned()), "Receive"))), Some(Code::AlreadyUsed));
    assert_eq!(code(block_on(preview.keep())), Some(Code::AlreadyUsed));
    assert_eq!(code(block_on(preview.discard())), Some(Code::AlreadyUsed));
    // Another visit to the same offer finds it over.
    assert_eq!(code(block_on(same.keep())), Some(Code::FlowUnknown));
    assert_eq!(code(block_on(same.discard())), Some(Code::FlowUnknown));
    assert_eq!(block_on(counter.wallet.credentials()).unwrap().entries.len(), 5);
    assert_eq!(issuer.notified(), ["credential_accepted", "credential_accepted"]);
}

/// What was received waits in the vault: for the next process too, and while the wallet is locked.
#[test]
fn a_preview_waits() {
    let counter = Counter::new();
    let issuer = Issuer::eu();
    let link = issuer.offer(&counter.world);
    let offer = open_offer(&counter.wallet, &link).unwrap();
    counter.wallet.lock().unwrap();
    assert_eq!(code(block_on(offer.accept(Some("1234".to_owned()), "Receive"))), Some(Code::Locked));
    block_on(counter.wallet.unlock(Unlock::Passphrase(passphrase()), "Unlock")).unwrap();
    let preview = block_on(offer.accept(Some("1234".to_owned()), "Receive")).unwrap();

    counter.wallet.lock().unwrap();
    assert_eq!(code(block_on(preview.credentials())), Some(Code::Locked));
    assert_eq!(code(block_on(preview.keep())), Some(Code::Locked));
    assert_eq!(code(block_on(preview.discard())), Some(Code::Locked));
    block_on(counter.wallet.unlock(Unlock::Passphrase(passphrase()), "Unlock")).unwrap();

    let other_process = counter.world.unlocked("vault.db");
    let calls = counter.calls(&issuer, "/");
    let pending = block_on(other_process.pending()).unwrap();
    assert!(matches!(pending.as_slice(), [one] if !one.is_request));
    let again = resume(&other_process, &link);
    assert_eq!(block_on(again.credentials()).unwrap().len(), 2);
    block_on(again.keep()).unwrap();
    assert_eq!(counter.calls(&issuer, "/") - calls, 2, "two notifications and nothing else");
    assert_eq!(code(block_on(preview.keep())), Some(Code::FlowUnknown));
    assert_eq!(block_on(counter.wallet.credentials()).unwrap().entries.len(), 5);
}

#[test]
fn what_is_kept_is_checked_again() {
    let counter = Counter::new();
    let short = ValidityInfo { valid_until: UnixTime(NOW.0 + 600), ..validity() };
    let issuer = Issuer::eu().making("pid-mdoc", move |pki, key| {
        let signer = &pki.eu_document_signer;
        pid_mdoc_of("eu.europa.ec.eudi.pid.1", short, key)
            .sign(&signer.key, &[signer.certificate.der()])
            .unwrap()
    });
    let preview = accept(&counter, &issuer);
    counter.world.clock.advance(600 + 61);
    assert_eq!(code(block_on(preview.keep())), Some(Code::MdocExpired));
    assert_eq!(block_on(counter.wallet.credentials()).unwrap().entries.len(), 3);
    block_on(preview.discard()).unwrap();
    counter.nothing_is_left("expired");
}

#[test]
fn a_preview_that_nobody_decides_on_is_forgotten() {
    let counter = Counter::new();
    let issuer = Issuer::eu();
    let preview = accept(&counter, &issuer);
    counter.world.clock.advance(u32::try_from(limits::ISSUANCE_WAIT_SECONDS).unwrap());
    assert_eq!(code(block_on(preview.keep())), Some(Code::FlowUnknown));
    assert_eq!(code(block_on(preview.credentials())), Some(Code::FlowUnknown));
    counter.wallet.lock().unwrap();
    block_on(counter.wallet.unlock(Unlock::Passphrase(passphrase()), "Unlock")).unwrap();
    counter.nothing_is_left("forgotten");
    let last = history(&counter.wallet).entries.pop().unwrap().entry.event;
    assert_eq!(last, not_received(&issuer, Some(Code::IssuanceUnfinished)));
}

/// Keys for copies that did not come do not stay.
#[test]
fn keys_without_a_copy_are_deleted() {
    let world = World::new();
    let wallet = world.empty_wallet();
    let issuer = Issuer::eu().changing("credential", |reply| {
        reply.json["credentials"].as_array_mut().unwrap().truncate(2);
    });
    receive(&wallet, &issuer.offer(&world)).unwrap();
    assert_eq!(fresh_copies(&wallet, "urn:eudi:pid:1"), 2);
    assert_eq!(world.keys_have_owners("vault.db"), 4);
}

#[test]
fn the_history_says_what_was_kept_and_from_whom() {
    let world = World::new();
    let wallet = world.empty_wallet();
    let issuer = Issuer::eu()
        .making("pid-sd-jwt", |pki, key| eu_pid(pki, key).into_bytes())
        .making("pid-mdoc", eu_pid_mdoc);
    receive(&wallet, &issuer.offer(&world)).unwrap();
    match history(&wallet).entries.pop().unwrap().entry.event {
        HistoryEvent::Received { issuer, credentials } => {
            assert_eq!(issuer.name, "Test PID Provider");
            let types: Vec<_> = credentials.iter().map(|one| one.type_id.as_str()).collect();
            assert_eq!(types, ["urn:eudi:pid:1", "eu.europa.ec.eudi.pid.1"]);
            assert!(credentials.iter().all(|one| !one.claims.is_empty()));
        }
        other => panic!("{other:?}"),
    }
}
