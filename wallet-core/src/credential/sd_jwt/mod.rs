//! SD-JWT VC: RFC 9901 and the credential type over it.
//!
//! Receiving: [`SdJwt::parse`] -> [`SdJwt::chain`] -> trust anchors -> [`SdJwt::verify`] -> [`VerifiedSdJwt`], of which
//! the text and the [`Layout`] are stored. Presenting: [`prepare`] -> the device key signs ->
//! [`UnsignedPresentation::finish`]. Reading again: [`claim_value`].

mod check;
mod compact;
pub(crate) mod digest;
mod disclosure;
mod issuer;
mod layout;
mod present;
mod process;
mod registered;
mod value;
mod verified;
mod verify;

pub use check::Leniency;
pub use compact::SdJwt;
pub use layout::Layout;
pub use present::{KeyBinding, UnsignedPresentation, prepare};
pub use registered::Validity;
pub(crate) use registered::is_technical;
#[cfg(feature = "issuer")]
pub(crate) use registered::is_technical_name;
#[cfg(feature = "verifier")]
pub(crate) use registered::numeric_date;
pub use value::claim_value;
pub use verified::VerifiedSdJwt;

#[cfg(test)]
pub(crate) mod tests;
