//! What every protocol needs of HTTP: https only, no redirects, bounded answers, and errors that say which rule broke.

use std::net::IpAddr;
use std::sync::Arc;

use serde_json::{Map, Value};
use url::{Host, Url};

use crate::error::{Code, Result};
use crate::json;
use crate::limits;
use crate::platform::{HttpClient, HttpHeader, HttpMethod, HttpRequest, HttpResponse};

/// What most answers are.
pub(crate) const JSON: &str = "application/json";

/// HTTP as the protocols use it, over the app's [`HttpClient`].
#[derive(Clone)]
pub(crate) struct Http {
    client: Arc<dyn HttpClient>,
    insecure_loopback: bool,
}

impl Http {
    /// `insecure_loopback` is a development switch: it allows plain http, to loopback addresses only.
    pub(crate) fn new(client: Arc<dyn HttpClient>, insecure_loopback: bool) -> Self {
        Self { client, insecure_loopback }
    }

    /// Whether a URL may be called: https without user info, or http to loopback under the development switch.
    ///
    /// # Errors
    /// [`Code::UrlInvalid`] or [`Code::NotHttps`], at `place`.
    pub(crate) fn check_url(&self, url: &str, place: &'static str) -> Result<Url> {
        let parsed = Url::parse(url).map_err(|_| Code::UrlInvalid.at(place))?;
        if !parsed.username().is_empty() || parsed.password().is_some() || parsed.host().is_none() {
            return Err(Code::UrlInvalid.at(place));
        }
        match parsed.scheme() {
            "https" => Ok(parsed),
            "http" if self.insecure_loopback && is_loopback(&parsed) => Ok(parsed),
            _ => Err(Code::NotHttps.at(place)),
        }
    }

    /// GET.
    ///
    /// # Errors
    /// As [`Http::send`].
    pub(crate) async fn get(
        &self,
        url: &str,
        accept: &str,
        max_bytes: usize,
        place: &'static str,
    ) -> Result<HttpResponse> {
        self.send(HttpMethod::Get, url, vec![header("Accept", accept)], Vec::new(), max_bytes, place).await
    }

    /// POST of a form (`application/x-www-form-urlencoded`).
    ///
    /// # Errors
    /// As [`Http::send`].
    pub(crate) async fn post_form(
        &self,
        url: &str,
        fields: &[(&str, &str)],
        accept: &str,
        max_bytes: usize,
        place: &'static str,
    ) -> Result<HttpResponse> {
        let headers =
            vec![header("Content-Type", "application/x-www-form-urlencoded"), header("Accept", accept)];
        // Finished before the wait: the serializer cannot cross threads.
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.send(HttpMethod::Post, url, headers, body.into_bytes(), max_bytes, place).await
    }

    /// POST of JSON, with a bearer token where there is one.
    ///
    /// # Errors
    /// As [`Http::send`].
    pub(crate) async fn post_json(
        &self,
        url: &str,
        bearer: Option<&str>,
        body: &Value,
        max_bytes: usize,
        place: &'static str,
    ) -> Result<HttpResponse> {
        let mut headers = vec![header("Content-Type", JSON), header("Accept", JSON)];
        if let Some(token) = bearer {
            headers.push(header("Authorization", &format!("Bearer {token}")));
        }
        self.send(HttpMethod::Post, url, headers, body.to_string().into_bytes(), max_bytes, place).await
    }

    /// One call. Any status but a redirect is an answer.
    ///
    /// # Errors
    /// [`Code::UrlInvalid`], [`Code::NotHttps`], [`Code::RedirectRefused`], [`Code::ResponseTooLarge`], and those of
    /// the port.
    async fn send(
        &self,
        method: HttpMethod,
        url: &str,
        headers: Vec<HttpHeader>,
        body: Vec<u8>,
        max_bytes: usize,
        place: &'static str,
    ) -> Result<HttpResponse> {
        self.check_url(url, place)?;
        let request = HttpRequest {
            method,
            url: url.to_owned(),
            headers,
            body,
            max_bytes: u64::try_from(max_bytes).unwrap_or(u64::MAX),
            timeout_ms: limits::HTTP_TIMEOUT_MS,
        };
        let response = self.client.send(request).await?;
        // The port promises both; a port that breaks its promise must not break the wallet.
        if response.body.len() > max_bytes {
            return Err(Code::ResponseTooLarge.at(place));
        }
        if (300..400).contains(&response.status) {
            return Err(Code::RedirectRefused.at(place).with_http_status(response.status));
        }
        Ok(response)
    }
}

/// The body of a 200 answer as a JSON object.
///
/// # Errors
/// [`Code::HttpStatus`] for another status, the errors of [`json::parse`] for the body.
pub(crate) fn json_object(response: &HttpResponse, place: &'static str) -> Result<Map<String, Value>> {
    if response.status != 200 {
        return Err(Code::HttpStatus.at(place).with_http_status(response.status));
    }
    json::parse_object(&response.body, place)
}

fn header(name: &str, value: &str) -> HttpHeader {
    HttpHeader { name: name.to_owned(), value: value.to_owned() }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => IpAddr::V4(address).is_loopback(),
        Some(Host::Ipv6(address)) => IpAddr::V6(address).is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use async_trait::async_trait;

    use super::*;
    use crate::platform::PortError;

    struct NoNetwork;

    #[async_trait]
    impl HttpClient for NoNetwork {
        async fn send(&self, _request: HttpRequest) -> Result<HttpResponse, PortError> {
            Err(PortError::Unreachable)
        }
    }

    fn code(insecure: bool, url: &str) -> Option<Code> {
        Http::new(Arc::new(NoNetwork), insecure).check_url(url, "t").err().map(|e| e.code())
    }

    #[test]
    fn https_only_but_loopback_under_the_switch() {
        assert_eq!(code(false, "https://verifier.example/x?y=1"), None);
        assert_eq!(code(false, "http://localhost/x"), Some(Code::NotHttps));
        for url in ["http://localhost:8080/x", "http://127.0.0.1/x", "http://127.9.9.9/", "http://[::1]:1/"] {
            assert_eq!(code(true, url), None, "{url}");
        }
        for url in
            ["http://example.org/", "http://localhost.example.org/", "http://10.0.0.1/", "ftp://localhost/"]
        {
            assert_eq!(code(true, url), Some(Code::NotHttps), "{url}");
        }
    }

    #[test]
    fn user_info_and_nonsense_are_refused() {
        for url in ["https://user@example.org/", "https://u:p@example.org/", "https://", "not a url", ""] {
            assert_eq!(code(true, url), Some(Code::UrlInvalid), "{url}");
        }
    }
}
