//! Which profile a request is held to (contract 7): the lists that anchor its chain decide, EU before Canada, and
//! leniencies never mix.

use serde_json::json;
use wallet_core::Unlock;
use wallet_core::present::Warning;
use wallet_core::trust::{ListName, Side};
use wallet_core::{Code, Development, HistoryEvent, Settings, Verification, Wallet};

use super::Counter;
use crate::world::{Asked, Jar, Verifier, World, agree, block_on, code, history, open, passphrase};

/// The EU's authority for verifiers stands on Canada's list as well.
fn on_both_lists() -> Counter {
    let counter = Counter::eu();
    let pem = counter.world.pki.list(ListName::EuVerifiers);
    assert_eq!(block_on(counter.wallet.add_trust_anchors(ListName::CaVerifiers, &pem, "treaty")).unwrap(), 1);
    counter
}

#[test]
fn on_both_lists_the_eu_comes_first() {
    let counter = on_both_lists();
    let profile = |change: fn(&mut Jar)| {
        let link = counter.verifier.request(&counter.world, &counter.asked, change);
        open(&counter.wallet, &link).map(|request| (request.profile(), request.verifier().clone()))
    };
    let (side, verifier) = profile(|_| ()).unwrap();
    assert_eq!(side, Some(Side::Eu));
    let list = |side, source: &str| Verification::TrustList { side, source: source.to_owned() };
    assert_eq!(verifier.verification, list(Side::Eu, "test list"));

    // What only Canada forgives makes it a request under Canada's profile, and consent and history say so.
    for lenient in [
        (|jar| jar.set("response_mode", "direct_post")) as fn(&mut Jar),
        |jar| jar.set("aud", jar.request_uri.clone()),
        |jar| jar.by_value = true,
    ] {
        let (side, verifier) = profile(lenient).unwrap();
        assert_eq!(side, Some(Side::Ca));
        assert_eq!(verifier.verification, list(Side::Ca, "treaty"));
    }

    // What nobody forgives is refused under both.
    counter.refuses("no nonce", Code::NonceMissing, |jar| jar.without("nonce"));
    counter.refuses("lenient and no nonce", Code::NonceMissing, |jar| {
        jar.set("response_mode", "direct_post");
        jar.without("nonce");
    });
}

/// Each leniency of Canada's profile, asked for by a verifier that only the EU lists.
#[test]
fn the_eu_forgives_nothing_that_only_canada_does() {
    let counter = Counter::eu();
    let both = on_both_lists();
    for (what, code, lenient) in [
        (
            "direct_post",
            Code::ResponseModeUnsupported,
            (|jar| jar.set("response_mode", "direct_post")) as fn(&mut Jar),
        ),
        ("aud", Code::RequestAudienceInvalid, |jar| jar.set("aud", jar.request_uri.clone())),
        ("by value", Code::RequestByValueRefused, |jar| jar.by_value = true),
        ("draft names", Code::EncryptionKeyUnusable, |jar| {
            jar.jwk()["alg"] = json!("ES256");
            jar.jwk().as_object_mut().unwrap().remove("alg");
            jar.payload["client_metadata"]["authorization_encrypted_response_alg"] = json!("ECDH-ES");
        }),
    ] {
        counter.refuses(what, code, lenient);
        both.accepts(what, lenient);
    }
}

#[test]
fn canada_takes_what_the_eu_would() {
    let counter = Counter::with(Verifier::ca, Asked::family_name());
    let link = counter.verifier.request(&counter.world, &counter.asked, |_| ());
    let request = open(&counter.wallet, &link).unwrap();
    assert_eq!((request.profile(), request.is_encrypted()), (Some(Side::Ca), true));
}

#[test]
fn without_the_list_there_is_no_profile() {
    let world = World::new();
    let wallet = block_on(Wallet::create(world.settings("vault.db"), passphrase())).unwrap();
    let pem = world.pki.list(ListName::CaVerifiers);
    block_on(wallet.add_trust_anchors(ListName::CaVerifiers, &pem, "test list")).unwrap();
    let eu = Verifier::eu(&world).request(&world, &Asked::family_name(), |_| ());
    assert_eq!(code(open(&wallet, &eu)), Some(Code::AnchorUnknown));
    let ca = Verifier::ca(&world).request(&world, &Asked::age(), |_| ());
    assert_eq!(open(&wallet, &ca).unwrap().profile(), Some(Side::Ca));
}

/// A verifier that nobody vouches for is refused unless a development switch is set; then the citizen is warned.
#[test]
fn unverified_verifiers_need_the_switch() {
    let counter = Counter::eu();
    let response_uri = counter.verifier.response_uri();
    let unsigned = |client_id: &str| {
        let mut link = url::Url::parse("openid4vp://").unwrap();
        link.query_pairs_mut()
            .append_pair("client_id", client_id)
            .append_pair("response_type", "vp_token")
            .append_pair("response_mode", "direct_post")
            .append_pair("response_uri", &response_uri)
            .append_pair("nonce", "n")
            .append_pair("dcql_query", &counter.asked.dcql.to_string());
        String::from(link)
    };
    let named = unsigned(&format!("redirect_uri:{response_uri}"));
    let elsewhere = unsigned("redirect_uri:https://evil.example/response");
    let signed_prefix = unsigned("x509_hash:abc");
    assert_eq!(code(open(&counter.wallet, &named)), Some(Code::VerifierUnverified));
    assert_eq!(code(open(&counter.wallet, &signed_prefix)), Some(Code::RequestSignatureInvalid));
    assert_eq!(history(&counter.wallet).unauthenticated_refusals.len(), 2);

    let development = Development { unverified_verifiers: true, ..Development::default() };
    let settings = Settings { development, ..counter.world.settings("vault.db") };
    let wallet = block_on(Wallet::open(settings)).unwrap();
    block_on(wallet.unlock(Unlock::Passphrase(passphrase()), "Unlock")).unwrap();
    assert_eq!(code(open(&wallet, &signed_prefix)), Some(Code::RequestSignatureInvalid));
    assert_eq!(code(open(&wallet, &elsewhere)), Some(Code::ResponseUriNotBound));

    let request = open(&wallet, &named).unwrap();
    let choice = request.evaluation().least().unwrap();
    let warnings = request.warnings(&choice).unwrap();
    assert_eq!(warnings, [Warning::VerifierUnverified, Warning::NotEncrypted]);
    assert_eq!((request.profile(), request.verifier().name.as_str()), (None, ""));
    assert_eq!(code(request.consent(choice, &["not-encrypted".into()])), Some(Code::WarningNotAcknowledged));
    block_on(request.send(agree(&request).unwrap(), "Share")).unwrap();
    match &history(&wallet).entries.last().unwrap().entry.event {
        HistoryEvent::Sending { verifier, encrypted, .. } => {
            assert_eq!((&verifier.verification, *encrypted), (&Verification::Unverified, false));
        }
        other => panic!("{other:?}"),
    }
}
