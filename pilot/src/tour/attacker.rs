//! Somebody who alters a verifier's request: takes it from the verifier as a wallet would, changes where the answer
//! goes, and serves it from an address of his own.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::http::{StatusCode, header};
use axum::routing::{get, post};
use serde_json::{Value, json};
use wallet_core::jose::base64url;
use wallet_core::platform::{HttpClient, HttpMethod, HttpRequest};
use wallet_core::trust::ListName;

use crate::http::{Bound, Server, Transport, UreqClient};
use crate::pki::Pki;
use crate::time::now;
use crate::verifier::Request;
use crate::wallet::Failure;

/// The attacker, while he waits for answers.
pub(super) struct Attacker {
    link: String,
    server: Server,
    received: Arc<AtomicUsize>,
}

impl Attacker {
    /// Takes a request that a verifier has made and serves an altered copy.
    pub(super) async fn alters(request: &Request, pki: &Pki) -> Result<Self, Failure> {
        let failed = |error: &dyn std::fmt::Display| Failure::Usage(error.to_string());
        let identity = pki.tls_identity("localhost", now()).map_err(|error| failed(&error))?;
        let transport = Transport::Https(identity);
        let listen = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let bound = Bound::to(listen).await.map_err(|error| failed(&error))?;
        let base = bound.url(&transport, "localhost");

        let genuine = fetch(request, pki).await?;
        let altered = alter(&genuine, &format!("{base}/answer")).ok_or_else(|| failed(&"request object"))?;
        let received = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&received);
        let router =
            Router::new()
                .route(
                    "/request",
                    get(move || async move {
                        ([(header::CONTENT_TYPE, "application/oauth-authz-req+jwt")], altered)
                    }),
                )
                .route(
                    "/answer",
                    post(move || async move {
                        count.fetch_add(1, Ordering::SeqCst);
                        StatusCode::OK
                    }),
                );
        let server = bound.serve(&transport, router).map_err(|error| failed(&error))?;
        let mut link = url::Url::parse("haip-vp://").map_err(|error| failed(&error))?;
        link.query_pairs_mut()
            .append_pair("client_id", &request.client_id)
            .append_pair("request_uri", &format!("{base}/request"));
        Ok(Self { link: link.into(), server, received })
    }

    pub(super) fn link(&self) -> &str {
        &self.link
    }

    /// How many answers came.
    pub(super) fn received(&self) -> usize {
        self.received.load(Ordering::SeqCst)
    }

    pub(super) async fn stop(self) {
        self.server.stop().await;
    }
}

async fn fetch(request: &Request, pki: &Pki) -> Result<String, Failure> {
    let failed = |error: &dyn std::fmt::Display| Failure::Usage(error.to_string());
    let roots = pki.roots(ListName::Tls).map_err(|error| failed(&error))?;
    let client =
        UreqClient::new(roots.iter().map(|root| root.der().to_vec())).map_err(|error| failed(&error))?;
    let call = HttpRequest {
        method: HttpMethod::Get,
        url: request.request_uri.clone().unwrap_or_default(),
        headers: Vec::new(),
        body: Vec::new(),
        max_bytes: 256 * 1024,
        timeout_ms: 10_000,
    };
    let answer = client.send(call).await.map_err(|error| failed(&error))?;
    String::from_utf8(answer.body).map_err(|error| failed(&error))
}

/// The same header, the same signature, another `response_uri`.
fn alter(compact: &str, response_uri: &str) -> Option<String> {
    let mut parts = compact.split('.');
    let (header, payload, signature) = (parts.next()?, parts.next()?, parts.next()?);
    let payload = base64url::decode(payload, "payload").ok()?;
    let mut payload: Value = serde_json::from_slice(&payload).ok()?;
    payload.as_object_mut()?.insert("response_uri".to_owned(), json!(response_uri));
    let payload = base64url::encode(payload.to_string().as_bytes());
    Some(format!("{header}.{payload}.{signature}"))
}
