//! The answers of the token, nonce and credential endpoints (OpenID4VCI 1.0 6, 7, 8), and of the network before them.

use serde_json::{Value, json};
use wallet_core::platform::PortError;
use wallet_core::{Code, limits};

use super::Counter;
use crate::world::{Issuer, Reply, block_on};

fn answering(answer: &'static str, change: impl Fn(&mut Reply) + Send + Sync + 'static) -> Issuer {
    Issuer::eu().changing(answer, change)
}

fn with(answer: &'static str, name: &'static str, value: Value) -> Issuer {
    answering(answer, move |reply| reply.json[name] = value.clone())
}

#[test]
fn of_the_token_endpoint() {
    let counter = Counter::new();
    for (status, error, code) in [
        (400, "invalid_grant", Code::GrantRefused),
        (400, "invalid_request", Code::GrantRefused),
        (400, "invalid_client", Code::IssuerRefused),
        (401, "invalid_client", Code::IssuerRefused),
        (400, "unheard_of", Code::IssuerRefused),
        (403, "access_denied", Code::HttpStatus),
        (500, "server_error", Code::HttpStatus),
    ] {
        let wrong = answering("token", move |reply| reply.refuse(status, error));
        counter.refuses(&format!("{status} {error}"), code, &wrong);
    }
    for (name, value) in [
        // A token that is bound to a key which we did not offer would be refused later, with a worse error.
        ("token_type", json!("DPoP")),
        ("token_type", json!("mac")),
        ("token_type", json!(null)),
        ("access_token", json!("")),
        ("access_token", json!(null)),
        ("access_token", json!(1)),
        ("access_token", json!("a\r\nX-Evil: 1")),
        ("access_token", json!("é")),
    ] {
        let wrong = with("token", name, value.clone());
        counter.refuses(&format!("{name} {value}"), Code::TokenResponseInvalid, &wrong);
    }
    counter.accepts("twin of all", &with("token", "token_type", json!("bearer")));
}

#[test]
fn of_the_nonce_endpoint() {
    let counter = Counter::new();
    for value in [json!(""), json!(null), json!(1)] {
        let what = format!("c_nonce {value}");
        counter.refuses(&what, Code::NonceResponseInvalid, &with("nonce", "c_nonce", value));
    }
    for status in [400, 404, 500] {
        let wrong = answering("nonce", move |reply| reply.status = status);
        counter.refuses(&format!("nonce {status}"), Code::HttpStatus, &wrong);
    }
    counter.accepts("twin of all", &with("nonce", "other", json!(1)));
}

#[test]
fn of_the_credential_endpoint() {
    let counter = Counter::new();
    for error in [
        "invalid_credential_request",
        "unknown_credential_configuration",
        "unknown_credential_identifier",
        "invalid_proof",
        "invalid_nonce",
        "invalid_encryption_parameters",
        "credential_request_denied",
        "unheard_of",
    ] {
        let wrong = answering("credential", move |reply| reply.refuse(400, error));
        counter.refuses(error, Code::IssuerRefused, &wrong);
    }
    let status = |status| answering("credential", move |reply| reply.status = status);
    counter.refuses("401", Code::IssuerRefused, &status(401));
    counter.refuses("500", Code::HttpStatus, &status(500));
    counter.refuses("201", Code::HttpStatus, &status(201));
    let deferred = answering("credential", |reply| {
        reply.status = 202;
        reply.json = json!({ "transaction_id": "t-1", "interval": 60 });
    });
    counter.refuses("deferred", Code::DeferredUnsupported, &deferred);

    let credentials = |value: Value| with("credential", "credentials", value);
    for (what, code, wrong) in [
        ("no credentials", Code::CredentialResponseInvalid, credentials(json!(null))),
        ("one credential", Code::CredentialResponseInvalid, credentials(json!("a.b.c~"))),
        ("a text in the list", Code::CredentialResponseInvalid, credentials(json!(["a.b.c~"]))),
        (
            "a number as credential",
            Code::CredentialResponseInvalid,
            credentials(json!([{ "credential": 1 }])),
        ),
        ("an empty list", Code::CopyCountWrong, credentials(json!([]))),
    ] {
        counter.refuses(what, code, &wrong);
    }
    let more = answering("credential", |reply| {
        let list = reply.json["credentials"].as_array_mut().unwrap();
        list.push(list[0].clone());
    });
    counter.refuses("more copies than were asked for", Code::CopyCountWrong, &more);
    let padded = answering("credential", |reply| {
        for one in reply.json["credentials"].as_array_mut().unwrap() {
            let text = one["credential"].as_str().unwrap();
            // An SD-JWT has tildes.
            if !text.contains('~') {
                one["credential"] = json!(format!("{text}="));
            }
        }
    });
    counter.refuses("an mdoc in padded base64", Code::CredentialResponseInvalid, &padded);

    let fewer = answering("credential", |reply| {
        reply.json["credentials"].as_array_mut().unwrap().truncate(2);
    });
    counter.accepts("fewer copies than were asked for", &fewer);
    let untold = answering("credential", |reply| reply.without("notification_id"));
    counter.accepts("no notification_id", &untold);
    counter.accepts("twin of all", &Issuer::eu());
}

