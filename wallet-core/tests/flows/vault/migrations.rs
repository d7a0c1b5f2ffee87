//! Vaults of every earlier format stay readable (`fixtures/`), and one of a later format is refused by name.

use rusqlite::Connection;
use wallet_core::Unlock;
use wallet_core::{Code, HistoryEvent, Outcome, Wallet};
use zeroize::Zeroizing;

use crate::world::{World, block_on, code};

/// The vaults of earlier formats, as SQL.
const EARLIER: [(i32, &str); 1] = [(1, include_str!("fixtures/vault-1.sql"))];

fn passphrase() -> Zeroizing<Vec<u8>> {
    Zeroizing::new(b"fixture passphrase".to_vec())
}

/// Writes a fixture as the world's vault file, in the settings of a real one.
fn restore(world: &World, sql: &str) -> Connection {
    let connection = Connection::open(world.file()).unwrap();
    connection.pragma_update(None, "journal_mode", "WAL").unwrap();
    connection.execute_batch(sql).unwrap();
    connection
}

fn format(connection: &Connection) -> i32 {
    connection.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
}

fn open(world: &World) -> wallet_core::Result<Wallet> {
    block_on(Wallet::open(world.settings("vault.db")))
}

#[test]
fn every_earlier_format_is_brought_to_the_newest_with_all_it_holds() {
    for (earlier, sql) in EARLIER {
        let world = World::new();
        let connection = restore(&world, sql);
        assert_eq!(format(&connection), earlier);

        // Twice: once migrating, and once more as any other vault.
        for _ in 0..2 {
            let wallet = open(&world).unwrap();
            block_on(wallet.unlock(Unlock::Passphrase(passphrase()), "Unlock")).unwrap();
            let credentials = block_on(wallet.credentials()).unwrap().entries;
            assert_eq!(credentials.len(), 1);
            assert_eq!((credentials[0].copies, credentials[0].fresh_copies), (1, 0));
            let details = block_on(wallet.credential(credentials[0].id)).unwrap();
            assert!(details.claims().any(|(_, value)| value == "BE"), "the claims are there");
            assert_eq!(block_on(wallet.trust_anchors()).unwrap().len(), 3);
            let checkup = block_on(wallet.check()).unwrap();
            assert!(checkup.is_whole(), "{:?}", checkup.damaged);

            let history = block_on(wallet.history()).unwrap();
            assert!(matches!(history.entries[0].entry.event, HistoryEvent::Received { .. }));
            assert_eq!(history.entries[1].outcome, Some(Outcome::Sent { status: 200 }));
            match &history.entries[1].entry.event {
                // Written before there were registrations.
                HistoryEvent::Sending { asked, registration: None, .. } => {
                    assert!(asked.iter().all(|one| !one.beyond_registration));
                }
                other => panic!("{other:?}"),
            }
        }
        assert!(format(&connection) > earlier);
    }
}

#[test]
fn nothing_is_migrated_without_the_keys() {
    for (earlier, sql) in EARLIER {
        let world = World::new();
        let connection = restore(&world, sql);
        let wallet = open(&world).unwrap();
        let wrong = Zeroizing::new(b"another passphrase".to_vec());
        assert_eq!(
            code(block_on(wallet.unlock(Unlock::Passphrase(wrong), "Unlock"))),
            Some(Code::PassphraseWrong)
        );
        assert_eq!(format(&connection), earlier);
    }
}

#[test]
fn an_earlier_vault_that_was_changed_is_not_migrated() {
    let tampered = [
        ("a leaf that is missing", "DELETE FROM manifest WHERE row = 26", Code::ManifestDamaged),
        ("a root that is missing", "DELETE FROM manifest WHERE row = 0", Code::ManifestDamaged),
        (
            "a leaf in the place of another",
            "UPDATE manifest SET sealed = (SELECT sealed FROM manifest WHERE row = 47) WHERE row = 26",
            Code::ManifestDamaged,
        ),
    ];
    for (what, edit, expected) in tampered {
        let world = World::new();
        let connection = restore(&world, EARLIER[0].1);
        connection.execute_batch(edit).unwrap();
        let wallet = open(&world).unwrap();
        assert_eq!(
            code(block_on(wallet.unlock(Unlock::Passphrase(passphrase()), "Unlock"))),
            Some(expected),
            "{what}"
        );
        assert_eq!(format(&connection), 1, "{what}");
    }
}

/// Format 1 did not cover the headers of guards. The migration takes over those that it lists and no other.
#[test]
fn a_guard_that_was_slipped_in_is_not_taken_over() {
    let world = World::new();
    let connection = restore(&world, EARLIER[0].1);
    connection
        .execute_batch("INSERT INTO guard SELECT randomblob(16), CAST(x'82038150' || '0123456789abcdef' AS BLOB), wrapped FROM guard")
        .unwrap();
    let wallet = open(&world).unwrap();
    block_on(wallet.unlock(Unlock::Passphrase(passphrase()), "Unlock")).unwrap();
    let checkup = block_on(wallet.check()).unwrap();
    let named: Vec<_> = checkup.damaged.iter().map(|damage| (damage.part.name(), damage.code)).collect();
    assert_eq!(named, [("guard", Code::RecordUnexpected)]);
}

#[test]
fn a_later_format_is_refused_by_name() {
    let world = World::new();
    let connection = restore(&world, EARLIER[0].1);
    for (format, expected) in
        [(99, Code::VaultNewer), (0, Code::VaultUnreadable), (-1, Code::VaultUnreadable)]
    {
        connection.pragma_update(None, "user_version", format).unwrap();
        assert_eq!(code(open(&world)), Some(expected), "{format}");
    }
}
