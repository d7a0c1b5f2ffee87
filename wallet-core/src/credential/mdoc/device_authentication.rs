//! What the device key signs (ISO 18013-5 9.1.3.4; EU-34).

use super::SessionTranscript;
use crate::cbor::Writer;

/// `DeviceNameSpacesBytes` without elements: `#6.24(bstr .cbor {})`. The wallet asserts nothing of its own.
pub(crate) const EMPTY_DEVICE_NAME_SPACES: &[u8] = &[0xd8, 0x18, 0x41, 0xa0];

/// The encoded DeviceAuthenticationBytes: the detached payload of the device signature.
///
/// ```cddl
/// DeviceAuthenticationBytes = #6.24(bstr .cbor DeviceAuthentication)
/// DeviceAuthentication = [ "DeviceAuthentication", SessionTranscript, DocType, DeviceNameSpacesBytes ]
/// ```
///
/// `device_name_spaces` are the DeviceNameSpacesBytes as they stand in the response, tag and byte string included.
#[must_use]
pub fn device_authentication_bytes(
    transcript: &SessionTranscript,
    doc_type: &str,
    device_name_spaces: &[u8],
) -> Vec<u8> {
    let capacity = transcript.as_bytes().len() + doc_type.len() + device_name_spaces.len() + 48;
    let mut inner = Writer::with_capacity(capacity);
    inner
        .array(4)
        .text("DeviceAuthentication")
        .raw(transcript.as_bytes())
        .text(doc_type)
        .raw(device_name_spaces);
    let mut out = Writer::with_capacity(capacity);
    out.embedded(inner.as_bytes());
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::super::Handover;
    use super::*;
    use crate::cbor::Reader;
    use crate::error::Code;
    use crate::testing::{hex, vector};

    /// EU-34, ISO 18013-5 D.5.3.
    #[test]
    fn eu_34_device_authentication_bytes_are_those_of_annex_d() {
        let Some(v) = vector("iso18013-5-annex-d.json") else { return };
        let bytes = |name: &str| hex(v["vectors"][name].as_str().unwrap());
        let transcript_bytes = bytes("SESSION_TRANSCRIPT_BYTES");
        let transcript = Reader::new(&transcript_bytes, Code::Internal, "t").embedded().unwrap().inner;
        let mut parts = Reader::new(transcript, Code::Internal, "t");
        parts.array().unwrap();
        let (engagement, key) = (parts.item().unwrap(), parts.item().unwrap());
        parts.array().unwrap();
        let handover =
            Handover::Nfc { select: parts.bytes().unwrap(), request: parts.bytes_or_null().unwrap() };
        let transcript = SessionTranscript::proximity(engagement, key, &handover);
        let made =
            device_authentication_bytes(&transcript, "org.iso.18013.5.1.mDL", EMPTY_DEVICE_NAME_SPACES);
        assert_eq!(made, bytes("DeviceAuthenticationBytes"));
    }
}
