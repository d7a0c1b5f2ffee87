//! HTTP: the platform's own stack, behind one call.

use async_trait::async_trait;

use super::PortError;

/// The HTTP method.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum HttpMethod {
    /// GET.
    Get,
    /// POST.
    Post,
}

/// One header field. Names are compared without regard to case.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct HttpHeader {
    /// The field name.
    pub name: String,
    /// The field value.
    pub value: String,
}

/// One call. It has no `Debug`: a body may hold a presentation, a URL may hold a code.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct HttpRequest {
    /// The method.
    pub method: HttpMethod,
    /// The absolute URL, to be used exactly as it is, query included.
    pub url: String,
    /// Header fields to send. An implementation adds none that names the library or the phone.
    pub headers: Vec<HttpHeader>,
    /// The body; empty for GET.
    pub body: Vec<u8>,
    /// The longest body to accept in the answer, in bytes; more is [`PortError::TooLarge`].
    pub max_bytes: u64,
    /// The whole call's time-out in milliseconds.
    pub timeout_ms: u32,
}

/// The answer.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct HttpResponse {
    /// The status, 100 to 599. A redirect (3xx) is returned, never followed.
    pub status: u16,
    /// Header fields.
    pub headers: Vec<HttpHeader>,
    /// The body, decompressed, at most `max_bytes`.
    pub body: Vec<u8>,
}

impl HttpResponse {
    /// The first value of a header field.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|h| h.name.eq_ignore_ascii_case(name)).map(|h| h.value.as_str())
    }
}

/// The platform's HTTP stack, with its trust store, proxy and pinning.
///
/// An implementation never follows a redirect, keeps no cookies and no cache, sends no library name as `User-Agent`,
/// and honours `max_bytes` and `timeout_ms` of each call. Answers with any status are answers, not errors.
#[cfg_attr(feature = "uniffi", uniffi::export(foreign))]
#[async_trait]
pub trait HttpClient: Send + Sync {
    /// Makes one call.
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, PortError>;
}
