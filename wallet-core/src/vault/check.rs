//! Looks at everything in the vault and says what is damaged. It changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use super::damage::{Damage, Flaw, Part, damage_of};
use super::file::{schema, storage};
use super::guard::Guard;
use super::history;
use super::manifest::Listed;
use super::model::{CopyContent, LooseKey, PendingFlow, Refusals, SoftwareKey, StoredCredential, StoredKey};
use super::moved::{ImportedHistory, Reissue};
use super::salvage::Survey;
use super::seal::{Id, Table};
use super::transaction::{Record, Transaction};
use crate::credential::{CredentialId, Summary};
use crate::error::{Code, Result};
use crate::trust::TrustAnchor;

/// What a look at the whole vault found.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "uniffi", derive(uniffi::Record))]
pub struct Checkup {
    /// How many records are whole; guards and the history's entries are not among them.
    pub whole: u64,
    /// What is damaged; empty in a vault as it should be.
    pub damaged: Vec<Damage>,
}

impl Checkup {
    /// Of a vault of which nothing can be proven.
    pub(crate) fn hopeless(code: Code) -> Self {
        Self { whole: 0, damaged: vec![Damage { part: Part::Manifest, code, credential: None }] }
    }

    /// Whether nothing is damaged.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.damaged.is_empty()
    }
}

/// Checks the SQLite file, the manifest, every record, rows that nobody listed, guards, and the history's chain.
///
/// # Errors
/// When the vault was locked or the storage fails; damage is no error.
pub(crate) fn check(transaction: &mut Transaction<'_>) -> Result<Checkup> {
    transaction.look_anew()?;
    let mut found = Findings::default();
    for table in Table::all() {
        found.table(transaction, table)?;
    }
    let owners = owners(&found.credentials);
    let damage = |flaw: Flaw| Damage {
        part: flaw.table.into(),
        code: flaw.code,
        credential: flaw.id.and_then(|id| match flaw.table {
            Table::Credential | Table::Summary => Some(CredentialId(id)),
            _ => owners.get(&id).copied(),
        }),
    };
    let mut damaged: Vec<Damage> = found.flaws.into_iter().map(damage).collect();
    let file = Damage { part: Part::File, code: Code::VaultUnreadable, credential: None };
    damaged.extend(std::iter::repeat_n(file, usize::from(!file_is_sound(transaction))));
    damaged.sort_by_key(|one| (one.part, one.credential, one.code as u16));
    Ok(Checkup { whole: found.whole as u64, damaged })
}

#[derive(Default)]
struct Findings {
    whole: usize,
    credentials: Vec<(Id, StoredCredential)>,
    flaws: Vec<Flaw>,
}

impl Findings {
    fn table(&mut self, transaction: &mut Transaction<'_>, table: Table) -> Result<()> {
        match table {
            Table::Credential => self.credentials = self.survey(transaction)?,
            Table::Summary => drop(self.survey::<Summary>(transaction)?),
            Table::Copy => drop(self.survey::<CopyContent>(transaction)?),
            Table::Key => drop(self.survey::<StoredKey>(transaction)?),
            Table::LooseKey => drop(self.survey::<LooseKey>(transaction)?),
            Table::SoftwareKey => drop(self.survey::<SoftwareKey>(transaction)?),
            Table::Pending => drop(self.survey::<PendingFlow>(transaction)?),
            Table::Anchor => drop(self.survey::<TrustAnchor>(transaction)?),
            Table::Refusals => drop(self.survey::<Refusals>(transaction)?),
            Table::Reissue => drop(self.survey::<Reissue>(transaction)?),
            Table::Imported => drop(self.survey::<ImportedHistory>(transaction)?),
            Table::Guard => self.flaws.extend(guards(transaction)?),
            Table::Manifest => self.flaws.extend(stray_nodes(transaction)?),
            Table::History => {
                if let Err(error) = history::read(transaction) {
                    self.flaws.push(Flaw { table, id: None, code: damage_of(error)? });
                }
            }
        }
        Ok(())
    }

