//! SD-JWT VCs of an issuer that signs whatever it is told to.
//!
//! The input is a text: the payload as JSON in the first line, a disclosure as JSON in each line after it. The text
//! `"#3"` stands for the digest of the third disclosure, in the payload and in disclosures before that one.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use wallet_core::crypto::hash::{HashAlg, sha256};
use wallet_core::jose::{base64url, jwk};

use super::sd_jwt::check_stored;
use crate::fixture::credentials::{VCT, verify_sd_jwt};
use crate::fixture::pki::PKI;
use crate::fixture::{NOW, device_key};
use crate::vectors::Vectors;

/// Disclosures that are looked at.
const DISCLOSURES: usize = 48;

/// Whatever the issuer signs is refused, or keeps the laws of what is stored.
pub fn run(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let compact = signed(text);
    if let Ok(verified) = verify_sd_jwt(&compact) {
        let hash = sha256(data);
        let picked = hash.first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes));
        check_stored(&compact, &verified, picked);
    }
}

/// The SD-JWT that the input describes.
fn signed(text: &str) -> String {
    let mut lines: Vec<String> = text.split('\n').take(DISCLOSURES + 1).map(str::to_owned).collect();
    let payload: Value = serde_json::from_str(&lines[0]).unwrap_or_default();
    let alg = payload.get("_sd_alg").and_then(Value::as_str).and_then(HashAlg::from_iana_name);
    let alg = alg.unwrap_or(HashAlg::Sha256);
    let mut disclosures = Vec::new();
    while lines.len() > 1 {
        let (number, line) = (lines.len() - 1, lines.pop().unwrap_or_default());
        let disclosure = base64url::encode(line.as_bytes());
        let digest = format!("\"{}\"", base64url::encode(&alg.digest(disclosure.as_bytes())));
        let name = format!("\"#{number}\"");
        for line in &mut lines {
            if line.contains(&name) {
                *line = line.replace(&name, &digest);
            }
        }
        disclosures.push(disclosure);
    }
    let signer = &PKI.eu_jwt_signer;
    let header =
        json!({ "alg": "ES256", "typ": "dc+sd-jwt", "x5c": [STANDARD.encode(signer.certificate.der())] });
    let mut out = base64url::encode(header.to_string().as_bytes());
    out.push('.');
    base64url::encode_into(lines[0].as_bytes(), &mut out);
    let signature = signer.key.sign(out.as_bytes());
    out.push('.');
    base64url::encode_into(&signature.to_raw(), &mut out);
    out.push('~');
    for disclosure in disclosures.iter().rev() {
        out.push_str(disclosure);
        out.push('~');
    }
    out
}

/// Payloads with every form of disclosure.
#[must_use]
pub fn seeds(_: &Vectors) -> Vec<Vec<u8>> {
    let with = |members: &Value| {
        let key = jwk::public_members(&device_key().public_key());
        let mut payload = json!({ "vct": VCT, "cnf": { "jwk": key }, "exp": NOW.0 + 86_400 });
        for (name, value) in members.as_object().expect("an object") {
            payload[name] = value.clone();
        }
        payload.to_string()
    };
    [
        with(&json!({ "_sd": ["#1", "#2"], "name": "plain" })) + "\n[\"s\",\"a\",1]\n[\"s\",\"b\",{\"c\":[1,2]}]",
        with(&json!({ "list": ["a", { "...": "#1" }, "b", { "...": "#2" }, { "...": "x" }], "_sd_alg": "sha-256" }))
            + "\n[\"s\",\"c\"]\n[\"s\",{\"d\":null}]",
        with(&json!({ "_sd": ["#1"], "_sd_alg": "sha-512" }))
            + "\n[\"s\",\"o\",{\"_sd\":[\"#2\",\"y\"],\"p\":[{\"...\":\"#3\"}]}]\n[\"s\",\"q\",true]\n[\"s\",[{\"...\":\"#4\"}]]\n[\"s\",2.5]",
        with(&json!({ "iss": "https://issuer.example", "iat": NOW.0, "nbf": NOW.0, "aka_vcts": ["x"], "status": {}, "empty": {}, "none": [] })),
        with(&json!({ "o": { "_sd": ["#1"] }, "_sd_alg": "sha-384", "address": { "_sd": ["#2"], "country": "FR" } }))
            + "\n[\"s\",\"e\",{}]\n[\"s\",\"f\",[]]",
    ]
    .map(String::into_bytes)
    .to_vec()
}
