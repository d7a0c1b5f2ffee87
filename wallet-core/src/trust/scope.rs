//! For whom an anchor speaks, in which part, over which channel.

use minicbor::{Decode, Encode};

/// A jurisdiction. Ordered as profiles are tried: EU before Canada.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Side {
    /// The European Union.
    #[n(0)]
    Eu,
    /// Canada.
    #[n(1)]
    Ca,
}

impl Side {
    /// `eu` or `ca`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Eu => "eu",
            Self::Ca => "ca",
        }
    }
}

impl std::fmt::Display for Side {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The part that the other party plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Role {
    /// Signs credentials.
    #[n(0)]
    Issuer,
    /// Asks for credentials.
    #[n(1)]
    Verifier,
    /// Serves HTTPS.
    #[n(2)]
    Tls,
    /// Says what those who ask for credentials are registered to ask for (EU-40).
    #[n(3)]
    Registrar,
}

/// How the other party is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode)]
#[cbor(index_only)]
pub enum Channel {
    /// A presentation online (OpenID4VP).
    #[n(0)]
    OpenId4Vp,
    /// An issuance (OpenID4VCI).
    #[n(1)]
    OpenId4Vci,
    /// A presentation face to face (ISO 18013-5).
    #[n(2)]
    Proximity,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 3] = [Self::OpenId4Vp, Self::OpenId4Vci, Self::Proximity];
}
