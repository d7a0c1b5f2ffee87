//! Queries that come with pilot, as data files.

use serde_json::Value;
use wallet_core::trust::Side;

/// A query that comes with pilot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BuiltIn {
    /// Family name and nationalities from the PID as SD-JWT VC.
    EuPidSdJwt,
    /// Family name and nationality from the PID as mdoc.
    EuPidMdoc,
    /// Whether somebody is 19 or older, from the driving licence, and nothing else.
    CaAge19,
    /// The name, from the EU PID or from the Canadian driving licence, as the citizen chooses.
    Either,
    /// Name, date of birth, address and portrait, from the EU PID or from the Canadian driving licence.
    Portrait,
}

impl BuiltIn {
    /// What a side's verifier offers on its page, its default first.
    #[must_use]
    pub const fn of(side: Side) -> &'static [Self] {
        match side {
            Side::Eu => &[Self::EuPidSdJwt, Self::EuPidMdoc, Self::Either, Self::Portrait],
            Side::Ca => &[Self::CaAge19, Self::Either, Self::Portrait],
        }
    }

    /// What a side's verifier asks when nothing else is said.
    #[must_use]
    pub const fn default_of(side: Side) -> Self {
        match side {
            Side::Eu => Self::EuPidSdJwt,
            Side::Ca => Self::CaAge19,
        }
    }

    /// Its name, in forms and in the JSON API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::EuPidSdJwt => "eu-pid-sd-jwt",
            Self::EuPidMdoc => "eu-pid-mdoc",
            Self::CaAge19 => "ca-age-19",
            Self::Either => "either",
            Self::Portrait => "portrait",
        }
    }

    /// By its name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::EuPidSdJwt, Self::EuPidMdoc, Self::CaAge19, Self::Either, Self::Portrait]
            .into_iter()
            .find(|query| query.name() == name)
    }

    /// The query. The files are part of the program, and a test reads them.
    #[must_use]
    pub fn dcql(self) -> Value {
        let json = match self {
            Self::EuPidSdJwt => include_str!("queries/eu-pid-sd-jwt.json"),
            Self::EuPidMdoc => include_str!("queries/eu-pid-mdoc.json"),
            Self::CaAge19 => include_str!("queries/ca-age-19.json"),
            Self::Either => include_str!("queries/either.json"),
            Self::Portrait => include_str!("queries/portrait.json"),
        };
        serde_json::from_str(json).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use wallet_core::present::dcql::Query;
    use wallet_core::profile::DcqlLeniency;

    use super::*;

    #[test]
    fn every_query_is_valid_and_found_by_its_name() {
        for side in [Side::Eu, Side::Ca] {
            assert_eq!(BuiltIn::of(side).first(), Some(&BuiltIn::default_of(side)));
            for query in BuiltIn::of(side) {
                assert!(Query::parse(&query.dcql(), &DcqlLeniency::NONE).is_ok(), "{query:?}");
                assert_eq!(BuiltIn::from_name(query.name()), Some(*query));
            }
        }
    }
}
