//! Requests that break exactly one rule, each beside a twin that keeps it and is otherwise the same.

mod by_link;
mod certificates;
mod client_id;
mod encryption;
mod parameters;
mod profiles;
mod request_object;

use std::cell::RefCell;

use wallet_core::wallet::UnauthenticatedRefusal;
use wallet_core::{Code, HistoryEvent, Verification, Wallet};

use crate::world::{Asked, Jar, Verifier, World, code, history, open};

/// A wallet that holds everything, and a verifier who asks it.
struct Counter {
    world: World,
    wallet: Wallet,
    verifier: Verifier,
    asked: Asked,
}

/// Whether the sender of a request was authenticated when it was refused.
#[derive(Clone, Copy, PartialEq)]
enum Sender {
    Known,
    Unknown,
}

/// The twin of most: the verifier's request as it is.
fn as_it_is(_: &mut Jar) {}

impl Counter {
    /// The bank asks for a family name.
    fn eu() -> Self {
        Self::with(Verifier::eu, Asked::family_name())
    }

    /// The bank asks for a family name, and names itself by its host.
    fn eu_by_host() -> Self {
        Self::with(Verifier::eu, Asked { prefix: "x509_san_dns", ..Asked::family_name() })
    }

    /// The shop asks for an age.
    fn ca() -> Self {
        Self::with(Verifier::ca, Asked::age())
    }

    fn with(verifier: fn(&World) -> Verifier, asked: Asked) -> Self {
        let world = World::new();
        let wallet = world.stocked_wallet();
        let verifier = verifier(&world);
        Self { world, wallet, verifier, asked }
    }

    /// The request passes every check.
    fn accepts(&self, what: &str, right: impl FnOnce(&mut Jar)) {
        let link = self.verifier.request(&self.world, &self.asked, right);
        assert_eq!(code(open(&self.wallet, &link)), None, "{what}");
    }

    /// The request is refused, and its sender was known.
    fn refuses(&self, what: &str, code: Code, wrong: impl FnOnce(&mut Jar)) {
        self.refuses_but(what, code, wrong, as_it_is);
    }

    /// The same, with its twin.
    fn refuses_but(
        &self,
        what: &str,
        code: Code,
        wrong: impl FnOnce(&mut Jar),
        right: impl FnOnce(&mut Jar),
    ) {
        self.refuse(Sender::Known, what, code, wrong);
        self.accepts(&format!("twin of: {what}"), right);
    }

    /// The request is refused before its sender is known.
    fn refuses_unknown(&self, what: &str, code: Code, wrong: impl FnOnce(&mut Jar)) {
        self.refuses_unknown_but(what, code, wrong, as_it_is);
    }

    /// The same, with its twin.
    fn refuses_unknown_but(
        &self,
        what: &str,
        code: Code,
        wrong: impl FnOnce(&mut Jar),
        right: impl FnOnce(&mut Jar),
    ) {
        self.refuse(Sender::Unknown, what, code, wrong);
        self.accepts(&format!("twin of: {what}"), right);
    }

    /// Nothing but the history changes, it says what it may say, and the verifier hears nothing.
    fn refuse(&self, sender: Sender, what: &str, expected: Code, wrong: impl FnOnce(&mut Jar)) {
        let (holdings, before) = (self.world.holdings(&self.wallet), history(&self.wallet));
        let client_id = RefCell::default();
        let link = self.verifier.request(&self.world, &self.asked, |jar| {
            wrong(jar);
            client_id.replace(jar.payload["client_id"].clone());
        });
        assert_eq!(code(open(&self.wallet, &link)), Some(expected), "{what}");

        assert_eq!(self.world.holdings(&self.wallet), holdings, "{what}");
        assert!(self.verifier.posts().is_empty(), "{what}");
        let mut after = history(&self.wallet);
        match sender {
            Sender::Unknown => {
                let refusal = UnauthenticatedRefusal { at: crate::world::NOW.0, code: expected as u16 };
                assert_eq!(after.unauthenticated_refusals.pop(), Some(refusal), "{what}");
            }
            Sender::Known => match after.entries.pop().map(|logged| logged.entry.event) {
                Some(HistoryEvent::Refused { verifier, code }) => {
                    assert_eq!((code, verifier.identifier), (expected as u16, id_of(&client_id)), "{what}");
                    assert!(matches!(verifier.verification, Verification::TrustList { .. }), "{what}");
                    assert!(!verifier.name.is_empty(), "{what}");
                }
                other => panic!("{what}: {other:?}"),
            },
        }
        assert_eq!(after, before, "{what}");
    }
}

fn id_of(client_id: &RefCell<serde_json::Value>) -> String {
    client_id.borrow().as_str().unwrap_or_default().to_owned()
}
