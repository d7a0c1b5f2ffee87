//! What happens at a verifier, for whoever watches: a command line, a test, the tour.

use serde::Serialize;

use super::request::RequestId;
use super::verdict::Verdict;

/// One thing that happened.
#[derive(Clone, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum VerifierEvent {
    /// A request was made.
    Request {
        /// Names it.
        id: RequestId,
        /// The link that opens the wallet.
        uri: String,
    },
    /// A wallet fetched the request.
    Fetched {
        /// Which.
        id: RequestId,
    },
    /// Something came that is no answer to any open request, and was refused.
    Refused {
        /// Why, in words for a developer.
        description: String,
    },
    /// A request was answered, or its time is over.
    Result {
        /// Which.
        id: RequestId,
        /// What came of it. Its members stand beside `event`.
        #[serde(flatten)]
        verdict: Verdict,
    },
}
