//! An OpenID4VP verifier in memory. A test may change its Request Object before it is signed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use serde_json::{Map, Value, json};
use wallet_core::credential::mdoc::SessionTranscript;
use wallet_core::credential::sd_jwt;
use wallet_core::crypto::hash::sha256;
use wallet_core::crypto::p256::SecretKey;
use wallet_core::jose::{base64url, jwe, jwk, jws};
use wallet_core::platform::{HttpHeader, HttpResponse};
use wallet_core::trust::{Anchors, Channel, ListName, TrustAnchor};
use wallet_core::verify;

use super::World;
use super::network::{form, json_response};
use super::pki::{NOW, Pki, Signer};

/// A Request Object before its signature, open to every change.
pub struct Jar {
    pub header: Map<String, Value>,
    pub payload: Value,
    /// What the link says beside `request_uri`.
    pub outer_client_id: String,
    /// Signs; `None` is the verifier's own key.
    pub key: Option<SecretKey>,
}

/// How one request is asked.
#[derive(Clone)]
pub struct Asked {
    pub dcql: Value,
    pub response_mode: &'static str,
    pub prefix: &'static str,
    pub enc: Value,
}

impl Asked {
    pub fn new(dcql: Value) -> Self {
        Self {
            dcql,
            response_mode: "direct_post.jwt",
            prefix: "x509_hash",
            enc: json!(["A128GCM", "A256GCM"]),
        }
    }
}

type Sign = Arc<dyn Fn(&[u8]) -> wallet_core::crypto::p256::Signature + Send + Sync>;

pub struct Verifier {
    pub base: String,
    certificate: wallet_core::asn1::Certificate,
    sign: Sign,
    encryption: Arc<SecretKey>,
    /// The fields of each post.
    pub posts: Arc<Mutex<Vec<HashMap<String, String>>>>,
    answer: Arc<Mutex<HttpResponse>>,
    anchors: Anchors,
}

impl Verifier {
    pub fn eu(world: &World) -> Self {
        let pki = world.pki.clone();
        Self::new(world, &world.pki.eu_verifier, move |m| pki.eu_verifier.key.sign(m))
    }

    pub fn ca(world: &World) -> Self {
        let pki = world.pki.clone();
        Self::new(world, &world.pki.ca_verifier, move |m| pki.ca_verifier.key.sign(m))
    }

    fn new(
        world: &World,
        signer: &Signer,
        sign: impl Fn(&[u8]) -> wallet_core::crypto::p256::Signature + Send + Sync + 'static,
    ) -> Self {
        let verifier = Self {
            base: "https://verifier.example".into(),
            certificate: signer.certificate.clone(),
            sign: Arc::new(sign),
            encryption: Arc::new(SecretKey::random().unwrap()),
            posts: Arc::default(),
            answer: Arc::new(Mutex::new(json_response(&json!({})))),
            anchors: issuers(&world.pki),
        };
        let (posts, answer) = (verifier.posts.clone(), verifier.answer.clone());
        world.network.on(&format!("{}/response", verifier.base), move |request| {
            posts.lock().unwrap().push(form(request));
            Ok(answer.lock().unwrap().clone())
        });
        verifier
    }

    /// What it says to the next posts.
    pub fn answers(&self, response: HttpResponse) {
        *self.answer.lock().unwrap() = response;
    }

