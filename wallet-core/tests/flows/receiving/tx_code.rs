//! The transaction code (OpenID4VCI 1.0 4.1.1, 6.3): what cannot be right is not sent, what is wrong may be typed again.

use serde_json::json;
use wallet_core::Code;

use super::{Counter, not_received};
use crate::world::{Issuer, PRE_AUTHORIZED, block_on, code, history};

#[test]
fn what_cannot_be_right_is_not_sent() {
    let counter = Counter::new();
    let issuer = Issuer::eu();
    let offer = counter.open(&issuer).unwrap();
    let (before, calls) = (history(&counter.wallet), counter.calls(&issuer, "/"));
    for tx_code in [None, Some(""), Some("   "), Some("123"), Some("12345"), Some("12a4"), Some("１２３４")]
    {
        let received = block_on(offer.accept(tx_code.map(str::to_owned), "Receive"));
        assert_eq!(code(received), Some(Code::TxCodeNeeded), "{tx_code:?}");
    }
    counter.nothing_is_left("codes");
    assert_eq!(history(&counter.wallet), before);
    assert_eq!(counter.calls(&issuer, "/"), calls);
    assert_eq!(code(block_on(offer.accept(Some(" 1234 ".to_owned()), "Receive"))), None);
}

#[test]
fn what_is_wrong_may_be_typed_again() {
    let counter = Counter::new();
    let issuer = Issuer::eu();
    let offer = counter.open(&issuer).unwrap();
    for wrong in ["9999", "0000"] {
        let error = block_on(offer.accept(Some(wrong.to_owned()), "Receive")).err().unwrap().into_fault();
        assert_eq!((error.code, error.http_status), (Code::GrantRefused, Some(400)));
        counter.nothing_is_left(wrong);
        let last = history(&counter.wallet).entries.pop().unwrap().entry.event;
        assert_eq!(last, not_received(&issuer, Some(Code::GrantRefused)));
    }
    let preview = block_on(offer.accept(Some("1234".to_owned()), "Receive")).unwrap();
    block_on(preview.discard()).unwrap();
    assert_eq!(code(block_on(offer.accept(Some("1234".to_owned()), "Receive"))), Some(Code::AlreadyUsed));
}

#[test]
fn the_offer_says_what_it_looks_like() {
    let counter = Counter::new();
    let offering = |tx_code: serde_json::Value| {
        let issuer = Issuer::eu().changing("offer", move |reply| {
            reply.json["grants"][PRE_AUTHORIZED]["tx_code"] = tx_code.clone();
        });
        counter.open(&issuer).unwrap()
    };
    let answer = |offer: &wallet_core::receive::Offer, typed| {
        code(block_on(offer.accept(Some(String::from(typed)), "Receive")))
    };
    let letters = offering(json!({ "input_mode": "text" }));
    assert_eq!(answer(&letters, "été"), Some(Code::GrantRefused));
    let digits = offering(json!({}));
    assert_eq!(answer(&digits, "été"), Some(Code::TxCodeNeeded));
    assert_eq!(answer(&digits, "1234"), None);
}

/// A code that nobody asked for is not sent.
#[test]
fn no_code_where_none_is_asked_for() {
    let counter = Counter::new();
    let issuer = Issuer::eu().changing("offer", |reply| {
        reply.json["grants"][PRE_AUTHORIZED].as_object_mut().unwrap().remove("tx_code");
    });
    let offer = counter.open(&issuer).unwrap();
    assert_eq!(offer.details().unwrap().tx_code, None);
    assert_eq!(code(block_on(offer.accept(Some("1234".to_owned()), "Receive"))), Some(Code::GrantRefused));
    let posted = counter.world.network.calls_to("https://issuer.example/token").pop().unwrap();
    assert!(!String::from_utf8(posted.body).unwrap().contains("1234"));
}
