//! The encrypted vault: one SQLite file in which every record is sealed, and a manifest that shows when a record was
//! deleted, swapped or replaced by an older one. The file shows row counts and sizes, nothing else.
//!
//! | file | concept |
//! | --- | --- |
//! | `worker` | the thread that owns the vault |
//! | `file` | the SQLite file: schema, settings, what its errors mean |
//! | `keyring` | the root key and the purpose keys, in the one place that `lock` wipes |
//! | `idle` | locking a vault that nobody uses |
//! | `guard` | what opens the root key: passphrase, PIN, biometrics, recovery key |
//! | `unlocking` | opening the root key by a guard, and changing the guards |
//! | `seal` | one sealed record and what it is bound to |
//! | `rows` | the rows of the file within one SQLite transaction |
//! | `manifest` | which records there are, in which version |
//! | `migrations` | from older formats of the file to the newest |
//! | `transaction` | reading and writing records, all or nothing |
//! | `loose_keys` | keys that no copy has |
//! | `model` | the stored records: credential, copy, key, pending flow, anchor |
//! | `moved` | what came from another wallet: what to ask for again, and its history |
//! | `copies` | which copy to show next, reserved before anything is sent |
//! | `reuse` | how often the issuer allows a copy to be shown |
//! | `status` | whether the issuer says that a credential still counts |
//! | `delete` | a credential with all that belongs to it |
//! | `history` | the append-only log |
//! | `salvage` | reading what is whole where something is damaged |
//! | `damage` | what can be wrong, by kind and code |
//! | `check` | looks at everything and says what is damaged |

mod check;
pub(crate) mod copies;
pub(crate) mod damage;
pub(crate) mod delete;
mod file;
mod guard;
pub(crate) mod history;
mod idle;
mod keyring;
pub(crate) mod loose_keys;
mod manifest;
mod migrations;
pub(crate) mod model;
pub(crate) mod moved;
pub(crate) mod reuse;
mod rows;
mod salvage;
mod seal;
pub(crate) mod status;
mod transaction;
mod unlocking;
mod worker;

pub use check::Checkup;
pub(crate) use check::check;
#[cfg(feature = "bench")]
pub(crate) use guard::RootKey;
pub use guard::{GuardKind, RecoveryKey};
pub(crate) use guard::{NewGuard, Opening, SealedSecret, check_passphrase};
pub(crate) use salvage::Readable;
pub(crate) use seal::Id;
pub(crate) use transaction::Transaction;
pub(crate) use worker::{VaultPorts, VaultWorker};
