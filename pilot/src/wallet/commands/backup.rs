//! `backup export` and `backup import`

use std::io::BufWriter;
use std::path::Path;

use serde_json::json;

use super::Call;
use crate::wallet::exit::Failure;
use crate::wallet::report::Report;
use crate::wallet::{file, home, secrets};
use crate::words::filled;

pub(super) async fn export(call: &Call, path: &Path) -> Result<Report, Failure> {
    let language = call.voice.language;
    let wallet = call.wallet().await?;
    let passphrase = secrets::of_new_file(language)?;
    let out = file::create(path, language)?;
    let kept =
        out.try_clone().map_err(|error| file::unusable("wallet.file.cannot_write", path, &error, language));
    let done = match kept {
        Ok(kept) => match wallet.export_backup(passphrase, Box::new(BufWriter::new(out))).await {
            Ok(done) => kept
                .sync_all()
                .map(|()| done)
                .map_err(|error| file::unusable("wallet.file.cannot_write", path, &error, language)),
            Err(error) => Err(error.into()),
        },
        Err(failure) => Err(failure),
    };
    // Half a backup is of no use to anybody.
    let done = done.inspect_err(|_| drop(std::fs::remove_file(path)))?;
    let name = path.display().to_string();
    let [credentials, stay, entries] =
        [done.credentials, done.keys_stay, done.entries].map(|n| n.to_string());
    let arguments =
        [("file", &*name), ("credentials", &*credentials), ("entries", &*entries), ("stay", &*stay)];
    Ok(Report {
        json: json!({
            "file": name,
            "credentials": done.credentials,
            "keys_stay": done.keys_stay,
            "entries": done.entries,
        }),
        text: filled("wallet.backup.exported", &arguments, language),
    })
}

pub(super) async fn import(call: &Call, path: &Path) -> Result<Report, Failure> {
    let language = call.voice.language;
    let backup = file::open(path, language)?;
    let (_wallet, restored) = home::restore(&call.place(), backup, language).await?;
    let home = call.home.display().to_string();
    let [credentials, reissue, entries] =
        [restored.credentials, restored.to_reissue, restored.entries].map(|n| n.to_string());
    let arguments =
        [("home", &*home), ("credentials", &*credentials), ("entries", &*entries), ("reissue", &*reissue)];
    Ok(Report {
        json: json!({
            "home": home,
            "credentials": restored.credentials,
            "to_reissue": restored.to_reissue,
            "entries": restored.entries,
        }),
        text: filled("wallet.backup.imported", &arguments, language),
    })
}
