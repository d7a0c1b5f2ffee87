//! What is stored when much is stored: five mdocs and five SD-JWTs of each pair of types, and a query that asks for the
//! first pair. The answer is the same however many other types are there.

use serde_json::{Value, json};
use wallet_core::credential::{CredentialId, Format};

use crate::credentials::{self, NAME_SPACE, Portrait};
use crate::fixtures::Request;
use crate::world::{Issuer, Pki};

/// How many credentials there are of each type.
const OF_EACH_TYPE: usize = 5;
/// What the query's answer takes: all of the first two types.
pub const FEW: usize = 2 * OF_EACH_TYPE;

fn doc_type(pair: usize) -> String {
    format!("org.example.type.{pair}")
}

fn vct(pair: usize) -> String {
    format!("urn:example:type:{pair}")
}

/// Five claims of the first type, and five of the second.
pub fn query() -> Value {
    let numbers = [3, 8, 11, 19, 28];
    let elements = numbers.map(|number| json!({ "path": [NAME_SPACE, format!("element_{number:02}")] }));
    let claims = numbers.map(|number| json!({ "path": [format!("claim_{number:02}")] }));
    json!({ "credentials": [
        { "id": "mdoc", "format": "mso_mdoc", "meta": { "doctype_value": doc_type(0) }, "claims": elements },
        { "id": "sd-jwt", "format": "dc+sd-jwt", "meta": { "vct_values": [vct(0)] }, "claims": claims },
    ] })
}

/// The summaries of so many credentials, as the vault decrypts them.
pub fn summaries(pki: &Pki, request: &Request, count: usize) -> Vec<Vec<u8>> {
    let device = &request.recipient.key;
    let mut summaries = Vec::with_capacity(count);
    for pair in 0..count / FEW {
        let mdoc = credentials::mdoc(pki, &doc_type(pair), Portrait::None, device);
        let sd_jwt = credentials::sd_jwt(pki, &vct(pair), Portrait::None, device);
        for (format, bytes) in [(Format::MsoMdoc, mdoc), (Format::DcSdJwt, sd_jwt.into_bytes())] {
            let verified = request.verified(format, &bytes);
            for _ in 0..OF_EACH_TYPE {
                let mut id = [0; 16];
                getrandom::fill(&mut id).unwrap();
                summaries.push(minicbor::to_vec(verified.summary(CredentialId(id))).unwrap());
            }
        }
    }
    summaries
}

/// The issuers whose offers, each accepted once, leave so many credentials in a wallet: one of each format from each,
/// in one copy.
pub fn issuers(count: usize) -> impl Iterator<Item = Issuer> {
    (0..count / 2).map(|number| issuer(number / OF_EACH_TYPE))
}

fn issuer(pair: usize) -> Issuer {
    Issuer::eu()
        .making("pid-mdoc", move |pki, key| credentials::mdoc(pki, &doc_type(pair), Portrait::None, key))
        .making("pid-sd-jwt", move |pki, key| {
            credentials::sd_jwt(pki, &vct(pair), Portrait::None, key).into_bytes()
        })
        .changing("metadata", move |reply| {
            reply.without("batch_credential_issuance");
            let configurations = &mut reply.json["credential_configurations_supported"];
            configurations["pid-mdoc"]["doctype"] = doc_type(pair).into();
            configurations["pid-sd-jwt"]["vct"] = vct(pair).into();
        })
}
