//! Each rule broken alone, beside a twin that keeps it.

use serde_json::json;

use super::fixture::*;
use super::*;
use crate::credential::path::ClaimLocation;
use crate::crypto::p256::SecretKey;
use crate::error::Code;
use crate::issue::sd_jwt::{Unsigned, element_disclosure, property_disclosure};
use crate::trust::{Anchors, ListName, TrustAnchor};

const STRICT: Leniency = Leniency { vc_sd_jwt_typ: false, anchor_in_chain: false };

/// Sets a claim of the signed payload.
fn claim(name: &'static str, value: Value) -> impl FnOnce(&mut Unsigned) {
    move |unsigned| {
        unsigned.payload.insert(name.to_owned(), value);
    }
}

fn without(name: &'static str) -> impl FnOnce(&mut Unsigned) {
    move |unsigned| {
        unsigned.payload.remove(name);
    }
}

#[test]
fn a_good_pid_is_accepted() {
    let text = pid().build().unwrap().sign(&WORLD.signer);
    let credential = receive_text(&text, NOW, STRICT).unwrap();
    assert_eq!(credential.compact(), text);
    assert_eq!(credential.vct(), VCT);
    assert_eq!(credential.claims()["address"]["country"], "CA");
    assert!(*credential.device_key() == WORLD.device.public_key());
    assert_eq!(credential.locations().len(), 7);
    assert!(credential.always_disclosed().is_empty());
}

/// SD-JWT VC 2.2.1; `vc+sd-jwt` is the Canadian profile's leniency (CA-1).
#[test]
fn typ() {
    let with = |typ: Value, leniency| {
        let mut unsigned = pid().build().unwrap();
        unsigned.header.insert("typ".to_owned(), typ);
        receive_text(&unsigned.sign(&WORLD.signer), NOW, leniency).err().map(|error| error.code())
    };
    let lenient = Leniency { vc_sd_jwt_typ: true, ..STRICT };
    assert_eq!(with(json!("dc+sd-jwt"), STRICT), None);
    assert_eq!(with(json!("dc+sd-jwt"), lenient), None);
    assert_eq!(with(json!("vc+sd-jwt"), lenient), None);
    assert_eq!(with(json!("vc+sd-jwt"), STRICT), Some(Code::SdJwtTypInvalid));
    for typ in [json!("JWT"), json!("DC+SD-JWT"), json!("kb+jwt"), json!(null), json!(["dc+sd-jwt"])] {
        assert_eq!(with(typ.clone(), lenient), Some(Code::SdJwtTypInvalid), "{typ}");
    }
    assert_eq!(code_of(|unsigned| drop(unsigned.header.remove("typ"))), Some(Code::SdJwtTypInvalid));
}

/// RFC 9901 7.1 steps 2.1 and 2.2.
#[test]
fn algorithm_and_signature() {
    for alg in ["ES384", "HS256", "none"] {
        let change = |unsigned: &mut Unsigned| drop(unsigned.header.insert("alg".to_owned(), json!(alg)));
        assert_eq!(code_of(change), Some(Code::SdJwtAlgUnsupported), "{alg}");
    }
    let unsigned = pid().build().unwrap();
    let other = SecretKey::random().unwrap();
    let error = receive_text(&unsigned.sign(&other), NOW, STRICT).err();
    assert_eq!(error.map(|error| error.code()), Some(Code::SdJwtSignatureInvalid));
    assert!(receive_text(&unsigned.sign(&WORLD.signer), NOW, STRICT).is_ok());
}

