//! `list`

use serde_json::{Value, json};

use super::Call;
use crate::wallet::exit::Failure;
use crate::wallet::json;
use crate::wallet::report::Report;
use crate::wallet::story::Story;
use crate::words::text;

pub(super) async fn run(call: &Call) -> Result<Report, Failure> {
    let credentials = call.wallet().await?.credentials().await?;
    let mut story = Story::new(&call.voice);
    for entry in &credentials {
        story.entry(entry);
    }
    let mut text_form = story.into_text();
    if credentials.is_empty() {
        text_form = text("wallet.list.empty", call.voice.language);
    }
    let json_form: Vec<Value> = credentials.iter().map(json::credential).collect();
    Ok(Report { json: json!({ "credentials": json_form }), text: text_form })
}
