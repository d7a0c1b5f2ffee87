//! What every implementation of the port must do. Each case says in its assertions what it asks for.

use std::time::{Duration, Instant};

use wallet_core::platform::{HttpClient, HttpHeader, HttpMethod, HttpRequest, HttpResponse, PortError};

use super::servers::Servers;

/// Runs every case.
pub(crate) async fn all(client: &dyn HttpClient, servers: &Servers) {
    requests_arrive_as_they_were_given(client, servers).await;
    nothing_names_the_library(client, servers).await;
    any_status_is_an_answer(client, servers).await;
    redirects_are_returned(client, servers).await;
    nothing_is_remembered(client, servers).await;
    sizes_are_bounded(client, servers).await;
    compression_does_not_get_around_the_bound(client, servers).await;
    broken_answers_are_errors(client, servers).await;
    time_is_bounded(client, servers).await;
    slow_calls_do_not_hold_up_others(client, servers).await;
    only_valid_certificates_are_accepted(client, servers).await;
    what_cannot_be_reached_is_told(client, servers).await;
}

/// A call with ample bounds.
pub(crate) fn get(url: &str) -> HttpRequest {
    HttpRequest {
        method: HttpMethod::Get,
        url: url.to_owned(),
        headers: Vec::new(),
        body: Vec::new(),
        max_bytes: 1 << 20,
        timeout_ms: 10_000,
    }
}

fn post(url: &str, body: &[u8]) -> HttpRequest {
    HttpRequest { method: HttpMethod::Post, body: body.to_vec(), ..get(url) }
}

fn at_most(max_bytes: u64, url: &str) -> HttpRequest {
    HttpRequest { max_bytes, ..get(url) }
}

fn within(timeout_ms: u32, url: &str) -> HttpRequest {
    HttpRequest { timeout_ms, ..get(url) }
}

fn header(name: &str, value: &str) -> HttpHeader {
    HttpHeader { name: name.to_owned(), value: value.to_owned() }
}

/// The answer, or the test fails naming what it asked for.
async fn answer(client: &dyn HttpClient, request: HttpRequest) -> HttpResponse {
    let url = request.url.clone();
    match client.send(request).await {
        Ok(response) => response,
        Err(error) => panic!("{url}: {error:?}"),
    }
}

async fn error(client: &dyn HttpClient, request: HttpRequest) -> PortError {
    let url = request.url.clone();
    match client.send(request).await {
        Ok(response) => panic!("{url}: an answer with status {}", response.status),
        Err(error) => error,
    }
}

fn text(response: &HttpResponse) -> String {
    String::from_utf8_lossy(&response.body).into_owned()
}

async fn requests_arrive_as_they_were_given(client: &dyn HttpClient, servers: &Servers) {
    let target = "/echo?a=b%20c+d&e=%7E~&f=%C3%A9&state=x/y?z:@";
    let mut request = get(&servers.good(target));
    request.headers = vec![header("Accept", "application/oauth-authz-req+jwt"), header("X-Twice", "1")];
    let echo = text(&answer(client, request).await);
    assert!(echo.starts_with(&format!("GET {target} HTTP/1.1\r\n")), "the URL is used as it is: {echo}");
    assert_eq!(values(&echo, "accept"), ["application/oauth-authz-req+jwt"], "headers are sent as given");
    assert_eq!(values(&echo, "x-twice"), ["1"]);

    let body: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let mut request = post(&servers.good("/echo"), &body);
    request.headers = vec![header("Content-Type", "application/x-www-form-urlencoded")];
    let response = answer(client, request).await;
    assert!(response.body.starts_with(b"POST /echo HTTP/1.1\r\n"));
    assert!(response.body.ends_with(&body), "the body is sent byte for byte");
    let head = String::from_utf8_lossy(&response.body[..response.body.len() - body.len()]).into_owned();
    assert_eq!(values(&head, "content-type"), ["application/x-www-form-urlencoded"]);

    let response = answer(client, post(&servers.good("/echo"), b"")).await;
    assert!(text(&response).starts_with("POST "), "an empty body may be posted");
    assert_eq!(response.header("content-LENGTH"), Some(response.body.len().to_string().as_str()));
}

async fn nothing_names_the_library(client: &dyn HttpClient, servers: &Servers) {
    for request in [get(&servers.good("/echo")), post(&servers.good("/echo"), b"a=b")] {
        let echo = text(&answer(client, request).await).to_ascii_lowercase();
        for name in
            ["ureq", "rust", "okhttp", "java", "dalvik", "android", "cfnetwork", "darwin", "swift", "curl"]
        {
            assert!(!echo.contains(name), "the request says {name}: {echo}");
        }
    }
}

async fn any_status_is_an_answer(client: &dyn HttpClient, servers: &Servers) {
    for status in [200, 201, 202, 400, 401, 403, 404, 500, 503] {
        let response = answer(client, get(&servers.good(&format!("/status/{status}")))).await;
        assert_eq!((response.status, text(&response).as_str()), (status, "told"));
    }
    let response = answer(client, get(&servers.good("/status/204"))).await;
    assert_eq!((response.status, response.body.len()), (204, 0));
}

