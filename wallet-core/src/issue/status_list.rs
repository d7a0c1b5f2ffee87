//! Builds status lists and the places in them (Token Status List 4 to 6).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use miniz_oxide::deflate::compress_to_vec_zlib;
use serde_json::{Map, Value, json};

use crate::cbor::Writer;
use crate::cose::{self, LABEL_ALG, LABEL_TYP, Payload, x5chain_header};
use crate::crypto::p256::SecretKey;
use crate::jose::base64url;
use crate::jose::jws::Unsigned;
use crate::time::UnixTime;
use crate::trust::status::{Bits, CWT_TYPE, JWT_TYPE, StatusReference, labels};

/// As small as it gets (RFC 1950): a list is packed once and fetched by everybody.
const LEVEL: u8 = 9;

/// A list before it is signed. All its values begin as 0, valid.
#[derive(Debug, Clone)]
pub struct StatusListBuilder {
    bits: Bits,
    values: Vec<u8>,
}

impl StatusListBuilder {
    /// A list with room for at least so many values.
    #[must_use]
    pub fn new(bits: Bits, entries: usize) -> Self {
        let bytes = entries.saturating_mul(usize::from(bits.get())).div_ceil(8);
        Self { bits, values: vec![0; bytes] }
    }

    /// Sets the value of a place, as far as it fits into the bits; `false` when the list is shorter.
    pub fn set(&mut self, index: u64, value: u8) -> bool {
        let (byte, shift) = self.bits.place(index);
        let Some(byte) = byte.and_then(|byte| self.values.get_mut(byte)) else { return false };
        let mask = self.bits.mask() << shift;
        *byte = (*byte & !mask) | ((value << shift) & mask);
        true
    }

    /// The list, ready to be said.
    #[must_use]
    pub fn claims(&self, uri: &str, issued_at: UnixTime) -> StatusListClaims {
        StatusListClaims {
            uri: uri.to_owned(),
            issued_at,
            expires_at: None,
            ttl: None,
            bits: self.bits.get(),
            lst: compress_to_vec_zlib(&self.values, LEVEL),
        }
    }
}

/// What a Status List Token says. Open to every change, so that a test can make one that is wrong in one point.
#[derive(Debug, Clone)]
pub struct StatusListClaims {
    /// `sub`: where it lies.
    pub uri: String,
    /// `iat`.
    pub issued_at: UnixTime,
    /// `exp`.
    pub expires_at: Option<UnixTime>,
    /// `ttl`: after how many seconds it should be fetched again.
    pub ttl: Option<i64>,
    /// `bits`.
    pub bits: u8,
    /// `lst`, packed.
    pub lst: Vec<u8>,
}

impl StatusListClaims {
    /// The token as JWT. `chain` are the certificates as DER, leaf first.
    #[must_use]
    pub fn jwt<C: AsRef<[u8]>>(&self, chain: impl IntoIterator<Item = C>, key: &SecretKey) -> String {
        let x5c: Vec<_> = chain.into_iter().map(|der| STANDARD.encode(der.as_ref())).collect();
        let header =
            Map::from_iter([("typ".to_owned(), Value::from(JWT_TYPE)), ("x5c".to_owned(), Value::from(x5c))]);
        let mut payload = json!({
            "sub": self.uri,
            "iat": self.issued_at.0,
            "status_list": { "bits": self.bits, "lst": base64url::encode(&self.lst) },
        });
        for (name, value) in [("exp", self.expires_at.map(|time| time.0)), ("ttl", self.ttl)] {
            if let (Some(value), Some(payload)) = (value, payload.as_object_mut()) {
                payload.insert(name.to_owned(), Value::from(value));
            }
        }
        let unsigned = Unsigned::new(header, &payload);
        let signature = key.sign(unsigned.signing_input());
        unsigned.finish(&signature)
    }

    /// The token as CWT, with the tag of a COSE_Sign1.
    #[must_use]
    pub fn cwt(&self, chain: &[&[u8]], key: &SecretKey) -> Vec<u8> {
        let mut protected = Writer::default();
        protected.map(2).int(LABEL_ALG).int(cose::ALG_ES256).int(LABEL_TYP).text(CWT_TYPE);
        let times = [(labels::EXP, self.expires_at.map(|time| time.0)), (labels::TTL, self.ttl)];
        let times: Vec<_> = times.into_iter().filter_map(|(label, value)| Some((label, value?))).collect();
        let mut payload = Writer::default();
        payload.map(3 + times.len()).int(labels::SUB).text(&self.uri);
        payload.int(labels::IAT).int(self.issued_at.0);
        times.iter().for_each(|(label, value)| _ = payload.int(*label).int(*value));
        payload.int(labels::STATUS_LIST).map(2);
        payload.text("bits").int(i64::from(self.bits)).text("lst").bytes(&self.lst);
        let unsigned = cose::Unsigned::new(
            protected.as_bytes(),
            &x5chain_header(chain),
            Payload::Attached(payload.as_bytes()),
        );
        let signature = key.sign(unsigned.to_sign());
        let mut tagged = Writer::default();
        tagged.tag(cose::TAG_COSE_SIGN1).raw(&unsigned.finish(&signature));
        tagged.into_bytes()
    }
}

impl StatusReference {
    /// `status` as a claim of a credential in JSON.
    #[must_use]
    pub fn to_claim(&self) -> Value {
        json!({ "status_list": { "idx": self.index, "uri": self.uri } })
    }

    /// `status` of a Mobile Security Object, encoded.
    #[must_use]
    pub fn to_mso(&self) -> Vec<u8> {
        let mut out = Writer::default();
        let index = i64::try_from(self.index).unwrap_or(i64::MAX);
        out.map(1).text("status_list").map(2).text("idx").int(index).text("uri").text(&self.uri);
        out.into_bytes()
    }
}