/// RFC 9901 4, 7.1 steps 3 to 5.
#[test]
fn disclosures() {
    let extra = || property_disclosure("extra", &json!(1)).unwrap();
    assert_eq!(code_of(|unsigned| unsigned.add_property(extra())), None);
    assert_eq!(
        code_of(|unsigned| unsigned.disclosures.push(extra())),
        Some(Code::SdJwtDisclosureUnreferenced)
    );
    let twice = |unsigned: &mut Unsigned| {
        let first = unsigned.disclosures[0].clone();
        unsigned.disclosures.push(first);
    };
    assert_eq!(code_of(twice), Some(Code::SdJwtDisclosureDoubled));
    // A value that was exchanged has another digest.
    let exchanged = |unsigned: &mut Unsigned| {
        unsigned.disclosures[0] = property_disclosure("family_name", &json!("Prefect")).unwrap();
    };
    assert_eq!(code_of(exchanged), Some(Code::SdJwtDisclosureUnreferenced));
    assert_eq!(
        code_of(|unsigned| unsigned.add_property(element_disclosure(&json!(1)).unwrap())),
        Some(Code::SdJwtDisclosureMalformed)
    );
    for name in ["_sd", "...", "family_name"] {
        assert_eq!(
            code_of(|unsigned| unsigned.add_property(property_disclosure(name, &json!([])).unwrap())),
            Some(Code::SdJwtClaimNameForbidden),
            "{name}"
        );
    }
    assert_eq!(code_of(|unsigned| unsigned.add_digest(unsigned.digest("decoy"))), None);
    let known = |unsigned: &mut Unsigned| unsigned.add_digest(unsigned.digest(&unsigned.disclosures[0]));
    assert_eq!(code_of(known), Some(Code::SdJwtDigestDoubled));
    // Truncated on the way: what is missing is a decoy to who does not know (RFC 9901 7.1, note).
    assert_eq!(code_of(|unsigned| drop(unsigned.disclosures.pop())), None);
}

/// RFC 9901 4.1.1.
#[test]
fn hash_algorithm() {
    use crate::crypto::hash::HashAlg;
    for alg in [HashAlg::Sha256, HashAlg::Sha384, HashAlg::Sha512] {
        let text = pid().hash_alg(alg).build().unwrap().sign(&WORLD.signer);
        assert!(receive_text(&text, NOW, STRICT).is_ok(), "{alg:?}");
    }
    assert_eq!(code_of(without("_sd_alg")), None);
    assert_eq!(code_of(claim("_sd_alg", json!("sha-1"))), Some(Code::SdJwtHashAlgUnsupported));
}

/// SD-JWT VC 2.2.2.1; aka_vcts of its later drafts.
#[test]
fn types() {
    assert_eq!(code_of(without("vct")), Some(Code::SdJwtVctMismatch));
    for vct in [json!(1), json!(null), json!([VCT]), json!("")] {
        assert_eq!(code_of(claim("vct", vct.clone())), Some(Code::SdJwtVctMismatch), "{vct}");
    }
    assert_eq!(code_of(claim("aka_vcts", json!(["urn:a", "urn:b"]))), None);
    for others in [json!([]), json!("urn:a"), json!([1])] {
        assert_eq!(code_of(claim("aka_vcts", others.clone())), Some(Code::SdJwtMalformed), "{others}");
    }
    let text = pid().claim("aka_vcts", json!(["urn:a"])).build().unwrap().sign(&WORLD.signer);
    assert_eq!(receive_text(&text, NOW, STRICT).unwrap().types(), [VCT, "urn:a"]);
}

/// RFC 7519 4.1.4 to 4.1.6, with the skew of the design's contract 4.
#[test]
fn validity() {
    let skew = crate::limits::CLOCK_SKEW_SECONDS;
    for (name, last_good, first_bad, code) in [
        ("exp", -skew + 1, -skew, Code::SdJwtExpired),
        ("nbf", skew, skew + 1, Code::SdJwtNotYetValid),
        ("iat", skew, skew + 1, Code::SdJwtNotYetValid),
    ] {
        assert_eq!(code_of(without(name)), None, "{name}");
        assert_eq!(code_of(claim(name, json!(NOW.plus(last_good).0))), None, "{name}");
        assert_eq!(code_of(claim(name, json!(NOW.plus(first_bad).0))), Some(code), "{name}");
        assert_eq!(code_of(claim(name, json!("1795341600"))), Some(Code::SdJwtMalformed), "{name}");
        assert_eq!(code_of(claim(name, json!(null))), Some(Code::SdJwtMalformed), "{name}");
    }
    assert_eq!(code_of(claim("exp", json!(NOW.0 as f64 + 0.5))), None);
    assert_eq!(code_of(claim("exp", json!(1e300))), None);
    assert_eq!(code_of(claim("nbf", json!(u64::MAX))), Some(Code::SdJwtNotYetValid));
}

