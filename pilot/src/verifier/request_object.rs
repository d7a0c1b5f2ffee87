//! The Authorization Request (OpenID4VP 1.0 5): a signed Request Object by reference, or plain parameters in the link
//! for the one prefix that must not be signed.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use url::Url;
use wallet_core::jose::base64url;
use wallet_core::jose::jwk::Jwk;
use wallet_core::jose::jws;
use wallet_core::profile::{ClientIdPrefix, ResponseMode};
use wallet_core::time::UnixTime;

use super::session::REQUEST_SECONDS;
use crate::pki::Signer;

/// `aud` of a Request Object for a wallet that was not discovered (5.8).
const SELF_ISSUED: &str = "https://self-issued.me/v2";
/// Content encryption that is taken, the preferred first; a HAIP verifier lists both.
const ENC: [&str; 2] = ["A256GCM", "A128GCM"];

/// What goes into a request.
pub(super) struct Parameters<'a> {
    pub(super) client_id: &'a str,
    pub(super) response_mode: ResponseMode,
    pub(super) response_uri: &'a str,
    pub(super) nonce: &'a str,
    pub(super) state: &'a str,
    pub(super) dcql: &'a Value,
    /// The key to encrypt to; `None` when the response is not to be encrypted.
    pub(super) encryption_key: Option<&'a Jwk>,
    /// What the verifier is registered for (`verifier_info`).
    pub(super) registration_certificate: Option<&'a str>,
}

impl Parameters<'_> {
    fn client_metadata(&self) -> Value {
        let mut metadata = json!({
            "vp_formats_supported": {
                "dc+sd-jwt": { "sd-jwt_alg_values": ["ES256"], "kb-jwt_alg_values": ["ES256"] },
                // ES256, also under its fully specified name (B.2.2).
                "mso_mdoc": { "issuerauth_alg_values": [-7, -9], "deviceauth_alg_values": [-7, -9] },
            },
        });
        if let (Some(key), Some(metadata)) = (self.encryption_key, metadata.as_object_mut()) {
            metadata.insert("jwks".to_owned(), json!({ "keys": [key.to_json()] }));
            metadata.insert("encrypted_response_enc_values_supported".to_owned(), json!(ENC));
        }
        metadata
    }

    /// The signed Request Object (RFC 9101): the signer's certificate in `x5c`, its root left out.
    pub(super) fn signed(&self, signer: &Signer, now: UnixTime) -> String {
        let mut payload = json!({
            "aud": SELF_ISSUED,
            "iat": now.0,
            "exp": now.plus(REQUEST_SECONDS).0,
            "client_id": self.client_id,
            "response_type": "vp_token",
            "response_mode": self.response_mode.as_str(),
            "response_uri": self.response_uri,
            "nonce": self.nonce,
            "state": self.state,
            "dcql_query": self.dcql,
            "client_metadata": self.client_metadata(),
        });
        if let (Some(data), Some(payload)) = (self.registration_certificate, payload.as_object_mut()) {
            let info = json!([{ "format": "registration_cert", "data": data }]);
            payload.insert("verifier_info".to_owned(), info);
        }
        let header = [
            ("typ".to_owned(), Value::from("oauth-authz-req+jwt")),
            ("x5c".to_owned(), json!([STANDARD.encode(signer.certificate.der())])),
        ];
        let unsigned = jws::Unsigned::new(header.into_iter().collect(), &payload);
        let signature = signer.key.sign(unsigned.signing_input());
        unsigned.finish(&signature)
    }

    /// The link with every parameter in it, those that are objects as JSON (5.1).
    pub(super) fn plain_link(&self) -> Option<String> {
        let (dcql, metadata) = (self.dcql.to_string(), self.client_metadata().to_string());
        link([
            ("client_id", self.client_id),
            ("response_type", "vp_token"),
            ("response_mode", self.response_mode.as_str()),
            ("response_uri", self.response_uri),
            ("nonce", self.nonce),
            ("state", self.state),
            ("dcql_query", &dcql),
            ("client_metadata", &metadata),
        ])
    }
}

/// The link that says where the Request Object lies.
pub(super) fn reference_link(client_id: &str, request_uri: &str) -> Option<String> {
    link([("client_id", client_id), ("request_uri", request_uri)])
}

fn link<const N: usize>(parameters: [(&str, &str); N]) -> Option<String> {
    let mut url = Url::parse("openid4vp://").ok()?;
    url.query_pairs_mut().extend_pairs(parameters);
    // Spaces as %20: a plus sign is a space to forms only.
    Some(String::from(url).replace('+', "%20"))
}

/// The client identifier by prefix (5.9.3).
pub(super) fn client_id(prefix: ClientIdPrefix, signer: &Signer, host: &str, response_uri: &str) -> String {
    let original = match prefix {
        ClientIdPrefix::X509Hash => base64url::encode(&signer.certificate.sha256()),
        ClientIdPrefix::X509SanDns => host.to_owned(),
        ClientIdPrefix::RedirectUri => response_uri.to_owned(),
    };
    format!("{}:{original}", prefix.as_str())
}
