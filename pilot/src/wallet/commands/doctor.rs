//! `doctor`

use serde_json::{Value, json};
use wallet_core::wallet::{CredentialEntry, Damage};
use wallet_core::words as core_words;

use super::Call;
use crate::wallet::exit::Failure;
use crate::wallet::json;
use crate::wallet::report::Report;
use crate::wallet::story::Story;
use crate::words::text;

pub(super) async fn run(call: &Call) -> Result<Report, Failure> {
    let wallet = call.wallet().await?;
    let checkup = wallet.check().await?;
    let count = checkup.whole.to_string();
    let mut story = Story::new(&call.voice);
    if checkup.is_whole() {
        story.line("doctor.whole", &[("count", &count)]);
    } else {
        // When the list itself cannot be read, its records have no names.
        let entries = wallet.credentials().await.map(|list| list.entries).unwrap_or_default();
        story.line("doctor.damaged", &[("count", &count)]);
        for damage in &checkup.damaged {
            tell(&mut story, call, damage, &entries);
        }
        story.line("doctor.advice", &[]);
    }
    let damaged: Vec<Value> = checkup.damaged.iter().map(json::damage).collect();
    let json = json!({ "whole": checkup.is_whole(), "whole_records": checkup.whole, "damaged": damaged });
    let report = Report { json, text: story.into_text() };
    if checkup.is_whole() { Ok(report) } else { Err(Failure::Damaged(report)) }
}

fn tell(story: &mut Story<'_>, call: &Call, damage: &Damage, entries: &[CredentialEntry]) {
    let part = text(&format!("doctor.part.{}", damage.part.name()), call.voice.language);
    let message = core_words::message(damage.code.error().fault(), &call.voice.locale);
    let code = damage.code.to_string();
    story.line("doctor.line", &[("part", &part), ("message", &message), ("code", &code)]);
    let Some(id) = damage.credential else { return };
    match entries.iter().find(|entry| entry.id == id) {
        Some(entry) => story.entry(entry),
        None => story.line("doctor.credential", &[("id", &id.to_string())]),
    }
}
