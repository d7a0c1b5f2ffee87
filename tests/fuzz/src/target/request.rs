//! Requests of a verifier that signs whatever it is told to, from the link to the answer.
//!
//! The input is the header of the Request Object as JSON in the first line and its payload as JSON after it. `#eu` and
//! `#ca` in the header stand for a verifier's certificate and say whose key signs; in the payload `#hash` stands for
//! the hash of that certificate, `#registration` for what the bank is registered for, `#jwk` for the key that answers are encrypted to, and `#nonce` for the nonce that the
//! wallet posts when it fetches the request.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use url::{Url, form_urlencoded};
use wallet_core::credential::mdoc::SessionTranscript;
use wallet_core::crypto::hash::sha256;
use wallet_core::jose::{base64url, jwe, jwk};
use wallet_core::platform::{HttpMethod, HttpRequest};
use wallet_core::present::{PresentationRequest, Source};
use wallet_core::trust::Channel;
use wallet_core::verify;
use wallet_core::verify::sd_jwt::Expected;
use wallet_core::wallet::Incoming;

use crate::fixture::credentials::{EXPECTED, MDL_CLAIMS, PID_CLAIMS};
use crate::fixture::pki::{ISSUERS, PKI, Signer};
use crate::fixture::subset::is_part_of;
use crate::fixture::wallet::{WORLD, block_on, ok};
use crate::fixture::{NOW, key};
use crate::target::registration;
use crate::vectors::Vectors;

const REQUEST_URI: &str = "https://verifier.example/request";

/// Nothing is sent before the consent but the one fetch; afterwards one answer goes to `response_uri` alone, with
/// `state` as it was, and the presentations in it verify and show part of what is held.
pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let (header, payload) = text.split_once('\n').unwrap_or((text, ""));
    let asked = Arc::new(Asked::new(header, payload));
    let link = asked.link();
    let served = asked.clone();
    WORLD.network.connect(Box::new(move |call| {
        let body = if call.url == REQUEST_URI { served.signed(call).into_bytes() } else { b"{}".to_vec() };
        Ok(ok(body))
    }));
    let opened = block_on(WORLD.wallet.open_link(&link, Source::Link));
    assert!(WORLD.network.calls().iter().all(|call| call.url == REQUEST_URI), "a call before the consent");
    if let Ok(Incoming::Request { request }) = opened {
        assert_eq!(WORLD.network.calls().len(), 1);
        answer(&asked, &request);
    }
    WORLD.clear();
}

fn answer(asked: &Asked, request: &PresentationRequest) {
    let sent = match request.evaluation().least() {
        Ok(choice) if !choice.selections.is_empty() => {
            let ids: Vec<String> =
                request.warnings(&choice).unwrap().iter().map(|warning| warning.id()).collect();
            assert!(ids.is_empty() || request.consent(choice.clone(), &[]).is_err(), "an unseen warning");
            let Ok(consent) = request.consent(choice, &ids) else { return };
            block_on(request.send(consent, "Share"))
        }
        _ => block_on(request.decline()),
    };
    let calls = WORLD.network.calls();
    assert!(calls.len() <= 2);
    let Some(post) = calls.get(1) else { return assert!(sent.is_err()) };
    let payload: Value = serde_json::from_str(&asked.payload).expect("an accepted payload");
    assert_eq!((post.method, Some(post.url.as_str())), (HttpMethod::Post, payload["response_uri"].as_str()));
    let fields: Vec<(String, String)> = form_urlencoded::parse(&post.body).into_owned().collect();
    let field =
        |wanted: &str| fields.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    let state = payload.get("state").and_then(Value::as_str);
    if let Some(response) = field("response") {
        // Encrypted to a key of the input's own it cannot be read here.
        let Ok(plain) = jwe::decrypt(response, &encryption_key()) else { return };
        let plain: Value = serde_json::from_slice(&plain).expect("JSON");
        assert_eq!(plain.get("state").and_then(Value::as_str), state);
        check_token(&plain["vp_token"], &payload, true);
    } else {
        assert_eq!(field("state"), state);
        if let Some(token) = field("vp_token") {
            check_token(&serde_json::from_str(token).expect("JSON"), &payload, false);
        }
    }
}

fn check_token(token: &Value, payload: &Value, encrypted: bool) {
    let text = |name: &str| payload[name].as_str().expect("a text");
    let (client_id, nonce) = (text("client_id"), text("nonce"));
    for presentation in
        token.as_object().expect("an object").values().flat_map(|list| list.as_array().expect("a list"))
    {
        let presentation = presentation.as_str().expect("a text");
        if presentation.contains('~') {
            let expected = Expected { audience: client_id, nonce, ..EXPECTED };
            let shown = verify::sd_jwt::verify(presentation, &expected, &ISSUERS, Channel::OpenId4Vp, NOW);
            let mut claims = shown.expect("our own presentation").claims().clone();
            // Each copy has a key of its own.
            claims.as_object_mut().expect("an object").remove("cnf").expect("a key");
            assert!(is_part_of(&claims, &PID_CLAIMS));
        } else {
            let bytes = base64url::decode(presentation, "fuzz").expect("base64url");
            let thumbprint = encrypted.then(|| jwk::thumbprint(&encryption_key().public_key()));
            let transcript = SessionTranscript::openid4vp(client_id, nonce, thumbprint, text("response_uri"));
            let shown = verify::mdoc::verify(&bytes, &transcript, &ISSUERS, Channel::OpenId4Vp, NOW);
            assert!(is_part_of(shown.expect("our own presentation").mdoc().claims(), &MDL_CLAIMS));
        }
    }
}

fn encryption_key() -> wallet_core::crypto::p256::SecretKey {
    key("verifier encryption")
}

