//! Nothing that was stored can be read in the file or its log, in whatever form: a search for every text, name, address
//! and key that went in, as it is and in the forms in which programs write such things.

use base64::Engine;
use serde_json::Value;
use wallet_core::jose::base64url;
use wallet_core::present::Source;
use wallet_core::wallet::Incoming;
use wallet_core::{HistoryEvent, Wallet};

use super::lived::refuse;
use super::search::{SHORTEST, Search};
use crate::world::{
    Asked, Issuer, PASSPHRASE, STATE, VaultFile, Verifier, World, block_on, history, open, present, receive,
};

/// Everything that the issuers, the verifiers and the citizen said.
const SAID: [&str; 41] = [
    "Dubois",
    "Élodie",
    "1990-05-17",
    "Tremblay",
    "Noël",
    "nationalities",
    "family_name",
    "given_name",
    "birthdate",
    "birth_date",
    "postal_code",
    "locality",
    "age_over_19",
    "organ_donor",
    "issuing_country",
    "portrait",
    "urn:eudi:pid:1",
    "eu.europa.ec.eudi.pid.1",
    "org.iso.18013.5.1",
    "org.iso.18013.5.1.mDL",
    "dc+sd-jwt",
    "mso_mdoc",
    "https://issuer.example",
    "https://icbc.example/bc",
    "verifier.example",
    "store.example",
    "/response?session=1",
    "/notification",
    "/credential",
    "n-0S6_WzA2Mj",
    "nonce-1",
    "token-1",
    "the-code",
    "n-pid-sd-jwt",
    "n-mdl",
    "Test Issuer",
    "Émetteur",
    "test list",
    "boot-1",
    "x509_hash:",
    PASSPHRASE,
];

/// A life in steps; after each the files are looked at.
struct Life {
    world: World,
    wallet: Wallet,
    search: Search,
    seen: Vec<VaultFile>,
}

impl Life {
    fn begin() -> Self {
        let world = World::new();
        let wallet = world.empty_wallet();
        let mut search = Search::default();
        for said in SAID.into_iter().chain([STATE]) {
            search.add(said, said.as_bytes());
        }
        for authority in
            [&world.pki.eu_issuers, &world.pki.ca_issuers, &world.pki.eu_verifiers, &world.pki.ca_verifiers]
        {
            let der = authority.certificate.der();
            // A piece from its middle: the name, and the key.
            der.chunks_exact(24).for_each(|piece| search.add("a certificate", piece));
        }
        Self { world, wallet, search, seen: Vec::new() }
    }

    fn step(&mut self) {
        self.seen.push(VaultFile::read(&self.world.file()));
    }

    fn receive(&mut self, issuer: &Issuer) {
        let link = issuer.offer(&self.world);
        self.search.add("the offer", &link.as_bytes()[..60]);
        // Once it waits for a yes, and once it is kept.
        let Incoming::Offer { offer } = block_on(self.wallet.open_link(&link, Source::Link)).unwrap() else {
            panic!()
        };
        drop(block_on(offer.accept(Some("1234".to_owned()), "Receive")).unwrap());
        self.step();
        receive(&self.wallet, &link).unwrap();
        self.step();
        for proof in issuer.proofs.lock().unwrap().iter().flatten() {
            let header = base64url::decode(proof.split('.').next().unwrap(), "header").unwrap();
            let header: Value = serde_json::from_slice(&header).unwrap();
            for coordinate in ["x", "y"] {
                let text = header["jwk"][coordinate].as_str().unwrap();
                self.search.add("a key", &base64url::decode(text, "key").unwrap());
            }
        }
    }

    fn show(&mut self, verifier: &Verifier, asked: &Asked) {
        let posts = verifier.posts().len();
        let link = verifier.request(&self.world, asked, |_| ());
        let request = open(&self.wallet, &link).unwrap();
        self.search.add("the link", &link.as_bytes()[link.len() - 40..]);
        self.step();
        drop(request);
        present(&self.wallet, &link).unwrap();
        self.step();
        for post in &verifier.posts()[posts..] {
            for sent in post.values().filter(|sent| sent.len() > 100) {
                self.search.add("what was sent", &sent.as_bytes()[60..100]);
            }
        }
        block_on(self.wallet.decline(&verifier.request(&self.world, asked, |_| ()), Source::Link)).unwrap();
        self.step();
    }

    /// What the wallet itself says of what it holds.
    fn ask_the_wallet(&mut self) {
        for entry in block_on(self.wallet.credentials()).unwrap().entries {
            for (_, value) in block_on(self.wallet.credential(entry.id)).unwrap().claims() {
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                self.search.add("a claim", text.as_bytes());
            }
        }
        for logged in history(&self.wallet).entries {
            if let HistoryEvent::Sending { verifier, .. } | HistoryEvent::Declined { verifier, .. } =
                logged.entry.event
            {
                self.search.add("a verifier", verifier.name.as_bytes());
                self.search.add("a client id", verifier.identifier.as_bytes());
            }
        }
    }
}

#[test]
fn nothing_that_was_stored_can_be_read_in_the_file() {
    let mut life = Life::begin();
    for issuer in [Issuer::eu(), Issuer::ca()] {
        life.receive(&issuer);
    }
    let (bank, shop) = (Verifier::eu(&life.world), Verifier::ca(&life.world));
    life.show(&bank, &Asked::family_name());
    life.show(&shop, &Asked::age());
    refuse(&life.wallet);
    life.step();
    life.ask_the_wallet();
    super::lived::checkpoint(&life.world.file());
    life.step();
    assert!(life.search.len() > 500, "{}", life.search.len());
    for (number, file) in life.seen.iter().enumerate() {
        for (name, bytes) in [("database", &file.database), ("log", &file.log)] {
            assert_eq!(life.search.first(bytes), None, "in the {name}, after step {number}");
        }
    }
    assert!(life.seen.iter().any(|file| file.log.len() > 100_000), "there is a log to search");
}

/// What is searched for is found, in each form and wherever it stands.
#[test]
fn the_search_would_find_it() {
    let mut search = Search::default();
    SAID.into_iter().for_each(|said| search.add(said, said.as_bytes()));
    let noise: Vec<u8> = (0..5_000_u32).flat_map(|at| (at.wrapping_mul(0x9e37_79b9)).to_be_bytes()).collect();
    assert_eq!(search.first(&noise), None);
    let standard = base64::engine::general_purpose::STANDARD;
    for said in SAID.into_iter().filter(|said| said.len() >= SHORTEST) {
        let found = |planted: Vec<u8>| {
            let haystack = [&noise[..7_001], &planted, &noise[7_001..]].concat();
            search.first(&haystack).unwrap_or_else(|| panic!("{said} was not found")).to_owned()
        };
        found(said.as_bytes().to_vec());
        found(said.encode_utf16().flat_map(u16::to_le_bytes).collect());
        found(said.encode_utf16().flat_map(u16::to_be_bytes).collect());
        let hex: String = said.bytes().map(|byte| format!("{byte:02x}")).collect();
        found(hex.to_uppercase().into_bytes());
        found(hex.into_bytes());
        // In the middle of something longer.
        for before in ["", "(", "((", "((("] {
            let text = format!("{before}{said}>?>");
            found(standard.encode(&text).into_bytes());
            found(base64url::encode(text.as_bytes()).into_bytes());
        }
    }
}