    fn survey<R: Record>(&mut self, transaction: &mut Transaction<'_>) -> Result<Vec<(Id, R)>> {
        let Survey { records, flaws } = transaction.survey()?;
        self.whole += records.len();
        self.flaws.extend(flaws);
        Ok(records)
    }
}

/// The credential of each copy and key.
fn owners(credentials: &[(Id, StoredCredential)]) -> BTreeMap<Id, CredentialId> {
    let copies = |(id, stored): &(Id, StoredCredential)| {
        let id = CredentialId(*id);
        stored.copies.iter().flat_map(move |copy| [(copy.id, id), (copy.key, id)]).collect::<Vec<_>>()
    };
    credentials.iter().flat_map(copies).collect()
}

/// Guards that are missing, were changed, or are not the vault's.
fn guards(transaction: &mut Transaction<'_>) -> Result<Vec<Flaw>> {
    let flaw = |id: Option<Id>, code| Flaw { table: Table::Guard, id, code };
    let Listed { entries: listed, unreadable } =
        transaction.manifest.readable_entries(&transaction.rows, Table::Guard)?;
    let rows = match Guard::rows(transaction.rows.sql()) {
        Ok(rows) => rows,
        Err(error) => return Ok(vec![flaw(None, damage_of(error)?)]),
    };
    if !unreadable.is_empty() {
        return Ok(unreadable
            .into_iter()
            .map(|code| Flaw { table: Table::Manifest, id: None, code })
            .collect());
    }
    let mut listed: BTreeMap<Id, _> = listed.into_iter().collect();
    let mut flaws = Vec::new();
    for guard in rows {
        let id = Some(guard.id);
        match listed.remove(&guard.id) {
            Some(stamp) if stamp != guard.stamp() => flaws.push(flaw(id, Code::RecordOutdated)),
            // The manifest cannot know the count, but a PIN without one opens nothing.
            Some(_) if guard.lacks_its_count() => flaws.push(flaw(id, Code::GuardParametersInvalid)),
            Some(_) => {}
            None => flaws.push(flaw(id, Code::RecordUnexpected)),
        }
    }
    flaws.extend(listed.into_keys().map(|id| flaw(Some(id), Code::RecordMissing)));
    Ok(flaws)
}

/// Nodes of the manifest that its root does not lead to. When the way there is damaged, that is said already.
fn stray_nodes(transaction: &mut Transaction<'_>) -> Result<Vec<Flaw>> {
    let flaw = |code| Flaw { table: Table::Manifest, id: None, code };
    let Some(known) = transaction.manifest.nodes(&transaction.rows)? else { return Ok(Vec::new()) };
    let rows = |transaction: &Transaction<'_>| -> rusqlite::Result<Vec<i64>> {
        let mut statement = transaction.rows.sql().prepare("SELECT row FROM manifest")?;
        statement.query_map([], |row| row.get(0))?.collect()
    };
    match rows(transaction).map_err(storage) {
        Ok(rows) => {
            let stray =
                rows.into_iter().filter(|row| !u32::try_from(*row).is_ok_and(|row| known.contains(&row)));
            Ok(stray.map(|_| flaw(Code::RecordUnexpected)).collect())
        }
        Err(error) => Ok(vec![flaw(damage_of(error)?)]),
    }
}

/// Whether SQLite finds its own structures in order, and no table, index or trigger but ours.
fn file_is_sound(transaction: &Transaction<'_>) -> bool {
    let sql = transaction.rows.sql();
    let intact = sql.query_row("PRAGMA integrity_check(1)", [], |row| row.get::<_, String>(0));
    let expected = Connection::open_in_memory().and_then(|plain| {
        plain.execute_batch(&schema())?;
        objects(&plain)
    });
    intact.is_ok_and(|answer| answer == "ok")
        && matches!((objects(sql), expected), (Ok(ours), Ok(due)) if ours == due)
}

/// The kind, name and table of everything in a database.
fn objects(database: &Connection) -> rusqlite::Result<BTreeSet<(String, String, String)>> {
    let mut statement = database.prepare("SELECT type, name, tbl_name FROM sqlite_schema")?;
    statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect()
}
