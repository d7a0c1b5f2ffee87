//! The servers of the conformance test of the port `HttpClient`, for implementations in other languages: they run the same
//! cases against the same servers.
//!
//! Prints one `name value` a line, the last one `ready`; answers each path that it reads with how many requests that path
//! got; ends with its input.

// The lints' exceptions for tests do not reach examples.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../tests/http_port/gzip.rs"]
mod gzip;
#[path = "../tests/http_port/servers.rs"]
mod servers;

use std::io::{BufRead, Write, stdin, stdout};

use servers::Servers;
use wallet_core::jose::base64url;

#[tokio::main]
async fn main() {
    let servers = Servers::start().await;
    let mut lines = vec![
        format!("root {}", base64url::encode(&servers.root_der())),
        format!("good {}", servers.good("")),
        format!("by-address {}", servers.by_address("")),
        format!("plain {}", servers.plain("")),
        format!("not-tls {}", servers.not_tls()),
        format!("silent {}", servers.silent()),
        format!("closed {}", servers.closed()),
    ];
    lines.extend(servers.bad().map(|(name, url)| format!("bad {url} {name}")));
    lines.push("ready".to_owned());
    say(&lines.join("\n"));
    tokio::task::spawn_blocking(move || {
        for path in stdin().lock().lines().map_while(Result::ok) {
            say(&servers.hits.of(&path).to_string());
        }
    })
    .await
    .unwrap();
}

fn say(line: &str) {
    let mut out = stdout().lock();
    writeln!(out, "{line}").unwrap();
    out.flush().unwrap();
}
