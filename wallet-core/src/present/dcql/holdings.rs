//! What the wallet holds, as the query engine sees it.

use serde_json::Value;

use super::index::Index;
use crate::credential::id::CredentialId;
use crate::credential::path::ClaimLocation;
use crate::error::Result;

/// The credentials in the wallet: an index over their summaries, and the value of a claim where a query needs it.
pub trait Holdings {
    /// The index over all summaries.
    fn index(&self) -> &Index;

    /// The value of one claim, as JSON; `None` when the credential cannot be opened or has no such claim.
    ///
    /// Called only for a query with `values`, and only for a credential that fits the query but for the values: this
    /// is what opens a credential. The value of an mdoc element is converted as RFC 8949 section 6.1 says.
    ///
    /// # Errors
    /// What the store gives. It ends the evaluation, since a wrong answer is worse than none.
    fn value(&self, credential: CredentialId, location: &ClaimLocation) -> Result<Option<Value>>;
}
