//! Where the parts of an IssuerSigned lie in its bytes.

use minicbor::{Decode, Encode};

use crate::credential::path::{ClaimLocation, Step};
use crate::error::{Code, Result};

/// The extents of the parts of one IssuerSigned, kept beside its bytes in the vault (minicbor). It holds names, no
/// values. It fits only the bytes that it was made from.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub struct Layout {
    /// The document type.
    #[n(0)]
    pub(super) doc_type: String,
    /// The COSE_Sign1.
    #[n(1)]
    pub(super) issuer_auth: Span,
    /// In the order of issuance.
    #[n(2)]
    pub(super) name_spaces: Vec<NameSpaceLayout>,
}

/// One name space.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub(super) struct NameSpaceLayout {
    #[n(0)]
    pub(super) name: String,
    /// In the order of issuance.
    #[n(1)]
    pub(super) elements: Vec<ElementLayout>,
}

/// One data element.
#[derive(Debug, Clone, PartialEq, Eq, Encode, Decode)]
pub(super) struct ElementLayout {
    #[n(0)]
    pub(super) identifier: String,
    /// The whole IssuerSignedItemBytes.
    #[n(1)]
    pub(super) item: Span,
    /// The elementValue inside.
    #[n(2)]
    pub(super) value: Span,
}

/// A range of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub(super) struct Span {
    #[n(0)]
    start: u32,
    #[n(1)]
    length: u32,
}

impl Span {
    /// `None` beyond 4 GiB, far above every limit on input.
    pub(super) fn new(start: usize, length: usize) -> Option<Self> {
        Some(Self { start: u32::try_from(start).ok()?, length: u32::try_from(length).ok()? })
    }

    /// The bytes in this range.
    ///
    /// # Errors
    /// [`Code::Internal`] when the layout is not that of `bytes`.
    pub(super) fn of(self, bytes: &[u8]) -> Result<&[u8]> {
        let (start, length) = (self.start as usize, self.length as usize);
        start
            .checked_add(length)
            .and_then(|end| bytes.get(start..end))
            .ok_or_else(|| Code::Internal.at("mdoc layout"))
    }
}

impl Layout {
    /// The document type.
    #[must_use]
    pub fn doc_type(&self) -> &str {
        &self.doc_type
    }

    /// Every element, as [name space, element identifier], in the order of issuance.
    #[must_use]
    pub fn locations(&self) -> Vec<ClaimLocation> {
        let of = |space: &NameSpaceLayout| -> Vec<_> {
            space
                .elements
                .iter()
                .map(|element| ClaimLocation::keys([&*space.name, &*element.identifier]))
                .collect()
        };
        self.name_spaces.iter().flat_map(of).collect()
    }

    /// The indices of name space and element at `location`.
    pub(super) fn find(&self, location: &ClaimLocation) -> Option<(usize, usize)> {
        let [Step::Key(name_space), Step::Key(identifier)] = &*location.0 else { return None };
        let at = self.name_spaces.iter().position(|space| space.name == *name_space)?;
        let elements = &self.name_spaces.get(at)?.elements;
        Some((at, elements.iter().position(|element| element.identifier == *identifier)?))
    }

