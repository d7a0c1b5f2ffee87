//! The vault as an app meets it, through the wallet's face: opened and read from the root key in hand, listed, a request
//! held against what is in it and answered.

use wallet_core::Wallet;
use wallet_core::credential::CredentialId;
use wallet_core::present::{PresentationRequest, Receipt};
use wallet_core::wallet::{CredentialDetails, RootKey};

use crate::plain_sqlite::PlainSqlite;
use crate::stock::{self, FEW};
use crate::table::{Table, Target};
use crate::turns::{Suite, Turns};
use crate::world::{self, Asked, Verifier, World, block_on, passphrase};

const PLAIN_OPEN: &str = "plain SQLite: open, read a row";
const PLAIN_COMMIT: &str = "plain SQLite: open, commit a row, read a row";
const PLAIN_READ: &str = "plain SQLite: read a row";

/// A vault with credentials in it, and a wallet that has it open.
struct Stocked {
    count: usize,
    world: World,
    wallet: Wallet,
    root: RootKey,
    credential: CredentialId,
    verifier: Verifier,
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
        let verifier = Verifier::eu(&world);
        let link = verifier.request(&world, &Asked::new(stock::query()), |_| ());
        let stocked = Self { count, wallet, root, credential: entries[0].id, verifier, link, world };
        stocked.open_request(&stocked.wallet);
        stocked
    }

    fn new_request(&self) -> String {
        self.verifier.request(&self.world, &Asked::new(stock::query()), |_| ())
    }

    /// Fetches, checks and answers a request, all of which the history says afterwards.
    fn present(&self, link: &str) -> Receipt {
        world::present(&self.wallet, link).unwrap()
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
const LIST: &str = "list all";
const PRESENT: &str = "present";

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
            .job(&one.called(WARM_REQUEST), || one.open_request(&one.wallet))
            .job(&one.called(LIST), || block_on(one.wallet.credentials()).unwrap())
            .prepared(&one.called(PRESENT), || one.new_request(), |link| one.present(&link));
    }
    let medians = suite.run(turns);
    let [few, many] = &stocked;
    table.part("vault: from the root key in hand");
    for (job, floors, target) in [
        (OPEN_AND_READ, [PLAIN_OPEN, PLAIN_COMMIT].as_slice(), Target::Times(1.5)),
        (READ, &[PLAIN_READ], Target::None),
    ] {
        for one in &stocked {
            for floor in floors {
                table.line(&medians, &one.called(job), floor, target);
            }
        }
        table.line(&medians, &many.called(job), &few.called(job), Target::None);
    }
    table.line(&medians, &many.called(LIST), &few.called(LIST), Target::None);
    table.part("vault: a request that is known, opened again; and one that is new, answered");
    for (job, target) in [
        (FIRST_REQUEST, Target::Milliseconds(40.0)),
        (WARM_REQUEST, Target::Milliseconds(10.0)),
        (PRESENT, Target::Times(1.1)),
    ] {
        table.line(&medians, &many.called(job), &few.called(job), target);
    }
}
