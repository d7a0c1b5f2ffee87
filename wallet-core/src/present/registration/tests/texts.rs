//! Texts and addresses from outside: they are shown, but they may not act.

use super::*;
use crate::vault::model::Localized;

#[test]
fn malformed_purposes_are_refused() {
    for bad in [
        json!("Opening an account"),
        json!({ "lang": "en", "value": "p" }),
        json!(["p"]),
        json!([{ "value": "p" }]),
        json!([{ "lang": "en" }]),
        json!([{ "lang": "en", "value": 7 }]),
        json!([{ "lang": "en", "value": "" }]),
        json!([{ "lang": "en", "value": " \u{202e}\n" }]),
        json!([{ "lang": "", "value": "p" }]),
        json!([{ "lang": "e n", "value": "p" }]),
        json!([{ "lang": "en\u{0}", "value": "p" }]),
        json!([{ "lang": "-", "value": "p" }]),
    ] {
        for member in ["purpose", "srv_description"] {
            let code = Draft::set(member, bad.clone()).code();
            assert_eq!(code, Some(Code::RegistrationMalformed), "{member} {bad}");
        }
    }
    for member in ["name", "sub_ln", "country", "intended_use_id", "privacy_policy", "registry_uri"] {
        let mut draft = Draft::set(member, json!(["text"]));
        if member == "sub_ln" {
            draft.payload["name"] = json!(null);
        }
        assert_eq!(draft.code(), Some(Code::RegistrationMalformed), "{member}");
    }
    let authority = Draft::set("supervisory_authority", json!("authority"));
    assert_eq!(authority.code(), Some(Code::RegistrationMalformed));
}

#[test]
fn eu_41_a_purpose_may_be_called_content() {
    let draft = Draft::set("purpose", json!([{ "lang": "fr-CA", "content": "But" }]));
    let details = draft.verified().unwrap().details().clone();
    assert_eq!(details.purposes, [Localized { locale: "fr-CA".into(), text: "But".into() }]);
}

#[test]
fn a_text_cannot_turn_the_writing_around() {
    let hostile = "Bank\u{202e}knaB\u{0}\u{2066}\u{200b}\nof\u{feff} X ";
    let draft = Draft::with(|draft| {
        draft.payload["name"] = json!(hostile);
        draft.payload["purpose"] = json!([{ "lang": "en", "value": hostile }]);
        draft.payload["supervisory_authority"]["name"] = json!(hostile);
    });
    let details = draft.verified().unwrap().details().clone();
    let authority = details.supervisory_authority.unwrap().name.unwrap();
    for text in [&details.name, &details.purposes[0].text, &authority] {
        assert_eq!(text, "BankknaB of X");
    }
}

#[test]
fn addresses_are_https_or_not_there() {
    for (address, kept) in [
        ("https://bank.example/privacy", Some("https://bank.example/privacy")),
        ("HTTPS://Bank.example", Some("https://bank.example/")),
        ("https://bänk.example/", Some("https://xn--bnk-qla.example/")),
        ("http://bank.example/privacy", None),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("mailto:a@bank.example", None),
        ("https://user@bank.example/", None),
        ("https://bank.example@evil.example/", None),
        ("bank.example", None),
        ("https://", None),
        ("", None),
    ] {
        for member in ["privacy_policy", "support_uri", "info_uri", "registry_uri"] {
            let details = Draft::set(member, json!(address)).verified().unwrap().details().clone();
            let read = match member {
                "privacy_policy" => details.privacy_policy,
                "support_uri" => details.support_uri,
                "info_uri" => details.info_uri,
                _ => details.registry_uri,
            };
            assert_eq!(read.as_deref(), kept, "{member} {address}");
        }
    }
}

#[test]
fn contacts_are_plain_or_not_there() {
    let authority = |member: &str, value: &str| {
        let draft = Draft::set("supervisory_authority", json!({ member: value }));
        draft.verified().unwrap().details().supervisory_authority.clone().unwrap()
    };
    for (email, kept) in [
        ("contact@dpa.example", true),
        ("first.last+x@dpa.example", true),
        ("contact", false),
        ("@dpa.example", false),
        ("a@b@dpa.example", false),
        ("a@dpa.example?bcc=b@evil.example", false),
        ("a b@dpa.example", false),
        ("mailto:a@dpa.example", false),
        ("a@dpa.example\u{202e}", false),
    ] {
        assert_eq!(authority("email", email).email.is_some(), kept, "{email}");
    }
    for (phone, kept) in [
        ("+49301234567", true),
        ("01 23 45 67 89", true),
        ("+1 (613) 555-0100", true),
        ("tel:+49301234567", false),
        ("*#06#", false),
        ("+49,1", false),
        ("+", false),
        ("1\n2", false),
    ] {
        assert_eq!(authority("phone", phone).phone.is_some(), kept, "{phone}");
    }
    assert_eq!(authority("uri", "http://dpa.example").uri, None);
}

#[test]
fn a_text_is_picked_for_a_locale() {
    let one = |locale: &str| Localized { locale: locale.into(), text: locale.into() };
    let texts = [one("de"), one("fr"), one("en"), one("fr-CA"), one("EN-gb")];
    for (locale, best) in [
        ("fr-CA", "fr-CA"),
        ("fr_CA", "fr-CA"),
        ("fr-BE", "fr"),
        ("fr", "fr"),
        ("en-GB", "EN-gb"),
        ("en-US", "en"),
        ("it", "en"),
        ("", "en"),
    ] {
        assert_eq!(Localized::best(&texts, locale), Some(best), "{locale}");
    }
    assert_eq!(Localized::best(&texts[..1], "it"), Some("de"));
    assert_eq!(Localized::best(&[], "en"), None);
}
