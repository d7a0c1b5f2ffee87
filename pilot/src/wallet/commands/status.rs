//! `status`

use serde_json::{Value, json};

use super::Call;
use crate::wallet::exit::Failure;
use crate::wallet::json;
use crate::wallet::report::Report;
use crate::wallet::story::Story;

pub(super) async fn run(call: &Call) -> Result<Report, Failure> {
    let wallet = call.wallet().await?;
    call.voice.progress("wallet.progress.status");
    let refresh = wallet.refresh_statuses().await?;
    let entries = wallet.credentials().await?.entries;
    let mut story = Story::new(&call.voice);
    for entry in &entries {
        story.entry(entry);
        if let Some(failure) = refresh.failed.iter().find(|failure| failure.credential == entry.id) {
            story.line("wallet.status.failed", &[("code", &failure.code.to_string())]);
        }
    }
    if entries.is_empty() {
        story.line("wallet.list.empty", &[]);
    }
    let credentials: Vec<Value> = entries
        .iter()
        .map(|entry| json!({ "id": entry.id.to_string(), "type": entry.type_id, "status": json::status(entry.status) }))
        .collect();
    let changed: Vec<String> = refresh.changed.iter().map(ToString::to_string).collect();
    let failed: Vec<Value> = refresh
        .failed
        .iter()
        .map(|one| json!({ "credential": one.credential.to_string(), "code": one.code.to_string() }))
        .collect();
    let json = json!({ "credentials": credentials, "checked": refresh.checked, "changed": changed, "failed": failed });
    Ok(Report { json, text: story.into_text() })
}
