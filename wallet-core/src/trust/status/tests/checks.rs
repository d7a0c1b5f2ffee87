//! Each rule with a token that breaks it alone.

use proptest::prelude::*;
use serde_json::{Map, json};

use super::*;
use crate::cbor::Writer;
use crate::issue::status_list::StatusListBuilder;
use crate::jose::base64url;
use crate::jose::jws::Unsigned;
use crate::limits;

/// Both forms of the changed list.
fn codes(change: impl FnOnce(&mut StatusListClaims)) -> [Option<Code>; 2] {
    let mut claims = claims();
    change(&mut claims);
    tokens(&claims, &WORLD.issuer).map(|token| code(&token))
}

#[test]
fn eu_46_a_good_list_in_both_forms() {
    for token in tokens(&claims(), &WORLD.issuer) {
        let token = verified(&token).unwrap();
        let statuses: Vec<_> = (3..7).map(|index| token.list().status(index).unwrap()).collect();
        let expected = [Status::Invalid, Status::Valid, Status::Suspended, Status::Other(3)];
        assert_eq!(statuses, expected);
        assert!(token.is_of([&*WORLD.issuer.authority_key_id]).is_ok());
    }
}

#[test]
fn eu_46_nobody_but_an_issuer_signs_it() {
    for token in tokens(&claims(), &WORLD.verifier) {
        assert_eq!(code(&token), Some(Code::AnchorNotForThis));
    }
    let stranger = Signer {
        der: WORLD.issuer.der.clone(),
        key: SecretKey::random().unwrap(),
        authority_key_id: Vec::new(),
    };
    for token in tokens(&claims(), &stranger) {
        assert_eq!(code(&token), Some(Code::StatusListSignatureInvalid));
    }
}

/// A trusted issuer says nothing about the credentials of another.
#[test]
fn another_issuers_list_is_not_the_issuers() {
    for token in tokens(&claims(), &WORLD.other_issuer) {
        let token = verified(&token).unwrap();
        let refused = token.is_of([&*WORLD.issuer.authority_key_id]).unwrap_err();
        assert_eq!(refused.code(), Code::StatusListNotTheIssuers);
        assert!(token.is_of([]).is_err(), "nor those of nobody");
    }
}

#[test]
fn eu_46_type_subject_and_times() {
    assert_eq!(codes(|claims| claims.uri.push('x')), [Some(Code::StatusListNotThisOne); 2]);
    assert_eq!(codes(|claims| claims.issued_at = NOW.plus(61)), [Some(Code::StatusListNotYetValid); 2]);
    assert_eq!(codes(|claims| claims.issued_at = NOW.plus(60)), [None; 2]);
    assert_eq!(codes(|claims| claims.expires_at = Some(NOW.plus(-60))), [Some(Code::StatusListExpired); 2]);
    assert_eq!(codes(|claims| claims.expires_at = Some(NOW.plus(-59))), [None; 2]);
    assert_eq!(codes(|claims| claims.ttl = Some(0)), [Some(Code::StatusListMalformed); 2]);
    assert_eq!(codes(|claims| claims.bits = 3), [Some(Code::StatusListMalformed); 2]);
    // The two media types are two types.
    let jwt = |typ: Option<&str>| {
        let mut header = Map::new();
        if let Some(typ) = typ {
            header.insert("typ".into(), typ.into());
        }
        let unsigned = Unsigned::new(header, &json!({}));
        let signature = WORLD.issuer.key.sign(unsigned.signing_input());
        code(unsigned.finish(&signature).as_bytes())
    };
    for typ in [None, Some("JWT"), Some("statuslist+cwt"), Some("application/statuslist+cwt")] {
        assert_eq!(jwt(typ), Some(Code::StatusListTypInvalid), "{typ:?}");
    }
    assert_eq!(jwt(Some(JWT_TYPE)), Some(Code::ChainLengthInvalid));
}

