//! Who asks? The Request Object's header, certificate chain, client identifier and signature (RFC 9101; OpenID4VP 1.0
//! sections 5 and 5.9.3). Nothing of the request is believed, and nothing is ever posted, before this has passed.

use serde_json::{Map, Value};

use super::link::RequestLink;
use crate::asn1;
use crate::crypto::hash::sha256;
use crate::error::{Code, Result};
use crate::jose::base64url;
use crate::jose::jws::Jws;
use crate::json;
use crate::limits;
use crate::profile::ClientIdPrefix;
use crate::time::UnixTime;
use crate::trust::{Anchors, Channel, PathProfile, Role, Side, TrustedChain};
use crate::vault::history::{Party, Verification};

/// `typ` of a Request Object.
const TYP: &str = "oauth-authz-req+jwt";

/// A client identifier, split at the first colon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ClientId {
    /// The whole, with prefix: what every binding uses.
    pub(super) full: String,
    pub(super) prefix: ClientIdPrefix,
    /// What follows the prefix.
    pub(super) original: String,
}

impl ClientId {
    fn parse(full: &str) -> Result<Self> {
        let (prefix, original) =
            full.split_once(':').ok_or_else(|| Code::ClientIdPrefixUnsupported.error())?;
        let prefix =
            ClientIdPrefix::from_prefix(prefix).ok_or_else(|| Code::ClientIdPrefixUnsupported.error())?;
        Ok(Self { full: full.to_owned(), prefix, original: original.to_owned() })
    }
}

/// A request whose sender is known, or which is known to have none.
pub(super) struct Authenticated {
    pub(super) client_id: ClientId,
    pub(super) parameters: Map<String, Value>,
    /// The verified chain; `None` for an unsigned request.
    pub(super) chain: Option<TrustedChain>,
    /// Where the Request Object was fetched from; `None` when it came in the link.
    pub(super) request_uri: Option<String>,
}

impl Authenticated {
    /// The verifier as history and consent name it, seen from one side's list.
    pub(super) fn party(&self, side: Option<Side>) -> Party {
        let anchor = self
            .chain
            .as_ref()
            .and_then(|chain| chain.anchors().iter().find(|anchor| side.is_none() || anchor.side() == side));
        let verification = match anchor.and_then(|anchor| anchor.side().map(|side| (side, anchor.source()))) {
            Some((side, source)) => Verification::TrustList { side, source: source.to_owned() },
            None => Verification::Unverified,
        };
        let name = self.chain.as_ref().map(|chain| chain.leaf().display_name()).unwrap_or_default();
        Party { name, identifier: self.client_id.full.clone(), verification }
    }
}

/// Authenticates a Request Object that was fetched from `request_uri`, with a nonce or without, or came in the link.
///
/// # Errors
/// Codes 2010 to 2019 of the Request Object, those of the trust module for the chain.
pub(super) fn request_object(
    link: &RequestLink,
    compact: &str,
    wallet_nonce: Option<&str>,
    anchors: &Anchors,
    at: UnixTime,
) -> Result<Authenticated> {
    if compact.len() > limits::REQUEST_OBJECT {
        return Err(Code::RequestTooLarge.error());
    }
    let jws = Jws::parse(compact, "request object")?;
    if jws.header_text("typ") != Some(TYP) {
        return Err(Code::RequestTypInvalid.at("typ"));
    }
    if !jws.is_es256() {
        return Err(Code::RequestAlgUnsupported.at("alg"));
    }
    let parameters = json::parse_object(jws.unverified_payload(), "request object")?;
    let inner = parameters.get("client_id").and_then(Value::as_str);
    let inner = inner.ok_or_else(|| Code::ClientIdMismatch.at("client_id missing"))?;
    let (outer, request_uri) = match link {
        RequestLink::ByReference { client_id, request_uri, .. } => {
            (Some(client_id), Some(request_uri.clone()))
        }
        RequestLink::ByValue { client_id, .. } => (client_id.as_ref(), None),
        RequestLink::Unsigned { .. } => return Err(Code::Internal.at("unsigned request")),
    };
    if outer.is_some_and(|outer| outer != inner) {
        return Err(Code::ClientIdMismatch.error());
    }
    let client_id = ClientId::parse(inner)?;
    if client_id.prefix == ClientIdPrefix::RedirectUri {
        // Section 5.9.3: such requests cannot be signed, so a signature here proves nothing and only looks good.
        return Err(Code::ClientIdPrefixUnsupported.at("redirect_uri"));
    }
    let ders = jws.x5c()?.ok_or_else(|| Code::ChainLengthInvalid.at("x5c"))?;
    let certificates = asn1::parse_chain(&ders)?;
    let chain = anchors.authenticate(
        &certificates,
        PathProfile::RequestSigner,
        Role::Verifier,
        Channel::OpenId4Vp,
        at,
    )?;
    if jws.verify(chain.leaf().public_key()).is_none() {
        return Err(Code::RequestSignatureInvalid.error());
    }
    check_binding(&client_id, &chain)?;
    // An old Request Object that somebody replays does not have it (section 5.10.1).
    if wallet_nonce.is_some() && parameters.get("wallet_nonce").and_then(Value::as_str) != wallet_nonce {
        return Err(Code::WalletNonceInvalid.at("wallet_nonce"));
    }
    let authenticated = Authenticated { client_id, parameters, chain: Some(chain), request_uri };
    authenticated.check_response_uri()?;
    Ok(authenticated)
}

