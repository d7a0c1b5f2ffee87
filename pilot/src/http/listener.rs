//! Accepts TLS connections for axum.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::serve::Listener;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, mpsc};
use tokio::task::{AbortHandle, JoinHandle};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use super::tls::TlsIdentity;

/// A client that connects and then says nothing may hold a place for this long.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// Handshakes that may be under way at once.
const HANDSHAKES: usize = 128;

/// Connections whose TLS handshake is done. Handshakes run beside each other, so that one slow client does not keep
/// the others waiting.
pub(super) struct TlsListener {
    address: SocketAddr,
    ready: mpsc::Receiver<(TlsStream<TcpStream>, SocketAddr)>,
    accepting: AbortHandle,
}

impl TlsListener {
    /// The listener, and the task that holds the socket: it has closed it when the task has ended.
    pub(super) fn new(tcp: TcpListener, identity: &TlsIdentity) -> io::Result<(Self, JoinHandle<()>)> {
        let address = tcp.local_addr()?;
        let (done, ready) = mpsc::channel(HANDSHAKES);
        let accepting = tokio::spawn(accept(tcp, TlsAcceptor::from(identity.config()), done));
        Ok((Self { address, ready, accepting: accepting.abort_handle() }, accepting))
    }
}

async fn accept(
    mut tcp: TcpListener,
    acceptor: TlsAcceptor,
    done: mpsc::Sender<(TlsStream<TcpStream>, SocketAddr)>,
) {
    let places = Arc::new(Semaphore::new(HANDSHAKES));
    // Nobody closes the semaphore; the loop ends when the listener is dropped.
    while let Ok(place) = Arc::clone(&places).acquire_owned().await {
        // Waits and goes on when the system is out of files.
        let (stream, peer) = Listener::accept(&mut tcp).await;
        let (acceptor, done) = (acceptor.clone(), done.clone());
        tokio::spawn(async move {
            // A failed handshake is the client's affair: it got an alert.
            if let Ok(Ok(stream)) = tokio::time::timeout(HANDSHAKE, acceptor.accept(stream)).await {
                let _ = done.send((stream, peer)).await;
            }
            drop(place);
        });
    }
}

impl Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.ready.recv().await {
            Some(connection) => connection,
            // The accepting task has ended, which it does only with the runtime.
            None => std::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        Ok(self.address)
    }
}

impl Drop for TlsListener {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}
