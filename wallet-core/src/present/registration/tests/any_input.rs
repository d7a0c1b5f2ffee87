//! Whatever a registrar signs: no panic, nothing on a screen that could act; and the laws of what a path covers.

use proptest::prelude::*;

use super::*;
use crate::credential::path::{ClaimPath, PathElement};
use crate::vault::history::RegistrationDetails;

/// JSON of the kind that is in a certificate.
fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        "\\PC{0,12}".prop_map(Value::from),
        "[\\x00-\\x20\u{202a}-\u{202e}a]{0,6}".prop_map(Value::from),
        "https://[a-z]{1,5}\\.example/[ -~]{0,5}".prop_map(Value::from),
        prop::sample::select(vec!["en", "dc+sd-jwt", "mso_mdoc", "a@b.example", "+1 2"])
            .prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let names = prop::sample::select(vec![
            "lang",
            "value",
            "content",
            "sub",
            "email",
            "phone",
            "uri",
            "name",
            "format",
            "meta",
            "claim",
            "claims",
            "path",
            "vct_values",
            "doctype_value",
        ]);
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(names.prop_map(str::to_owned), inner, 0..4)
                .prop_map(|members| Value::from(members.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

fn texts(details: &RegistrationDetails) -> Vec<&str> {
    let mut texts = vec![details.name.as_str(), &details.registrar];
    texts.extend(details.purposes.iter().chain(&details.service_descriptions).map(|one| one.text.as_str()));
    texts.extend([&details.country, &details.intended_use_id].into_iter().flatten().map(String::as_str));
    if let Some(authority) = &details.supervisory_authority {
        texts.extend(
            [&authority.name, &authority.email, &authority.phone].into_iter().flatten().map(String::as_str),
        );
    }
    texts
}

fn path() -> impl Strategy<Value = ClaimPath> {
    let element = prop_oneof![
        prop::sample::select(vec!["a", "b"]).prop_map(Value::from),
        (0..2_u32).prop_map(Value::from),
        Just(Value::Null),
    ];
    prop::collection::vec(element, 1..4).prop_map(|path| ClaimPath::from_json(&Value::from(path)).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_is_signed_panics_or_acts(
        member in prop::sample::select(vec![
            "name", "sub_ln", "country", "intermediary", "purpose", "srv_description", "intended_use_id",
            "privacy_policy", "support_uri", "registry_uri", "supervisory_authority", "credentials", "iat", "exp",
            "status", "sub",
        ]),
        value in value(),
    ) {
        if let Ok(certificate) = Draft::set(member, value).verified() {
            let details = certificate.details();
            for text in texts(details) {
                prop_assert!(!text.chars().any(|c| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c)), "{text:?}");
            }
            let addresses = [&details.privacy_policy, &details.support_uri, &details.registry_uri];
            for address in addresses.into_iter().flatten() {
                prop_assert!(address.starts_with("https://"), "{address}");
            }
        }
    }

    /// A path covers itself and its extensions, and covering goes on: what covers what covers, covers.
    #[test]
    fn laws_of_covering(one in path(), two in path(), three in path()) {
        prop_assert!(one.covers(&one));
        prop_assert!(!(one.covers(&two) && two.covers(&three)) || one.covers(&three));
        if one.covers(&two) && two.covers(&one) {
            prop_assert_eq!(&one, &two);
        }
        prop_assert_eq!(one.covers(&two), selects_no_more(&one, &two), "{} {}", one, two);
    }
}

/// The same by what it means: each place that `other` can select has a beginning that `own` can select.
fn selects_no_more(own: &ClaimPath, other: &ClaimPath) -> bool {
    let places = places(other.elements());
    let selects = |place: &[PathElement]| {
        own.elements().len() <= place.len()
            && own.elements().iter().zip(place).all(|(own, step)| match (own, step) {
                (PathElement::All, PathElement::Index(_)) => true,
                (own, step) => own == step,
            })
    };
    places.iter().all(|place| selects(place))
}

/// The concrete places that a path selects, in arrays of three elements.
fn places(path: &[PathElement]) -> Vec<Vec<PathElement>> {
    path.iter().fold(vec![Vec::new()], |places, element| {
        let steps = match element {
            PathElement::All => (0..3).map(PathElement::Index).collect(),
            one => vec![one.clone()],
        };
        let longer = |place: &Vec<PathElement>| {
            steps.iter().map(|step| [place.clone(), vec![step.clone()]].concat()).collect::<Vec<_>>()
        };
        places.iter().flat_map(longer).collect()
    })
}
