//! An HTTP server that can be stopped.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use super::listener::TlsListener;
use super::tls::TlsIdentity;

/// The longest request body that is read, unless a route says otherwise.
const BODY: usize = 256 * 1024;
/// How long one request may take, its body included; pages that wait for something answer earlier.
const REQUEST: Duration = Duration::from_secs(60);
/// How long requests that are under way may go on after [`Server::stop`].
const STOPPING: Duration = Duration::from_secs(2);

/// How a server speaks.
#[derive(Clone)]
pub enum Transport {
    /// TLS with this certificate.
    Https(TlsIdentity),
    /// Plain text, for a development machine only.
    InsecureHttp,
}

impl Transport {
    /// The scheme of the server's addresses.
    #[must_use]
    pub const fn scheme(&self) -> &'static str {
        match self {
            Self::Https(_) => "https",
            Self::InsecureHttp => "http",
        }
    }
}

/// A socket that was bound: its port is known, so addresses can be written before the first request comes.
pub struct Bound(TcpListener, SocketAddr);

impl Bound {
    /// Binds; port 0 takes a free one.
    ///
    /// # Errors
    /// Those of the operating system: an address in use, a port that is not allowed.
    pub async fn to(listen: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(listen).await?;
        let address = listener.local_addr()?;
        Ok(Self(listener, address))
    }

    /// The address with the port that was taken.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.1
    }

    /// The server's own address as others write it: scheme, this host, and the port where it is not the scheme's.
    #[must_use]
    pub fn url(&self, transport: &Transport, host: &str) -> String {
        let (scheme, port) = (transport.scheme(), self.1.port());
        // An IPv6 address needs brackets.
        let host = if host.contains(':') { format!("[{host}]") } else { host.to_owned() };
        match (scheme, port) {
            ("https", 443) | ("http", 80) => format!("{scheme}://{host}"),
            _ => format!("{scheme}://{host}:{port}"),
        }
    }

    /// Serves until the server is stopped or dropped.
    ///
    /// # Errors
    /// Those of the operating system.
    pub fn serve(self, transport: &Transport, router: Router) -> io::Result<Server> {
        let Self(tcp, address) = self;
        let router = router.layer(DefaultBodyLimit::max(BODY)).layer(middleware::from_fn(in_time));
        let (stop, stopped) = oneshot::channel::<()>();
        // A sender that is dropped stops the server just as one that sends.
        let stopped = async move {
            let _ = stopped.await;
        };
        let (task, accepting) = match transport {
            Transport::Https(identity) => {
                let (listener, accepting) = TlsListener::new(tcp, identity)?;
                let serving = axum::serve(listener, router).with_graceful_shutdown(stopped);
                (tokio::spawn(serving.into_future()), Some(accepting))
            }
            Transport::InsecureHttp => {
                let serving = axum::serve(tcp, router).with_graceful_shutdown(stopped);
                (tokio::spawn(serving.into_future()), None)
            }
        };
        Ok(Server { address, stop, task, accepting })
    }
}

/// A server that runs; dropped, it stops.
pub struct Server {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    task: JoinHandle<io::Result<()>>,
    /// Holds the socket, where connections are more than accepted.
    accepting: Option<JoinHandle<()>>,
}

impl Server {
    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Takes no new connections, lets the requests that are under way end, and returns; then the port is free.
    pub async fn stop(self) {
        let Self { stop, mut task, accepting, .. } = self;
        drop(stop);
        if tokio::time::timeout(STOPPING, &mut task).await.is_err() {
            task.abort();
            let _ = task.await;
        }
        if let Some(accepting) = accepting {
            accepting.abort();
            let _ = accepting.await;
        }
    }
}

async fn in_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(REQUEST, next.run(request)).await {
        Ok(response) => response,
        Err(_) => StatusCode::REQUEST_TIMEOUT.into_response(),
    }
}
