//! What is in the memory of a process while it uses a wallet, and after it locked: the process is stopped at each step, and
//! all memory that it can write to is searched, freed memory and dead stack included.
//!
//! | step | what is found |
//! | --- | --- |
//! | opened | nothing |
//! | typed | what the citizen typed: the search finds what is there |
//! | unlocked | the purpose keys; nothing that was typed, no other key |
//! | shown | the claims too, which the app has on its screen |
//! | put away | the purpose keys |
//! | locked | nothing |
//!
//! Values that would turn up by chance are not searched for: small numbers, countries, yes and no.

pub(super) mod child;
mod keys;
mod region;

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Arc;

use keys::{Keys, Typed};
use region::Region;
use serde_json::{Value, json};
use wallet_core::crypto::random;
use wallet_core::issue::mdoc::{ElementValue, IssuerSignedBuilder};
use wallet_core::issue::sd_jwt::Builder;
use wallet_core::jose::base64url;
use wallet_core::platform::{HttpClient, HttpMethod, HttpRequest};
use wallet_core::time::UnixTime;
use wallet_core::wallet::NewUnlock;
use wallet_core::{Unlock, Wallet};
use zeroize::Zeroizing;

use super::search::Search;
use crate::world::{Asked, Issuer, NOW, PID, PID_MDOC, Phone, Verifier, World, block_on, receive, validity};

/// An allocator writes over the beginning of what was freed, and over no more: so each piece is searched for by itself.
const PIECE: usize = 8;

/// A process that uses a wallet, and stops at each step.
struct Process {
    child: Child,
    out: BufReader<ChildStdout>,
    tell: ChildStdin,
}

