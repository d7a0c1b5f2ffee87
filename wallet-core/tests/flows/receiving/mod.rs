//! Issuances that break exactly one rule, each beside a twin that keeps it and is otherwise the same.

mod answers;
mod copies;
mod keeping;
mod mdoc;
mod metadata;
mod offer;
mod sd_jwt;
mod tx_code;

use std::sync::Arc;

use wallet_core::error::Next;
use wallet_core::present::Source;
use wallet_core::receive::Offer;
use wallet_core::wallet::Incoming;
use wallet_core::wallet::UnauthenticatedRefusal;
use wallet_core::{Code, HistoryEvent, Party, Result, Verification, Wallet};

use crate::world::{Holdings, Issuer, NOW, World, block_on, code, history};

/// A wallet that holds something already, and an issuer who comes to it.
struct Counter {
    world: World,
    wallet: Wallet,
    holdings: Holdings,
}

impl Counter {
    fn new() -> Self {
        let world = World::new();
        let wallet = world.stocked_wallet();
        let holdings = world.holdings(&wallet);
        Self { world, wallet, holdings }
    }

    /// Opens the issuer's offer.
    fn open(&self, issuer: &Issuer) -> Result<Arc<Offer>> {
        open_offer(&self.wallet, &issuer.offer(&self.world))
    }

    /// Everything is received and shown; then the citizen says no, and the wallet is as before.
    fn accepts(&self, what: &str, issuer: &Issuer) {
        let offer = self.open(issuer).unwrap_or_else(|error| panic!("{what}: {error}"));
        let preview = block_on(offer.accept(Some("1234".to_owned()), "Receive"))
            .unwrap_or_else(|error| panic!("{what}: {error}"));
        assert!(!block_on(preview.credentials()).unwrap().is_empty(), "{what}");
        block_on(preview.discard()).unwrap();
        assert_eq!(self.world.holdings(&self.wallet), self.holdings, "{what}");
    }

    /// The offer is refused before anything is asked for. Nobody is known yet, so the history has time and code.
    fn refuses_offer(&self, what: &str, expected: Code, wrong: &Issuer) {
        let (before, tokens) = (history(&self.wallet), self.calls(wrong, "/token"));
        assert_eq!(code(self.open(wrong)), Some(expected), "{what}");
        assert_eq!(self.world.holdings(&self.wallet), self.holdings, "{what}");
        assert_eq!(self.calls(wrong, "/token"), tokens, "{what}");
        let mut after = history(&self.wallet);
        // What may succeed later was not refused.
        if expected.next() == Next::Refused {
            let refusal = UnauthenticatedRefusal { at: NOW.0, code: expected as u16 };
            assert_eq!(after.unauthenticated_refusals.pop(), Some(refusal), "{what}");
        }
        assert_eq!(after, before, "{what}");
    }

    /// The issuance fails, and nothing is left of it but a line in the history: no credential, no key, no flow.
    fn refuses(&self, what: &str, expected: Code, wrong: &Issuer) {
        let offer = self.open(wrong).unwrap_or_else(|error| panic!("{what}: {error}"));
        let (notified, before) = (wrong.notified(), history(&self.wallet));
        let asked = wrong.proofs.lock().unwrap().len();
        let received = block_on(offer.accept(Some("1234".to_owned()), "Receive"));
        assert_eq!(code(received), Some(expected), "{what}");
        self.nothing_is_left(what);
        let mut after = history(&self.wallet);
        let event = after.entries.pop().map(|logged| logged.entry.event);
        assert_eq!(event, Some(not_received(wrong, Some(expected))), "{what}");
        assert_eq!(after, before, "{what}");

        // Whoever gave credentials hears that they were no good, once for each answer that could be read.
        let given = wrong.proofs.lock().unwrap().len() - asked;
        let told = wrong.notified().split_off(notified.len());
        assert!(
            told.len() <= given && told.iter().all(|event| event == "credential_failure"),
            "{what}: {told:?}"
        );
    }

    fn nothing_is_left(&self, what: &str) {
        assert_eq!(self.world.holdings(&self.wallet), self.holdings, "{what}");
        assert_eq!(block_on(self.wallet.pending()).unwrap(), [], "{what}");
    }

    /// Refused with one thing wrong, accepted with it right.
    fn refuses_but(&self, what: &str, code: Code, wrong: &Issuer, right: &Issuer) {
        self.refuses(what, code, wrong);
        self.accepts(&format!("twin of: {what}"), right);
    }

    fn calls(&self, issuer: &Issuer, path: &str) -> usize {
        self.world.network.calls_to(&format!("{}{path}", issuer.base)).len()
    }
}

fn open_offer(wallet: &Wallet, link: &str) -> Result<Arc<Offer>> {
    match block_on(wallet.open_link(link, Source::Link))? {
        Incoming::Offer { offer } => Ok(offer),
        _ => panic!("not an offer"),
    }
}

/// The line in the history. Nothing vouches for the issuer but the name in its address.
fn not_received(issuer: &Issuer, code: Option<Code>) -> HistoryEvent {
    let identifier = issuer.base.clone();
    let issuer = Party { name: String::new(), identifier, verification: Verification::Unverified };
    HistoryEvent::NotReceived { issuer, code: code.map(|code| code as u16) }
}
