//! Stands before a server: at the server's own address, on `127.0.0.1`, while the server listens at `127.0.0.2`. Passes
//! on whatever comes, looks at it, and spoils what it is told to.

use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{ClientConfig, RootCertStore, ServerConfig};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::server::TlsStream;
use tokio_rustls::{TlsAcceptor, TlsConnector};

use super::server::Server;
use super::wallet::certificate;
use super::world::{block_on, runtime};

/// What is done to a call.
#[derive(Clone)]
pub(crate) enum Spoil {
    /// It is answered with this redirect, to `/elsewhere`.
    Redirect(u16),
    /// It is answered with more bytes than any answer may have.
    Flood,
    /// Half an answer, and the connection ends. The server gets nothing.
    HangUp,
    /// The server gets it and answers; half of another answer, and the connection ends.
    HangUpAfterwards,
    /// No answer ever comes; [`Relay::stalled`] tells that the call is there.
    Stall,
    /// The server's answer, but with this in it replaced.
    Replace(fn(&str) -> String),
}

/// A server with a relay before it.
pub(crate) struct Relay {
    pub(crate) server: Server,
    shared: Arc<Shared>,
    stalled: Receiver<()>,
    serving: JoinHandle<()>,
}

/// A relay that takes no connections.
pub(crate) struct Gone(Relay);

impl Gone {
    /// Takes connections again, at the same address.
    pub(crate) fn back(self) -> Relay {
        let listener = block_on(TcpListener::bind(("127.0.0.1", self.0.shared.port))).unwrap();
        let serving = serve(listener, &self.0.shared);
        Relay { serving, ..self.0 }
    }
}

struct Shared {
    port: u16,
    calls: Mutex<Vec<(String, String)>>,
    spoiled: Mutex<Option<(&'static str, Spoil)>>,
    stalled: Sender<()>,
    connector: TlsConnector,
}

impl Relay {
    /// Starts the server with these arguments, and the relay.
    pub(crate) fn before(arguments: &[&str]) -> Self {
        loop {
            let server = Server::start(&[arguments, &["--listen", "127.0.0.2:0"]].concat());
            // The port is free at this address, too, unless somebody was given it meanwhile.
            if let Ok(listener) = block_on(TcpListener::bind(("127.0.0.1", server.port()))) {
                return Self::with(server, listener);
            }
        }
    }

    fn with(server: Server, listener: TcpListener) -> Self {
        let (sender, stalled) = mpsc::channel();
        let shared = Arc::new(Shared {
            port: server.port(),
            calls: Mutex::default(),
            spoiled: Mutex::default(),
            stalled: sender,
            connector: connector(),
        });
        let serving = serve(listener, &shared);
        Self { server, shared, stalled, serving }
    }

    /// From now on nobody listens at the address.
    pub(crate) fn gone(mut self) -> Gone {
        self.serving.abort();
        // It has closed its socket when it has ended.
        let _ = block_on(&mut self.serving);
        Gone(self)
    }

    /// From now on calls to paths with this in it are spoiled so.
    pub(crate) fn spoil(&self, path: &'static str, spoil: Spoil) {
        *self.shared.spoiled.lock().unwrap() = Some((path, spoil));
    }

    /// From now on everything passes.
    pub(crate) fn behave(&self) {
        *self.shared.spoiled.lock().unwrap() = None;
    }

    /// The bodies of the calls to paths with this in it, so far.
    pub(crate) fn calls(&self, path: &str) -> Vec<String> {
        let calls = self.shared.calls.lock().unwrap();
        calls.iter().filter(|(called, _)| called.contains(path)).map(|(_, body)| body.clone()).collect()
    }

    /// Waits until a call is there that gets no answer.
    pub(crate) fn stalled(&self) {
        self.stalled.recv_timeout(Duration::from_secs(30)).unwrap();
    }
}

fn serve(listener: TcpListener, shared: &Arc<Shared>) -> JoinHandle<()> {
    let (acceptor, shared) = (acceptor(), Arc::clone(shared));
    runtime().spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, shared) = (acceptor.clone(), Arc::clone(&shared));
            tokio::spawn(async move {
                if let Ok(stream) = acceptor.accept(stream).await {
                    let _ = answer(stream, &shared).await;
                }
            });
        }
    })
}

