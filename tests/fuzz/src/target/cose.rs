//! COSE_Sign1 and COSE_Key.

use wallet_core::cbor::{Writer, check};
use wallet_core::cose::{self, Payload, Sign1, Unsigned};

use crate::fixture::key;
use crate::vectors::Vectors;

/// What the seeds' signature is over.
pub const PAYLOAD: &[u8] = b"\xd8\x18\x43\x01\x02\x03";

/// A message for the seeds.
#[must_use]
pub fn signed(payload: Payload<'_>) -> Vec<u8> {
    let unsigned = Unsigned::es256(payload);
    let signature = key("cose").sign(unsigned.to_sign());
    unsigned.finish(&signature)
}

/// A message is well-formed CBOR, means the same with its tag and without, and verifies only when the fixture signed
/// it; its header and payload signed anew verify. A key is read from what is written of it.
pub fn run(data: &[u8]) {
    if check(data, "fuzz").is_ok()
        && let Ok(public) = cose::key::read(data, "fuzz")
    {
        let mut out = Writer::default();
        cose::key::write(&public, &mut out);
        assert_eq!(cose::key::read(out.as_bytes(), "fuzz"), Ok(public));
    }
    let Ok(message) = Sign1::parse(data, "fuzz") else { return };
    check(data, "fuzz").expect("a parsed message");
    let (public, payload) = (key("cose").public_key(), message.unverified_payload());
    if let Some(verified) = message.verify(&public) {
        assert_eq!(verified, PAYLOAD);
    }
    if message.verify_detached(&public, PAYLOAD) {
        assert!(payload.is_none() && message.is_es256());
    }
    assert!(message.x5chain().len() <= wallet_core::limits::CHAIN_CERTIFICATES);
    if data.first() != Some(&0xd2) {
        let tagged = [&[0xd2], data].concat();
        if let Ok(tagged) = Sign1::parse(&tagged, "fuzz") {
            assert_eq!(tagged.protected(), message.protected());
            assert_eq!(tagged.unverified_payload(), payload);
            assert_eq!(tagged.x5chain(), message.x5chain());
        } else {
            assert!(check(&tagged, "fuzz").is_err(), "the tag made a difference");
        }
    }
    if message.is_es256() {
        let content = payload.unwrap_or(PAYLOAD);
        let unsigned = Unsigned::new(message.protected(), &[0xa0], Payload::Attached(content));
        let signature = key("cose").sign(unsigned.to_sign());
        let bytes = unsigned.finish(&signature);
        let again = Sign1::parse(&bytes, "fuzz").expect("a message of our own");
        assert_eq!(again.verify(&public), Some(content));
    }
}

/// Messages of the fixture's key and published ones, and a key.
#[must_use]
pub fn seeds(vectors: &Vectors) -> Vec<Vec<u8>> {
    let mut out = Writer::default();
    cose::key::write(&key("cose").public_key(), &mut out);
    let attached = signed(Payload::Attached(PAYLOAD));
    let tagged = [&[0xd2], &attached[..]].concat();
    let mut seeds = vec![out.into_bytes(), attached, tagged, signed(Payload::Detached(PAYLOAD))];
    seeds.extend(vectors.cbor().into_iter().filter(|bytes| bytes.len() < 4096));
    seeds
}
