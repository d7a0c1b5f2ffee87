//! Registration certificates of a registrar that signs whatever it is told to: the input is the payload.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use url::Url;
use wallet_core::jose::base64url;
use wallet_core::limits;
use wallet_core::present::dcql::Query;
use wallet_core::present::registration::{RegistrationCertificate, Scope, verify};
use wallet_core::profile::DcqlLeniency;
use wallet_core::trust::Channel;

use crate::fixture::NOW;
use crate::fixture::pki::{PKI, REGISTERED, REGISTRARS};
use crate::vectors::Vectors;

/// What is accepted is whoever's asks, is bounded and fit to be shown, and covers a claim exactly when a plain look at the
/// payload says so.
pub fn run(data: &[u8]) {
    let access = &PKI.eu_verifier.certificate;
    let Ok(certificate) = verify(&signed(data), access, &REGISTRARS, Channel::OpenId4Vp, NOW) else { return };
    let payload: Value = serde_json::from_slice(data).expect("an accepted payload");
    check_details(&certificate);
    for (format, meta, path) in [
        ("dc+sd-jwt", json!({ "vct_values": ["urn:eudi:pid:1"] }), json!(["address", "locality"])),
        ("dc+sd-jwt", json!({ "vct_values": ["urn:eudi:pid:1"] }), json!(["nationalities", null])),
        ("dc+sd-jwt", json!({ "vct_values": ["urn:eudi:pid:1"] }), json!(["nationalities", 0])),
        ("mso_mdoc", json!({ "doctype_value": "d" }), json!(["n", "e"])),
    ] {
        let registered = is_registered(&payload, format, &meta, &path);
        assert_eq!(covers(certificate.scope(), format, &meta, &path), registered, "{path}");
    }
}

fn check_details(certificate: &RegistrationCertificate) {
    let details = certificate.details();
    assert!(details.identifier == REGISTERED || details.intermediary.as_deref() == Some(REGISTERED));
    assert!(details.intermediary.is_none() || !details.name.is_empty(), "nobody to name");
    let authority = details.supervisory_authority.clone().unwrap_or_default();
    let localized = details.purposes.iter().chain(&details.service_descriptions);
    assert!(localized.clone().count() <= 2 * limits::REGISTRATION_LANGUAGES);
    let texts =
        [&details.country, &details.intended_use_id, &authority.name, &authority.email, &authority.phone];
    let texts = texts.into_iter().flatten().chain(localized.map(|one| &one.text)).chain([&details.name]);
    for text in texts {
        let acts = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        assert!(text.len() <= limits::REGISTRATION_TEXT && !text.contains(acts), "{text:?}");
    }
    let addresses = [&details.privacy_policy, &details.support_uri, &details.info_uri, &details.registry_uri];
    for address in addresses.into_iter().chain([&authority.uri]).flatten() {
        let url = Url::parse(address).expect("an address");
        assert!(
            url.scheme() == "https" && url.username().is_empty() && url.password().is_none(),
            "{address}"
        );
    }
}

fn covers(scope: &Scope, format: &str, meta: &Value, path: &Value) -> bool {
    let query = json!({ "credentials": [{ "id": "q", "format": format, "meta": meta, "claims": [{ "path": path }] }] });
    let query = Query::parse(&query, &DcqlLeniency::NONE).expect("a query");
    let credential = query.credential("q").expect("the query");
    credential.claims().iter().all(|claim| scope.covers(credential, claim.path()))
}

/// The second opinion: a path in the payload, for this type, that is a beginning of this one.
fn is_registered(payload: &Value, format: &str, meta: &Value, path: &Value) -> bool {
    let list = |value: Option<&Value>| value.and_then(Value::as_array).cloned().unwrap_or_default();
    let of_type = |entry: &&Value| {
        let vcts = list(entry.pointer("/meta/vct_values"));
        entry.get("format").is_some_and(|one| one == format)
            && match meta.get("doctype_value") {
                Some(doctype) => entry.pointer("/meta/doctype_value") == Some(doctype),
                None => vcts.contains(&meta["vct_values"][0]),
            }
    };
    let begins = |claim: &Value| {
        let (own, asked) = (list(claim.get("path")), list(Some(path)));
        let step = |(own, asked): (&Value, &Value)| own == asked || (own.is_null() && asked.is_u64());
        own.len() <= asked.len() && own.iter().zip(&asked).all(step)
    };
    list(payload.get("credentials"))
        .iter()
        .filter(of_type)
        .any(|entry| list(entry.get("claim").or_else(|| entry.get("claims"))).iter().any(begins))
}

/// The certificate with this payload.
pub(super) fn signed(payload: &[u8]) -> String {
    let x5c = [STANDARD.encode(PKI.eu_registrar.certificate.der())];
    let header = json!({ "typ": "rc-wrp+jwt", "alg": "ES256", "x5c": x5c });
    let mut out = base64url::encode(header.to_string().as_bytes());
    out.push('.');
    base64url::encode_into(payload, &mut out);
    let signature = PKI.eu_registrar.key.sign(out.as_bytes());
    out.push('.');
    base64url::encode_into(&signature.to_raw(), &mut out);
    out
}

/// A registration for one claim of the PID and one of an mdoc.
pub(super) fn payload() -> Value {
    json!({
        "sub": REGISTERED,
        "name": "Bank",
        "country": "FR",
        "purpose": [{ "lang": "en", "value": "Account" }, { "lang": "fr", "content": "Compte" }],
        "srv_description": [{ "lang": "en", "value": "Accounts" }],
        "intended_use_id": "1",
        "privacy_policy": "https://verifier.example/privacy",
        "support_uri": "https://verifier.example/support",
        "registry_uri": "https://register.example/",
        "supervisory_authority": {
            "name": "DPA", "email": "a@dpa.example", "phone": "+33 1", "uri": "https://dpa.example/",
        },
        "credentials": [
            { "format": "dc+sd-jwt", "meta": { "vct_values": ["urn:eudi:pid:1"] },
              "claim": [{ "path": ["family_name"] }, { "path": ["nationalities", null] }] },
            { "format": "mso_mdoc", "meta": { "doctype_value": "d" }, "claims": [{ "path": ["n", "e"] }] },
        ],
        "iat": NOW.0 - 5,
        "exp": NOW.0 + 300,
        "status": { "status_list": { "idx": 1, "uri": "https://register.example/status" } },
    })
}

/// A registration, the same through an intermediary, and the payloads of published certificates.
#[must_use]
pub fn seeds(vectors: &Vectors) -> Vec<Vec<u8>> {
    let mut through = payload();
    through["intermediary"] = json!({ "sub": REGISTERED, "sname": "Go-between" });
    through["sub"] = json!("1");
    let published = vectors.texts.iter().filter_map(|text| {
        let payload = base64url::decode(text.split('.').nth(1)?, "seed").ok()?;
        let mut payload: Value = serde_json::from_slice(&payload).ok()?;
        payload.get("credentials")?;
        payload["sub"] = json!(REGISTERED);
        Some(payload)
    });
    published.chain([payload(), through]).map(|payload| payload.to_string().into_bytes()).collect()
}
