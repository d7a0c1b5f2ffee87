//! What the issuer says about itself and about what it issues (OpenID4VCI 1.0 12.2), and its authorization server
//! (RFC 8414).

use serde_json::{Value, json};
use wallet_core::Code;

use super::Counter;
use crate::world::{Issuer, PRE_AUTHORIZED, Reply};

fn saying(name: &'static str, value: Value) -> Issuer {
    Issuer::eu().changing("metadata", move |reply: &mut Reply| reply.json[name] = value.clone())
}

#[test]
fn of_the_issuer() {
    let counter = Counter::new();
    for identifier in
        [json!("https://issuer.example/"), json!("https://other.example"), json!(null), json!(["a"])]
    {
        let wrong = saying("credential_issuer", identifier.clone());
        counter.refuses_offer(&identifier.to_string(), Code::IssuerIdentifierMismatch, &wrong);
    }
    for endpoint in ["credential_endpoint", "nonce_endpoint", "notification_endpoint"] {
        for (value, code) in [
            (json!("http://issuer.example/x"), Code::NotHttps),
            (json!("https://a@issuer.example/x"), Code::UrlInvalid),
            (json!("/x"), Code::UrlInvalid),
            (json!(1), Code::IssuerMetadataInvalid),
        ] {
            counter.refuses_offer(&format!("{endpoint} {value}"), code, &saying(endpoint, value));
        }
    }
    let missing = |name: &'static str| Issuer::eu().changing("metadata", move |reply| reply.without(name));
    for (what, wrong) in [
        ("no credential_endpoint", missing("credential_endpoint")),
        ("no configurations", missing("credential_configurations_supported")),
        ("a list of configurations", saying("credential_configurations_supported", json!([]))),
        ("batches of none", saying("batch_credential_issuance", json!({ "batch_size": 0 }))),
        ("batches of a text", saying("batch_credential_issuance", json!({ "batch_size": "3" }))),
        ("batches of nothing", saying("batch_credential_issuance", json!({}))),
        ("one authorization server", saying("authorization_servers", json!("https://issuer.example"))),
    ] {
        counter.refuses_offer(what, Code::IssuerMetadataInvalid, &wrong);
    }
    for name in ["credential_response_encryption", "credential_request_encryption"] {
        let wrong = saying(name, json!({ "encryption_required": true }));
        counter.refuses_offer(name, Code::ResponseEncryptionUnsupported, &wrong);
        counter.accepts(name, &saying(name, json!({ "encryption_required": false })));
    }
    counter.accepts("twin of all", &Issuer::eu());
    counter.accepts("no notification_endpoint", &missing("notification_endpoint"));
    counter.accepts("no batches", &missing("batch_credential_issuance"));
    counter.accepts("huge batches", &saying("batch_credential_issuance", json!({ "batch_size": 1_000_000 })));
}

#[test]
fn of_a_configuration() {
    let counter = Counter::new();
    let configured = |name: &'static str, value: Value| {
        Issuer::eu().configured("pid-mdoc", move |configuration| configuration[name] = value.clone())
    };
    let proof = |types: Value| configured("proof_types_supported", types);
    let algorithms = |names: Value| proof(json!({ "jwt": { "proof_signing_alg_values_supported": names } }));
    let attested =
        json!({ "proof_signing_alg_values_supported": ["ES256"], "key_attestations_required": {} });
    for (what, wrong) in [
        ("another format", configured("format", json!("jwt_vc_json"))),
        ("no format", configured("format", json!(null))),
        ("no doctype", configured("doctype", json!(null))),
        ("no binding", configured("cryptographic_binding_methods_supported", json!(null))),
        ("another binding", configured("cryptographic_binding_methods_supported", json!(["did:web"]))),
        ("no proof", proof(json!({}))),
        (
            "another proof",
            proof(json!({ "attestation": { "proof_signing_alg_values_supported": ["ES256"] } })),
        ),
        ("another algorithm", algorithms(json!(["ES384"]))),
        ("an algorithm as text", algorithms(json!("ES256"))),
        ("a key attestation", proof(json!({ "jwt": attested }))),
    ] {
        counter.refuses_offer(what, Code::ConfigurationUnsupported, &wrong);
    }
    counter.accepts(
        "twin of the binding",
        &configured("cryptographic_binding_methods_supported", json!(["jwk"])),
    );
    counter.accepts("twin of the algorithm", &algorithms(json!(["ES384", "ES256"])));
    let gone = Issuer::eu().changing("metadata", |reply| {
        reply.json["credential_configurations_supported"].as_object_mut().unwrap().remove("pid-mdoc");
    });
    counter.refuses_offer("a configuration that is not there", Code::ConfigurationUnknown, &gone);
}

#[test]
fn of_the_authorization_server() {
    let counter = Counter::new();
    let server = |name: &'static str, value: Value| {
        Issuer::eu().changing("server", move |reply: &mut Reply| reply.json[name] = value.clone())
    };
    for (what, code, wrong) in [
        (
            "another issuer",
            Code::AuthorizationServerInvalid,
            server("issuer", json!("https://other.example")),
        ),
        ("no issuer", Code::AuthorizationServerInvalid, server("issuer", json!(null))),
        ("no token_endpoint", Code::AuthorizationServerInvalid, server("token_endpoint", json!(null))),
        ("http", Code::NotHttps, server("token_endpoint", json!("http://issuer.example/token"))),
        ("user info", Code::UrlInvalid, server("token_endpoint", json!("https://a@issuer.example/token"))),
    ] {
        counter.refuses(what, code, &wrong);
        assert_eq!(counter.calls(&wrong, "/token"), 0, "{what}");
    }
    counter.accepts("twin of all", &Issuer::eu());

    // The offer may name one of the issuer's servers, and no other.
    let hint = |hint: &'static str| {
        saying("authorization_servers", json!(["https://issuer.example"])).changing("offer", move |reply| {
            reply.json["grants"][PRE_AUTHORIZED]["authorization_server"] = json!(hint);
        })
    };
    let (wrong, right) = (hint("https://other.example"), hint("https://issuer.example"));
    counter.refuses_but("a server of others", Code::AuthorizationServerInvalid, &wrong, &right);
}
