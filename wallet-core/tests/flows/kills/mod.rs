//! The phone dies, the app is closed, the wallet is locked: at every point at which a flow waits. The vault is then as
//! before or as after, and the history tells the truth about what may have left the phone (contracts 5 and 6).

mod dropping;
mod locking;
mod making;
mod receiving;
mod sending;

use std::pin::pin;

use crate::world::{SlowMotion, VaultFile, World};

/// What lay on disk at one instant, and what the rest of the world had heard by then.
pub(crate) struct Instant<T> {
    file: VaultFile,
    heard: T,
}

/// Runs a future to its end, and remembers each instant at which the phone could have died.
pub(crate) fn at_each_instant<F: Future, T: PartialEq>(
    world: &World,
    future: F,
    heard: impl Fn() -> T,
) -> (F::Output, Vec<Instant<T>>) {
    let (mut future, slow) = (pin!(future), SlowMotion::of(world));
    let mut instants: Vec<Instant<T>> = Vec::new();
    loop {
        // The vault's thread rests between two steps: nothing is half written unless it is so for ever.
        let instant = Instant { file: VaultFile::read(&world.file()), heard: heard() };
        if instants.last().is_none_or(|last| last.file != instant.file || last.heard != instant.heard) {
            instants.push(instant);
        }
        if let Some(output) = slow.step(future.as_mut()) {
            instants.push(Instant { file: VaultFile::read(&world.file()), heard: heard() });
            return (output, instants);
        }
    }
}

/// The copies of the vault at these instants, each under a name of its own.
pub(crate) fn killed<T>(world: &World, instants: Vec<Instant<T>>) -> Vec<(String, T)> {
    let write = |(number, instant): (usize, Instant<T>)| {
        let name = format!("killed-{number}.db");
        instant.file.write(&world.folder.join(&name));
        (name, instant.heard)
    };
    instants.into_iter().enumerate().map(write).collect()
}
