//! The process that is killed. It lives through the flows as an app would, with an issuer and verifiers of its own, and
//! says each step on its standard output.

use std::io::Write;
use std::path::PathBuf;

use wallet_core::Wallet;
use wallet_core::crypto::hash::sha256;
use wallet_core::jose::base64url;
use wallet_core::present::Source;
use wallet_core::trust::ListName;

use crate::vault::lived::refuse;
use crate::world::{
    Asked, Issuer, PID, Random, Verifier, World, agree, block_on, fresh_copies, json_response, open, receive,
};

/// The vault that the process works on.
pub const VAULT: &str = "WALLET_KILL_VAULT";
/// The recovery key that opens it.
pub const KEY: &str = "WALLET_KILL_KEY";
/// What it does: `live` until it is killed, `some` of it, or `race` to present once.
pub const JOB: &str = "WALLET_KILL_JOB";
/// What its random choices begin with.
pub const SEED: &str = "WALLET_KILL_SEED";

/// Says a line to whoever started this process, all of it at once.
pub fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("\n@{line}\n").as_bytes()).unwrap();
    out.flush().unwrap();
}

#[test]
#[ignore = "a process of its own, which other tests start"]
fn child() {
    let Some(vault) = std::env::var_os(VAULT).map(PathBuf::from) else { return };
    let life = Life::begin(vault);
    match std::env::var(JOB).as_deref() {
        Ok("race") => life.race(),
        Ok("some") => life.live(20),
        _ => life.live(usize::MAX),
    }
}

struct Life {
    world: World,
    wallet: Wallet,
    shop: Verifier,
}

impl Life {
    fn begin(vault: PathBuf) -> Self {
        let world = World::new();
        // The vault lies elsewhere, and nobody would clean up after a kill.
        std::fs::remove_dir_all(&world.folder).unwrap();
        let wallet = world.recovered(vault.to_str().unwrap(), &std::env::var(KEY).unwrap());
        say("ready");
        // Its certificates are its own.
        for list in [ListName::CaIssuers, ListName::CaVerifiers] {
            block_on(wallet.add_trust_anchors(list, &world.pki.list(list), "child")).unwrap();
        }
        let shop = Verifier::ca(&world);
        world.network.on(&shop.response_uri(), |request| {
            let fields = url::form_urlencoded::parse(&request.body).into_owned();
            for (_, token) in fields.filter(|(name, _)| name == "vp_token") {
                let token: serde_json::Value = serde_json::from_str(&token).unwrap();
                let signed = token["pid"][0].as_str().unwrap().split('~').next().unwrap().to_owned();
                say(&format!("shown {}", base64url::encode(&sha256(signed.as_bytes()))));
            }
            Ok(json_response(&serde_json::json!({})))
        });
        Self { world, wallet, shop }
    }

    fn live(&self, actions: usize) {
        let mut random = Random::new(seed());
        for _ in 0..actions {
            match random.below(6) {
                0 => self.receive(),
                1 | 2 if fresh_copies(&self.wallet, PID) > 0 => self.present(),
                3 => self.decline(),
                4 => self.wait_and_forget(),
                _ => self.refuse(),
            }
        }
    }

    fn receive(&self) {
        say("begin received");
        let kept = receive(&self.wallet, &Issuer::ca().offer(&self.world)).unwrap();
        assert_eq!(kept.len(), 1);
        say(&format!("done received {}", kept[0]));
    }

    fn present(&self) {
        let request = open(&self.wallet, &self.shop.request(&self.world, &in_clear(), |_| ())).unwrap();
        let consent = agree(&request).unwrap();
        say("begin sent");
        let receipt = block_on(request.send(consent, "Share")).unwrap();
        assert_eq!(receipt.http_status, 200);
        say("done sent");
    }

    fn decline(&self) {
        let link = self.shop.request(&self.world, &in_clear(), |_| ());
        say("begin declined");
        block_on(self.wallet.decline(&link, Source::Link)).unwrap();
        say("done declined");
    }

    fn refuse(&self) {
        say("begin refused");
        refuse(&self.wallet);
        say("done refused");
    }

    fn wait_and_forget(&self) {
        drop(open(&self.wallet, &self.shop.request(&self.world, &in_clear(), |_| ())).unwrap());
        for waiting in block_on(self.wallet.pending()).unwrap().into_iter().filter(|one| one.is_request) {
            block_on(self.wallet.abandon(waiting.id)).unwrap();
        }
    }

    /// Agrees to show a copy, waits until it is told to, and tries.
    fn race(&self) {
        // By the seed, the same link as another process or one of its own.
        let link = |_| self.shop.request(&self.world, &in_clear(), |_| ());
        let link = (0..=seed()).map(link).last().unwrap();
        let request = open(&self.wallet, &link).unwrap();
        let consent = agree(&request).unwrap();
        say("armed");
        std::io::stdin().read_line(&mut String::new()).unwrap();
        match block_on(request.send(consent, "Share")) {
            Ok(_) => say("done sent"),
            Err(error) => say(&format!("error {}", error.code())),
        }
    }
}

fn seed() -> u64 {
    std::env::var(SEED).unwrap().parse().unwrap()
}

/// A family name, asked for without encryption, so that the copy can be seen.
fn in_clear() -> Asked {
    Asked { prefix: "x509_san_dns", ..Asked::family_name() }.by("direct_post")
}
