//! Every element of the credential types that the core knows by name has a label, and yes-or-no claims read as sentences.

use std::collections::BTreeSet;

use serde_json::json;

use super::super::*;
use crate::credential::path::{ClaimLocation, Step};

/// A type, the name space of its elements where it is an mdoc, and the locations: `/` goes into a member, `#` into an
/// array element.
struct Known {
    type_id: &'static str,
    name_space: Option<&'static str>,
    locations: &'static str,
}

const KNOWN: [Known; 6] = [
    // PID Rulebook 1.7 in an mdoc (PID_04, PID_05).
    Known {
        type_id: "eu.europa.ec.eudi.pid.1",
        name_space: Some("eu.europa.ec.eudi.pid.1"),
        locations: "family_name given_name birth_date place_of_birth nationality nationality/# portrait \
            resident_address resident_country resident_state resident_city resident_postal_code resident_street \
            resident_house_number personal_administrative_number family_name_birth given_name_birth sex \
            email_address mobile_phone_number issuing_authority issuing_country expiry_date issuance_date \
            document_number issuing_jurisdiction trust_anchor attestation_legal_category",
    },
    // PID Rulebook 1.7 in an SD-JWT VC (PID_14), and the ages that some domestic types add.
    Known {
        type_id: "urn:eudi:pid:1",
        name_space: None,
        locations: "family_name given_name birthdate place_of_birth place_of_birth/country place_of_birth/region \
            place_of_birth/locality nationalities nationalities/# picture address address/formatted \
            address/country address/region address/locality address/postal_code address/street_address \
            address/house_number personal_administrative_number birth_family_name birth_given_name sex email \
            phone_number issuing_authority issuing_country date_of_expiry date_of_issuance document_number \
            issuing_jurisdiction trust_anchor attestation_legal_category age_equal_or_over age_equal_or_over/18 \
            age_in_years age_birth_year iss iat nbf exp vct",
    },
    // ISO/IEC 18013-5, table 5.
    Known {
        type_id: "org.iso.18013.5.1.mDL",
        name_space: Some("org.iso.18013.5.1"),
        locations: "family_name given_name birth_date issue_date expiry_date issuing_country issuing_authority \
            document_number portrait driving_privileges driving_privileges/# \
            driving_privileges/#/vehicle_category_code driving_privileges/#/codes \
            driving_privileges/#/codes/#/code driving_privileges/#/codes/#/sign \
            driving_privileges/#/codes/#/value un_distinguishing_sign administrative_number sex height weight \
            eye_colour hair_colour birth_place resident_address portrait_capture_date age_in_years age_birth_year \
            age_over_18 age_over_19 issuing_jurisdiction nationality resident_city resident_state \
            resident_postal_code resident_country biometric_template_face biometric_template_finger \
            biometric_template_signature_sign biometric_template_iris family_name_national_character \
            given_name_national_character signature_usual_mark",
    },
    // AAMVA mDL Implementation Guidelines.
    Known {
        type_id: "org.iso.18013.5.1.mDL",
        name_space: Some("org.iso.18013.5.1.aamva"),
        locations: "domestic_driving_privileges domestic_driving_privileges/# \
            domestic_driving_privileges/#/domestic_vehicle_class \
            domestic_driving_privileges/#/domestic_vehicle_class/domestic_vehicle_class_code \
            domestic_driving_privileges/#/domestic_vehicle_class/domestic_vehicle_class_description \
            domestic_driving_privileges/#/domestic_vehicle_restrictions \
            domestic_driving_privileges/#/domestic_vehicle_restrictions/#/domestic_vehicle_restriction_code \
            domestic_driving_privileges/#/domestic_vehicle_restrictions/#/domestic_vehicle_restriction_description \
            domestic_driving_privileges/#/domestic_vehicle_endorsements \
            domestic_driving_privileges/#/domestic_vehicle_endorsements/#/domestic_vehicle_endorsement_code \
            domestic_driving_privileges/#/domestic_vehicle_endorsements/#/domestic_vehicle_endorsement_description \
            name_suffix aka_suffix organ_donor veteran CDL_indicator family_name_truncation given_name_truncation \
            aka_family_name aka_family_name.v2 aka_given_name aka_given_name.v2 weight_range race_ethnicity \
            EDL_credential sex DHS_compliance DHS_compliance_text DHS_temporary_lawful_status resident_county \
            hazmat_endorsement_expiration_date audit_information aamva_version",
    },
    // British Columbia's Person credential.
    Known {
        type_id: "urn:ca:bc:person:1",
        name_space: None,
        locations: "given_names family_name birthdate_dateint street_address locality region postal_code country \
            picture expiry_date_dateint",
    },
    // The European proof of age.
    Known {
        type_id: "eu.europa.ec.av.1",
        name_space: Some("eu.europa.ec.av.1"),
        locations: "age_over_18 issuing_authority issuing_country expiry_date",
    },
];

