//! A backup that somebody has edited.
//!
//! The input is the whole file.

use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};

use wallet_core::crypto::hash::sha256;
use wallet_core::{Code, Wallet};
use zeroize::Zeroizing;

use crate::fixture::wallet::{AUTHORITIES, Network, WORLD, block_on, fresh_file, passphrase, settings};
use crate::vectors::Vectors;

/// Opening one is slow on purpose: one input in so many goes that far.
const OPENED: u8 = 16;

/// A file in memory.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("one thread").write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Nothing but the backup itself makes a wallet, and what fails leaves none.
pub fn run(data: &[u8]) {
    let folder = fresh_file();
    std::fs::create_dir(&folder).expect("a folder for temporary files");
    let file = folder.join("vault.db");
    // Too long for a derivation, so this reads the header and no more.
    let endless = Zeroizing::new(vec![b'a'; 4096]);
    assert!(restore(&file, data, endless).is_err() && !file.exists());
    if sha256(data)[0].is_multiple_of(OPENED) {
        match restore(&file, data, passphrase()) {
            Ok(wallet) => {
                assert_eq!(block_on(wallet.credentials()).expect("credentials").entries.len(), 2);
                assert_eq!(block_on(wallet.trust_anchors()).expect("anchors").len(), AUTHORITIES);
            }
            Err(_) => {
                let opened = block_on(Wallet::open(settings(file, Arc::<Network>::default())));
                assert_eq!(opened.err().expect("no wallet").code(), Code::VaultMissing);
            }
        }
    }
    drop(std::fs::remove_dir_all(&folder));
}

fn restore(file: &Path, data: &[u8], with: Zeroizing<Vec<u8>>) -> wallet_core::Result<Wallet> {
    let settings = settings(file.to_owned(), Arc::<Network>::default());
    let input = Box::new(Cursor::new(data.to_vec()));
    block_on(Wallet::restore(settings, passphrase(), input, with)).map(|(wallet, _)| wallet)
}

/// A backup of the fixture's wallet.
#[must_use]
pub fn seeds(_: &Vectors) -> Vec<Vec<u8>> {
    let file = Shared::default();
    block_on(WORLD.wallet.export_backup(passphrase(), Box::new(file.clone()))).expect("a backup");
    let bytes = file.0.lock().expect("one thread").clone();
    vec![bytes]
}
