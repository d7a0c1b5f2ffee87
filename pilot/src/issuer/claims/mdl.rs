//! The mobile driving licence of a Canadian province (ISO 18013-5 table 5, AAMVA mDL guidelines 1.2).

use wallet_core::issue::mdoc::{ElementValue, IssuerSignedBuilder};

use super::super::day::Day;
use super::super::people::Person;

/// Document type.
pub(in crate::issuer) const DOCTYPE: &str = "org.iso.18013.5.1.mDL";
/// ISO's name space.
pub(in crate::issuer) const ISO: &str = "org.iso.18013.5.1";
/// AAMVA's name space.
pub(in crate::issuer) const AAMVA: &str = "org.iso.18013.5.1.aamva";

/// Licences of British Columbia run from birthday to birthday.
const YEARS_SINCE_ISSUE: i64 = 2;
const YEARS_TO_EXPIRY: i64 = 3;

/// Adds the elements.
pub(in crate::issuer) fn elements(
    builder: IssuerSignedBuilder,
    person: &Person,
    today: Day,
) -> IssuerSignedBuilder {
    let age = person.birth_date.years_until(today);
    let birthday = person.birth_date.years_later(age);
    let (issued, expires) = (birthday.years_later(-YEARS_SINCE_ISSUE), birthday.years_later(YEARS_TO_EXPIRY));
    let text = |text: &String| ElementValue::Text(text.clone());
    let full_address = person.full_address();
    let iso = [
        ("family_name", text(&person.family_name)),
        ("given_name", text(&person.given_name)),
        ("birth_date", date(person.birth_date)),
        ("issue_date", date(issued)),
        ("expiry_date", date(expires)),
        ("issuing_country", "CA".into()),
        ("issuing_authority", text(&person.issuing_authority)),
        ("document_number", text(&person.document_number)),
        ("portrait", person.portrait.to_vec().into()),
        (
            "driving_privileges",
            vec![ElementValue::map([
                ("vehicle_category_code", "B".into()),
                ("issue_date", date(issued)),
                ("expiry_date", date(expires)),
            ])]
            .into(),
        ),
        ("un_distinguishing_sign", "CDN".into()),
        ("administrative_number", text(&person.administrative_number)),
        ("sex", person.sex.into()),
        ("height", 178.into()),
        ("weight", 74.into()),
        ("eye_colour", "green".into()),
        ("hair_colour", "brown".into()),
        ("birth_place", text(&person.birth_locality)),
        ("resident_address", text(&full_address)),
        ("age_in_years", age.into()),
        ("age_birth_year", person.birth_date.year().into()),
        ("age_over_18", (age >= 18).into()),
        ("age_over_19", (age >= 19).into()),
        ("age_over_21", (age >= 21).into()),
        ("issuing_jurisdiction", "CA-BC".into()),
        ("nationality", person.nationalities.first().map_or(String::new(), Clone::clone).as_str().into()),
        ("resident_city", text(&person.locality)),
        ("resident_state", text(&person.region)),
        ("resident_postal_code", text(&person.postal_code)),
        ("resident_country", text(&person.country)),
    ];
    let class = ElementValue::map([
        ("domestic_vehicle_class_code", "5".into()),
        ("domestic_vehicle_class_description", "Cars and light trucks".into()),
        ("issue_date", date(issued)),
        ("expiry_date", date(expires)),
    ]);
    let restriction = ElementValue::map([
        ("domestic_vehicle_restriction_code", "21".into()),
        ("domestic_vehicle_restriction_description", "Corrective lenses required".into()),
    ]);
    let aamva: [(&str, ElementValue); 6] = [
        (
            "domestic_driving_privileges",
            vec![ElementValue::map([
                ("domestic_vehicle_class", class),
                ("domestic_vehicle_restrictions", vec![restriction].into()),
            ])]
            .into(),
        ),
        ("sex", person.sex.into()),
        ("organ_donor", 1.into()),
        // N: the name is not shortened.
        ("family_name_truncation", "N".into()),
        ("given_name_truncation", "N".into()),
        ("aamva_version", 2.into()),
    ];
    let builder = iso.into_iter().fold(builder, |builder, (name, value)| builder.element(ISO, name, value));
    aamva.into_iter().fold(builder, |builder, (name, value)| builder.element(AAMVA, name, value))
}

fn date(day: Day) -> ElementValue {
    ElementValue::full_date(&day.to_string())
}