/// Each step on the way, with each thing that can come in place of an answer.
#[test]
fn of_the_network() {
    let counter = Counter::new();
    let unexpected = PortError::Unexpected { class: "IllegalStateException".into() };
    for (answer, limit) in [
        ("metadata", limits::METADATA),
        ("server", limits::METADATA),
        ("token", limits::SMALL_ANSWER),
        ("nonce", limits::SMALL_ANSWER),
        ("credential", limits::CREDENTIAL_RESPONSE),
    ] {
        let refuses = |what: &str, code, wrong: &Issuer| match answer {
            "metadata" => counter.refuses_offer(&format!("{answer}: {what}"), code, wrong),
            _ => counter.refuses(&format!("{answer}: {what}"), code, wrong),
        };
        for (failure, code) in [
            (PortError::Unreachable, Code::NetworkUnreachable),
            (PortError::Interrupted, Code::NetworkInterrupted),
            (PortError::TimedOut, Code::NetworkTimedOut),
            (PortError::TooLarge, Code::ResponseTooLarge),
            (PortError::Tls, Code::TlsFailed),
            (unexpected.clone(), Code::PortFailed),
        ] {
            let what = failure.to_string();
            refuses(&what, code, &answering(answer, move |reply| reply.failure = Some(failure.clone())));
        }
        refuses("a redirect", Code::RedirectRefused, &answering(answer, |reply| reply.status = 307));
        let body = |body: Vec<u8>| answering(answer, move |reply| reply.body = Some(body.clone()));
        refuses("no JSON", Code::JsonMalformed, &body(b"<html>".to_vec()));
        refuses("an array", Code::JsonMalformed, &body(b"[]".to_vec()));
        refuses("a member twice", Code::JsonMemberDoubled, &body(br#"{"a":1,"a":2}"#.to_vec()));
        refuses("too deep", Code::JsonTooDeep, &body(format!("{{\"a\":{}", "[".repeat(40)).into_bytes()));
        // The port is told the limit; one that breaks its promise is not believed.
        refuses("too large", Code::ResponseTooLarge, &body(vec![b' '; limit + 1]));
        let at_limit = answering(answer, move |reply| {
            let mut body = reply.json.to_string().into_bytes();
            body.resize(limit, b' ');
            reply.body = Some(body);
        });
        counter.accepts(&format!("{answer}: as large as may be"), &at_limit);
    }
    counter.accepts("twin of all", &Issuer::eu());
}

/// A notification is a courtesy: no failure of it changes what the wallet holds.
#[test]
fn of_the_notification_endpoint() {
    let counter = Counter::new();
    let issuer = answering("notification", |reply| reply.failure = Some(PortError::Unreachable));
    let preview =
        block_on(counter.open(&issuer).unwrap().accept(Some("1234".to_owned()), "Receive")).unwrap();
    assert_eq!(block_on(preview.keep()).unwrap().len(), 2);
    assert_eq!(issuer.notified().len(), 2);
    assert_eq!(block_on(counter.wallet.credentials()).unwrap().entries.len(), 5);
}
