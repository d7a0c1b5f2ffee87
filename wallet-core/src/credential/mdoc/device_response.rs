//! The answer to a verifier: chosen elements as issued, and the device's signature (ISO 18013-5 8.3.2.1.2; EU-37).

use super::device_authentication::{EMPTY_DEVICE_NAME_SPACES, device_authentication_bytes};
use super::layout::Layout;
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
    // Sliced first: room is made for bytes that are there, not for what the layout claims.
    let name_spaces = select(issuer_signed, layout, selected)?;
    let issuer_auth = layout.issuer_auth.of(issuer_signed)?;
    let size: usize = name_spaces.iter().flat_map(|space| &space.items).map(|item| item.len()).sum();
    let mut response = Writer::with_capacity(FRAME + size + issuer_auth.len());

    response.map(3).text("version").text("1.0").text("documents").array(1);
    response.map(3).text("docType").text(&layout.doc_type).text("issuerSigned");
    if name_spaces.is_empty() {
        response.map(1);
    } else {
        response.map(2).text("nameSpaces").map(name_spaces.len());
        for Disclosed { name_space, items } in name_spaces {
            response.text(name_space).array(items.len());
            items.iter().for_each(|item| _ = response.raw(item));
        }
    }
    response.text("issuerAuth").raw(issuer_auth);
    response.text("deviceSigned").map(2).text("nameSpaces").raw(EMPTY_DEVICE_NAME_SPACES);
    response.text("deviceAuth").map(1).text("deviceSignature");

    let signed = device_authentication_bytes(transcript, &layout.doc_type, EMPTY_DEVICE_NAME_SPACES);
    Ok(UnsignedDeviceResponse {
        response,
        device_signature: cose::Unsigned::es256(Payload::Detached(&signed)),
    })
}

/// The selected items of one name space.
struct Disclosed<'l, 'b> {
    name_space: &'l str,
    items: Vec<&'b [u8]>,
}

