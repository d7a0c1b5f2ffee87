//! A process that writes is killed at random instants, in the configuration that is shipped: a log, and each commit on
//! disk before it returns. Whoever opens the vault next finds every promise kept.
//!
//! The process is this test binary itself, started to run [`child::child`] alone. It says on its standard output what it
//! begins, what was promised, and what a verifier saw; what it said before it died is what the vault must hold.
//!
//! `WALLET_KILLS` says how often, 40 times where it is not set; `tests/run vault` asks for 2,000. The vault lies in the
//! temporary folder of the build, on a real disk.

pub(super) mod chain;
pub(super) mod child;
mod power;
mod promises;
mod stopping;
mod trace;

use std::sync::atomic::{AtomicUsize, Ordering};

use chain::Chain;

const USUAL: usize = 40;
/// Kills of one vault before the next begins.
const IN_A_ROW: usize = 8;

#[test]
fn what_was_promised_is_kept_whenever_the_process_is_killed() {
    let wanted = std::env::var("WALLET_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(USUAL);
    let [next, within] = [const { AtomicUsize::new(0) }; 2];
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let first = next.fetch_add(IN_A_ROW, Ordering::SeqCst);
                    if first >= wanted {
                        return;
                    }
                    let mut chain = Chain::begin(first as u64);
                    for number in first..wanted.min(first + IN_A_ROW) {
                        let inside = chain.kill(number % 3 == 0);
                        within.fetch_add(usize::from(inside), Ordering::SeqCst);
                    }
                }
            });
        }
    });
    let within = within.load(Ordering::SeqCst);
    println!("of {wanted} kills {within} fell into a transaction");
    assert!(within * 4 >= wanted, "{within} of {wanted}");
}
