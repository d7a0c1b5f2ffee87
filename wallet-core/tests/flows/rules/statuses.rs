//! Whether a credential still counts, by its issuer's status list (EU-46; ARF VCR_19): learnt at the list's own age, told to the
//! citizen, and never asked because a verifier asks.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use serde_json::json;
use wallet_core::credential::{CredentialId, Lapse};
use wallet_core::issue::status_list::{StatusListBuilder, StatusListClaims};
use wallet_core::limits;
use wallet_core::platform::{HttpResponse, PortError, WalletEvent, WalletEvents};
use wallet_core::present::Warning;
use wallet_core::trust::status::{Bits, StatusReference};
use wallet_core::wallet::StatusRefresh;
use wallet_core::{Code, CredentialStatus, Standing, Unlock, Wallet};

use crate::world::{
    Asked, Issuer, NOW, PID, PID_MDOC, Signer, Verifier, World, agree, block_on, code, credential, open,
    passphrase, pid_builder, pid_mdoc_builder, present, receive, status,
};

const LIST: &str = "https://issuer.example/status/1";
/// Where the copies of the mdoc begin in the list; those of the SD-JWT begin at 0.
const MDOC: u64 = 100;
/// So short that a request made before is still good after it.
const TTL: i64 = 60;

/// A wallet with the PID in both formats, three copies of each, each with a place of its own.
struct Listed {
    world: World,
    wallet: Wallet,
    bank: Verifier,
    sd_jwt: CredentialId,
}

impl Listed {
    fn new() -> Self {
        Self::in_lists(|_| LIST.to_owned())
    }

    /// Each copy of the SD-JWT in a list of its own.
    fn in_lists(list: impl Fn(u64) -> String + Send + Sync + 'static) -> Self {
        let world = World::new();
        let wallet = world.empty_wallet();
        let (next_sd_jwt, next_mdoc) = (AtomicU64::new(0), AtomicU64::new(MDOC));
        let issuer = Issuer::eu()
            .making("pid-sd-jwt", move |pki, key| {
                let index = next_sd_jwt.fetch_add(1, Ordering::SeqCst);
                let place = StatusReference { uri: list(index), index };
                let unsigned = pid_builder(pki, key).claim("status", place.to_claim()).build().unwrap();
                unsigned.sign(&pki.eu_jwt_signer.key).into_bytes()
            })
            .making("pid-mdoc", move |pki, key| {
                let index = next_mdoc.fetch_add(1, Ordering::SeqCst);
                let place = StatusReference { uri: LIST.to_owned(), index };
                let signer = &pki.eu_document_signer;
                let builder = pid_mdoc_builder(key).status(place.to_mso());
                builder.sign(&signer.key, &[signer.certificate.der()]).unwrap()
            });
        receive(&wallet, &issuer.offer(&world)).unwrap();
        let sd_jwt = credential(&wallet, PID).id;
        let bank = Verifier::eu(&world);
        Self { world, wallet, bank, sd_jwt }
    }

    /// The issuer's list, with these values.
    fn list(values: &[(u64, u8)]) -> StatusListClaims {
        let mut list = StatusListBuilder::new(Bits::new(2).unwrap(), 200);
        assert!(values.iter().all(|(index, value)| list.set(*index, *value)));
        StatusListClaims { ttl: Some(TTL), ..list.claims(LIST, NOW) }
    }

    /// Publishes a list at its address.
    fn publish(&self, list: &StatusListClaims, signer: &Signer) {
        self.publish_bytes(&list.uri, list.jwt([signer.certificate.der()], &signer.key).into_bytes());
    }

    fn publish_bytes(&self, uri: &str, body: Vec<u8>) {
        let answer = HttpResponse { body, ..status(200) };
        self.world.network.on(uri, move |_| Ok(answer.clone()));
    }

    /// Publishes these values, by the issuer.
    fn says(&self, values: &[(u64, u8)]) {
        self.publish(&Self::list(values), &self.world.pki.eu_jwt_signer);
    }

    fn refresh(&self) -> StatusRefresh {
        block_on(self.wallet.refresh_statuses()).unwrap()
    }

    /// The same when the list's time is over.
    fn refresh_later(&self) -> StatusRefresh {
        self.world.clock.advance(u32::try_from(TTL).unwrap());
        self.refresh()
    }

    fn standing(&self, type_id: &str) -> Standing {
        credential(&self.wallet, type_id).status.standing
    }

    fn fetched(&self) -> usize {
        self.world.network.calls_to("https://issuer.example/status/").len()
    }

    fn family_name(&self) -> String {
        self.bank.request(&self.world, &Asked::family_name(), |_| ())
    }

    fn warnings(&self) -> Vec<Warning> {
        let request = open(&self.wallet, &self.family_name()).unwrap();
        request.warnings(&request.evaluation().least().unwrap()).unwrap()
    }
}

