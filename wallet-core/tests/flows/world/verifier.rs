//! An OpenID4VP verifier in memory. A test may change each of its requests, before its signature and after.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::{Map, Value, json};
use wallet_core::asn1::Certificate;
use wallet_core::credential::mdoc::SessionTranscript;
use wallet_core::credential::sd_jwt;
use wallet_core::crypto::hash::sha256;
use wallet_core::crypto::p256::SecretKey;
use wallet_core::jose::{base64url, jwe, jwk};
use wallet_core::platform::{HttpHeader, HttpResponse, PortError};
use wallet_core::trust::{Anchors, Channel, ListName, TrustAnchor};
use wallet_core::verify;

use super::World;
use super::network::{form, json_response, status};
use super::pki::{NOW, Pki, Signer, x5c};

/// What one request asks, and how.
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

    /// Elements of the PID as mdoc.
    pub fn pid_elements(elements: &[&str]) -> Self {
        let path = |element| json!({ "path": ["eu.europa.ec.eudi.pid.1", element] });
        let claims: Vec<Value> = elements.iter().map(path).collect();
        Self::new(json!({ "credentials": [{
            "id": "pid-mdoc", "format": "mso_mdoc", "meta": { "doctype_value": "eu.europa.ec.eudi.pid.1" },
            "claims": claims,
        }] }))
    }

    /// What both ask.
    pub fn and(mut self, other: &Self) -> Self {
        let mine = self.dcql["credentials"].as_array_mut().unwrap();
        mine.extend(other.dcql["credentials"].as_array().unwrap().iter().cloned());
        self
    }

    /// A claim of the PID as SD-JWT VC.
    pub fn family_name() -> Self {
        Self::new(json!({ "credentials": [{
            "id": "pid", "format": "dc+sd-jwt", "meta": { "vct_values": ["urn:eudi:pid:1"] },
            "claims": [{ "path": ["family_name"] }],
        }] }))
    }

    /// An age from the driver's licence, in the way of the CA-1 profile.
    pub fn age() -> Self {
        Self {
            prefix: "x509_san_dns",
            ..Self::new(json!({ "credentials": [{
                "id": "mdl", "format": "mso_mdoc", "meta": { "doctype_value": "org.iso.18013.5.1.mDL" },
                "claims": [{ "path": ["org.iso.18013.5.1", "age_over_19"] }],
            }] }))
        }
    }

    /// In this response mode.
    pub fn by(self, response_mode: &'static str) -> Self {
        Self { response_mode, ..self }
    }
}

/// A request on its way out, open to every change.
pub struct Jar {
    /// The JOSE header, `alg` included.
    pub header: Map<String, Value>,
    pub payload: Value,
    /// Text to sign in place of `payload`.
    pub payload_text: Option<String>,
    /// Who signs.
    pub signer: Signer,
    /// Changes the compact JWS.
    pub tamper: fn(String) -> String,
    /// `client_id` in the link.
    pub outer_client_id: String,
    pub request_uri: String,
    /// Whether the JWS is in the link, and not at `request_uri`.
    pub by_value: bool,
    /// Changes the link.
    pub relink: fn(String) -> String,
    /// What `request_uri` answers in place of the JWS.
    pub served: Option<Result<HttpResponse, PortError>>,
}

impl Jar {
    /// Sets a parameter.
    pub fn set(&mut self, name: &str, value: impl Into<Value>) {
        self.payload[name] = value.into();
    }

    /// Leaves a parameter out.
    pub fn without(&mut self, name: &str) {
        self.payload.as_object_mut().unwrap().remove(name).unwrap();
    }

    /// Names this client, inside and outside.
    pub fn client_id(&mut self, client_id: &str) {
        self.set("client_id", client_id);
        self.outer_client_id = client_id.to_owned();
    }

    /// Signed by somebody else, with these authorities in `x5c`; `x509_hash` goes with it.
    pub fn signed_by(&mut self, signer: &Signer, authorities: &[&Certificate]) {
        self.header.insert("x5c".into(), x5c([&signer.certificate].into_iter().chain(authorities.to_vec())));
        self.signer = signer.clone();
        if self.outer_client_id.starts_with("x509_hash:") {
            self.client_id(&hash_of(&signer.certificate));
        }
    }

    /// The encryption key in `client_metadata`.
    pub fn jwk(&mut self) -> &mut Value {
        &mut self.payload["client_metadata"]["jwks"]["keys"][0]
    }

    /// The request as it is sent.
    pub fn compact(&self) -> String {
        let payload = self.payload_text.clone().unwrap_or_else(|| self.payload.to_string());
        let mut compact = base64url::encode(Value::Object(self.header.clone()).to_string().as_bytes());
        compact.push('.');
        compact.push_str(&base64url::encode(payload.as_bytes()));
        let signature = self.signer.key.sign(compact.as_bytes());
        compact.push('.');
        compact.push_str(&base64url::encode(&signature.to_raw()));
        (self.tamper)(compact)
    }

    fn link(&self) -> String {
        let mut link = url::Url::parse("openid4vp://").unwrap();
        link.query_pairs_mut().append_pair("client_id", &self.outer_client_id);
        if self.by_value {
            link.query_pairs_mut().append_pair("request", &self.compact());
        } else {
            link.query_pairs_mut().append_pair("request_uri", &self.request_uri);
        }
        (self.relink)(link.into())
    }
}

fn hash_of(certificate: &Certificate) -> String {
    format!("x509_hash:{}", base64url::encode(&sha256(certificate.der())))
}