/// RFC 7800 3.2, HAIP 1.0 6.1; a `kid` beside the `jwk` is what ACA-Py writes (CA-1).
#[test]
fn device_key() {
    let jwk = crate::jose::jwk::public_members(&WORLD.device.public_key());
    let changed = |member: &str, value: Value| {
        let mut jwk = jwk.clone();
        jwk[member] = value;
        json!({ "jwk": jwk })
    };
    assert_eq!(code_of(claim("cnf", json!({ "jwk": jwk, "kid": "did:jwk:abc#0" }))), None);
    assert_eq!(code_of(without("cnf")), Some(Code::SdJwtHolderKeyInvalid));
    for cnf in [
        json!({ "kid": "did:jwk:abc#0" }),
        json!("abc"),
        changed("crv", json!("P-384")),
        changed("kty", json!("OKP")),
        changed("y", jwk["x"].clone()),
        changed("d", jwk["x"].clone()),
    ] {
        assert_eq!(code_of(claim("cnf", cnf.clone())), Some(Code::SdJwtHolderKeyInvalid), "{cnf}");
    }
}

/// SD-JWT VC 2.2.2.2, RFC 9901 9.7: who presents may not leave out what decides over validity, as a whole or in part.
#[test]
fn what_must_not_be_hidden() {
    let hide = |name: &'static str, value: Value| {
        let disclosure = property_disclosure(name, &value).unwrap();
        move |unsigned: &mut Unsigned| {
            unsigned.payload.remove(name);
            unsigned.add_property(disclosure);
        }
    };
    let pid = pid().build().unwrap();
    for name in ["iss", "nbf", "exp", "cnf", "vct", "vct#integrity", "status"] {
        let value = pid.payload[name].clone();
        assert_eq!(code_of(hide(name, value)), Some(Code::SdJwtClaimMustNotBeHidden), "{name}");
    }
    assert_eq!(code_of(hide("aka_vcts", json!(["urn:a"]))), Some(Code::SdJwtClaimMustNotBeHidden));
    for name in ["iat", "sub"] {
        assert_eq!(code_of(hide(name, json!(NOW.0))), None, "{name}");
    }

    let inside = property_disclosure("status_list", &pid.payload["status"]["status_list"]).unwrap();
    let digest = pid.digest(&inside);
    let disclosed = |unsigned: &mut Unsigned| {
        unsigned.payload.insert("status".to_owned(), json!({ "_sd": [digest] }));
        unsigned.disclosures.push(inside);
    };
    assert_eq!(code_of(disclosed), Some(Code::SdJwtClaimMustNotBeHidden));
    for (name, value) in [
        ("status", json!({ "_sd": [pid.digest("left out")] })),
        ("status", json!({ "status_list": [{ "...": pid.digest("left out") }] })),
        ("cnf", json!({ "jwk": pid.payload["cnf"]["jwk"], "_sd": [] })),
    ] {
        assert_eq!(code_of(claim(name, value.clone())), Some(Code::SdJwtClaimMustNotBeHidden), "{value}");
    }
}

