//! What a claim and a credential are called.

use super::catalogue::fill;
use super::foreign;
use super::locale::Locale;
use super::place::Place;
use crate::credential::path::ClaimLocation;

/// What a claim is called: `Date of birth`, `You are 19 or older`, `Nationality 2`. A claim that the core does not know
/// gets its technical name, written as words.
///
/// `type_id` is the mdoc's document type or the SD-JWT's `vct`.
#[must_use]
pub fn claim_label(type_id: &str, location: &ClaimLocation, locale: &str) -> String {
    let locale = Locale::of(locale);
    let place = Place::of(type_id, location);
    let label = path_label(&place, place.names(), locale);
    match place.number() {
        Some(number) => {
            let arguments = [("label", label.as_str()), ("number", &number.to_string())];
            fill(locale.own("format.numbered"), &arguments)
        }
        None => label,
    }
}

/// What a member is called next to its siblings, where what they belong to is already said.
pub(super) fn member_label(place: &Place<'_>, locale: Locale) -> String {
    known_label(place, place.names(), locale).unwrap_or_else(|| name_label(place, place.name(), locale))
}

/// What a credential of this type is called, for an issuer that gives it no name of its own.
#[must_use]
pub fn credential_label(type_id: &str, locale: &str) -> String {
    let locale = Locale::of(locale);
    if let Some(label) = locale.text(&format!("credential.{type_id}")) {
        return label.to_owned();
    }
    // `urn:eudi:pid:de:1`: a domestic type that extends `urn:eudi:pid:1` (PID Rulebook, PID_14).
    if let Some(country) = type_id.strip_prefix("urn:eudi:pid:").and_then(|rest| rest.split(':').next()) {
        let label = locale.own("credential.urn:eudi:pid:1");
        let country = country.to_ascii_uppercase();
        return match locale.text(&format!("country.{country}")) {
            Some(country) => {
                fill(locale.own("format.with_country"), &[("label", label), ("country", country)])
            }
            None => label.to_owned(),
        };
    }
    let name = foreign::last_segment(type_id);
    locale.text(&format!("credential.{name}")).map_or_else(|| words_or_unnamed(name, locale), str::to_owned)
}

/// The label of a path; what is not known as a whole is named step by step.
fn path_label(place: &Place<'_>, names: &[&str], locale: Locale) -> String {
    if let Some(label) = known_label(place, names, locale) {
        return label;
    }
    match names {
        [] => locale.own("format.unnamed").to_owned(),
        [name] => name_label(place, name, locale),
        [parents @ .., name] => {
            let arguments =
                [("label", path_label(place, parents, locale)), ("value", name_label(place, name, locale))];
            fill(locale.own("format.pair"), &arguments.each_ref().map(|(name, text)| (*name, text.as_str())))
        }
    }
}

/// The label of a path that the files know.
pub(super) fn known_label(place: &Place<'_>, names: &[&str], locale: Locale) -> Option<String> {
    let path = names.join(".");
    let is_item = place.is_item() && names.len() == place.names().len();
    let item = || place.text("claim", &format!("{path}.item"), locale);
    let label = is_item.then(item).flatten().or_else(|| place.text("claim", &path, locale));
    label.map(str::to_owned).or_else(|| age_label(names, locale)).or_else(|| {
        let is_biometric = names.last()?.starts_with("biometric_template");
        is_biometric.then(|| locale.own("claim.biometric_template").to_owned())
    })
}

/// `age_over_19` of an mdoc, `age_equal_or_over.19` of an SD-JWT.
fn age_label(names: &[&str], locale: Locale) -> Option<String> {
    let age = match names {
        [.., "age_equal_or_over", age] => age,
        [.., name] => name.strip_prefix("age_over_")?,
        [] => return None,
    };
    let is_number = age.len() <= 3 && age.bytes().all(|b| b.is_ascii_digit());
    let age: u64 = is_number.then(|| age.parse().ok()).flatten()?;
    super::count(locale, "age.over", age, &[])
}

/// The label of one name by itself.
fn name_label(place: &Place<'_>, name: &str, locale: Locale) -> String {
    let known = place.text("claim", name, locale).map(str::to_owned);
    known.unwrap_or_else(|| words_or_unnamed(name, locale))
}

