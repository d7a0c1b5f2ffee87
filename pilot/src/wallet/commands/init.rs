//! `init`

use serde_json::json;

use super::Call;
use crate::wallet::exit::Failure;
use crate::wallet::home;
use crate::wallet::report::Report;
use crate::words::filled;

pub(super) async fn run(call: &Call) -> Result<Report, Failure> {
    let wallet = home::create(&call.place(), call.voice.language).await?;
    call.opened.get_or_init(|| wallet);
    let home = call.home.display().to_string();
    Ok(Report {
        json: json!({ "created": true, "home": home }),
        text: filled("wallet.created", &[("home", &home)], call.voice.language),
    })
}
