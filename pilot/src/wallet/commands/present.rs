//! `present`

use serde_json::{Value, json};
use wallet_core::Wallet;
use wallet_core::credential::CredentialId;
use wallet_core::present::dcql::Choice;
use wallet_core::present::{PresentationRequest, Source};
use wallet_core::wallet::Incoming;
use wallet_core::words as core_words;

use super::Call;
use crate::wallet::exit::Failure;
use crate::wallet::json;
use crate::wallet::report::Report;
use crate::wallet::story::{Presentation, Story};
use crate::words::text;

pub(super) async fn run(
    call: &Call,
    link: &str,
    yes: bool,
    choose: &[(String, String)],
) -> Result<Report, Failure> {
    let wallet = call.wallet().await?;
    call.voice.progress("wallet.progress.request");
    let request = match wallet.open_link(link, Source::Link).await? {
        Incoming::Request { request } => request,
        _ => return Err(Failure::Usage(text("wallet.present.is_offer", call.voice.language))),
    };
    let choice = match pick(call, wallet, &request, choose).await {
        Ok(choice) => choice,
        Err(failure) => {
            let mut story = Story::new(&call.voice);
            story.not_offered(&request, &wallet.credentials().await?.entries);
            call.voice.explain(&story.into_text());
            return Err(failure);
        }
    };
    let shown = show(call, wallet, &request, &choice).await?;
    let yes = yes
        || match call.ask(&shown, "wallet.present.question") {
            Some(true) => true,
            // Nothing is told: declining is an answer of its own, and the request still waits.
            Some(false) => return Err(Failure::SaidNo),
            None => false,
        };
    if yes { send(call, &request, choice, shown).await } else { Ok(shown) }
}

/// The citizen's picks, and of everything else the least disclosing.
async fn pick(
    call: &Call,
    wallet: &Wallet,
    request: &PresentationRequest,
    choose: &[(String, String)],
) -> Result<Choice, Failure> {
    let mut picks: Vec<(&str, CredentialId)> = Vec::new();
    for (query, credential) in choose {
        picks.push((query, call.find(wallet, credential).await?));
    }
    Ok(request.evaluation().choose(&picks)?)
}

async fn show(
    call: &Call,
    wallet: &Wallet,
    request: &PresentationRequest,
    choice: &Choice,
) -> Result<Report, Failure> {
    let presentation = Presentation::gather(wallet, request, choice).await?;
    let mut story = Story::new(&call.voice);
    // A history that is broken is told by `history`; it is no reason not to answer.
    let before = request.shared_before().await.ok().flatten();
    story.who_asks(request);
    before.iter().for_each(|before| story.shared_before(before));
    story.asked(request);
    story.not_offered(request, &wallet.credentials().await?.entries);
    story.presentation(&presentation);
    let warnings = request.warnings(choice)?;
    let mut json_warnings: Vec<Value> = Vec::new();
    for warning in &warnings {
        let sentence = story.warning(warning);
        json_warnings.push(json!({ "id": warning.id(), "text": sentence }));
    }
    let chosen: Vec<Value> = choice
        .selections
        .iter()
        .map(|one| json!({ "query": one.query_id, "credential": one.credential.to_string(), "option": one.option }))
        .collect();
    let preview = json!({
        "verifier": json::party(request.verifier()),
        "profile": request.profile().map(|side| side.as_str()),
        "encrypted": request.is_encrypted(),
        "registration": request.registration().as_ref().map(json::registration),
        "expires_at": request.expires_at().0,
        "shared_before": before.as_ref().map(json::shared_before),
        "queries": json::queries(request),
        "chosen": chosen,
        "warnings": json_warnings,
    });
    Ok(Report { json: json!({ "preview": preview, "sent": false }), text: story.into_text() })
}

async fn send(
    call: &Call,
    request: &PresentationRequest,
    choice: Choice,
    shown: Report,
) -> Result<Report, Failure> {
    let acknowledged: Vec<String> =
        request.warnings(&choice)?.iter().map(wallet_core::present::Warning::id).collect();
    let consent = request.consent(choice, &acknowledged)?;
    let party = [("party", request.verifier().name.as_str())];
    let prompt = core_words::text(core_words::keys::PROMPT_PRESENT, &party, &call.voice.locale);
    call.voice.progress("wallet.progress.sending");
    let receipt = request.send(consent, &prompt.unwrap_or_default()).await?;
    let mut json = shown.json;
    if let Some(object) = json.as_object_mut() {
        object.insert("sent".to_owned(), true.into());
        object.insert("http_status".to_owned(), receipt.http_status.into());
        object.insert("redirect_uri".to_owned(), receipt.redirect_uri.clone().into());
        object.insert("shared".to_owned(), json::shared(&receipt.shared));
    }
    let mut story = Story::new(&call.voice);
    story.receipt(&receipt);
    Ok(Report { json, text: format!("{}\n{}", shown.text, story.into_text()) })
}
