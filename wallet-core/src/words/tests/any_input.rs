//! Input of any kind: nothing panics, nothing hidden is printed, nothing foreign acts.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::super::*;
use crate::credential::path::{ClaimLocation, Step};

/// Names as they may come from outside: known ones, near misses, and anything at all.
fn a_name() -> impl Strategy<Value = String> {
    prop_oneof![
        proptest::sample::select(
            &["age_over_19", "age_equal_or_over", "portrait", "exp", "sex", "a.b", "x_dateint"][..]
        )
        .prop_map(str::to_owned),
        "age_over_[0-9]{0,6}",
        "\\PC{0,12}",
        any::<String>(),
    ]
}

fn a_location() -> impl Strategy<Value = ClaimLocation> {
    let step = prop_oneof![a_name().prop_map(Step::Key), any::<u32>().prop_map(Step::Index)];
    proptest::collection::vec(step, 0..12).prop_map(ClaimLocation)
}

fn a_value() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}Z)?".prop_map(Value::from),
    ];
    scalar.prop_recursive(6, 40, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::vec((a_name(), inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn nothing_panics(
        name in a_name(), locale in a_name(), argument in any::<String>(),
        location in a_location(), value in a_value(), count in any::<u64>(),
    ) {
        for locale in [locale.as_str(), "fr-CA", "en"] {
            let _ = text(&name, &[(&name, &argument)], locale);
            let _ = text(keys::PROMPT_PRESENT, &[("party", &argument)], locale);
            let _ = counted(&name, count, &[(&name, &argument)], locale);
            let _ = date_text(&argument, locale);
            prop_assert!(!credential_label(&argument, locale).is_empty());
            prop_assert!(!claim_label(&name, &location, locale).is_empty());
            prop_assert!(!value_text(&value, &name, &location, locale).is_empty());
        }
    }

    #[test]
    fn a_picture_is_never_printed(bytes in proptest::collection::vec(any::<u8>(), 12..400), known in any::<bool>()) {
        let picture = crate::jose::base64url::encode(&[&[0xff, 0xd8, 0xff][..], &bytes].concat());
        let location = ClaimLocation::keys([if known { "portrait" } else { "unheard_of" }]);
        for value in [json!(picture), json!([{ "x": picture }]), json!(format!("data:image/jpeg;base64,{picture}"))] {
            prop_assert!(!value_text(&value, "x", &location, "en").contains(&picture));
        }
    }

    #[test]
    fn foreign_text_cannot_act(name in any::<String>()) {
        let acts = |c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c);
        prop_assert!(!text(keys::PROMPT_RECEIVE, &[("party", &name)], "en").unwrap().contains(acts));
        prop_assert!(!claim_label("x", &ClaimLocation::keys([name.as_str()]), "en").contains(acts));
        prop_assert!(!credential_label(&name, "fr").contains(acts));
    }
}
