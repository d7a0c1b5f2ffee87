//! The verifier's contract: OpenID4VP 1.0 by HAIP and CA-1, every kind of wrong answer refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use std::sync::Arc;

use common::Folder;
use common::holder;
use common::http::Http;
use common::presenter::{Conversation, Held, Pocket, at, pid_saying};
use pilot::pki::{Issued, Pki};
use pilot::verifier::{BuiltIn, Request, RequestOptions, Verdict, Verifier, VerifierEvent, VerifierOptions};
use serde_json::{Value, json};
use wallet_core::asn1;
use wallet_core::crypto::p256::SecretKey;
use wallet_core::jose::base64url;
use wallet_core::jose::jwk::Jwk;
use wallet_core::jose::jws::Jws;
use wallet_core::profile::{ClientIdPrefix, ResponseMode};
use wallet_core::trust::{Channel, ListName, PathProfile, Role, Side};

const PID: &str = "eu.europa.ec.eudi.pid.1";
const ISO: &str = "org.iso.18013.5.1";

struct World {
    _folder: Folder,
    pki: Pki,
    http: Http,
    verifier: Verifier,
}

impl World {
    async fn new(side: Side) -> Self {
        let folder = Folder::new();
        let pki = folder.pki();
        let verifier = Verifier::start(VerifierOptions::new(side, pki.clone())).await.unwrap();
        Self { http: Http::new(&pki), _folder: folder, pki, verifier }
    }

    async fn pocket(&self) -> Pocket {
        Pocket::fill(&self.pki, &self.http).await
    }

    async fn ask(&self, options: RequestOptions) -> (Request, Conversation) {
        let request = self.verifier.request(options).unwrap();
        let conversation = Conversation::open(&self.http, &request.uri).await;
        (request, conversation)
    }

    async fn ask_for(&self, dcql: &Value) -> (Request, Conversation) {
        self.ask(RequestOptions::asking(dcql.clone())).await
    }

    async fn verdict(&self, request: &Request) -> Arc<Verdict> {
        self.verifier.result(&request.id).await.unwrap()
    }

    /// Answers with this and expects to be refused with this code, wherever the fault is.
    async fn refused(&self, request: &Request, conversation: &Conversation, vp_token: &Value, code: &str) {
        let answer = conversation.answer(&self.http, vp_token).await;
        assert_eq!(answer.refusal(), (400, "invalid_request".to_owned()), "{code}");
        let verdict = self.verdict(request).await;
        assert!(!verdict.verified && verdict.credentials.is_empty(), "nothing of a bad answer is used");
        let error = verdict.error.as_ref().unwrap();
        assert_eq!(error.code, code, "{error:?}");
    }

    async fn accepted(&self, request: &Request, conversation: &Conversation, vp_token: &Value) -> Value {
        let answer = conversation.answer(&self.http, vp_token).await;
        let verdict = self.verdict(request).await;
        assert_eq!((answer.status(), answer.json()), (200, json!({})), "{:?}", verdict.error);
        assert!(verdict.verified && verdict.error.is_none());
        serde_json::to_value(&verdict.credentials).unwrap()
    }
}

fn name_and_nationality() -> Vec<wallet_core::credential::path::ClaimLocation> {
    vec![at(["family_name"]), at(["nationalities"])]
}