impl Process {
    fn start(vault: &Path) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "vault::memory::child::child", "--ignored", "--nocapture", "--test-threads=1"])
            .env(child::VAULT, vault)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (out, tell) = (child.stdout.take().unwrap(), child.stdin.take().unwrap());
        Self { child, out: BufReader::new(out), tell }
    }

    fn tell(&mut self, line: &str) {
        self.tell.write_all(format!("{line}\n").as_bytes()).unwrap();
    }

    /// Waits for a step, being its network.
    fn until(&mut self, step: &str, world: &World) {
        loop {
            let mut line = String::new();
            assert!(self.out.read_line(&mut line).unwrap() > 0, "it ended before: {step}");
            if let Some(call) = line.strip_prefix("@call ") {
                let answer = network(world, call);
                self.tell(&answer);
            } else if line == format!("@{step}\n") {
                return;
            }
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn network(world: &World, call: &str) -> String {
    let call: Value = serde_json::from_str(call).unwrap();
    let request = HttpRequest {
        method: if call["method"] == "GET" { HttpMethod::Get } else { HttpMethod::Post },
        url: call["url"].as_str().unwrap().to_owned(),
        headers: Vec::new(),
        body: base64url::decode(call["body"].as_str().unwrap(), "body").unwrap(),
        max_bytes: 1 << 20,
        timeout_ms: 1_000,
    };
    let answer = block_on(world.network.send(request)).map_err(|_| "network").unwrap();
    json!({ "status": answer.status, "body": base64url::encode(&answer.body) }).to_string()
}

/// A text that no program has among its constants.
fn unheard_of() -> String {
    let bytes: [u8; 24] = random::array().unwrap();
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|four| char::from(b'a' + four)).collect()
}

/// The claims of a citizen of whom nobody has heard.
struct Citizen {
    family_name: String,
    given_name: String,
    locality: String,
    birth_date: String,
    portrait: Vec<u8>,
}

impl Citizen {
    fn new() -> Self {
        let [year, month, day, ..]: [u8; 8] = random::array().unwrap();
        let birth_date = format!("19{:02}-{:02}-{:02}", year % 100, month % 12 + 1, day % 28 + 1);
        let portrait = (0..32).flat_map(|_| random::array::<32>().unwrap()).collect();
        let [family_name, given_name, locality] = [(); 3].map(|()| unheard_of());
        Self { family_name, given_name, locality, birth_date, portrait }
    }

    /// An issuer that knows them.
    fn issuer(self: &Arc<Self>) -> Issuer {
        let (one, other) = (self.clone(), self.clone());
        Issuer::eu()
            .making("pid-sd-jwt", move |pki, key| {
                let claims = json!({
                    "family_name": one.family_name,
                    "given_name": one.given_name,
                    "birthdate": one.birth_date,
                    "address": { "locality": one.locality },
                });
                Builder::new(PID, claims.as_object().unwrap().clone())
                    .issuer("https://issuer.example")
                    .issued_at(UnixTime(NOW.0 - 3_600))
                    .until(UnixTime(NOW.0 + 14 * 86_400))
                    .device_key(key)
                    .chain([pki.eu_jwt_signer.certificate.der()])
                    .disclose_everything()
                    .build()
                    .unwrap()
                    .sign(&pki.eu_jwt_signer.key)
                    .into_bytes()
            })
            .making("pid-mdoc", move |pki, key| {
                IssuerSignedBuilder::new(PID_MDOC, validity(), key)
                    .element(PID_MDOC, "family_name", ElementValue::Text(other.family_name.clone()))
                    .element(PID_MDOC, "given_name", ElementValue::Text(other.given_name.clone()))
                    .element(PID_MDOC, "birth_date", ElementValue::full_date(&other.birth_date))
                    .element(PID_MDOC, "portrait", ElementValue::Bytes(other.portrait.clone()))
                    .sign(&pki.eu_document_signer.key, &[pki.eu_document_signer.certificate.der()])
                    .unwrap()
            })
    }

    fn claims(&self) -> Vec<keys::Named> {
        let texts = [
            ("family name", &self.family_name),
            ("given name", &self.given_name),
            ("locality", &self.locality),
            ("birth date", &self.birth_date),
        ];
        let texts = texts.map(|(name, text)| (name.to_owned(), text.clone().into_bytes()));
        let pieces = self.portrait.chunks_exact(32).enumerate();
        let portrait = pieces.map(|(at, piece)| (format!("portrait from byte {}", at * 32), piece.to_vec()));
        texts.into_iter().chain(portrait).collect()
    }
}

/// A wallet on a phone with three ways to open it, and what opens it.
fn stocked(world: &World, phone: &Phone, citizen: &Arc<Citizen>) -> Typed {
    let secret = |text: &str| Zeroizing::new(text.as_bytes().to_vec());
    let passphrase = unheard_of();
    let pin: String =
        random::array::<12>().unwrap().iter().map(|byte| char::from(b'0' + byte % 10)).collect();
    let mut settings = world.settings("vault.db");
    settings.ports.secure_area = Some(Arc::new(phone.clone()));
    let wallet = block_on(Wallet::create(settings, secret(&passphrase))).unwrap();
    let authority = || Unlock::Passphrase(secret(&passphrase));
    block_on(wallet.set_guard(authority(), NewUnlock::Pin(secret(&pin)), "Change")).unwrap();
    let recovery_key = block_on(wallet.make_recovery_key(authority(), "Change")).unwrap().reveal().unwrap();
    let recovery_key = String::from_utf8(recovery_key.to_vec()).unwrap();
    world.trust_everybody(&wallet);
    receive(&wallet, &citizen.issuer().offer(world)).unwrap();
    block_on(wallet.close()).unwrap();
    Typed { passphrase, recovery_key, pin }
}

/// What to search for, and the kinds of things that it consists of.
struct Secrets {
    search: Search,
    typed: BTreeSet<String>,
    purpose_keys: BTreeSet<String>,
    claims: BTreeSet<String>,
}

impl Secrets {
    fn new(typed: &Typed, keys: &Keys, citizen: &Citizen) -> Self {
        let texts = [
            ("the passphrase", &typed.passphrase),
            ("the recovery key", &typed.recovery_key),
            ("the PIN", &typed.pin),
        ];
        let texts = texts.map(|(name, text)| (name.to_owned(), text.clone().into_bytes()));
        let claims = citizen.claims();
        let mut search = Search::default();
        for (name, bytes) in texts.iter().chain(&keys.purposes).chain(&keys.others).chain(&claims) {
            bytes.chunks(PIECE).for_each(|piece| search.add(name, piece));
        }
        let names = |of: &[keys::Named]| of.iter().map(|(name, _)| name.clone()).collect();
        Self { search, typed: names(&texts), purpose_keys: names(&keys.purposes), claims: names(&claims) }
    }

    /// What is in the memory of a process that stands still.
    fn found(&self, process: &Process, step: &str) -> BTreeSet<String> {
        let regions = region::writable(process.child.id());
        let mut found = BTreeSet::new();
        for Region { name: place, bytes } in &regions {
            for (at, what) in self.search.all(bytes) {
                let (name, form) = what.rsplit_once(" as ").unwrap();
                if found.insert(name.to_owned()) {
                    println!("{step}: {name} as {form}, {at:#x} bytes into {place}");
                }
            }
        }
        let searched: usize = regions.iter().map(|region| region.bytes.len()).sum();
        println!(
            "{step}: {} regions of {searched} bytes searched, {} things found",
            regions.len(),
            found.len()
        );
        found
    }
}

#[test]
fn nothing_secret_is_in_memory_after_a_lock() {
    let (world, phone, citizen) = (World::new(), Phone::default(), Arc::new(Citizen::new()));
    let typed = stocked(&world, &phone, &citizen);
    let secrets = Secrets::new(&typed, &Keys::behind(&world.file(), &phone, &typed), &citizen);
    let verifier = Verifier::eu(&world);
    let mut process = Process::start(&world.file());
    let look = |process: &mut Process, step: &str| {
        process.until(step, &world);
        let found = secrets.found(process, step);
        process.tell("");
        found
    };
    let nothing = BTreeSet::new();

    process.tell(&phone.to_text());
    assert_eq!(look(&mut process, "opened"), nothing);

    for secret in [&typed.passphrase, &typed.recovery_key, &typed.pin] {
        process.tell(secret);
    }
    assert_eq!(look(&mut process, "typed"), secrets.typed);
    assert_eq!(look(&mut process, "unlocked"), secrets.purpose_keys);

    for asked in [Asked::family_name(), Asked::pid_elements(&["family_name", "portrait"])] {
        process.tell(&verifier.request(&world, &asked, |_| ()));
        process.until("sent", &world);
        verifier.verified(&asked);
    }
    let both: BTreeSet<String> = secrets.purpose_keys.union(&secrets.claims).cloned().collect();
    assert_eq!(look(&mut process, "shown"), both);
    assert_eq!(look(&mut process, "put away"), secrets.purpose_keys);
    assert_eq!(look(&mut process, "locked"), nothing);
}