impl Known {
    fn locations(&self) -> impl Iterator<Item = ClaimLocation> {
        let step = |name: &str| if name == "#" { Step::Index(0) } else { Step::Key(name.to_owned()) };
        self.locations.split_whitespace().map(move |path| {
            let names = self.name_space.into_iter().chain(path.split('/'));
            ClaimLocation(names.map(step).collect())
        })
    }
}

#[test]
fn every_element_has_a_label() {
    for known in &KNOWN {
        let type_id = known.type_id;
        for location in known.locations() {
            let place = place::Place::of(type_id, &location);
            for locale in ["en", "fr"] {
                let label = labels::known_label(&place, place.names(), Locale::of(locale));
                assert!(label.is_some(), "{type_id} {location:?} has no label in {locale}");
            }
            let (english, french) =
                (claim_label(type_id, &location, "en"), claim_label(type_id, &location, "fr"));
            assert_ne!(english, french, "{type_id} {location:?}");
        }
        assert_ne!(credential_label(type_id, "en"), credential_label(type_id, "fr"), "{type_id}");
    }
}

#[test]
fn every_label_has_an_element() {
    // What any biometric template is called that has no label of its own.
    let mut led_to = BTreeSet::from(["claim.biometric_template".to_owned()]);
    for known in &KNOWN {
        let scope = known.name_space.unwrap_or(known.type_id);
        for location in known.locations() {
            let place = place::Place::of(known.type_id, &location);
            let path = place.names().join(".");
            led_to.extend([format!("claim.{path}"), format!("claim.{scope}.{path}")]);
            if place.is_item() {
                led_to.insert(format!("claim.{path}.item"));
            }
        }
    }
    for key in super::keys_of(&super::texts(super::ENGLISH)) {
        assert!(
            !key.starts_with("claim.") || led_to.contains(key),
            "{key} labels no element that is listed here"
        );
    }
}

#[test]
fn a_yes_or_no_claim_reads_as_a_sentence() {
    let location = ClaimLocation::keys(["org.iso.18013.5.1", "age_over_19"]);
    let sentence = |locale: &str| {
        let statement = claim_label("org.iso.18013.5.1.mDL", &location, locale);
        let answer = value_text(&json!(true), "org.iso.18013.5.1.mDL", &location, locale);
        let arguments = [("statement", statement.as_str()), ("answer", answer.as_str())];
        let answer = text(keys::PREDICATE_ANSWER, &arguments, locale).unwrap();
        answer + " " + &text(keys::PREDICATE_BIRTH_DATE_WITHHELD, &[], locale).unwrap()
    };
    assert_eq!(sentence("en-CA"), "You are 19 or older — yes. Your date of birth is not shared.");
    assert_eq!(
        sentence("fr-CA"),
        "Vous avez 19 ans ou plus — oui. Votre date de naissance n’est pas communiquée."
    );
}
