//! Real servers on loopback, written on the socket so that they can do what a proper HTTP library would not.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use wallet_core::crypto::p256::SecretKey;
use wallet_core::issue::certificate::{Authority, Subject, Template, Validity, keys};
use wallet_core::time::UnixTime;

use super::gzip;

const DAY: i64 = 86_400;

/// How many requests each path got.
#[derive(Clone, Default)]
pub(crate) struct Hits(Arc<Mutex<HashMap<String, usize>>>);

impl Hits {
    pub(crate) fn of(&self, path: &str) -> usize {
        self.0.lock().unwrap().get(path).copied().unwrap_or(0)
    }

    fn count(&self, path: &str) -> usize {
        let mut hits = self.0.lock().unwrap();
        let count = hits.entry(path.to_owned()).or_default();
        *count += 1;
        *count
    }
}

/// One good server, several whose certificate is wrong in one way, and some that do not speak TLS at all.
pub(crate) struct Servers {
    pub(crate) hits: Hits,
    root: Authority,
    good: SocketAddr,
    plain: SocketAddr,
    silent: SocketAddr,
    closed: SocketAddr,
    bad: Vec<(&'static str, SocketAddr)>,
}

impl Servers {
    pub(crate) async fn start() -> Self {
        let hits = Hits::default();
        let now = UnixTime(
            std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs() as i64,
        );
        let year = Validity::days(now.plus(-DAY), 365);
        let root = |name| Authority::root(&Template::authority(Subject::new(name), year, None)).unwrap();
        let (trusted, stranger) = (root("port test"), root("stranger"));
        let server = |validity, hosts: &[&str]| {
            let addresses: &[IpAddr] =
                if hosts == ["localhost"] { &[Ipv4Addr::LOCALHOST.into()] } else { &[] };
            Template::tls_server(validity, hosts, addresses)
        };
        let good = server(year, &["localhost"]);
        let not_for_servers =
            Template { purposes: vec![wallet_core::asn1::oid::CLIENT_AUTH], ..good.clone() };
        let mut bad = Vec::new();
        for (name, authority, template) in [
            ("another host", &trusted, server(year, &["elsewhere.example"])),
            ("an unknown authority", &stranger, good.clone()),
            ("expired", &trusted, server(Validity::days(now.plus(-10 * DAY), 9), &["localhost"])),
            ("not yet valid", &trusted, server(Validity::days(now.plus(DAY), 9), &["localhost"])),
            ("not for servers", &trusted, not_for_servers),
        ] {
            bad.push((name, serve_tls(authority, &template, &hits).await));
        }
        let plain = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let plain_address = plain.local_addr().unwrap();
        // Says nothing at all, not even in the handshake.
        let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let silent_address = silent.local_addr().unwrap();
        tokio::spawn(async move {
            let mut kept = Vec::new();
            while let Ok((stream, _)) = silent.accept().await {
                kept.push(stream);
            }
        });
        let closed = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
        let plain_hits = hits.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = plain.accept().await {
                tokio::spawn(answer(stream, plain_hits.clone()));
            }
        });
        let good = serve_tls(&trusted, &good, &hits).await;
        Self { hits, root: trusted, good, plain: plain_address, silent: silent_address, closed, bad }
    }

    /// The authority of the good server, to be trusted besides the system's.
    pub(crate) fn root_der(&self) -> Vec<u8> {
        self.root.certificate.der().to_vec()
    }

    pub(crate) fn good(&self, path: &str) -> String {
        format!("https://localhost:{}{path}", self.good.port())
    }

    pub(crate) fn by_address(&self, path: &str) -> String {
        format!("https://{}{path}", self.good)
    }

    pub(crate) fn plain(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.plain.port())
    }

    /// The plain server, spoken to with TLS.
    pub(crate) fn not_tls(&self) -> String {
        format!("https://localhost:{}/echo", self.plain.port())
    }

    pub(crate) fn silent(&self) -> String {
        format!("https://localhost:{}/", self.silent.port())
    }

    pub(crate) fn closed(&self) -> String {
        format!("https://localhost:{}/", self.closed.port())
    }

    pub(crate) fn bad(&self) -> impl Iterator<Item = (&'static str, String)> {
        self.bad.iter().map(|(name, address)| (*name, format!("https://localhost:{}/echo", address.port())))
    }
}

async fn serve_tls(authority: &Authority, template: &Template, hits: &Hits) -> SocketAddr {
    let key = SecretKey::random().unwrap();
    let certificate = authority.issue(template, &key.public_key()).unwrap();
    let key = PrivateKeyDer::from_pem_slice(keys::to_pem(&key).unwrap().as_bytes()).unwrap();
    let config = rustls::ServerConfig::builder_with_provider(rustls::crypto::ring::default_provider().into())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![CertificateDer::from(certificate.der().to_vec())], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let hits = hits.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, hits) = (acceptor.clone(), hits.clone());
            tokio::spawn(async move {
                if let Ok(stream) = acceptor.accept(stream).await {
                    answer(stream, hits).await;
                }
            });
        }
    });
    address
}