struct Asked {
    header: String,
    payload: String,
    signer: &'static Signer,
}

impl Asked {
    fn new(header: &str, payload: &str) -> Self {
        let signer = if header.contains("#ca") { &PKI.ca_verifier } else { &PKI.eu_verifier };
        let certificate = |signer: &Signer| STANDARD.encode(signer.certificate.der());
        let header = header.replace("#eu", &certificate(&PKI.eu_verifier));
        let header = header.replace("#ca", &certificate(&PKI.ca_verifier));
        let mut encryption = jwk::public_members(&encryption_key().public_key());
        encryption["alg"] = "ECDH-ES".into();
        let payload = payload.replace("\"#jwk\"", &encryption.to_string());
        let registration = registration::signed(registration::payload().to_string().as_bytes());
        let payload = payload.replace("#registration", &registration);
        let payload = payload.replace("#hash", &base64url::encode(&sha256(signer.certificate.der())));
        Self { header, payload, signer }
    }

    fn link(&self) -> String {
        let payload: Value = serde_json::from_str(&self.payload).unwrap_or_default();
        let client_id = payload.get("client_id").and_then(Value::as_str).unwrap_or("none");
        let mut link = Url::parse("openid4vp://").expect("a URL");
        link.query_pairs_mut().append_pair("client_id", client_id).append_pair("request_uri", REQUEST_URI);
        if self.payload.contains("#nonce") {
            link.query_pairs_mut().append_pair("request_uri_method", "post");
        }
        link.into()
    }

    /// The Request Object, with the nonce of this call in it.
    fn signed(&self, call: &HttpRequest) -> String {
        let posted = form_urlencoded::parse(&call.body).find(|(name, _)| name == "wallet_nonce");
        let nonce = posted.map(|(_, nonce)| nonce.into_owned()).unwrap_or_default();
        let mut out = base64url::encode(self.header.as_bytes());
        out.push('.');
        base64url::encode_into(self.payload.replace("#nonce", &nonce).as_bytes(), &mut out);
        let signature = self.signer.key.sign(out.as_bytes());
        out.push('.');
        base64url::encode_into(&signature.to_raw(), &mut out);
        out
    }
}

/// Requests that the wallet answers, on either side of the Atlantic.
#[must_use]
pub fn seeds(_: &Vectors) -> Vec<Vec<u8>> {
    HEADERS
        .into_iter()
        .flat_map(|header| payloads().map(|payload| format!("{header}\n{payload}").into_bytes()))
        .collect()
}

/// The same as they travel.
pub(super) fn signed_seeds() -> Vec<Vec<u8>> {
    let call = HttpRequest {
        method: HttpMethod::Get,
        url: REQUEST_URI.to_owned(),
        headers: Vec::new(),
        body: Vec::new(),
        max_bytes: 1,
        timeout_ms: 1,
    };
    let signed =
        |header: &str| payloads().map(|payload| Asked::new(header, &payload).signed(&call).into_bytes());
    HEADERS.into_iter().flat_map(signed).collect()
}

const HEADERS: [&str; 2] = [
    r##"{"typ":"oauth-authz-req+jwt","alg":"ES256","x5c":["#eu"]}"##,
    r##"{"typ":"oauth-authz-req+jwt","alg":"ES256","x5c":["#ca"]}"##,
];

fn payloads() -> [String; 5] {
    let payload = |change: Value| {
        let mut payload = json!({
            "client_id": "x509_san_dns:verifier.example",
            "aud": "https://self-issued.me/v2",
            "iat": NOW.0 - 5,
            "exp": NOW.0 + 300,
            "response_type": "vp_token",
            "response_mode": "direct_post.jwt",
            "response_uri": "https://verifier.example/response?session=1",
            "nonce": "n-0S6_WzA2Mj",
            "state": "state~1",
            "dcql_query": { "credentials": [
                { "id": "p", "format": "dc+sd-jwt", "meta": { "vct_values": ["urn:eudi:pid:1"] },
                  "claims": [{ "path": ["family_name"] }, { "path": ["nationalities", 0] }] },
            ] },
            "client_metadata": {
                "jwks": { "keys": ["#jwk"] },
                "encrypted_response_enc_values_supported": ["A128GCM", "A256GCM"],
                "vp_formats_supported": {
                    "dc+sd-jwt": { "sd-jwt_alg_values": ["ES256"], "kb-jwt_alg_values": ["ES256"] },
                    "mso_mdoc": { "issuerauth_alg_values": [-7, -9], "deviceauth_alg_values": [-7, -9] },
                },
            },
        });
        for (name, value) in change.as_object().expect("an object") {
            payload[name] = value.clone();
        }
        payload.to_string()
    };
    let mdl = json!({ "credentials": [
        { "id": "m", "format": "mso_mdoc", "meta": { "doctype_value": "org.iso.18013.5.1.mDL" },
          "claims": [{ "path": ["org.iso.18013.5.1", "portrait"], "intent_to_retain": true }] },
        { "id": "p", "format": "dc+sd-jwt", "meta": { "vct_values": ["urn:eudi:pid:1"] } },
    ], "credential_sets": [{ "options": [["m"], ["p"]] }, { "options": [["p"]], "required": false }] });
    [
        payload(json!({})),
        payload(json!({ "client_id": "x509_hash:#hash", "wallet_nonce": "#nonce", "dcql_query": mdl })),
        payload(
            json!({ "response_mode": "direct_post", "dcql_query": mdl, "verifier_info": [{ "format": "jwt", "data": "x" }] }),
        ),
        payload(json!({
            "client_id": "x509_hash:#hash",
            "verifier_info": [{ "format": "registration_cert", "data": "#registration" }],
        })),
        payload(json!({ "transaction_data": ["x"], "redirect_uri": "https://verifier.example/r" })),
    ]
}
