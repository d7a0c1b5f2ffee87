//! Presenting: from the stored bytes of a copy, with its stored layout, to the response that is posted. No vault and no
//! HTTP.

use std::hint::black_box;

use wallet_core::credential::{self, Layout};
use wallet_core::jose::jwe::Enc;
use wallet_core::present::openid4vp::AuthorizationResponse;

use crate::credentials::Portrait;
use crate::curve::{Curve, SIGN, SIGN_AND_AGREE, SIGN_AND_HASH};
use crate::fixtures::{Request, Stored};
use crate::table::{Table, Target};
use crate::turns::{Suite, Turns};

/// One presentation, as a `vp_token` carries it.
pub fn presentation(stored: &Stored, request: &Request, encrypted: bool) -> String {
    let layout: Layout = minicbor::decode(black_box(&stored.layout)).unwrap();
    let binding = request.binding(encrypted);
    let unsigned =
        credential::prepare(black_box(&stored.bytes), &layout, black_box(&stored.selected), &binding)
            .unwrap();
    let signature = stored.device.sign(unsigned.to_sign());
    unsigned.finish(&signature)
}

/// What the verifier is posted: `vp_token` as it is, or in the JWE of `direct_post.jwt` (A256GCM).
fn present(stored: &Stored, request: &Request, encrypted: bool) -> String {
    let presentations = [("query".to_owned(), vec![presentation(stored, request, encrypted)])];
    let response = AuthorizationResponse { presentations: &presentations, state: Some("state~1") };
    if encrypted { response.encrypt(&request.recipient, Enc::A256Gcm).unwrap() } else { response.vp_token() }
}

/// Measures one format.
pub fn measure(
    suite: &mut Suite,
    table: &mut Table,
    group: &'static str,
    request: &Request,
    stored: &[(Stored, &'static str)],
) {
    let curve = Curve::new();
    let mut turns = Turns::new(group)
        .job(SIGN, || curve.sign())
        .job(SIGN_AND_HASH, || curve.sign_and_hash())
        .job(SIGN_AND_AGREE, || (curve.sign(), curve.agree()));
    for (stored, portrait) in stored {
        turns = turns
            .job(&encrypted(portrait), || present(stored, request, true))
            .job(&plain(portrait), || present(stored, request, false));
    }
    let medians = suite.run(turns);
    table.part(&format!("{group}, 5 of 30 elements"));
    for (_, portrait) in Portrait::ALL {
        table.line(&medians, &encrypted(portrait), SIGN_AND_AGREE, Target::Times(1.25));
    }
    for (_, portrait) in Portrait::ALL {
        table.line(&medians, &plain(portrait), SIGN, Target::MicrosecondsAbove(25.0));
    }
    let [.., (_, shown)] = Portrait::ALL;
    table.line(&medians, &plain(shown), SIGN_AND_HASH, Target::None);
}

fn encrypted(portrait: &str) -> String {
    format!("{portrait}, encrypted")
}

fn plain(portrait: &str) -> String {
    format!("{portrait}, not encrypted")
}
