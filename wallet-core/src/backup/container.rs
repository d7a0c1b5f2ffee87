//! The file of a backup.
//!
//! ```text
//! "WCBACKUP" ‖ version (2 bytes) ‖ length of the header (2) ‖ header (CBOR)     readable
//! content key, sealed under the passphrase's key, bound to all of that (60)
//! entries, each: length (4) ‖ sealed under the content key                      the last one says that it is
//! ```
//!
//! Numbers are big-endian. An entry is bound to its number and to being the last or not, so that a file that was cut off,
//! put together anew or continued shows. One entry is in memory at a time.

use std::io::{ErrorKind, Read, Write};

use minicbor::{Decode, Encode};
use zeroize::Zeroizing;

use super::entry::Entry;
use crate::crypto::passphrase::{self, Cost};
use crate::crypto::secret::{Key, SecretBytes};
use crate::crypto::{aead, kdf, random};
use crate::error::{Code, Result};
use crate::limits;
use crate::vault::check_passphrase;

const MAGIC: &[u8; 8] = b"WCBACKUP";
/// The newest version, which this library writes. A new kind of entry is a new version.
const VERSION: u16 = 1;
/// Bytes before the header.
const PREFIX: usize = MAGIC.len() + 2 + 2;
const WRAPPED_KEY: usize = aead::NONCE + 32 + aead::TAG;
const SEALED_ENTRY: usize = limits::BACKUP_ENTRY + aead::NONCE + aead::TAG;

/// The readable part: what the derivation needs, and nothing of the content.
#[derive(Encode, Decode)]
struct Header {
    #[n(0)]
    guard: Guard,
}

/// What opens the content key.
#[derive(Encode, Decode)]
enum Guard {
    #[n(0)]
    Passphrase {
        #[cbor(n(0), with = "minicbor::bytes")]
        salt: [u8; 16],
        #[n(1)]
        memory_kib: u32,
        #[n(2)]
        passes: u32,
    },
}

/// Writes a backup.
pub(crate) struct BackupWriter {
    out: Box<dyn Write + Send>,
    key: Key,
    number: u64,
}

impl BackupWriter {
    /// Begins one under a new passphrase (UTF-8). Slow: Argon2id.
    ///
    /// # Errors
    /// [`Code::PassphraseTooShort`], [`Code::StorageFailed`].
    pub(crate) fn begin(mut out: Box<dyn Write + Send>, passphrase: &[u8]) -> Result<Self> {
        check_passphrase(passphrase)?;
        let (salt, cost) = (random::array()?, Cost::DEFAULT);
        let guard = Guard::Passphrase { salt, memory_kib: cost.memory_kib, passes: cost.passes };
        let header = minicbor::to_vec(Header { guard }).map_err(|_| Code::Internal.at("backup header"))?;
        let length = u16::try_from(header.len()).map_err(|_| Code::Internal.at("backup header"))?;
        let readable = [MAGIC.as_slice(), &VERSION.to_be_bytes(), &length.to_be_bytes(), &header].concat();
        let key = Key::random()?;
        let wrapped = aead::seal(&wrapping_key(passphrase, &salt, cost)?, &readable, key.expose())?;
        out.write_all(&readable).and_then(|()| out.write_all(&wrapped)).map_err(storage)?;
        Ok(Self { out, key, number: 0 })
    }

    /// Adds an entry.
    ///
    /// # Errors
    /// [`Code::BackupTooLarge`], [`Code::StorageFailed`].
    pub(super) fn put(&mut self, entry: &Entry) -> Result<()> {
        self.write(entry, false)
    }

    /// Adds the last entry and hands everything to the operating system.
    ///
    /// # Errors
    /// As [`BackupWriter::put`].
    pub(super) fn end(mut self, entry: &Entry) -> Result<()> {
        self.write(entry, true)?;
        self.out.flush().map_err(storage)
    }

    fn write(&mut self, entry: &Entry, last: bool) -> Result<()> {
        let bytes = minicbor::to_vec(entry).map(SecretBytes::new);
        let bytes = bytes.map_err(|_| Code::Internal.at("backup entry"))?;
        if bytes.len() > limits::BACKUP_ENTRY {
            return Err(Code::BackupTooLarge.at("entry"));
        }
        let sealed = aead::seal(&self.key, &place(self.number, last), &bytes)?;
        let length = u32::try_from(sealed.len()).map_err(|_| Code::BackupTooLarge.at("entry"))?;
        self.number += 1;
        self.out.write_all(&length.to_be_bytes()).and_then(|()| self.out.write_all(&sealed)).map_err(storage)
    }
}

/// Reads a backup.
pub(crate) struct BackupReader {
    input: Box<dyn Read + Send>,
    key: Key,
    number: u64,
    ended: bool,
}

