//! Saying no is as easy as saying yes, looks the same whatever the reason, and is told only to whom the wallet knows.

use serde_json::{Value, json};
use wallet_core::Unlock;
use wallet_core::crypto::p256::SecretKey;
use wallet_core::present::Source;
use wallet_core::{Code, HistoryEvent, Outcome};

use super::Scene;
use crate::world::{
    Asked, Jar, STATE, World, block_on, code, history, json_response, open, passphrase, present,
};

#[test]
fn access_denied_and_state_and_nothing_else() {
    let scene = Scene::new();
    let asked = Asked::family_name();
    let fields = |change: fn(&mut Jar)| {
        let link = scene.bank.request(&scene.world, &asked, change);
        let receipt = block_on(open(&scene.wallet, &link).unwrap().decline()).unwrap();
        assert_eq!((receipt.http_status, receipt.shared.len()), (200, 0));
        let mut fields: Vec<_> = scene.bank.posts().pop().unwrap().into_iter().collect();
        fields.sort();
        fields
    };
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(fields(|_| ()), [pair("error", "access_denied"), pair("state", STATE)]);
    assert_eq!(fields(|jar| jar.without("state")), [pair("error", "access_denied")]);
    let empty = fields(|jar| jar.set("state", ""));
    assert_eq!(empty, [pair("error", "access_denied"), pair("state", "")]);

    // To response_uri as it is, query included.
    let posted = scene.world.network.calls_to(&scene.bank.response_uri());
    assert_eq!(posted.len(), 3);
    let logged = history(&scene.wallet).entries.pop().unwrap();
    assert_eq!(logged.outcome, Some(Outcome::Sent { status: 200 }));
    let HistoryEvent::Declined { verifier, asked, .. } = logged.entry.event else { panic!("no decline") };
    assert_eq!(
        (verifier.name.as_str(), asked[0].claims.as_slice()),
        ("Example Bank", &["family_name".to_owned()][..])
    );
}

/// "Has none" and "will not" are the same message, and the first is not told before the citizen acted (5.10, 15.4).
#[test]
fn nothing_that_fits_looks_like_a_no() {
    let scene = Scene::new();
    let nothing = |jar: &mut Jar| {
        jar.payload["dcql_query"]["credentials"][0]["claims"] =
            json!([{ "path": ["family_name"], "values": ["Martin"] }]);
    };
    let will_not = scene.bank.request(&scene.world, &Asked::family_name(), |_| ());
    let has_none = scene.bank.request(&scene.world, &Asked::family_name(), nothing);
    let request = open(&scene.wallet, &has_none).unwrap();
    assert!(!request.evaluation().is_satisfiable());
    assert_eq!(code(request.evaluation().least()), Some(Code::NothingMatches));
    assert!(scene.bank.posts().is_empty());
    block_on(request.decline()).unwrap();
    block_on(open(&scene.wallet, &will_not).unwrap().decline()).unwrap();
    let calls = scene.world.network.calls_to(&scene.bank.response_uri());
    assert!(calls[0] == calls[1], "method, address, header fields and body");
}

/// An authenticated verifier hears what is wrong with its request, once the citizen declines it.
#[test]
fn a_known_verifier_hears_what_is_wrong() {
    let scene = Scene::new();
    for (expected, error, wrong) in [
        (
            Code::TransactionDataUnsupported,
            "invalid_transaction_data",
            (|jar| jar.set("transaction_data", json!(["e30"]))) as fn(&mut Jar),
        ),
        (Code::VpFormatsNotSupported, "vp_formats_not_supported", |jar| {
            jar.payload["client_metadata"]["vp_formats_supported"] = json!({});
        }),
        (Code::NonceMissing, "invalid_request", |jar| jar.without("nonce")),
        (Code::DcqlInvalid, "invalid_request", |jar| jar.set("dcql_query", json!({}))),
        (Code::RequestExpired, "invalid_request_object", |jar| jar.set("exp", 1)),
        (Code::ResponseTypeUnsupported, "unsupported_response_type", |jar| jar.set("response_type", "code")),
    ] {
        let posts = scene.bank.posts().len();
        let link = scene.bank.request(&scene.world, &Asked::family_name(), wrong);
        assert_eq!(code(open(&scene.wallet, &link)), Some(expected));
        assert_eq!(scene.bank.posts().len(), posts, "not before the citizen acted");
        block_on(scene.wallet.decline(&link, Source::Link)).unwrap();
        let mut fields: Vec<_> = scene.bank.posts().pop().unwrap().into_iter().collect();
        fields.sort();
        assert_eq!(fields, [("error".into(), error.into()), ("state".into(), STATE.to_owned())]);

        let last = history(&scene.wallet).entries.split_off(history(&scene.wallet).entries.len() - 2);
        let code_of = |event: &HistoryEvent| match event {
            HistoryEvent::Refused { code, .. } => Some(*code),
            _ => None,
        };
        assert_eq!(code_of(&last[0].entry.event), Some(expected as u16));
        assert!(matches!(last[1].entry.event, HistoryEvent::Declined { .. }));
        assert_eq!(last[1].outcome, Some(Outcome::Sent { status: 200 }));
        // Told once.
        let again = block_on(scene.wallet.decline(&link, Source::Link));
        assert_eq!((code(again), scene.bank.posts().len()), (Some(Code::HttpStatus), posts + 1));
    }
    assert_eq!(scene.fetched(), 6 + 6, "each once, and once again after it was over");
}

