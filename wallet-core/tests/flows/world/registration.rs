//! What a verifier shows to say what it is registered to ask for.

use serde_json::{Map, Value, json};
use wallet_core::jose::jws::Unsigned;

use super::pki::{NOW, Pki, REGISTERED, Signer, x5c};
use super::verifier::Jar;

/// The bank's registration for the family name in the PID, with one change, signed by the registrar.
pub fn registration(pki: &Pki, change: impl FnOnce(&mut Value)) -> String {
    registration_by(&pki.eu_registrar, change)
}

/// The same, signed by somebody else.
pub fn registration_by(signer: &Signer, change: impl FnOnce(&mut Value)) -> String {
    let mut payload = json!({
        "sub": REGISTERED,
        "name": "Example Bank",
        "purpose": [
            { "lang": "en", "value": "Opening an account" },
            { "lang": "fr", "value": "Ouverture d’un compte" },
        ],
        "privacy_policy": "https://verifier.example/privacy",
        "support_uri": "https://verifier.example/support",
        "registry_uri": "https://register.example/",
        "intended_use_id": "use-1",
        "supervisory_authority": { "email": "contact@dpa.example" },
        "credentials": [
            {
                "format": "dc+sd-jwt",
                "meta": { "vct_values": ["urn:eudi:pid:1"] },
                "claim": [{ "path": ["family_name"] }],
            },
            {
                "format": "mso_mdoc",
                "meta": { "doctype_value": "eu.europa.ec.eudi.pid.1" },
                "claim": [{ "path": ["eu.europa.ec.eudi.pid.1", "family_name"] }],
            },
        ],
        "iat": NOW.0 - 1000,
        "exp": NOW.0 + 1000,
        "status": { "status_list": { "idx": 7, "uri": "https://register.example/status" } },
    });
    change(&mut payload);
    let header = json!({ "typ": "rc-wrp+jwt", "x5c": x5c([&signer.certificate]) });
    let header: Map<String, Value> = header.as_object().unwrap().clone();
    let unsigned = Unsigned::new(header, &payload);
    let signature = signer.key.sign(unsigned.signing_input());
    unsigned.finish(&signature)
}

impl Jar {
    /// Shows these registration certificates.
    pub fn registered_by(&mut self, certificates: &[String]) {
        let entry = |data: &String| json!({ "format": "registration_cert", "data": data });
        self.set("verifier_info", Value::from(certificates.iter().map(entry).collect::<Vec<_>>()));
    }
}
