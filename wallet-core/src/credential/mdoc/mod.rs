//! ISO/IEC 18013-5 mdoc: as it is issued, as it is kept, and as it is presented.
//!
//! [`IssuerSigned`] is what an issuer sent, unverified. Only [`IssuerSigned::verify`] makes the [`VerifiedMdoc`] that
//! can be stored. It comes with a [`Layout`], the extents of its parts, so that reading a claim ([`claim_value`]) and
//! presenting ([`prepare`]) slice the stored bytes instead of decoding them, and re-send them exactly as issued.

mod claims;
mod device_authentication;
mod device_response;
mod issuer_signed;
mod layout;
mod mobile_security_object;
mod session_transcript;
mod verified;
mod verify;

#[cfg(test)]
pub(crate) mod testing;

pub use claims::{claim_bytes, claim_value};
pub use device_authentication::device_authentication_bytes;
pub use device_response::{UnsignedDeviceResponse, prepare};
pub use issuer_signed::{IssuerSigned, IssuerSignedItem};
pub use layout::Layout;
pub use mobile_security_object::{MobileSecurityObject, ValidityInfo};
pub use session_transcript::{Handover, SessionTranscript};
pub use verified::VerifiedMdoc;
