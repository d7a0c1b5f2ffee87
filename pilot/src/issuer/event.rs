//! What happens at an issuer, for whoever watches: a command line, a test, the tour. No claims in it.

use serde::Serialize;

use super::state::OfferId;
use super::statuses::Status;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum IssuerEvent {
    /// Copies of a credential were given out.
    Issued {
        /// Under which offer.
        offer: OfferId,
        /// Which credential.
        credential_configuration_id: &'static str,
        /// Its format.
        format: &'static str,
        /// How many copies, each bound to a key of its own.
        copies: usize,
    },
    /// The wallet told what became of a credential (OpenID4VCI 1.0 11).
    Notified {
        /// Under which offer.
        offer: OfferId,
        /// Which credential.
        credential_configuration_id: &'static str,
        /// `credential_accepted`, `credential_failure` or `credential_deleted`.
        notification: &'static str,
    },
    /// What was issued under an offer counts, or does not count any more.
    Status {
        /// Under which offer.
        offer: OfferId,
        /// What the status list says from now on.
        status: Status,
    },
    /// A request was refused.
    Refused {
        /// Under which offer, where that is known.
        offer: Option<OfferId>,
        /// Where it came in: `token`, `credential`, `notification`.
        endpoint: &'static str,
        /// The error that the wallet was told.
        error: &'static str,
        /// Why, in words for a developer.
        description: String,
        /// Whether the same wallet may succeed with a better request under the same offer.
        may_retry: bool,
    },
}
