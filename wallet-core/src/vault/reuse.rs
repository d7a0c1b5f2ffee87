//! How often the issuer allows a copy to be shown (ARF ISSU_37 to ISSU_57; ETSI TS 119 472-3 `credential_reuse_policy`).

use minicbor::{Decode, Encode};

use super::seal::Id;
use crate::crypto::hash::sha256_parts;

/// How copies of a credential may be shown again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum ReuseMethod {
    /// The issuer sets no limit. The wallet still shows unused copies first, and says when there are none.
    #[n(0)]
    Unlimited,
    /// Method A: each copy once.
    #[n(1)]
    OnceOnly,
    /// Method B: any number of times, while the copy is valid.
    #[n(2)]
    LimitedTime,
    /// Method C: each copy of the batch once, in a random order, and then again from the beginning.
    #[n(3)]
    Rotating,
    /// Method D: the same copy for the same verifier, and another for each other.
    #[n(4)]
    PerVerifier,
}

impl ReuseMethod {
    /// The name in an issuer's metadata. The specification mixes hyphens and underscores, and issuers mix them anew, so
    /// both are one.
    pub(crate) fn from_metadata(name: &str) -> Option<Self> {
        match name.replace('-', "_").as_str() {
            "once_only" => Some(Self::OnceOnly),
            "limited_time" => Some(Self::LimitedTime),
            "rotating_batch" => Some(Self::Rotating),
            "per_relying_party" => Some(Self::PerVerifier),
            _ => None,
        }
    }

    /// A name for programs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unlimited => "unlimited",
            Self::OnceOnly => "once_only",
            Self::LimitedTime => "limited_time",
            Self::Rotating => "rotating",
            Self::PerVerifier => "per_verifier",
        }
    }
}

/// An issuer's policy for one credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Encode, Decode)]
pub(crate) struct ReusePolicy {
    #[n(0)]
    pub(crate) method: ReuseMethod,
    /// At how many unused copies the issuer wants to be asked for more.
    #[n(1)]
    pub(crate) reissue_unused: Option<u32>,
    /// How long before the end of validity the issuer wants to be asked for more, in seconds.
    #[n(2)]
    pub(crate) reissue_lifetime_left: Option<u32>,
    /// How many copies the issuer wants to be asked for.
    #[n(3)]
    pub(crate) batch_size: Option<u32>,
}

impl ReusePolicy {
    /// This method, and nothing else said.
    pub(crate) const fn only(method: ReuseMethod) -> Self {
        Self { method, reissue_unused: None, reissue_lifetime_left: None, batch_size: None }
    }

    /// The policy of a record that has none: all that such a record says is whether copies may be shown once only.
    pub(crate) fn before_policies(once_only: Option<bool>) -> Self {
        let once_only = once_only == Some(true);
        Self::only(if once_only { ReuseMethod::OnceOnly } else { ReuseMethod::Unlimited })
    }
}

/// Stands for a verifier on a copy.
pub(crate) type VerifierMark = Id;

/// The mark of a verifier, by its identifier (`client_id`).
pub(crate) fn mark(identifier: &str) -> VerifierMark {
    let digest = sha256_parts(&[b"wc verifier", identifier.as_bytes()]);
    digest.first_chunk().copied().unwrap_or_default()
}
