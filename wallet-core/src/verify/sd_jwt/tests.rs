//! Each check of a presentation broken alone, beside a twin that passes.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::credential::path::ClaimLocation;
use crate::credential::sd_jwt::digest::digest;
use crate::credential::sd_jwt::tests::fixture::*;
use crate::credential::sd_jwt::{KeyBinding, Leniency, prepare};
use crate::crypto::hash::HashAlg;
use crate::crypto::p256::SecretKey;
use crate::error::{Code, Result};
use crate::limits::{CLOCK_SKEW_SECONDS, KEY_BINDING_AGE_SECONDS};
use crate::time::UnixTime;
use crate::trust::{Anchors, Channel};

const AUDIENCE: &str = "x509_hash:Uvo3HtuIxuhC92rShpgqcT3YXwrqRxWEviRiA0OZszk";
const NONCE: &str = "n-0S6_WzA2Mj";
const EXPECTED: Expected<'_> = Expected {
    audience: AUDIENCE,
    nonce: NONCE,
    vct_values: &["urn:other", VCT],
    leniency: Leniency { vc_sd_jwt_typ: false, anchor_in_chain: false },
};

fn verify_at(presentation: &str, expected: &Expected<'_>, at: UnixTime) -> Result<VerifiedPresentation> {
    verify(presentation, expected, &WORLD.anchors, Channel::OpenId4Vp, at)
}

fn code(presentation: &str) -> Option<Code> {
    verify_at(presentation, &EXPECTED, NOW).err().map(|error| error.code())
}

/// What the wallet sends when the family name and the street are asked for.
fn presented(hash_alg: HashAlg) -> String {
    let text = pid().hash_alg(hash_alg).build().unwrap().sign(&WORLD.signer);
    let credential = receive_text(&text, NOW, Leniency::default()).unwrap();
    let selected = [ClaimLocation::keys(["family_name"]), ClaimLocation::keys(["address", "street_address"])];
    let binding = KeyBinding { audience: AUDIENCE, nonce: NONCE, issued_at: NOW };
    let prepared = prepare(credential.compact(), credential.layout(), &selected, &binding).unwrap();
    let signature = WORLD.device.sign(prepared.to_sign());
    prepared.finish(&signature)
}

fn without_key_binding(presentation: &str) -> String {
    format!("{}~", presentation.rsplit_once('~').unwrap().0)
}

/// The same with a KB-JWT of the test's making: its header and payload may be changed before the device signs.
fn with_key_binding(change: impl FnOnce(&mut Value, &mut Value)) -> String {
    let presentation = presented(HashAlg::Sha256);
    let sd_jwt = without_key_binding(&presentation);
    let mut header = json!({ "alg": "ES256", "typ": "kb+jwt" });
    let mut payload = json!({
        "iat": NOW.0, "aud": AUDIENCE, "nonce": NONCE, "sd_hash": digest(HashAlg::Sha256, &sd_jwt),
    });
    change(&mut header, &mut payload);
    format!("{sd_jwt}{}", sign_jwt(&header, &payload, &WORLD.device))
}

/// EU-26, EU-33, RFC 9901 7.3.
#[test]
fn what_the_wallet_presents_is_accepted_and_shows_what_was_selected() {
    for alg in [HashAlg::Sha256, HashAlg::Sha384, HashAlg::Sha512] {
        let verified = verify_at(&presented(alg), &EXPECTED, NOW).unwrap();
        assert_eq!(verified.vct(), VCT);
        assert!(*verified.device_key() == WORLD.device.public_key());
        assert!(verified.issuer().leaf().der() == WORLD.leaf.der());
        assert_eq!(verified.validity().until, Some(NOW.plus(1000)));
        let claims = verified.claims().as_object().unwrap();
        let names: Vec<&str> = claims.keys().map(String::as_str).collect();
        assert_eq!(
            names,
            ["address", "cnf", "exp", "family_name", "iat", "iss", "nbf", "status", "vct", "vct#integrity"]
        );
        assert_eq!(claims["address"], json!({ "street_address": "42 Market Street" }));
    }
}

#[test]
fn key_binding_is_required() {
    let presentation = presented(HashAlg::Sha256);
    let bare = without_key_binding(&presentation);
    assert_eq!(code(&presentation), None);
    assert_eq!(code(&bare), Some(Code::SdJwtKeyBindingMissing));
}