#[test]
fn eu_46_from_unknown_to_valid_in_one_fetch() {
    let scene = Listed::new();
    let unknown = CredentialStatus { standing: Standing::Unknown, checked_at: None, outdated: false };
    assert_eq!(credential(&scene.wallet, PID).status, unknown);
    assert_eq!(scene.warnings(), [Warning::StatusUnknown { credential: scene.sd_jwt }]);

    scene.says(&[]);
    let refresh = scene.refresh();
    assert_eq!((refresh.checked, refresh.changed.len(), refresh.failed.len()), (2, 2, 0));
    let calls = scene.world.network.calls_to(LIST);
    assert_eq!(calls.len(), 1, "six copies in two credentials, one list");
    let accept = calls[0].headers.iter().find(|header| header.name == "Accept").unwrap();
    assert_eq!(accept.value, "application/statuslist+jwt, application/statuslist+cwt;q=0.9");
    let valid = CredentialStatus { standing: Standing::Valid, checked_at: Some(NOW.0), outdated: false };
    assert_eq!(credential(&scene.wallet, PID).status, valid);
    assert_eq!(scene.standing(PID_MDOC), Standing::Valid);
    assert_eq!(scene.warnings(), []);

    // Nothing is due, so nothing is fetched; after its time it is, and nothing has changed.
    assert_eq!(scene.refresh(), StatusRefresh::default());
    assert_eq!(scene.fetched(), 1);
    let refresh = scene.refresh_later();
    assert_eq!((refresh.checked, refresh.changed.len(), scene.fetched()), (2, 0, 2));
}

#[test]
fn eu_46_a_list_as_cwt_by_another_signer_of_the_same_authority() {
    let scene = Listed::new();
    let signer = &scene.world.pki.eu_document_signer;
    let list = Listed::list(&[(1, 1)]);
    scene.publish_bytes(LIST, list.cwt(&[signer.certificate.der()], &signer.key));
    assert_eq!(scene.refresh().failed, []);
    assert_eq!(scene.standing(PID), Standing::Revoked);
    assert_eq!(scene.standing(PID_MDOC), Standing::Valid);
}

#[test]
fn what_is_revoked_is_offered_to_nobody() {
    let scene = Listed::new();
    scene.says(&[]);
    scene.refresh();

    scene.says(&[(2, 1)]);
    assert_eq!(scene.refresh_later().changed, [scene.sd_jwt]);
    assert_eq!(scene.standing(PID), Standing::Revoked, "one of its copies is");
    let after = open(&scene.wallet, &scene.family_name()).unwrap();
    assert!(!after.evaluation().is_satisfiable());
    let question = &after.details().unwrap().questions[0];
    assert!(question.candidates.is_empty());
    assert_eq!(question.lapsed[0].credential, scene.sd_jwt);
    assert_eq!(question.lapsed[0].reason, Lapse::Withdrawn);
    // The other credential is not touched by it.
    assert!(present(&scene.wallet, &scene.bank.request(&scene.world, &mdoc(), |_| ())).is_ok());
}

fn mdoc() -> Asked {
    Asked::pid_elements(&["family_name"])
}

/// Between the question and the yes.
#[test]
fn what_was_withdrawn_since_the_question_is_not_sent() {
    for (value, expected) in [(1, Code::CredentialRevoked), (2, Code::CredentialSuspended)] {
        let scene = Listed::new();
        let request = open(&scene.wallet, &scene.family_name()).unwrap();
        let consent = agree(&request).unwrap();
        scene.says(&[(0, value)]);
        scene.refresh();
        assert_eq!(code(block_on(request.send(consent, "Share"))), Some(expected));
        assert!(scene.bank.posts().is_empty());
        assert_eq!(credential(&scene.wallet, PID).fresh_copies, 3, "no copy was taken");
    }
}

#[test]
fn what_is_suspended_comes_back() {
    let scene = Listed::new();
    scene.says(&[(0, 2), (1, 2), (2, 2)]);
    assert_eq!(scene.refresh().changed.len(), 2);
    assert_eq!(scene.standing(PID), Standing::Suspended);
    assert_eq!(code(present(&scene.wallet, &scene.family_name())), Some(Code::NothingMatches));
    // Another process sees it so, too.
    scene.wallet.lock().unwrap();
    let reopened = scene.world.unlocked("vault.db");
    assert_eq!(credential(&reopened, PID).status.standing, Standing::Suspended);
    assert_eq!(code(present(&reopened, &scene.family_name())), Some(Code::NothingMatches));
    drop(reopened);

    let scene = Listed { wallet: scene.world.unlocked("vault.db"), ..scene };
    scene.says(&[]);
    assert_eq!(scene.refresh_later().changed, [scene.sd_jwt]);
    assert_eq!(scene.standing(PID), Standing::Valid);
    assert!(present(&scene.wallet, &scene.family_name()).is_ok());
}

