//! The Person credential of a Canadian province, with the attributes that British Columbia's has
//! (bcgov/digital-trust-toolkit, `person-cred-doc.md`), as an SD-JWT VC.

use serde_json::{Map, Value, json};

use super::super::day::Day;
use super::super::people::Person;

/// Type.
pub(in crate::issuer) const VCT: &str = "urn:ca:bc:person:1";
/// How many years it is good for administratively.
const YEARS: i64 = 5;

/// The claims.
pub(in crate::issuer) fn claims(person: &Person, today: Day) -> Map<String, Value> {
    let claims = json!({
        "given_names": person.given_name,
        "family_name": person.family_name,
        "birthdate_dateint": person.birth_date.as_number(),
        "street_address": format!("{} {}", person.house_number, person.street),
        "locality": person.locality,
        "region": person.region,
        "postal_code": person.postal_code,
        "country": person.country,
        "picture": person.portrait_url(),
        "expiry_date_dateint": today.years_later(YEARS).as_number(),
    });
    match claims {
        Value::Object(claims) => claims,
        _ => Map::new(),
    }
}
