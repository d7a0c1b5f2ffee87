//! A backup: everything that the vault holds, in one file under a passphrase of its own. The citizen chooses it; moving to
//! another wallet needs none (`migrate`). Restoring makes a new vault and leaves every other alone.
//!
//! | file | concept |
//! | --- | --- |
//! | `container` | the file: a readable header, and sealed entries one after another |
//! | `entry` | what an entry is |
//! | `export` | out of a vault |
//! | `restore` | into a new one, where nothing counts as never shown |

mod container;
mod entry;
mod export;
mod restore;

pub(crate) use container::{BackupReader, BackupWriter};
pub use export::BackedUp;
pub(crate) use export::export;
pub use restore::Restored;
pub(crate) use restore::restore;

#[cfg(test)]
mod tests;
