//! What a presentation is bound to: the conversation it answers (ISO 18013-5 9.1.5.1).

use crate::cbor::Writer;
use crate::crypto::hash::sha256;

/// The encoded SessionTranscript. Each channel has its constructor, so that no other bytes can be signed over.
///
/// ```cddl
/// SessionTranscript = [ DeviceEngagementBytes / null, EReaderKeyBytes / null, Handover ]
/// ```
pub struct SessionTranscript(Vec<u8>);

/// How the two sides of a proximity session met (ISO 18013-5 9.1.5.1).
pub enum Handover<'a> {
    /// By QR code: `QRHandover = null`.
    Qr,
    /// By NFC: `NFCHandover = [ Hs: bstr, Hr: bstr / null ]`.
    Nfc {
        /// The Handover Select message.
        select: &'a [u8],
        /// The Handover Request message; `None` for static handover.
        request: Option<&'a [u8]>,
    },
}

impl SessionTranscript {
    /// OpenID4VP over redirects (OpenID4VP 1.0 B.2.6.1; EU-35).
    ///
    /// ```cddl
    /// SessionTranscript = [ null, null, [ "OpenID4VPHandover", sha256(.cbor OpenID4VPHandoverInfo) ] ]
    /// OpenID4VPHandoverInfo = [ clientId: tstr, nonce: tstr, jwkThumbprint: bstr / null, responseUri: tstr ]
    /// ```
    ///
    /// All values are those of the signed Request Object: `client_id` with its prefix; `jwk_thumbprint` of the
    /// verifier's key to which the response is encrypted (RFC 7638, SHA-256), `None` when it is not encrypted.
    #[must_use]
    pub fn openid4vp(
        client_id: &str,
        nonce: &str,
        jwk_thumbprint: Option<[u8; 32]>,
        response_uri: &str,
    ) -> Self {
        let mut info = Writer::with_capacity(64 + client_id.len() + nonce.len() + response_uri.len());
        info.array(4).text(client_id).text(nonce);
        bytes_or_null(&mut info, jwk_thumbprint.as_ref().map(<[u8; 32]>::as_slice)).text(response_uri);
        Self::hashed("OpenID4VPHandover", &info)
    }

    /// OpenID4VP over the Digital Credentials API (OpenID4VP 1.0 B.2.6.2; EU-36).
    ///
    /// ```cddl
    /// SessionTranscript = [ null, null, [ "OpenID4VPDCAPIHandover", sha256(.cbor OpenID4VPDCAPIHandoverInfo) ] ]
    /// OpenID4VPDCAPIHandoverInfo = [ origin: tstr, nonce: tstr, jwkThumbprint: bstr / null ]
    /// ```
    ///
    /// `origin` is as the platform says it, without `origin:` before it; `jwk_thumbprint` is `None` for the response
    /// mode `dc_api`.
    #[must_use]
    pub fn openid4vp_dc_api(origin: &str, nonce: &str, jwk_thumbprint: Option<[u8; 32]>) -> Self {
        let mut info = Writer::with_capacity(64 + origin.len() + nonce.len());
        info.array(3).text(origin).text(nonce);
        bytes_or_null(&mut info, jwk_thumbprint.as_ref().map(<[u8; 32]>::as_slice));
        Self::hashed("OpenID4VPDCAPIHandover", &info)
    }

    /// A proximity session (ISO 18013-5 9.1.5.1).
    ///
    /// ```cddl
    /// DeviceEngagementBytes = #6.24(bstr .cbor DeviceEngagement)
    /// EReaderKeyBytes = #6.24(bstr .cbor EReaderKey.Pub)
    /// ```
    ///
    /// Both come with tag and byte string, exactly as they were exchanged.
    #[must_use]
    pub fn proximity(
        device_engagement_bytes: &[u8],
        e_reader_key_bytes: &[u8],
        handover: &Handover<'_>,
    ) -> Self {
        let mut out = Writer::default();
        out.array(3).raw(device_engagement_bytes).raw(e_reader_key_bytes);
        match handover {
            Handover::Qr => out.null(),
            Handover::Nfc { select, request } => bytes_or_null(out.array(2).bytes(select), *request),
        };
        Self(out.into_bytes())
    }

    /// The encoded SessionTranscript.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    fn hashed(name: &str, info: &Writer) -> Self {
        let mut out = Writer::with_capacity(64);
        out.array(3).null().null().array(2).text(name).bytes(&sha256(info.as_bytes()));
        Self(out.into_bytes())
    }
}

