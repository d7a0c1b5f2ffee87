//! The stages of an incoming request in their order. Each refusal is in the history: with time and code only while the
//! sender is unknown, with its name once it is authenticated.

use std::sync::atomic::AtomicBool;

use super::authenticate::{self, Authenticated};
use super::exchange::Exchange;
use super::fetch::{self, Fetched};
use super::link::{self, RequestLink};
use super::request::AuthorizationRequest;
use super::response::{self, Posted};
use super::verifier_info;
use crate::context::Context;
use crate::crypto::hash::sha256_parts;
use crate::error::{Code, Result};
use crate::present::dcql::{Evaluation, Query, Wear};
use crate::present::holdings::VaultHoldings;
use crate::present::registration::{self, RegistrationCertificate};
use crate::present::request::{Candidates, PresentationRequest, Receipt, Source};
use crate::present::sending;
use crate::profile::{Profile, UNVERIFIED};
use crate::stop::Stop;
use crate::time::UnixTime;
use crate::trust::{Channel, Side};
use crate::vault::Transaction;
use crate::vault::copies::{NextCopy, Showing};
use crate::vault::history::{self, HistoryEntry, HistoryEvent, Party};

/// Opens a request: fetches, authenticates, checks and matches it. Nothing goes to the verifier but what fetches it.
///
/// # Errors
/// One code for each rule that the request breaks; the history then says what was refused.
pub(crate) async fn open(context: Context, link_text: &str, source: Source) -> Result<PresentationRequest> {
    let (fetched, authenticated) = authenticate(&context, link_text).await?;
    let checked = check_and_note(&context, &authenticated).await?;
    present(context, link_text, source, fetched, &authenticated, checked).await
}

/// Says no to a link: declines the request, or tells an authenticated verifier what is wrong with it.
///
/// # Errors
/// Those of [`open`] when there is nobody that may be told; those of [`PresentationRequest::decline`].
pub(crate) async fn decline(context: Context, link_text: &str, source: Source) -> Result<Receipt> {
    let (fetched, authenticated) = authenticate(&context, link_text).await?;
    let refused = match check_and_note(&context, &authenticated).await {
        Ok(checked) => {
            let request = present(context, link_text, source, fetched, &authenticated, checked).await?;
            return request.decline().await;
        }
        Err(error) => error,
    };
    let told = refused.code().told_to_verifier().ok_or_else(|| refused.clone())?;
    let response_uri = authenticated.response_uri().ok_or(refused)?;
    let event =
        HistoryEvent::Declined { verifier: authenticated.party(None), asked: Vec::new(), registration: None };
    let taken = sending::begin(&context, fetched.flow, event, Vec::new(), false).await?;
    let posted = response::post_error(&context.http, response_uri, told, authenticated.state()).await;
    sending::end(&context, fetched.flow, taken.sending, sending::outcome_of(&posted)).await?;
    let Posted { status, redirect_uri } = posted?;
    Ok(Receipt {
        http_status: status,
        redirect_uri: redirect_uri.filter(|_| source.is_here()),
        shared: Vec::new(),
    })
}

/// Fetches a request and finds out who asks. While that is not known, a refusal leaves time and code in the history.
async fn authenticate(context: &Context, link_text: &str) -> Result<(Fetched, Authenticated)> {
    let authenticate = async {
        let link = link::parse(link_text)?;
        let fetched = fetch::fetch(context, link_text, &link).await?;
        let authenticated = match &link {
            RequestLink::Unsigned { parameters } => {
                authenticate::unsigned(parameters, context.development.unverified_verifiers)
            }
            signed => {
                let anchors = context.anchors().await?;
                let Fetched { request_object, wallet_nonce, .. } = &fetched;
                let nonce = wallet_nonce.as_deref();
                authenticate::request_object(signed, request_object, nonce, &anchors, context.now()?)
            }
        };
        Ok((fetched, authenticated?))
    };
    match authenticate.await {
        Err(error) => Err(context.note_refusal(error).await),
        authenticated => authenticated,
    }
}

/// What became of a request that is valid under a profile.
type Checked = (Exchange, Query, UnixTime);

/// Checks every parameter. A refusal leaves its sender and the code in the history.
async fn check_and_note(context: &Context, authenticated: &Authenticated) -> Result<Checked> {
    let now = context.now()?;
    match check(context, authenticated, now) {
        Ok(checked) => Ok(checked),
        Err(error) => {
            let event =
                HistoryEvent::Refused { verifier: authenticated.party(None), code: error.code() as u16 };
            let entry = HistoryEntry { at: now.0, event };
            context.vault.write(move |transaction| history::append(transaction, &entry)).await?;
            context.history_changed();
            Err(error)
        }
    }
}

