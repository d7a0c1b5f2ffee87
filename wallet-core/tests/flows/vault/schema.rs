//! Contract 2: nothing in the file depends on content but ciphertext. Every column stands here with the reason why it
//! tells nothing; a column that is added without a line here fails the test.

use super::lived::lived;
use crate::world::World;

const ID: &str = "random, or the one id of its table";
const COUNT: &str = "how often it was written";
const SEALED: &str = "ciphertext";

const COLUMNS: &[(&str, &str, &str)] = &[
    ("anchor", "id", ID),
    ("anchor", "version", COUNT),
    ("anchor", "sealed", SEALED),
    ("copy", "id", ID),
    ("copy", "version", COUNT),
    ("copy", "sealed", SEALED),
    ("credential", "id", ID),
    ("credential", "version", COUNT),
    ("credential", "sealed", SEALED),
    ("guard", "id", ID),
    (
        "guard",
        "header",
        "which kind of guard, salt and cost of the derivation, and what only the hardware opens",
    ),
    ("guard", "wrapped", SEALED),
    ("guard", "attempts", SEALED),
    ("history", "sequence", "the number of the entry"),
    ("history", "sealed", SEALED),
    ("history", "digest", "of ciphertext that is gone"),
    ("imported", "id", ID),
    ("imported", "version", COUNT),
    ("imported", "sealed", SEALED),
    ("key", "id", ID),
    ("key", "version", COUNT),
    ("key", "sealed", SEALED),
    ("loose_key", "id", ID),
    ("loose_key", "version", COUNT),
    ("loose_key", "sealed", SEALED),
    ("manifest", "row", "the number of the node: table and leaf"),
    ("manifest", "version", COUNT),
    ("manifest", "sealed", SEALED),
    ("pending", "id", ID),
    ("pending", "version", COUNT),
    ("pending", "sealed", SEALED),
    ("refusals", "id", ID),
    ("refusals", "version", COUNT),
    ("refusals", "sealed", SEALED),
    ("reissue", "id", ID),
    ("reissue", "version", COUNT),
    ("reissue", "sealed", SEALED),
    ("software_key", "id", ID),
    ("software_key", "version", COUNT),
    ("software_key", "sealed", SEALED),
    ("summary", "id", ID),
    ("summary", "version", COUNT),
    ("summary", "sealed", SEALED),
    ("vault", "one", "the number 1"),
    ("vault", "id", ID),
];

#[test]
fn every_column_is_known_to_tell_nothing() {
    let world = World::new();
    lived().newer.write(&world.file());
    let database = world.database("vault.db");
    let sql = "SELECT m.name, c.name FROM sqlite_schema m, pragma_table_info(m.name) c
               WHERE m.type = 'table' ORDER BY m.name, c.cid";
    let mut statement = database.prepare(sql).unwrap();
    let columns = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let columns: Vec<(String, String)> = columns.map(Result::unwrap).collect();
    let known = COLUMNS.iter().map(|(table, column, _)| ((*table).to_owned(), (*column).to_owned()));
    assert_eq!(columns, known.collect::<Vec<_>>());
}

#[test]
fn nothing_but_tables_and_the_indexes_of_their_ids() {
    let world = World::new();
    lived().newer.write(&world.file());
    let others =
        "SELECT count(*) FROM sqlite_schema WHERE type <> 'table' AND name NOT LIKE 'sqlite_autoindex_%'";
    assert_eq!(world.database("vault.db").query_row(others, [], |row| row.get::<_, i64>(0)), Ok(0));
}

/// Ids are random, so that they tell neither what a record is nor when it came.
#[test]
fn no_id_is_made_from_content() {
    let world = World::new();
    let ids = |file: &crate::world::VaultFile| {
        file.write(&world.file());
        let database = world.database("vault.db");
        let mut ids = Vec::new();
        for table in ["credential", "copy", "key", "anchor", "pending"] {
            let mut statement = database.prepare(&format!("SELECT id FROM {table}")).unwrap();
            let rows = statement.query_map([], |row| row.get::<_, [u8; 16]>(0)).unwrap();
            ids.extend(rows.map(Result::unwrap));
        }
        ids
    };
    // Both hold the same PID from the same issuer and trust the same lists.
    let (mine, theirs) = (ids(&lived().newer), ids(&lived().stranger));
    assert!(!mine.is_empty() && !theirs.is_empty());
    assert!(mine.iter().all(|id| !theirs.contains(id)));
}