impl BackupReader {
    /// Opens one with its passphrase. Slow: Argon2id.
    ///
    /// # Errors
    /// [`Code::BackupUnreadable`] when it is something else; [`Code::BackupNewer`]; [`Code::BackupParametersInvalid`],
    /// before any work; [`Code::BackupPassphraseWrong`]; [`Code::BackupDamaged`] when it ends too early;
    /// [`Code::StorageFailed`].
    pub(crate) fn open(mut input: Box<dyn Read + Send>, passphrase: &[u8]) -> Result<Self> {
        let mut prefix = [0; PREFIX];
        fill(&mut input, &mut prefix).map_err(|error| match error.code() {
            Code::BackupDamaged => Code::BackupUnreadable.at("length"),
            _ => error,
        })?;
        let [magic @ .., v0, v1, l0, l1] = prefix;
        if magic != *MAGIC {
            return Err(Code::BackupUnreadable.at("first bytes"));
        }
        match u16::from_be_bytes([v0, v1]) {
            VERSION => {}
            newer if newer > VERSION => return Err(Code::BackupNewer.error()),
            _ => return Err(Code::BackupUnreadable.at("version")),
        }
        let length = usize::from(u16::from_be_bytes([l0, l1]));
        if length > limits::BACKUP_HEADER {
            return Err(Code::BackupUnreadable.at("header"));
        }
        let mut header = vec![0; length];
        let mut wrapped = [0; WRAPPED_KEY];
        fill(&mut input, &mut header)?;
        fill(&mut input, &mut wrapped)?;
        let parsed: Header = minicbor::decode(&header).map_err(|_| Code::BackupUnreadable.at("header"))?;
        let Guard::Passphrase { salt, memory_kib, passes } = parsed.guard;
        let cost = Cost { memory_kib, passes };
        cost.check().map_err(|_| Code::BackupParametersInvalid.at("Argon2id cost"))?;
        if passphrase.len() > limits::PASSPHRASE_MAX {
            return Err(Code::BackupPassphraseWrong.error());
        }
        let readable = [prefix.as_slice(), &header].concat();
        let opened = aead::open(&wrapping_key(passphrase, &salt, cost)?, &readable, &wrapped);
        let opened = opened.ok_or(Code::BackupPassphraseWrong)?;
        let opened: &[u8; 32] = opened.as_slice().try_into().map_err(|_| Code::BackupDamaged.at("key"))?;
        let key = Key::fill_with(|out| {
            out.copy_from_slice(opened);
            Ok(())
        })?;
        Ok(Self { input, key, number: 0, ended: false })
    }

    /// The next entry; `None` after the last one, behind which nothing lies.
    ///
    /// # Errors
    /// [`Code::BackupDamaged`], [`Code::StorageFailed`].
    pub(super) fn next(&mut self) -> Result<Option<Entry>> {
        if self.ended {
            return Ok(None);
        }
        let mut length = [0; 4];
        fill(&mut self.input, &mut length)?;
        let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
        if length > SEALED_ENTRY {
            return Err(Code::BackupDamaged.at("length"));
        }
        let mut sealed = vec![0; length];
        fill(&mut self.input, &mut sealed)?;
        let open = |last| aead::open(&self.key, &place(self.number, last), &sealed);
        let (bytes, last) = match open(false) {
            Some(bytes) => (bytes, false),
            None => (open(true).ok_or_else(|| Code::BackupDamaged.at("entry"))?, true),
        };
        self.number += 1;
        self.ended = last;
        if last && read(&mut self.input, &mut [0])? > 0 {
            return Err(Code::BackupDamaged.at("after the end"));
        }
        minicbor::decode(&bytes).map(Some).map_err(|_| Code::BackupDamaged.at("entry"))
    }
}

fn wrapping_key(passphrase: &[u8], salt: &[u8; 16], cost: Cost) -> Result<Key> {
    let stretched = passphrase::derive(passphrase, salt, cost)?;
    kdf::hkdf_sha256(stretched.expose(), salt, b"wallet-core/1/backup/passphrase")
}

/// What an entry is bound to. The content key is of this backup alone.
fn place(number: u64, last: bool) -> Zeroizing<Vec<u8>> {
    Zeroizing::new([b"wc backup".as_slice(), &number.to_be_bytes(), &[u8::from(last)]].concat())
}

/// Reads until the buffer is full. A file that ends before is cut off.
fn fill(input: &mut dyn Read, mut buffer: &mut [u8]) -> Result<()> {
    while !buffer.is_empty() {
        let count = read(input, buffer)?;
        buffer = buffer.get_mut(count..).unwrap_or_default();
        if count == 0 {
            return Err(Code::BackupDamaged.at("cut off"));
        }
    }
    Ok(())
}

fn read(input: &mut dyn Read, buffer: &mut [u8]) -> Result<usize> {
    loop {
        match input.read(buffer) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            read => return read.map_err(storage),
        }
    }
}

/// The message of an input or output error does not travel: it may hold a path.
fn storage(_: std::io::Error) -> crate::WalletError {
    Code::StorageFailed.at("backup file")
}
