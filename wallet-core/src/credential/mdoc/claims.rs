//! Single claims of a stored mdoc, read by its layout.

use minicbor::data::Type;
use serde_json::Value;

use super::Layout;
use crate::cbor::{self, Reader};
use crate::credential::path::ClaimLocation;
use crate::error::{Code, Result};

/// The value of one element as JSON ([`cbor::to_json`]). `issuer_signed` are the bytes that `layout` was made from.
///
/// # Errors
/// [`Code::Internal`] when layout, location and bytes do not belong together.
pub fn claim_value(issuer_signed: &[u8], layout: &Layout, location: &ClaimLocation) -> Result<Value> {
    cbor::to_json(layout.element(location)?.value.of(issuer_signed)?, "elementValue")
        .map_err(|_| Code::Internal.at("mdoc layout"))
}

/// The bytes of an element that is a byte string, such as `portrait`; `None` for an element of another type.
///
/// # Errors
/// [`Code::Internal`] when layout, location and bytes do not belong together.
pub fn claim_bytes<'a>(
    issuer_signed: &'a [u8],
    layout: &Layout,
    location: &ClaimLocation,
) -> Result<Option<&'a [u8]>> {
    let value = layout.element(location)?.value.of(issuer_signed)?;
    let mut reader = Reader::new(value, Code::Internal, "mdoc layout");
    if reader.datatype()? == Type::Bytes { reader.bytes().map(Some) } else { Ok(None) }
}
