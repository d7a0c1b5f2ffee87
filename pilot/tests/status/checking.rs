//! What the verifier makes of the status of what is presented.

use pilot::issuer::Status;
use pilot::pki::Pki;
use pilot::verifier::{RequestOptions, Verdict, Verifier, VerifierOptions};
use serde_json::{Value, json};
use wallet_core::trust::Side;

use super::common::Folder;
use super::common::http::Http;
use super::common::presenter::{Conversation, Held, Pocket, at, pid_placed_at, pid_saying};

struct World {
    _folder: Folder,
    pki: Pki,
    http: Http,
    eu: Verifier,
    ca: Verifier,
}

impl World {
    async fn new() -> Self {
        let folder = Folder::new();
        let pki = folder.pki();
        let eu = Verifier::start(VerifierOptions::new(Side::Eu, pki.clone())).await.unwrap();
        let ca = Verifier::start(VerifierOptions::new(Side::Ca, pki.clone())).await.unwrap();
        Self { http: Http::new(&pki), _folder: folder, pki, eu, ca }
    }

    /// Presents names and nationalities of a PID, or an age of a licence, and gives the verdict.
    async fn verdict(&self, held: &Held) -> Value {
        let (verifier, id, places) = match held {
            Held::SdJwt(..) => (&self.eu, "pid", vec![at(["family_name"]), at(["nationalities"])]),
            Held::Mdoc(..) => (&self.ca, "mdl", vec![at(["org.iso.18013.5.1", "age_over_19"])]),
        };
        let request = verifier.request(RequestOptions::default()).unwrap();
        let conversation = Conversation::open(&self.http, &request.uri).await;
        let vp_token = json!({ id: [conversation.present(held, &places)] });
        let answer = conversation.answer(&self.http, &vp_token).await;
        let verdict: &Verdict = &verifier.result(&request.id).await.unwrap();
        assert_eq!(answer.status(), if verdict.verified { 200 } else { 400 });
        serde_json::to_value(verdict).unwrap()
    }

    /// Presents it, and expects this code and, in the words for a developer, this.
    async fn refused(&self, held: &Held, code: &str, why: &str) {
        let verdict = self.verdict(held).await;
        assert_eq!((&verdict["verified"], &verdict["credentials"]), (&json!(false), &json!([])));
        assert_eq!(verdict["error"]["code"], code, "{verdict}");
        assert!(verdict["error"]["message"].as_str().unwrap().contains(why), "{verdict}");
    }
}

/// EU-46
#[tokio::test(flavor = "multi_thread")]
async fn what_counts_is_accepted_and_what_was_withdrawn_is_not() {
    for (status, code) in
        [(Status::Valid, None), (Status::Suspended, Some("WC-3205")), (Status::Revoked, Some("WC-3204"))]
    {
        // A verifier for each: a list that was read is relied on for a minute.
        let world = World::new().await;
        let pocket = Pocket::fill(&world.pki, &world.http).await;
        for issuer in [&pocket.eu, &pocket.ca] {
            issuer.set_status(None, status).unwrap();
        }
        for held in [&pocket.pid_sd_jwt, &pocket.mdl] {
            match code {
                None => assert_eq!(world.verdict(held).await["verified"], true),
                Some(code) => world.refused(held, code, "").await,
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_was_read_is_relied_on_for_as_long_as_it_says() {
    let world = World::new().await;
    let pocket = Pocket::fill(&world.pki, &world.http).await;
    assert_eq!(world.verdict(&pocket.mdl).await["verified"], true);
    pocket.ca.stop().await;
    assert_eq!(world.verdict(&pocket.mdl).await["verified"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_cannot_be_had_is_no_yes() {
    let world = World::new().await;
    let pocket = Pocket::fill(&world.pki, &world.http).await;
    let place = pocket.pid_sd_jwt.place();
    let nowhere = pid_placed_at(&world.pki, &place.uri.replace("sd-jwt", "nowhere"), place.index);
    world.refused(&nowhere, "WC-3206", "404").await;
    let beyond = pid_placed_at(&world.pki, &place.uri, 1 << 40);
    world.refused(&beyond, "WC-3206", "WC-5038").await;
    let plain = pid_placed_at(&world.pki, &place.uri.replace("https:", "http:"), place.index);
    world.refused(&plain, "WC-3206", "WC-").await;
    pocket.ca.stop().await;
    world.refused(&pocket.mdl, "WC-3206", "WC-").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_a_list_is_fetched_nobody_gets_a_second_try() {
    let world = World::new().await;
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let uri = format!("https://{}/status", silent.local_addr().unwrap());
    let request = world.eu.request(RequestOptions::default()).unwrap();
    let conversation = Conversation::open(&world.http, &request.uri).await;
    let token = |held: &Held| json!({ "pid": [conversation.present(held, &[at(["family_name"]), at(["nationalities"])])] });
    let claims = json!({ "family_name": "Vandermeer", "nationalities": ["BE"] });
    let (waits, good) = (token(&pid_placed_at(&world.pki, &uri, 0)), token(&pid_saying(&world.pki, &claims)));
    let (first, second) = tokio::join!(conversation.answer(&world.http, &waits), async {
        let _asked = silent.accept().await.unwrap();
        conversation.answer(&world.http, &good).await
    });
    assert_eq!(second.json()["error_description"], "the request was answered");
    assert_eq!((first.status(), second.status()), (400, 400));
    let verdict = world.eu.result(&request.id).await.unwrap();
    assert_eq!(verdict.error.as_ref().unwrap().code, "WC-3206");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_another_issuer_says_nothing() {
    let world = World::new().await;
    let pocket = Pocket::fill(&world.pki, &world.http).await;
    let theirs = pocket.person.place();
    let held = pid_placed_at(&world.pki, &theirs.uri, theirs.index);
    world.refused(&held, "WC-3206", "WC-5039").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_credential_that_names_no_list_counts_as_long_as_it_is_valid() {
    let world = World::new().await;
    let claims = json!({ "family_name": "Vandermeer", "nationalities": ["BE"] });
    assert_eq!(world.verdict(&pid_saying(&world.pki, &claims)).await["verified"], true);
}
