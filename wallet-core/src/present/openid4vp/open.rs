//! The stages of an incoming request in their order. Each refusal is in the history: with time and code only while the
//! sender is unknown, with its name once it is authenticated.

use std::sync::atomic::AtomicBool;

use super::authenticate::{self, Authenticated};
use super::exchange::Exchange;
use super::fetch::{self, Fetched};
use super::link::{self, RequestLink};
use super::request::AuthorizationRequest;
use super::response::{self, Posted};
use crate::context::Context;
use crate::credential::CredentialId;
use crate::crypto::hash::sha256_parts;
use crate::error::{Code, Result, WalletError};
use crate::present::dcql::{Evaluation, Query};
use crate::present::holdings::VaultHoldings;
use crate::present::request::{self, PresentationRequest, Receipt, Source};
use crate::profile::{Profile, UNVERIFIED};
use crate::time::UnixTime;
use crate::trust::Side;
use crate::vault::Transaction;
use crate::vault::copies::NextCopy;
use crate::vault::history::{self, HistoryEntry, HistoryEvent};
use crate::vault::model::PendingFlow;

/// Opens a request: fetches, authenticates, checks and matches it. Nothing goes to the verifier but the one GET.
///
/// # Errors
/// One code for each rule that the request breaks; the history then says what was refused.
pub(crate) async fn open(context: Context, link_text: &str, source: Source) -> Result<PresentationRequest> {
    let (fetched, authenticated) = authenticate(&context, link_text).await?;
    let now = context.now();
    let checked = check(&context, &authenticated, now);
    let (exchange, query, expires_at) = match checked {
        Ok(checked) => checked,
        Err(error) => {
            let verifier = authenticated.party(None);
            let event = HistoryEvent::Refused { verifier, code: error.code() as u16 };
            note(&context, event).await?;
            return Err(error);
        }
    };
    let verifier = authenticated.party(exchange.profile_side());
    let (evaluation, worn) = evaluate(&context, query, now).await?;
    Ok(PresentationRequest {
        fingerprint: sha256_parts(&[link_text.as_bytes(), &[0], fetched.request_object.as_bytes()]),
        context,
        flow: fetched.flow,
        verifier,
        exchange,
        evaluation,
        worn,
        expires_at,
        source,
        used: AtomicBool::new(false),
    })
}

/// Says no to a link: declines the request, or tells an authenticated verifier what is wrong with it.
///
/// # Errors
/// Those of [`open`] when there is nobody that may be told; those of the network.
pub(crate) async fn decline(context: Context, link_text: &str, source: Source) -> Result<Receipt> {
    let refused = match open(context.clone(), link_text, source).await {
        Ok(request) => return request.decline().await,
        Err(error) => error,
    };
    let told = refused.code().told_to_verifier().ok_or_else(|| refused.clone())?;
    // Authenticating again costs a millisecond and keeps the one way in.
    let (fetched, authenticated) = authenticate(&context, link_text).await.map_err(|_| refused.clone())?;
    let response_uri = authenticated.response_uri().ok_or(refused)?;
    let state = authenticated.state();
    let posted = response::post_error(&context.http, response_uri, told, state).await;
    let event = HistoryEvent::Declined {
        verifier: authenticated.party(None),
        asked: Vec::new(),
        delivered: posted.is_ok(),
    };
    note(&context, event).await?;
    let Posted { status, redirect_uri } = posted?;
    let flow = fetched.flow;
    context.vault.write(move |transaction| transaction.delete::<PendingFlow>(&flow)).await?;
    Ok(Receipt {
        http_status: status,
        redirect_uri: redirect_uri.filter(|_| source.is_here()),
        shared: Vec::new(),
    })
}

async fn authenticate(context: &Context, link_text: &str) -> Result<(Fetched, Authenticated)> {
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
            authenticate::request_object(signed, request_object, nonce, &anchors, context.now())
        }
    };
    match authenticated {
        Ok(authenticated) => Ok((fetched, authenticated)),
        Err(error) => Err(note_unknown(context, error).await),
    }
}

/// Tries each profile whose list anchors the chain, EU before Canada, and takes the first under which the whole request
/// is valid. Leniencies never mix. When none is, the last one's error says why: it is the most lenient.
fn check(
    context: &Context,
    authenticated: &Authenticated,
    now: UnixTime,
) -> Result<(Exchange, Query, UnixTime)> {
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
    now: UnixTime,
) -> Result<(Evaluation, Vec<(CredentialId, NextCopy)>)> {
    let evaluate = move |transaction: &mut Transaction<'_>| {
        let evaluation = query.evaluate(&VaultHoldings::new(transaction)?, now)?;
        let worn = request::worn(transaction, &evaluation)?;
        Ok((evaluation, worn))
    };
    context.vault.read(evaluate).await
}

async fn note(context: &Context, event: HistoryEvent) -> Result<()> {
    let entry = HistoryEntry { at: context.now().0, event };
    context.vault.write(move |transaction| history::append(transaction, &entry)).await?;
    context.history_changed();
    Ok(())
}

/// Notes a refusal whose sender is unknown and gives the error back; one of the storage comes before it.
async fn note_unknown(context: &Context, error: WalletError) -> WalletError {
    let (at, code) = (context.now().0, error.code());
    let noted = context.vault.write(move |transaction| history::note_refusal(transaction, at, code)).await;
    context.history_changed();
    noted.err().unwrap_or(error)
}