/// Everything is right but the type.
#[test]
fn eu_46_a_good_list_under_another_type() {
    use crate::cose::{self, Payload, Sign1, x5chain_header};
    use base64::Engine;
    let signer = &WORLD.issuer;
    let payload = json!({ "sub": URI, "iat": NOW.0,
        "status_list": { "bits": 2, "lst": base64url::encode(&claims().lst) } });
    let der = base64::engine::general_purpose::STANDARD.encode(&signer.der);
    for (typ, expected) in [(JWT_TYPE, None), ("JWT", Some(Code::StatusListTypInvalid))] {
        let header = json!({ "typ": typ, "x5c": [der] }).as_object().unwrap().clone();
        let unsigned = Unsigned::new(header, &payload);
        let signature = signer.key.sign(unsigned.signing_input());
        assert_eq!(code(unsigned.finish(&signature).as_bytes()), expected, "{typ}");
    }
    let good = claims().cwt(&[&signer.der], &signer.key);
    let payload = Sign1::parse(&good, "t").unwrap().unverified_payload().unwrap().to_vec();
    for (typ, expected) in [(CWT_TYPE, None), (JWT_TYPE, Some(Code::StatusListTypInvalid))] {
        let mut protected = Writer::default();
        protected.map(2).int(cose::LABEL_ALG).int(cose::ALG_ES256).int(cose::LABEL_TYP).text(typ);
        let chain = x5chain_header(&[&signer.der]);
        let unsigned = cose::Unsigned::new(protected.as_bytes(), &chain, Payload::Attached(&payload));
        let signature = signer.key.sign(unsigned.to_sign());
        assert_eq!(code(&unsigned.finish(&signature)), expected, "{typ}");
    }
}

#[test]
fn eu_46_members_of_the_wrong_type() {
    let payload = || {
        json!({ "sub": URI, "iat": NOW.0, "exp": NOW.0 + 9, "ttl": 60,
            "status_list": { "bits": 1, "lst": base64url::encode(&claims().lst) } })
    };
    let signed = |payload: &serde_json::Value| {
        use base64::Engine;
        let der = base64::engine::general_purpose::STANDARD.encode(&WORLD.issuer.der);
        let header = json!({ "typ": JWT_TYPE, "x5c": [der] }).as_object().unwrap().clone();
        let unsigned = Unsigned::new(header, payload);
        let signature = WORLD.issuer.key.sign(unsigned.signing_input());
        code(unsigned.finish(&signature).as_bytes())
    };
    assert_eq!(signed(&payload()), None);
    for (pointer, value) in [
        ("/sub", json!(1)),
        ("/iat", json!("1")),
        ("/iat", json!(1.5)),
        ("/exp", json!(null)),
        ("/ttl", json!("60")),
        ("/ttl", json!(-1)),
        ("/status_list", json!([])),
        ("/status_list/bits", json!("1")),
        ("/status_list/bits", json!(0)),
        ("/status_list/lst", json!(7)),
        ("/status_list/lst", json!("AA==")),
        ("/status_list/lst", json!("AAAA")),
    ] {
        let mut payload = payload();
        *payload.pointer_mut(pointer).unwrap() = value.clone();
        assert_eq!(signed(&payload), Some(Code::StatusListMalformed), "{pointer} {value}");
    }
    for member in ["sub", "iat", "status_list"] {
        let mut payload = payload();
        payload.as_object_mut().unwrap().remove(member).unwrap();
        assert_eq!(signed(&payload), Some(Code::StatusListMalformed), "without {member}");
    }
}

