//! The answer to a verifier: chosen elements as issued, and the device's signature (ISO 18013-5 8.3.2.1.2; EU-37).

use super::device_authentication::{EMPTY_DEVICE_NAME_SPACES, device_authentication_bytes};
use super::layout::{Layout, NameSpaceLayout, Span};
use super::session_transcript::SessionTranscript;
use crate::cbor::Writer;
use crate::cose::{self, Payload};
use crate::credential::path::ClaimLocation;
use crate::crypto::p256::Signature;
use crate::error::{Code, Result};

/// A DeviceResponse that waits for the signature of the device key.
///
/// ```cddl
/// DeviceResponse = { "version": "1.0", "documents": [ Document ], "status": 0 }
/// Document = { "docType": tstr,
///              "issuerSigned": { ? "nameSpaces": IssuerNameSpaces, "issuerAuth": IssuerAuth },
///              "deviceSigned": { "nameSpaces": #6.24(bstr .cbor {}),
///                                "deviceAuth": { "deviceSignature": COSE_Sign1 } } }
/// ```
///
/// One document (EU-26), and nothing that the device asserts by itself.
pub struct UnsignedDeviceResponse {
    /// Everything before the device signature.
    response: Writer,
    device_signature: cose::Unsigned,
}

/// Room for what is not copied from the stored bytes: names of members, the signature, heads.
const FRAME: usize = 512;

/// Prepares a DeviceResponse that discloses the elements at `selected` and no other. `issuer_signed` are the stored
/// bytes that `layout` was made from; they are sliced, not decoded, and what is sent of them is as issued.
///
/// An empty selection discloses no element: the type and the issuer's signature are shown (EU-19).
///
/// # Errors
/// [`Code::Internal`] when a location is not in the layout, or the layout not that of the bytes: whoever chose the
/// elements chose them from this layout.
pub fn prepare(
    issuer_signed: &[u8],
    layout: &Layout,
    selected: &[ClaimLocation],
    transcript: &SessionTranscript,
) -> Result<UnsignedDeviceResponse> {
    let name_spaces = select(layout, selected)?;
    let items = name_spaces.iter().flat_map(|(_, items)| items);
    let size: usize = items.map(|item| item.length()).sum();
    let mut response = Writer::with_capacity(FRAME + size + layout.issuer_auth.length());

    response.map(3).text("version").text("1.0").text("documents").array(1);
    response.map(3).text("docType").text(&layout.doc_type).text("issuerSigned");
    if name_spaces.is_empty() {
        response.map(1);
    } else {
        response.map(2).text("nameSpaces").map(name_spaces.len());
        for (name_space, items) in name_spaces {
            response.text(&name_space.name).array(items.len());
            for item in items {
                response.raw(item.of(issuer_signed)?);
            }
        }
    }
    response.text("issuerAuth").raw(layout.issuer_auth.of(issuer_signed)?);
    response.text("deviceSigned").map(2).text("nameSpaces").raw(EMPTY_DEVICE_NAME_SPACES);
    response.text("deviceAuth").map(1).text("deviceSignature");

    let signed = device_authentication_bytes(transcript, &layout.doc_type, EMPTY_DEVICE_NAME_SPACES);
    Ok(UnsignedDeviceResponse {
        response,
        device_signature: cose::Unsigned::es256(Payload::Detached(&signed)),
    })
}

/// The selected items by name space, in the order of issuance; each once, however often it was selected.
fn select<'l>(
    layout: &'l Layout,
    selected: &[ClaimLocation],
) -> Result<Vec<(&'l NameSpaceLayout, Vec<Span>)>> {
    let mut places = selected
        .iter()
        .map(|location| layout.find(location).ok_or_else(|| Code::Internal.at("mdoc location")))
        .collect::<Result<Vec<_>>>()?;
    places.sort_unstable();
    places.dedup();
    let of_name_space = |places: &[(usize, usize)]| {
        let name_space = layout.name_spaces.get(places.first()?.0)?;
        let items = places.iter().map(|(_, at)| Some(name_space.elements.get(*at)?.item));
        Some((name_space, items.collect::<Option<_>>()?))
    };
    places
        .chunk_by(|(a, _), (b, _)| a == b)
        .map(|places| of_name_space(places).ok_or_else(|| Code::Internal.at("mdoc layout")))
        .collect()
}

impl UnsignedDeviceResponse {
    /// What the device key signs (ES256 over these bytes): the Sig_structure over DeviceAuthenticationBytes (EU-34).
    #[must_use]
    pub fn to_sign(&self) -> &[u8] {
        self.device_signature.to_sign()
    }

    /// The encoded DeviceResponse.
    #[must_use]
    pub fn finish(mut self, signature: &Signature) -> Vec<u8> {
        self.response.raw(&self.device_signature.finish(signature)).text("status").int(0);
        self.response.into_bytes()
    }
}
