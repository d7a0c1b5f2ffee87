//! OpenID4VCI 1.0, pre-authorized code flow: offer -> issuer metadata -> token -> credentials, checked before they are
//! shown, shown before they are kept, and kept all or none.
//!
//! | file | concept |
//! | --- | --- |
//! | `offer` | the Credential Offer |
//! | `metadata` | what the issuer says about itself |
//! | `reuse_policy` | how often it allows a copy to be shown |
//! | `token` | the authorization server and its token |
//! | `credential` | nonce, proofs, Credential Request and answer |
//! | `check` | what is checked of what came |
//! | `issuance` | the flow: [`Offer`] -> [`Preview`] -> kept |
//! | `preview` | what the citizen decides on |
//! | `notification` | what the issuer is told afterwards |

mod check;
mod credential;
mod issuance;
mod metadata;
mod notification;
mod offer;
mod preview;
mod reuse_policy;
mod token;

pub use issuance::{Offer, OfferDetails, OfferedCredential};
pub use offer::TxCode;
pub(crate) use offer::is_offer;
pub(crate) use preview::recover;
pub use preview::{Preview, PreviewCredential};
