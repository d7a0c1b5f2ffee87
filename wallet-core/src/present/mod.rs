//! What every channel shares: request -> candidates -> consent -> response -> log entry.
//!
//! | file | concept |
//! | --- | --- |
//! | `dcql` | the query language: which credentials and claims answer it |
//! | `openid4vp` | the online channel |
//! | `registration` | what a verifier is registered to ask for |
//! | `request` | a request that waits for the citizen: [`PresentationRequest`] |
//! | `consent` | the citizen's yes, and what must be known before it |
//! | `sending` | taking copies, and the truth about what became of them |
//! | `holdings` | what the vault holds, for the query engine |

mod consent;
pub mod dcql;
pub(crate) mod holdings;
pub mod openid4vp;
pub mod registration;
mod request;
mod sending;

pub use consent::{Consent, Warning};
pub use request::{PresentationRequest, Receipt, Source};
pub(crate) use sending::recover;
