//! Calls as a wallet makes them, over the real port.

use pilot::http::UreqClient;
use pilot::pki::Pki;
use serde_json::Value;
use url::form_urlencoded;
use wallet_core::platform::{HttpClient, HttpHeader, HttpMethod, HttpRequest, HttpResponse};
use wallet_core::trust::ListName;

/// A client that trusts the test PKI.
pub(crate) struct Http(UreqClient);

impl Http {
    pub(crate) fn new(pki: &Pki) -> Self {
        let roots = pki.roots(ListName::Tls).unwrap();
        Self(UreqClient::new(roots.iter().map(|root| root.der().to_vec())).unwrap())
    }

    pub(crate) async fn get(&self, url: &str) -> Answer {
        self.send(HttpMethod::Get, url, &[], b"").await
    }

    pub(crate) async fn get_with(&self, url: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(HttpMethod::Get, url, headers, b"").await
    }

    pub(crate) async fn post_form(&self, url: &str, fields: &[(&str, &str)]) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        self.send(HttpMethod::Post, url, &headers, body.as_bytes()).await
    }

    pub(crate) async fn post_json(&self, url: &str, token: Option<&str>, body: &Value) -> Answer {
        let authorization = token.map(|token| format!("Bearer {token}"));
        let mut headers = vec![("content-type", "application/json")];
        headers.extend(authorization.as_deref().map(|value| ("authorization", value)));
        self.send(HttpMethod::Post, url, &headers, body.to_string().as_bytes()).await
    }

    /// `None` when there is no answer.
    pub(crate) async fn try_post_form(&self, url: &str, fields: &[(&str, &str)]) -> Option<Answer> {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        self.0.send(request(HttpMethod::Post, url, &headers, body.as_bytes())).await.ok().map(Answer)
    }

    pub(crate) async fn send(
        &self,
        method: HttpMethod,
        url: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Answer {
        let request = request(method, url, headers, body);
        Answer(self.0.send(request).await.unwrap_or_else(|error| panic!("{url}: {error:?}")))
    }
}

fn request(method: HttpMethod, url: &str, headers: &[(&str, &str)], body: &[u8]) -> HttpRequest {
    let header = |(name, value): &(&str, &str)| HttpHeader { name: (*name).into(), value: (*value).into() };
    HttpRequest {
        method,
        url: url.to_owned(),
        headers: headers.iter().map(header).collect(),
        body: body.to_vec(),
        max_bytes: 1 << 20,
        timeout_ms: 30_000,
    }
}

/// An answer.
pub(crate) struct Answer(pub(crate) HttpResponse);

impl Answer {
    pub(crate) fn status(&self) -> u16 {
        self.0.status
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.0.header(name)
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.0.body.clone()).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.0.body).unwrap_or_else(|_| panic!("not JSON: {}", self.text()))
    }

    /// Status and OAuth error code.
    pub(crate) fn refusal(&self) -> (u16, String) {
        (self.status(), self.json()["error"].as_str().unwrap_or_default().to_owned())
    }
}
