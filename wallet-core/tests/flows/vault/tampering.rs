//! Somebody edits the file, each time in exactly one way. The wallet says what kind of thing was changed and in what way,
//! never shows anything that is not as it was, and still shows the rest.

use std::collections::HashSet;

use wallet_core::credential::CredentialId;
use wallet_core::error::Next;
use wallet_core::wallet::CredentialEntry;
use wallet_core::{Code, Wallet};

use super::history::is_left_of;
use super::lived::{lived, unlocked};
use crate::world::{Asked, Issuer, Verifier, World, block_on, code, open, passphrase, present, receive};

/// The parts that a check names, each with its code; or the step that refuses the whole vault.
type Found = HashSet<(&'static str, Code)>;

/// The whole vault, before it is edited.
struct Baseline {
    entries: Vec<CredentialEntry>,
    history: wallet_core::wallet::History,
}

impl Baseline {
    fn new() -> Self {
        let world = World::new();
        lived().newer.write(&world.file());
        let wallet = unlocked(world.settings("vault.db"), &lived().root);
        let list = block_on(wallet.credentials()).unwrap();
        assert!(list.damaged.is_empty());
        Self { entries: list.entries, history: block_on(wallet.history()).unwrap() }
    }

    /// Edits a copy of the vault by SQL, in which the older state, the fork and the stranger's vault can be named, and
    /// looks what the wallet makes of it.
    fn found(&self, edit: &str) -> Found {
        let world = World::new();
        lived().newer.write(&world.file());
        let others = [("older", &lived().older), ("fork", &lived().fork), ("stranger", &lived().stranger)];
        let database = world.database("vault.db");
        for (name, file) in others {
            let path = world.folder.join(format!("{name}.db"));
            file.write(&path);
            database.execute(&format!("ATTACH ?1 AS {name}"), [path.to_str().unwrap()]).unwrap();
        }
        database.execute_batch(edit).unwrap_or_else(|error| panic!("{edit}: {error}"));
        drop(database);

        let wallet = match block_on(Wallet::open(world.settings("vault.db"))) {
            Ok(wallet) => wallet,
            Err(error) => return Found::from([("open", error.code())]),
        };
        if let Err(error) = block_on(wallet.unlock_with(&lived().root)) {
            return Found::from([("unlock", error.code())]);
        }
        let checkup = block_on(wallet.check()).unwrap();
        self.only_the_rest_is_shown(&wallet, edit);
        checkup.damaged.iter().map(|damage| (damage.part.name(), damage.code)).collect()
    }

    /// What is shown is as it was, and what is not shown is named.
    fn only_the_rest_is_shown(&self, wallet: &Wallet, edit: &str) {
        let Ok(list) = block_on(wallet.credentials()) else { panic!("{edit}: no list") };
        let lost = self.entries.len() - list.entries.len();
        assert!(list.entries.iter().all(|entry| self.entries.contains(entry)), "{edit}");
        assert_eq!(lost > 0, !list.damaged.is_empty(), "{edit}");
        for entry in &list.entries {
            match block_on(wallet.credential(entry.id)) {
                Ok(details) => assert_eq!(&details.entry, entry, "{edit}"),
                Err(error) => assert_eq!(error.code().next(), Next::Recover, "{edit}"),
            }
        }
        match block_on(wallet.history()) {
            Ok(history) => assert!(is_left_of(&history, &self.history), "{edit}"),
            Err(error) => assert_eq!(error.code().next(), Next::Recover, "{edit}"),
        }
    }

    #[track_caller]
    fn expect(&self, edit: &str, expected: &[(&'static str, Code)]) {
        assert_eq!(self.found(edit), expected.iter().copied().collect(), "{edit}");
    }
}

/// The tables of records, with the name that a check gives to what is in them.
const RECORDS: [(&str, &str); 8] = [
    ("credential", "credential"),
    ("summary", "summary"),
    ("copy", "copy"),
    ("key", "key"),
    ("software_key", "key"),
    ("pending", "pending"),
    ("anchor", "anchor"),
    ("refusals", "refusals"),
];

const FIRST: &str = "rowid = (SELECT min(rowid) FROM";

#[test]
fn the_same_vault_unedited_is_whole() {
    Baseline::new().expect("", &[]);
}

#[test]
fn records() {
    let baseline = Baseline::new();
    for (table, part) in RECORDS {
        let first = format!("{FIRST} main.{table})");
        baseline.expect(&format!("DELETE FROM main.{table} WHERE {first}"), &[(part, Code::RecordMissing)]);
        // A random id, and one of the stranger's.
        baseline.expect(
            &format!(
                "INSERT INTO main.{table} SELECT randomblob(16), version, sealed FROM main.{table} LIMIT 1"
            ),
            &[(part, Code::RecordUnexpected)],
        );
        if table != "refusals" {
            baseline.expect(
                &format!("INSERT INTO main.{table} SELECT * FROM stranger.{table} LIMIT 1"),
                &[(part, Code::RecordUnexpected)],
            );
        }
        baseline.expect(
            &format!(
                "UPDATE main.{table} SET sealed = (SELECT sealed FROM stranger.{table} LIMIT 1) WHERE {first}"
            ),
            &[(part, Code::RecordDamaged)],
        );
        for version in ["version + 1", "version - 1", "-1", "9223372036854775807"] {
            baseline.expect(
                &format!("UPDATE main.{table} SET version = {version} WHERE {first}"),
                &[(part, Code::RecordOutdated)],
            );
        }
        for sealed in
            ["zeroblob(length(sealed))", "x''", "CAST(sealed || x'00' AS BLOB)", "substr(sealed, 2)"]
        {
            baseline.expect(
                &format!("UPDATE main.{table} SET sealed = {sealed} WHERE {first}"),
                &[(part, Code::RecordDamaged)],
            );
        }
        baseline.expect(
            &format!("UPDATE main.{table} SET id = randomblob(16) WHERE {first}"),
            &[(part, Code::RecordMissing), (part, Code::RecordUnexpected)],
        );
    }
}

#[test]
fn records_that_change_places() {
    let baseline = Baseline::new();
    for (table, part) in RECORDS.into_iter().filter(|(table, _)| !["pending", "refusals"].contains(table)) {
        let swap = format!(
            "CREATE TEMP TABLE two AS SELECT rowid AS place, sealed FROM main.{table} ORDER BY version, rowid LIMIT 2;
             UPDATE main.{table} SET sealed = (SELECT sealed FROM two WHERE place <> {table}.rowid)
             WHERE rowid IN (SELECT place FROM two)"
        );
        baseline.expect(&swap, &[(part, Code::RecordDamaged)]);
    }
    // Into another table, under the same id.
    baseline.expect(
        "UPDATE main.credential SET (version, sealed) = (SELECT version, sealed FROM main.summary s WHERE s.id = credential.id)
         WHERE version = (SELECT version FROM main.summary s WHERE s.id = credential.id)",
        &[("credential", Code::RecordDamaged)],
    );
}

#[test]
fn records_of_an_older_copy() {
    let baseline = Baseline::new();
    for (table, part) in [("credential", "credential"), ("refusals", "refusals")] {
        let put_back = |from: &str| {
            format!(
                "UPDATE main.{table} SET (version, sealed) = (SELECT version, sealed FROM {from}.{table} o WHERE o.id = {table}.id)
                 WHERE sealed <> (SELECT sealed FROM {from}.{table} o WHERE o.id = {table}.id)"
            )
        };
        baseline.expect(&put_back("older"), &[(part, Code::RecordOutdated)]);
        // With its leaf: then the leaf is not the one that the branch names, and nothing under it is believed.
        let number = if table == "credential" { 1 } else { 8 };
        let leaves = format!(
            "UPDATE main.manifest SET (version, sealed) = (SELECT version, sealed FROM older.manifest o WHERE o.row = manifest.row)
             WHERE row > {number} << 16 AND row < ({number} + 1) << 16
             AND sealed <> (SELECT sealed FROM older.manifest o WHERE o.row = manifest.row)"
        );
        baseline.expect(&format!("{}; {leaves}", put_back("older")), &[("manifest", Code::ManifestDamaged)]);
        baseline.expect(&leaves, &[("manifest", Code::ManifestDamaged)]);
        // And with its branch.
        let branch = leaves.replace(&format!("row > {number}"), &format!("row >= {number}"));
        baseline.expect(&format!("{}; {branch}", put_back("older")), &[("manifest", Code::ManifestDamaged)]);
    }
    // The same version with another content: from a copy of the vault that went its own way.
    baseline.expect(
        "UPDATE main.refusals SET (version, sealed) = (SELECT version, sealed FROM fork.refusals)",
        &[("refusals", Code::RecordOutdated)],
    );
    // What was pending in an older copy and is over.
    baseline.expect(
        "UPDATE main.pending SET id = (SELECT id FROM stranger.pending LIMIT 1)",
        &[("pending", Code::RecordMissing), ("pending", Code::RecordUnexpected)],
    );
}

#[test]
fn the_manifest() {
    let baseline = Baseline::new();
    let root_and_path = [("unlock", Code::ManifestDamaged)];
    baseline.expect("DELETE FROM main.manifest WHERE row = 0", &root_and_path);
    baseline.expect("UPDATE main.manifest SET version = version - 1 WHERE row = 0", &root_and_path);
    baseline.expect("UPDATE main.manifest SET sealed = zeroblob(64) WHERE row = 0", &root_and_path);
    baseline.expect("DELETE FROM main.manifest", &root_and_path);
    // Without the guards' node nothing says that the guard is one of ours.
    baseline.expect("DELETE FROM main.manifest WHERE row >> 16 = 9", &root_and_path);
    for (number, (table, _)) in (1..).zip(RECORDS) {
        for node in [
            format!("row = {number} << 16"),
            format!("row = (SELECT max(row) FROM main.manifest WHERE row >> 16 = {number})"),
        ] {
            for edit in [
                format!("DELETE FROM main.manifest WHERE {node}"),
                format!("UPDATE main.manifest SET version = version + 1 WHERE {node}"),
                format!("UPDATE main.manifest SET sealed = randomblob(length(sealed)) WHERE {node}"),
            ] {
                let found = baseline.found(&edit);
                assert_eq!(found, Found::from([("manifest", Code::ManifestDamaged)]), "{table}: {edit}");
            }
        }
    }
    baseline.expect(
        "INSERT INTO main.manifest VALUES (4000000, 1, randomblob(64))",
        &[("manifest", Code::RecordUnexpected)],
    );
    // The root of an older state: its stamps are not those of the branches that are there.
    baseline.expect(
        "UPDATE main.manifest SET (version, sealed) = (SELECT version, sealed FROM older.manifest WHERE row = 0) WHERE row = 0",
        &[("history", Code::HistoryBroken), ("manifest", Code::ManifestDamaged)],
    );
    baseline.expect(
        "UPDATE main.manifest SET (version, sealed) = (SELECT version, sealed FROM stranger.manifest WHERE row = 0) WHERE row = 0",
        &root_and_path,
    );
}

#[test]
fn a_damaged_waiting_request_holds_up_no_other() {
    let world = World::new();
    let (wallet, bank) = (world.stocked_wallet(), Verifier::eu(&world));
    let link = bank.request(&world, &Asked::family_name(), |_| ());
    drop(open(&wallet, &link).unwrap());
    assert_eq!(block_on(wallet.pending()).unwrap().len(), 1);
    let database = world.database("vault.db");
    assert_eq!(database.execute("UPDATE pending SET sealed = randomblob(length(sealed))", []), Ok(1));
    assert!(block_on(wallet.pending()).unwrap().is_empty());
    let damaged = block_on(wallet.check()).unwrap().damaged;
    assert_eq!(damaged.iter().map(|one| one.part.name()).collect::<Vec<_>>(), ["pending"]);
    present(&wallet, &bank.request(&world, &Asked::family_name(), |_| ())).unwrap();
    receive(&wallet, &Issuer::ca().offer(&world)).unwrap();
}

#[test]
fn the_history() {
    let baseline = Baseline::new();
    let length = baseline.history.entries.len();
    assert!(length >= 3);
    for edit in [
        "DELETE FROM main.history WHERE sequence = 1",
        "DELETE FROM main.history WHERE sequence = 2",
        "DELETE FROM main.history WHERE sequence = (SELECT max(sequence) FROM main.history)",
        "DELETE FROM main.history",
        "UPDATE main.history SET sequence = -1 WHERE sequence = 1;
         UPDATE main.history SET sequence = 1 WHERE sequence = 2;
         UPDATE main.history SET sequence = 2 WHERE sequence = -1",
        "UPDATE main.history SET sequence = 99 WHERE sequence = 2",
        "UPDATE main.history SET sealed = randomblob(length(sealed)) WHERE sequence = 2",
        "UPDATE main.history SET sealed = (SELECT sealed FROM stranger.history WHERE sequence = 1) WHERE sequence = 1",
        "INSERT INTO main.history (sequence, sealed) SELECT max(sequence) + 1, sealed FROM main.history",
        "INSERT INTO main.history (sequence, sealed) VALUES (0, x'00')",
    ] {
        baseline.expect(edit, &[("history", Code::HistoryBroken)]);
    }
}

#[test]
fn the_guards() {
    let baseline = Baseline::new();
    baseline.expect("DELETE FROM main.guard", &[("guard", Code::RecordMissing)]);
    baseline.expect(
        "INSERT INTO main.guard (id, header, wrapped) SELECT randomblob(16), header, wrapped FROM main.guard",
        &[("guard", Code::RecordUnexpected)],
    );
    baseline.expect(
        "UPDATE main.guard SET wrapped = (SELECT wrapped FROM stranger.guard)",
        &[("guard", Code::RecordOutdated)],
    );
    baseline.expect(
        "UPDATE main.guard SET header = (SELECT header FROM stranger.guard)",
        &[("guard", Code::RecordOutdated)],
    );
    // Between header and wrapped key no byte can change sides.
    baseline.expect(
        "UPDATE main.guard SET (header, wrapped) = (CAST(header || substr(wrapped, 1, 1) AS BLOB), substr(wrapped, 2))",
        &[("guard", Code::RecordOutdated)],
    );
    baseline.expect(
        "UPDATE main.guard SET (id, header, wrapped) = (SELECT id, header, wrapped FROM stranger.guard)",
        &[("guard", Code::RecordMissing), ("guard", Code::RecordUnexpected)],
    );
}

/// Before it is open the vault has no key to check a guard with: an edited one opens nothing.
#[test]
fn a_guard_that_was_edited_opens_nothing() {
    let said = |edit: &str| {
        let world = World::new();
        lived().newer.write(&world.file());
        lived().stranger.write(&world.folder.join("stranger.db"));
        let database = world.database("vault.db");
        let stranger = world.folder.join("stranger.db");
        database.execute("ATTACH ?1 AS stranger", [stranger.to_str().unwrap()]).unwrap();
        database.execute_batch(edit).unwrap();
        let wallet = block_on(Wallet::open(world.settings("vault.db"))).unwrap();
        let outcome = code(block_on(wallet.unlock(wallet_core::Unlock::Passphrase(passphrase()), "Unlock")));
        assert_eq!(wallet.is_unlocked().unwrap(), outcome.is_none());
        outcome
    };
    let header: Vec<u8> = {
        let world = World::new();
        lived().newer.write(&world.file());
        world.database("vault.db").query_row("SELECT header FROM guard", [], |row| row.get(0)).unwrap()
    };
    let with_header = |change: fn(&mut Vec<u8>)| {
        let mut header = header.clone();
        change(&mut header);
        let hex: String = header.iter().map(|byte| format!("{byte:02x}")).collect();
        said(&format!("UPDATE main.guard SET header = x'{hex}'"))
    };
    assert_eq!(with_header(|_| ()), None);
    // Within the salt; and the number of passes, which stands last.
    assert_eq!(with_header(|header| header[8] ^= 1), Some(Code::PassphraseWrong));
    assert_eq!(with_header(|header| *header.last_mut().unwrap() = 1), Some(Code::GuardParametersInvalid));
    assert_eq!(with_header(|header| header.truncate(4)), Some(Code::GuardParametersInvalid));
    let other =
        "UPDATE main.guard SET (id, header, wrapped) = (SELECT id, header, wrapped FROM stranger.guard)";
    assert_eq!(said(other), Some(Code::PassphraseWrong));
    assert_eq!(said("DELETE FROM main.guard"), Some(Code::GuardParametersInvalid));
    assert_eq!(
        said("UPDATE main.vault SET id = (SELECT id FROM stranger.vault)"),
        Some(Code::PassphraseWrong)
    );
}

#[test]
fn the_file() {
    let baseline = Baseline::new();
    for (edit, expected) in [
        ("PRAGMA application_id = 1", ("open", Code::VaultUnreadable)),
        ("PRAGMA user_version = 0", ("open", Code::VaultUnreadable)),
        ("PRAGMA user_version = 99", ("open", Code::VaultNewer)),
        ("PRAGMA user_version = 1", ("unlock", Code::ManifestDamaged)),
        ("DELETE FROM main.vault", ("open", Code::VaultUnreadable)),
        ("UPDATE main.vault SET id = x'00'", ("open", Code::VaultUnreadable)),
        ("UPDATE main.vault SET id = (SELECT id FROM stranger.vault)", ("unlock", Code::ManifestDamaged)),
        ("DROP TABLE main.guard", ("file", Code::VaultUnreadable)),
        ("CREATE TABLE main.another (one)", ("file", Code::VaultUnreadable)),
        (
            "CREATE TRIGGER main.forget AFTER INSERT ON history BEGIN DELETE FROM history; END",
            ("file", Code::VaultUnreadable),
        ),
    ] {
        let found = baseline.found(edit);
        assert!(found.contains(&expected), "{edit}: {found:?}");
    }
}

/// SQLite keeps ids unique by an index, and whoever edits the file can take it away: a record that stands twice must not
/// stand in for one that is missing.
#[test]
fn a_record_that_stands_twice_hides_no_other() {
    let baseline = Baseline::new();
    let doubled = "CREATE TABLE main.other (id BLOB, version INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT;
         INSERT INTO main.other SELECT * FROM main.credential ORDER BY version LIMIT 2;
         INSERT INTO main.other SELECT * FROM main.credential ORDER BY version LIMIT 1;
         DROP TABLE main.credential;
         ALTER TABLE main.other RENAME TO credential";
    let found = baseline.found(doubled);
    assert!(found.contains(&("credential", Code::RecordMissing)), "{found:?}");
    assert!(found.contains(&("credential", Code::RecordUnexpected)), "{found:?}");
}

/// A check says whose copy or key it is that is damaged, for the citizen to know what to have issued again.
#[test]
fn damage_is_told_by_credential() {
    let baseline = Baseline::new();
    let world = World::new();
    lived().newer.write(&world.file());
    let database = world.database("vault.db");
    for table in ["copy", "key"] {
        database.execute_batch(&format!("DELETE FROM {table} WHERE {FIRST} {table})")).unwrap();
    }
    let wallet = unlocked(world.settings("vault.db"), &lived().root);
    let checkup = block_on(wallet.check()).unwrap();
    let named: Vec<Option<CredentialId>> = checkup.damaged.iter().map(|damage| damage.credential).collect();
    assert_eq!(named.len(), 2);
    assert!(named.iter().all(|id| baseline.entries.iter().any(|entry| Some(entry.id) == *id)), "{named:?}");
}

/// Any copy says what all of them say: one that is damaged does not hide the claims.
#[test]
fn a_damaged_copy_does_not_hide_its_credential() {
    let world = World::new();
    lived().newer.write(&world.file());
    let wallet = unlocked(world.settings("vault.db"), &lived().root);
    let entries = block_on(wallet.credentials()).unwrap().entries;
    let database = world.database("vault.db");
    let mut shown = Vec::new();
    while world.rows("vault.db", "copy") > 0 {
        let readable = entries.iter().filter(|entry| block_on(wallet.credential(entry.id)).is_ok()).count();
        shown.push(readable);
        database.execute_batch(&format!("DELETE FROM copy WHERE {FIRST} copy)")).unwrap();
    }
    assert_eq!(shown, [3, 3, 3, 2, 2, 2, 1, 1, 1]);
}