/// SD-JWT VC 2.5, EU-45.
#[test]
fn issuer() {
    assert_eq!(code_of(without("iss")), None);
    assert_eq!(code_of(claim("iss", json!("https://issuer.example"))), None);
    assert_eq!(code_of(claim("iss", json!("https://other.example"))), Some(Code::SdJwtIssuerMismatch));
    assert_eq!(code_of(claim("iss", json!(["https://issuer.example"]))), Some(Code::SdJwtMalformed));
    // A leaf that names no host has nothing to compare with.
    let leaf = issue_leaf(&WORLD.root, &WORLD.signer.public_key(), &[]);
    let text = pid().issuer("https://other.example").chain([leaf.der()]).build().unwrap().sign(&WORLD.signer);
    assert!(receive_text(&text, NOW, STRICT).is_ok());
}

/// HAIP 1.0 6.1.1, EU-45.
#[test]
fn chain() {
    let with = |chain: &[&[u8]], leniency| {
        let text = pid().chain(chain).build().unwrap().sign(&WORLD.signer);
        receive_text(&text, NOW, leniency).err().map(|error| error.code())
    };
    let (leaf, root) = (WORLD.leaf.der(), WORLD.root.certificate.der());
    let lenient = Leniency { anchor_in_chain: true, ..STRICT };
    assert_eq!(with(&[leaf], STRICT), None);
    assert_eq!(with(&[leaf, root], lenient), None);
    assert_eq!(with(&[leaf, root], STRICT), Some(Code::AnchorInChain));
    assert_eq!(with(&[], STRICT), Some(Code::ChainLengthInvalid));
    assert_eq!(with(&[b"leaf"], STRICT), Some(Code::CertificateMalformed));
}

/// An issuer that is trusted for one type may not issue another, nor call its own another.
#[test]
fn anchors_for_types() {
    let with = |types: &[&str], aka: Option<&str>| {
        let mut builder = pid();
        if let Some(aka) = aka {
            builder = builder.claim("aka_vcts", json!([aka]));
        }
        let text = builder.build().unwrap().sign(&WORLD.signer);
        let anchor = TrustAnchor::new(ListName::EuIssuers, WORLD.root.certificate.clone(), "test", NOW);
        let anchors = Anchors::from_iter([anchor.unwrap().with_types(types.iter().copied())]);
        let sd_jwt = SdJwt::parse(&text).unwrap();
        let chain = trusted(&sd_jwt.chain().unwrap(), &anchors).unwrap();
        sd_jwt.verify(&chain, NOW, STRICT).err().map(|error| error.code())
    };
    assert_eq!(with(&[VCT], None), None);
    assert_eq!(with(&["urn:library:card"], None), Some(Code::AnchorNotForThis));
    assert_eq!(with(&[VCT, "urn:other"], Some("urn:other")), None);
    assert_eq!(with(&[VCT], Some("urn:other")), Some(Code::AnchorNotForThis));
}

/// RFC 9901 7.2: what an issuer sends has no KB-JWT.
#[test]
fn key_binding() {
    let text = pid().build().unwrap().sign(&WORLD.signer);
    let credential = receive_text(&text, NOW, STRICT).unwrap();
    let binding = KeyBinding { audience: "a", nonce: "n", issued_at: NOW };
    let everything = [ClaimLocation(Vec::new())];
    let prepared = prepare(&text, credential.layout(), &everything, &binding).unwrap();
    let signature = WORLD.device.sign(prepared.to_sign());
    let presentation = prepared.finish(&signature);
    assert!(presentation.starts_with(&text) && presentation.len() > text.len());
    let error = receive_text(&presentation, NOW, STRICT).err();
    assert_eq!(error.map(|error| error.code()), Some(Code::SdJwtKeyBindingUnexpected));
}

proptest::proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,80}", parts in "[A-Za-z0-9_.~-]{0,200}") {
        for text in [text, parts] {
            if let Ok(sd_jwt) = SdJwt::parse(&text) {
                let _ = sd_jwt.chain();
                let _ = sd_jwt.check(&WORLD.signer.public_key(), NOW, STRICT);
            }
        }
    }
}
