//! Presents credentials to a verifier, step by step, so that each step can be spoiled.

use pilot::issuer::{Configuration, Issuer, IssuerOptions, OfferRequest, TxCode};
use pilot::pki::{Issued, Pki};
use serde_json::{Map, Value, json};
use wallet_core::credential::mdoc::{self, IssuerSigned, SessionTranscript, VerifiedMdoc};
use wallet_core::credential::path::ClaimLocation;
use wallet_core::credential::sd_jwt::{self, KeyBinding, Leniency, SdJwt, VerifiedSdJwt};
use wallet_core::crypto::p256::SecretKey;
use wallet_core::issue::sd_jwt::Builder;
use wallet_core::jose::jwe::{self, Enc};
use wallet_core::jose::jwk::{self, Jwk};
use wallet_core::jose::{base64url, jws::Jws};
use wallet_core::time::UnixTime;
use wallet_core::trust::status::StatusReference;
use wallet_core::trust::{Channel, ListName, PathProfile, Role, Side};

use super::holder;
use super::http::{Answer, Http};

/// A credential with its key.
pub(crate) enum Held {
    SdJwt(VerifiedSdJwt, SecretKey),
    Mdoc(VerifiedMdoc, SecretKey),
}

impl Held {
    /// Its place in a status list.
    pub(crate) fn place(&self) -> StatusReference {
        let place = match self {
            Self::SdJwt(credential, _) => {
                let jws = Jws::parse(credential.compact().split('~').next().unwrap(), "t").unwrap();
                let payload: Value = serde_json::from_slice(jws.unverified_payload()).unwrap();
                StatusReference::from_claims(payload.as_object().unwrap())
            }
            Self::Mdoc(mdoc, _) => StatusReference::from_mso(mdoc.status().unwrap()),
        };
        place.unwrap().unwrap()
    }
}

/// A Holder's pocket: everything that both issuers give, and the issuers, who publish the status of it.
pub(crate) struct Pocket {
    pub(crate) eu: Issuer,
    pub(crate) ca: Issuer,
    pub(crate) pid_sd_jwt: Held,
    pub(crate) pid_mdoc: Held,
    pub(crate) mdl: Held,
    pub(crate) person: Held,
}

impl Pocket {
    /// Filled by the issuers of this PKI.
    pub(crate) async fn fill(pki: &Pki, http: &Http) -> Self {
        let (mut held, mut issuers) = (Vec::new(), Vec::new());
        for side in [Side::Eu, Side::Ca] {
            let issuer = Issuer::start(IssuerOptions::new(side, pki.clone())).await.unwrap();
            let request = OfferRequest::new(Configuration::of(side)).with_tx_code(TxCode::None);
            let offer = issuer.offer(&request).unwrap();
            let code = holder::code_in(&holder::offer_in(&offer.link));
            let token = holder::token(http, issuer.url(), &code, None).await.json();
            let token = token["access_token"].as_str().unwrap();
            for configuration in Configuration::of(side) {
                let (copies, _) = holder::copies(http, issuer.url(), token, configuration.id(), 1).await;
                let (text, key) = copies.into_iter().next().unwrap();
                held.push(if text.contains('~') {
                    sd_jwt_of(pki, &text, key)
                } else {
                    mdoc_of(pki, &text, key)
                });
            }
            issuers.push(issuer);
        }
        let (mut held, mut issuers) = (held.into_iter(), issuers.into_iter());
        let (eu, ca) = (issuers.next().unwrap(), issuers.next().unwrap());
        let mut next = || held.next().unwrap();
        Self { eu, ca, pid_sd_jwt: next(), pid_mdoc: next(), mdl: next(), person: next() }
    }
}

/// A PID of the EU issuer's that names another place in a status list.
pub(crate) fn pid_placed_at(pki: &Pki, uri: &str, index: u64) -> Held {
    let status = StatusReference { uri: uri.to_owned(), index }.to_claim();
    let claims = json!({ "family_name": "Vandermeer", "nationalities": ["BE"], "status": status });
    pid_saying(pki, &claims)
}

/// A PID of the EU issuer's, with other claims.
pub(crate) fn pid_saying(pki: &Pki, claims: &Value) -> Held {
    let now = pilot::time::now();
    let signer = pki.signer(Issued::SdJwtSigner(Side::Eu), now).unwrap();
    let key = SecretKey::random().unwrap();
    let text = Builder::new("urn:eudi:pid:1", claims.as_object().unwrap().clone())
        .until(now.plus(86_400))
        .device_key(&key.public_key())
        .chain([signer.certificate.der()])
        .disclose_everything()
        .build()
        .unwrap()
        .sign(&signer.key);
    sd_jwt_of(pki, &text, key)
}