/// Nothing goes to an address that the verifier's signature and certificate do not stand for.
#[test]
fn an_unknown_one_hears_nothing() {
    let scene = Scene::new();
    for (expected, wrong) in [
        (
            Code::RequestSignatureInvalid,
            (|jar| jar.signer.key = SecretKey::random().unwrap().into()) as fn(&mut Jar),
        ),
        (Code::RequestTypInvalid, |jar| _ = jar.header.insert("typ".into(), json!("JWT"))),
        (Code::ClientIdMismatch, |jar| jar.outer_client_id.push('A')),
        (Code::ClientIdNotBound, |jar| jar.client_id("x509_hash:abc")),
        (Code::ResponseUriNotBound, |jar| {
            jar.client_id("x509_san_dns:verifier.example");
            jar.set("response_uri", "https://evil.example/response");
        }),
    ] {
        let before = history(&scene.wallet);
        let link = scene.bank.request(&scene.world, &Asked::family_name(), wrong);
        let declined = block_on(scene.wallet.decline(&link, Source::Link));
        assert_eq!(code(declined), Some(expected));
        let after = history(&scene.wallet);
        assert_eq!(after.entries, before.entries);
        assert_eq!(after.unauthenticated_refusals.len(), before.unauthenticated_refusals.len() + 1);
    }
    // A known one whose address cannot be used hears nothing either.
    for response_uri in [Value::Null, json!("http://verifier.example/response"), json!("nowhere")] {
        let link = scene.bank.request(&scene.world, &Asked::family_name(), |jar| {
            jar.set("response_uri", response_uri.clone());
        });
        assert!(block_on(scene.wallet.decline(&link, Source::Link)).is_err(), "{response_uri}");
    }
    assert!(scene.bank.posts().is_empty());
    assert!(scene.world.network.calls_to("http://").is_empty());
    assert!(scene.world.network.calls_to("https://evil.example").is_empty());
}

/// After a link on this device the browser may go on; after a scan it would open another person's session.
#[test]
fn redirect_uri_is_for_links_only() {
    let scene = Scene::new();
    scene.bank.answers(Ok(json_response(&json!({ "redirect_uri": "https://verifier.example/done" }))));
    for (source, expected) in
        [(Source::Link, Some("https://verifier.example/done")), (Source::Scan, None), (Source::Paste, None)]
    {
        let request = |change: fn(&mut Jar)| scene.bank.request(&scene.world, &Asked::family_name(), change);
        for link in [request(|_| ()), request(|jar| jar.without("nonce"))] {
            let receipt = block_on(scene.wallet.decline(&link, source)).unwrap();
            assert_eq!(receipt.redirect_uri.as_deref(), expected, "{source:?}");
        }
        let opened = block_on(scene.wallet.open_link(&request(|_| ()), source)).unwrap();
        let wallet_core::wallet::Incoming::Request { request } = opened else { panic!("not a request") };
        let receipt = block_on(request.send(crate::world::agree(&request).unwrap(), "Share")).unwrap();
        assert_eq!(receipt.redirect_uri.as_deref(), expected, "{source:?}");
    }
}

/// Unknown senders cannot flood the history: a hundred refusals, the rest as a count.
#[test]
fn refusals_of_unknown_senders_are_counted() {
    let world = World::new();
    let wallet = world.stocked_wallet();
    let link = "openid4vp://?client_id=a&client_id=b&request_uri=https%3A%2F%2Fverifier.example";
    for _ in 0..103 {
        assert_eq!(code(open(&wallet, link)), Some(Code::LinkNotUnderstood));
        world.clock.advance(1);
    }
    let history = history(&wallet);
    assert_eq!((history.unauthenticated_refusals.len(), history.older_refusals), (100, 3));
    let times: Vec<i64> = history.unauthenticated_refusals.iter().map(|refusal| refusal.at).collect();
    assert!(times.is_sorted());
    assert_eq!(history.entries.len(), 2, "the two issuances");
}

/// A wallet that was locked in the meantime posts nothing, since it could not write it down.
#[test]
fn not_while_locked() {
    let scene = Scene::new();
    let link = scene.bank.request(&scene.world, &Asked::family_name(), |_| ());
    let request = open(&scene.wallet, &link).unwrap();
    scene.wallet.lock().unwrap();
    assert_eq!(code(block_on(request.decline())), Some(Code::Locked));
    assert!(scene.bank.posts().is_empty());
    block_on(scene.wallet.unlock(Unlock::Passphrase(passphrase()), "Unlock")).unwrap();
    block_on(request.decline()).unwrap();
    assert_eq!(scene.bank.posts().len(), 1);
    assert_eq!(code(present(&scene.wallet, &link)), Some(Code::HttpStatus));
}
