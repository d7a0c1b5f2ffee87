//! The Digital Credentials Query Language (OpenID4VP 1.0 sections 6 and 7): which credentials and claims answer a
//! request.
//!
//! A pure library: no I/O, no clock, nothing that the verifier could observe. [`Query::parse`] reads the request,
//! [`Query::evaluate`] holds it against the [`Holdings`], and the [`Evaluation`] makes and checks the [`Choice`] of
//! what is shown. Whether nothing is held, a value differs or a credential has expired: the outcome is the same
//! [`NothingMatches`](crate::Code::NothingMatches), and nothing is told before the citizen acted (section 15.4.1).
//!
//! # Bounds
//! A query has at most [`DCQL_CREDENTIALS`](crate::limits::DCQL_CREDENTIALS) credential queries,
//! [`DCQL_CLAIMS`](crate::limits::DCQL_CLAIMS) claims queries and [`DCQL_SETS`](crate::limits::DCQL_SETS)
//! combinations; its lists of values are bounded by the size of the request. With K kinds of credentials (equal but
//! for id, validity and values), N credentials and L claims in one of them:
//! - matching claims takes at most `DCQL_CLAIMS * K * L log L` steps and is done once a kind, not once a credential;
//! - building options takes at most `DCQL_SETS * DCQL_CLAIMS * K * L / 64`;
//! - each claim that a claims query with `values` selects is opened at most once, in credentials that fit without it;
//! - combining credential sets takes at most 4,096 steps for each group of sets that share credential queries, and a
//!   step looks at the options of one set: at most `4096 * DCQL_SETS` options in all.
//!
//! Nothing grows with the product of the sets.

mod answer;
mod bit_set;
mod by_values;
mod candidate;
mod choice;
mod cover;
mod evaluate;
mod evaluation;
mod holdings;
mod index;
mod parse;
mod query;
mod shape;
mod values;

#[cfg(test)]
mod tests;

pub(super) use candidate::Wear;
pub use candidate::{Candidate, DisclosureOption, RequestedClaim};
pub use choice::{Choice, Disclosure, Selection};
pub use evaluation::{CredentialAnswer, Evaluation, SetAnswer, SetOption};
pub use holdings::Holdings;
pub use index::Index;
pub use query::{ClaimsQuery, CredentialQuery, CredentialSetQuery, Meta, Query, TrustedAuthorities};
pub use values::ExpectedValues;
