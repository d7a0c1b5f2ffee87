//! The append-only log: who asked, how that was verified, what was asked, what was shared, and how it ended. Names of
//! claims, never values. Each entry is chained to the one before over its sealed bytes, and the manifest holds the
//! head, so an entry that is missing, changed or exchanged shows.
//!
//! Only the citizen deletes. What is left of an entry then is the hash of its sealed bytes, so that the chain still runs,
//! and an entry of its own says which numbers are gone: whoever has the file but not the keys can write neither.
//!
//! | file | concept |
//! | --- | --- |
//! | `entry` | one entry |
//! | `registration` | what a verifier is registered for |
//! | `chain` | appending to the chain, and checking all of it |
//! | `delete` | what the citizen deletes |
//! | `numbers` | numbers of entries, as ranges |
//! | `shared` | what a verifier has seen before |
//! | `refusals` | refusals of whom nobody knows, outside the chain and bounded |

mod chain;
mod delete;
mod entry;
mod numbers;
mod refusals;
mod registration;
mod shared;

pub(crate) use chain::{Chained, append, read, readable};
pub(crate) use delete::{Doomed, delete};
pub use entry::{
    Asked, Disclosed, HistoryEntry, HistoryEvent, Move, NumberRange, Outcome, Party, Verification,
};
pub(crate) use refusals::note_refusal;
pub use registration::{Registration, RegistrationDetails, RegistrationStatus, SupervisoryAuthority};
pub(crate) use shared::shared_before;
pub use shared::{SharedBefore, SharedClaims};