#[test]
fn a_value_without_a_meaning_is_not_known_to_be_good() {
    let scene = Listed::new();
    scene.says(&[(0, 3)]);
    scene.refresh();
    let status = credential(&scene.wallet, PID).status;
    assert_eq!((status.standing, status.checked_at), (Standing::Unknown, Some(NOW.0)));
    assert_eq!(scene.warnings(), [Warning::StatusUnknown { credential: scene.sd_jwt }]);
}

/// The list tells its publisher that somebody asks: never because a verifier does.
#[test]
fn a_request_fetches_no_list() {
    let scene = Listed::new();
    scene.says(&[]);
    let request = open(&scene.wallet, &scene.family_name()).unwrap();
    block_on(request.send(agree(&request).unwrap(), "Share")).unwrap();
    assert_eq!(scene.fetched(), 0);
}

#[test]
fn a_list_that_cannot_be_had_changes_nothing_but_its_age() {
    let scene = Listed::new();
    let list = StatusListClaims { expires_at: Some(NOW.plus(TTL)), ..Listed::list(&[(0, 1)]) };
    scene.publish(&list, &scene.world.pki.eu_jwt_signer);
    scene.refresh();
    scene.world.network.on(LIST, |_| Ok(status(503)));
    let refresh = scene.refresh_later();
    assert_eq!((refresh.checked, refresh.failed.len()), (0, 2));
    assert!(refresh.failed.iter().all(|failure| failure.code == Code::HttpStatus));
    let status = credential(&scene.wallet, PID).status;
    let expected = CredentialStatus { standing: Standing::Revoked, checked_at: Some(NOW.0), outdated: true };
    assert_eq!(status, expected, "what was revoked stays so");
    let mdoc = credential(&scene.wallet, PID_MDOC);
    assert_eq!((mdoc.status.standing, mdoc.status.outdated), (Standing::Valid, true));
    let request = open(&scene.wallet, &scene.bank.request(&scene.world, &self::mdoc(), |_| ())).unwrap();
    let warnings = request.warnings(&request.evaluation().least().unwrap()).unwrap();
    assert_eq!(warnings, [Warning::StatusUnknown { credential: mdoc.id }], "it may have changed since");
}

/// Each list is wrong in one point.
#[test]
fn a_list_that_is_not_the_issuers_says_nothing() {
    let refused = |scene: &Listed| {
        let failed = scene.refresh().failed;
        assert_eq!(scene.standing(PID), Standing::Unknown);
        failed.iter().find(|failure| failure.credential == scene.sd_jwt).map(|failure| failure.code)
    };
    let scene = Listed::new();
    let pki = scene.world.pki.clone();
    assert_eq!(refused(&scene), Some(Code::NetworkUnreachable));
    scene.world.network.on(LIST, |_| Ok(status(302)));
    assert_eq!(refused(&scene), Some(Code::RedirectRefused));
    scene.publish_bytes(LIST, vec![b'e'; limits::STATUS_LIST_TOKEN + 1]);
    assert_eq!(refused(&scene), Some(Code::ResponseTooLarge));
    // Trusted for credentials, but of another authority.
    scene.publish(&Listed::list(&[]), &pki.ca_document_signer);
    assert_eq!(refused(&scene), Some(Code::StatusListNotTheIssuers));
    // Of the same side, but for asking.
    scene.publish(&Listed::list(&[]), &pki.eu_verifier);
    assert_eq!(refused(&scene), Some(Code::AnchorNotForThis));
    let forged = Signer { key: pki.eu_verifier.key.clone(), ..pki.eu_jwt_signer.clone() };
    scene.publish(&Listed::list(&[]), &forged);
    assert_eq!(refused(&scene), Some(Code::StatusListSignatureInvalid));
    let elsewhere = StatusListClaims { uri: format!("{LIST}2"), ..Listed::list(&[]) };
    let signer = &pki.eu_jwt_signer;
    let token = elsewhere.jwt([signer.certificate.der()], &signer.key);
    scene.publish_bytes(LIST, token.into_bytes());
    assert_eq!(refused(&scene), Some(Code::StatusListNotThisOne));
    let old = StatusListClaims { expires_at: Some(NOW.plus(-61)), ..Listed::list(&[]) };
    scene.publish(&old, signer);
    assert_eq!(refused(&scene), Some(Code::StatusListExpired));
    let short = StatusListBuilder::new(Bits::new(8).unwrap(), 2).claims(LIST, NOW);
    scene.publish(&short, signer);
    assert_eq!(refused(&scene), Some(Code::StatusIndexInvalid));
    scene.publish(&Listed::list(&[]), signer);
    assert_eq!(scene.refresh().failed, []);
}