/// One call: the wallet makes a connection for each.
async fn answer(mut stream: TlsStream<TcpStream>, shared: &Shared) -> std::io::Result<()> {
    let Some((path, request)) = read(&mut stream).await? else { return Ok(()) };
    let body = request.windows(4).position(|window| window == b"\r\n\r\n").unwrap() + 4;
    let body = String::from_utf8_lossy(&request[body..]).into_owned();
    shared.calls.lock().unwrap().push((path.clone(), body));
    let spoiled = shared.spoiled.lock().unwrap().clone();
    let spoil = spoiled.filter(|(of, _)| path.contains(of)).map(|(_, spoil)| spoil);
    match spoil {
        None => {
            let mut server = connect(shared).await?;
            server.write_all(&request).await?;
            copy_bidirectional(&mut stream, &mut server).await.map(drop)
        }
        Some(Spoil::Redirect(status)) => {
            let location = format!("https://localhost:{}/elsewhere", shared.port);
            let head =
                format!("HTTP/1.1 {status} Moved\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");
            stream.write_all(head.as_bytes()).await?;
            stream.shutdown().await
        }
        Some(Spoil::Flood) => {
            // Without a length, so that it is the bytes that are counted.
            stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n").await?;
            loop {
                stream.write_all(&[b' '; 65_536]).await?;
            }
        }
        Some(Spoil::HangUp) => stream.write_all(HALF).await,
        Some(Spoil::HangUpAfterwards) => {
            let mut server = connect(shared).await?;
            server.write_all(&request).await?;
            server.read_u8().await?;
            stream.write_all(HALF).await
        }
        Some(Spoil::Stall) => {
            let _ = shared.stalled.send(());
            stream.read_u8().await.map(drop)
        }
        Some(Spoil::Replace(change)) => {
            let mut server = connect(shared).await?;
            let request = String::from_utf8(request).unwrap();
            server.write_all(request.replacen("\r\n", "\r\nConnection: close\r\n", 1).as_bytes()).await?;
            let mut whole = Vec::new();
            server.read_to_end(&mut whole).await?;
            stream.write_all(change(&String::from_utf8(whole).unwrap()).as_bytes()).await?;
            stream.shutdown().await
        }
    }
}

const HALF: &[u8] =
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"half\":";

/// The path and the whole of a request.
async fn read(stream: &mut TlsStream<TcpStream>) -> std::io::Result<Option<(String, Vec<u8>)>> {
    let mut bytes = Vec::new();
    loop {
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..end]).to_ascii_lowercase();
            let length =
                head.lines().find_map(|line| line.strip_prefix("content-length:")?.trim().parse().ok());
            if bytes.len() >= end + 4 + length.unwrap_or(0) {
                let path = String::from_utf8_lossy(&bytes[..end]).split(' ').nth(1).unwrap().to_owned();
                return Ok(Some((path, bytes)));
            }
        }
        if stream.read_buf(&mut bytes).await? == 0 {
            return Ok(None);
        }
    }
}

async fn connect(shared: &Shared) -> std::io::Result<tokio_rustls::client::TlsStream<TcpStream>> {
    let stream = TcpStream::connect(("127.0.0.2", shared.port)).await?;
    shared.connector.connect(ServerName::try_from("localhost").unwrap(), stream).await
}

fn connector() -> TlsConnector {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_file(certificate("tls-ca")).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(rustls::crypto::ring::default_provider().into())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    TlsConnector::from(Arc::new(config))
}

/// With the certificate and key of the servers themselves.
fn acceptor() -> TlsAcceptor {
    let chain = vec![CertificateDer::from_pem_file(certificate("tls-localhost")).unwrap()];
    let key = PrivateKeyDer::from_pem_file(certificate("tls-localhost.key")).unwrap();
    let config = ServerConfig::builder_with_provider(rustls::crypto::ring::default_provider().into())
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}
