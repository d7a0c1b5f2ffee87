//! `decline`

use serde_json::json;
use wallet_core::present::Source;

use super::Call;
use crate::wallet::exit::Failure;
use crate::wallet::report::Report;
use crate::words::text;

pub(super) async fn run(call: &Call, link: &str) -> Result<Report, Failure> {
    let wallet = call.wallet().await?;
    call.voice.progress("wallet.progress.declining");
    let receipt = wallet.decline(link, Source::Link).await?;
    Ok(Report {
        json: json!({
            "declined": true,
            "http_status": receipt.http_status,
            "redirect_uri": receipt.redirect_uri,
        }),
        text: text("wallet.declined", call.voice.language),
    })
}
