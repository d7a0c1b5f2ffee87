//! The Client Identifier and what it binds (EU-5, EU-6; OpenID4VP 1.0 5.9.3).

use serde_json::json;
use wallet_core::Code;
use wallet_core::crypto::hash::sha256;
use wallet_core::issue::certificate::Template;
use wallet_core::jose::base64url;

use super::Counter;
use crate::world::{Jar, Signer, request_signer};

#[test]
fn inside_and_outside() {
    let counter = Counter::eu();
    counter.refuses_unknown("another outside", Code::ClientIdMismatch, |jar| jar.outer_client_id.push('A'));
    counter.refuses_unknown("none inside", Code::ClientIdMismatch, |jar| jar.without("client_id"));
    counter.refuses_unknown("a number inside", Code::ClientIdMismatch, |jar| jar.set("client_id", 1));
}

#[test]
fn prefixes() {
    let counter = Counter::eu();
    for client_id in [
        "origin:https://verifier.example",
        "verifier.example",
        "https://verifier.example",
        "redirect_uri:https://verifier.example/response?session=1",
        "decentralized_identifier:did:jwk:eyJ9",
        "did:jwk:eyJ9",
        "verifier_attestation:verifier.example",
        "openid_federation:https://verifier.example",
        "X509_HASH:abc",
        "",
    ] {
        let named = |jar: &mut Jar| jar.client_id(client_id);
        // Without one outside, the link itself has no sender.
        let code = Code::ClientIdPrefixUnsupported;
        if client_id.is_empty() {
            counter.refuses_unknown("empty", Code::LinkNotUnderstood, named);
        } else {
            counter.refuses_unknown(client_id, code, named);
        }
    }
}

#[test]
fn x509_hash() {
    let counter = Counter::eu();
    let of = |bytes: &[u8]| format!("x509_hash:{}", base64url::encode(&sha256(bytes)));
    let pki = &counter.world.pki;
    let own = pki.eu_verifier.certificate.der();
    for (what, wrong) in [
        ("of another certificate", of(pki.ca_verifier.certificate.der())),
        ("of the issuer's certificate", of(pki.eu_verifiers.certificate.der())),
        ("padded", of(own) + "="),
        ("empty", "x509_hash:".to_owned()),
    ] {
        counter.refuses_unknown(what, Code::ClientIdNotBound, |jar| jar.client_id(&wrong));
    }
    // The signature covers it, and the hash names no host.
    counter.accepts("an answer to another host", |jar| {
        jar.set("response_uri", "https://answers.example/response");
    });
}

#[test]
fn x509_san_dns() {
    let counter = Counter::eu_by_host();
    for host in ["evil.example", "sub.verifier.example", "example", "verifier.example.", "*"] {
        let wrong = |jar: &mut Jar| {
            jar.client_id(&format!("x509_san_dns:{host}"));
            jar.set("response_uri", format!("https://{host}/response"));
        };
        counter.refuses_unknown(host, Code::ClientIdNotBound, wrong);
    }
    counter.accepts("in capitals", |jar| jar.client_id("x509_san_dns:VERIFIER.example"));
    let certified_for = |host: &str| {
        let template: Template = request_signer("Example Bank", host);
        let signer = Signer::issued_by(&counter.world.pki.eu_verifiers, &template);
        move |jar: &mut Jar| jar.signed_by(&signer, &[])
    };
    counter.refuses_unknown_but(
        "a wild card in the certificate",
        Code::ClientIdNotBound,
        certified_for("*.example"),
        certified_for("verifier.example"),
    );
}

#[test]
fn response_uri_lies_at_the_host_of_x509_san_dns() {
    let counter = Counter::eu_by_host();
    for response_uri in [
        "https://evil.example/response",
        "https://sub.verifier.example/response",
        "https://verifier.example.evil.example/response",
        "https://verifier.example@evil.example/response",
        "https://evil.example/verifier.example",
        "verifier.example",
        "",
    ] {
        let wrong = |jar: &mut Jar| jar.set("response_uri", response_uri);
        counter.refuses_unknown(response_uri, Code::ResponseUriNotBound, wrong);
    }
    counter.accepts("another path and port", |jar| {
        jar.set("response_uri", json!("https://verifier.example:8443/other?a=b#c"));
    });
}
