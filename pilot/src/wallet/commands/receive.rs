//! `receive`

use std::sync::Arc;

use serde_json::{Value, json};
use wallet_core::present::Source;
use wallet_core::receive::{Offer, Preview, PreviewCredential};
use wallet_core::wallet::Incoming;
use wallet_core::words as core_words;

use super::Call;
use crate::wallet::exit::Failure;
use crate::wallet::json;
use crate::wallet::report::Report;
use crate::wallet::story::Story;
use crate::words::text;

pub(super) async fn run(
    call: &Call,
    link: &str,
    tx_code: Option<String>,
    yes: bool,
) -> Result<Report, Failure> {
    let wallet = call.wallet().await?;
    call.voice.progress("wallet.progress.offer");
    let preview = match wallet.open_link(link, Source::Link).await? {
        Incoming::Offer { offer } => accept(call, &offer, tx_code).await?,
        // Received at an earlier visit that did not say yes.
        Incoming::Preview { preview } => preview,
        Incoming::Request { .. } => {
            return Err(Failure::Usage(text("wallet.receive.is_request", call.voice.language)));
        }
    };
    let contents = preview.credentials().await?;
    let shown = show(call, &contents);
    let yes = yes
        || match call.ask(&shown, "wallet.receive.question") {
            Some(true) => true,
            Some(false) => {
                preview.discard().await?;
                return Err(Failure::SaidNo);
            }
            None => return Ok(shown),
        };
    if !yes {
        return Ok(shown);
    }
    let kept = keep(call, &preview, shown).await?;
    // It is kept, whatever becomes of this: what is not known yet is asked for again by `status`.
    drop(wallet.refresh_statuses().await);
    Ok(kept)
}

async fn accept(call: &Call, offer: &Offer, tx_code: Option<String>) -> Result<Arc<Preview>, Failure> {
    let details = offer.details()?;
    let tx_code = match (details.tx_code, tx_code) {
        (Some(_), None) => call.ask_line("wallet.receive.tx_code"),
        (_, given) => given,
    };
    let party = [("party", details.issuer.as_str())];
    let prompt = core_words::text(core_words::keys::PROMPT_RECEIVE, &party, &call.voice.locale);
    call.voice.progress("wallet.progress.receiving");
    Ok(offer.accept(tx_code, &prompt.unwrap_or_default()).await?)
}

fn show(call: &Call, contents: &[PreviewCredential]) -> Report {
    let mut story = Story::new(&call.voice);
    let mut credentials: Vec<Value> = Vec::new();
    for one in contents {
        story.received(one);
        let claims: Vec<Value> = one
            .claims()
            .map(|(location, value)| {
                let label = story.label(&one.type_id, location);
                json!({ "path": json::path(location), "label": label, "value": value })
            })
            .collect();
        credentials.push(json!({
            "format": one.format.identifier(),
            "type": one.type_id,
            "names": json::names(&one.names),
            "issuer": json::party(&one.issuer),
            "copies": one.copies,
            "valid_from": one.valid_from.map(|time| time.0),
            "valid_until": one.valid_until.map(|time| time.0),
            "claims": claims,
        }));
    }
    Report {
        json: json!({ "preview": { "credentials": credentials }, "kept": false }),
        text: story.into_text(),
    }
}

async fn keep(call: &Call, preview: &Preview, shown: Report) -> Result<Report, Failure> {
    let ids = preview.keep().await?;
    let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let mut json = shown.json;
    if let Some(object) = json.as_object_mut() {
        object.insert("kept".to_owned(), true.into());
        object.insert("credentials".to_owned(), ids.into());
    }
    let text = format!("{}\n{}", shown.text, text("wallet.receive.kept", call.voice.language));
    Ok(Report { json, text })
}
