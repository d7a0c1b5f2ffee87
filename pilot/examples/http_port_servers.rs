//! The servers of the conformance test of the port `HttpClient`, for implementations in other languages: starts them,
//! prints where they are as one line of JSON, answers each line on stdin (a path) with how many requests it got, and ends
//! with stdin. The root certificate goes, as PEM, into the file that the argument names.

// The lints' exceptions for tests reach test functions only.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

#[path = "../tests/http_port/gzip.rs"]
mod gzip;
#[path = "../tests/http_port/servers.rs"]
mod servers;

use std::io::BufRead;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use servers::Servers;

#[tokio::main]
async fn main() {
    let root = std::env::args().nth(1).expect("the file for the root certificate");
    let servers = Servers::start().await;
    let pem = STANDARD.encode(servers.root_der());
    std::fs::write(&root, format!("-----BEGIN CERTIFICATE-----\n{pem}\n-----END CERTIFICATE-----\n"))
        .unwrap();
    let places = json!({
        "good": servers.good(""),
        "by_address": servers.by_address(""),
        "plain": servers.plain(""),
        "not_tls": servers.not_tls(),
        "silent": servers.silent(),
        "closed": servers.closed(),
        "bad": servers.bad().collect::<std::collections::BTreeMap<_, _>>(),
    });
    println!("{places}");
    for path in std::io::stdin().lock().lines() {
        println!("{}", servers.hits.of(path.unwrap().trim()));
    }
}
