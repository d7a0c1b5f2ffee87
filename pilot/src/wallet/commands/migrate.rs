//! `migrate export` and `migrate import`

use std::io::Read;
use std::path::Path;

use serde_json::json;
use wallet_core::limits;

use super::Call;
use crate::wallet::exit::Failure;
use crate::wallet::report::Report;
use crate::wallet::{file, secrets};
use crate::words::filled;

pub(super) async fn export(call: &Call, path: &Path) -> Result<Report, Failure> {
    let language = call.voice.language;
    let wallet = call.wallet().await?;
    let moved = wallet.export_migration(secrets::of_new_file(language)?).await?;
    file::write(path, moved.object.as_bytes(), language)?;
    let name = path.display().to_string();
    let [credentials, transactions] = [moved.credentials, moved.transactions].map(|n| n.to_string());
    let arguments = [("file", &*name), ("credentials", &*credentials), ("transactions", &*transactions)];
    Ok(Report {
        json: json!({
            "file": name,
            "credentials": moved.credentials,
            "transactions": moved.transactions,
            "left_out": moved.left_out,
        }),
        text: filled("wallet.migrate.exported", &arguments, language),
    })
}

pub(super) async fn import(call: &Call, path: &Path) -> Result<Report, Failure> {
    let language = call.voice.language;
    // One byte more than the wallet takes, so that it says so itself.
    let most = u64::try_from(limits::MIGRATION_OBJECT).unwrap_or(u64::MAX).saturating_add(1);
    let mut object = Vec::new();
    file::open(path, language)?
        .take(most)
        .read_to_end(&mut object)
        .map_err(|error| file::unusable("wallet.file.cannot", path, &error, language))?;
    let wallet = call.wallet().await?;
    let moved = wallet.import_migration(object, secrets::of_file(language)?).await?;
    let [credentials, known, transactions, unbound] =
        [moved.credentials, moved.known, moved.transactions, moved.not_device_bound].map(|n| n.to_string());
    let arguments = [
        ("credentials", &*credentials),
        ("known", &*known),
        ("transactions", &*transactions),
        ("unbound", &*unbound),
    ];
    Ok(Report {
        json: json!({
            "to_reissue": moved.credentials,
            "known": moved.known,
            "transactions": moved.transactions,
            "not_device_bound": moved.not_device_bound,
        }),
        text: filled("wallet.migrate.imported", &arguments, language),
    })
}
