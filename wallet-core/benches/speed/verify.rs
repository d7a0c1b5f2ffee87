//! Verifying a presentation: the issuer's chain (one certificate under an anchor), its signature, every digest or
//! disclosure, validity, and the device's signature.

use std::hint::black_box;

use wallet_core::credential::sd_jwt::Leniency;
use wallet_core::jose::base64url;
use wallet_core::trust::Channel;
use wallet_core::verify;

use crate::credentials::Portrait;
use crate::curve::{Curve, VERIFY_THREE};
use crate::fixtures::{CLIENT_ID, NONCE, Request, Stored, VCT};
use crate::present::presentation;
use crate::table::{Table, Target};
use crate::turns::{Suite, Turns};
use crate::world::NOW;

/// Verifies an mdoc, from the text in a `vp_token`.
pub fn mdoc(request: &Request, presentation: &str) {
    let response = base64url::decode(presentation, "presentation").unwrap();
    let transcript = request.transcript(true);
    verify::mdoc::verify(&response, &transcript, &request.anchors, Channel::OpenId4Vp, NOW).unwrap();
}

/// Verifies an SD-JWT.
pub fn sd_jwt(request: &Request, presentation: &str) {
    let leniency = Leniency::default();
    let expected =
        verify::sd_jwt::Expected { audience: CLIENT_ID, nonce: NONCE, vct_values: &[VCT], leniency };
    verify::sd_jwt::verify(presentation, &expected, &request.anchors, Channel::OpenId4Vp, NOW).unwrap();
}

/// Measures one format.
pub fn measure(
    suite: &mut Suite,
    table: &mut Table,
    group: &'static str,
    request: &Request,
    stored: &[(Stored, &'static str)],
    verify: fn(&Request, &str),
) {
    let curve = Curve::new();
    let mut turns = Turns::new(group).job(VERIFY_THREE, || (0..3).for_each(|_| curve.verify()));
    for (stored, portrait) in stored {
        let presentation = presentation(stored, request, true);
        turns = turns.job(portrait, move || verify(request, black_box(&presentation)));
    }
    let medians = suite.run(turns);
    table.part(&format!("{group}, 5 of 30 elements, with chain, digests and disclosures"));
    for (_, portrait) in Portrait::ALL {
        table.line(&medians, portrait, VERIFY_THREE, Target::Times(1.1));
    }
}