/// RFC 9901 7.3 step 5, each member of the KB-JWT in turn.
#[test]
fn each_member_of_the_key_binding_jwt_is_checked() {
    assert_eq!(code(&with_key_binding(|_, _| {})), None);
    assert_eq!(code(&with_key_binding(|_, payload| payload["jti"] = json!("x"))), None);
    let header = |name: &str, value: Value| code(&with_key_binding(|header, _| header[name] = value));
    let payload = |name: &str, value: Value| code(&with_key_binding(|_, payload| payload[name] = value));
    let missing = |name: &str| {
        code(&with_key_binding(|header, payload| {
            header.as_object_mut().unwrap().remove(name);
            payload.as_object_mut().unwrap().remove(name);
        }))
    };
    for (name, code) in [
        ("typ", Code::SdJwtKeyBindingTypInvalid),
        ("alg", Code::SdJwtKeyBindingAlgUnsupported),
        ("iat", Code::SdJwtKeyBindingTimeInvalid),
        ("aud", Code::SdJwtKeyBindingAudienceInvalid),
        ("nonce", Code::SdJwtKeyBindingNonceInvalid),
        ("sd_hash", Code::SdJwtKeyBindingHashInvalid),
    ] {
        assert_eq!(missing(name), Some(code), "{name}");
    }
    assert_eq!(header("typ", json!("JWT")), Some(Code::SdJwtKeyBindingTypInvalid));
    assert_eq!(header("alg", json!("none")), Some(Code::SdJwtKeyBindingAlgUnsupported));
    assert_eq!(header("alg", json!("ES384")), Some(Code::SdJwtKeyBindingAlgUnsupported));
    // OpenID4VP 1.0 14: the full client identifier, with its prefix; a single string (RFC 9901 4.3).
    let bare = AUDIENCE.split_once(':').unwrap().1;
    assert_eq!(payload("aud", json!(bare)), Some(Code::SdJwtKeyBindingAudienceInvalid));
    assert_eq!(payload("aud", json!([AUDIENCE])), Some(Code::SdJwtKeyBindingAudienceInvalid));
    assert_eq!(payload("nonce", json!("other")), Some(Code::SdJwtKeyBindingNonceInvalid));
    let other = digest(HashAlg::Sha256, "other");
    assert_eq!(payload("sd_hash", json!(other)), Some(Code::SdJwtKeyBindingHashInvalid));
}

#[test]
fn the_key_binding_jwt_is_signed_by_the_device_key() {
    let presentation = presented(HashAlg::Sha256);
    let (sd_jwt, key_binding) = presentation.rsplit_once('~').unwrap();
    let (input, _) = key_binding.rsplit_once('.').unwrap();
    let by = |key: &SecretKey| {
        let signature = crate::jose::base64url::encode(&key.sign(input.as_bytes()).to_raw());
        code(&format!("{sd_jwt}~{input}.{signature}"))
    };
    assert_eq!(by(&WORLD.device), None);
    assert_eq!(by(&SecretKey::random().unwrap()), Some(Code::SdJwtKeyBindingSignatureInvalid));
    assert_eq!(by(&WORLD.signer), Some(Code::SdJwtKeyBindingSignatureInvalid));
}

#[test]
fn the_key_binding_jwt_is_of_now() {
    let at = |seconds: i64| code(&with_key_binding(|_, payload| payload["iat"] = json!(NOW.plus(seconds).0)));
    let bad = Some(Code::SdJwtKeyBindingTimeInvalid);
    assert_eq!(at(CLOCK_SKEW_SECONDS), None);
    assert_eq!(at(CLOCK_SKEW_SECONDS + 1), bad);
    assert_eq!(at(-KEY_BINDING_AGE_SECONDS), None);
    assert_eq!(at(-KEY_BINDING_AGE_SECONDS - 1), bad);
    let with = |name: &str, value: Value| code(&with_key_binding(|_, payload| payload[name] = value));
    assert_eq!(with("iat", json!(NOW.0.to_string())), bad);
    assert_eq!(with("exp", json!(NOW.plus(1 - CLOCK_SKEW_SECONDS).0)), None);
    assert_eq!(with("exp", json!(NOW.plus(-CLOCK_SKEW_SECONDS).0)), bad);
    assert_eq!(with("nbf", json!(NOW.plus(CLOCK_SKEW_SECONDS).0)), None);
    assert_eq!(with("nbf", json!(NOW.plus(CLOCK_SKEW_SECONDS + 1).0)), bad);
}

