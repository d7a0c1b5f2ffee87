//! Credential Issuer Metadata (12.2) and Authorization Server Metadata (12.3, RFC 8414); the issuer is its own
//! authorization server.

use axum::Json;
use axum::extract::State;
use serde_json::{Map, Value, json};

use super::super::configuration::Configuration;
use super::super::offer::PRE_AUTHORIZED;
use super::App;
use crate::words::{self, Language};

/// `GET /.well-known/openid-credential-issuer`
pub(in crate::issuer) async fn credential_issuer(State(shared): App) -> Json<Value> {
    let url = &shared.url;
    let configurations: Map<String, Value> = Configuration::of(shared.side)
        .into_iter()
        .map(|configuration| (configuration.id().to_owned(), configuration.metadata()))
        .collect();
    let name = format!("issuer.{}", shared.side);
    let display = Language::ALL
        .map(|language| json!({ "name": words::text(&name, language), "locale": language.tag() }));
    let mut metadata = json!({
        "credential_issuer": url,
        "credential_endpoint": format!("{url}/credential"),
        "nonce_endpoint": format!("{url}/nonce"),
        "notification_endpoint": format!("{url}/notification"),
        "display": display,
        "credential_configurations_supported": configurations,
    });
    // The size of a batch is 2 or more; an issuer that gives one copy at a time does not say it.
    if let (2.., Some(metadata)) = (shared.batch, metadata.as_object_mut()) {
        metadata.insert("batch_credential_issuance".to_owned(), json!({ "batch_size": shared.batch }));
    }
    Json(metadata)
}

/// `GET /.well-known/oauth-authorization-server`
pub(in crate::issuer) async fn authorization_server(State(shared): App) -> Json<Value> {
    let url = &shared.url;
    Json(json!({
        "issuer": url,
        "token_endpoint": format!("{url}/token"),
        "token_endpoint_auth_methods_supported": ["none"],
        "grant_types_supported": [PRE_AUTHORIZED],
        "response_types_supported": [],
        "pre-authorized_grant_anonymous_access_supported": true,
    }))
}
