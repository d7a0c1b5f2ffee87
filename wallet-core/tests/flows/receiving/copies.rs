//! All copies of one credential say the same and each has a key of its own (EU-54, EU-56; ARF ISSU_11a).

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::json;
use wallet_core::crypto::p256::PublicKey;
use wallet_core::issue::certificate::{Subject, Template};
use wallet_core::issue::sd_jwt::Builder;
use wallet_core::time::UnixTime;
use wallet_core::{Code, limits};

use super::Counter;
use crate::world::{Issuer, NOW, Pki, Signer, World, eu_pid, eu_pid_mdoc, pid_builder, receive, year};

/// An issuer who makes the second of three copies differently.
fn second(make: impl Fn(&Pki, &PublicKey, Builder) -> String + Send + Sync + 'static) -> Issuer {
    let made = AtomicUsize::new(0);
    Issuer::eu().making("pid-sd-jwt", move |pki, key| {
        let text = match made.fetch_add(1, Ordering::SeqCst) % 3 {
            1 => make(pki, key, pid_builder(pki, key)),
            _ => eu_pid(pki, key),
        };
        text.into_bytes()
    })
}

fn signed(pki: &Pki, builder: &Builder) -> String {
    builder.build().unwrap().sign(&pki.eu_jwt_signer.key)
}

#[test]
fn say_the_same() {
    let counter = Counter::new();
    let other_signer = || {
        let mut template = Template::issuer_signer(Subject::new("Test PID Provider").country("FR"), year());
        template.dns_names = vec!["issuer.example".into()];
        Signer::issued_by(&Pki::new().eu_issuers, &template)
    };
    let stranger = other_signer();
    for (what, wrong) in [
        (
            "another name",
            second(|pki, _, pid| {
                signed(pki, &pid.claim("family_name", json!("Martin")).disclose_everything())
            }),
        ),
        (
            "a claim more",
            second(|pki, _, pid| {
                signed(pki, &pid.claim("email", json!("e@example.org")).disclose_everything())
            }),
        ),
        ("a day less", second(|pki, _, pid| signed(pki, &pid.until(UnixTime(NOW.0 + 13 * 86_400))))),
        (
            "another signer",
            second(move |_, _, pid| {
                let pid = pid.chain([stranger.certificate.der()]);
                pid.build().unwrap().sign(&stranger.key)
            }),
        ),
    ] {
        counter.refuses(what, Code::CopiesDiffer, &wrong);
    }
    // What must differ from copy to copy: salts, keys, the place in a status list, the moment.
    let fine = second(|pki, _, pid| {
        let status = json!({ "status_list": { "idx": 7, "uri": "https://issuer.example/status/1" } });
        signed(pki, &pid.claim("status", status).issued_at(UnixTime(NOW.0 - 3_601)).decoys(5))
    });
    counter.accepts("twin of all", &fine);
    let mdoc = Issuer::eu().making("pid-mdoc", {
        let made = AtomicUsize::new(0);
        move |pki, key| match made.fetch_add(1, Ordering::SeqCst) % 3 {
            1 => {
                let other = crate::world::pid_mdoc_builder(key).element(
                    "eu.europa.ec.eudi.pid.1",
                    "sex",
                    wallet_core::issue::mdoc::ElementValue::Int(2),
                );
                let Signer { certificate, key } = &pki.eu_document_signer;
                other.sign(key, &[certificate.der()]).unwrap()
            }
            _ => eu_pid_mdoc(pki, key),
        }
    });
    counter.refuses("an element more", Code::CopiesDiffer, &mdoc);
}

/// However many the issuer would give: each copy is a key, and keys in hardware are few.
#[test]
fn are_no_more_than_wanted() {
    let world = World::new();
    let wallet = world.empty_wallet();
    for (offered, expected) in
        [(limits::COPIES_WANTED - 1, limits::COPIES_WANTED - 1), (1_000_000, limits::COPIES_WANTED)]
    {
        let issuer = Issuer::eu().changing("metadata", move |reply| {
            reply.json["batch_credential_issuance"]["batch_size"] = json!(offered);
        });
        receive(&wallet, &issuer.offer(&world)).unwrap();
        let proofs: Vec<usize> = issuer.proofs.lock().unwrap().iter().map(Vec::len).collect();
        assert_eq!(proofs, [expected; 2], "{offered} offered");
    }
}

#[test]
fn have_a_key_each() {
    let counter = Counter::new();
    let first: Mutex<Option<PublicKey>> = Mutex::default();
    let one_key = Issuer::eu().making("pid-sd-jwt", move |pki, key| {
        let key = first.lock().unwrap().get_or_insert_with(|| key.clone()).clone();
        eu_pid(pki, &key).into_bytes()
    });
    counter.refuses_but("one key for all", Code::KeyNotOurs, &one_key, &Issuer::eu());

    // A key of the other format's credential is ours, and yet not for this one: it would tie the two together.
    let others: std::sync::Arc<Mutex<Vec<PublicKey>>> = std::sync::Arc::default();
    let (keep, take) = (others.clone(), others);
    let crossed = Issuer::eu()
        .making("pid-sd-jwt", move |pki, key| {
            keep.lock().unwrap().push(key.clone());
            eu_pid(pki, key).into_bytes()
        })
        .making("pid-mdoc", move |pki, _| eu_pid_mdoc(pki, &take.lock().unwrap().pop().unwrap()));
    counter.refuses("keys of the other format", Code::KeyNotOurs, &crossed);
}
