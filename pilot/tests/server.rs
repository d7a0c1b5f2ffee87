//! The HTTPS server under clients that are slow, silent, or stay.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::get;
use common::Folder;
use common::http::Http;
use pilot::http::{Bound, Server, Transport};

async fn hello(folder: &Folder, plain: bool) -> (Server, String) {
    let transport = match plain {
        true => Transport::InsecureHttp,
        false => Transport::Https(folder.pki().tls_identity("localhost", pilot::time::now()).unwrap()),
    };
    let slow = get(async || tokio::time::sleep(Duration::from_millis(800)).await);
    let router = Router::new().route("/", get(async || "hello")).route("/slow", slow);
    let bound = Bound::to("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let url = bound.url(&transport, "localhost");
    (bound.serve(&transport, router).unwrap(), url)
}

#[tokio::test(flavor = "multi_thread")]
async fn silent_clients_keep_nobody_waiting() {
    let folder = Folder::new();
    let (server, url) = hello(&folder, false).await;
    let silent: Vec<_> = (0..20).map(|_| TcpStream::connect(server.address()).unwrap()).collect();
    let http = Http::new(&folder.pki());
    let begun = Instant::now();
    assert_eq!(http.get(&url).await.text(), "hello");
    assert!(begun.elapsed() < Duration::from_secs(5));
    drop(silent);
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_that_are_under_way_end_before_the_server_does() {
    let folder = Folder::new();
    let (server, url) = hello(&folder, false).await;
    let http = Http::new(&folder.pki());
    let url = format!("{url}/slow");
    let (answer, ()) = tokio::join!(http.get(&url), async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        server.stop().await;
    });
    assert_eq!(answer.status(), 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn clients_that_stay_do_not_keep_the_server_up() {
    let folder = Folder::new();
    let (server, _) = hello(&folder, true).await;
    let address = server.address();
    let mut kept = TcpStream::connect(address).unwrap();
    kept.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut answer = [0; 512];
    let length = kept.read(&mut answer).unwrap();
    assert!(answer[..length].starts_with(b"HTTP/1.1 200"));
    let begun = Instant::now();
    server.stop().await;
    assert!(begun.elapsed() < Duration::from_secs(4));
    assert!(TcpStream::connect(address).is_err());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_dropped_stops() {
    let folder = Folder::new();
    let (server, _) = hello(&folder, false).await;
    let address = server.address();
    drop(server);
    for _ in 0..50 {
        if TcpStream::connect(address).is_err() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("it still listens");
}

#[tokio::test]
async fn addresses_are_written_as_others_need_them() {
    let bound = Bound::to("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let port = bound.address().port();
    assert_eq!(bound.url(&Transport::InsecureHttp, "localhost"), format!("http://localhost:{port}"));
    assert_eq!(bound.url(&Transport::InsecureHttp, "::1"), format!("http://[::1]:{port}"));
}
