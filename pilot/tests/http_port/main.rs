//! The conformance test of the port `HttpClient`, against real TLS servers on loopback that behave badly.
//!
//! `cases` holds the test body: it knows an implementation only as `&dyn HttpClient`, so that every implementation of
//! the port runs the same cases. `servers` holds the other side.

// The lints' exceptions for tests reach test functions only, not the helpers beside them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod cases;
mod gzip;
mod servers;

use pilot::http::UreqClient;
use servers::Servers;
use wallet_core::platform::{HttpClient, PortError};

#[tokio::test(flavor = "multi_thread")]
async fn ureq_client_conforms() {
    let servers = Servers::start().await;
    let client = UreqClient::new([servers.root_der()]).unwrap();
    cases::all(&client, &servers).await;
}

#[tokio::test]
async fn a_root_that_is_no_certificate_is_told_at_once() {
    assert!(UreqClient::new([b"no certificate".to_vec()]).is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_http_is_for_loopback_and_only_where_allowed() {
    let servers = Servers::start().await;
    let url = servers.plain("/echo");
    let strict = UreqClient::new([servers.root_der()]).unwrap();
    assert_eq!(strict.send(cases::get(&url)).await.err(), Some(PortError::Tls));
    let lenient = strict.with_insecure_loopback();
    assert_eq!(lenient.send(cases::get(&url)).await.map(|answer| answer.status).ok(), Some(200));
    for elsewhere in ["http://192.0.2.1/", "http://localhost.example/", "http://127.0.0.1.example/"] {
        assert_eq!(lenient.send(cases::get(elsewhere)).await.err(), Some(PortError::Tls), "{elsewhere}");
    }
}