#[test]
fn a_list_is_fetched_by_https_alone() {
    let scene = Listed::in_lists(|_| LIST.replace("https", "http"));
    scene.says(&[]);
    let failed = scene.refresh().failed;
    assert_eq!(failed.iter().map(|one| one.code).collect::<Vec<_>>(), [Code::NotHttps]);
    assert!(scene.world.network.calls_to("http://").is_empty());
}

/// A copy whose list is gone hides nothing that is said of another.
#[test]
fn each_copy_counts() {
    let scene = Listed::in_lists(|index| format!("https://issuer.example/status/{index}"));
    let list = |index: u64, values: &[(u64, u8)]| StatusListClaims {
        uri: format!("https://issuer.example/status/{index}"),
        ..Listed::list(values)
    };
    let signer = scene.world.pki.eu_jwt_signer.clone();
    scene.publish(&list(0, &[]), &signer);
    scene.publish(&list(2, &[]), &signer);
    let failed = scene.refresh().failed;
    assert!(failed.iter().any(|one| one.credential == scene.sd_jwt), "list 1 holds the mdoc's copies, too");
    scene.publish(&list(2, &[(2, 1)]), &signer);
    scene.refresh();
    assert_eq!(scene.standing(PID), Standing::Revoked);
}

/// A list may want to be read again long before it counts for nothing.
#[test]
fn a_list_that_is_due_still_counts() {
    let scene = Listed::new();
    scene.says(&[]);
    scene.refresh();
    scene.world.network.on(LIST, |_| Ok(status(503)));
    assert_eq!(scene.refresh_later().failed.len(), 2, "it was due");
    assert!(!credential(&scene.wallet, PID).status.outdated);
    assert_eq!(scene.warnings(), []);
    scene.world.clock.advance(12 * 3_600);
    assert!(credential(&scene.wallet, PID).status.outdated);
}

#[test]
fn a_clock_that_was_set_back_makes_no_list_fresh() {
    let scene = Listed::new();
    scene.world.clock.advance(1_000_000);
    scene.says(&[]);
    scene.refresh();
    scene.world.clock.set_back(1_000_000);
    assert!(credential(&scene.wallet, PID).status.outdated);
    scene.refresh();
    assert_eq!(scene.fetched(), 2);
}

#[test]
fn a_credential_that_names_no_list_asks_nobody() {
    let world = World::new();
    let wallet = world.stocked_wallet();
    let unlisted = CredentialStatus { standing: Standing::Unlisted, checked_at: None, outdated: false };
    assert_eq!(credential(&wallet, PID).status, unlisted);
    let calls = world.network.calls_to("https://").len();
    assert_eq!(block_on(wallet.refresh_statuses()).unwrap(), StatusRefresh::default());
    assert_eq!(world.network.calls_to("https://").len(), calls);
    wallet.lock().unwrap();
    assert_eq!(code(block_on(wallet.refresh_statuses())), Some(Code::Locked));
}

/// A credential whose place cannot be read is not kept: nobody could ever tell whether it counts.
#[test]
fn a_place_that_is_none_refuses_the_credential() {
    let world = World::new();
    let wallet = world.empty_wallet();
    let issuer = Issuer::eu().making("pid-sd-jwt", |pki, key| {
        let status = json!({ "status_list": { "idx": "1", "uri": LIST } });
        let unsigned = pid_builder(pki, key).claim("status", status).build().unwrap();
        unsigned.sign(&pki.eu_jwt_signer.key).into_bytes()
    });
    assert_eq!(code(receive(&wallet, &issuer.offer(&world))), Some(Code::StatusReferenceMalformed));
    assert!(block_on(wallet.credentials()).unwrap().entries.is_empty());
}

/// Whoever watches the wallet hears of it.
#[test]
fn a_refresh_is_told_when_it_read_something() {
    struct Heard(AtomicU64);
    impl WalletEvents for Heard {
        fn happened(&self, event: WalletEvent) -> Result<(), PortError> {
            self.0.fetch_add(u64::from(event == WalletEvent::CredentialsChanged), Ordering::SeqCst);
            Ok(())
        }
    }
    let mut scene = Listed::new();
    scene.wallet.lock().unwrap();
    let heard = Arc::new(Heard(AtomicU64::new(0)));
    let mut settings = scene.world.settings("vault.db");
    settings.ports.events = Some(heard.clone());
    scene.wallet = block_on(Wallet::open(settings)).unwrap();
    let passphrase = Unlock::Passphrase(passphrase());
    block_on(scene.wallet.unlock(passphrase, "Unlock")).unwrap();
    let before = heard.0.load(Ordering::SeqCst);
    scene.refresh();
    assert_eq!(heard.0.load(Ordering::SeqCst), before, "the list could not be had");
    scene.says(&[]);
    scene.refresh();
    assert_eq!(heard.0.load(Ordering::SeqCst), before + 1);
}
