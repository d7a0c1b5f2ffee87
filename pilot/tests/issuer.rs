//! The issuer's contract: OpenID4VCI 1.0 by the letter, every refusal by its code.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::Folder;
use common::holder::{self, GRANT, no_spoil, proof};
use common::http::{Answer, Http};
use pilot::issuer::{Configuration, Issuer, IssuerEvent, IssuerOptions, Offer, OfferRequest, TxCode};
use pilot::pki::Pki;
use serde_json::{Map, Value, json};
use wallet_core::credential::mdoc::{IssuerSigned, VerifiedMdoc};
use wallet_core::credential::sd_jwt::{Leniency, SdJwt, VerifiedSdJwt};
use wallet_core::crypto::p256::SecretKey;
use wallet_core::jose::{base64url, jwk};
use wallet_core::platform::HttpMethod;
use wallet_core::trust::{Channel, ListName, PathProfile, Role, Side};

struct World {
    _folder: Folder,
    pki: Pki,
    issuer: Issuer,
    http: Http,
}

impl World {
    async fn new(side: Side) -> Self {
        let folder = Folder::new();
        let pki = folder.pki();
        let issuer = Issuer::start(IssuerOptions::new(side, pki.clone())).await.unwrap();
        Self { http: Http::new(&pki), _folder: folder, pki, issuer }
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.issuer.url())
    }

    fn offer(&self, configurations: &[Configuration], tx_code: TxCode) -> Offer {
        let request = OfferRequest::new(configurations.iter().copied()).with_tx_code(tx_code);
        self.issuer.offer(&request).unwrap()
    }

    /// A token for everything that the side has.
    async fn token(&self, side: Side) -> String {
        let offer = self.offer(&Configuration::of(side), TxCode::None);
        let code = holder::code_in(&holder::offer_in(&offer.link));
        let answer = holder::token(&self.http, self.issuer.url(), &code, None).await;
        answer.json()["access_token"].as_str().unwrap().to_owned()
    }

    async fn request(&self, token: Option<&str>, body: &Value) -> Answer {
        self.http.post_json(&self.url("/credential"), token, body).await
    }

    async fn nonce(&self) -> String {
        holder::nonce(&self.http, self.issuer.url()).await
    }

    fn sd_jwt(&self, text: &str) -> VerifiedSdJwt {
        let now = pilot::time::now();
        let anchors = self.pki.anchors(ListName::ALL, now).unwrap();
        let sd_jwt = SdJwt::parse(text).unwrap();
        let chain = sd_jwt.chain().unwrap();
        let (profile, role) = (PathProfile::SdJwtIssuer, Role::Issuer);
        let trusted = anchors.authenticate(&chain, profile, role, Channel::OpenId4Vci, now).unwrap();
        sd_jwt.verify(&trusted, now, Leniency::default()).unwrap()
    }

    fn mdoc(&self, text: &str) -> VerifiedMdoc {
        let now = pilot::time::now();
        let anchors = self.pki.anchors(ListName::ALL, now).unwrap();
        let bytes = base64url::decode(text, "t").unwrap();
        let mdoc = IssuerSigned::parse(&bytes).unwrap();
        let chain = mdoc.certificates().unwrap();
        let (profile, role) = (PathProfile::MdocIssuer, Role::Issuer);
        let trusted = anchors.authenticate(&chain, profile, role, Channel::OpenId4Vci, now).unwrap();
        mdoc.verify(&trusted, now).unwrap()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_metadata_says_what_can_be_had() {
    for (side, formats) in [(Side::Eu, ["dc+sd-jwt", "mso_mdoc"]), (Side::Ca, ["mso_mdoc", "dc+sd-jwt"])] {
        let world = World::new(side).await;
        let metadata = world.http.get(&world.url("/.well-known/openid-credential-issuer")).await.json();
        assert_eq!(metadata["credential_issuer"], world.issuer.url());
        assert!(world.issuer.url().starts_with("https://localhost:"));
        assert_eq!(metadata["batch_credential_issuance"]["batch_size"], 10);
        for (configuration, format) in Configuration::of(side).into_iter().zip(formats) {
            let entry = &metadata["credential_configurations_supported"][configuration.id()];
            assert_eq!(entry["format"], format);
            let type_member = if format == "mso_mdoc" { "doctype" } else { "vct" };
            assert_eq!(entry[type_member], configuration.type_id());
            let locales: Vec<_> =
                entry["credential_metadata"]["display"].as_array().unwrap().iter().collect();
            assert_eq!(
                locales.iter().map(|d| d["locale"].as_str().unwrap()).collect::<Vec<_>>(),
                ["en", "fr"]
            );
            assert!(locales.iter().all(|d| !d["name"].as_str().unwrap().starts_with("configuration.")));
        }
        let server = world.http.get(&world.url("/.well-known/oauth-authorization-server")).await.json();
        assert_eq!(server["issuer"], world.issuer.url());
        assert_eq!(server["grant_types_supported"], json!([GRANT]));
        assert_eq!(server["pre-authorized_grant_anonymous_access_supported"], true);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn both_forms_of_an_offer_say_the_same() {
    let world = World::new(Side::Eu).await;
    let offer = world.offer(&Configuration::of(Side::Eu), TxCode::Random);
    let by_value = holder::offer_in(&offer.link);
    let answer = world.http.get(&holder::parameter(&offer.link_by_reference, "credential_offer_uri")).await;
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(answer.json(), by_value);
    assert_eq!(by_value["credential_issuer"], world.issuer.url());
    assert_eq!(by_value["credential_configuration_ids"], json!(["pid-sd-jwt", "pid-mdoc"]));
    let tx_code = &by_value["grants"][GRANT]["tx_code"];
    assert_eq!((&tx_code["input_mode"], &tx_code["length"]), (&json!("numeric"), &json!(6)));
    assert!(!offer.link.contains(&offer.tx_code.unwrap()), "the code goes another way");

    let uri = holder::parameter(&offer.link_by_reference, "credential_offer_uri");
    let french = world.http.get_with(&uri, &[("accept-language", "fr-CA")]).await.json();
    assert_ne!(french["grants"][GRANT]["tx_code"]["description"], tx_code["description"]);
    assert_eq!(world.http.get(&world.url("/offer/unknown")).await.status(), 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn offers_that_make_no_sense_are_not_made() {
    let world = World::new(Side::Eu).await;
    let pid = Configuration::PidMdoc;
    for wrong in [vec![], vec![pid, pid], vec![Configuration::Mdl]] {
        assert!(world.issuer.offer(&OfferRequest::new(wrong)).is_err());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_european_issuer_gives_a_pid_in_both_formats() {
    let world = World::new(Side::Eu).await;
    let mut events = world.issuer.events();
    let offer = world.offer(&Configuration::of(Side::Eu), TxCode::Random);
    let code = holder::code_in(&holder::offer_in(&offer.link));
    let answer = holder::token(&world.http, world.issuer.url(), &code, offer.tx_code.as_deref()).await;
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let token = answer.json();
    assert_eq!(token["token_type"], "Bearer");
    let token = token["access_token"].as_str().unwrap();

    let (copies, _) = holder::copies(&world.http, world.issuer.url(), token, "pid-sd-jwt", 3).await;
    let verified: Vec<_> = copies.iter().map(|(text, _)| world.sd_jwt(text)).collect();
    for (credential, (_, key)) in verified.iter().zip(&copies) {
        assert_eq!(credential.vct(), "urn:eudi:pid:1");
        assert!(*credential.device_key() == key.public_key(), "bound to the key that was proven");
        assert_eq!(credential.claims()["family_name"], "Vandermeer");
        assert_eq!(credential.claims()["nationalities"], json!(["BE", "FR"]));
        assert_eq!(credential.claims()["place_of_birth"]["locality"], "Ixelles");
        let picture = credential.claims()["picture"].as_str().unwrap();
        assert!(picture.starts_with("data:image/jpeg;base64,/9j/"));
        assert!(credential.always_disclosed().is_empty(), "PID_21: everything can be withheld");
    }
    // PID_21: nested properties and array entries, too.
    let payload = copies[0].0.split('.').nth(1).unwrap();
    let payload = String::from_utf8(base64url::decode(payload, "t").unwrap()).unwrap();
    for hidden in ["Vandermeer", "nationalities", "Ixelles", "\"BE\"", "locality"] {
        assert!(!payload.contains(hidden), "{hidden} is in the clear");
    }
    let mut claims: Vec<_> = verified.iter().map(|credential| credential.claims().clone()).collect();
    for claims in &mut claims {
        let claims = claims.as_object_mut().unwrap();
        assert!(claims.remove("cnf").is_some() && claims.remove("status").is_some());
    }
    assert!(
        claims.windows(2).all(|pair| pair[0] == pair[1]),
        "copies differ in key and place, and in nothing else"
    );

    let (copies, _) = holder::copies(&world.http, world.issuer.url(), token, "pid-mdoc", 3).await;
    for (text, key) in &copies {
        let mdoc = world.mdoc(text);
        assert_eq!(mdoc.doc_type(), "eu.europa.ec.eudi.pid.1");
        assert!(*mdoc.device_key() == key.public_key());
        let elements = &mdoc.claims()["eu.europa.ec.eudi.pid.1"];
        assert_eq!(elements["given_name"], "Amélie Jeanne");
        assert_eq!(elements["nationality"], json!(["BE", "FR"]));
        assert_eq!(elements["birth_date"], "1994-08-21");
        assert_eq!(elements["sex"], 2);
        let days = (mdoc.validity().valid_until.0 - pilot::time::now().0) / 86_400;
        assert!((13..=14).contains(&days), "{days} days");
    }
    for format in ["dc+sd-jwt", "mso_mdoc"] {
        match events.recv().await.unwrap() {
            IssuerEvent::Issued { offer: id, format: issued, copies, .. } => {
                assert_eq!((id, issued, copies), (offer.id.clone(), format, 3));
            }
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_canadian_issuer_gives_a_licence_and_a_person_credential() {
    let world = World::new(Side::Ca).await;
    let token = world.token(Side::Ca).await;
    let (copies, _) = holder::copies(&world.http, world.issuer.url(), &token, "mdl", 1).await;
    let licence = world.mdoc(&copies[0].0);
    assert_eq!(licence.doc_type(), "org.iso.18013.5.1.mDL");
    let iso = &licence.claims()["org.iso.18013.5.1"];
    for mandatory in [
        "family_name",
        "given_name",
        "birth_date",
        "issue_date",
        "expiry_date",
        "issuing_country",
        "issuing_authority",
        "document_number",
        "portrait",
        "driving_privileges",
        "un_distinguishing_sign",
    ] {
        assert!(!iso[mandatory].is_null(), "{mandatory} is mandatory (ISO 18013-5 table 5)");
    }
    assert_eq!(iso["issuing_jurisdiction"], "CA-BC");
    assert_eq!(iso["family_name"], "Côté-Lévesque");
    assert_eq!([&iso["age_over_18"], &iso["age_over_19"], &iso["age_over_21"]], [true, true, true]);
    assert!(iso["expiry_date"].as_str().unwrap().ends_with("-02-14"));
    let aamva = &licence.claims()["org.iso.18013.5.1.aamva"];
    let class = &aamva["domestic_driving_privileges"][0]["domestic_vehicle_class"];
    assert_eq!(class["domestic_vehicle_class_code"], "5");

    let (copies, _) = holder::copies(&world.http, world.issuer.url(), &token, "person", 1).await;
    let person = world.sd_jwt(&copies[0].0);
    assert_eq!(person.vct(), "urn:ca:bc:person:1");
    assert_eq!(person.claims()["given_names"], "Étienne François");
    assert_eq!(person.claims()["birthdate_dateint"], 19_900_214);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_token_endpoint_refuses_by_the_codes_of_6_3() {
    let world = World::new(Side::Eu).await;
    let fresh = |tx_code| {
        let offer = world.offer(&[Configuration::PidMdoc], tx_code);
        (holder::code_in(&holder::offer_in(&offer.link)), offer.tx_code.unwrap_or_default())
    };
    let url = world.url("/token");
    let (code, tx_code) = fresh(TxCode::Given("ab c+1".to_owned()));
    let (plain, _) = fresh(TxCode::None);
    let good = [("grant_type", GRANT), ("pre-authorized_code", &code), ("tx_code", &tx_code)];
    let without = |name| good.iter().copied().filter(|(n, _)| *n != name).collect::<Vec<_>>();
    let with = |name, value| good.iter().map(|(n, v)| (*n, if *n == name { value } else { *v })).collect();
    let twice = good.iter().copied().chain([("tx_code", tx_code.as_str())]).collect();
    for (fields, error) in [
        (without("grant_type"), "invalid_request"),
        (with("grant_type", "authorization_code"), "unsupported_grant_type"),
        (without("pre-authorized_code"), "invalid_request"),
        (with("pre-authorized_code", "unknown"), "invalid_grant"),
        (without("tx_code"), "invalid_request"),
        (with("tx_code", ""), "invalid_request"),
        (with("tx_code", "wrong"), "invalid_grant"),
        (twice, "invalid_request"),
        (with("pre-authorized_code", &plain), "invalid_request"),
    ] {
        let answer = world.http.post_form(&url, &fields).await;
        assert_eq!(answer.refusal(), (400, error.to_owned()), "{fields:?}");
        assert_eq!(answer.header("cache-control"), Some("no-store"));
    }
    let as_json = world.http.post_json(&url, None, &json!({ "grant_type": GRANT })).await;
    assert_eq!(as_json.refusal(), (400, "invalid_request".to_owned()));
    assert_eq!(world.http.get(&url).await.status(), 405);

    let unknown_are_ignored: Vec<_> =
        good.iter().copied().chain([("scope", "x"), ("unknown", "y")]).collect();
    assert_eq!(world.http.post_form(&url, &unknown_are_ignored).await.status(), 200, "after all of that");
    let again = world.http.post_form(&url, &good).await;
    assert_eq!(again.refusal(), (400, "invalid_grant".to_owned()), "a code is good once");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_ends_after_five_wrong_transaction_codes() {
    let world = World::new(Side::Ca).await;
    let mut events = world.issuer.events();
    let offer = world.offer(&[Configuration::Mdl], TxCode::Random);
    let code = holder::code_in(&holder::offer_in(&offer.link));
    for left in [true, true, true, true, false] {
        holder::token(&world.http, world.issuer.url(), &code, Some("x")).await;
        let event = events.recv().await.unwrap();
        assert!(matches!(event, IssuerEvent::Refused { may_retry, .. } if may_retry == left), "{event:?}");
    }
    let right = holder::token(&world.http, world.issuer.url(), &code, offer.tx_code.as_deref()).await;
    assert_eq!(right.refusal(), (400, "invalid_grant".to_owned()));
    let reference = holder::parameter(&offer.link_by_reference, "credential_offer_uri");
    assert_eq!(world.http.get(&reference).await.status(), 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_credential_endpoint_wants_a_token_for_what_is_asked() {
    let world = World::new(Side::Eu).await;
    let offer = world.offer(&[Configuration::PidMdoc], TxCode::None);
    let code = holder::code_in(&holder::offer_in(&offer.link));
    let token = holder::token(&world.http, world.issuer.url(), &code, None).await.json();
    let token = token["access_token"].as_str().unwrap();
    let key = SecretKey::random().unwrap();
    let body = |id: &str, nonce: &str| {
        json!({ "credential_configuration_id": id,
                "proofs": { "jwt": [proof(world.issuer.url(), nonce, &key, no_spoil)] } })
    };
    let good = body("pid-mdoc", &world.nonce().await);
    for (token, challenge) in [(None, "Bearer"), (Some("wrong"), "Bearer error=\"invalid_token\"")] {
        let answer = world.request(token, &good).await;
        assert_eq!(answer.refusal(), (401, "invalid_token".to_owned()));
        assert_eq!(answer.header("www-authenticate"), Some(challenge));
    }
    let other = world.request(Some(token), &body("pid-sd-jwt", &world.nonce().await)).await;
    assert_eq!(other.refusal(), (403, "insufficient_scope".to_owned()), "known, but not offered");
    assert_eq!(world.request(Some(token), &good).await.status(), 200, "the twin");
}

/// A request with one thing changed, and what is said to it.
#[tokio::test(flavor = "multi_thread")]
async fn the_credential_endpoint_refuses_by_the_codes_of_8_3_1() {
    let world = World::new(Side::Eu).await;
    let token = world.token(Side::Eu).await;
    let jwt = async || {
        let key = SecretKey::random().unwrap();
        proof(world.issuer.url(), &world.nonce().await, &key, no_spoil)
    };
    let good =
        async || json!({ "credential_configuration_id": "pid-mdoc", "proofs": { "jwt": [jwt().await] } });
    let change = |mut body: Value, name: &str, value: Value| {
        match value {
            Value::Null => _ = body.as_object_mut().unwrap().remove(name),
            value => body[name] = value,
        }
        body
    };
    let attestation = json!({ "attestation": ["x"] });
    let two_kinds = json!({ "jwt": [jwt().await], "attestation": ["x"] });
    let mut eleven = Vec::new();
    let nonce = world.nonce().await;
    for _ in 0..11 {
        eleven.push(proof(world.issuer.url(), &nonce, &SecretKey::random().unwrap(), no_spoil));
    }
    for (name, value, error) in [
        ("credential_configuration_id", Value::Null, "invalid_credential_request"),
        ("credential_configuration_id", json!(7), "invalid_credential_request"),
        ("credential_configuration_id", json!("unknown"), "unknown_credential_configuration"),
        ("credential_configuration_id", json!("mdl"), "unknown_credential_configuration"),
        ("credential_identifier", json!("x"), "invalid_credential_request"),
        ("credential_response_encryption", json!({}), "invalid_encryption_parameters"),
        ("proofs", Value::Null, "invalid_proof"),
        ("proofs", json!([]), "invalid_proof"),
        ("proofs", json!({}), "invalid_proof"),
        ("proofs", json!({ "jwt": [] }), "invalid_proof"),
        ("proofs", json!({ "jwt": [1] }), "invalid_proof"),
        ("proofs", json!({ "jwt": ["x.y.z"] }), "invalid_proof"),
        ("proofs", attestation, "invalid_proof"),
        ("proofs", two_kinds, "invalid_proof"),
        ("proofs", json!({ "jwt": eleven }), "invalid_proof"),
    ] {
        let answer = world.request(Some(&token), &change(good().await, name, value.clone())).await;
        assert_eq!(answer.refusal(), (400, error.to_owned()), "{name} = {value}");
        assert_eq!(answer.header("cache-control"), Some("no-store"));
    }
    let by_identifier = json!({ "credential_identifier": "x", "proofs": {} });
    let answer = world.request(Some(&token), &by_identifier).await;
    assert_eq!(answer.refusal(), (400, "unknown_credential_identifier".to_owned()));
    for (content_type, body) in [
        ("text/plain", good().await.to_string()),
        ("application/json", "[]".to_owned()),
        ("application/json", r#"{"proofs":1,"proofs":1}"#.to_owned()),
    ] {
        let bearer = format!("Bearer {token}");
        let headers = [("content-type", content_type), ("authorization", bearer.as_str())];
        let url = world.url("/credential");
        let answer = world.http.send(HttpMethod::Post, &url, &headers, body.as_bytes()).await;
        assert_eq!(answer.refusal(), (400, "invalid_credential_request".to_owned()), "{body}");
    }
    let unknown_is_ignored = change(good().await, "format", json!("x"));
    assert_eq!(world.request(Some(&token), &unknown_is_ignored).await.status(), 200, "the twin");
}

/// Spoils header and payload of a proof before it is signed.
type Spoil = fn(&mut Map<String, Value>, &mut Value);

#[tokio::test(flavor = "multi_thread")]
async fn a_proof_must_hold_in_every_point() {
    let world = World::new(Side::Eu).await;
    let token = world.token(Side::Eu).await;
    let now = || pilot::time::now().0;
    let spoils: &[(&str, Spoil, &str)] = &[
        ("typ", |h, _| _ = h.insert("typ".into(), json!("JWT")), "invalid_proof"),
        ("no typ", |h, _| _ = h.remove("typ"), "invalid_proof"),
        ("no jwk", |h, _| _ = h.remove("jwk"), "invalid_proof"),
        ("kid beside jwk", |h, _| _ = h.insert("kid".into(), json!("x")), "invalid_proof"),
        ("x5c beside jwk", |h, _| _ = h.insert("x5c".into(), json!(["AA=="])), "invalid_proof"),
        ("a private key", |h, _| h["jwk"]["d"] = json!("AAAA"), "invalid_proof"),
        ("crit", |h, _| _ = h.insert("crit".into(), json!(["x"])), "invalid_proof"),
        (
            "another key",
            |h, _| h["jwk"] = jwk::public_members(&SecretKey::random().unwrap().public_key()),
            "invalid_proof",
        ),
        ("aud", |_, p| p["aud"] = json!("https://elsewhere.example"), "invalid_proof"),
        ("no aud", |_, p| _ = p.as_object_mut().unwrap().remove("aud"), "invalid_proof"),
        (
            "aud with a slash",
            |_, p| p["aud"] = json!(format!("{}/", p["aud"].as_str().unwrap())),
            "invalid_proof",
        ),
        ("iss", |_, p| p["iss"] = json!("somebody"), "invalid_proof"),
        ("no iat", |_, p| _ = p.as_object_mut().unwrap().remove("iat"), "invalid_proof"),
        ("old", |_, p| p["iat"] = json!(p["iat"].as_i64().unwrap() - 400), "invalid_proof"),
        ("of the future", |_, p| p["iat"] = json!(p["iat"].as_i64().unwrap() + 100), "invalid_proof"),
        ("expired", |_, p| p["exp"] = json!(p["iat"].as_i64().unwrap() - 100), "invalid_proof"),
        ("iat as text", |_, p| p["iat"] = json!("now"), "invalid_proof"),
        ("no nonce", |_, p| _ = p.as_object_mut().unwrap().remove("nonce"), "invalid_proof"),
        ("another nonce", |_, p| p["nonce"] = json!("unknown"), "invalid_nonce"),
    ];
    assert!(now() > 0);
    let send = async |proofs: Vec<String>| {
        let body = json!({ "credential_configuration_id": "pid-mdoc", "proofs": { "jwt": proofs } });
        world.request(Some(&token), &body).await
    };
    for (name, spoil, error) in spoils {
        let (nonce, key, other) =
            (world.nonce().await, SecretKey::random().unwrap(), SecretKey::random().unwrap());
        let good = proof(world.issuer.url(), &nonce, &other, no_spoil);
        let bad = proof(world.issuer.url(), &nonce, &key, spoil);
        let answer = send(vec![good, bad]).await;
        assert_eq!(answer.refusal(), (400, (*error).to_owned()), "{name}");
    }
    let (nonce, key) = (world.nonce().await, SecretKey::random().unwrap());
    let good = proof(world.issuer.url(), &nonce, &key, no_spoil);
    let unsigned = good.rsplit_once('.').unwrap().0.to_owned() + "." + &base64url::encode(&[1; 64]);
    assert_eq!(send(vec![unsigned]).await.refusal(), (400, "invalid_proof".to_owned()));
    assert_eq!(send(vec![good.clone()]).await.status(), 200, "the twin; a refused proof uses up no nonce");
    assert_eq!(send(vec![good]).await.refusal(), (400, "invalid_nonce".to_owned()), "a nonce is good once");
    let nonce = world.nonce().await;
    let same_key = proof(world.issuer.url(), &nonce, &key, no_spoil);
    assert_eq!(send(vec![same_key]).await.refusal(), (400, "invalid_proof".to_owned()), "a key is good once");
    let (nonce, key) = (world.nonce().await, SecretKey::random().unwrap());
    let twice = vec![proof(world.issuer.url(), &nonce, &key, no_spoil); 2];
    assert_eq!(send(twice).await.refusal(), (400, "invalid_proof".to_owned()), "also within a batch");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wallet_that_gave_a_client_id_may_say_it() {
    let world = World::new(Side::Eu).await;
    let offer = world.offer(&[Configuration::PidMdoc], TxCode::None);
    let code = holder::code_in(&holder::offer_in(&offer.link));
    let fields = [("grant_type", GRANT), ("pre-authorized_code", &code), ("client_id", "wallet")];
    let token = world.http.post_form(&world.url("/token"), &fields).await.json();
    for (iss, status) in [("other", 400), ("wallet", 200)] {
        let key = SecretKey::random().unwrap();
        let nonce = world.nonce().await;
        let jwt = proof(world.issuer.url(), &nonce, &key, |_, payload| payload["iss"] = json!(iss));
        let body = json!({ "credential_configuration_id": "pid-mdoc", "proofs": { "jwt": [jwt] } });
        let answer = world.request(token["access_token"].as_str(), &body).await;
        assert_eq!(answer.status(), status, "{iss}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn notifications_are_noted_and_wrong_ones_refused() {
    let world = World::new(Side::Ca).await;
    let (token, stranger) = (world.token(Side::Ca).await, world.token(Side::Ca).await);
    let (_, id) = holder::copies(&world.http, world.issuer.url(), &token, "mdl", 2).await;
    let mut events = world.issuer.events();
    let url = world.url("/notification");
    let body = |id: &str, event: &str| json!({ "notification_id": id, "event": event });
    let accepted = body(&id, "credential_accepted");
    for (token, body, refusal) in [
        (None, &accepted, (401, "invalid_token")),
        (Some("wrong"), &accepted, (401, "invalid_token")),
        (Some(stranger.as_str()), &accepted, (400, "invalid_notification_id")),
        (Some(token.as_str()), &body("x", "credential_accepted"), (400, "invalid_notification_id")),
        (Some(token.as_str()), &body(&id, "Credential_Accepted"), (400, "invalid_notification_request")),
        (
            Some(token.as_str()),
            &json!({ "event": "credential_accepted" }),
            (400, "invalid_notification_request"),
        ),
        (Some(token.as_str()), &json!({ "notification_id": id }), (400, "invalid_notification_request")),
    ] {
        let answer = world.http.post_json(&url, token, body).await;
        assert_eq!(answer.refusal(), (refusal.0, refusal.1.to_owned()), "{body}");
        assert!(matches!(events.recv().await.unwrap(), IssuerEvent::Refused { .. }));
    }
    // Idempotent (11).
    for _ in 0..2 {
        let answer = world.http.post_json(&url, Some(&token), &accepted).await;
        assert_eq!((answer.status(), answer.text()), (204, String::new()));
        match events.recv().await.unwrap() {
            IssuerEvent::Notified { credential_configuration_id, notification, .. } => {
                assert_eq!((credential_configuration_id, notification), ("mdl", "credential_accepted"));
            }
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn bodies_are_bounded_and_a_stopped_issuer_is_gone() {
    let world = World::new(Side::Eu).await;
    let long = "x".repeat(300 * 1024);
    let answer = world.http.try_post_form(&world.url("/token"), &[("grant_type", &long)]).await;
    // The server does not wait for the rest, so the client may see the refusal or the end of the connection.
    assert!(answer.is_none_or(|answer| answer.status() == 413));
    let World { issuer, http: _, pki, _folder } = world;
    let url = issuer.url().to_owned();
    let address = url.trim_start_matches("https://").to_owned();
    assert!(std::net::TcpStream::connect(&address).is_ok());
    issuer.stop().await;
    assert!(std::net::TcpStream::connect(&address).is_err());
    drop(pki);
}
