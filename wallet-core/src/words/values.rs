//! How a claim's value is shown to the person whom it is about.

use serde_json::{Map, Value};

use super::catalogue::fill;
use super::locale::Locale;
use super::place::Place;
use super::{dates, foreign, images, labels};
use crate::credential::path::{ClaimLocation, Step};
use crate::limits;

/// Claims whose value is a country code of ISO 3166-1.
const COUNTRY_CLAIMS: [&str; 5] =
    ["country", "issuing_country", "nationality", "nationalities", "resident_country"];
/// The longest code that is looked up.
const LONGEST_CODE: usize = 32;

/// A value in words: `yes`, `22 November 2026`, `female`, `Germany`, `178 cm`. Pictures and biometric data are named,
/// never printed. The members of an object follow one another with their labels; the objects of an array stand on a
/// line each. What the core cannot say better is shown as it was issued.
///
/// `type_id` and `location` are those of [`claim_label`](super::claim_label).
#[must_use]
pub fn value_text(value: &Value, type_id: &str, location: &ClaimLocation, locale: &str) -> String {
    let words = Words { type_id, locale: Locale::of(locale), top: location.0.len() };
    words.value(value, &mut location.clone(), limits::JSON_DEPTH)
}

struct Words<'a> {
    type_id: &'a str,
    locale: Locale,
    /// How many steps lead to the value that is asked for.
    top: usize,
}

impl Words<'_> {
    fn value(&self, value: &Value, at: &mut ClaimLocation, depth: usize) -> String {
        let Some(depth) = depth.checked_sub(1) else { return "…".to_owned() };
        let place = Place::of(self.type_id, at);
        if let Some(key) = images::hidden(place.name(), value) {
            return self.locale.own(key).to_owned();
        }
        match value {
            Value::Bool(true) => self.locale.own("value.yes").to_owned(),
            Value::Bool(false) => self.locale.own("value.no").to_owned(),
            Value::Number(number) => {
                let digits = number.to_string();
                let date = || number.as_i64().and_then(|number| self.date_of_number(&place, at, number));
                let known =
                    self.coded(&place, &digits).or_else(date).or_else(|| self.measured(&place, &digits));
                known.unwrap_or_else(|| digits.replace('.', self.locale.own("format.decimal")))
            }
            Value::String(text) => {
                let date = || self.date_of_text(at, text);
                let known = self.coded(&place, text).or_else(date);
                let shown = known.unwrap_or_else(|| foreign::lines(text));
                if shown.is_empty() { self.none() } else { shown }
            }
            Value::Array(items) => self.array(items, at, depth),
            Value::Object(members) => self.object(members, at, depth),
            Value::Null => self.none(),
        }
    }

    fn none(&self) -> String {
        self.locale.own("value.none").to_owned()
    }

    /// The words for a code: a sex of ISO 5218, a country, an enumerated colour.
    fn coded(&self, place: &Place<'_>, code: &str) -> Option<String> {
        if code.len() > LONGEST_CODE {
            return None;
        }
        let named = place.text("code", &format!("{}.{code}", place.name()), self.locale);
        let text = named.or_else(|| match place.name() {
            name if COUNTRY_CLAIMS.contains(&name) => self.locale.text(&format!("country.{code}")),
            "issuing_jurisdiction" => self.locale.text(&format!("region.{code}")),
            _ => None,
        });
        text.map(str::to_owned)
    }

    fn measured(&self, place: &Place<'_>, digits: &str) -> Option<String> {
        let unit = place.text("unit", place.name(), self.locale)?;
        Some(fill(unit, &[("number", digits)]))
    }

    fn date_of_number(&self, place: &Place<'_>, at: &ClaimLocation, number: i64) -> Option<String> {
        match (place.names(), is_dateint(at)) {
            (["iat" | "nbf" | "exp"], _) => dates::numeric(number, self.locale),
            (_, true) => dates::dateint(&number.to_string(), self.locale),
            _ => None,
        }
    }

    fn date_of_text(&self, at: &ClaimLocation, text: &str) -> Option<String> {
        if is_dateint(at) { dates::dateint(text, self.locale) } else { dates::shown(text, self.locale) }
    }

    fn array(&self, items: &[Value], at: &mut ClaimLocation, depth: usize) -> String {
        if items.is_empty() {
            return self.none();
        }
        let mut texts = Vec::with_capacity(items.len());
        for (index, item) in (0_u32..).zip(items) {
            at.0.push(Step::Index(index));
            texts.push(self.value(item, at, depth));
            at.0.pop();
        }
        texts.join(match at.0.last() {
            _ if !holds_more(items) => ", ",
            _ if at.0.len() == self.top => "\n",
            // A member's value stands in parentheses already, so each item gets its own.
            Some(Step::Key(_)) => ") (",
            _ => self.locale.own("format.members"),
        })
    }

    fn object(&self, members: &Map<String, Value>, at: &mut ClaimLocation, depth: usize) -> String {
        if members.is_empty() {
            return self.none();
        }
        let mut texts = Vec::with_capacity(members.len());
        for (name, value) in members {
            at.0.push(Step::Key(name.clone()));
            let label = labels::member_label(&Place::of(self.type_id, at), self.locale);
            let pair = if is_composed(value) { "format.pair_of_many" } else { "format.pair" };
            let text = self.value(value, at, depth);
            texts.push(fill(self.locale.own(pair), &[("label", &label), ("value", &text)]));
            at.0.pop();
        }
        texts.join(self.locale.own("format.members"))
    }
}

