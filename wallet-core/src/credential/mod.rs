//! One credential over its formats.

pub mod id;
pub mod mdoc;
pub mod path;
pub mod sd_jwt;

/// A credential format, by the identifier that OpenID4VP and OpenID4VCI use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Format {
    /// ISO/IEC 18013-5 mdoc: `mso_mdoc`.
    MsoMdoc,
    /// IETF SD-JWT VC: `dc+sd-jwt`.
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
