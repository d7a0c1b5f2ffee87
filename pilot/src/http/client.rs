//! The HTTP port of the wallet core, on ureq.

use std::io::{self, Read};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use ureq::http::{Request, Uri, header};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::{Agent, Proxy, config::AutoHeaderValue};
use wallet_core::platform::{HttpClient, HttpHeader, HttpMethod, HttpRequest, HttpResponse, PortError};

use super::tls;

/// Why a client could not be made.
#[derive(Debug)]
pub enum ClientError {
    /// One of the further roots is no X.509 certificate of an authority.
    Root,
    /// There is no root at all: the operating system's store could not be read, and no further one was given.
    NoRoots,
}

impl std::fmt::Display for ClientError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Root => "a root for HTTPS is not a certificate",
            Self::NoRoots => "no roots for HTTPS: the operating system's store is empty or cannot be read",
        })
    }
}

impl std::error::Error for ClientError {}

/// [`HttpClient`] for a desktop: trusts what the operating system trusts, and the roots that were given besides.
///
/// Each call has a connection of its own. It follows no redirect, keeps no cookies, no cache and no TLS session, so two
/// calls cannot be linked by what the client remembers. It asks for no compression. A proxy is taken from the
/// environment, but never for loopback addresses. Call it on a tokio runtime: the blocking work runs on its threads.
#[derive(Clone)]
pub struct UreqClient {
    roots: Arc<Vec<Certificate<'static>>>,
    insecure_loopback: bool,
}

impl UreqClient {
    /// With these roots, as DER, besides those of the operating system.
    ///
    /// # Errors
    /// [`ClientError`].
    pub fn new<D: Into<Vec<u8>>>(further_roots: impl IntoIterator<Item = D>) -> Result<Self, ClientError> {
        // What cannot be read is left out, as browsers do; an empty store is told below.
        let mut ders: Vec<CertificateDer<'static>> = rustls_native_certs::load_native_certs().certs;
        for der in further_roots {
            let der = CertificateDer::from(der.into());
            RootCertStore::empty().add(der.clone()).map_err(|_| ClientError::Root)?;
            ders.push(der);
        }
        if ders.is_empty() {
            return Err(ClientError::NoRoots);
        }
        let roots = ders.iter().map(|der| Certificate::from_der(der).to_owned()).collect();
        Ok(Self { roots: Arc::new(roots), insecure_loopback: false })
    }

    /// Allows plain http to loopback addresses, for a development machine. Elsewhere it stays refused.
    #[must_use]
    pub fn with_insecure_loopback(mut self) -> Self {
        self.insecure_loopback = true;
        self
    }

    /// A call without anything that another call left behind.
    fn agent(&self, timeout: Duration, loopback: bool) -> Agent {
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::Specific(Arc::clone(&self.roots)))
            .unversioned_rustls_crypto_provider(tls::provider())
            .build();
        Agent::config_builder()
            .tls_config(tls)
            .timeout_global(Some(timeout))
            .http_status_as_error(false)
            .max_redirects(0)
            .user_agent(AutoHeaderValue::None)
            .accept_encoding(AutoHeaderValue::None)
            .proxy(if loopback { None } else { Proxy::try_from_env() })
            .build()
            .new_agent()
    }

    fn call(&self, request: HttpRequest) -> Result<HttpResponse, PortError> {
        let uri: Uri = request.url.parse().map_err(|_| unexpected("InvalidUri"))?;
        let loopback = is_loopback(&uri);
        match uri.scheme_str() {
            Some("https") => {}
            Some("http") if self.insecure_loopback && loopback => {}
            _ => return Err(PortError::Tls),
        }
        let mut builder = match request.method {
            HttpMethod::Get => Request::get(uri),
            HttpMethod::Post => Request::post(uri),
        };
        for HttpHeader { name, value } in &request.headers {
            builder = builder.header(name, value);
        }
        let agent = self.agent(Duration::from_millis(request.timeout_ms.into()), loopback);
        let answer = match request.method {
            HttpMethod::Get => builder.body(()).map(|request| agent.run(request)),
            HttpMethod::Post => builder.body(request.body).map(|request| agent.run(request)),
        };
        let answer = answer.map_err(|_| unexpected("InvalidHeader"))?.map_err(|error| port_error(&error))?;

        let (parts, body) = answer.into_parts();
        // It was not asked for, so it is not taken apart: the body that signatures are over is the plain one.
        let encoded = |value: &header::HeaderValue| !value.as_bytes().eq_ignore_ascii_case(b"identity");
        if parts.headers.get(header::CONTENT_ENCODING).is_some_and(encoded) {
            return Err(unexpected("ContentEncoding"));
        }
        if body.content_length().is_some_and(|length| length > request.max_bytes) {
            return Err(PortError::TooLarge);
        }
        let mut bytes = Vec::new();
        // One byte more than allowed tells a body that ends there from one that goes on.
        let mut reader = body.into_reader().take(request.max_bytes.saturating_add(1));
        reader.read_to_end(&mut bytes).map_err(|error| io_error(&error))?;
        if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > request.max_bytes {
            return Err(PortError::TooLarge);
        }
        let header = |(name, value): (&header::HeaderName, &header::HeaderValue)| HttpHeader {
            name: name.as_str().to_owned(),
            value: String::from_utf8_lossy(value.as_bytes()).into_owned(),
        };
        let headers = parts.headers.iter().map(header).collect();
        Ok(HttpResponse { status: parts.status.as_u16(), headers, body: bytes })
    }
}

