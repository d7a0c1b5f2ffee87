//! The encrypted vault: one SQLite file in which every record is sealed, and a manifest that shows when a record was
//! deleted, swapped or replaced by an older one. The file shows row counts and sizes, nothing else.
//!
//! | file | concept |
//! | --- | --- |
//! | `worker` | the thread that owns the vault |
//! | `file` | the SQLite file: schema, settings, what its errors mean |
//! | `keyring` | the root key and the purpose keys, in the one place that `lock` wipes |
//! | `guard` | what opens the root key: today a passphrase |
//! | `seal` | one sealed record and what it is bound to |
//! | `rows` | the rows of the file within one SQLite transaction |
//! | `manifest` | which records there are, in which version |
//! | `migrations` | from older formats of the file to the newest |
//! | `transaction` | reading and writing records, all or nothing |
//! | `model` | the stored records: credential, copy, key, pending flow, anchor |
//! | `moved` | what came from another wallet: what to ask for again, and its history |
//! | `copies` | which copy to show next, reserved before anything is sent |
//! | `history` | the append-only log |

pub(crate) mod copies;
mod file;
mod guard;
pub(crate) mod history;
mod keyring;
mod manifest;
mod migrations;
pub(crate) mod model;
pub(crate) mod moved;
mod rows;
mod seal;
mod transaction;
mod worker;

#[cfg(feature = "bench")]
pub(crate) use guard::RootKey;
pub(crate) use guard::check_length;
pub(crate) use seal::Id;
pub(crate) use transaction::Transaction;
pub(crate) use worker::VaultWorker;
