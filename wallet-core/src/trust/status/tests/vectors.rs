//! The published lists and tokens (Token Status List, examples and test vectors).

use serde_json::Value;

use super::*;
use crate::jose::base64url;
use crate::testing::{hex, vector};

fn one_line(value: &Value) -> String {
    value.as_str().unwrap().split_whitespace().collect()
}

fn in_json(list: &Value) -> StatusList {
    let bits = Bits::new(list["bits"].as_u64().unwrap()).unwrap();
    StatusList::inflate(bits, &base64url::decode(list["lst"].as_str().unwrap(), "t").unwrap()).unwrap()
}

/// EU-46: values of one, two, four and eight bits, a million of each.
#[test]
fn eu_46_published_lists() {
    let Some(vectors) = vector("token-status-list.json") else { return };
    for (name, long) in vectors["long"].as_object().unwrap() {
        let list = in_json(&long["json"]);
        let status = |index: u64| match list.status(index).unwrap() {
            Status::Valid => 0,
            Status::Invalid => 1,
            Status::Suspended => 2,
            Status::Other(other) => u64::from(other),
        };
        let listed = long["nonzero_or_listed"].as_object().unwrap();
        for (index, value) in listed {
            assert_eq!(status(index.parse().unwrap()), value.as_u64().unwrap(), "{name} {index}");
        }
        let entries = long["entries"].as_u64().unwrap();
        let counted = (0..entries).filter(|index| status(*index) != 0).count();
        let expected = listed.values().filter(|value| value.as_u64() != Some(0)).count();
        assert_eq!(counted, expected, "{name}: nothing else is set");
        assert_eq!(list.status(entries).unwrap_err().code(), Code::StatusIndexInvalid);
        assert_eq!(list.status(u64::MAX).unwrap_err().code(), Code::StatusIndexInvalid);
    }
}

#[test]
fn eu_46_the_small_lists_bit_by_bit() {
    let Some(vectors) = vector("token-status-list.json") else { return };
    let one = in_json(&vectors["small"]["status_list_encoding_json"]);
    let expected = [1, 0, 0, 1, 1, 1, 0, 1, 1, 1, 0, 0, 0, 1, 0, 1].map(|bit| match bit {
        0 => Status::Valid,
        _ => Status::Invalid,
    });
    let read: Vec<_> = (0..16).map(|index| one.status(index).unwrap()).collect();
    assert_eq!(read, expected);
    let two = in_json(&vectors["small"]["status_list_encoding2_json"]);
    let expected = [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3].map(|value| match value {
        0 => Status::Valid,
        1 => Status::Invalid,
        2 => Status::Suspended,
        other => Status::Other(other),
    });
    let read: Vec<_> = (0..12).map(|index| two.status(index).unwrap()).collect();
    assert_eq!(read, expected);
}

/// The published tokens name no certificates, so nobody can be asked whether they are right. All that comes before is.
#[test]
fn eu_46_published_tokens_are_read_up_to_their_missing_chain() {
    let Some(vectors) = vector("token-status-list.json") else { return };
    let jwt = one_line(&vectors["status_list_jwt_raw"]);
    assert_eq!(code(jwt.as_bytes()), Some(Code::ChainLengthInvalid));
    let cwt = hex(&one_line(&vectors["status_list_cwt"]));
    assert_eq!(code(&cwt), Some(Code::ChainLengthInvalid));
    // A credential is no list.
    let credential = hex(&one_line(&vectors["referenced_token_cwt"]));
    assert_eq!(code(&credential), Some(Code::StatusListTypInvalid));
}

/// What the published CWT says, signed by somebody who shows a chain.
#[test]
fn eu_46_the_claims_of_the_published_cwt() {
    use crate::cose::{Payload, Sign1, Unsigned, x5chain_header};
    let Some(vectors) = vector("token-status-list.json") else { return };
    let published = hex(&one_line(&vectors["status_list_cwt"]));
    let published = Sign1::parse(&published, "t").unwrap();
    let signer = &WORLD.issuer;
    let payload = Payload::Attached(published.unverified_payload().unwrap());
    let unsigned = Unsigned::new(published.protected(), &x5chain_header(&[&signer.der]), payload);
    let signature = signer.key.sign(unsigned.to_sign());
    let message = unsigned.finish(&signature);
    let uri = "https://example.com/statuslists/1";
    let token = verify(&message, uri, &WORLD.anchors, Channel::OpenId4Vci, NOW).unwrap();
    assert_eq!(token.list().status(0).unwrap(), Status::Invalid);
    assert_eq!(token.fresh_until(NOW), NOW.plus(43_200));
}
