//! What one presentation takes in Rust, for comparison with the same through the Kotlin and Swift bindings.
//!
//! ```text
//! crossing record FOLDER COUNT     makes a wallet with a PID and COUNT verifier's requests, kept in FOLDER
//! crossing present FOLDER          answers them all and prints what each took: a JSON list of microseconds
//! ```
//!
//! Another language does what `present` does with a copy of the same wallet and the same requests: an `HttpClient` of its own
//! answers at once with what was recorded, and takes each response with 200. Requests expire after some minutes, so record
//! before each measuring.

// The lints' exceptions for tests reach test functions only.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout)]

mod present;
mod record;
mod recording;

use std::path::Path;

#[tokio::main]
async fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["record", folder, count] => record::run(Path::new(folder), count.parse().expect("a number")).await,
        ["present", folder] => present::run(Path::new(folder)).await,
        _ => panic!("crossing record FOLDER COUNT, or crossing present FOLDER"),
    }
}
