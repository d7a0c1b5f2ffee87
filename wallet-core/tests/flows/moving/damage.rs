//! A backup that is not whole makes no wallet, and neither does a restoration that was cut off.

use std::io::{Cursor, Read};

use wallet_core::{Code, Wallet};

use super::backups::{backup, restore};
use super::{lived_in, of_file};
use crate::world::{World, block_on, code, passphrase};

fn nothing_is_there(world: &World, file: &str) {
    assert_eq!(code(block_on(Wallet::open(world.settings(file)))), Some(Code::VaultMissing), "{file}");
}

#[test]
fn a_damaged_backup_makes_no_wallet_and_another_try_does() {
    let world = World::new();
    let (bytes, _) = backup(&lived_in(&world));
    let changed = |at: usize| {
        let mut bytes = bytes.clone();
        bytes[at] ^= 1;
        bytes
    };
    for (what, bytes, expected) in [
        ("cut off near the end", bytes[..bytes.len() - 30].to_vec(), Code::BackupDamaged),
        ("cut off in the middle", bytes[..bytes.len() / 2].to_vec(), Code::BackupDamaged),
        ("changed in the middle", changed(bytes.len() / 2), Code::BackupDamaged),
        ("changed in its salt", changed(25), Code::BackupPassphraseWrong),
        ("another file", b"no backup at all".to_vec(), Code::BackupUnreadable),
    ] {
        assert_eq!(code(restore(&world, "new.db", &bytes)), Some(expected), "{what}");
        nothing_is_there(&world, "new.db");
    }
    let (new, _) = restore(&world, "new.db", &bytes).unwrap();
    assert_eq!(block_on(new.credentials()).unwrap().entries.len(), 3);
}

#[test]
fn a_wrong_passphrase_makes_no_file() {
    let world = World::new();
    let (bytes, _) = backup(&lived_in(&world));
    let input = Box::new(Cursor::new(bytes));
    let refused = block_on(Wallet::restore(world.settings("new.db"), passphrase(), input, passphrase()));
    assert_eq!(code(refused), Some(Code::BackupPassphraseWrong));
    assert!(!world.folder.join("new.db").exists());
}

/// A file that takes a look at the vault's folder just before its end.
struct Watched {
    inner: Cursor<Vec<u8>>,
    look: Box<dyn FnMut() + Send>,
}

impl Read for Watched {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let (at, end) = (self.inner.position(), self.inner.get_ref().len());
        if usize::try_from(at).unwrap() > end - 60 {
            (self.look)();
        }
        self.inner.read(buffer)
    }
}

#[test]
fn at_the_last_instant_before_the_end_there_is_no_wallet_yet() {
    let world = World::new();
    let (bytes, _) = backup(&lived_in(&world));
    let (from, to) = (world.folder.join("new.db"), world.folder.join("killed.db"));
    let copy = move || {
        // What a process that is killed now leaves behind.
        for ending in ["", "-wal"] {
            let name =
                |path: &std::path::Path| std::path::PathBuf::from(format!("{}{ending}", path.display()));
            if name(&from).exists() {
                std::fs::copy(name(&from), name(&to)).unwrap();
            }
        }
    };
    let input = Box::new(Watched { inner: Cursor::new(bytes.clone()), look: Box::new(copy) });
    block_on(Wallet::restore(world.settings("new.db"), passphrase(), input, of_file())).unwrap();
    assert!(world.folder.join("killed.db").exists(), "the restoration had begun to write");
    nothing_is_there(&world, "killed.db");
    restore(&world, "killed.db", &bytes).unwrap();
}
