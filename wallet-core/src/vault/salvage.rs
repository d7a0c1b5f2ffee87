//! Reading what is whole where something is damaged. What cannot be proven to be there in its newest version is not
//! read: a record under a damaged leaf of the manifest is lost with it.

use std::collections::BTreeMap;

use super::damage::{Damage, Flaw, damage_of, is_damage};
use super::manifest::{Listed, Stamp};
use super::rows::Row;
use super::seal::{Id, Table};
use super::transaction::{Record, Transaction, decode, open_record};
use crate::credential::CredentialId;
use crate::error::{Code, Result, WalletError};

/// The readable records of one type, and what is wrong with the others.
pub(crate) struct Readable<R> {
    pub(crate) records: Vec<(Id, R)>,
    pub(crate) damaged: Vec<Damage>,
}

/// A table as it was found.
pub(super) struct Survey<R> {
    pub(super) records: Vec<(Id, R)>,
    pub(super) flaws: Vec<Flaw>,
}

/// Rows by their id: more than one only where somebody edited the file.
type Found = BTreeMap<Id, Vec<Row>>;

impl Transaction<'_> {
    /// All records of one type that are whole, in no particular order.
    ///
    /// # Errors
    /// [`Code::Locked`], and those of the storage; damage is no error.
    pub(crate) fn readable<R: Record>(&mut self) -> Result<Readable<R>> {
        match self.all() {
            Ok(records) => return Ok(Readable { records, damaged: Vec::new() }),
            Err(error) if !is_damage(&error) => return Err(error),
            Err(_) => {}
        }
        let Survey { records, flaws } = self.survey::<R>()?;
        // A row that the manifest does not list is none; only a check speaks of it.
        let lost = flaws.into_iter().filter(|flaw| flaw.code != Code::RecordUnexpected);
        let damage = |Flaw { table, id, code }: Flaw| {
            let credential = id.filter(|_| matches!(table, Table::Credential | Table::Summary));
            Damage { part: table.into(), code, credential: credential.map(CredentialId) }
        };
        Ok(Readable { records, damaged: lost.map(damage).collect() })
    }

    /// Reads a table record by record.
    ///
    /// # Errors
    /// As [`Transaction::readable`].
    pub(super) fn survey<R: Record>(&mut self) -> Result<Survey<R>> {
        let table = R::TABLE;
        let Listed { entries: listed, unreadable } = self.manifest.readable_entries(&self.rows, table)?;
        let leaves_lost = !unreadable.is_empty();
        let mut flaws: Vec<Flaw> =
            unreadable.into_iter().map(|code| Flaw { table: Table::Manifest, id: None, code }).collect();
        let (mut found, scanned) = self.scan(table)?;
        let mut records = Vec::new();
        for (id, expected) in listed {
            match self.best(table, &id, expected, found.remove(&id).unwrap_or_default(), &scanned) {
                Ok((record, surplus)) => {
                    records.push((id, record));
                    let doubled = Flaw { table, id: Some(id), code: Code::RecordUnexpected };
                    flaws.extend(std::iter::repeat_n(doubled, surplus));
                }
                Err(error) => flaws.push(Flaw { table, id: Some(id), code: damage_of(error)? }),
            }
        }
        // Where a leaf is lost, nobody can say which of these it listed.
        if !leaves_lost {
            let unlisted = found.into_keys();
            flaws.extend(unlisted.map(|id| Flaw { table, id: Some(id), code: Code::RecordUnexpected }));
        }
        Ok(Survey { records, flaws })
    }

    /// All rows of a table up to where it cannot be read, and why that is.
    fn scan(&self, table: Table) -> Result<(Found, Option<WalletError>)> {
        let mut found = Found::new();
        let scanned = self.rows.each_record(table, |id, version, sealed| {
            found.entry(*id).or_default().push(Row { version, sealed: sealed.to_vec() });
            Ok(())
        });
        match scanned {
            Ok(()) => Ok((found, None)),
            Err(error) if is_damage(&error) => Ok((found, Some(error))),
            Err(error) => Err(error),
        }
    }

    /// The record among the rows of its id, and how many other rows there are. A row that a broken scan did not reach
    /// may still be found by its id.
    fn best<R: Record>(
        &self,
        table: Table,
        id: &Id,
        expected: Stamp,
        mut rows: Vec<Row>,
        scanned: &Option<WalletError>,
    ) -> Result<(R, usize)> {
        if rows.is_empty()
            && let Some(broken) = scanned
        {
            rows.extend(self.rows.record(table, id)?);
            if rows.is_empty() {
                return Err(broken.clone());
            }
        }
        let surplus = rows.len().saturating_sub(1);
        let mut outcome = Err(Code::RecordMissing.at(table.name()));
        for row in rows {
            let opened = open_record(&self.rows, table, id, expected, row.version, &row.sealed);
            outcome = opened.and_then(|encoded| decode(table, &encoded));
            if outcome.is_ok() {
                break;
            }
        }
        outcome.map(|record| (record, surplus))
    }
}
