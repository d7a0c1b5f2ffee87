//! Demo issuers by OpenID4VCI 1.0, pre-authorized code flow: one for the EU, one for Canada.
//!
//! - [`Issuer`]: an issuer that runs; makes offers and tells what happens
//! - [`IssuerOptions`]: which side, where, with which certificates
//! - [`Configuration`]: the credentials that can be had
//! - [`OfferRequest`], [`TxCode`], [`Offer`]: an offer to one wallet
//! - [`IssuerEvent`]: what happened to it
//! - [`Status`]: whether what was issued under an offer still counts
//!
//! Inside: `endpoints` is the protocol, one file an endpoint; `state` remembers codes, tokens, nonces and keys; `claims`
//! says what is true of `people`; `signing` makes it a credential; `statuses` says whether it still counts.

mod claims;
mod configuration;
mod day;
mod endpoints;
mod event;
mod offer;
mod options;
mod people;
mod running;
mod signing;
mod state;
mod statuses;

pub use configuration::Configuration;
pub use event::IssuerEvent;
pub use offer::{Offer, OfferRequest, TxCode};
pub use options::IssuerOptions;
pub use running::Issuer;
pub use state::OfferId;
pub use statuses::{Status, StatusUnchanged};