fn bytes_or_null<'w>(out: &'w mut Writer, bytes: Option<&[u8]>) -> &'w mut Writer {
    match bytes {
        Some(bytes) => out.bytes(bytes),
        None => out.null(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cbor::Reader;
    use crate::error::Code;
    use crate::testing::{hex, vector};

    fn thumbprint(v: &serde_json::Value) -> [u8; 32] {
        hex(v["jwk_thumbprint_sha256_hex"].as_str().unwrap()).try_into().unwrap()
    }

    #[test]
    fn eu_35_redirect_transcript_is_that_of_openid4vp_b_2_6_1() {
        let Some(v) = vector("openid4vp-1.0-session-transcripts.json") else { return };
        let text = |name: &str| v["redirect"][name].as_str().unwrap();
        let made = |thumbprint| {
            SessionTranscript::openid4vp(text("client_id"), text("nonce"), thumbprint, text("response_uri"))
        };
        assert_eq!(made(Some(thumbprint(&v))).as_bytes(), hex(text("SessionTranscript")));
        assert_ne!(made(None).as_bytes(), hex(text("SessionTranscript")));
    }

    #[test]
    fn eu_36_dc_api_transcript_is_that_of_openid4vp_b_2_6_2() {
        let Some(v) = vector("openid4vp-1.0-session-transcripts.json") else { return };
        let text = |name: &str| v["dc_api"][name].as_str().unwrap();
        let made =
            |thumbprint| SessionTranscript::openid4vp_dc_api(text("origin"), text("nonce"), thumbprint);
        assert_eq!(made(Some(thumbprint(&v))).as_bytes(), hex(text("SessionTranscript")));
        assert_ne!(made(None).as_bytes(), hex(text("SessionTranscript")));
    }

    /// The vectors encrypt; without encryption `null` stands for the thumbprint.
    #[test]
    fn eu_35_36_without_encryption_the_thumbprint_is_null() {
        let made = |head: &str, info: &str| [hex(head), sha256(&hex(info)).to_vec()].concat();
        // ["c", "n", null, "u"] and ["o", "n", null].
        let redirect = made("83f6f682714f70656e494434565048616e646f7665725820", "846163616ef66175");
        assert_eq!(SessionTranscript::openid4vp("c", "n", None, "u").as_bytes(), redirect);
        let dc_api = made("83f6f682764f70656e4944345650444341504948616e646f7665725820", "83616f616ef6");
        assert_eq!(SessionTranscript::openid4vp_dc_api("o", "n", None).as_bytes(), dc_api);
    }

    #[test]
    fn every_value_counts() {
        let transcripts = [
            SessionTranscript::openid4vp("c", "n", Some([1; 32]), "u"),
            SessionTranscript::openid4vp("d", "n", Some([1; 32]), "u"),
            SessionTranscript::openid4vp("c", "m", Some([1; 32]), "u"),
            SessionTranscript::openid4vp("c", "n", Some([2; 32]), "u"),
            SessionTranscript::openid4vp("c", "n", None, "u"),
            SessionTranscript::openid4vp("c", "n", Some([1; 32]), "v"),
            SessionTranscript::openid4vp_dc_api("c", "n", Some([1; 32])),
        ];
        let distinct: std::collections::HashSet<_> =
            transcripts.iter().map(SessionTranscript::as_bytes).collect();
        assert_eq!(distinct.len(), transcripts.len());
    }

    /// ISO 18013-5 D.5.1: met by NFC, static handover.
    #[test]
    fn proximity_transcript_is_that_of_annex_d() {
        let Some(v) = vector("iso18013-5-annex-d.json") else { return };
        let bytes = hex(v["vectors"]["SESSION_TRANSCRIPT_BYTES"].as_str().unwrap());
        let expected = Reader::new(&bytes, Code::Internal, "t").embedded().unwrap().inner;
        let mut parts = Reader::new(expected, Code::Internal, "t");
        assert_eq!(parts.array().unwrap(), 3);
        let (engagement, key) = (parts.item().unwrap(), parts.item().unwrap());
        assert_eq!(parts.array().unwrap(), 2);
        let (select, request) = (parts.bytes().unwrap(), parts.bytes_or_null().unwrap());
        let made = SessionTranscript::proximity(engagement, key, &Handover::Nfc { select, request });
        assert_eq!(made.as_bytes(), expected);
        let qr = SessionTranscript::proximity(engagement, key, &Handover::Qr);
        assert_eq!(qr.as_bytes(), [&[0x83][..], engagement, key, &[0xf6]].concat());
    }
}
