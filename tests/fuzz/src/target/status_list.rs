//! Status lists: the first byte chooses how the rest of the input is taken.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use wallet_core::cbor::Writer;
use wallet_core::cose::{self, Payload};
use wallet_core::issue::status_list::{StatusListBuilder, StatusListClaims};
use wallet_core::jose::base64url;
use wallet_core::limits;
use wallet_core::trust::Channel;
use wallet_core::trust::status::{
    Bits, CWT_TYPE, Status, StatusList, StatusListToken, StatusReference, verify,
};

use crate::fixture::NOW;
use crate::fixture::pki::{ISSUERS, PKI};
use crate::vectors::Vectors;

const URI: &str = "https://issuer.example/status/1";

/// - 0: a token as it comes: nothing passes that the issuer did not sign;
/// - 1, 2: the payload of a token as JWT or CWT, which is then signed: accepted, it is this list's and good now;
/// - 3: a packed list: it is bounded, and every place gives what a plain look at the bytes gives;
/// - 4, 5: the place that an mdoc or SD-JWT names: accepted, it survives its own encoding.
pub fn run(data: &[u8]) {
    let Some((kind, data)) = data.split_first() else { return };
    match kind % 6 {
        0 => drop(verified(data)),
        1 => accepted(jwt(data).as_bytes()),
        2 => accepted(&cwt(data)),
        3 => unpacked(data),
        4 => place(StatusReference::from_mso(data).ok().flatten()),
        _ => {
            let claims = serde_json::from_slice::<Value>(data).unwrap_or_default();
            let claims = claims.as_object().cloned().unwrap_or_default();
            place(StatusReference::from_claims(&claims).ok().flatten());
        }
    }
}

fn verified(token: &[u8]) -> Option<StatusListToken> {
    verify(token, URI, &ISSUERS, Channel::OpenId4Vci, NOW).ok()
}

fn accepted(token: &[u8]) {
    let Some(token) = verified(token) else { return };
    let signer = PKI.eu_jwt_signer.certificate.authority_key_id().expect("its issuer's key");
    token.is_of([signer]).expect("the issuer's");
    let fresh = token.fresh_until(NOW).0 - NOW.0;
    assert!((-limits::CLOCK_SKEW_SECONDS..=limits::STATUS_TTL_MAX_SECONDS).contains(&fresh), "{fresh}");
    assert!(token.list().status(u64::MAX).is_err());
}

fn unpacked(data: &[u8]) {
    let Some((bits, lst)) = data.split_first() else { return };
    let Some(bits) = Bits::new(u64::from(*bits)) else { return };
    let Ok(list) = StatusList::inflate(bits, lst) else { return };
    let per_byte = 8 / u64::from(bits.get());
    let end = limits::STATUS_LIST as u64 * per_byte;
    assert!(list.status(end).is_err(), "longer than it may be");
    for index in 0..end.min(64) {
        let Ok(status) = list.status(index) else { break };
        let value = match status {
            Status::Valid => 0,
            Status::Invalid => 1,
            Status::Suspended => 2,
            Status::Other(other) => other,
        };
        assert!(u32::from(value) < 1 << bits.get(), "{value} in {} bits", bits.get());
    }
}

fn place(place: Option<StatusReference>) {
    let Some(place) = place else { return };
    assert!(!place.uri.is_empty() && place.uri.len() <= limits::STATUS_URI);
    if i64::try_from(place.index).is_ok() {
        let again = StatusReference::from_mso(&place.to_mso()).expect("its own encoding");
        assert_eq!(again, Some(place));
    }
}

/// The payload as JWT, signed.
fn jwt(payload: &[u8]) -> String {
    let signer = &PKI.eu_jwt_signer;
    let header = json!({ "typ": "statuslist+jwt", "alg": "ES256", "x5c": [STANDARD.encode(signer.certificate.der())] });
    let mut out = base64url::encode(header.to_string().as_bytes());
    out.push('.');
    base64url::encode_into(payload, &mut out);
    let signature = signer.key.sign(out.as_bytes());
    out.push('.');
    base64url::encode_into(&signature.to_raw(), &mut out);
    out
}

/// The payload as CWT, signed.
fn cwt(payload: &[u8]) -> Vec<u8> {
    let signer = &PKI.eu_jwt_signer;
    let mut protected = Writer::default();
    protected.map(2).int(cose::LABEL_ALG).int(cose::ALG_ES256).int(cose::LABEL_TYP).text(CWT_TYPE);
    let unprotected = cose::x5chain_header(&[signer.certificate.der()]);
    let unsigned = cose::Unsigned::new(protected.as_bytes(), &unprotected, Payload::Attached(payload));
    let signature = signer.key.sign(unsigned.to_sign());
    unsigned.finish(&signature)
}

/// Good ones of each kind, and the published lists.
#[must_use]
pub fn seeds(_: &Vectors) -> Vec<Vec<u8>> {
    let signer = &PKI.eu_jwt_signer;
    let mut list = StatusListBuilder::new(Bits::new(2).expect("two bits"), 64);
    assert!(list.set(7, 1) && list.set(9, 2));
    let claims = StatusListClaims { ttl: Some(600), ..list.claims(URI, NOW) };
    let token = claims.jwt([signer.certificate.der()], &signer.key);
    let payload = token.split('.').nth(1).and_then(|part| base64url::decode(part, "seed").ok());
    let message = claims.cwt(&[signer.certificate.der()], &signer.key);
    let cwt_payload = cose::Sign1::parse(&message, "seed").expect("a message");
    let cwt_payload = cwt_payload.unverified_payload().expect("a payload").to_vec();
    let place = StatusReference { uri: URI.to_owned(), index: 7 };
    let mut packed = vec![2];
    packed.extend_from_slice(&claims.lst);
    let claim = json!({ "status": place.to_claim() }).to_string().into_bytes();
    [token.into_bytes(), payload.expect("a payload"), cwt_payload, packed, place.to_mso(), claim]
        .into_iter()
        .zip(0_u8..)
        .map(|(seed, kind)| [vec![kind], seed].concat())
        .chain([[vec![0], message].concat()])
        .collect()
}
