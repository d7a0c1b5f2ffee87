//! How fast the core is, as ratios to floors that are measured in the same run: bare operations on the curve, plain
//! SQLite, bare Argon2id, the same job with less stored. Prints a table; `docs/speed.md` says how to read it.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    missing_docs,
    unreachable_pub,
    reason = "a program for developers, which may end when its own fixtures are wrong, and prints its results"
)]

mod cpu_time;
mod credentials;
mod curve;
mod dcql;
mod fixtures;
mod memory;
mod plain_sqlite;
mod present;
mod stock;
mod table;
mod turns;
mod unlock;
mod vault;
mod verify;
/// The tests' issuers, verifiers and network in memory; not all of it is needed here.
#[allow(dead_code, unused_imports, clippy::panic)]
#[path = "../../tests/flows/world/mod.rs"]
mod world;

use std::path::Path;

use credentials::Portrait;
use fixtures::{Request, Stored};

fn main() {
    let mut suite = turns::Suite::new(&Path::new(env!("CARGO_TARGET_TMPDIR")).join("speed"));
    let mut table = table::Table::default();
    let pki = world::Pki::new();
    let request = Request::new(&pki);

    let mdocs = Portrait::ALL.map(|(portrait, name)| (Stored::mdoc(&pki, &request, portrait), name));
    let sd_jwts = Portrait::ALL.map(|(portrait, name)| (Stored::sd_jwt(&pki, &request, portrait), name));
    present::measure(&mut suite, &mut table, "present an mdoc", &request, &mdocs);
    present::measure(&mut suite, &mut table, "present an SD-JWT", &request, &sd_jwts);
    verify::measure(&mut suite, &mut table, "verify an mdoc", &request, &mdocs, verify::mdoc);
    verify::measure(&mut suite, &mut table, "verify an SD-JWT", &request, &sd_jwts, verify::sd_jwt);
    dcql::measure(&mut suite, &mut table, &pki, &request);
    vault::measure(&mut suite, &mut table);
    unlock::measure(&mut suite, &mut table);

    println!("{table}");
}
