//! A signed message with one signer (RFC 9052 4.2), as it came.

use super::header::Headers;
use super::unsigned::sig_structure;
use super::{ALG_ES256, ALG_ESP256, TAG_COSE_SIGN1};
use crate::cbor::{self, Reader};
use crate::crypto::p256::{PublicKey, Signature};
use crate::error::{Code, Result};

/// A COSE_Sign1 whose signature is not yet verified.
///
/// ```cddl
/// COSE_Sign1 = [ protected: bstr .cbor header_map / bstr .size 0,
///                unprotected: header_map,
///                payload: bstr / nil,
///                signature: bstr ]
/// ```
///
/// The payload is reachable only through [`Sign1::verify`] or [`Sign1::unverified_payload`], whose name shows in
/// review.
pub struct Sign1<'a> {
    protected: &'a [u8],
    alg: Option<i64>,
    typ: Option<&'a str>,
    x5chain: Vec<&'a [u8]>,
    payload: Option<&'a [u8]>,
    signature: &'a [u8],
}

impl<'a> Sign1<'a> {
    /// Reads one message; checks the form, not the signature. The tag 18 may be there or not: ISO 18013-5 has none,
    /// a CWT has it.
    ///
    /// # Errors
    /// What [`cbor::check`] finds, in the message and in its protected header; [`Code::CoseMalformed`] for another
    /// structure or a label in both header maps; [`Code::CoseCriticalUnknown`] for `crit`;
    /// [`Code::ChainLengthInvalid`] for an `x5chain` over the limits.
    pub fn parse(message: &'a [u8], place: &'static str) -> Result<Self> {
        cbor::check(message, place)?;
        let mut reader = Reader::new(message, Code::CoseMalformed, place);
        if reader.datatype()? == minicbor::data::Type::Tag {
            reader.tag(TAG_COSE_SIGN1)?;
        }
        if reader.array()? != 4 {
            return Err(reader.error());
        }
        let protected = reader.bytes()?;
        let protected_headers = if protected.is_empty() {
            Headers::default()
        } else {
            cbor::check(protected, place)?;
            Headers::read(&mut Reader::new(protected, Code::CoseMalformed, place), place)?
        };
        let unprotected_headers = Headers::read(&mut reader, place)?;
        if protected_headers.share_a_label(&unprotected_headers) {
            return Err(reader.error());
        }
        let payload = reader.bytes_or_null()?;
        let signature = reader.bytes()?;
        Ok(Self {
            protected,
            // An algorithm that nobody signed is no algorithm.
            alg: protected_headers.alg,
            typ: protected_headers.typ,
            x5chain: unprotected_headers.x5chain.or(protected_headers.x5chain).unwrap_or_default(),
            payload,
            signature,
        })
    }

    /// Whether the protected `alg` is ES256 or ESP256; anything else is for the caller to refuse with its own code.
    #[must_use]
    pub fn is_es256(&self) -> bool {
        matches!(self.alg, Some(ALG_ES256 | ALG_ESP256))
    }

