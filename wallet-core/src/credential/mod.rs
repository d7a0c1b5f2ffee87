//! One credential over its formats.

mod claim;
pub mod id;
mod image;
pub mod mdoc;
pub mod path;
pub mod sd_jwt;
mod stored;
pub mod summary;
mod verified;

pub use claim::Claim;
pub use id::CredentialId;
pub use stored::{Binding, Layout, UnsignedPresentation, claim_value, prepare};
pub use summary::{Lapse, Summary};
pub use verified::{IssuerLeniency, VerifiedCredential};

use minicbor::{Decode, Encode};

/// A credential format, by the identifier that OpenID4VP and OpenID4VCI use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Encode, Decode)]
#[cbor(index_only)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Format {
    /// ISO/IEC 18013-5 mdoc: `mso_mdoc`.
    #[n(0)]
    MsoMdoc,
    /// IETF SD-JWT VC: `dc+sd-jwt`.
    #[n(1)]
    DcSdJwt,
}

impl Format {
    /// The format identifier.
    #[must_use]
    pub const fn identifier(self) -> &'static str {
        match self {
            Self::MsoMdoc => "mso_mdoc",
            Self::DcSdJwt => "dc+sd-jwt",
        }
    }

    /// By the format identifier.
    #[must_use]
    pub fn from_identifier(identifier: &str) -> Option<Self> {
        match identifier {
            "mso_mdoc" => Some(Self::MsoMdoc),
            "dc+sd-jwt" => Some(Self::DcSdJwt),
            _ => None,
        }
    }
}
