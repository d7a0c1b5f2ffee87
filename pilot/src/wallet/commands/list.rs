//! `list`

use serde_json::{Value, json};
use wallet_core::wallet::CredentialList;

use super::Call;
use crate::wallet::exit::Failure;
use crate::wallet::json;
use crate::wallet::report::Report;
use crate::wallet::story::Story;

pub(super) async fn run(call: &Call) -> Result<Report, Failure> {
    let CredentialList { entries, damaged } = call.wallet().await?.credentials().await?;
    let mut story = Story::new(&call.voice);
    for entry in &entries {
        story.entry(entry);
    }
    if entries.is_empty() && damaged.is_empty() {
        story.line("wallet.list.empty", &[]);
    }
    if !damaged.is_empty() {
        story.line("wallet.list.damaged", &[]);
    }
    let credentials: Vec<Value> = entries.iter().map(json::credential).collect();
    let mut json_form = json!({ "credentials": credentials });
    if let Some(object) = json_form.as_object_mut().filter(|_| !damaged.is_empty()) {
        object.insert("damaged".to_owned(), damaged.iter().map(json::damage).collect());
    }
    Ok(Report { json: json_form, text: story.into_text() })
}