    /// The protected `typ`, when it is a text (RFC 9596): what the message is.
    #[must_use]
    pub fn typ(&self) -> Option<&'a str> {
        self.typ
    }

    /// The `x5chain` certificates as DER, leaf first; empty when there is none. They prove nothing by being there,
    /// in whichever header (EU-45).
    #[must_use]
    pub fn x5chain(&self) -> &[&'a [u8]] {
        &self.x5chain
    }

    /// The encoded protected header map, empty when there is none.
    #[must_use]
    pub fn protected(&self) -> &'a [u8] {
        self.protected
    }

    /// The payload, when it is in the message and the signature is `key`'s over it; `None` when not.
    #[must_use]
    pub fn verify(&self, key: &PublicKey) -> Option<&'a [u8]> {
        self.payload.filter(|payload| self.is_signed_by(key, payload))
    }

    /// Whether the message carries no payload and the signature is `key`'s over `payload`.
    #[must_use]
    pub fn verify_detached(&self, key: &PublicKey, payload: &[u8]) -> bool {
        self.payload.is_none() && self.is_signed_by(key, payload)
    }

    /// The payload before verification, for a caller that must look inside to find the key.
    #[must_use]
    pub fn unverified_payload(&self) -> Option<&'a [u8]> {
        self.payload
    }

    fn is_signed_by(&self, key: &PublicKey, payload: &[u8]) -> bool {
        let signature = Signature::from_raw(self.signature);
        self.is_es256()
            && signature
                .is_ok_and(|signature| key.verify(&sig_structure(self.protected, payload), &signature))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::cbor::Writer;
    use crate::cose::{LABEL_ALG, LABEL_X5CHAIN, Payload, Unsigned};
    use crate::crypto::p256::SecretKey;
    use crate::limits;
    use crate::testing::{hex, vector};

    fn written(write: impl FnOnce(&mut Writer)) -> Vec<u8> {
        let mut writer = Writer::default();
        write(&mut writer);
        writer.into_bytes()
    }

    fn alg(alg: i64) -> Vec<u8> {
        written(|w| _ = w.map(1).int(LABEL_ALG).int(alg))
    }

    /// A message signed as its headers say, whatever they say.
    fn signed(key: &SecretKey, protected: &[u8], unprotected: &[u8], payload: Payload<'_>) -> Vec<u8> {
        let unsigned = Unsigned::new(protected, unprotected, payload);
        let signature = key.sign(unsigned.to_sign());
        unsigned.finish(&signature)
    }

    fn code(message: &[u8]) -> Option<Code> {
        Sign1::parse(message, "t").err().map(|error| error.code())
    }

    #[test]
    fn verifies_with_the_right_key_and_as_it_was_signed() {
        let (key, other) = (SecretKey::random().unwrap(), SecretKey::random().unwrap());
        let attached = signed(&key, &alg(ALG_ES256), &hex("a0"), Payload::Attached(b"p"));
        let attached = Sign1::parse(&attached, "t").unwrap();
        assert_eq!(attached.verify(&key.public_key()), Some(&b"p"[..]));
        assert_eq!(attached.verify(&other.public_key()), None);
        assert!(!attached.verify_detached(&key.public_key(), b"p"), "there is a payload in it");

        let detached = signed(&key, &alg(ALG_ES256), &hex("a0"), Payload::Detached(b"p"));
        let detached = Sign1::parse(&detached, "t").unwrap();
        assert!(detached.verify_detached(&key.public_key(), b"p"));
        assert!(!detached.verify_detached(&key.public_key(), b"q"));
        assert!(!detached.verify_detached(&other.public_key(), b"p"));
        assert_eq!(detached.verify(&key.public_key()), None, "there is no payload in it");
    }

    /// EU-9: -7 and -9 name the same algorithm on P-256.
    #[test]
    fn eu_9_es256_and_esp256_and_no_other_algorithm() {
        let key = SecretKey::random().unwrap();
        let verifies = |protected: &[u8], unprotected: &[u8]| {
            let message = signed(&key, protected, unprotected, Payload::Attached(b"p"));
            Sign1::parse(&message, "t").unwrap().verify(&key.public_key()).is_some()
        };
        let none = hex("a0");
        assert!(verifies(&alg(-7), &none));
        assert!(verifies(&alg(-9), &none));
        for other in [-8, -35, -36, -51, 5, 0] {
            assert!(!verifies(&alg(other), &none), "{other}");
        }
        assert!(!verifies(&written(|w| _ = w.map(1).int(LABEL_ALG).text("ES256")), &none));
        assert!(!verifies(&none, &none));
        assert!(!verifies(&[], &none));
        assert!(!verifies(&none, &alg(-7)), "alg must be protected");
    }

    #[test]
    fn the_protected_header_counts_as_it_came() {
        // {1: -7} with the label in two bytes: another encoding, its own signature.
        let key = SecretKey::random().unwrap();
        let message = signed(&key, &hex("a1180126"), &hex("a0"), Payload::Attached(b"p"));
        let message = Sign1::parse(&message, "t").unwrap();
        assert_eq!(message.protected(), hex("a1180126"));
        assert!(message.verify(&key.public_key()).is_some());
    }

    #[test]
    fn crit_is_refused_in_either_header() {
        let key = SecretKey::random().unwrap();
        let (crit, no_crit) = (hex("a2012602811821"), hex("a2012603811821"));
        let message = |protected: &[u8], unprotected: &[u8]| {
            signed(&key, protected, unprotected, Payload::Attached(b"p"))
        };
        assert_eq!(code(&message(&crit, &hex("a0"))), Some(Code::CoseCriticalUnknown));
        assert_eq!(code(&message(&no_crit, &hex("a0"))), None);
        assert_eq!(code(&message(&alg(-7), &hex("a102811821"))), Some(Code::CoseCriticalUnknown));
        assert_eq!(code(&message(&alg(-7), &hex("a103811821"))), None);
    }

    #[test]
    fn a_label_in_both_headers_or_twice_in_one_is_refused() {
        let key = SecretKey::random().unwrap();
        let message = |protected: &str, unprotected: &str| {
            code(&signed(&key, &hex(protected), &hex(unprotected), Payload::Attached(b"p")))
        };
        assert_eq!(message("a10126", "a10126"), Some(Code::CoseMalformed));
        assert_eq!(message("a20126617800", "a1617800"), Some(Code::CoseMalformed));
        assert_eq!(message("a20126617800", "a1617900"), None);
        assert_eq!(message("a20126180126", "a0"), Some(Code::CborKeyDoubled));
    }

    #[test]
    fn eu_45_x5chain_from_either_header_within_the_limits() {
        let key = SecretKey::random().unwrap();
        let parsed = |protected: &[u8], unprotected: &[u8]| {
            let message = signed(&key, protected, unprotected, Payload::Attached(b"p"));
            Sign1::parse(&message, "t").map(|m| m.x5chain().iter().map(|c| c.to_vec()).collect::<Vec<_>>())
        };
        let chain = |count: usize, size: usize| {
            written(|w| {
                w.map(1).int(LABEL_X5CHAIN).array(count);
                (0..count).for_each(|_| _ = w.bytes(&vec![7; size]));
            })
        };
        let single = written(|w| _ = w.map(1).int(LABEL_X5CHAIN).bytes(&[7]));
        let in_protected = written(|w| _ = w.map(2).int(LABEL_ALG).int(-7).int(LABEL_X5CHAIN).bytes(&[7]));
        assert_eq!(parsed(&alg(-7), &single).unwrap(), [[7]]);
        assert_eq!(parsed(&alg(-7), &chain(1, 1)).unwrap(), [[7]]);
        assert_eq!(parsed(&alg(-7), &chain(2, 1)).unwrap(), [[7], [7]]);
        assert_eq!(parsed(&in_protected, &hex("a0")).unwrap(), [[7]]);
        assert!(parsed(&alg(-7), &hex("a0")).unwrap().is_empty());
        assert_eq!(parsed(&in_protected, &single).unwrap_err().code(), Code::CoseMalformed);

        let (most, largest) = (limits::CHAIN_CERTIFICATES, limits::CERTIFICATE);
        assert!(parsed(&alg(-7), &chain(most, largest)).is_ok());
        for (count, size) in [(0, 0), (most + 1, 1), (1, largest + 1)] {
            let error = parsed(&alg(-7), &chain(count, size)).unwrap_err();
            assert_eq!(error.code(), Code::ChainLengthInvalid, "{count} of {size}");
        }
        let text = written(|w| _ = w.map(1).int(LABEL_X5CHAIN).text("x"));
        assert_eq!(parsed(&alg(-7), &text).unwrap_err().code(), Code::CoseMalformed);
    }

    #[test]
    fn the_form_is_strict() {
        let table = [
            // The tag; number of elements; type of each element.
            ("d18443a10126a0f640", Some(Code::CoseMalformed)),
            ("d28443a10126a0f640", None),
            ("8443a10126a0f640", None),
            ("8343a10126a0f6", Some(Code::CoseMalformed)),
            ("8543a10126a0f64040", Some(Code::CoseMalformed)),
            ("84a10126a0f640", Some(Code::CoseMalformed)),
            ("8443a1012680f640", Some(Code::CoseMalformed)),
            ("8443a10126a00040", Some(Code::CoseMalformed)),
            ("8443a10126a0f660", Some(Code::CoseMalformed)),
            // The protected header is CBOR of its own.
            ("8440a0f640", None),
            ("8441a1a0f640", Some(Code::CborMalformed)),
            ("8444a1012600a0f640", Some(Code::CborTrailingBytes)),
            ("844180a0f640", Some(Code::CoseMalformed)),
            ("8443a1f426a0f640", Some(Code::CborMalformed)),
            ("8443a14026a0f640", Some(Code::CoseMalformed)),
            ("8443a10126a0f64000", Some(Code::CborTrailingBytes)),
        ];
        for (message, expected) in table {
            assert_eq!(code(&hex(message)), expected, "{message}");
        }
    }

    #[test]
    fn a_signature_of_another_length_does_not_verify() {
        let key = SecretKey::random().unwrap();
        let good = signed(&key, &alg(-7), &hex("a0"), Payload::Attached(b"p"));
        assert!(Sign1::parse(&good, "t").unwrap().verify(&key.public_key()).is_some());
        let mut short = good.clone();
        short.pop();
        let head = short.len() - 64;
        short[head] = 63;
        assert!(Sign1::parse(&short, "t").unwrap().verify(&key.public_key()).is_none());
    }

    /// ISO 18013-5 D.5.2: the issuer's signature, with the document signer certificate that the message carries.
    #[test]
    fn issuer_auth_of_annex_d_verifies() {
        let Some(v) = vector("iso18013-5-annex-d.json") else { return };
        let bytes = |name: &str| hex(v["vectors"][name].as_str().unwrap());
        let issuer_auth = bytes("IssuerAuth");
        let message = Sign1::parse(&issuer_auth, "issuerAuth").unwrap();
        assert_eq!(message.x5chain(), [bytes("DS_CERT")]);
        // SubjectPublicKeyInfo of id-ecPublicKey on prime256v1, found by its fixed first bytes.
        let spki = hex("3059301306072a8648ce3d020106082a8648ce3d03010703420004");
        let certificate = message.x5chain()[0];
        let at = certificate.windows(spki.len()).position(|window| window == spki).unwrap();
        let key = PublicKey::from_spki_der(&certificate[at..at + 91]).unwrap();
        assert!(message.verify(&key).is_some());
        assert!(message.verify(&SecretKey::random().unwrap().public_key()).is_none());
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = Sign1::parse(&bytes, "t");
            let _ = Sign1::parse(&[hex("8443a10126"), bytes].concat(), "t");
        }

        #[test]
        fn round_trip_and_a_changed_payload_never_verifies(
            payload in proptest::collection::vec(any::<u8>(), 0..60), at: proptest::sample::Index, flip in 1u8..,
        ) {
            let key = SecretKey::from_bytes(&[7; 32]).unwrap();
            let message = signed(&key, &alg(-7), &hex("a0"), Payload::Attached(&payload));
            prop_assert_eq!(Sign1::parse(&message, "t").unwrap().verify(&key.public_key()), Some(&payload[..]));
            let mut changed = message;
            let at = at.index(changed.len());
            changed[at] ^= flip;
            if let Ok(changed) = Sign1::parse(&changed, "t") {
                // The unprotected header is not signed, and lengths may be written longer: the payload is what counts.
                prop_assert!(changed.verify(&key.public_key()).is_none_or(|p| p == payload));
            }
        }
    }
}
