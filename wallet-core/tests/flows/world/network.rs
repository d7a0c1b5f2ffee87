//! A network in memory: who answers at which address, and what was said.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::task::Poll;

use async_trait::async_trait;
use serde_json::Value;
use wallet_core::platform::{HttpClient, HttpHeader, HttpRequest, HttpResponse, PortError};

type Answer = Arc<dyn Fn(&HttpRequest) -> Result<HttpResponse, PortError> + Send + Sync>;

/// Addresses and what answers there. Nothing else is reachable.
#[derive(Default)]
pub struct Network {
    hosts: Mutex<HashMap<String, Answer>>,
    calls: Mutex<Vec<HttpRequest>>,
}

impl Network {
    /// Answers calls to this URL; the query does not matter.
    pub fn on(
        &self,
        url: &str,
        answer: impl Fn(&HttpRequest) -> Result<HttpResponse, PortError> + Send + Sync + 'static,
    ) {
        self.hosts.lock().unwrap().insert(without_query(url), Arc::new(answer));
    }

    /// All calls so far to URLs that begin like this.
    pub fn calls_to(&self, prefix: &str) -> Vec<HttpRequest> {
        self.calls.lock().unwrap().iter().filter(|call| call.url.starts_with(prefix)).cloned().collect()
    }
}

#[async_trait]
impl HttpClient for Network {
    /// Waits twice, as a real network does: while the call is on its way, and while the answer is. Whoever is cut off
    /// at the first was not heard, at the second was.
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, PortError> {
        wait().await;
        self.calls.lock().unwrap().push(request.clone());
        let host = self.hosts.lock().unwrap().get(&without_query(&request.url)).cloned();
        let answer = host.ok_or(PortError::Unreachable).and_then(|host| host(&request));
        wait().await;
        answer
    }
}

/// Lets the caller go on at the next poll.
async fn wait() {
    let mut waited = false;
    std::future::poll_fn(|context| {
        if std::mem::replace(&mut waited, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

fn without_query(url: &str) -> String {
    url.split(['?', '#']).next().unwrap_or_default().to_owned()
}

pub fn json_response(value: &Value) -> HttpResponse {
    HttpResponse {
        status: 200,
        headers: vec![HttpHeader { name: "Content-Type".into(), value: "application/json".into() }],
        body: value.to_string().into_bytes(),
    }
}

pub fn status(status: u16) -> HttpResponse {
    HttpResponse { status, headers: Vec::new(), body: Vec::new() }
}

/// The fields of a posted form.
pub fn form(request: &HttpRequest) -> HashMap<String, String> {
    url::form_urlencoded::parse(&request.body).into_owned().collect()
}
