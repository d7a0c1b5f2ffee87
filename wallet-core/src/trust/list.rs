//! The trust lists that are pinned on a command line.

use super::scope::{Role, Side};
use crate::error::{Code, WalletError};

/// One of the six lists. Each part is listed apart (EU-44): whoever may issue may not for that reason ask, and whoever says
/// who a verifier is may not for that reason say what it is registered for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum ListName {
    /// `eu-issuers`.
    EuIssuers,
    /// `eu-verifiers`: those who certify relying parties in the EU (access certificates, EU-43).
    EuVerifiers,
    /// `eu-registrars`: those who certify what relying parties in the EU are registered to ask for (registration
    /// certificates, EU-40).
    EuRegistrars,
    /// `ca-issuers`.
    CaIssuers,
    /// `ca-verifiers`.
    CaVerifiers,
    /// `tls`: for HTTPS on either side.
    Tls,
}

impl ListName {
    /// Every list.
    pub const ALL: [Self; 6] = [
        Self::EuIssuers,
        Self::EuVerifiers,
        Self::EuRegistrars,
        Self::CaIssuers,
        Self::CaVerifiers,
        Self::Tls,
    ];

    /// The name as typed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::EuIssuers => "eu-issuers",
            Self::EuVerifiers => "eu-verifiers",
            Self::EuRegistrars => "eu-registrars",
            Self::CaIssuers => "ca-issuers",
            Self::CaVerifiers => "ca-verifiers",
            Self::Tls => "tls",
        }
    }

    /// Whose list it is; HTTPS takes no side.
    #[must_use]
    pub const fn side(self) -> Option<Side> {
        match self {
            Self::EuIssuers | Self::EuVerifiers | Self::EuRegistrars => Some(Side::Eu),
            Self::CaIssuers | Self::CaVerifiers => Some(Side::Ca),
            Self::Tls => None,
        }
    }

    /// Which part its members play.
    #[must_use]
    pub const fn role(self) -> Role {
        match self {
            Self::EuIssuers | Self::CaIssuers => Role::Issuer,
            Self::EuVerifiers | Self::CaVerifiers => Role::Verifier,
            Self::EuRegistrars => Role::Registrar,
            Self::Tls => Role::Tls,
        }
    }
}

impl std::fmt::Display for ListName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for ListName {
    type Err = WalletError;

    /// # Errors
    /// [`Code::NotFound`] for any other name.
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|list| list.as_str() == name)
            .ok_or_else(|| Code::NotFound.at("trust list"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back_as_they_went() {
        for list in ListName::ALL {
            assert_eq!(list.to_string().parse::<ListName>().unwrap(), list);
        }
        for unknown in ["", "EU-ISSUERS", "eu", "us-issuers"] {
            assert_eq!(unknown.parse::<ListName>().unwrap_err().code(), Code::NotFound);
        }
    }

    #[test]
    fn a_name_says_side_and_role() {
        for list in ListName::ALL {
            let expected = match (list.side(), list.role()) {
                (Some(side), Role::Issuer) => format!("{side}-issuers"),
                (Some(side), Role::Verifier) => format!("{side}-verifiers"),
                (Some(side), Role::Registrar) => format!("{side}-registrars"),
                (None, Role::Tls) => "tls".to_owned(),
                other => panic!("{other:?}"),
            };
            assert_eq!(list.as_str(), expected);
        }
    }
}
