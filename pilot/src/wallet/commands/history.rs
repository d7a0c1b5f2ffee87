//! `history`, `history delete` and `history export`

use std::path::Path;

use serde_json::{Value, json};
use wallet_core::HistoryEvent;
use wallet_core::wallet::log::export;
use wallet_core::wallet::{History, LoggedEntry};

use super::Call;
use crate::wallet::exit::Failure;
use crate::wallet::report::Report;
use crate::wallet::story::Story;
use crate::wallet::{file as files, json};
use crate::words::filled;

pub(super) async fn run(call: &Call) -> Result<Report, Failure> {
    let wallet = call.wallet().await?;
    let (history, imported) = (wallet.history().await?, wallet.imported_history().await?);
    let mut story = Story::new(&call.voice);
    if !history.is_whole {
        story.line("wallet.history.broken", &[]);
    }
    for entry in &history.entries {
        story.numbered(entry);
    }
    story.refusals(&history);
    story.imported(&imported);
    Ok(Report { json: json::history(&history, &imported), text: story.into_text() })
}

pub(super) async fn delete(call: &Call, numbers: &[u64], all: bool, yes: bool) -> Result<Report, Failure> {
    let wallet = call.wallet().await?;
    let history = wallet.history().await?;
    let doomed = doomed(call, &history, numbers, all)?;
    let mut story = Story::new(&call.voice);
    doomed.iter().for_each(|entry| story.numbered(entry));
    if all {
        story.refusals(&history);
    }
    story.line("wallet.history.what", &[]);
    let entries: Vec<Value> = doomed.iter().map(|entry| export::entry(entry)).collect();
    let shown =
        Report { json: json!({ "preview": { "entries": entries }, "deleted": 0 }), text: story.into_text() };
    if !yes {
        match call.ask(&shown, "wallet.delete.question") {
            Some(true) => {}
            Some(false) => return Err(Failure::SaidNo),
            None => return Ok(shown),
        }
    }
    let deletion =
        if all { wallet.delete_whole_history().await? } else { wallet.delete_history(numbers).await? };
    let mut story = Story::new(&call.voice);
    story.line("wallet.history.deleted", &[("count", &deletion.count.to_string())]);
    if !deletion.erased {
        story.line("wallet.delete.not_erased", &[]);
    }
    let json = json!({ "deleted": deletion.count, "erased": deletion.erased });
    Ok(Report { json, text: story.into_text() })
}

/// The entries that would go; a number that the history does not show is a slip of the hand.
fn doomed<'a>(
    call: &Call,
    history: &'a History,
    numbers: &[u64],
    all: bool,
) -> Result<Vec<&'a LoggedEntry>, Failure> {
    if all {
        let stays = |entry: &&LoggedEntry| matches!(entry.entry.event, HistoryEvent::EntriesDeleted { .. });
        return Ok(history.entries.iter().filter(|entry| !stays(entry)).collect());
    }
    let find = |number: &u64| {
        let found = history.entries.iter().find(|entry| entry.number == *number);
        found.ok_or_else(|| {
            let number = number.to_string();
            Failure::Usage(filled("wallet.history.unknown", &[("number", &number)], call.voice.language))
        })
    };
    numbers.iter().map(find).collect()
}

pub(super) async fn export(call: &Call, file: Option<&Path>) -> Result<Report, Failure> {
    let wallet = call.wallet().await?;
    let (history, imported) = (wallet.history().await?, wallet.imported_history().await?);
    let document = json::history(&history, &imported);
    let Some(file) = file else {
        return Ok(Report { text: format!("{document:#}"), json: document });
    };
    let name = file.display().to_string();
    files::write(file, format!("{document:#}\n").as_bytes(), call.voice.language)?;
    let (count, language) = (history.entries.len(), call.voice.language);
    Ok(Report {
        json: json!({ "file": name, "entries": count }),
        text: filled("wallet.history.exported", &[("file", &name), ("count", &count.to_string())], language),
    })
}
