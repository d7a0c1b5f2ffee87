//! An OpenID4VCI issuer in memory. A test may change each of its answers, and how it makes its credentials.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use wallet_core::credential::mdoc::ValidityInfo;
use wallet_core::crypto::p256::PublicKey;
use wallet_core::issue::mdoc::{ElementValue, IssuerSignedBuilder};
use wallet_core::issue::sd_jwt::Builder;
use wallet_core::jose::jws::Jws;
use wallet_core::jose::{base64url, jwk::Jwk};
use wallet_core::platform::{HttpResponse, PortError};
use wallet_core::time::UnixTime;

use super::World;
use super::network::{form, json_response, status};
use super::pki::{NOW, Pki};

pub const PRE_AUTHORIZED: &str = "urn:ietf:params:oauth:grant-type:pre-authorized_code";

/// One answer of the issuer on its way out.
pub struct Reply {
    pub status: u16,
    pub json: Value,
    /// What comes in place of an answer.
    pub failure: Option<PortError>,
    /// What comes in place of `json`.
    pub body: Option<Vec<u8>>,
}

impl Reply {
    /// Refuses with an OAuth error.
    pub fn refuse(&mut self, status: u16, error: &str) {
        self.status = status;
        self.json = json!({ "error": error });
    }

    /// Leaves a member out.
    pub fn without(&mut self, name: &str) {
        self.json.as_object_mut().unwrap().remove(name).unwrap();
    }

    fn finish(self) -> Result<HttpResponse, PortError> {
        let mut response = json_response(&self.json);
        response.status = self.status;
        response.body = self.body.unwrap_or(response.body);
        self.failure.map_or(Ok(response), Err)
    }
}

type Change = Arc<dyn Fn(&mut Reply) + Send + Sync>;
/// Makes a credential for a key: the text of an SD-JWT, or the bytes of an IssuerSigned.
type Make = Arc<dyn Fn(&Pki, &PublicKey) -> Vec<u8> + Send + Sync>;

#[derive(Clone)]
pub struct Issuer {
    pub base: String,
    configurations: Vec<(String, Value, Make)>,
    changes: HashMap<&'static str, Change>,
    /// The proofs of every credential request.
    pub proofs: Arc<Mutex<Vec<Vec<String>>>>,
    /// The events of every notification.
    notified: Arc<Mutex<Vec<String>>>,
}

impl Issuer {
    fn new(base: &str, configurations: Vec<(String, Value, Make)>) -> Self {
        let changes = HashMap::new();
        let (base, proofs, notified) = (base.to_owned(), Arc::default(), Arc::default());
        Self { base, configurations, changes, proofs, notified }
    }

    /// The PID in both formats.
    pub fn eu() -> Self {
        let sd_jwt = configuration("dc+sd-jwt", "vct", "urn:eudi:pid:1");
        let mdoc = configuration("mso_mdoc", "doctype", "eu.europa.ec.eudi.pid.1");
        Self::new(
            "https://issuer.example",
            vec![
                ("pid-sd-jwt".into(), sd_jwt, Arc::new(|pki, key| eu_pid(pki, key).into_bytes())),
                ("pid-mdoc".into(), mdoc, Arc::new(eu_pid_mdoc)),
            ],
        )
    }

    /// The driver's licence of British Columbia.
    pub fn ca() -> Self {
        let mdl_configuration = configuration("mso_mdoc", "doctype", "org.iso.18013.5.1.mDL");
        Self::new("https://icbc.example/bc", vec![("mdl".into(), mdl_configuration, Arc::new(mdl))])
    }

    /// Replaces how one configuration is made.
    pub fn making(
        mut self,
        id: &str,
        make: impl Fn(&Pki, &PublicKey) -> Vec<u8> + Send + Sync + 'static,
    ) -> Self {
        self.configurations.iter_mut().find(|(known, _, _)| known == id).unwrap().2 = Arc::new(make);
        self
    }

    /// Changes one of its answers: `offer`, `metadata`, `server`, `token`, `nonce`, `credential`, `notification`.
    pub fn changing(
        mut self,
        answer: &'static str,
        change: impl Fn(&mut Reply) + Send + Sync + 'static,
    ) -> Self {
        self.changes.insert(answer, Arc::new(change));
        self
    }

    /// Changes what its metadata says of one configuration.
    pub fn configured(self, id: &'static str, change: impl Fn(&mut Value) + Send + Sync + 'static) -> Self {
        self.changing("metadata", move |reply| {
            change(&mut reply.json["credential_configurations_supported"][id]);
        })
    }

    /// Allows each copy to be shown once only (EU-54, method A).
    pub fn once_only(self) -> Self {
        self.reuse(&json!({ "details": ["once_only"], "batch_size": 3 }))
    }