fn words_or_unnamed(name: &str, locale: Locale) -> String {
    let words = foreign::humanised(name);
    if words.is_empty() { locale.own("format.unnamed").to_owned() } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::credential::path::Step;

    const PID: &str = "urn:eudi:pid:1";

    fn label(type_id: &str, keys: &[&str], locale: &str) -> String {
        claim_label(type_id, &ClaimLocation::keys(keys.iter().copied()), locale)
    }

    #[test]
    fn both_formats_say_the_same() {
        let mdoc = label("eu.europa.ec.eudi.pid.1", &["eu.europa.ec.eudi.pid.1", "birth_date"], "fr");
        assert_eq!(mdoc, "Date de naissance");
        assert_eq!(label(PID, &["birthdate"], "fr"), mdoc);
        assert_eq!(label("urn:ca:bc:person:1", &["birthdate_dateint"], "fr"), mdoc);
    }

    #[test]
    fn ages_are_sentences() {
        let mdl = "org.iso.18013.5.1.mDL";
        assert_eq!(label(mdl, &["org.iso.18013.5.1", "age_over_19"], "en-CA"), "You are 19 or older");
        assert_eq!(label(mdl, &["org.iso.18013.5.1", "age_over_19"], "fr-CA"), "Vous avez 19 ans ou plus");
        assert_eq!(label(PID, &["age_equal_or_over", "18"], "fr"), "Vous avez 18 ans ou plus");
        assert_eq!(label(PID, &["age_over_01"], "fr"), "Vous avez 1 an ou plus");
        assert_eq!(label(PID, &["age_over_xx"], "en"), "Age over xx");
        assert_eq!(label(PID, &["age_over_"], "en"), "Age over");
    }

    #[test]
    fn array_elements_are_counted_from_one() {
        let mut location = ClaimLocation::keys(["nationalities"]);
        location.0.push(Step::Index(1));
        assert_eq!(claim_label(PID, &location, "en"), "Nationality 2");
        assert_eq!(claim_label(PID, &location, "fr"), "Nationalité 2");
        location.0.push(Step::Key("since".into()));
        assert_eq!(claim_label(PID, &location, "en"), "Nationalities: Since 2");
    }

    #[test]
    fn a_name_space_or_a_region_may_have_its_own_words() {
        let mdl = "org.iso.18013.5.1.mDL";
        assert_eq!(label(mdl, &["org.iso.18013.5.1", "document_number"], "en"), "Licence number");
        assert_eq!(label(PID, &["document_number"], "en"), "Document number");
        let aamva = "org.iso.18013.5.1.aamva";
        assert_eq!(label(mdl, &[aamva, "aka_family_name.v2"], "fr"), "Autre nom de famille");
        assert_eq!(label(PID, &["address", "region"], "fr-CA"), "Province ou territoire de résidence");
        assert_eq!(label(PID, &["address", "region"], "fr-FR"), "État, province ou région de résidence");
    }

    #[test]
    fn the_unknown_gets_its_name_in_words() {
        assert_eq!(label("x", &["favourite_colour"], "en"), "Favourite colour");
        assert_eq!(label("x", &["degree", "country"], "fr"), "Degree\u{a0}: Pays");
        assert_eq!(label("x", &["org.example.1", "hairLength"], "en"), "Hair length");
        assert_eq!(label("x", &[], "fr"), "Élément sans nom");
        assert_eq!(label("x", &[""], "en"), "Unnamed item");
        assert_eq!(label("x", &["biometric_template_palm"], "en"), "Biometric data");
    }

    #[test]
    fn credential_types() {
        for (type_id, english, french) in [
            (PID, "Personal identification data", "Données d’identification personnelle"),
            (
                "eu.europa.ec.eudi.pid.1",
                "Personal identification data",
                "Données d’identification personnelle",
            ),
            (
                "urn:eudi:pid:de:1",
                "Personal identification data (Germany)",
                "Données d’identification personnelle (Allemagne)",
            ),
            ("urn:eudi:pid:2", "Personal identification data", "Données d’identification personnelle"),
            ("org.iso.18013.5.1.mDL", "Driving licence", "Permis de conduire"),
            ("eu.europa.ec.av.1", "Proof of age", "Preuve d’âge"),
            ("urn:ca:bc:person:1", "Person credential", "Attestation d’identité"),
            ("https://example.org/credentials/library_card/v2", "Library card", "Library card"),
            ("", "Unnamed item", "Élément sans nom"),
        ] {
            assert_eq!(credential_label(type_id, "en"), english, "{type_id}");
            assert_eq!(credential_label(type_id, "fr"), french, "{type_id}");
        }
        assert_eq!(credential_label("org.iso.18013.5.1.mDL", "en-CA"), "Driver’s licence");
    }
}