#[tokio::test(flavor = "multi_thread")]
async fn the_european_request_is_by_haip() {
    let world = World::new(Side::Eu).await;
    let request = world.verifier.request(RequestOptions::default()).unwrap();
    assert!(request.uri.starts_with("openid4vp://?client_id=x509_hash%3A"));
    let request_uri = holder::parameter(&request.uri, "request_uri");
    assert_eq!(request.request_uri.as_ref(), Some(&request_uri));
    let answer = world.http.get(&request_uri).await;
    assert_eq!(answer.header("content-type"), Some("application/oauth-authz-req+jwt"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));

    let compact = answer.text();
    let jws = Jws::parse(&compact, "t").unwrap();
    assert_eq!(jws.header_text("typ"), Some("oauth-authz-req+jwt"));
    let chain = asn1::parse_chain(&jws.x5c().unwrap().unwrap()).unwrap();
    let now = pilot::time::now();
    let anchors = world.pki.anchors([ListName::EuVerifiers], now).unwrap();
    let (profile, role) = (PathProfile::RequestSigner, Role::Verifier);
    let trusted = anchors.authenticate(&chain, profile, role, Channel::OpenId4Vp, now).unwrap();
    assert!(!trusted.contains_anchor(), "HAIP 5: no anchor in x5c");
    assert_eq!(trusted.leaf().display_name(), "Demo Airline");
    let payload: Value = serde_json::from_slice(jws.verify(trusted.leaf().public_key()).unwrap()).unwrap();
    let hash = base64url::encode(&trusted.leaf().sha256());
    assert_eq!(payload["client_id"], format!("x509_hash:{hash}"));
    assert_eq!(payload["client_id"], holder::parameter(&request.uri, "client_id"));
    assert_eq!(payload["aud"], "https://self-issued.me/v2");
    assert_eq!(payload["response_type"], "vp_token");
    assert_eq!(payload["response_mode"], "direct_post.jwt");
    assert!(payload["response_uri"].as_str().unwrap().starts_with("https://localhost:"));
    assert!(payload.get("redirect_uri").is_none());
    assert_eq!(payload["exp"].as_i64().unwrap() - payload["iat"].as_i64().unwrap(), 600);
    let metadata = &payload["client_metadata"];
    assert_eq!(metadata["encrypted_response_enc_values_supported"], json!(["A256GCM", "A128GCM"]));
    let key = &metadata["jwks"]["keys"][0];
    assert_eq!([&key["alg"], &key["use"], &key["crv"]], ["ECDH-ES", "enc", "P-256"]);
    assert!(key["kid"].is_string());
    assert_eq!(metadata["vp_formats_supported"]["mso_mdoc"]["deviceauth_alg_values"], json!([-7, -9]));

    let (_, other) = world.ask(RequestOptions::default()).await;
    for (member, fresh) in [("nonce", &other.nonce), ("state", &other.state)] {
        assert_ne!(payload[member].as_str(), Some(fresh.as_str()), "{member} is fresh");
        assert!(fresh.len() >= 22 && fresh.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)));
    }
    assert!(Jwk::from_json(key).unwrap().key != other.encryption_key.unwrap().key, "the key is ephemeral");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_canadian_request_is_by_ca_1() {
    let world = World::new(Side::Ca).await;
    let (_, conversation) = world.ask(RequestOptions::default()).await;
    assert_eq!(conversation.client_id, "x509_san_dns:localhost");
    assert_eq!(conversation.payload["response_mode"], "direct_post.jwt");
    let plain = RequestOptions::default().response_mode(ResponseMode::DirectPost);
    let (_, conversation) = world.ask(plain).await;
    assert_eq!(conversation.payload["response_mode"], "direct_post");
    assert!(conversation.encryption_key.is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unsigned_request_has_everything_in_its_link() {
    let world = World::new(Side::Ca).await;
    let options = RequestOptions::default().client_id_prefix(ClientIdPrefix::RedirectUri);
    let request = world.verifier.request(options).unwrap();
    assert_eq!(request.request_uri, None);
    let response_uri = holder::parameter(&request.uri, "response_uri");
    assert_eq!(holder::parameter(&request.uri, "client_id"), format!("redirect_uri:{response_uri}"));
    let dcql: Value = serde_json::from_str(&holder::parameter(&request.uri, "dcql_query")).unwrap();
    assert_eq!(dcql, BuiltIn::CaAge19.dcql());
    let id = response_uri.rsplit('/').next().unwrap();
    let fetched = world.http.get(&format!("{}/request/{id}", world.verifier.url())).await;
    assert_eq!(fetched.status(), 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn both_formats_are_accepted_over_both_response_modes() {
    let world = World::new(Side::Eu).await;
    let pocket = world.pocket().await;
    for mode in [ResponseMode::DirectPostJwt, ResponseMode::DirectPost] {
        let ask =
            async |query: BuiltIn| world.ask(RequestOptions::asking(query.dcql()).response_mode(mode)).await;
        let (request, conversation) = ask(BuiltIn::EuPidSdJwt).await;
        let presentation = conversation.present(&pocket.pid_sd_jwt, &name_and_nationality());
        let vp_token = json!({ "pid": [presentation] });
        let credentials = world.accepted(&request, &conversation, &vp_token).await;
        assert_eq!(credentials[0]["id"], "pid");
        assert_eq!(credentials[0]["format"], "dc+sd-jwt");
        assert_eq!(credentials[0]["type"], "urn:eudi:pid:1");
        assert_eq!(credentials[0]["issuer"], "Demo PID Provider");
        let disclosed = json!({ "family_name": "Vandermeer", "nationalities": ["BE", "FR"] });
        assert_eq!(credentials[0]["claims"], disclosed, "and nothing else");

        let (request, conversation) = ask(BuiltIn::EuPidMdoc).await;
        let places = [at([PID, "family_name"]), at([PID, "nationality"])];
        let vp_token = json!({ "pid": [conversation.present(&pocket.pid_mdoc, &places)] });
        let credentials = world.accepted(&request, &conversation, &vp_token).await;
        let disclosed = json!({ PID: { "family_name": "Vandermeer", "nationality": ["BE", "FR"] } });
        assert_eq!(credentials[0]["claims"], disclosed);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn canada_learns_an_age_and_nothing_else() {
    let world = World::new(Side::Ca).await;
    let pocket = world.pocket().await;
    let (request, conversation) = world.ask(RequestOptions::default()).await;
    let vp_token = json!({ "mdl": [conversation.present(&pocket.mdl, &[at([ISO, "age_over_19"])])] });
    let credentials = world.accepted(&request, &conversation, &vp_token).await;
    assert_eq!(credentials[0]["claims"], json!({ ISO: { "age_over_19": true } }));

    let over = [at([ISO, "age_over_19"]), at([ISO, "birth_date"])];
    let (request, conversation) = world.ask(RequestOptions::default()).await;
    let vp_token = json!({ "mdl": [conversation.present(&pocket.mdl, &over)] });
    world.refused(&request, &conversation, &vp_token, "WC-3202").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_of_several_options_is_enough_and_both_are_too_many() {
    let world = World::new(Side::Eu).await;
    let pocket = world.pocket().await;
    let dcql = BuiltIn::Either.dcql();
    let pid = |c: &Conversation| c.present(&pocket.pid_sd_jwt, &[at(["given_name"]), at(["family_name"])]);
    let mdl = |c: &Conversation| c.present(&pocket.mdl, &[at([ISO, "given_name"]), at([ISO, "family_name"])]);
    let (request, conversation) = world.ask_for(&dcql).await;
    let european = world.accepted(&request, &conversation, &json!({ "pid": [pid(&conversation)] })).await;
    assert_eq!(european[0]["claims"]["family_name"], "Vandermeer");
    let (request, conversation) = world.ask_for(&dcql).await;
    let canadian = world.accepted(&request, &conversation, &json!({ "mdl": [mdl(&conversation)] })).await;
    assert_eq!(canadian[0]["claims"][ISO]["family_name"], "Côté-Lévesque");

    let (request, conversation) = world.ask_for(&dcql).await;
    let both = json!({ "pid": [pid(&conversation)], "mdl": [mdl(&conversation)] });
    world.refused(&request, &conversation, &both, "WC-3202").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_to_another_request_is_refused() {
    let world = World::new(Side::Eu).await;
    let pocket = world.pocket().await;
    let other_key = Arc::new(SecretKey::random().unwrap());
    let other_jwk = Jwk::new(SecretKey::random().unwrap().public_key());
    type Spoil<'a> = Box<dyn Fn(&mut Conversation) + 'a>;
    let spoils: [(Spoil<'_>, &str, &str); 6] = [
        (Box::new(|c| c.nonce = "another".into()), "WC-3118", "WC-3009"),
        (Box::new(|c| c.client_id = "x509_hash:another".into()), "WC-3117", "WC-3009"),
        (Box::new(|c| c.other_key = Some(other_key.clone())), "WC-3116", "WC-3009"),
        (Box::new(|c| c.response_uri = "https://another.example/".into()), "", "WC-3009"),
        (Box::new(|c| c.encryption_key = Some(other_jwk.clone())), "", "WC-3009"),
        (Box::new(|c| c.issued_at = c.issued_at.plus(-3600)), "WC-3120", ""),
    ];
    for (spoil, sd_jwt_code, mdoc_code) in spoils {
        if !sd_jwt_code.is_empty() {
            let (request, conversation) = world.ask_for(&BuiltIn::EuPidSdJwt.dcql()).await;
            let mut spoiled = conversation.clone();
            spoil(&mut spoiled);
            let presentation = spoiled.present(&pocket.pid_sd_jwt, &name_and_nationality());
            world.refused(&request, &conversation, &json!({ "pid": [presentation] }), sd_jwt_code).await;
        }
        if !mdoc_code.is_empty() {
            let (request, conversation) = world.ask_for(&BuiltIn::EuPidMdoc.dcql()).await;
            let mut spoiled = conversation.clone();
            spoil(&mut spoiled);
            let places = [at([PID, "family_name"]), at([PID, "nationality"])];
            let presentation = spoiled.present(&pocket.pid_mdoc, &places);
            world.refused(&request, &conversation, &json!({ "pid": [presentation] }), mdoc_code).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_presentation_must_hold_and_be_of_what_was_asked() {
    let world = World::new(Side::Eu).await;
    let pocket = world.pocket().await;
    let stranger_folder = Folder::new();
    let stranger =
        pid_saying(&stranger_folder.pki(), &json!({ "family_name": "X", "nationalities": ["BE"] }));
    let all = name_and_nationality();
    let present = |c: &Conversation, held: &Held, places: &[_]| c.present(held, places);
    type Make<'a> = Box<dyn Fn(&Conversation) -> String + 'a>;
    let cases: [(Make<'_>, &str, &str); 9] = [
        (Box::new(|c| present(c, &stranger, &all)), "WC-5012", "an issuer nobody knows, under a known name"),
        (
            Box::new(|c| {
                let text = present(c, &pocket.pid_sd_jwt, &all);
                text.rsplit_once('~').unwrap().0.to_owned() + "~"
            }),
            "WC-3113",
            "no key binding",
        ),
        (
            Box::new(|c| {
                let text = present(c, &pocket.pid_sd_jwt, &all);
                let mut parts: Vec<_> = text.split('~').collect();
                parts.remove(1);
                parts.join("~")
            }),
            "WC-3119",
            "a disclosure taken out after signing",
        ),
        (
            Box::new(|c| present(c, &pocket.pid_sd_jwt, &[at(["family_name"])])),
            "WC-3203",
            "a claim is missing",
        ),
        (
            Box::new(|c| {
                let more = [at(["family_name"]), at(["nationalities"]), at(["sex"])];
                present(c, &pocket.pid_sd_jwt, &more)
            }),
            "WC-3202",
            "a claim too many",
        ),
        (Box::new(|c| present(c, &pocket.person, &[at(["family_name"])])), "WC-3111", "another type"),
        (
            Box::new(|c| present(c, &pocket.pid_mdoc, &[at([PID, "family_name"])])),
            "WC-3101",
            "another format",
        ),
        (Box::new(|_| "x".to_owned()), "WC-3101", "nonsense"),
        (Box::new(|_| String::new()), "WC-3101", "nothing"),
    ];
    for (make, code, _) in cases {
        let (request, conversation) = world.ask_for(&BuiltIn::EuPidSdJwt.dcql()).await;
        world.refused(&request, &conversation, &json!({ "pid": [make(&conversation)] }), code).await;
    }

    let licence = json!([{ "path": [ISO, "family_name"] }]);
    let dcql = json!({ "credentials": [{ "id": "pid", "format": "mso_mdoc",
        "meta": { "doctype_value": "org.iso.18013.5.1.mDL" }, "claims": licence }] });
    let (request, conversation) = world.ask_for(&dcql).await;
    let other = conversation.present(&pocket.pid_mdoc, &[at([PID, "family_name"])]);
    world.refused(&request, &conversation, &json!({ "pid": [other] }), "WC-3005").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_vp_token_has_one_array_for_each_query() {
    let world = World::new(Side::Eu).await;
    let pocket = world.pocket().await;
    type Make = fn(String) -> Value;
    let cases: [(Make, &str); 8] = [
        (|p| json!({ "pid": p }), "WC-3201"),
        (|_| json!({ "pid": [] }), "WC-3201"),
        (|p| json!({ "pid": [p, p] }), "WC-3202"),
        (|_| json!({ "pid": [{}] }), "WC-3201"),
        (|p| json!({ "pid": [p], "more": ["x"] }), "WC-3202"),
        (|p| json!({ "other": [p] }), "WC-3202"),
        (|_| json!({}), "WC-3201"),
        (|p| json!([p]), "WC-3201"),
    ];
    for (make, code) in cases {
        let (request, conversation) = world.ask_for(&BuiltIn::EuPidSdJwt.dcql()).await;
        let presentation = conversation.present(&pocket.pid_sd_jwt, &name_and_nationality());
        world.refused(&request, &conversation, &make(presentation), code).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn values_claim_sets_and_authorities_are_judged() {
    let world = World::new(Side::Eu).await;
    let pocket = world.pocket().await;
    let now = pilot::time::now();
    let signer = world.pki.signer(Issued::SdJwtSigner(Side::Eu), now).unwrap();
    let aki = base64url::encode(signer.certificate.authority_key_id().unwrap());
    let query = |more: Value| {
        let mut query = json!({ "id": "pid", "format": "dc+sd-jwt", "meta": { "vct_values": ["urn:eudi:pid:1"] },
            "claims": [{ "id": "n", "path": ["family_name"] }, { "id": "l", "path": ["address", "locality"] }] });
        query.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({ "credentials": [query] })
    };
    let name = vec![at(["family_name"])];
    let both = vec![at(["family_name"]), at(["address", "locality"])];
    let claims = |values: Value| json!({ "claims": [{ "path": ["family_name"], "values": values }] });
    let authority = |value: &str| json!({ "trusted_authorities": [{ "type": "aki", "values": [value] }] });
    for (dcql, places, code) in [
        (query(json!({})), &both, None),
        (query(claims(json!(["Nobody", "Vandermeer"]))), &name, None),
        (query(claims(json!(["Nobody"]))), &name, Some("WC-3203")),
        (query(json!({ "claim_sets": [["n", "l"], ["n"]] })), &name, None),
        (query(json!({ "claim_sets": [["n", "l"], ["n"]] })), &both, None),
        (query(json!({ "claim_sets": [["l"], ["n"]] })), &both, Some("WC-3202")),
        (query(json!({ "claim_sets": [["l"]] })), &name, Some("WC-3203")),
        (query(authority(&aki)), &both, None),
        (query(authority("AAAA")), &both, Some("WC-3203")),
    ] {
        let (request, conversation) = world.ask_for(&dcql).await;
        let vp_token = json!({ "pid": [conversation.present(&pocket.pid_sd_jwt, places)] });
        match code {
            None => drop(world.accepted(&request, &conversation, &vp_token).await),
            Some(code) => world.refused(&request, &conversation, &vp_token, code).await,
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn queries_that_could_not_be_judged_are_not_asked() {
    let world = World::new(Side::Eu).await;
    let query = |format: &str, more: Value| {
        let mut query = json!({ "id": "a", "format": format, "meta": { "vct_values": ["x"] } });
        query.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({ "credentials": [query] })
    };
    let asked = |dcql: &Value| world.verifier.request(RequestOptions::asking(dcql.clone())).is_ok();
    assert!(asked(&query("dc+sd-jwt", json!({}))));
    for bad in [
        json!({}),
        json!({ "credentials": [] }),
        query("ldp_vc", json!({})),
        query("dc+sd-jwt", json!({ "require_cryptographic_holder_binding": false })),
        query("dc+sd-jwt", json!({ "claims": [{ "path": [] }] })),
    ] {
        assert!(!asked(&bad), "{bad}");
    }
    let options =
        VerifierOptions { dcql: Some(json!({})), ..VerifierOptions::new(Side::Eu, world.pki.clone()) };
    assert!(Verifier::start(options).await.is_err(), "told at the start");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_counts_once() {
    let world = World::new(Side::Eu).await;
    let pocket = world.pocket().await;
    let (request, conversation) = world.ask(RequestOptions::default()).await;
    let vp_token = json!({ "pid": [conversation.present(&pocket.pid_sd_jwt, &name_and_nationality())] });
    world.accepted(&request, &conversation, &vp_token).await;
    for _ in 0..2 {
        let again = conversation.answer(&world.http, &vp_token).await;
        assert_eq!(again.refusal(), (400, "invalid_request".to_owned()));
    }
    assert!(world.verdict(&request).await.verified, "the verdict stands");
    let refetched = world.http.get(request.request_uri.as_ref().unwrap()).await;
    assert_eq!(refetched.status(), 404, "an answered request is gone");

    let (request, conversation) = world.ask(RequestOptions::default()).await;
    world.refused(&request, &conversation, &json!({ "pid": ["x"] }), "WC-3101").await;
    let good = json!({ "pid": [conversation.present(&pocket.pid_sd_jwt, &name_and_nationality())] });
    assert_eq!(conversation.answer(&world.http, &good).await.status(), 400, "no second try at a nonce");
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_answers_change_nothing() {
    let world = World::new(Side::Eu).await;
    let pocket = world.pocket().await;
    let mut events = world.verifier.events();
    for mode in [ResponseMode::DirectPostJwt, ResponseMode::DirectPost] {
        let (request, conversation) = world.ask(RequestOptions::default().response_mode(mode)).await;
        let vp_token = json!({ "pid": [conversation.present(&pocket.pid_sd_jwt, &name_and_nationality())] });
        let mut wrong_state = conversation.clone();
        wrong_state.state = "another".to_owned();
        let answer = wrong_state.answer(&world.http, &vp_token).await;
        assert_eq!(answer.refusal(), (400, "invalid_request".to_owned()));
        let errors = [("error", "access_denied"), ("state", "another")];
        for fields in [&errors[..], &errors[..1]] {
            let answer = world.http.post_form(&conversation.response_uri, fields).await;
            assert_eq!(answer.refusal(), (400, "invalid_request".to_owned()), "{fields:?}");
        }
        let unknown = format!("{}/response/unknown", world.verifier.url());
        let answer = world.http.post_form(&unknown, &[("response", "x")]).await;
        assert_eq!(answer.refusal(), (404, "invalid_request".to_owned()));
        world.accepted(&request, &conversation, &vp_token).await;
    }
    let mut refused = 0;
    while let Ok(event) = events.try_recv() {
        refused += usize::from(matches!(event, VerifierEvent::Refused { .. }));
    }
    assert_eq!(refused, 8);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wallets_no_is_noted() {
    let world = World::new(Side::Ca).await;
    let (request, conversation) = world.ask(RequestOptions::default()).await;
    let fields = [
        ("error", "access_denied"),
        ("error_description", "The user\u{7} said no"),
        ("state", &conversation.state),
    ];
    let answer = world.http.post_form(&conversation.response_uri, &fields).await;
    assert_eq!((answer.status(), answer.json()), (200, json!({})));
    let verdict = world.verdict(&request).await;
    let error = verdict.error.as_ref().unwrap();
    assert_eq!((error.code.as_str(), error.message.as_str()), ("access_denied", "The user said no"));
    assert!(!verdict.verified);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_in_another_form_is_refused() {
    let world = World::new(Side::Eu).await;
    let pocket = world.pocket().await;
    let post = async |fields: &dyn Fn(&Conversation) -> Vec<(String, String)>| {
        let (request, conversation) = world.ask(RequestOptions::default()).await;
        let fields = fields(&conversation);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let answer = world.http.post_form(&conversation.response_uri, &fields).await;
        assert_eq!(answer.status(), 400);
        world.verdict(&request).await.error.as_ref().unwrap().code.clone()
    };
    let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let encrypted_to = |jwk: &Jwk, state: &str| {
        let payload = json!({ "vp_token": { "pid": ["x"] }, "state": state }).to_string();
        let enc = wallet_core::jose::jwe::Enc::A128Gcm;
        wallet_core::jose::jwe::encrypt(jwk, enc, payload.as_bytes()).unwrap()
    };
    let other = Jwk::new(SecretKey::random().unwrap().public_key());
    assert_eq!(post(&|_| vec![]).await, "WC-3201");
    assert_eq!(post(&|_| vec![field("response", "x")]).await, "WC-7030");
    assert_eq!(post(&|c| vec![field("response", &encrypted_to(&other, &c.state))]).await, "WC-7031");
    let twice = |c: &Conversation| {
        let response = encrypted_to(c.encryption_key.as_ref().unwrap(), &c.state);
        vec![field("response", &response), field("response", &response)]
    };
    assert_eq!(post(&twice).await, "WC-3201");
    let in_the_clear = |c: &Conversation| {
        let presentation = c.present(&pocket.pid_sd_jwt, &name_and_nationality());
        let vp_token = json!({ "pid": [presentation] }).to_string();
        vec![field("vp_token", &vp_token), field("state", &c.state)]
    };
    assert_eq!(post(&in_the_clear).await, "WC-3201", "encryption was asked for");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_json_api_makes_requests_and_tells_results() {
    let world = World::new(Side::Eu).await;
    let pocket = world.pocket().await;
    let url = format!("{}/api/requests", world.verifier.url());
    let made = world.http.post_json(&url, None, &json!({ "query": "eu-pid-mdoc" })).await;
    assert_eq!(made.status(), 201);
    let made = made.json();
    let result = made["result"].as_str().unwrap();
    assert_eq!(world.http.get(result).await.json(), json!({ "status": "waiting" }));
    let conversation = Conversation::open(&world.http, made["uri"].as_str().unwrap()).await;
    assert_eq!(world.http.get(result).await.json(), json!({ "status": "fetched" }));
    let places = [at([PID, "family_name"]), at([PID, "nationality"])];
    let vp_token = json!({ "pid": [conversation.present(&pocket.pid_mdoc, &places)] });
    let waiting = format!("{result}?wait=20");
    let (answer, told) = tokio::join!(conversation.answer(&world.http, &vp_token), world.http.get(&waiting));
    assert_eq!(answer.status(), 200);
    let told = told.json();
    assert_eq!(told["status"], "done");
    assert_eq!(told["result"]["verified"], true);
    assert_eq!(told["result"]["error"], Value::Null);
    assert_eq!(told["result"]["credentials"][0]["claims"][PID]["family_name"], "Vandermeer");

    let options = json!({ "dcql_query": BuiltIn::CaAge19.dcql(), "response_mode": "direct_post",
                          "client_id_prefix": "x509_san_dns" });
    let made = world.http.post_json(&url, None, &options).await.json();
    assert_eq!(made["client_id"], "x509_san_dns:localhost");
    let conversation = Conversation::open(&world.http, made["uri"].as_str().unwrap()).await;
    assert_eq!(conversation.payload["response_mode"], "direct_post");

    for bad in [
        json!([]),
        json!({ "dcql_query": {} }),
        json!({ "query": "unknown" }),
        json!({ "query": "either", "dcql_query": BuiltIn::CaAge19.dcql() }),
        json!({ "response_mode": "fragment" }),
        json!({ "client_id_prefix": "origin" }),
        json!({ "same_device": "yes" }),
        json!({ "unknown": 1 }),
    ] {
        let answer = world.http.post_json(&url, None, &bad).await;
        assert_eq!(answer.refusal(), (400, "invalid_request".to_owned()), "{bad}");
    }
    let form = world.http.post_form(&url, &[]).await;
    assert_eq!(form.status(), 400, "a page of another origin can post forms");
    assert_eq!(world.http.get(&format!("{url}/unknown")).await.status(), 404);
    let public_id = conversation.response_uri.rsplit('/').next().unwrap();
    let by_wallet = world.http.get(&format!("{url}/{public_id}")).await;
    assert_eq!(by_wallet.status(), 404, "what the wallet knows does not open the result");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wallet_on_the_same_device_is_sent_back() {
    let world = World::new(Side::Eu).await;
    let pocket = world.pocket().await;
    let options = RequestOptions { same_device: true, ..RequestOptions::default() };
    let (_, conversation) = world.ask(options).await;
    let vp_token = json!({ "pid": [conversation.present(&pocket.pid_sd_jwt, &name_and_nationality())] });
    let answer = conversation.answer(&world.http, &vp_token).await.json();
    let redirect_uri = answer["redirect_uri"].as_str().unwrap();
    assert!(redirect_uri.starts_with(&format!("{}/done?response_code=", world.verifier.url())));
}
