//! The container alone: what was written is read, and a file that is anything else is named. Vaults are the business of the
//! flow tests.

use std::io::Write;
use std::sync::{Arc, LazyLock, Mutex};

use proptest::prelude::*;

use super::container::{BackupReader, BackupWriter};
use super::entry::Entry;
use crate::error::Code;
use crate::vault::model::Refusals;

const PASSPHRASE: &[u8] = b"a passphrase of its own";

/// A file in memory that can still be looked at when its writer is gone.
#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn refusals(count: u64) -> Entry {
    Entry::Refusals(Refusals { folded: count, recent: vec![(1, 2012)] })
}

/// Three entries.
static BACKUP: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let file = Shared::default();
    let mut writer = BackupWriter::begin(Box::new(file.clone()), PASSPHRASE).unwrap();
    writer.put(&refusals(1)).unwrap();
    writer.put(&refusals(2)).unwrap();
    writer.end(&Entry::End).unwrap();
    let bytes = file.0.lock().unwrap();
    bytes.clone()
});

/// Reads everything; gives what the counts of its entries were.
fn read(bytes: &[u8], passphrase: &[u8]) -> crate::Result<Vec<u64>> {
    let mut reader = BackupReader::open(Box::new(std::io::Cursor::new(bytes.to_vec())), passphrase)?;
    let mut counts = Vec::new();
    while let Some(entry) = reader.next()? {
        if let Entry::Refusals(one) = entry {
            counts.push(one.folded);
        }
    }
    Ok(counts)
}

fn code(bytes: &[u8]) -> Option<Code> {
    read(bytes, PASSPHRASE).err().map(|error| error.code())
}

/// Where the entries begin, by their lengths.
fn starts(bytes: &[u8]) -> Vec<usize> {
    let header = usize::from(u16::from_be_bytes([bytes[10], bytes[11]]));
    let mut starts = vec![12 + header + 60];
    while *starts.last().unwrap() < bytes.len() {
        let at = *starts.last().unwrap();
        let length = u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
        starts.push(at + 4 + usize::try_from(length).unwrap());
    }
    starts
}

#[test]
fn what_was_written_is_read_with_its_passphrase_only() {
    assert_eq!(read(&BACKUP, PASSPHRASE).unwrap(), [1, 2]);
    for wrong in [&b"another passphrase"[..], b"", &[b'x'; 2000]] {
        assert_eq!(read(&BACKUP, wrong).unwrap_err().code(), Code::BackupPassphraseWrong);
    }
    let short = BackupWriter::begin(Box::new(Shared::default()), b"1234567").err().unwrap();
    assert_eq!(short.code(), Code::PassphraseTooShort);
}

#[test]
fn another_file_a_newer_version_and_a_header_out_of_bounds_are_named() {
    let changed = |at: usize, to: u8| {
        let mut bytes = BACKUP.clone();
        bytes[at] = to;
        bytes
    };
    assert_eq!(code(b""), Some(Code::BackupUnreadable));
    assert_eq!(code(b"SQLite format 3\0 and so on"), Some(Code::BackupUnreadable));
    assert_eq!(code(&changed(0, b'w')), Some(Code::BackupUnreadable));
    assert_eq!(code(&changed(9, 2)), Some(Code::BackupNewer));
    assert_eq!(code(&changed(9, 0)), Some(Code::BackupUnreadable));
    assert_eq!(code(&changed(10, 0xff)), Some(Code::BackupUnreadable));
    // The first byte of the header's CBOR.
    assert_eq!(code(&changed(12, 0xff)), Some(Code::BackupUnreadable));
}

#[test]
fn costs_outside_the_bounds_are_refused_before_any_work() {
    // 65,536 KiB is 1a 00 01 00 00 in CBOR, three passes 03 behind it.
    let at = BACKUP.windows(5).position(|five| five == [0x1a, 0, 1, 0, 0]).unwrap();
    for (offset, value) in [(1, 0xff), (2, 0), (5, 1), (5, 0x17)] {
        let mut bytes = BACKUP.clone();
        bytes[at + offset] = value;
        assert_eq!(code(&bytes), Some(Code::BackupParametersInvalid), "{offset}");
    }
}

#[test]
fn a_file_that_was_cut_off_continued_or_put_together_anew_is_damaged() {
    let starts = starts(&BACKUP);
    let [first, second, last, end] = starts[..] else { panic!("{starts:?}") };
    let entry = |from: usize, to: usize| BACKUP[from..to].to_vec();
    let head = entry(0, first);
    for (what, bytes) in [
        ("without its last entry", entry(0, last)),
        ("cut in an entry", entry(0, end - 1)),
        ("cut in a length", entry(0, second + 2)),
        ("cut in the key", entry(0, first - 1)),
        ("cut in the header", entry(0, 20)),
        ("continued", [&BACKUP[..], b"x"].concat()),
        ("without its first entry", [head.clone(), entry(second, end)].concat()),
        ("an entry twice", [entry(0, second), entry(first, end)].concat()),
        (
            "two entries exchanged",
            [head.clone(), entry(second, last), entry(first, second), entry(last, end)].concat(),
        ),
        ("a length beyond all bounds", [&head[..], &[0xff; 40]].concat()),
    ] {
        assert_eq!(code(&bytes), Some(Code::BackupDamaged), "{what}");
    }
}

proptest! {
    // Each costs an Argon2id unless it is refused before.
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn no_changed_bit_is_accepted(at in any::<proptest::sample::Index>(), bit in 0..8) {
        let mut bytes = BACKUP.clone();
        let at = at.index(bytes.len());
        bytes[at] ^= 1u8 << bit;
        prop_assert!(read(&bytes, PASSPHRASE).is_err());
    }
}