#[test]
fn eu_46_claims_of_a_cwt_of_the_wrong_type() {
    use crate::cose::{self, Payload, x5chain_header};
    let item = |write: &dyn Fn(&mut Writer)| {
        let mut out = Writer::default();
        write(&mut out);
        out.into_bytes()
    };
    let list = |bits: i64, lst: &dyn Fn(&mut Writer)| {
        item(&|out| lst(out.map(2).text("bits").int(bits).text("lst")))
    };
    let lst = claims().lst;
    let good = [
        (labels::SUB, item(&|out| _ = out.text(URI))),
        (labels::IAT, item(&|out| _ = out.int(NOW.0))),
        (labels::EXP, item(&|out| _ = out.int(NOW.0 + 9))),
        (labels::TTL, item(&|out| _ = out.int(60))),
        (labels::STATUS_LIST, list(2, &|out| _ = out.bytes(&lst))),
    ];
    let signed = |claims: &[(i64, Vec<u8>)]| {
        let mut payload = Writer::default();
        payload.map(claims.len());
        claims.iter().for_each(|(label, value)| _ = payload.int(*label).raw(value));
        let mut protected = Writer::default();
        protected.map(2).int(cose::LABEL_ALG).int(cose::ALG_ES256).int(cose::LABEL_TYP).text(CWT_TYPE);
        let (chain, payload) = (x5chain_header(&[&WORLD.issuer.der]), payload.into_bytes());
        let unsigned = cose::Unsigned::new(protected.as_bytes(), &chain, Payload::Attached(&payload));
        let signature = WORLD.issuer.key.sign(unsigned.to_sign());
        code(&unsigned.finish(&signature))
    };
    assert_eq!(signed(&good), None);
    let text = item(&|out| _ = out.text("1"));
    for (label, bad) in [
        (labels::SUB, item(&|out| _ = out.int(1))),
        (labels::IAT, text.clone()),
        (labels::EXP, text.clone()),
        (labels::TTL, text.clone()),
        (labels::TTL, item(&|out| _ = out.int(-1))),
        (labels::STATUS_LIST, text),
        (labels::STATUS_LIST, list(3, &|out| _ = out.bytes(&lst))),
        (labels::STATUS_LIST, list(-1, &|out| _ = out.bytes(&lst))),
        (labels::STATUS_LIST, list(2, &|out| _ = out.text("AAAA"))),
        (labels::STATUS_LIST, list(2, &|out| _ = out.bytes(&[0, 0]))),
    ] {
        let mut claims = good.clone();
        claims.iter_mut().find(|(known, _)| *known == label).unwrap().1 = bad;
        assert_eq!(signed(&claims), Some(Code::StatusListMalformed), "{label}");
    }
    for needed in [labels::SUB, labels::IAT, labels::STATUS_LIST] {
        let claims: Vec<_> = good.iter().filter(|(label, _)| *label != needed).cloned().collect();
        assert_eq!(signed(&claims), Some(Code::StatusListMalformed), "without {needed}");
    }
}

#[test]
fn a_list_that_grows_too_large_is_not_inflated() {
    let bits = Bits::new(8).unwrap();
    let packed = |bytes: usize| StatusListBuilder::new(bits, bytes).claims(URI, NOW).lst;
    assert!(StatusList::inflate(bits, &packed(limits::STATUS_LIST)).is_ok());
    let refused = StatusList::inflate(bits, &packed(limits::STATUS_LIST + 1)).unwrap_err();
    assert_eq!(refused.code(), Code::StatusListTooLarge);
}

#[test]
fn a_list_is_fresh_for_its_ttl_and_no_longer_than_it_counts() {
    let token = |ttl, exp: Option<i64>| {
        let mut claims = claims();
        (claims.ttl, claims.expires_at) = (ttl, exp.map(|exp| NOW.plus(exp)));
        verified(&tokens(&claims, &WORLD.issuer)[0]).unwrap()
    };
    let fresh = |ttl, exp| token(ttl, exp).fresh_until(NOW).0 - NOW.0;
    assert_eq!(fresh(None, None), limits::STATUS_FRESH_SECONDS);
    assert_eq!(fresh(Some(600), None), 600);
    assert_eq!(fresh(Some(600), Some(300)), 300);
    assert_eq!(fresh(Some(1), None), limits::STATUS_TTL_MIN_SECONDS);
    assert_eq!(fresh(Some(i64::MAX), None), limits::STATUS_TTL_MAX_SECONDS);
    let good = |ttl, exp| token(ttl, exp).good_until(NOW).0 - NOW.0;
    assert_eq!(good(Some(60), Some(300)), 300);
    assert_eq!(good(Some(60), None), limits::STATUS_FRESH_SECONDS);
    assert_eq!(good(Some(i64::MAX), None), limits::STATUS_TTL_MAX_SECONDS);
    assert_eq!(good(Some(60), Some(i64::MAX - NOW.0)), limits::STATUS_TTL_MAX_SECONDS);
}

