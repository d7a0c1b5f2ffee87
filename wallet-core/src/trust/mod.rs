//! Who signed this, and may they?
//!
//! Whoever shows a certificate chain goes through [`Anchors::authenticate`] and comes out as a [`TrustedChain`], which
//! nothing else can make. The steps, one file each:
//!
//! - [`Side`], [`Role`], [`Channel`]: for whom an anchor speaks, in which part, over which channel
//! - [`ListName`]: the trust lists that are pinned on a command line
//! - [`TrustAnchor`]: a certificate that somebody decided to trust, and for what
//! - [`PathProfile`]: what a chain must look like, as data, one profile for each use
//! - `path`: the checks of RFC 5280 6.1 between one certificate and the next
//! - [`Anchors`]: all anchors, and the search for those that stand behind a chain
//! - [`TrustedChain`]: the outcome
//! - [`status`]: whether a credential still counts

mod anchor;
mod anchors;
mod chain;
mod list;
mod path;
mod profile;
mod scope;
pub mod status;
#[cfg(test)]
mod tests;

pub use anchor::TrustAnchor;
pub use anchors::Anchors;
pub use chain::TrustedChain;
pub use list::ListName;
pub use profile::PathProfile;
pub use scope::{Channel, Role, Side};
