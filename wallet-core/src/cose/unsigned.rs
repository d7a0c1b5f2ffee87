//! A COSE_Sign1 that waits for its signature.

use super::{ALG_ES256, LABEL_ALG, LABEL_X5CHAIN};
use crate::cbor::Writer;
use crate::crypto::p256::Signature;

/// What is signed: in the message, or known to the verifier already.
#[derive(Clone, Copy)]
pub enum Payload<'a> {
    /// Carried in the message.
    Attached(&'a [u8]),
    /// Not carried; `nil` stands in its place.
    Detached(&'a [u8]),
}

/// A COSE_Sign1 that waits for its signature, so that a key in hardware can sign while nothing else is held.
pub struct Unsigned {
    to_sign: Vec<u8>,
    /// The message up to the signature.
    message: Writer,
}

impl Unsigned {
    /// A message with these header maps, encoded by the caller. `protected` may be empty for no header at all.
    #[must_use]
    pub fn new(protected: &[u8], unprotected: &[u8], payload: Payload<'_>) -> Self {
        let (Payload::Attached(content) | Payload::Detached(content)) = payload;
        let mut message = Writer::with_capacity(protected.len() + unprotected.len() + content.len() + 96);
        message.array(4).bytes(protected).raw(unprotected);
        match payload {
            Payload::Attached(content) => message.bytes(content),
            Payload::Detached(_) => message.null(),
        };
        Self { to_sign: sig_structure(protected, content), message }
    }

    /// An ES256 message without unprotected headers.
    #[must_use]
    pub fn es256(payload: Payload<'_>) -> Self {
        Self::new(&alg_header(ALG_ES256), &[0xa0], payload)
    }

    /// What the key signs (ES256 over these bytes): the Sig_structure.
    #[must_use]
    pub fn to_sign(&self) -> &[u8] {
        &self.to_sign
    }

    /// The message, without a tag.
    #[must_use]
    pub fn finish(mut self, signature: &Signature) -> Vec<u8> {
        self.message.bytes(&signature.to_raw());
        self.message.into_bytes()
    }
}

/// A header map of `alg` alone, encoded.
#[must_use]
pub fn alg_header(alg: i64) -> Vec<u8> {
    let mut out = Writer::default();
    out.map(1).int(LABEL_ALG).int(alg);
    out.into_bytes()
}

/// A header map of `x5chain` alone, encoded: a byte string for one certificate, an array for more (RFC 9360 2).
#[must_use]
pub fn x5chain_header(certificates: &[&[u8]]) -> Vec<u8> {
    let mut out = Writer::default();
    out.map(1).int(LABEL_X5CHAIN);
    if let [certificate] = certificates {
        out.bytes(certificate);
    } else {
        out.array(certificates.len());
        certificates.iter().for_each(|certificate| _ = out.bytes(certificate));
    }
    out.into_bytes()
}

/// What is signed (RFC 9052 4.4), with an empty external_aad as every profile has it:
///
/// ```cddl
/// Sig_structure = [ context: "Signature1", body_protected: bstr, external_aad: h'', payload: bstr ]
/// ```
///
/// `protected` is the content of the byte string as it came.
pub(super) fn sig_structure(protected: &[u8], payload: &[u8]) -> Vec<u8> {
    let mut out = Writer::with_capacity(protected.len() + payload.len() + 32);
    out.array(4).text("Signature1").bytes(protected).bytes(&[]).bytes(payload);
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::hex;

    #[test]
    fn the_sig_structure_is_that_of_rfc_9052() {
        // The structure of COSE WG example sign1-tests/sign-pass-01: empty protected header, no aad.
        let expected = "846a5369676e617475726531404054546869732069732074686520636f6e74656e742e";
        let to_sign = Unsigned::new(&[], &[0xa0], Payload::Attached(b"This is the content."));
        assert_eq!(to_sign.to_sign(), hex(expected));
        assert_eq!(
            Unsigned::es256(Payload::Detached(b"")).to_sign(),
            hex("846a5369676e61747572653143a101264040")
        );
    }
}