/// The selected items by name space, in the order of issuance; each once, however often it was selected.
fn select<'l, 'b>(
    issuer_signed: &'b [u8],
    layout: &'l Layout,
    selected: &[ClaimLocation],
) -> Result<Vec<Disclosed<'l, 'b>>> {
    let mut places = selected
        .iter()
        .map(|location| layout.find(location).ok_or_else(|| Code::Internal.at("mdoc location")))
        .collect::<Result<Vec<_>>>()?;
    places.sort_unstable();
    places.dedup();
    let absent = || Code::Internal.at("mdoc layout");
    let of_name_space = |places: &[(usize, usize)]| {
        let (at, _) = places.first().ok_or_else(absent)?;
        let name_space = layout.name_spaces.get(*at).ok_or_else(absent)?;
        let item = |(_, at): &(usize, usize)| {
            name_space.elements.get(*at).ok_or_else(absent)?.item.of(issuer_signed)
        };
        Ok(Disclosed { name_space: &name_space.name, items: places.iter().map(item).collect::<Result<_>>()? })
    };
    places.chunk_by(|(a, _), (b, _)| a == b).map(of_name_space).collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cbor;
    use crate::credential::mdoc::testing::{AAMVA, DOC_TYPE, MDL, World, location};
    use crate::testing::hex;

    fn transcript() -> SessionTranscript {
        SessionTranscript::openid4vp("x509_hash:abc", "nonce", Some([7; 32]), "https://rp.example/post")
    }

    /// A licence, whose bytes are built again here by hand from its parts.
    struct Issued {
        world: World,
        bytes: Vec<u8>,
        layout: Layout,
    }

    impl Issued {
        fn new() -> Self {
            let world = World::new();
            let bytes = world.sign(&world.licence().long_map_heads());
            let layout = world.verify(&bytes).unwrap().layout().clone();
            Self { world, bytes, layout }
        }

        fn prepare(&self, selected: &[ClaimLocation]) -> UnsignedDeviceResponse {
            prepare(&self.bytes, &self.layout, selected, &transcript()).unwrap()
        }

        fn item(&self, name_space: &str, element: &str) -> &[u8] {
            self.layout.element(&location(name_space, element)).unwrap().item.of(&self.bytes).unwrap()
        }
    }

    /// EU-34: Sig_structure over DeviceAuthenticationBytes, with `d81841a0` for the device's name spaces.
    #[test]
    fn eu_34_what_is_signed() {
        let issued = Issued::new();
        let mut authentication = Writer::default();
        authentication.array(4).text("DeviceAuthentication").raw(transcript().as_bytes()).text(DOC_TYPE);
        authentication.raw(&hex("d81841a0"));
        let mut payload = Writer::default();
        payload.embedded(authentication.as_bytes());
        let mut expected = Writer::default();
        expected.array(4).text("Signature1").raw(&hex("43a10126")).bytes(&[]).bytes(payload.as_bytes());
        let unsigned = issued.prepare(&[location(MDL, "family_name")]);
        assert_eq!(unsigned.to_sign(), expected.as_bytes());
    }

    /// EU-37: the whole response byte for byte; what the issuer signed is as it came, its long map heads included.
    #[test]
    fn eu_37_items_are_sent_as_issued_in_the_order_of_issuance() {
        let issued = Issued::new();
        let selected = [
            location(AAMVA, "organ_donor"),
            location(MDL, "portrait"),
            location(MDL, "family_name"),
            location(MDL, "portrait"),
        ];
        let unsigned = issued.prepare(&selected);
        let signature = issued.world.device.sign(unsigned.to_sign());

        let mut expected = Writer::default();
        expected.map(3).text("version").text("1.0").text("documents").array(1);
        expected.map(3).text("docType").text(DOC_TYPE).text("issuerSigned").map(2).text("nameSpaces").map(2);
        expected.text(MDL).array(2).raw(issued.item(MDL, "family_name")).raw(issued.item(MDL, "portrait"));
        expected.text(AAMVA).array(1).raw(issued.item(AAMVA, "organ_donor"));
        let at = issued.bytes.windows(10).position(|window| window == b"issuerAuth").unwrap() + 10;
        expected.text("issuerAuth").raw(&issued.bytes[at..]);
        expected.text("deviceSigned").map(2).text("nameSpaces").raw(&hex("d81841a0"));
        expected.text("deviceAuth").map(1).text("deviceSignature");
        expected.array(4).raw(&hex("43a10126a0f6")).bytes(&signature.to_raw());
        expected.text("status").int(0);

        let response = unsigned.finish(&signature);
        assert_eq!(response, expected.into_bytes());
        assert!(cbor::check(&response, "t").is_ok());
        let contains = |text: &str| response.windows(text.len()).any(|window| window == text.as_bytes());
        assert!(contains("Tremblay") && !contains("1990-02-28"), "what was not selected is not sent");
    }

    /// EU-19: a query without claims gets no data elements.
    #[test]
    fn eu_19_an_empty_selection_sends_no_name_spaces() {
        let issued = Issued::new();
        let unsigned = issued.prepare(&[]);
        let signature = issued.world.device.sign(unsigned.to_sign());
        let response = unsigned.finish(&signature);
        assert!(cbor::check(&response, "t").is_ok());
        let head = [hex("a1"), vec![0x6a], b"issuerAuth".to_vec()].concat();
        assert!(response.windows(head.len()).any(|window| window == head));
        assert!(response.len() < issued.bytes.len());
    }

    #[test]
    fn the_room_is_enough_to_write_without_growing() {
        let issued = Issued::new();
        let all = issued.layout.locations();
        let unsigned = issued.prepare(&all);
        let signature = issued.world.device.sign(unsigned.to_sign());
        let room = issued.bytes.len() + FRAME;
        assert!(unsigned.finish(&signature).len() < room);
    }
}
