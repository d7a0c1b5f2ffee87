//! `reissue`

use serde_json::{Value, json};
use wallet_core::{ReissueEntry, ReissueReason};

use super::Call;
use crate::wallet::exit::Failure;
use crate::wallet::report::Report;
use crate::wallet::story::Story;
use crate::words::{filled, text};

pub(super) async fn run(call: &Call, dismiss: Option<&str>) -> Result<Report, Failure> {
    let wallet = call.wallet().await?;
    let waiting = wallet.to_reissue().await?;
    let Some(id) = dismiss else { return Ok(list(call, &waiting)) };
    let mut found = waiting.iter().filter(|entry| entry.id.to_string().starts_with(id));
    match (found.next(), found.next()) {
        (Some(only), None) => wallet.dismiss_reissue(only.id).await?,
        (None, _) => return Err(unusable(call, "wallet.id.unknown", id)),
        _ => return Err(unusable(call, "wallet.id.ambiguous", id)),
    }
    Ok(Report {
        json: json!({ "dismissed": true }),
        text: text("wallet.reissue.dismissed", call.voice.language),
    })
}

fn unusable(call: &Call, key: &str, id: &str) -> Failure {
    Failure::Usage(filled(key, &[("id", id)], call.voice.language))
}

fn list(call: &Call, waiting: &[ReissueEntry]) -> Report {
    let mut story = Story::new(&call.voice);
    waiting.iter().for_each(|entry| story.reissue(entry));
    let text = match waiting {
        [] => text("wallet.reissue.empty", call.voice.language),
        _ => story.into_text(),
    };
    Report { json: json!({ "reissue": waiting.iter().map(entry).collect::<Vec<_>>() }), text }
}

fn entry(entry: &ReissueEntry) -> Value {
    let one = &entry.reissue;
    json!({
        "id": entry.id.to_string(),
        "format": one.format,
        "type": one.type_id,
        "issuer": { "name": one.issuer_name, "address": one.issuer },
        "since": one.since,
        "reason": match one.reason {
            ReissueReason::Moved => "moved",
            ReissueReason::KeyStayed => "key_stayed",
            ReissueReason::OnceOnly => "once_only",
            _ => "other",
        },
    })
}
