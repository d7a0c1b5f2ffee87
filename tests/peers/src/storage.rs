//! Storage: scanning the records that queries look at, listing all credentials, and reading one, from a key in hand. The
//! vault opens and checks each record and holds it against the manifest; SQLCipher only has to hand out the bytes of as many
//! records of the same length. For a list and for one credential the wallet decodes them, too, which favours SQLCipher.
//!
//! Both run on SQLCipher's build of SQLite, the vault without its key. aries-askar is not here: it stands on sqlx, which
//! links another version of SQLite, and Cargo refuses two of them in one program.

use rusqlite::Connection;

use crate::sqlcipher::{self, SqlCipher};
use crate::stocked::{self, Stocked};
use crate::table::{Table, Target};
use crate::turns::{Suite, Turns};

const SCAN: &str = "ours: scan, warm";
const OPEN_AND_SCAN: &str = "ours: open, scan";
const CIPHER_SCAN: &str = "SQLCipher: scan, warm";
const CIPHER_CACHED_SCAN: &str = "SQLCipher: scan, warm, all pages in its cache";
const CIPHER_OPEN_AND_SCAN: &str = "SQLCipher: open, scan";
const SEALED_SCAN: &str = "SQLite: scan, sealed, warm";
const OPEN_AND_LIST: &str = "ours: open, list all";
const LIST: &str = "ours: list all, warm";
const OPEN_AND_READ: &str = "ours: open, read one";
const CIPHER_OPEN_AND_LIST: &str = "SQLCipher: open, read all";
const CIPHER_LIST: &str = "SQLCipher: read all, warm";
const CIPHER_CACHED_LIST: &str = "SQLCipher: read all, warm, all pages in its cache";
const CIPHER_OPEN_AND_READ: &str = "SQLCipher: open, read one";
const SEALED_LIST: &str = "SQLite: read all as they are sealed, warm";

/// The tables that are scanned: what queries look at, and what the list shows.
const SUMMARIES: &str = "summary";
const CREDENTIALS: &str = "credential";

/// Three times as fast.
const TARGET: Target = Target::Times(0.33);

/// Measures both with 10,000 credentials, or some when the jobs are only tried.
pub fn measure(suite: &mut Suite, table: &mut Table) {
    let count = suite.many();
    let ours = Stocked::new(count);
    let cipher = SqlCipher::copy_of(&ours.file(), &ours.beside("sqlcipher.db"));
    let cached = cipher.open_with_large_cache();
    let sealed = Connection::open(ours.file()).unwrap();
    let turns = Turns::new("storage")
        .rounds(15)
        .job(CIPHER_OPEN_AND_SCAN, || {
            let connection = cipher.open();
            (sqlcipher::scan(&connection, SUMMARIES), connection)
        })
        .job(OPEN_AND_SCAN, || {
            let wallet = ours.open();
            (stocked::scan(&wallet), wallet)
        })
        .job(SEALED_SCAN, || sqlcipher::scan(&sealed, SUMMARIES))
        .job(CIPHER_SCAN, || sqlcipher::scan(&cipher.connection, SUMMARIES))
        .job(CIPHER_CACHED_SCAN, || sqlcipher::scan(&cached, SUMMARIES))
        .job(SCAN, || stocked::scan(&ours.wallet))
        .job(CIPHER_OPEN_AND_LIST, || {
            let connection = cipher.open();
            (sqlcipher::scan(&connection, CREDENTIALS), connection)
        })
        .job(OPEN_AND_LIST, || {
            let wallet = ours.open();
            (stocked::list(&wallet), wallet)
        })
        .job(SEALED_LIST, || sqlcipher::scan(&sealed, CREDENTIALS))
        .job(CIPHER_LIST, || sqlcipher::scan(&cipher.connection, CREDENTIALS))
        .job(CIPHER_CACHED_LIST, || sqlcipher::scan(&cached, CREDENTIALS))
        .job(LIST, || stocked::list(&ours.wallet))
        .job(CIPHER_OPEN_AND_READ, || {
            let connection = cipher.open();
            (cipher.read(&connection), connection)
        })
        .job(OPEN_AND_READ, || {
            let wallet = ours.open();
            (ours.read(&wallet), wallet)
        });
    let medians = suite.run(turns);
    let length = |table| sqlcipher::scan(&cipher.connection, table) / count;
    assert_eq!(stocked::scan(&ours.wallet) / count, length(SUMMARIES), "the same records");
    table.part(&format!(
        "storage: {count} credentials, {} bytes each in the table for queries, {} in the list's",
        length(SUMMARIES),
        length(CREDENTIALS)
    ));
    table.line(&medians, OPEN_AND_SCAN, CIPHER_OPEN_AND_SCAN, TARGET);
    table.line(&medians, SCAN, CIPHER_SCAN, TARGET);
    table.line(&medians, SCAN, CIPHER_CACHED_SCAN, Target::None);
    table.line(&medians, SCAN, SEALED_SCAN, Target::None);
    table.line(&medians, OPEN_AND_LIST, CIPHER_OPEN_AND_LIST, TARGET);
    table.line(&medians, LIST, CIPHER_LIST, TARGET);
    table.line(&medians, LIST, CIPHER_CACHED_LIST, Target::None);
    table.line(&medians, LIST, SEALED_LIST, Target::None);
    table.line(&medians, CIPHER_LIST, SEALED_LIST, Target::None);
    table.line(&medians, OPEN_AND_READ, CIPHER_OPEN_AND_READ, Target::None);
}
