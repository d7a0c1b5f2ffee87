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

    /// The number of bytes.
    pub(super) fn length(self) -> usize {
        self.length as usize
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
