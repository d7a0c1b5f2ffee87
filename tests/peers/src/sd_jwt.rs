//! SD-JWT with Key Binding: 5 of 30 claims. Neither peer encrypts or checks a chain, so presenting takes one signature and
//! verifying two.

use serde_json::{Map, Value, json};

use crate::curve::{self, Curve};
use crate::key::Certificates;
use crate::older_curve::{self, OlderCurve};
use crate::table::{Table, Target};
use crate::turns::{Suite, Turns};
use crate::{sd_jwt_payload, sd_jwt_rs};

pub const AUDIENCE: &str = "https://verifier.example";
pub const NONCE: &str = "n-0S6_WzA2Mj";
pub const SHOWN: [&str; 5] = ["claim_03", "claim_08", "claim_11", "claim_19", "claim_28"];
const VERIFY_TWO: &str = "2 ES256 verify";

/// The names of the claims that can be left out.
pub fn names() -> impl Iterator<Item = String> {
    (0..30).map(|number| format!("claim_{number:02}"))
}

/// The claims, and what an issuer says besides.
pub fn claims() -> Map<String, Value> {
    let mut claims: Map<_, _> = names().map(|name| (name, json!("a value of common length"))).collect();
    claims.insert("iss".to_owned(), json!("https://issuer.example"));
    claims.insert("iat".to_owned(), json!(1_795_341_600));
    claims.insert("exp".to_owned(), json!(4_000_000_000_u64));
    claims.insert("vct".to_owned(), json!("urn:example:type"));
    claims
}

/// Measures both.
pub fn measure(suite: &mut Suite, table: &mut Table, certificates: &Certificates) {
    let (curve, older) = (Curve::new(), OlderCurve::new());
    let rs = sd_jwt_rs::Peer::new(&certificates.signer_key);
    let payload = sd_jwt_payload::Peer::new(&certificates.signer_key);
    let (from_rs, from_payload) = (rs.present(), payload.present());
    let turns = Turns::new("SD-JWT")
        .job(curve::SIGN, || curve.sign())
        .job(VERIFY_TWO, || (0..2).for_each(|_| curve.verify()))
        .job(older_curve::SIGN, || older.sign())
        .job(older_curve::VERIFY_TWO, || (0..2).for_each(|_| older.verify()))
        .job("sd-jwt-rs: present", || rs.present())
        .job("sd-jwt-rs: verify", || rs.verify(&from_rs))
        .job("sd-jwt-payload: present", || payload.present())
        .job("sd-jwt-payload: verify", || payload.verify(&from_payload));
    let medians = suite.run(turns);
    table.part("sd-jwt-rs 0.7 (its curve is ring's) and sd-jwt-payload 0.5: 5 of 30 claims, no portrait, not encrypted");
    table.line(&medians, "sd-jwt-rs: present", curve::SIGN, Target::None);
    table.line(&medians, "sd-jwt-rs: verify", VERIFY_TWO, Target::None);
    for floor in [curve::SIGN, older_curve::SIGN] {
        table.line(&medians, "sd-jwt-payload: present", floor, Target::None);
    }
    for floor in [VERIFY_TWO, older_curve::VERIFY_TWO] {
        table.line(&medians, "sd-jwt-payload: verify", floor, Target::None);
    }
}
