//! One sealed record: AES-256-GCM, bound to its place in this vault, so that a record that was moved to another row,
//! table or vault, or that is of another version, does not open.

use crate::crypto::aead::{Cipher, TAG};
use crate::crypto::secret::SecretBytes;
use crate::error::{Code, Result};

/// The schema version that is bound into every record.
pub(super) const SCHEMA: u16 = 1;

/// A random record identifier; it means nothing.
pub(crate) type Id = [u8; 16];

/// Where a record lies. The numbers are in every record's associated data: never renumber.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Table {
    Credential = 1,
    Summary = 2,
    Copy = 3,
    Key = 4,
    SoftwareKey = 5,
    Pending = 6,
    Anchor = 7,
    Refusals = 8,
    Guard = 9,
    Manifest = 10,
    History = 11,
    LooseKey = 12,
    Reissue = 14,
    Imported = 15,
}

impl Table {
    /// The tables of ordinary records: id, version, sealed.
    pub(super) const RECORDS: [Self; 11] = [
        Self::Credential,
        Self::Summary,
        Self::Copy,
        Self::Key,
        Self::SoftwareKey,
        Self::Pending,
        Self::Anchor,
        Self::Refusals,
        Self::LooseKey,
        Self::Reissue,
        Self::Imported,
    ];

    /// The statement that makes a table of records.
    pub(super) fn create(self) -> String {
        format!(
            "CREATE TABLE {} (id BLOB PRIMARY KEY, version INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT;",
            self.name()
        )
    }

    /// All tables.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        Self::RECORDS.into_iter().chain([Self::Guard, Self::Manifest, Self::History])
    }

    /// The table with this number.
    pub(super) fn numbered(number: u8) -> Option<Self> {
        Self::all().find(|table| *table as u8 == number)
    }

    /// The name in the file.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Credential => "credential",
            Self::Summary => "summary",
            Self::Copy => "copy",
            Self::Key => "key",
            Self::SoftwareKey => "software_key",
            Self::Pending => "pending",
            Self::Anchor => "anchor",
            Self::Refusals => "refusals",
            Self::Guard => "guard",
            Self::Manifest => "manifest",
            Self::History => "history",
            Self::LooseKey => "loose_key",
            Self::Reissue => "reissue",
            Self::Imported => "imported",
        }
    }
}

/// What a record is bound to.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) vault: &'a Id,
    pub(super) table: Table,
    pub(super) id: &'a Id,
    pub(super) version: u64,
}

impl Place<'_> {
    /// "wc", the schema version, vault, table, id, version; each of a fixed length.
    fn associated_data(&self) -> [u8; 45] {
        let (schema, version, table) = (SCHEMA.to_be_bytes(), self.version.to_be_bytes(), [self.table as u8]);
        let parts: [&[u8]; 6] = [b"wc", &schema, self.vault, &table, self.id, &version];
        let mut out = [0; 45];
        let mut rest = out.as_mut_slice();
        for part in parts {
            if let Some((to, after)) = std::mem::take(&mut rest).split_at_mut_checked(part.len()) {
                to.copy_from_slice(part);
                rest = after;
            }
        }
        out
    }

    pub(super) fn seal(&self, cipher: &Cipher, plaintext: &[u8]) -> Result<Vec<u8>> {
        cipher.seal(&self.associated_data(), plaintext)
    }

    pub(super) fn open(&self, cipher: &Cipher, sealed: &[u8]) -> Result<SecretBytes> {
        cipher.open(&self.associated_data(), sealed).ok_or_else(|| Code::RecordDamaged.at(self.table.name()))
    }

    /// As [`Place::open`], into memory that serves again.
    pub(super) fn open_into(&self, cipher: &Cipher, sealed: &[u8], out: &mut SecretBytes) -> Result<()> {
        if cipher.open_into(&self.associated_data(), sealed, out) {
            Ok(())
        } else {
            Err(Code::RecordDamaged.at(self.table.name()))
        }
    }
}

/// The authentication tag of a sealed record; with the version it stands for the content in the manifest.
pub(super) fn tag(sealed: &[u8]) -> [u8; TAG] {
    sealed.last_chunk::<{ TAG }>().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crypto::secret::Key;

    #[test]
    fn a_record_opens_only_in_its_own_place() {
        let cipher = Cipher::new(&Key::random().unwrap());
        let place = Place { vault: &[1; 16], table: Table::Copy, id: &[2; 16], version: 3 };
        let sealed = place.seal(&cipher, b"content").unwrap();
        assert_eq!(place.open(&cipher, &sealed).unwrap().as_slice(), b"content");
        for other in [
            Place { vault: &[9; 16], ..place },
            Place { table: Table::Key, ..place },
            Place { id: &[9; 16], ..place },
            Place { version: 4, ..place },
        ] {
            assert_eq!(other.open(&cipher, &sealed).unwrap_err().code(), Code::RecordDamaged);
        }
    }
}
