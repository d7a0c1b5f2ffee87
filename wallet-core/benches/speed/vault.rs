//! The vault as an app meets it, through the wallet's face: opened and read from the root key in hand, a request held
//! against what is in it, and unlocking with a passphrase apart.

use argon2::{Algorithm, Argon2, Params, Version};
use wallet_core::Unlock;
use wallet_core::Wallet;
use wallet_core::credential::CredentialId;
use wallet_core::crypto::passphrase::Cost;
use wallet_core::present::PresentationRequest;
use wallet_core::wallet::{CredentialDetails, RootKey};

use crate::plain_sqlite::PlainSqlite;
use crate::stock::{self, FEW};
use crate::table::{Table, Target};
use crate::turns::{Suite, Turns};
use crate::world::{self, Asked, Verifier, World, block_on, passphrase};

const PLAIN_OPEN: &str = "plain SQLite: open, read a row";
const PLAIN_COMMIT: &str = "plain SQLite: open, commit a row, read a row";
const PLAIN_READ: &str = "plain SQLite: read a row";
const ARGON2ID: &str = "bare Argon2id";
const UNLOCK: &str = "unlock";

/// A vault with credentials in it, and a wallet that has it open.
struct Stocked {
    count: usize,
    world: World,
    wallet: Wallet,
    root: RootKey,
    credential: CredentialId,
    /// A request that was opened before.
    link: String,
}

impl Stocked {
    fn new(count: usize) -> Self {
        let world = World::new();
        let wallet = world.empty_wallet();
        for issuer in stock::issuers(count) {
            world::receive(&wallet, &issuer.offer(&world)).unwrap();
        }
        let entries = block_on(wallet.credentials()).unwrap().entries;
        assert_eq!(entries.len(), count);
        let root = block_on(wallet.root_key(passphrase())).unwrap();
        let link = Verifier::eu(&world).request(&world, &Asked::new(stock::query()), |_| ());
        let stocked = Self { count, wallet, root, credential: entries[0].id, link, world };
        stocked.open_request(&stocked.wallet);
        stocked
    }

    /// As a new process that has the root key.
    fn open(&self) -> Wallet {
        let wallet = block_on(Wallet::open(self.world.settings("vault.db"))).unwrap();
        block_on(wallet.unlock_with(&self.root)).unwrap();
        wallet
    }

    fn read(&self, wallet: &Wallet) -> CredentialDetails {
        block_on(wallet.credential(self.credential)).unwrap()
    }

    fn open_request(&self, wallet: &Wallet) -> PresentationRequest {
        world::open(wallet, &self.link).unwrap()
    }

    fn called(&self, job: &str) -> String {
        format!("{job}, {} stored", self.count)
    }
}

const OPEN_AND_READ: &str = "open and read one";
const READ: &str = "read one";
const FIRST_REQUEST: &str = "open a request, first";
const WARM_REQUEST: &str = "open a request, warm";

/// Measures all of it.
pub fn measure(suite: &mut Suite, table: &mut Table) {
    let stocked = [FEW, suite.many()].map(Stocked::new);
    let plain = PlainSqlite::new(&stocked[1].world.folder.join("plain.db"), suite.many());
    let mut turns = Turns::new("vault")
        .rounds(15)
        .job(PLAIN_OPEN, || plain.reopened().read())
        .job(PLAIN_COMMIT, || {
            let plain = plain.reopened();
            plain.commit();
            plain.read()
        })
        .job(PLAIN_READ, || plain.read());
    for one in &stocked {
        turns = turns
            .job(&one.called(OPEN_AND_READ), || {
                let wallet = one.open();
                (one.read(&wallet), wallet)
            })
            .job(&one.called(READ), || one.read(&one.wallet))
            .prepared(&one.called(FIRST_REQUEST), || one.open(), |wallet| (one.open_request(&wallet), wallet))
            .job(&one.called(WARM_REQUEST), || one.open_request(&one.wallet));
    }
    let medians = suite.run(turns);
    let [few, many] = &stocked;
    table.part("vault: from the root key in hand");
    for (job, floors) in [(OPEN_AND_READ, [PLAIN_OPEN, PLAIN_COMMIT].as_slice()), (READ, &[PLAIN_READ])] {
        for one in &stocked {
            for floor in floors {
                table.line(&medians, &one.called(job), floor, Target::None);
            }
        }
        table.line(&medians, &many.called(job), &few.called(job), Target::None);
    }
    table.part("vault: a request that is known, opened again");
    for job in [FIRST_REQUEST, WARM_REQUEST] {
        table.line(&medians, &many.called(job), &few.called(job), Target::None);
    }

    let locked = block_on(Wallet::open(few.world.settings("vault.db"))).unwrap();
    let unlocking = Turns::new("unlock").rounds(5).job(ARGON2ID, bare_argon2id).prepared(
        UNLOCK,
        || locked.lock(),
        |()| block_on(locked.unlock(Unlock::Passphrase(passphrase()), "Unlock")).unwrap(),
    );
    let medians = suite.run(unlocking);
    table.part("vault: unlocking with a passphrase");
    table.line(&medians, UNLOCK, ARGON2ID, Target::None);
}

/// With the cost of new guards.
fn bare_argon2id() -> [u8; 32] {
    let Cost { memory_kib, passes } = Cost::DEFAULT;
    let params = Params::new(memory_kib, passes, 1, Some(32)).unwrap();
    let mut key = [0; 32];
    let argon2id = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon2id.hash_password_into(&passphrase(), &[7; 16], &mut key).unwrap();
    key
}