    /// Sets a policy of how often a copy may be shown (EU-54).
    pub fn reuse(mut self, option: &Value) -> Self {
        for (_, configuration, _) in &mut self.configurations {
            configuration["credential_metadata"]["credential_reuse_policy"] =
                json!({ "id": "arf_annex_ii", "options": [option] });
        }
        self
    }

    /// The events of every notification so far.
    pub fn notified(&self) -> Vec<String> {
        self.notified.lock().unwrap().clone()
    }

    /// Puts it on the network and gives the link of an offer.
    pub fn offer(&self, world: &World) -> String {
        self.serve(world);
        let ids: Vec<&String> = self.configurations.iter().map(|(id, _, _)| id).collect();
        let offer = json!({
            "credential_issuer": self.base,
            "credential_configuration_ids": ids,
            "grants": { PRE_AUTHORIZED: {
                "pre-authorized_code": "the-code",
                "tx_code": { "length": 4, "input_mode": "numeric" },
            } },
        });
        let mut link = url::Url::parse("openid-credential-offer://").unwrap();
        let offer = self.reply("offer", offer).json.to_string();
        link.query_pairs_mut().append_pair("credential_offer", &offer);
        link.into()
    }

    /// An answer with its change.
    fn reply(&self, answer: &str, json: Value) -> Reply {
        let mut reply = Reply { status: 200, json, failure: None, body: None };
        if let Some(change) = self.changes.get(answer) {
            change(&mut reply);
        }
        reply
    }

    fn serve(&self, world: &World) {
        let base = &self.base;
        let parsed = url::Url::parse(base).unwrap();
        let origin = format!("{}://{}", parsed.scheme(), parsed.host_str().unwrap());
        let well_known =
            |name: &str| format!("{origin}/.well-known/{name}{}", parsed.path().trim_end_matches('/'));
        let configurations: serde_json::Map<String, Value> =
            self.configurations.iter().map(|(id, value, _)| (id.clone(), value.clone())).collect();
        let metadata = json!({
            "credential_issuer": base,
            "credential_endpoint": format!("{base}/credential"),
            "nonce_endpoint": format!("{base}/nonce"),
            "notification_endpoint": format!("{base}/notification"),
            "batch_credential_issuance": { "batch_size": 3 },
            "display": [{ "name": "Test Issuer", "locale": "en" }, { "name": "Émetteur", "locale": "fr" }],
            "credential_configurations_supported": configurations,
        });
        self.answer(world, &well_known("openid-credential-issuer"), "metadata", metadata);
        let server = json!({ "issuer": base, "token_endpoint": format!("{base}/token") });
        self.answer(world, &well_known("oauth-authorization-server"), "server", server);
        self.answer(world, &format!("{base}/nonce"), "nonce", json!({ "c_nonce": "nonce-1" }));

        let issuer = self.clone();
        world.network.on(&format!("{base}/token"), move |request| {
            let fields = form(request);
            let given = |name: &str| fields.get(name).map(String::as_str);
            if given("pre-authorized_code") != Some("the-code") || given("tx_code") != Some("1234") {
                let mut refused = json_response(&json!({ "error": "invalid_grant" }));
                refused.status = 400;
                return Ok(refused);
            }
            issuer.reply("token", json!({ "access_token": "token-1", "token_type": "Bearer" })).finish()
        });

        let issuer = self.clone();
        world.network.on(&format!("{base}/notification"), move |request| {
            let body: Value = serde_json::from_slice(&request.body).unwrap();
            issuer.notified.lock().unwrap().push(body["event"].as_str().unwrap().to_owned());
            match issuer.reply("notification", json!({})).failure {
                Some(failure) => Err(failure),
                None => Ok(status(204)),
            }
        });

        let (issuer, pki) = (self.clone(), world.pki.clone());
        world.network.on(&format!("{base}/credential"), move |request| {
            let body: Value = serde_json::from_slice(&request.body).unwrap();
            let id = body["credential_configuration_id"].as_str().unwrap();
            let proofs = body["proofs"]["jwt"].as_array().unwrap().iter();
            let proofs: Vec<String> = proofs.map(|proof| proof.as_str().unwrap().to_owned()).collect();
            let (_, configuration, make) =
                issuer.configurations.iter().find(|(known, _, _)| known == id).unwrap();
            let credential = |proof: &String| {
                let bytes = make(&pki, &issuer.check_proof(proof));
                let text = match configuration["format"].as_str() {
                    Some("mso_mdoc") => base64url::encode(&bytes),
                    _ => String::from_utf8(bytes).unwrap(),
                };
                json!({ "credential": text })
            };
            let credentials: Vec<Value> = proofs.iter().map(credential).collect();
            issuer.proofs.lock().unwrap().push(proofs);
            let answer = json!({ "credentials": credentials, "notification_id": format!("n-{id}") });
            issuer.reply("credential", answer).finish()
        });
    }

    fn answer(&self, world: &World, url: &str, name: &'static str, value: Value) {
        let issuer = self.clone();
        world.network.on(url, move |_| issuer.reply(name, value.clone()).finish());
    }