/// Holds the request against the wallet, and makes what the citizen sees.
async fn present(
    context: Context,
    link_text: &str,
    source: Source,
    fetched: Fetched,
    authenticated: &Authenticated,
    (exchange, query, expires_at): Checked,
) -> Result<PresentationRequest> {
    let mut verifier = authenticated.party(exchange.profile_side());
    let registration = registration(&context, authenticated, exchange.profile()).await?;
    if let Some(Ok(certificate)) = &registration
        && certificate.details().intermediary.is_some()
    {
        // Whose name is in the access certificate only carries the question (RPI_07).
        verifier.name.clone_from(&certificate.details().name);
    }
    let (evaluation, Candidates { worn, unconfirmed }) =
        evaluate(&context, query, &verifier, context.now()?).await?;
    Ok(PresentationRequest {
        fingerprint: sha256_parts(&[link_text.as_bytes(), &[0], fetched.request_object.as_bytes()]),
        flow: fetched.flow,
        verifier,
        exchange,
        evaluation,
        registration,
        worn,
        unconfirmed,
        // Visiting it again gives nobody more time.
        expires_at: expires_at.min(fetched.expires_at),
        source,
        used: AtomicBool::new(false),
        stop: Stop::default(),
        context,
    })
}

/// What came of the verifier's registration certificate; `None` when there is none, or the profile knows of none. What is
/// wrong with it refuses nothing: the citizen is told, and decides (ARF RPA_07b).
///
/// # Errors
/// [`Code::Locked`], and those of a damaged vault.
async fn registration(
    context: &Context,
    authenticated: &Authenticated,
    profile: &Profile,
) -> Result<Option<Result<RegistrationCertificate>>> {
    let Some(chain) = authenticated.chain.as_ref().filter(|_| profile.registration_certificates) else {
        return Ok(None);
    };
    let compact = match verifier_info::registration_certificate(authenticated) {
        Ok(None) => return Ok(None),
        Ok(Some(compact)) => compact,
        Err(misplaced) => return Ok(Some(Err(misplaced))),
    };
    let (anchors, now) = (context.anchors().await?, context.now()?);
    Ok(Some(registration::verify(compact, chain.leaf(), &anchors, Channel::OpenId4Vp, now)))
}

/// Tries each profile whose list anchors the chain, EU before Canada, and takes the first under which the whole request
/// is valid. Leniencies never mix. When none is, the last one's error says why: it is the most lenient.
fn check(context: &Context, authenticated: &Authenticated, now: UnixTime) -> Result<Checked> {
    let profiles: Vec<&'static Profile> = match &authenticated.chain {
        None => vec![&UNVERIFIED],
        Some(chain) => {
            let sides: std::collections::BTreeSet<Side> =
                chain.anchors().iter().filter_map(|anchor| anchor.side()).collect();
            sides.into_iter().map(Profile::of).collect()
        }
    };
    let mut refusal = Code::NoProfileAccepts.error();
    for profile in profiles {
        match AuthorizationRequest::check(authenticated, profile, &context.http, now) {
            Ok(request) => {
                let expires_at = request.expires_at;
                let (exchange, query) = Exchange::new(authenticated, request);
                return Ok((exchange, query, expires_at));
            }
            Err(error) => refusal = error,
        }
    }
    Err(refusal)
}

async fn evaluate(
    context: &Context,
    query: Query,
    verifier: &Party,
    now: UnixTime,
) -> Result<(Evaluation, Candidates)> {
    let verifier = verifier.clone();
    let evaluate = move |transaction: &mut Transaction<'_>| {
        let mut evaluation = query.evaluate(&VaultHoldings::new(transaction)?, now)?;
        let showing = Showing { verifier: &verifier, at: now };
        let candidates = Candidates::of(transaction, &evaluation, showing)?;
        evaluation.wear(|credential| match candidates.worn.iter().find(|(worn, _)| *worn == credential) {
            Some((_, NextCopy::None)) => Wear::WornOut,
            Some((_, NextCopy::KnownToVerifier | NextCopy::ShownBefore)) => Wear::Shown,
            Some((_, NextCopy::Fresh)) | None => Wear::Fresh,
        });
        Ok((evaluation, candidates))
    };
    context.vault.read(evaluate).await
}