/// RFC 9901 9.9: the set of disclosures is the holder's, nobody adds or removes one on the way.
#[test]
fn the_set_of_disclosures_is_bound() {
    let presentation = presented(HashAlg::Sha256);
    let parts: Vec<&str> = presentation.split('~').collect();
    assert_eq!(parts.len(), 5);
    assert_eq!(code(&parts.join("~")), None);
    for left_out in 1..=3 {
        let mut fewer = parts.clone();
        fewer.remove(left_out);
        // Without the address its street has no place; otherwise only the hash tells.
        let lost = code(&fewer.join("~"));
        assert!(
            matches!(lost, Some(Code::SdJwtKeyBindingHashInvalid | Code::SdJwtDisclosureUnreferenced)),
            "{lost:?}"
        );
    }
    let mut swapped = parts.clone();
    swapped.swap(1, 2);
    assert_eq!(code(&swapped.join("~")), Some(Code::SdJwtKeyBindingHashInvalid));
}

#[test]
fn the_request_decides_what_is_expected() {
    let presentation = presented(HashAlg::Sha256);
    let code = |expected: Expected<'_>| verify_at(&presentation, &expected, NOW).err().map(|e| e.code());
    assert_eq!(code(EXPECTED), None);
    assert_eq!(
        code(Expected { audience: "x509_hash:x", ..EXPECTED }),
        Some(Code::SdJwtKeyBindingAudienceInvalid)
    );
    assert_eq!(code(Expected { nonce: "x", ..EXPECTED }), Some(Code::SdJwtKeyBindingNonceInvalid));
    assert_eq!(code(Expected { vct_values: &[VCT], ..EXPECTED }), None);
    assert_eq!(code(Expected { vct_values: &["urn:other"], ..EXPECTED }), Some(Code::SdJwtVctMismatch));
    assert_eq!(code(Expected { vct_values: &[], ..EXPECTED }), Some(Code::SdJwtVctMismatch));
}

/// EU-16: a domestic PID that says it is also of the general type answers for it.
#[test]
fn a_further_type_of_the_credential_counts() {
    let builder = pid().claim("vct", json!("urn:eudi:pid:de:1"));
    let present = |builder: &crate::issue::sd_jwt::Builder| {
        let text = builder.build().unwrap().sign(&WORLD.signer);
        let credential = receive_text(&text, NOW, Leniency::default()).unwrap();
        let binding = KeyBinding { audience: AUDIENCE, nonce: NONCE, issued_at: NOW };
        let prepared = prepare(&text, credential.layout(), &[], &binding).unwrap();
        let signature = WORLD.device.sign(prepared.to_sign());
        prepared.finish(&signature)
    };
    assert_eq!(code(&present(&builder)), Some(Code::SdJwtVctMismatch));
    assert_eq!(code(&present(&builder.claim("aka_vcts", json!([VCT])))), None);
}

/// The issuer's part is checked again: chain, signature, time; the credential's own tests have the rest.
#[test]
fn the_credential_itself_is_verified() {
    let presentation = presented(HashAlg::Sha256);
    let nobody = verify(&presentation, &EXPECTED, &Anchors::new(), Channel::OpenId4Vp, NOW);
    assert_eq!(nobody.err().map(|error| error.code()), Some(Code::AnchorUnknown));
    let (_, rest) = presentation.split_once('~').unwrap();
    let again = pid().build().unwrap().sign(&SecretKey::random().unwrap());
    let (forged, _) = again.split_once('~').unwrap();
    assert_eq!(code(&format!("{forged}~{rest}")), Some(Code::SdJwtSignatureInvalid));
    let late = with_key_binding(|_, payload| payload["iat"] = json!(NOW.plus(2000).0));
    let late = verify_at(&late, &EXPECTED, NOW.plus(2000));
    assert_eq!(late.err().map(|error| error.code()), Some(Code::SdJwtExpired));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Whatever character of a valid presentation is changed, no other data is accepted.
    #[test]
    fn a_changed_character_never_changes_the_claims(
        place in any::<prop::sample::Index>(),
        other in "[A-Za-z0-9_.~ =-]",
    ) {
        let presentation = {
            static VALID: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| presented(HashAlg::Sha256));
            VALID.as_str()
        };
        let at = place.index(presentation.len());
        let mut changed = presentation.to_owned();
        changed.replace_range(at..=at, &other);
        if changed != presentation {
            prop_assert!(code(&changed).is_some(), "changed at {}", at);
        }
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,80}", parts in "[A-Za-z0-9_.~-]{0,200}") {
        let _ = code(&text);
        let _ = code(&parts);
    }
}
