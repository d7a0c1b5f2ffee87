//! Somebody edits one guard in the file. By itself it looks like a wrong passphrase; whoever opens the wallet by another
//! guard is told.

use wallet_core::Code;
use wallet_core::wallet::{Checkup, NewUnlock};

use super::{PIN, Scene, bytes, pin};
use crate::world::{block_on, code};

/// The kinds as headers number them.
const PIN_KIND: u8 = 1;
const RECOVERY_KEY_KIND: u8 = 3;

impl Scene {
    /// Changes one bit of a guard's header, within the salt.
    fn edit_header(&self, kind: u8) {
        let database = self.world.database("vault.db");
        let (row, mut header): (i64, Vec<u8>) = database
            .query_row("SELECT rowid, header FROM guard WHERE substr(header, 2, 1) = ?1", [[kind]], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })
            .unwrap();
        header[8] ^= 1;
        database.execute("UPDATE guard SET header = ?2 WHERE rowid = ?1", (row, header)).unwrap();
    }

    fn check(&self) -> Checkup {
        block_on(self.wallet.check()).unwrap()
    }

    /// What a check names: the part and how it is damaged.
    fn damaged(&self) -> Vec<(&'static str, Code)> {
        self.check().damaged.iter().map(|damage| (damage.part.name(), damage.code)).collect()
    }
}

#[test]
fn a_check_names_a_guard_whose_header_was_edited() {
    let scene = Scene::new();
    scene.edit_header(PIN_KIND);
    assert_eq!(code(scene.unlock(pin(PIN))), Some(Code::PinWrong));
    scene.unlock(scene.recovery()).unwrap();
    assert_eq!(scene.damaged(), [("guard", Code::RecordOutdated)]);
    // A new PIN takes its place.
    scene.set(scene.recovery(), NewUnlock::Pin(bytes(PIN))).unwrap();
    assert!(scene.check().is_whole());

    scene.edit_header(RECOVERY_KEY_KIND);
    assert_eq!(code(scene.unlock(scene.recovery())), Some(Code::RecoveryKeyWrong));
    scene.unlock(pin(PIN)).unwrap();
    assert_eq!(scene.damaged(), [("guard", Code::RecordOutdated)]);
}

#[test]
fn a_check_names_a_pin_whose_count_was_taken_away() {
    let scene = Scene::new();
    let edit = "UPDATE guard SET attempts = NULL";
    scene.world.database("vault.db").execute_batch(edit).unwrap();
    assert_eq!(code(scene.unlock(pin(PIN))), Some(Code::GuardParametersInvalid));
    scene.unlock(scene.recovery()).unwrap();
    assert_eq!(scene.damaged(), [("guard", Code::GuardParametersInvalid)]);
}

/// The count goes up while the wallet is locked, and the guard is as whole as before.
#[test]
fn counting_a_wrong_pin_damages_nothing() {
    let scene = Scene::new();
    assert_eq!(code(scene.unlock(pin("802714"))), Some(Code::PinWrong));
    scene.unlock(scene.recovery()).unwrap();
    assert!(scene.check().is_whole());
    scene.unlock(pin(PIN)).unwrap();
    assert!(scene.check().is_whole());
}
