//! Links, and whatever lies behind them.
//!
//! The input is a link in the first line, and after it what every address answers.

use std::sync::Arc;

use wallet_core::present::Source;
use wallet_core::wallet::Incoming;

use super::request;
use crate::fixture::wallet::{OFFER_ANSWERS, WORLD, block_on, offer, offer_link, ok};
use crate::vectors::Vectors;

/// Opening a link sends nothing but what fetches it, and leads to a request only of a verifier that is known.
pub fn run(data: &[u8]) {
    let place = data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len());
    let (link, body) = data.split_at(place);
    let Ok(link) = std::str::from_utf8(link) else { return };
    let body: Arc<[u8]> = body.get(1..).unwrap_or_default().into();
    WORLD.network.connect(Box::new(move |_| Ok(ok(body.to_vec()))));
    let opened = block_on(WORLD.wallet.open_link(link, Source::Scan));
    let calls = WORLD.network.calls();
    match &opened {
        Ok(Incoming::Request { request }) => {
            assert!(calls.len() <= 1);
            assert!(["Bank", "Liquor Store"].contains(&request.verifier().name.as_str()));
            drop(request.evaluation().least().map(|choice| request.warnings(&choice).unwrap()));
        }
        Ok(Incoming::Offer { offer }) => {
            assert!(calls.len() <= 2 && calls.iter().all(|call| call.body.is_empty()));
            let details = offer.details().unwrap();
            assert!(details.issuer.starts_with("https:"));
            let names = details.credentials.iter().flat_map(|one| &one.names);
            for name in details.issuer_names.iter().chain(names) {
                assert!(name.text.chars().count() <= 100 && !name.text.chars().any(char::is_control));
            }
        }
        Ok(Incoming::Preview { .. }) => panic!("nothing was received"),
        Err(_) => assert!(calls.len() <= 2),
    }
    if !calls.is_empty() || opened.is_ok() || link.len() > 3 {
        WORLD.clear();
    }
}

/// Links of every kind, and what may lie behind them.
#[must_use]
pub fn seeds(vectors: &Vectors) -> Vec<Vec<u8>> {
    let by_reference = "openid4vp://?client_id=x509_san_dns%3Averifier.example&request_uri=https%3A%2F%2Fverifier.example%2Fr";
    let mut seeds = vec![
        offer_link(&offer().to_string()) + "\n" + &OFFER_ANSWERS.metadata,
        format!("openid-credential-offer://?credential_offer_uri=https%3A%2F%2Fissuer.example%2Fo\n{}", offer()),
        format!("{by_reference}&request_uri_method=post\neyJ.e30.AA"),
        "openid4vp://?response_type=vp_token&client_id=redirect_uri%3Ahttps%3A%2F%2Fa.example&nonce=n&dcql_query=%7B%7D\n".to_owned(),
    ];
    for jws in vectors.with('.', |count| count == 2).into_iter().chain(request::signed_seeds()) {
        let jws = String::from_utf8(jws).expect("ASCII");
        seeds.extend([
            format!("{by_reference}\n{jws}"),
            format!("{jws}\n"),
            format!("openid4vp://?request={jws}\n"),
        ]);
    }
    seeds.into_iter().map(String::into_bytes).collect()
}
