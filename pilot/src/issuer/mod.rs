//! Demo issuers by OpenID4VCI 1.0, pre-authorized code flow: one for the EU, one for Canada.
//!
//! - [`Issuer`]: an issuer that runs; makes offers and tells what happens
//! - [`IssuerOptions`]: which side, where, with which certificates
//! - [`Configuration`]: the credentials that can be had
//! - [`OfferRequest`], [`TxCode`], [`Offer`]: an offer to one wallet
//! - [`IssuerEvent`]: what happened to it
//!
//! Inside: `endpoints` is the protocol, one file an endpoint; `state` remembers codes, tokens, nonces and keys; `claims`
//! says what is true of `people`; `signing` makes it a credential.

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

pub use configuration::Configuration;
pub use event::IssuerEvent;
pub use offer::{Offer, OfferRequest, TxCode};
pub use options::IssuerOptions;
pub use running::Issuer;
