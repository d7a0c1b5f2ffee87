//! From format 1 to 2: the manifest had two levels, with 64 leaves for all tables together; entries of the history could
//! not be deleted; guards counted no attempts, and their stamps did not cover their headers; all keys lay in one table;
//! nothing came from other wallets.

use minicbor::Decode;

use crate::crypto::aead::TAG;
use crate::error::{Code, Result};
use crate::vault::guard::Guard;
use crate::vault::manifest::{Manifest, Stamp};
use crate::vault::model::{KeyLife, LooseKey, StoredKey};
use crate::vault::rows::Rows;
use crate::vault::seal::{Id, Table, tag};
use crate::vault::transaction::Transaction;

#[derive(Decode)]
struct OldRoot {
    #[n(0)]
    generation: u64,
    #[n(1)]
    history_length: u64,
    #[cbor(n(2), with = "minicbor::bytes")]
    history_head: [u8; 32],
    /// 64 times version (big-endian) and tag.
    #[cbor(n(3), with = "minicbor::bytes")]
    leaves: Vec<u8>,
    #[n(4)]
    summaries: u64,
}

const STAMP: usize = 8 + TAG;
/// Table, id, stamp.
const ENTRY: usize = 1 + 16 + STAMP;

pub(super) fn migrate(rows: Rows<'_>) -> Result<Transaction<'_>> {
    let damaged = || Code::ManifestDamaged.at("format 1");
    let row = rows.node(0)?.ok_or_else(damaged)?;
    let opened = rows.open(Table::Manifest, &node_id(0), row.version, &row.sealed)?;
    let old: OldRoot = minicbor::decode(&opened).map_err(|_| damaged())?;
    if old.generation != row.version {
        return Err(damaged());
    }
    let mut entries = Vec::new();
    for (number, expected) in (1..).zip(old.leaves.as_chunks::<STAMP>().0.iter().map(stamp)) {
        if expected.version > 0 {
            entries.append(&mut leaf(&rows, number, expected)?);
        }
    }
    rows.execute("DELETE FROM manifest", [])?;
    rows.execute("ALTER TABLE history ADD COLUMN digest BLOB", [])?;
    rows.execute("ALTER TABLE guard ADD COLUMN attempts BLOB", [])?;
    for table in [Table::LooseKey, Table::Reissue, Table::Imported] {
        rows.execute(&table.create(), [])?;
    }
    let mut manifest = Manifest::new();
    let guards = Guard::rows(rows.sql())?;
    for (table, id, stamp) in entries {
        let guard = guards.iter().find(|guard| table == Table::Guard && guard.id == id);
        // Of a guard that is not as it was, the old stamp stays, which fits nothing.
        let stamp = guard.filter(|guard| tag(&guard.wrapped) == stamp.tag).map_or(stamp, Guard::stamp);
        manifest.set(&rows, table, &id, Some(stamp))?;
    }
    let root = manifest.root_mut();
    root.generation = old.generation;
    root.summaries = old.summaries;
    root.history_length = old.history_length;
    root.history_head = old.history_head;
    let mut transaction = Transaction::resume(rows, manifest);
    for (id, key) in transaction.all::<StoredKey>()? {
        if key.life != KeyLife::Live || key.flow.is_some() {
            transaction.delete::<StoredKey>(&id)?;
            transaction.put(&id, &LooseKey(key))?;
        }
    }
    Ok(transaction)
}

fn leaf(rows: &Rows<'_>, number: u32, expected: Stamp) -> Result<Vec<(Table, Id, Stamp)>> {
    let damaged = || Code::ManifestDamaged.at("format 1");
    let row = rows.node(number)?.ok_or_else(damaged)?;
    if (Stamp { version: row.version, tag: tag(&row.sealed) }) != expected {
        return Err(damaged());
    }
    let opened = rows.open(Table::Manifest, &node_id(number), row.version, &row.sealed)?;
    let entry = |entry: &[u8; ENTRY]| {
        let (number, rest) = entry.split_first()?;
        let table = Table::numbered(*number)?;
        Some((table, *rest.first_chunk()?, stamp(rest.last_chunk()?)))
    };
    opened.as_chunks().0.iter().map(|bytes| entry(bytes).ok_or_else(damaged)).collect()
}

fn stamp(bytes: &[u8; STAMP]) -> Stamp {
    let version = bytes.first_chunk().copied().map_or(0, u64::from_be_bytes);
    Stamp { version, tag: bytes.last_chunk().copied().unwrap_or_default() }
}

fn node_id(number: u32) -> Id {
    u128::from(number).to_be_bytes()
}