pub const NONCE: &str = "n-0S6_WzA2Mj";
pub const STATE: &str = "state~1 é\u{1f600}\"\\";

type Posts = Arc<Mutex<Vec<HashMap<String, String>>>>;

pub struct Verifier {
    pub base: String,
    host: String,
    pub signer: Signer,
    encryption: Arc<SecretKey>,
    /// The fields of each post.
    posts: Posts,
    answer: Arc<Mutex<Result<HttpResponse, PortError>>>,
    requests: AtomicUsize,
    anchors: Anchors,
}

impl Verifier {
    /// A bank that the EU's list of verifiers vouches for.
    pub fn eu(world: &World) -> Self {
        Self::new(world, "verifier.example", &world.pki.eu_verifier)
    }

    /// A shop that Canada's list of verifiers vouches for.
    pub fn ca(world: &World) -> Self {
        Self::new(world, "store.example", &world.pki.ca_verifier)
    }

    pub fn new(world: &World, host: &str, signer: &Signer) -> Self {
        let verifier = Self {
            base: format!("https://{host}"),
            host: host.to_owned(),
            signer: signer.clone(),
            encryption: Arc::new(SecretKey::random().unwrap()),
            posts: Arc::default(),
            answer: Arc::new(Mutex::new(Ok(json_response(&json!({}))))),
            requests: AtomicUsize::new(0),
            anchors: issuers(&world.pki),
        };
        let (posts, answer) = (verifier.posts.clone(), verifier.answer.clone());
        world.network.on(&verifier.response_uri(), move |request| {
            // A connection that was never made brings nothing.
            let answer = answer.lock().unwrap().clone();
            if !matches!(answer, Err(PortError::Unreachable | PortError::Tls)) {
                posts.lock().unwrap().push(form(request));
            }
            answer
        });
        verifier
    }

    pub fn response_uri(&self) -> String {
        format!("{}/response?session=1", self.base)
    }

    /// What it says to the next posts.
    pub fn answers(&self, answer: Result<HttpResponse, PortError>) {
        *self.answer.lock().unwrap() = answer;
    }

    /// The fields of each post so far.
    pub fn posts(&self) -> Vec<HashMap<String, String>> {
        self.posts.lock().unwrap().clone()
    }

    /// A request with one change, served once at its `request_uri`; gives the link.
    pub fn request(&self, world: &World, asked: &Asked, change: impl FnOnce(&mut Jar)) -> String {
        let client_id = self.client_id(asked);
        let mut encryption = jwk::public_members(&self.encryption.public_key());
        encryption["kid"] = json!("enc-1");
        encryption["alg"] = json!("ECDH-ES");
        encryption["use"] = json!("enc");
        let number = self.requests.fetch_add(1, Ordering::SeqCst);
        let header =
            json!({ "alg": "ES256", "typ": "oauth-authz-req+jwt", "x5c": x5c([&self.signer.certificate]) });
        let mut jar = Jar {
            header: header.as_object().unwrap().clone(),
            payload: json!({
                "client_id": client_id,
                "aud": "https://self-issued.me/v2",
                "iat": NOW.0 - 5,
                "exp": NOW.0 + 300,
                "response_type": "vp_token",
                "response_mode": asked.response_mode,
                "response_uri": self.response_uri(),
                "nonce": NONCE,
                "state": STATE,
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
            payload_text: None,
            signer: self.signer.clone(),
            tamper: |compact| compact,
            outer_client_id: client_id,
            request_uri: format!("{}/request/{number}", self.base),
            by_value: false,
            relink: |link| link,
            served: None,
        };
        change(&mut jar);
        let link = jar.link();
        let answer = jar.served.take().unwrap_or_else(|| {
            let content_type = "application/oauth-authz-req+jwt".into();
            let headers = vec![HttpHeader { name: "Content-Type".into(), value: content_type }];
            Ok(HttpResponse { status: 200, headers, body: jar.compact().into_bytes() })
        });
        let served = AtomicBool::new(false);
        world.network.on(&jar.request_uri, move |_| {
            // ACA-Py deletes the request after the first GET (canada.md 2.1): so does this verifier.
            if served.swap(true, Ordering::SeqCst) { Ok(status(404)) } else { answer.clone() }
        });
        link
    }

    /// How it names itself.
    pub fn client_id(&self, asked: &Asked) -> String {
        match asked.prefix {
            "x509_hash" => hash_of(&self.signer.certificate),
            prefix => format!("{prefix}:{}", self.host),
        }
    }

    /// The last post, decrypted and verified: the disclosed claims by query, and `state`.
    pub fn verified(&self, asked: &Asked) -> (HashMap<String, Vec<Value>>, Option<String>) {
        let fields = self.posts().pop().unwrap();
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
            let presentations = presentations.as_array().unwrap().iter();
            let claims = presentations.map(|one| self.verify_one(one.as_str().unwrap(), asked, encrypted));
            out.insert(query.clone(), claims.collect());
        }
        (out, state)
    }

    fn verify_one(&self, presentation: &str, asked: &Asked, encrypted: bool) -> Value {
        let client_id = self.client_id(asked);
        if presentation.contains('~') {
            let expected = verify::sd_jwt::Expected {
                audience: &client_id,
                nonce: NONCE,
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
        let transcript = SessionTranscript::openid4vp(&client_id, NONCE, thumbprint, &self.response_uri());
        let verified =
            verify::mdoc::verify(&bytes, &transcript, &self.anchors, Channel::OpenId4Vp, NOW).unwrap();
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
