//! `delete`

use serde_json::json;

use super::Call;
use crate::wallet::exit::Failure;
use crate::wallet::json;
use crate::wallet::report::Report;
use crate::wallet::story::Story;

pub(super) async fn run(call: &Call, id: &str, yes: bool) -> Result<Report, Failure> {
    let wallet = call.wallet().await?;
    let id = call.find(wallet, id).await?;
    let entry = wallet.credential(id).await?.entry;
    let mut story = Story::new(&call.voice);
    story.entry(&entry);
    story.line("wallet.delete.what", &[]);
    let shown = Report {
        json: json!({ "preview": { "credential": json::credential(&entry) }, "deleted": false }),
        text: story.into_text(),
    };
    if !yes {
        match call.ask(&shown, "wallet.delete.question") {
            Some(true) => {}
            Some(false) => return Err(Failure::SaidNo),
            None => return Ok(shown),
        }
    }
    let deletion = wallet.delete(id).await?;
    let mut story = Story::new(&call.voice);
    story.plain(&shown.text);
    story.line("wallet.delete.done", &[]);
    if !deletion.keys_deleted {
        story.line("wallet.delete.keys_left", &[]);
    }
    if !deletion.erased {
        story.line("wallet.delete.not_erased", &[]);
    }
    let mut json = shown.json;
    if let Some(object) = json.as_object_mut() {
        object.insert("deleted".to_owned(), true.into());
        object.insert("keys_deleted".to_owned(), deletion.keys_deleted.into());
        object.insert("erased".to_owned(), deletion.erased.into());
    }
    Ok(Report { json, text: story.into_text() })
}