    /// A request with one change, served once at its `request_uri`; gives the link.
    pub fn request(&self, world: &World, asked: &Asked, change: impl FnOnce(&mut Jar)) -> String {
        let client_id = match asked.prefix {
            "x509_hash" => format!("x509_hash:{}", base64url::encode(&sha256(self.certificate.der()))),
            prefix => format!("{prefix}:verifier.example"),
        };
        let mut encryption = jwk::public_members(&self.encryption.public_key());
        encryption["kid"] = json!("enc-1");
        encryption["alg"] = json!("ECDH-ES");
        encryption["use"] = json!("enc");
        let x5c = {
            use base64::Engine;
            base64::engine::general_purpose::STANDARD.encode(self.certificate.der())
        };
        let mut jar = Jar {
            header: json!({ "typ": "oauth-authz-req+jwt", "x5c": [x5c] }).as_object().unwrap().clone(),
            payload: json!({
                "client_id": client_id,
                "aud": "https://self-issued.me/v2",
                "iat": NOW.0 - 5,
                "exp": NOW.0 + 300,
                "response_type": "vp_token",
                "response_mode": asked.response_mode,
                "response_uri": format!("{}/response?session=1", self.base),
                "nonce": "n-0S6_WzA2Mj",
                "state": "state~1",
                "dcql_query": asked.dcql,
                "client_metadata": {
                    "jwks": { "keys": [encryption] },
                    "encrypted_response_enc_values_supported": asked.enc,
                    "vp_formats_supported": {
                        "dc+sd-jwt": { "sd-jwt_alg_values": ["ES256"], "kb-jwt_alg_values": ["ES256"] },
                        "mso_mdoc": { "issuerauth_alg_values": [-7, -9], "deviceauth_alg_values": [-7, -9] },
                    },
                },
            }),
            outer_client_id: client_id,
            key: None,
        };
        change(&mut jar);
        let unsigned = jws::Unsigned::new(jar.header, &jar.payload);
        let signature = match &jar.key {
            Some(key) => key.sign(unsigned.signing_input()),
            None => (self.sign)(unsigned.signing_input()),
        };
        let compact = unsigned.finish(&signature);
        let request_uri = format!("{}/request", self.base);
        let served = Mutex::new(false);
        world.network.on(&request_uri, move |_| {
            // ACA-Py deletes the request after the first GET (canada.md 2.1): so does this verifier.
            if std::mem::replace(&mut *served.lock().unwrap(), true) {
                return Ok(super::network::status(404));
            }
            let headers = vec![HttpHeader {
                name: "Content-Type".into(),
                value: "application/oauth-authz-req+jwt".into(),
            }];
            Ok(HttpResponse { status: 200, headers, body: compact.clone().into_bytes() })
        });
        let mut link = url::Url::parse("openid4vp://").unwrap();
        link.query_pairs_mut()
            .append_pair("client_id", &jar.outer_client_id)
            .append_pair("request_uri", &request_uri);
        link.into()
    }

    /// The last post, decrypted and verified: the disclosed claims by query, and `state`.
    pub fn verified(&self, asked: &Asked) -> (HashMap<String, Vec<Value>>, Option<String>) {
        let fields = self.posts.lock().unwrap().last().unwrap().clone();
        let (vp_token, state) = match fields.get("response") {
            Some(response) => {
                let plain = jwe::decrypt(response, &self.encryption).unwrap();
                let payload: Value = serde_json::from_slice(&plain).unwrap();
                (payload["vp_token"].clone(), payload["state"].as_str().map(str::to_owned))
            }
            None => (serde_json::from_str(&fields["vp_token"]).unwrap(), fields.get("state").cloned()),
        };
        let encrypted = asked.response_mode == "direct_post.jwt";
        let mut out = HashMap::new();
        for (query, presentations) in vp_token.as_object().unwrap() {
            let claims = presentations
                .as_array()
                .unwrap()
                .iter()
                .map(|one| self.verify_one(one.as_str().unwrap(), asked, encrypted))
                .collect();
            out.insert(query.clone(), claims);
        }
        (out, state)
    }

    fn verify_one(&self, presentation: &str, asked: &Asked, encrypted: bool) -> Value {
        let client_id = match asked.prefix {
            "x509_hash" => format!("x509_hash:{}", base64url::encode(&sha256(self.certificate.der()))),
            prefix => format!("{prefix}:verifier.example"),
        };
        if presentation.contains('~') {
            let expected = verify::sd_jwt::Expected {
                audience: &client_id,
                nonce: "n-0S6_WzA2Mj",
                vct_values: &["urn:eudi:pid:1"],
                leniency: sd_jwt::Leniency::default(),
            };
            let verified =
                verify::sd_jwt::verify(presentation, &expected, &self.anchors, Channel::OpenId4Vp, NOW)
                    .unwrap();
            return verified.claims().clone();
        }
        let bytes = base64url::decode(presentation, "presentation").unwrap();
        let thumbprint = encrypted.then(|| jwk::thumbprint(&self.encryption.public_key()));
        let response_uri = format!("{}/response?session=1", self.base);
        let transcript = SessionTranscript::openid4vp(&client_id, "n-0S6_WzA2Mj", thumbprint, &response_uri);
        let verified =
            verify::mdoc::verify(&bytes, &transcript, &self.anchors, NOW, Channel::OpenId4Vp).unwrap();
        verified.mdoc().claims().clone()
    }
}

fn issuers(pki: &Pki) -> Anchors {
    [(ListName::EuIssuers, &pki.eu_issuers), (ListName::CaIssuers, &pki.ca_issuers)]
        .into_iter()
        .map(|(list, authority)| {
            TrustAnchor::new(list, authority.certificate.clone(), "verifier", NOW).unwrap()
        })
        .collect()
}
