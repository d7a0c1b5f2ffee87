//! Other people's libraries at the jobs that they share with the core: presenting and verifying 5 of 30 elements, and
//! reading what is stored encrypted. Timed by the core's harness, as ratios to the same bare operations on the curve, or
//! to the core's own wallet, measured in the same run.

#[path = "../../../wallet-core/benches/speed/cpu_time.rs"]
mod cpu_time;
#[allow(dead_code, reason = "the core's benches use all of it")]
#[path = "../../../wallet-core/benches/speed/credentials.rs"]
mod credentials;
#[allow(dead_code, reason = "the core's benches use all of it")]
#[path = "../../../wallet-core/benches/speed/curve.rs"]
mod curve;
#[allow(dead_code, reason = "the core's benches use all of it")]
#[path = "../../../wallet-core/benches/speed/fixtures.rs"]
mod fixtures;
mod isomdl;
mod key;
mod older_curve;
mod sd_jwt;
mod sd_jwt_payload;
mod sd_jwt_rs;
mod sqlcipher;
#[allow(dead_code, reason = "the core's benches use all of it")]
#[path = "../../../wallet-core/benches/speed/stock.rs"]
mod stock;
mod stocked;
mod storage;
#[allow(dead_code, reason = "the core's benches use all of it")]
#[path = "../../../wallet-core/benches/speed/table.rs"]
mod table;
#[allow(dead_code, reason = "the core's benches use all of it")]
#[path = "../../../wallet-core/benches/speed/turns.rs"]
mod turns;
/// The tests' issuers, verifiers and network in memory.
#[allow(dead_code, unused_imports, reason = "the core's tests use all of it")]
#[path = "../../../wallet-core/tests/flows/world/mod.rs"]
mod world;

use std::path::Path;

/// The folder with the issuer's certificates and key, made by `run`.
const CERTIFICATES: &str = "PEERS_CERTIFICATES";

fn main() {
    let folder = std::env::var(CERTIFICATES).expect("run this with tests/peers/run");
    let certificates = key::Certificates::read(Path::new(&folder));
    let mut suite = turns::Suite::new(&Path::new(&folder).join("criterion"));
    let mut table = table::Table::default();
    isomdl::measure(&mut suite, &mut table, &certificates);
    sd_jwt::measure(&mut suite, &mut table, &certificates);
    storage::measure(&mut suite, &mut table);
    println!("{table}");
}
