//! The rules of a flow (contract 6): fetched once, answered once, agreed to knowingly, and declined as easily.

mod answered_once;
mod choosing;
mod consent;
mod copies;
mod declining;
mod fetched_once;
mod printing;
mod registration;
mod reuse;
mod statuses;

use wallet_core::Wallet;

use crate::world::{Verifier, World};

/// A wallet that holds everything, and both verifiers.
struct Scene {
    world: World,
    wallet: Wallet,
    bank: Verifier,
    shop: Verifier,
}

impl Scene {
    fn new() -> Self {
        let world = World::new();
        let wallet = world.stocked_wallet();
        let (bank, shop) = (Verifier::eu(&world), Verifier::ca(&world));
        Self { world, wallet, bank, shop }
    }

    /// How often requests were fetched from the bank.
    fn fetched(&self) -> usize {
        self.world.network.calls_to(&format!("{}/request", self.bank.base)).len()
    }
}
