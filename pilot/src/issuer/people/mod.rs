//! The people to whom credentials are issued. All of them are invented, their portraits are drawn.

use std::sync::LazyLock;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use wallet_core::trust::Side;

use super::day::Day;

/// What a register knows about somebody, in no credential's terms.
#[derive(Deserialize)]
pub(super) struct Person {
    pub(super) given_name: String,
    pub(super) family_name: String,
    pub(super) birth_date: Day,
    pub(super) birth_country: String,
    pub(super) birth_region: String,
    pub(super) birth_locality: String,
    pub(super) birth_family_name: String,
    pub(super) nationalities: Vec<String>,
    /// By ISO/IEC 5218: 1 male, 2 female.
    pub(super) sex: i64,
    pub(super) street: String,
    pub(super) house_number: String,
    pub(super) postal_code: String,
    pub(super) locality: String,
    pub(super) region: String,
    pub(super) country: String,
    pub(super) email: String,
    pub(super) phone: String,
    pub(super) administrative_number: String,
    pub(super) document_number: String,
    pub(super) issuing_authority: String,
    pub(super) issuing_country: String,
    /// JPEG.
    #[serde(skip)]
    pub(super) portrait: &'static [u8],
}

#[derive(Deserialize)]
struct People {
    eu: Person,
    ca: Person,
}

static PEOPLE: LazyLock<Option<People>> = LazyLock::new(|| {
    let mut people: People = serde_json::from_str(include_str!("people.json")).ok()?;
    people.eu.portrait = include_bytes!("eu.jpg");
    people.ca.portrait = include_bytes!("ca.jpg");
    Some(people)
});

impl Person {
    /// Who goes to the issuer of this side. The file is part of the program, and a test reads it: there is somebody.
    pub(super) fn of(side: Side) -> Option<&'static Self> {
        PEOPLE.as_ref().map(|people| match side {
            Side::Eu => &people.eu,
            Side::Ca => &people.ca,
        })
    }

    /// Street and number, postal code and town, country.
    pub(super) fn full_address(&self) -> String {
        let Self { street, house_number, postal_code, locality, country, .. } = self;
        format!("{street} {house_number}, {postal_code} {locality}, {country}")
    }

    /// The portrait as JSON takes it (PID Rulebook: `picture`).
    pub(super) fn portrait_url(&self) -> String {
        format!("data:image/jpeg;base64,{}", STANDARD.encode(self.portrait))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_somebody_on_each_side() {
        for side in [Side::Eu, Side::Ca] {
            let person = Person::of(side).unwrap();
            assert!(
                person.portrait.starts_with(&[0xff, 0xd8, 0xff]) && person.portrait.ends_with(&[0xff, 0xd9])
            );
            // ISO 18013-5 and the PID Rulebook: at most 150 characters; the mDL's are of Latin-1.
            for text in [&person.given_name, &person.family_name, &person.full_address()] {
                assert!(text.chars().count() <= 150);
            }
            for name in [&person.given_name, &person.family_name] {
                assert!(name.chars().all(|c| u32::from(c) < 256));
            }
        }
    }
}