#[async_trait]
impl HttpClient for UreqClient {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, PortError> {
        let runtime = tokio::runtime::Handle::try_current().map_err(|_| unexpected("NoRuntime"))?;
        let client = self.clone();
        runtime
            .spawn_blocking(move || client.call(request))
            .await
            .unwrap_or_else(|_| Err(unexpected("JoinError")))
    }
}

/// `localhost` and literal loopback addresses; a name that merely resolves to one is somebody else's to change.
fn is_loopback(uri: &Uri) -> bool {
    let Some(host) = uri.host() else { return false };
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost")
        || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn unexpected(class: &str) -> PortError {
    PortError::Unexpected { class: class.to_owned() }
}

/// What an error says about where the call is now. `Unreachable` and `Tls` promise that nothing of it left this machine,
/// so only what certainly comes before the request is one of them.
fn port_error(error: &ureq::Error) -> PortError {
    match error {
        ureq::Error::Timeout(_) => PortError::TimedOut,
        ureq::Error::HostNotFound | ureq::Error::ConnectionFailed | ureq::Error::ConnectProxyFailed(_) => {
            PortError::Unreachable
        }
        ureq::Error::Rustls(error) => tls_error(error),
        ureq::Error::Tls(_) | ureq::Error::TlsRequired => PortError::Tls,
        // An answer that is not HTTP, or ends before it should.
        ureq::Error::Protocol(_) => PortError::Interrupted,
        ureq::Error::LargeResponseHeader(..) | ureq::Error::BodyExceedsLimit(_) => PortError::TooLarge,
        ureq::Error::Io(error) => io_error(error),
        other => unexpected(class(other)),
    }
}

/// What is inside decides, since rustls and ureq speak through `io::Error`.
fn io_error(error: &io::Error) -> PortError {
    if let Some(inner) = error.get_ref() {
        if let Some(error) = inner.downcast_ref::<ureq::Error>() {
            return port_error(error);
        }
        if let Some(error) = inner.downcast_ref::<rustls::Error>() {
            return tls_error(error);
        }
    }
    match error.kind() {
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => PortError::TimedOut,
        io::ErrorKind::ConnectionRefused
        | io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::AddrNotAvailable => PortError::Unreachable,
        _ if is_lookup_failure(error) => PortError::Unreachable,
        _ => PortError::Interrupted,
    }
}

/// The standard library gives a failed look-up of a name no kind of its own, only these words.
fn is_lookup_failure(error: &io::Error) -> bool {
    error.raw_os_error().is_none() && error.to_string().starts_with("failed to lookup address information")
}

/// A certificate or an offer that is not accepted ends the handshake, before the request. Anything else may come later.
fn tls_error(error: &rustls::Error) -> PortError {
    match error {
        rustls::Error::InvalidCertificate(_)
        | rustls::Error::NoCertificatesPresented
        | rustls::Error::UnsupportedNameType
        | rustls::Error::PeerIncompatible(_) => PortError::Tls,
        _ => PortError::Interrupted,
    }
}

/// The variant's name; its content may name a host.
fn class(error: &ureq::Error) -> &'static str {
    match error {
        ureq::Error::Http(_) => "Http",
        ureq::Error::BadUri(_) => "BadUri",
        ureq::Error::InvalidProxyUrl => "InvalidProxyUrl",
        ureq::Error::RedirectFailed | ureq::Error::TooManyRedirects => "Redirect",
        _ => "Ureq",
    }
}
