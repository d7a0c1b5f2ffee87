//! What to ask one wallet.

use serde::Serialize;
use serde_json::Value;
use wallet_core::profile::{ClientIdPrefix, ResponseMode};

use super::registration::Registration;

/// Names a request, to those who may see its result: a secret of whoever made it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct RequestId(pub(super) String);

impl RequestId {
    /// The text in addresses of the JSON API.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What to ask, and how. What is `None` is as the verifier's options say.
#[derive(Debug, Clone, Default)]
pub struct RequestOptions {
    /// The query, as DCQL.
    pub dcql: Option<Value>,
    /// How the response travels.
    pub response_mode: Option<ResponseMode>,
    /// How the verifier identifies itself. `redirect_uri` makes an unsigned request, all of it in the link.
    pub client_id_prefix: Option<ClientIdPrefix>,
    /// What the verifier says it is registered for; the European one says so where it is named by its certificate
    /// (`x509_hash`), as the rules want (EU-40).
    pub registration: Option<Registration>,
    /// The wallet is on the device where the request is shown: it is told to send the citizen back there
    /// (OpenID4VP 1.0 8.2), and the page shows the result only to the browser that began (14.2).
    pub same_device: bool,
}

impl RequestOptions {
    /// With this query.
    #[must_use]
    pub fn asking(dcql: Value) -> Self {
        Self { dcql: Some(dcql), ..Self::default() }
    }

    /// With this response mode.
    #[must_use]
    pub fn response_mode(self, mode: ResponseMode) -> Self {
        Self { response_mode: Some(mode), ..self }
    }

    /// With this client identifier prefix.
    #[must_use]
    pub fn client_id_prefix(self, prefix: ClientIdPrefix) -> Self {
        Self { client_id_prefix: Some(prefix), ..self }
    }

    /// With this registration.
    #[must_use]
    pub fn registration(self, registration: Registration) -> Self {
        Self { registration: Some(registration), ..self }
    }
}

/// A request that was made. It is good for ten minutes and can be answered once.
#[derive(Debug, Clone)]
pub struct Request {
    /// Names it; keep it to whoever may see the result.
    pub id: RequestId,
    /// The link that opens the wallet, and the content of the QR code.
    pub uri: String,
    /// The client identifier with its prefix.
    pub client_id: String,
    /// Where the wallet fetches the Request Object; `None` when all of it is in the link.
    pub request_uri: Option<String>,
}
