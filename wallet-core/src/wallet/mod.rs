//! The façade that an app talks to.
//!
//! | file | concept |
//! | --- | --- |
//! | `open` | making, opening, unlocking and locking a wallet |
//! | `links` | what a link, code or pasted text leads to |
//! | `credentials` | what the wallet holds, for lists and detail screens |
//! | `trust_lists` | whom it trusts |
//! | `log` | what it did |

mod credentials;
mod links;
mod log;
mod open;
mod trust_lists;

pub use credentials::{CredentialDetails, CredentialEntry};
pub use links::{Incoming, PendingEntry};
pub use log::{History, LoggedEntry};
pub use open::{Settings, Wallet};
