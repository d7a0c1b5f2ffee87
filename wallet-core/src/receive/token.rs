//! The token of the pre-authorized code flow (OpenID4VCI 1.0 section 6) and the authorization server that gives it.

use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::metadata::{IssuerMetadata, well_known};
use super::offer::{CredentialOffer, PRE_AUTHORIZED};
use crate::error::{Code, Result};
use crate::http::{self, Http, JSON};
use crate::json;
use crate::limits;

/// An access token and what it is good for.
pub(super) struct Token {
    pub(super) access_token: Zeroizing<String>,
    /// `credential_identifiers` by configuration id, where the server named data sets in `authorization_details`.
    identifiers: Vec<(String, String)>,
}

impl Token {
    /// How to ask for a configuration: by a data set that the server named, else by the configuration itself.
    pub(super) fn request_member(&self, configuration_id: &str) -> (&'static str, String) {
        match self.identifiers.iter().find(|(configuration, _)| configuration == configuration_id) {
            Some((_, identifier)) => ("credential_identifier", identifier.clone()),
            None => ("credential_configuration_id", configuration_id.to_owned()),
        }
    }
}

/// Exchanges the pre-authorized code, once: the code is void afterwards, whatever happened.
///
/// # Errors
/// [`Code::GrantRefused`] when the code or the transaction code is not accepted; [`Code::AuthorizationServerInvalid`];
/// [`Code::TokenResponseInvalid`]; and those of the network.
pub(super) async fn exchange(
    offer: &CredentialOffer,
    metadata: &IssuerMetadata,
    tx_code: Option<&str>,
    http: &Http,
) -> Result<Token> {
    let endpoint = token_endpoint(offer, metadata, http).await?;
    let mut form = vec![("grant_type", PRE_AUTHORIZED), ("pre-authorized_code", &offer.pre_authorized_code)];
    if let Some(tx_code) = tx_code {
        form.push(("tx_code", tx_code));
    }
    let response = http.post_form(&endpoint, &form, JSON, limits::SMALL_ANSWER, "token endpoint").await?;
    match response.status {
        200 => {}
        400 | 401 => return Err(refusal(&response.body).with_http_status(response.status)),
        status => return Err(Code::HttpStatus.at("token endpoint").with_http_status(status)),
    }
    Token::from_json(&http::json_object(&response, "token response")?)
}

/// The OAuth error of a refusal, without its description: that is text from outside.
fn refusal(body: &[u8]) -> crate::WalletError {
    let error = json::parse_object(body, "token error").ok();
    match error.as_ref().and_then(|error| error.get("error")).and_then(Value::as_str) {
        Some("invalid_grant" | "invalid_request") => Code::GrantRefused.error(),
        _ => Code::IssuerRefused.at("token endpoint"),
    }
}

/// RFC 8414: the authorization server's metadata, which must name itself.
async fn token_endpoint(offer: &CredentialOffer, metadata: &IssuerMetadata, http: &Http) -> Result<String> {
    let invalid = |place| Code::AuthorizationServerInvalid.at(place);
    let servers = &metadata.authorization_servers;
    let server = match (&offer.authorization_server, servers.first()) {
        (Some(hint), _) if servers.contains(hint) => hint,
        (Some(_), _) => return Err(invalid("authorization_server")),
        (None, Some(first)) => first,
        (None, None) => &offer.credential_issuer,
    };
    let url = well_known(server, "oauth-authorization-server", http)?;
    let response =
        http.get(&url, "application/json", limits::METADATA, "authorization server metadata").await?;
    let object = http::json_object(&response, "authorization server metadata")?;
    if object.get("issuer").and_then(Value::as_str) != Some(server) {
        return Err(invalid("issuer"));
    }
    let endpoint =
        object.get("token_endpoint").and_then(Value::as_str).ok_or_else(|| invalid("token_endpoint"))?;
    http.check_url(endpoint, "token_endpoint")?;
    Ok(endpoint.to_owned())
}

impl Token {
    fn from_json(object: &Map<String, Value>) -> Result<Self> {
        let invalid = |place| Code::TokenResponseInvalid.at(place);
        let text = |name: &str| object.get(name).and_then(Value::as_str);
        let token =
            text("access_token").filter(|token| !token.is_empty()).ok_or_else(|| invalid("access_token"))?;
        // A token bound to a key that we did not offer would be refused later, with a worse error.
        if !text("token_type").is_some_and(|kind| kind.eq_ignore_ascii_case("bearer")) {
            return Err(invalid("token_type"));
        }
        // The token goes into a header: only the characters of RFC 6750 2.1.
        if !token.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~+/=".contains(&b)) {
            return Err(invalid("access_token"));
        }
        let mut identifiers = Vec::new();
        let details = object.get("authorization_details").and_then(Value::as_array).map(Vec::as_slice);
        for detail in details.unwrap_or_default() {
            let configuration = detail.get("credential_configuration_id").and_then(Value::as_str);
            let first = detail.pointer("/credential_identifiers/0").and_then(Value::as_str);
            if let (Some(configuration), Some(identifier)) = (configuration, first) {
                identifiers.push((configuration.to_owned(), identifier.to_owned()));
            }
        }
        Ok(Self { access_token: token.to_owned().into(), identifiers })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn token(value: &Value) -> Result<Token> {
        Token::from_json(value.as_object().unwrap())
    }

    #[test]
    fn a_token_is_bearer_and_fits_a_header() {
        let good = json!({ "access_token": "abc.DEF-_~+/=", "token_type": "Bearer" });
        assert_eq!(token(&good).unwrap().request_member("x"), ("credential_configuration_id", "x".into()));
        for (member, bad) in [
            ("access_token", json!("a\r\nX-Evil: 1")),
            ("access_token", json!("")),
            ("access_token", json!(null)),
            ("token_type", json!("DPoP")),
            ("token_type", json!(null)),
        ] {
            let mut changed = good.clone();
            changed[member] = bad;
            assert_eq!(token(&changed).err().map(|e| e.code()), Some(Code::TokenResponseInvalid), "{member}");
        }
    }

    #[test]
    fn named_data_sets_are_asked_for_by_their_identifier() {
        let answer = json!({
            "access_token": "t", "token_type": "bearer",
            "authorization_details": [
                { "type": "openid_credential", "credential_configuration_id": "pid", "credential_identifiers": ["p-1", "p-2"] }
            ]
        });
        let token = token(&answer).unwrap();
        assert_eq!(token.request_member("pid"), ("credential_identifier", "p-1".into()));
        assert_eq!(token.request_member("mdl"), ("credential_configuration_id", "mdl".into()));
    }
}