fn sd_jwt_of(pki: &Pki, text: &str, key: SecretKey) -> Held {
    let now = pilot::time::now();
    let anchors = pki.anchors(ListName::ALL, now).unwrap();
    let sd_jwt = SdJwt::parse(text).unwrap();
    let (profile, role) = (PathProfile::SdJwtIssuer, Role::Issuer);
    let trusted =
        anchors.authenticate(&sd_jwt.chain().unwrap(), profile, role, Channel::OpenId4Vci, now).unwrap();
    Held::SdJwt(sd_jwt.verify(&trusted, now, Leniency::default()).unwrap(), key)
}

fn mdoc_of(pki: &Pki, text: &str, key: SecretKey) -> Held {
    let now = pilot::time::now();
    let anchors = pki.anchors(ListName::ALL, now).unwrap();
    let bytes = base64url::decode(text, "t").unwrap();
    let mdoc = IssuerSigned::parse(&bytes).unwrap();
    let (profile, role) = (PathProfile::MdocIssuer, Role::Issuer);
    let trusted =
        anchors.authenticate(&mdoc.certificates().unwrap(), profile, role, Channel::OpenId4Vci, now).unwrap();
    Held::Mdoc(mdoc.verify(&trusted, now).unwrap(), key)
}

/// A request that was fetched, and what an answer is bound to.
#[derive(Clone)]
pub(crate) struct Conversation {
    /// The whole request.
    pub(crate) payload: Map<String, Value>,
    pub(crate) client_id: String,
    pub(crate) nonce: String,
    pub(crate) state: String,
    pub(crate) response_uri: String,
    /// The verifier's key; `None` when the answer is not encrypted.
    pub(crate) encryption_key: Option<Jwk>,
    /// What the key binding says about the time.
    pub(crate) issued_at: UnixTime,
    /// Signs in place of the credential's own key.
    pub(crate) other_key: Option<std::sync::Arc<SecretKey>>,
}

impl Conversation {
    /// Fetches the Request Object that a link refers to.
    pub(crate) async fn open(http: &Http, link: &str) -> Self {
        let answer = http.get(&holder::parameter(link, "request_uri")).await;
        assert_eq!(answer.status(), 200);
        let text = answer.text();
        let jws = Jws::parse(&text, "t").unwrap();
        let payload: Value = serde_json::from_slice(jws.unverified_payload()).unwrap();
        let text = |name: &str| payload[name].as_str().unwrap().to_owned();
        let key = payload["client_metadata"].pointer("/jwks/keys/0");
        Self {
            client_id: text("client_id"),
            nonce: text("nonce"),
            state: text("state"),
            response_uri: text("response_uri"),
            encryption_key: key.map(|key| Jwk::from_json(key).unwrap()),
            issued_at: pilot::time::now(),
            other_key: None,
            payload: payload.as_object().unwrap().clone(),
        }
    }

    /// A presentation of the claims at these places.
    pub(crate) fn present(&self, held: &Held, places: &[ClaimLocation]) -> String {
        match held {
            Held::SdJwt(credential, key) => {
                let (audience, nonce) = (&self.client_id, &self.nonce);
                let binding = KeyBinding { audience, nonce, issued_at: self.issued_at };
                let unsigned =
                    sd_jwt::prepare(credential.compact(), credential.layout(), places, &binding).unwrap();
                let signature = self.signs(key).sign(unsigned.to_sign());
                unsigned.finish(&signature)
            }
            Held::Mdoc(mdoc, key) => {
                let thumbprint = self.encryption_key.as_ref().map(|jwk| jwk::thumbprint(&jwk.key));
                let (client_id, nonce) = (&self.client_id, &self.nonce);
                let transcript =
                    SessionTranscript::openid4vp(client_id, nonce, thumbprint, &self.response_uri);
                let unsigned =
                    mdoc::prepare(mdoc.issuer_signed(), mdoc.layout(), places, &transcript).unwrap();
                let signature = self.signs(key).sign(unsigned.to_sign());
                base64url::encode(&unsigned.finish(&signature))
            }
        }
    }

    fn signs<'a>(&'a self, own: &'a SecretKey) -> &'a SecretKey {
        self.other_key.as_deref().unwrap_or(own)
    }

    /// Posts a `vp_token`, encrypted where the request asks for it.
    pub(crate) async fn answer(&self, http: &Http, vp_token: &Value) -> Answer {
        match &self.encryption_key {
            Some(key) => {
                let payload = json!({ "vp_token": vp_token, "state": self.state }).to_string();
                let response = jwe::encrypt(key, Enc::A256Gcm, payload.as_bytes()).unwrap();
                http.post_form(&self.response_uri, &[("response", &response)]).await
            }
            None => {
                let vp_token = vp_token.to_string();
                let fields = [("vp_token", vp_token.as_str()), ("state", &self.state)];
                http.post_form(&self.response_uri, &fields).await
            }
        }
    }
}

/// A place of keys.
pub(crate) fn at<const N: usize>(keys: [&str; N]) -> ClaimLocation {
    ClaimLocation::keys(keys)
}