async fn redirects_are_returned(client: &dyn HttpClient, servers: &Servers) {
    for status in [301, 302, 303, 307, 308] {
        let url = servers.good(&format!("/redirect/{status}"));
        for request in [get(&url), post(&url, b"secret=1")] {
            let response = answer(client, request).await;
            assert_eq!(response.status, status, "a redirect is an answer");
            assert_eq!(response.header("location"), Some("/target"));
        }
    }
    assert_eq!(servers.hits.of("/target"), 0, "no redirect is followed");
}

async fn nothing_is_remembered(client: &dyn HttpClient, servers: &Servers) {
    answer(client, get(&servers.good("/cookie"))).await;
    let second = text(&answer(client, get(&servers.good("/cookie"))).await);
    assert_eq!(values(&second, "cookie"), [""; 0], "no cookie comes back");
    for count in ["1", "2"] {
        let response = answer(client, get(&servers.good("/cacheable"))).await;
        assert_eq!(text(&response), count, "no answer comes from a cache");
    }
}

async fn sizes_are_bounded(client: &dyn HttpClient, servers: &Servers) {
    for framing in ["length", "chunked", "until-close"] {
        let url = servers.good(&format!("/{framing}/5000"));
        let exact = answer(client, at_most(5000, &url)).await;
        assert_eq!(exact.body.len(), 5000, "{framing}: as long as allowed");
        assert_eq!(error(client, at_most(4999, &url)).await, PortError::TooLarge, "{framing}");
        assert_eq!(error(client, at_most(0, &url)).await, PortError::TooLarge, "{framing}");
    }
    let empty = answer(client, at_most(0, &servers.good("/length/0"))).await;
    assert!(empty.body.is_empty());
    error(client, get(&servers.good("/large-head"))).await;
}

async fn compression_does_not_get_around_the_bound(client: &dyn HttpClient, servers: &Servers) {
    let response = answer(client, get(&servers.good("/compressible"))).await;
    assert_eq!(text(&response), "plain", "the body is the plain one");
    let bomb = error(client, at_most(1 << 20, &servers.good("/bomb"))).await;
    assert_eq!(bomb, PortError::TooLarge, "the bound is on the plain body");
    // A server that compresses without being asked: the plain body or an error, but not the compressed bytes.
    if let Ok(response) = client.send(get(&servers.good("/compressed-unasked"))).await {
        assert_eq!(text(&response), "plain");
    }
}

async fn broken_answers_are_errors(client: &dyn HttpClient, servers: &Servers) {
    for path in ["/short", "/garbage", "/hang-up"] {
        let got = error(client, get(&servers.good(path))).await;
        assert_eq!(got, PortError::Interrupted, "{path}: half an answer is none, and the call has left");
    }
}

async fn time_is_bounded(client: &dyn HttpClient, servers: &Servers) {
    let paths = ["/stall", "/stall-in-body", "/trickle-head", "/trickle-body"];
    for url in paths.map(|path| servers.good(path)).into_iter().chain([servers.silent()]) {
        let begun = Instant::now();
        assert_eq!(error(client, within(400, &url)).await, PortError::TimedOut, "{url}");
        let took = begun.elapsed();
        assert!(took >= Duration::from_millis(300), "{url}: gave up after {took:?}");
        assert!(took < Duration::from_millis(3000), "{url}: took {took:?}");
    }
}

async fn slow_calls_do_not_hold_up_others(client: &dyn HttpClient, servers: &Servers) {
    let slow = within(3000, &servers.good("/stall"));
    let mut stalled: Vec<_> = (0..8).map(|_| client.send(slow.clone())).collect();
    let begun = Instant::now();
    let quick = client.send(get(&servers.good("/echo")));
    // Polls all of them at once: the stalled calls are under way when the quick one starts.
    let mut quick = std::pin::pin!(quick);
    let response = std::future::poll_fn(|context| {
        for call in &mut stalled {
            let _ = call.as_mut().poll(context);
        }
        quick.as_mut().poll(context)
    })
    .await;
    assert!(response.is_ok());
    assert!(begun.elapsed() < Duration::from_millis(2500), "a stalled call held up another");
}

async fn only_valid_certificates_are_accepted(client: &dyn HttpClient, servers: &Servers) {
    // The twin of all that follow.
    assert_eq!(answer(client, get(&servers.good("/echo"))).await.status, 200);
    assert_eq!(answer(client, get(&servers.by_address("/echo"))).await.status, 200);
    let before = servers.hits.of("/echo");
    for (name, url) in servers.bad() {
        assert_eq!(error(client, get(&url)).await, PortError::Tls, "a certificate that is {name}");
    }
    error(client, within(400, &servers.not_tls())).await;
    error(client, get(&servers.plain("/echo"))).await;
    assert_eq!(servers.hits.of("/echo"), before, "nothing is sent to a server that is not authenticated");
}

async fn what_cannot_be_reached_is_told(client: &dyn HttpClient, servers: &Servers) {
    assert_eq!(error(client, get(&servers.closed())).await, PortError::Unreachable);
    assert_eq!(error(client, get("https://name.invalid/")).await, PortError::Unreachable);
    for nonsense in ["", "https://", "nonsense", "ftp://localhost/"] {
        error(client, get(nonsense)).await;
    }
}

/// The values of a header field in an echoed head.
fn values(head: &str, name: &str) -> Vec<String> {
    head.lines()
        .filter_map(|line| line.split_once(':'))
        .filter(|(field, _)| field.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.trim().to_owned())
        .collect()
}
