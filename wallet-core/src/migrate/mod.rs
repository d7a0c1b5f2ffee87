//! Moving house: the Migration Object of EUDI TS10 1.2 (ARF 3.0 Mig_01 to 07b), a file that takes what may move from one
//! wallet to another, of any maker: which credentials to ask whom for again, and the history. No key and no value of a
//! claim is ever in it; what is bound to a device does not leave the device.
//!
//! | file | concept |
//! | --- | --- |
//! | `data` | `MigrationData` (TS10 3.18): what is in the object |
//! | `credential` | `CredentialInfo` (TS10 3.19.1): one credential to ask for again |
//! | `transaction` | `Transaction` (TS10 3.1): one entry of a history |
//! | `own` | this wallet's credentials and history in those terms |
//! | `fields` | members of objects from outside, checked |
//! | `object` | the encrypted object (TS10 4.2 and 5) |
//! | `exchange` | out of a vault, and into one |

mod credential;
mod data;
mod exchange;
mod fields;
mod object;
mod own;
mod transaction;

pub use data::MigrationData;
pub use exchange::{MovedIn, MovedOut};
pub(crate) use exchange::{collect, take_over};
pub use object::{open, seal};
pub(crate) use own::reissue;