#[test]
fn eu_46_the_place_in_both_forms() {
    let reference = StatusReference { uri: URI.to_owned(), index: 412 };
    let claims = Map::from_iter([("status".to_owned(), reference.to_claim())]);
    assert_eq!(StatusReference::from_claims(&claims).unwrap(), Some(reference.clone()));
    assert_eq!(StatusReference::from_mso(&reference.to_mso()).unwrap(), Some(reference));
    assert_eq!(StatusReference::from_claims(&Map::new()).unwrap(), None);
    // Another mechanism is no status list.
    let other = Map::from_iter([("status".to_owned(), json!({ "identifier_list": {} }))]);
    assert_eq!(StatusReference::from_claims(&other).unwrap(), None);
    let mut encoded = Writer::default();
    encoded.map(1).text("identifier_list").map(0);
    assert_eq!(StatusReference::from_mso(encoded.as_bytes()).unwrap(), None);
}

#[test]
fn eu_46_a_place_that_is_none() {
    let long = format!("https://issuer.example/{}", "x".repeat(limits::STATUS_URI));
    for bad in [
        json!([]),
        json!({ "status_list": {} }),
        json!({ "status_list": { "idx": 1 } }),
        json!({ "status_list": { "uri": URI } }),
        json!({ "status_list": { "idx": -1, "uri": URI } }),
        json!({ "status_list": { "idx": "1", "uri": URI } }),
        json!({ "status_list": { "idx": 1, "uri": "" } }),
        json!({ "status_list": { "idx": 1, "uri": long } }),
    ] {
        let claims = Map::from_iter([("status".to_owned(), bad.clone())]);
        let refused = StatusReference::from_claims(&claims).unwrap_err();
        assert_eq!(refused.code(), Code::StatusReferenceMalformed, "{bad}");
    }
    let encoded = |index: i64, uri: &str| {
        let mut out = Writer::default();
        out.map(1).text("status_list").map(2).text("idx").int(index).text("uri").text(uri);
        StatusReference::from_mso(out.as_bytes()).map_err(|error| error.code())
    };
    assert!(encoded(0, URI).is_ok());
    assert_eq!(encoded(-1, URI), Err(Code::StatusReferenceMalformed));
    assert_eq!(encoded(0, ""), Err(Code::StatusReferenceMalformed));
}

proptest! {
    #[test]
    fn what_is_set_is_read(
        bits in prop_oneof![Just(1), Just(2), Just(4), Just(8)],
        entries in 1_usize..200,
        values in proptest::collection::vec((0_u64..200, any::<u8>()), 0..40),
    ) {
        let bits = Bits::new(bits).unwrap();
        let mut builder = StatusListBuilder::new(bits, entries);
        let mut expected = std::collections::BTreeMap::new();
        for (index, value) in values {
            if builder.set(index, value) {
                expected.insert(index, value & bits.mask());
            }
        }
        let list = StatusList::inflate(bits, &builder.claims(URI, NOW).lst).unwrap();
        for index in 0..entries as u64 {
            let value = match list.status(index).unwrap() {
                Status::Valid => 0,
                Status::Invalid => 1,
                Status::Suspended => 2,
                Status::Other(other) => other,
            };
            prop_assert_eq!(value, expected.get(&index).copied().unwrap_or_default());
        }
    }

    #[test]
    fn any_input_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..80), text in "[ -~]{0,80}") {
        let _ = verified(&bytes);
        let _ = verified(text.as_bytes());
        let _ = StatusReference::from_mso(&bytes);
        let _ = StatusList::inflate(Bits::new(1).unwrap(), &bytes);
        prop_assert!(verified(&bytes).is_err());
    }

    /// No changed byte of a signed list passes with another content.
    #[test]
    fn a_changed_byte_is_refused(at: proptest::sample::Index, flip in 1_u8.., form in 0_usize..2) {
        let mut token = tokens(&claims(), &WORLD.issuer)[form].clone();
        let at = at.index(token.len());
        token[at] ^= flip;
        if let Ok(passed) = verified(&token) {
            prop_assert_eq!(passed.list().status(3).unwrap(), Status::Invalid);
            prop_assert_eq!(passed.list().status(4).unwrap(), Status::Valid);
        }
    }
}
