//! What is wrong with a vault, by kind of record and code: never what a record said.

use super::seal::{Id, Table};
use crate::credential::CredentialId;
use crate::error::{Code, Next, Result, WalletError};

/// One thing that is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Damage {
    /// What kind of thing.
    pub part: Part,
    /// In what way, as the call would say that needs it.
    pub code: Code,
    /// The credential that it belongs to, where that is known.
    pub credential: Option<CredentialId>,
}

/// The kinds of things in a vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
#[cfg_attr(feature = "uniffi", derive(uniffi::Enum))]
pub enum Part {
    /// The SQLite file itself.
    File,
    /// The list of all records, which shows what is missing or old.
    Manifest,
    /// What opens the vault.
    Guard,
    /// A credential's entry in the list, with the state of its copies.
    Credential,
    /// What a credential can be asked for.
    Summary,
    /// One copy of a credential.
    Copy,
    /// A key that a copy is bound to.
    Key,
    /// A flow that waits for the citizen.
    Pending,
    /// A certificate on a trust list.
    Anchor,
    /// The count of requests that were refused before their sender was known.
    Refusals,
    /// The history.
    History,
    /// What is to be asked for again.
    Reissue,
    /// The history of another wallet.
    Imported,
}

impl Part {
    /// All of them, for tests that prove each has its words.
    pub const ALL: [Self; 13] = [
        Self::File,
        Self::Manifest,
        Self::Guard,
        Self::Credential,
        Self::Summary,
        Self::Copy,
        Self::Key,
        Self::Pending,
        Self::Anchor,
        Self::Refusals,
        Self::History,
        Self::Reissue,
        Self::Imported,
    ];

    /// A name for programs that does not change.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Manifest => "manifest",
            Self::Guard => "guard",
            Self::Credential => "credential",
            Self::Summary => "summary",
            Self::Copy => "copy",
            Self::Key => "key",
            Self::Pending => "pending",
            Self::Anchor => "anchor",
            Self::Refusals => "refusals",
            Self::History => "history",
            Self::Reissue => "reissue",
            Self::Imported => "imported",
        }
    }
}

impl From<Table> for Part {
    fn from(table: Table) -> Self {
        match table {
            Table::Credential => Self::Credential,
            Table::Summary => Self::Summary,
            Table::Copy => Self::Copy,
            Table::Key | Table::LooseKey | Table::SoftwareKey => Self::Key,
            Table::Pending => Self::Pending,
            Table::Anchor => Self::Anchor,
            Table::Refusals => Self::Refusals,
            Table::Guard => Self::Guard,
            Table::Manifest => Self::Manifest,
            Table::History => Self::History,
            Table::Reissue => Self::Reissue,
            Table::Imported => Self::Imported,
        }
    }
}

/// A damaged row, before it is known whom it belongs to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Flaw {
    pub(super) table: Table,
    pub(super) id: Option<Id>,
    pub(super) code: Code,
}

/// Whether a failure says that the file is damaged, and not that it cannot be read just now.
pub(crate) fn is_damage(error: &WalletError) -> bool {
    error.code().next() == Next::Recover
}

/// The code of a damage; any other failure goes on.
pub(super) fn damage_of(error: WalletError) -> Result<Code> {
    if is_damage(&error) { Ok(error.code()) } else { Err(error) }
}
