//! `show`

use serde_json::{Value, json};

use super::Call;
use crate::wallet::exit::Failure;
use crate::wallet::json;
use crate::wallet::report::Report;
use crate::wallet::story::Story;

pub(super) async fn run(call: &Call, id: &str) -> Result<Report, Failure> {
    let wallet = call.wallet().await?;
    let id = call.find(wallet, id).await?;
    let details = wallet.credential(id).await?;
    let mut story = Story::new(&call.voice);
    story.entry(&details.entry);
    let protection = wallet.key_protection(id).await?;
    if let Some(protection) = protection {
        story.key_level(protection.level);
    }
    let mut claims: Vec<Value> = Vec::new();
    for (location, value) in details.claims() {
        story.claim(&details.entry.type_id, location, value);
        claims.push(json!({
            "path": json::path(location),
            "label": story.label(&details.entry.type_id, location),
            "value": value,
        }));
    }
    let mut credential = json::credential(&details.entry);
    if let Some(object) = credential.as_object_mut() {
        object.insert("keys".to_owned(), protection.map_or(Value::Null, json::protection));
        object.insert("claims".to_owned(), claims.into());
    }
    Ok(Report { json: json!({ "credential": credential }), text: story.into_text() })
}
