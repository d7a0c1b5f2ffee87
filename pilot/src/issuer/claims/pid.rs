//! Person identification data of the EU (PID Rulebook 1.7), in both formats.

use serde_json::{Map, Value, json};
use wallet_core::issue::mdoc::{ElementValue, IssuerSignedBuilder};

use super::super::day::Day;
use super::super::people::Person;

/// Document type and name space of the mdoc (PID_04, PID_05).
pub(in crate::issuer) const DOCTYPE: &str = "eu.europa.ec.eudi.pid.1";
/// Type of the SD-JWT VC (PID_14).
pub(in crate::issuer) const VCT: &str = "urn:eudi:pid:1";

/// How many years person identification data is good for administratively; technically it is days.
const YEARS: i64 = 5;

/// The claims of the SD-JWT VC.
pub(in crate::issuer) fn claims(person: &Person, today: Day) -> Map<String, Value> {
    let claims = json!({
        "family_name": person.family_name,
        "given_name": person.given_name,
        "birthdate": person.birth_date.to_string(),
        "place_of_birth": {
            "country": person.birth_country,
            "region": person.birth_region,
            "locality": person.birth_locality,
        },
        "nationalities": person.nationalities,
        "picture": person.portrait_url(),
        "address": {
            "formatted": person.full_address(),
            "country": person.country,
            "region": person.region,
            "locality": person.locality,
            "postal_code": person.postal_code,
            "street_address": person.street,
            "house_number": person.house_number,
        },
        "personal_administrative_number": person.administrative_number,
        "birth_family_name": person.birth_family_name,
        "birth_given_name": person.given_name,
        "sex": person.sex,
        "email": person.email,
        "phone_number": person.phone,
        "issuing_authority": person.issuing_authority,
        "issuing_country": person.issuing_country,
        "date_of_expiry": today.years_later(YEARS).to_string(),
        "date_of_issuance": today.to_string(),
        "document_number": person.document_number,
    });
    match claims {
        Value::Object(claims) => claims,
        _ => Map::new(),
    }
}

/// Adds the elements of the mdoc.
pub(in crate::issuer) fn elements(
    builder: IssuerSignedBuilder,
    person: &Person,
    today: Day,
) -> IssuerSignedBuilder {
    let text = |text: &String| ElementValue::Text(text.clone());
    let nationality: Vec<_> = person.nationalities.iter().map(text).collect();
    let street = format!("{} {}", person.street, person.house_number);
    let elements = [
        ("family_name", text(&person.family_name)),
        ("given_name", text(&person.given_name)),
        ("birth_date", date(person.birth_date)),
        (
            "place_of_birth",
            ElementValue::map([
                ("country", text(&person.birth_country)),
                ("region", text(&person.birth_region)),
                ("locality", text(&person.birth_locality)),
            ]),
        ),
        ("nationality", nationality.into()),
        ("portrait", person.portrait.to_vec().into()),
        ("resident_address", text(&person.full_address())),
        ("resident_country", text(&person.country)),
        ("resident_state", text(&person.region)),
        ("resident_city", text(&person.locality)),
        ("resident_postal_code", text(&person.postal_code)),
        ("resident_street", text(&street)),
        ("personal_administrative_number", text(&person.administrative_number)),
        ("family_name_birth", text(&person.birth_family_name)),
        ("given_name_birth", text(&person.given_name)),
        ("sex", person.sex.into()),
        ("email_address", text(&person.email)),
        ("mobile_phone_number", text(&person.phone)),
        ("expiry_date", date(today.years_later(YEARS))),
        ("issuing_authority", text(&person.issuing_authority)),
        ("issuing_country", text(&person.issuing_country)),
        ("document_number", text(&person.document_number)),
        ("issuance_date", date(today)),
    ];
    elements.into_iter().fold(builder, |builder, (name, value)| builder.element(DOCTYPE, name, value))
}

fn date(day: Day) -> ElementValue {
    ElementValue::full_date(&day.to_string())
}
