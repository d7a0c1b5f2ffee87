//! What the port for HTTP answers, and what the wallet makes of it: what is known about where a message is now, the
//! history says, and nothing more. Real redirects, stalls and floods are tested at the real port, in `pilot`.

use wallet_core::platform::{HttpResponse, PortError};
use wallet_core::{Code, Outcome, limits};

use crate::world::{
    Asked, PID, Verifier, World, agree, block_on, code, fresh_copies, history, open, present, status,
};

type Answer = Result<HttpResponse, PortError>;

fn unexpected() -> PortError {
    PortError::Unexpected { class: "IllegalStateException".into() }
}

fn flood() -> HttpResponse {
    HttpResponse { body: vec![b' '; limits::SMALL_ANSWER + 1], ..status(200) }
}

/// What a verifier's server answers to a post, the error, and what the history says.
fn answers() -> Vec<(Answer, Option<Code>, Outcome)> {
    let not_sent = |code: Code| (Some(code), Outcome::NotSent { code: code as u16 });
    let mut table = vec![
        (Ok(status(200)), None, Outcome::Sent { status: 200 }),
        (Ok(status(204)), None, Outcome::Sent { status: 204 }),
        (Ok(flood()), Some(Code::ResponseTooLarge), Outcome::Unknown),
        (Err(PortError::Interrupted), Some(Code::NetworkInterrupted), Outcome::Unknown),
        (Err(PortError::TimedOut), Some(Code::NetworkTimedOut), Outcome::Unknown),
        (Err(PortError::TooLarge), Some(Code::ResponseTooLarge), Outcome::Unknown),
        (Err(unexpected()), Some(Code::PortFailed), Outcome::Unknown),
    ];
    for (failure, (code, outcome)) in [
        (PortError::Unreachable, not_sent(Code::NetworkUnreachable)),
        (PortError::Tls, not_sent(Code::TlsFailed)),
    ] {
        table.push((Err(failure), code, outcome));
    }
    // A redirect is not followed, and is no success (OpenID4VP 1.0 14.9).
    for refused in [301, 302, 303, 307, 308, 400, 403, 404, 500, 503] {
        table.push((Ok(status(refused)), Some(Code::VerifierRefused), Outcome::Refused { status: refused }));
    }
    table
}

fn what(answer: &Answer) -> String {
    match answer {
        Ok(response) => format!("{} with {} bytes", response.status, response.body.len()),
        Err(failure) => failure.to_string(),
    }
}

#[test]
fn to_a_presentation() {
    for (answer, expected, outcome) in answers() {
        let what = what(&answer);
        let world = World::new();
        let (wallet, verifier) = (world.stocked_wallet(), Verifier::eu(&world));
        let link = verifier.request(&world, &Asked::family_name(), |_| ());
        let request = open(&wallet, &link).unwrap();
        verifier.answers(answer);
        let sent = block_on(request.send(agree(&request).unwrap(), "Share"));
        if let Outcome::Refused { status } = outcome {
            assert_eq!(sent.as_ref().err().unwrap().fault().http_status, Some(status));
        }
        assert_eq!(code(sent), expected, "{what}");
        assert_eq!(history(&wallet).entries.last().unwrap().outcome, Some(outcome), "{what}");

        // A copy that may have been seen is not fresh again; one that cannot have been is, and may be sent again.
        let not_sent = matches!(outcome, Outcome::NotSent { .. });
        assert_eq!(fresh_copies(&wallet, PID), if not_sent { 3 } else { 2 }, "{what}");
        verifier.answers(Ok(status(200)));
        let again = block_on(request.send(agree(&request).unwrap(), "Share"));
        assert_eq!(code(again), (!not_sent).then_some(Code::AlreadyUsed), "{what}");
        assert_eq!(verifier.posts().len(), 1, "{what}");
    }
}

#[test]
fn to_a_no() {
    let world = World::new();
    let (wallet, verifier) = (world.stocked_wallet(), Verifier::eu(&world));
    let holdings = world.holdings(&wallet);
    for (answer, expected, outcome) in answers() {
        let what = what(&answer);
        let before = verifier.posts().len();
        let link = verifier.request(&world, &Asked::family_name(), |_| ());
        let request = open(&wallet, &link).unwrap();
        verifier.answers(answer);
        assert_eq!(code(block_on(request.decline())), expected, "{what}");
        assert_eq!(history(&wallet).entries.last().unwrap().outcome, Some(outcome), "{what}");

        let not_sent = matches!(outcome, Outcome::NotSent { .. });
        verifier.answers(Ok(status(200)));
        assert_eq!(code(block_on(request.decline())), (!not_sent).then_some(Code::AlreadyUsed), "{what}");
        assert_eq!(verifier.posts().len(), before + 1, "{what}");
    }
    assert_eq!(world.holdings(&wallet), holdings);
}

/// What failed on the way was not refused, and may be fetched again; what was refused is noted.
#[test]
fn to_the_fetching_of_a_request() {
    let world = World::new();
    let (wallet, verifier) = (world.stocked_wallet(), Verifier::eu(&world));
    let holdings = world.holdings(&wallet);
    for (failure, expected, refused) in [
        (PortError::Unreachable, Code::NetworkUnreachable, false),
        (PortError::Interrupted, Code::NetworkInterrupted, false),
        (PortError::TimedOut, Code::NetworkTimedOut, false),
        (unexpected(), Code::PortFailed, false),
        (PortError::TooLarge, Code::RequestTooLarge, true),
        (PortError::Tls, Code::TlsFailed, true),
    ] {
        let before = history(&wallet);
        let (mut request_uri, mut compact) = (String::new(), String::new());
        let link = verifier.request(&world, &Asked::family_name(), |jar| {
            (request_uri, compact) = (jar.request_uri.clone(), jar.compact());
            jar.served = Some(Err(failure));
        });
        assert_eq!(code(open(&wallet, &link)), Some(expected));
        let after = history(&wallet);
        assert_eq!(after.entries, before.entries);
        let noted = after.unauthenticated_refusals.len() - before.unauthenticated_refusals.len();
        assert_eq!(noted, usize::from(refused), "{expected:?}");

        // The twin: the same link, and the network is well.
        let answer = HttpResponse { body: compact.into_bytes(), ..status(200) };
        world.network.on(&request_uri, move |_| Ok(answer.clone()));
        assert_eq!(code(open(&wallet, &link)), None);
    }
    assert_eq!(world.holdings(&wallet), holdings);
    assert!(verifier.posts().is_empty());
}

/// The verifier's answer is text from outside: only a link that a browser can open without harm is taken from it.
#[test]
fn redirect_uri_of_the_answer() {
    let world = World::new();
    let (wallet, verifier) = (world.stocked_wallet(), Verifier::eu(&world));
    for (body, expected) in [
        (r#"{"redirect_uri":"https://verifier.example/done#1"}"#, Some("https://verifier.example/done#1")),
        (r#"{"redirect_uri":"javascript:alert(1)"}"#, None),
        (r#"{"redirect_uri":1}"#, None),
        (r#"{"redirect_uri":"https://a.example","redirect_uri":"https://b.example"}"#, None),
        ("not JSON", None),
    ] {
        verifier.answers(Ok(HttpResponse { body: body.into(), ..status(200) }));
        let link = verifier.request(&world, &Asked::family_name(), |_| ());
        let receipt = present(&wallet, &link).unwrap();
        assert_eq!(receipt.redirect_uri.as_deref(), expected, "{body}");
    }
}
