//! Which credential types extend which (OpenID4VP 1.0 B.3.5, EU-16).
//!
//! A wallet may answer a query for a type with a credential of a type that extends it. The rule here:
//! - matching never guesses from a name; only the types listed in [`Kind::extends`](super::Kind::extends) count;
//! - that list is filled when a credential is kept, after its issuer was verified: from [`extended_types`], or from
//!   type metadata whose digest the issuer signed (`vct#integrity`);
//! - it works one way: a query for the domestic type is not answered by the common one.

/// The namespace of person identification data.
const PID: &str = "urn:eudi:pid:";
/// The one type that domestic types extend so far.
const COMMON_PID: &str = "urn:eudi:pid:1";

/// The types that `vct` extends by the EU PID Rulebook (PID_14): a domestic type `urn:eudi:pid:<cc>:…`, where `<cc>`
/// is a country in two lower-case letters, extends `urn:eudi:pid:1`. No other type extends any.
#[must_use]
pub fn extended_types(vct: &str) -> Vec<String> {
    let domestic =
        vct.strip_prefix(PID).and_then(|rest| rest.split_once(':')).is_some_and(|(country, rest)| {
            country.len() == 2
                && country.bytes().all(|byte| byte.is_ascii_lowercase())
                && rest.split(':').all(|part| !part.is_empty())
        });
    if domestic { vec![COMMON_PID.to_owned()] } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domestic_pid_extends_the_common_one_and_nothing_else_does() {
        for domestic in ["urn:eudi:pid:de:1", "urn:eudi:pid:fr:2", "urn:eudi:pid:de:1:sandbox"] {
            assert_eq!(extended_types(domestic), [COMMON_PID], "{domestic}");
        }
        for other in [
            "urn:eudi:pid:1",
            "urn:eudi:pid:2",
            "urn:eudi:pid:de",
            "urn:eudi:pid:de:",
            "urn:eudi:pid:de::1",
            "urn:eudi:pid:DE:1",
            "urn:eudi:pid:deu:1",
            "urn:eudi:pid:12:1",
            "urn:eudi:pidde:1",
            "x:urn:eudi:pid:de:1",
            "",
        ] {
            assert!(extended_types(other).is_empty(), "{other}");
        }
    }
}
