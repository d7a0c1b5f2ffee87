//! The keys behind a vault's file, worked out from outside as the format says: what a guard wraps, what the root key
//! leads to, and everything in between. Nothing here asks the wallet.

use std::path::Path;

use minicbor::Decoder;
use rusqlite::Connection;
use wallet_core::crypto::passphrase::{self, Cost};
use wallet_core::crypto::secret::Key;
use wallet_core::crypto::{aead, kdf};
use wallet_core::platform::{KeyAction, Purpose, SecureArea};

use crate::world::{Phone, block_on};

/// What the purpose keys are called: of each kind of record one.
const PURPOSES: [&str; 4] = ["records", "summaries", "history", "manifest"];

/// A secret with its name.
pub type Named = (String, Vec<u8>);

/// What must be found in a wallet that is unlocked, and what must not be found even then.
pub struct Keys {
    pub purposes: Vec<Named>,
    pub others: Vec<Named>,
}

/// A guard as it lies in the file.
struct Guard {
    id: [u8; 16],
    header: Vec<u8>,
    wrapped: Vec<u8>,
}

struct File {
    vault: [u8; 16],
    guards: Vec<Guard>,
}

impl File {
    fn read(path: &Path) -> Self {
        let connection = Connection::open(path).unwrap();
        let vault = connection.query_row("SELECT id FROM vault", [], |row| row.get(0)).unwrap();
        let mut statement = connection.prepare("SELECT id, header, wrapped FROM guard").unwrap();
        let guard = |row: &rusqlite::Row<'_>| {
            Ok(Guard { id: row.get(0)?, header: row.get(1)?, wrapped: row.get(2)? })
        };
        let guards = statement.query_map([], guard).unwrap().map(Result::unwrap).collect();
        Self { vault, guards }
    }

    /// The guard of a kind, with a decoder that stands at the first field of its header: `[kind, [fields]]`.
    fn guard(&self, kind: u32) -> (&Guard, Decoder<'_>) {
        let with_fields = |guard: &'_ Guard| {
            let mut header = Decoder::new(&guard.header);
            header.array().unwrap();
            header.u32().unwrap() == kind
        };
        let guard = self.guards.iter().find(|guard| with_fields(guard)).unwrap();
        let mut header = Decoder::new(&guard.header);
        header.array().unwrap();
        header.u32().unwrap();
        header.array().unwrap();
        (guard, header)
    }

    /// What this key opens of a guard: the root key.
    fn unwrap(&self, guard: &Guard, key: &Key) -> Vec<u8> {
        let bound_to = [b"wc guard".as_slice(), &self.vault, &guard.id, &guard.header].concat();
        aead::open(key, &bound_to, &guard.wrapped).expect("the guard opens").to_vec()
    }
}

impl Keys {
    pub fn behind(path: &Path, phone: &Phone, typed: &Typed) -> Self {
        let file = File::read(path);

        let (guard, mut header) = file.guard(0);
        let (salt, cost) = stretching(&mut header);
        let stretched_passphrase = passphrase::derive(typed.passphrase.as_bytes(), &salt, cost).unwrap();
        let by_passphrase =
            kdf::hkdf_sha256(stretched_passphrase.expose(), &salt, b"wallet-core/1/guard/passphrase")
                .unwrap();
        let root = file.unwrap(guard, &by_passphrase);

        let (guard, mut header) = file.guard(1);
        let (salt, cost) = stretching(&mut header);
        let secret = unseal(phone, &file.vault, &guard.id, header.bytes().unwrap());
        let stretched_pin = passphrase::derive(typed.pin.as_bytes(), &salt, cost).unwrap();
        let both = [stretched_pin.expose().as_slice(), &secret].concat();
        let by_pin = kdf::hkdf_sha256(&both, &salt, b"wallet-core/1/guard/pin").unwrap();
        assert_eq!(file.unwrap(guard, &by_pin), root);

        let (guard, mut header) = file.guard(3);
        let salt: [u8; 16] = header.bytes().unwrap().try_into().unwrap();
        let recovery_bits = bits(&typed.recovery_key);
        let by_recovery_key =
            kdf::hkdf_sha256(&recovery_bits, &salt, b"wallet-core/1/guard/recovery").unwrap();
        assert_eq!(file.unwrap(guard, &by_recovery_key), root);

        let purpose = |name: &str| {
            let info = format!("wallet-core/1/{name}");
            let key = kdf::hkdf_sha256(&root, &file.vault, info.as_bytes()).unwrap();
            (format!("the key of {name}"), key.expose().to_vec())
        };
        let purposes = PURPOSES.map(purpose).to_vec();
        let others = [
            ("the stretched passphrase", stretched_passphrase.expose().to_vec()),
            ("the key that the passphrase gives", by_passphrase.expose().to_vec()),
            ("the stretched PIN", stretched_pin.expose().to_vec()),
            ("the guard secret", secret),
            ("the key that the PIN gives", by_pin.expose().to_vec()),
            ("the bits of the recovery key", recovery_bits),
            ("the key that the recovery key gives", by_recovery_key.expose().to_vec()),
            ("the root key", root),
        ];
        Self { purposes, others: others.map(|(name, bytes)| (name.to_owned(), bytes)).to_vec() }
    }
}

/// What a citizen types.
pub struct Typed {
    pub passphrase: String,
    pub recovery_key: String,
    pub pin: String,
}

/// Salt and cost, in which the headers of passphrase and PIN begin.
fn stretching(header: &mut Decoder<'_>) -> ([u8; 16], Cost) {
    let salt = header.bytes().unwrap().try_into().unwrap();
    (salt, Cost { memory_kib: header.u32().unwrap(), passes: header.u32().unwrap() })
}

/// What the phone sealed for this guard.
fn unseal(phone: &Phone, vault: &[u8; 16], guard: &[u8; 16], sealed: &[u8]) -> Vec<u8> {
    let hex = |id: &[u8; 16]| id.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let alias = format!("wallet.{}.guard.{}", hex(vault), hex(guard));
    let purpose = Purpose { action: KeyAction::Unlock, party: String::new(), text: String::new() };
    block_on(async { phone.begin(purpose).unwrap().unseal(alias, sealed.to_vec()).await.unwrap() })
}

/// The 128 bits of a recovery key, in Crockford's base 32: 25 characters have five each, and the next one three.
fn bits(written: &str) -> Vec<u8> {
    let values = written.chars().filter(|character| *character != '-').map(|character| {
        let at = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".find(character).unwrap();
        u128::try_from(at).unwrap()
    });
    let values: Vec<u128> = values.take(26).collect();
    let first = values[..25].iter().fold(0, |bits, value| bits << 5 | value);
    (first << 3 | values[25] >> 2).to_be_bytes().to_vec()
}
