//! The vault as an app meets it, through the wallet's face: opened and read from the root key in hand, listed, a request
//! held against what is in it and answered.

use std::cell::LazyCell;
use std::sync::Arc;

use wallet_core::Wallet;
use wallet_core::credential::CredentialId;
use wallet_core::present::{PresentationRequest, Receipt};
use wallet_core::wallet::{CredentialDetails, RootKey};

use crate::memory;
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
        let stocked = Self { wallet, root, credential: entries[0].id, verifier, link, world };
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

    /// All that a start of an app does, and a request.
    fn use_everything(&self) -> impl Sized {
        let wallet = self.open();
        let list = block_on(wallet.credentials()).unwrap();
        let request = self.open_request(&wallet);
        (self.read(&wallet), request, list, wallet)
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

    fn open_request(&self, wallet: &Wallet) -> Arc<PresentationRequest> {
        world::open(wallet, &self.link).unwrap()
    }
}

const OPEN_AND_READ: &str = "open and read one";
const READ: &str = "read one";
const FIRST_REQUEST: &str = "open a request, first";
const WARM_REQUEST: &str = "open a request, warm";
const LIST: &str = "list all";
const PRESENT: &str = "present";

/// Measures all of it. The stores are filled when the first job needs them, which takes its time.
pub fn measure(suite: &mut Suite, table: &mut Table) {
    let (few, many) = (FEW, suite.many());
    let called = |job: &str, count: usize| format!("{job}, {count} stored");
    let stocked = [few, many].map(|count| (count, LazyCell::new(move || Stocked::new(count))));
    let plain = LazyCell::new(|| PlainSqlite::new(&stocked[1].1.world.folder.join("plain.db"), many));
    let mut turns = Turns::new("vault")
        .rounds(15)
        .job(PLAIN_OPEN, || plain.reopened().read())
        .job(PLAIN_COMMIT, || {
            let plain = plain.reopened();
            plain.commit();
            plain.read()
        })
        .job(PLAIN_READ, || plain.read());
    for (count, one) in &stocked {
        turns = turns
            .job(&called(OPEN_AND_READ, *count), || {
                let wallet = one.open();
                (one.read(&wallet), wallet)
            })
            .job(&called(READ, *count), || one.read(&one.wallet))
            .prepared(
                &called(FIRST_REQUEST, *count),
                || one.open(),
                |wallet| (one.open_request(&wallet), wallet),
            )
            .job(&called(WARM_REQUEST, *count), || one.open_request(&one.wallet))
            .job(&called(LIST, *count), || block_on(one.wallet.credentials()).unwrap())
            .prepared(&called(PRESENT, *count), || one.new_request(), |link| one.present(&link));
    }
    let medians = suite.run(turns);
    let as_many_as_few = |table: &mut Table, job: &str, target: Target| {
        table.line(&medians, &called(job, many), &called(job, few), target);
    };
    table.part("vault: from the root key in hand");
    for (job, floors, target) in [
        (OPEN_AND_READ, [PLAIN_OPEN, PLAIN_COMMIT].as_slice(), Target::Times(1.5)),
        (READ, &[PLAIN_READ], Target::None),
    ] {
        for (count, floor) in
            [few, many].into_iter().flat_map(|count| floors.iter().map(move |floor| (count, floor)))
        {
            table.line(&medians, &called(job, count), floor, target);
        }
        as_many_as_few(table, job, Target::None);
    }
    as_many_as_few(table, LIST, Target::None);
    table.part("vault: a request that is known, opened again; and one that is new, answered");
    as_many_as_few(table, FIRST_REQUEST, Target::Milliseconds(40.0));
    as_many_as_few(table, WARM_REQUEST, Target::Milliseconds(10.0));
    as_many_as_few(table, PRESENT, Target::Times(1.1));
    if medians.of(PLAIN_OPEN).is_some() {
        for (count, one) in &stocked {
            if let Some(kib) = memory::peak_kib(|| one.use_everything()) {
                table.remark(&format!(
                    "open, list, match a request and read one, {count} stored: at most {kib} KiB"
                ));
            }
        }
    }
}