    /// The element at `location`.
    ///
    /// # Errors
    /// [`Code::Internal`] when there is none: locations come from this layout.
    pub(super) fn element(&self, location: &ClaimLocation) -> Result<&ElementLayout> {
        self.find(location)
            .and_then(|(space, element)| self.name_spaces.get(space)?.elements.get(element))
            .ok_or_else(|| Code::Internal.at("mdoc location"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::credential::mdoc::testing::{AAMVA, MDL, World, location};
    use crate::credential::mdoc::{SessionTranscript, claim_bytes, claim_value, prepare};

    #[test]
    fn it_is_stored_and_read_back() {
        let world = World::new();
        let mdoc = world.verify(&world.sign(&world.licence())).unwrap();
        let stored = minicbor::to_vec(mdoc.layout()).unwrap();
        let read: Layout = minicbor::decode(&stored).unwrap();
        assert_eq!(&read, mdoc.layout());
        assert_eq!(read.locations(), mdoc.locations());
        let text = String::from_utf8_lossy(&stored).into_owned() + &format!("{read:?}");
        assert!(text.contains("family_name") && !text.contains("Tremblay"), "names, no values");
    }

    #[test]
    fn claims_are_read_where_they_lie() {
        let world = World::new();
        for licence in [world.licence(), world.licence().long_map_heads()] {
            let mdoc = world.verify(&world.sign(&licence)).unwrap();
            let (bytes, layout) = (mdoc.issuer_signed(), mdoc.layout());
            for location in mdoc.locations() {
                let [Step::Key(name_space), Step::Key(element)] = &*location.0 else {
                    panic!("{location:?}")
                };
                let expected = &mdoc.claims()[name_space][element];
                assert_eq!(&claim_value(bytes, layout, &location).unwrap(), expected);
            }
            let of = |element| claim_bytes(bytes, layout, &location(MDL, element)).unwrap();
            assert_eq!(of("portrait"), Some(&[0xff, 0xd8, 0xff, 0xe0][..]));
            assert_eq!(of("family_name"), None);
        }
    }

    #[test]
    fn what_is_not_in_the_layout_is_a_fault_of_the_caller() {
        let world = World::new();
        let mdoc = world.verify(&world.sign(&world.licence())).unwrap();
        let (bytes, layout) = (mdoc.issuer_signed(), mdoc.layout());
        let transcript = SessionTranscript::openid4vp("c", "n", None, "u");
        let deeper = ClaimLocation::keys([MDL, "driving_privileges", "0"]);
        for bad in
            [location(MDL, "organ_donor"), location("other", "family_name"), deeper, ClaimLocation(vec![])]
        {
            let codes = [
                claim_value(bytes, layout, &bad).err().map(|e| e.code()),
                claim_bytes(bytes, layout, &bad).err().map(|e| e.code()),
                prepare(bytes, layout, &[location(AAMVA, "organ_donor"), bad], &transcript)
                    .err()
                    .map(|e| e.code()),
            ];
            assert_eq!(codes, [Some(Code::Internal); 3]);
        }
    }

    #[test]
    fn bytes_of_another_mdoc_are_a_fault_and_no_panic() {
        let world = World::new();
        let mdoc = world.verify(&world.sign(&world.licence())).unwrap();
        let transcript = SessionTranscript::openid4vp("c", "n", None, "u");
        let selected = [location(AAMVA, "organ_donor")];
        let bytes = mdoc.issuer_signed();
        assert!(prepare(bytes, mdoc.layout(), &selected, &transcript).is_ok());
        for length in 0..bytes.len() {
            let error = prepare(&bytes[..length], mdoc.layout(), &selected, &transcript).err().unwrap();
            assert_eq!(error.code(), Code::Internal);
            for location in mdoc.locations() {
                if let Err(error) = claim_value(&bytes[..length], mdoc.layout(), &location) {
                    assert_eq!(error.code(), Code::Internal);
                }
            }
        }
    }

    fn any_layout() -> impl Strategy<Value = Layout> {
        let span = || (any::<u32>(), any::<u32>()).prop_map(|(start, length)| Span { start, length });
        let element = move || {
            ("[ab]", span(), span()).prop_map(|(identifier, item, value)| ElementLayout {
                identifier,
                item,
                value,
            })
        };
        let name_space = move || {
            ("[ab]", proptest::collection::vec(element(), 0..4))
                .prop_map(|(name, elements)| NameSpaceLayout { name, elements })
        };
        (".{0,9}", span(), proptest::collection::vec(name_space(), 0..3))
            .prop_map(|(doc_type, issuer_auth, name_spaces)| Layout { doc_type, issuer_auth, name_spaces })
    }

    proptest! {
        #[test]
        fn any_layout_round_trips_and_slices_without_panic(layout in any_layout(), bytes: Vec<u8>) {
            let stored = minicbor::to_vec(&layout).unwrap();
            prop_assert_eq!(&minicbor::decode::<Layout>(&stored).unwrap(), &layout);
            let transcript = SessionTranscript::openid4vp("c", "n", None, "u");
            let _ = prepare(&bytes, &layout, &layout.locations(), &transcript);
            for location in layout.locations() {
                let _ = claim_value(&bytes, &layout, &location);
                let _ = claim_bytes(&bytes, &layout, &location);
            }
        }

        #[test]
        fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
            let _ = minicbor::decode::<Layout>(&bytes);
        }
    }
}