struct Received {
    target: String,
    head: String,
    body: Vec<u8>,
}

async fn read_request(stream: &mut (impl AsyncRead + Unpin)) -> Option<Received> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let head = String::from_utf8(bytes[..end].to_vec()).ok()?;
    let mut body = bytes[end + 4..].to_vec();
    let length = head
        .lines()
        .find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length:")?.trim().parse().ok())
        .unwrap_or(0);
    while body.len() < length {
        if stream.read_buf(&mut body).await.ok()? == 0 {
            return None;
        }
    }
    let target = head.split(' ').nth(1)?.to_owned();
    Some(Received { target, head, body })
}

async fn answer(mut stream: impl AsyncRead + AsyncWrite + Unpin, hits: Hits) {
    while let Some(request) = read_request(&mut stream).await {
        if reply(&mut stream, &request, &hits).await.is_none() {
            break;
        }
    }
    let _ = stream.shutdown().await;
}

/// `None` closes the connection.
async fn reply(stream: &mut (impl AsyncWrite + Unpin), request: &Received, hits: &Hits) -> Option<()> {
    let path = request.target.split('?').next()?;
    let count = hits.count(path);
    let number = |prefix: &str| path.strip_prefix(prefix)?.parse::<usize>().ok();
    let mut send = async |bytes: &[u8]| {
        stream.write_all(bytes).await.ok()?;
        stream.flush().await.ok()
    };
    if path == "/echo" {
        let body = [request.head.as_bytes(), b"\r\n\r\n", &request.body].concat();
        return send(&whole("200 OK", "", &body)).await;
    }
    if let Some(status) = number("/status/") {
        return match status {
            204 => send(b"HTTP/1.1 204 No Content\r\n\r\n").await,
            _ => send(&whole(&format!("{status} Whatever"), "", b"told")).await,
        };
    }
    if let Some(status) = number("/redirect/") {
        return send(&whole(&format!("{status} Elsewhere"), "Location: /target\r\n", b"")).await;
    }
    if let Some(length) = number("/length/") {
        return send(&whole("200 OK", "", &vec![b'x'; length])).await;
    }
    if let Some(length) = number("/chunked/") {
        send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").await?;
        for chunk in vec![b'x'; length].chunks(1000) {
            send(format!("{:x}\r\n", chunk.len()).as_bytes()).await?;
            send(chunk).await?;
            send(b"\r\n").await?;
        }
        return send(b"0\r\n\r\n").await;
    }
    if let Some(length) = number("/until-close/") {
        send(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n").await?;
        send(&vec![b'x'; length]).await?;
        return None;
    }
    let accepts_gzip = request
        .head
        .lines()
        .filter_map(|line| line.to_ascii_lowercase().strip_prefix("accept-encoding:").map(str::to_owned))
        .any(|value| value.contains("gzip"));
    const GZIP: &str = "Content-Encoding: gzip\r\n";
    match path {
        "/cookie" => send(&whole("200 OK", "Set-Cookie: a=b; Path=/\r\n", request.head.as_bytes())).await,
        "/cacheable" => {
            let headers = "Cache-Control: public, max-age=3600\r\nETag: \"1\"\r\n";
            send(&whole("200 OK", headers, count.to_string().as_bytes())).await
        }
        "/large-head" => send(&whole("200 OK", &format!("A: {}\r\n", "x".repeat(4 << 20)), b"")).await,
        "/bomb" if accepts_gzip => send(&whole("200 OK", GZIP, &gzip::zeros(30_000))).await,
        "/bomb" => send(&whole("200 OK", "", &vec![0; 7 << 20])).await,
        "/compressible" if accepts_gzip => send(&whole("200 OK", GZIP, &gzip::stored(b"plain"))).await,
        "/compressible" => send(&whole("200 OK", "", b"plain")).await,
        "/compressed-unasked" => send(&whole("200 OK", GZIP, &gzip::stored(b"plain"))).await,
        "/short" => {
            send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this").await?;
            None
        }
        "/garbage" => {
            send(b"SSH-2.0-OpenSSH_9.9\r\n\r\n").await?;
            None
        }
        "/hang-up" => None,
        "/stall" => pause(30_000).await,
        "/stall-in-body" => {
            send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this").await?;
            pause(30_000).await
        }
        "/trickle-head" => {
            send(b"HTTP/1.1 200 OK\r\nA: ").await?;
            loop {
                send(b"x").await?;
                pause(40).await?;
            }
        }
        "/trickle-body" => {
            send(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n").await?;
            loop {
                send(b"x").await?;
                pause(40).await?;
            }
        }
        _ => send(&whole("404 Not Found", "", b"")).await,
    }
}

async fn pause(milliseconds: u64) -> Option<()> {
    tokio::time::sleep(Duration::from_millis(milliseconds)).await;
    Some(())
}

fn whole(status: &str, headers: &str, body: &[u8]) -> Vec<u8> {
    let mut out =
        format!("HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    out.extend(body);
    out
}