    /// EU-53: what an issuer checks of a proof.
    fn check_proof(&self, proof: &str) -> PublicKey {
        let jws = Jws::parse(proof, "proof").unwrap();
        assert_eq!(jws.header_text("typ"), Some("openid4vci-proof+jwt"));
        let key = Jwk::from_json(&jws.header["jwk"]).unwrap().key;
        let payload: Value = serde_json::from_slice(jws.verify(&key).unwrap()).unwrap();
        assert_eq!(payload["aud"], json!(self.base));
        assert_eq!(payload["nonce"], json!("nonce-1"));
        assert!(payload["iat"].as_i64().unwrap() >= NOW.0);
        key
    }
}

fn configuration(format: &str, type_member: &str, type_id: &str) -> Value {
    json!({
        "format": format,
        type_member: type_id,
        "cryptographic_binding_methods_supported": ["jwk", "cose_key"],
        "proof_types_supported": { "jwt": { "proof_signing_alg_values_supported": ["ES256"] } },
        "credential_metadata": { "display": [{ "name": "PID", "locale": "en" }] },
    })
}

pub fn validity() -> ValidityInfo {
    ValidityInfo {
        signed: UnixTime(NOW.0 - 3_600),
        valid_from: UnixTime(NOW.0 - 3_600),
        valid_until: UnixTime(NOW.0 + 14 * 86_400),
        expected_update: None,
    }
}

pub fn pid_claims() -> Value {
    json!({
        "family_name": "Dubois",
        "given_name": "Élodie",
        "birthdate": "1990-05-17",
        "nationalities": ["FR", "DE"],
        "address": { "locality": "Lyon", "postal_code": "69001", "country": "FR" },
        "sex": 2,
    })
}

/// A correct PID as SD-JWT VC.
pub fn eu_pid(pki: &Pki, key: &PublicKey) -> String {
    pid_builder(pki, key).build().unwrap().sign(&pki.eu_jwt_signer.key)
}

pub fn pid_builder(pki: &Pki, key: &PublicKey) -> Builder {
    Builder::new("urn:eudi:pid:1", pid_claims().as_object().unwrap().clone())
        .issuer("https://issuer.example")
        .issued_at(UnixTime(NOW.0 - 3_600))
        .until(UnixTime(NOW.0 + 14 * 86_400))
        .device_key(key)
        .chain([pki.eu_jwt_signer.certificate.der()])
        .disclose_everything()
        .decoys(2)
}

/// A correct PID as mdoc.
pub fn eu_pid_mdoc(pki: &Pki, key: &PublicKey) -> Vec<u8> {
    pid_mdoc_builder(key)
        .sign(&pki.eu_document_signer.key, &[pki.eu_document_signer.certificate.der()])
        .unwrap()
}

pub fn pid_mdoc_builder(key: &PublicKey) -> IssuerSignedBuilder {
    pid_mdoc_of("eu.europa.ec.eudi.pid.1", validity(), key)
}

pub fn pid_mdoc_of(doc_type: &str, validity: ValidityInfo, key: &PublicKey) -> IssuerSignedBuilder {
    const SPACE: &str = "eu.europa.ec.eudi.pid.1";
    IssuerSignedBuilder::new(doc_type, validity, key)
        .element(SPACE, "family_name", ElementValue::Text("Dubois".into()))
        .element(SPACE, "given_name", ElementValue::Text("Élodie".into()))
        .element(SPACE, "birth_date", ElementValue::full_date("1990-05-17"))
        .element(SPACE, "issuing_country", ElementValue::Text("FR".into()))
        .element(SPACE, "portrait", ElementValue::Bytes(vec![0xff, 0xd8, 0xff, 0xd9]))
}

/// A correct mDL of British Columbia.
pub fn mdl(pki: &Pki, key: &PublicKey) -> Vec<u8> {
    mdl_builder(key).sign(&pki.ca_document_signer.key, &[pki.ca_document_signer.certificate.der()]).unwrap()
}

pub fn mdl_builder(key: &PublicKey) -> IssuerSignedBuilder {
    const SPACE: &str = "org.iso.18013.5.1";
    IssuerSignedBuilder::new("org.iso.18013.5.1.mDL", validity(), key)
        .element(SPACE, "family_name", ElementValue::Text("Tremblay".into()))
        .element(SPACE, "given_name", ElementValue::Text("Noël".into()))
        .element(SPACE, "birth_date", ElementValue::full_date("1990-05-17"))
        .element(SPACE, "age_over_18", ElementValue::Bool(true))
        .element(SPACE, "age_over_19", ElementValue::Bool(true))
        .element(SPACE, "issuing_country", ElementValue::Text("CA".into()))
        .element(SPACE, "issuing_jurisdiction", ElementValue::Text("CA-BC".into()))
        .element("org.iso.18013.5.1.aamva", "organ_donor", ElementValue::Int(1))
}