/// Takes an unsigned request as what it is: from nobody.
///
/// # Errors
/// [`Code::VerifierUnverified`] unless `allowed`; [`Code::ClientIdPrefixUnsupported`] for prefixes that must be signed.
pub(super) fn unsigned(parameters: &[(String, String)], allowed: bool) -> Result<Authenticated> {
    let get = |wanted: &str| parameters.iter().find(|(name, _)| name == wanted).map(|(_, value)| value);
    let client_id = get("client_id").ok_or_else(|| Code::ClientIdMismatch.at("client_id missing"))?;
    let client_id = ClientId::parse(client_id)?;
    if client_id.prefix != ClientIdPrefix::RedirectUri {
        return Err(Code::RequestSignatureInvalid.at("unsigned"));
    }
    if !allowed {
        return Err(Code::VerifierUnverified.error());
    }
    let mut object = Map::new();
    for (name, value) in parameters {
        // Parameters that are objects travel as JSON texts (section 5.1).
        let value = match name.as_str() {
            "dcql_query" | "client_metadata" | "transaction_data" | "verifier_info" => {
                json::parse(value.as_bytes(), "request parameter")?
            }
            _ => Value::from(value.as_str()),
        };
        object.insert(name.clone(), value);
    }
    let authenticated = Authenticated { client_id, parameters: object, chain: None, request_uri: None };
    authenticated.check_response_uri()?;
    Ok(authenticated)
}

fn check_binding(client_id: &ClientId, chain: &TrustedChain) -> Result<()> {
    let leaf = chain.leaf();
    let bound = match client_id.prefix {
        ClientIdPrefix::X509Hash => client_id.original == base64url::encode(&sha256(leaf.der())),
        ClientIdPrefix::X509SanDns => {
            leaf.dns_names().iter().any(|name| name.eq_ignore_ascii_case(&client_id.original))
        }
        ClientIdPrefix::RedirectUri => false,
    };
    if bound { Ok(()) } else { Err(Code::ClientIdNotBound.error()) }
}

impl Authenticated {
    /// `response_uri`, where the client identifier says where it may lie.
    fn check_response_uri(&self) -> Result<()> {
        let Some(response_uri) = self.text("response_uri") else { return Ok(()) };
        let bound = match self.client_id.prefix {
            // The signature covers it, and the hash names no host (section 5.9.3 has no rule here).
            ClientIdPrefix::X509Hash => true,
            ClientIdPrefix::X509SanDns => url::Url::parse(response_uri).is_ok_and(|url| {
                url.host_str().is_some_and(|host| host.eq_ignore_ascii_case(&self.client_id.original))
            }),
            ClientIdPrefix::RedirectUri => response_uri == self.client_id.original,
        };
        if bound { Ok(()) } else { Err(Code::ResponseUriNotBound.error()) }
    }

    /// A text parameter.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.parameters.get(name).and_then(Value::as_str)
    }

    /// Where an answer may be posted: only what has passed all of the above gets here.
    pub(super) fn response_uri(&self) -> Option<&str> {
        self.text("response_uri")
    }

    /// `state`, to be returned byte for byte.
    pub(super) fn state(&self) -> Option<&str> {
        self.text("state")
    }
}

/// A test of the pieces that need no certificates; the whole is tested with them in `tests/`.
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eu_6_a_client_id_is_split_at_the_first_colon() {
        let id = ClientId::parse("x509_san_dns:a:b").unwrap();
        assert_eq!((id.prefix, id.original.as_str()), (ClientIdPrefix::X509SanDns, "a:b"));
        for bad in ["origin:https://v.example", "plain", "X509_HASH:x", "", ":x", "https://v.example"] {
            assert_eq!(ClientId::parse(bad).unwrap_err().code(), Code::ClientIdPrefixUnsupported, "{bad}");
        }
    }

    #[test]
    fn an_unsigned_request_needs_the_switch_and_its_own_prefix() {
        let parameters = |client_id: &str, response_uri: &str| {
            [("client_id", client_id), ("response_uri", response_uri), ("dcql_query", "{}")]
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
        };
        let good = parameters("redirect_uri:https://v.example/r", "https://v.example/r");
        assert!(unsigned(&good, true).is_ok());
        let code =
            |parameters: &[(String, String)], allowed| unsigned(parameters, allowed).err().map(|e| e.code());
        assert_eq!(code(&good, false), Some(Code::VerifierUnverified));
        let hash = parameters("x509_hash:abc", "https://v.example/r");
        assert_eq!(code(&hash, true), Some(Code::RequestSignatureInvalid));
        let elsewhere = parameters("redirect_uri:https://v.example/r", "https://evil.example/r");
        assert_eq!(code(&elsewhere, true), Some(Code::ResponseUriNotBound));
    }
}
