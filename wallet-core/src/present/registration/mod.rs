//! What a verifier is registered to ask for: the registration certificate of a relying party (WRPRC, ETSI TS 119 475;
//! EU-40 to EU-42). Whether it is valid and whether the request stays within it are two results, and neither refuses a
//! request: the citizen is told, and decides (ARF RPA_07b).
//!
//! Where a channel carries it is for the channel. The way of one:
//!
//! | file | concept |
//! | --- | --- |
//! | `verify` | the checks, in the order of EU-42 |
//! | `claims` | what it says |
//! | `members` | single members of what it says: bounded, and fit for a screen |
//! | `scope` | what may be asked for, and whether a query stays within it |

mod claims;
mod members;
mod scope;
mod verify;

#[cfg(test)]
mod tests;

pub use scope::Scope;
pub use verify::{RegistrationCertificate, verify};