/// Whether a value is more than one thing or a plain list of things.
fn is_composed(value: &Value) -> bool {
    value.is_object() || value.as_array().is_some_and(|items| holds_more(items))
}

/// Whether an array is more than a plain list.
fn holds_more(items: &[Value]) -> bool {
    items.iter().any(|item| item.is_object() || item.is_array())
}

/// Whether the claim's name says that its number is a date.
fn is_dateint(at: &ClaimLocation) -> bool {
    matches!(at.0.last(), Some(Step::Key(name)) if name.ends_with("_dateint"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const MDL: &str = "org.iso.18013.5.1.mDL";
    const ISO: &str = "org.iso.18013.5.1";
    const AAMVA: &str = "org.iso.18013.5.1.aamva";
    const PID: &str = "urn:eudi:pid:1";

    fn pid(claim: &str, value: &Value, locale: &str) -> String {
        value_text(value, PID, &ClaimLocation::keys([claim]), locale)
    }

    fn mdl(name_space: &str, element: &str, value: &Value, locale: &str) -> String {
        value_text(value, MDL, &ClaimLocation::keys([name_space, element]), locale)
    }

    #[test]
    fn simple_values() {
        for (claim, value, english, french) in [
            ("x", json!(true), "yes", "oui"),
            ("x", json!(false), "no", "non"),
            ("x", json!(null), "not given", "non précisé"),
            ("x", json!("  "), "not given", "non précisé"),
            ("x", json!([]), "not given", "non précisé"),
            ("x", json!({}), "not given", "non précisé"),
            ("x", json!(2007), "2007", "2007"),
            ("x", json!(1.5), "1.5", "1,5"),
            ("family_name", json!("Côté-Lévesque"), "Côté-Lévesque", "Côté-Lévesque"),
            ("birthdate", json!("2007-11-22"), "22 November 2007", "22 novembre 2007"),
            ("sex", json!(2), "female", "féminin"),
            ("sex", json!(7), "7", "7"),
            ("exp", json!(1_795_305_600), "22 November 2026", "22 novembre 2026"),
            ("issuing_country", json!("DE"), "Germany", "Allemagne"),
            ("issuing_country", json!("JP"), "JP", "JP"),
            ("family_name", json!("DE"), "DE", "DE"),
            ("issuing_jurisdiction", json!("CA-QC"), "Quebec", "Québec"),
            ("nationalities", json!(["FI", "CA"]), "Finland, Canada", "Finlande, Canada"),
            ("address", json!("1 rue X\nQuébec"), "1 rue X, Québec", "1 rue X, Québec"),
            ("name", json!("A\u{202e}B"), "AB", "AB"),
        ] {
            assert_eq!(pid(claim, &value, "en"), english, "{claim} {value}");
            assert_eq!(pid(claim, &value, "fr-CA"), french, "{claim} {value}");
        }
    }

    #[test]
    fn a_dateint_is_a_date() {
        for value in [json!(20_071_122), json!("20071122")] {
            assert_eq!(pid("birthdate_dateint", &value, "en-CA"), "November 22, 2007");
            assert_eq!(pid("document_number", &value, "en-CA"), "20071122");
        }
        assert_eq!(pid("birthdate_dateint", &json!(12), "en"), "12");
    }

    #[test]
    fn driving_licence_values() {
        for (name_space, element, value, english, french) in [
            (ISO, "height", json!(178), "178\u{a0}cm", "178\u{a0}cm"),
            (ISO, "eye_colour", json!("green"), "green", "verts"),
            (ISO, "sex", json!(9), "not applicable", "sans objet"),
            (AAMVA, "sex", json!(9), "not specified", "non précisé"),
            (AAMVA, "organ_donor", json!(1), "yes", "oui"),
            (AAMVA, "family_name_truncation", json!("N"), "no", "non"),
            (AAMVA, "EDL_credential", json!(1), "enhanced driver’s licence", "permis de conduire Plus"),
            (AAMVA, "weight_range", json!(3), "60 to 70\u{a0}kg", "de 60 à 70\u{a0}kg"),
        ] {
            assert_eq!(mdl(name_space, element, &value, "en"), english, "{element}");
            assert_eq!(mdl(name_space, element, &value, "fr"), french, "{element}");
        }
        assert_eq!(pid("height", &json!(178), "en"), "178");
    }

    #[test]
    fn objects_and_arrays_read_as_lists() {
        let address = json!({ "locality": "Victoria", "country": "CA" });
        assert_eq!(
            pid("address", &address, "en"),
            "Country of residence: Canada; City or town of residence: Victoria"
        );
        let french = "Pays de résidence\u{a0}: Canada; Ville ou localité de résidence\u{a0}: Victoria";
        assert_eq!(pid("address", &address, "fr-CA"), french);
        assert_eq!(pid("address", &address, "fr-FR"), french.replace(';', "\u{202f};"));
        let ages = json!({ "18": true, "21": false });
        assert_eq!(
            pid("age_equal_or_over", &ages, "en"),
            "You are 18 or older: yes; You are 21 or older: no"
        );
        let privileges = json!([
            { "vehicle_category_code": "B", "issue_date": "2017-02-23" },
            { "vehicle_category_code": "A", "codes": [{ "code": "01" }, { "code": "02" }] },
        ]);
        assert_eq!(
            mdl(ISO, "driving_privileges", &privileges, "en"),
            "Date of issue: 23 February 2017; Vehicle category: B\n\
             Conditions and restrictions (Condition code: 01) (Condition code: 02); Vehicle category: A"
        );
    }

    #[test]
    fn pictures_are_named_and_never_printed() {
        let long = "QUJD".repeat(60);
        for (claim, value, english, french) in [
            ("portrait", json!("_9j_4AAQSkZJRg"), "picture", "photo"),
            ("picture", json!("data:image/jpeg;base64,/9j/4AAQ"), "picture", "photo"),
            ("portrait", json!([255, 216, 255]), "picture", "photo"),
            ("portrait", json!(""), "no picture", "aucune photo"),
            ("signature_usual_mark", json!("x"), "picture of the signature", "image de la signature"),
            ("biometric_template_face", json!("x"), "biometric data", "données biométriques"),
            ("logo", json!("DATA:image/png;base64,iVBORw0KGgo"), "picture", "image"),
            ("logo", json!("iVBORw0KGgoAAAANSUhEUg"), "picture", "image"),
            (
                "blob",
                json!(long),
                "data that cannot be shown as text",
                "données impossibles à afficher sous forme de texte",
            ),
        ] {
            assert_eq!(pid(claim, &value, "en"), english, "{claim}");
            assert_eq!(pid(claim, &value, "fr"), french, "{claim}");
        }
        let nested = json!([{ "portrait": "_9j_4AAQSkZJRg", "name": "A" }]);
        assert_eq!(pid("children", &nested, "en"), "Name: A; Portrait photo: picture");
    }

    #[test]
    fn depth_is_bounded() {
        let mut value = json!("end");
        for _ in 0..10_000 {
            value = Value::Array(vec![value]);
        }
        assert_eq!(pid("x", &value, "en"), "…");
        // Dropping so deep a value would recurse as deep.
        while let Value::Array(mut items) = value {
            value = items.pop().unwrap_or_default();
        }
    }
}
