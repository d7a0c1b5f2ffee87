//! `passphrase`, `pin` and `recovery`: what opens the wallet.

use serde_json::json;
use wallet_core::wallet::{GuardKind, NewUnlock};

use super::Call;
use crate::wallet::arguments::{PassphraseCommand, PinCommand, RecoveryCommand};
use crate::wallet::exit::Failure;
use crate::wallet::report::Report;
use crate::wallet::secrets;
use crate::words::{filled, text};

pub(super) async fn passphrase(call: &Call, command: PassphraseCommand) -> Result<Report, Failure> {
    let language = call.voice.language;
    match command {
        PassphraseCommand::Change => {
            let authority = secrets::unlock(language)?;
            let new = NewUnlock::Passphrase(secrets::new_passphrase(language)?);
            call.locked_wallet().await?.0.set_guard(authority, new, "").await?;
            Ok(done(call, "passphrase", "wallet.passphrase.changed"))
        }
        PassphraseCommand::Remove => remove(call, GuardKind::Passphrase, "passphrase").await,
    }
}

pub(super) async fn pin(call: &Call, command: PinCommand) -> Result<Report, Failure> {
    let language = call.voice.language;
    match command {
        PinCommand::Change => {
            let authority = secrets::unlock(language)?;
            let new = NewUnlock::Pin(secrets::new_pin(language)?);
            call.locked_wallet().await?.0.set_guard(authority, new, "").await?;
            Ok(done(call, "pin", "wallet.pin.changed"))
        }
        PinCommand::Remove => remove(call, GuardKind::Pin, "pin").await,
    }
}

pub(super) async fn recovery(call: &Call, command: RecoveryCommand) -> Result<Report, Failure> {
    let language = call.voice.language;
    match command {
        RecoveryCommand::Make => {
            let authority = secrets::unlock(language)?;
            let (wallet, _http) = call.locked_wallet().await?;
            let key = wallet.make_recovery_key(authority, "").await?.reveal()?;
            // It is shown here and nowhere else; that is what it is for.
            let key = String::from_utf8_lossy(&key).into_owned();
            let text = filled("wallet.recovery.made", &[("key", &key)], language);
            Ok(Report { json: json!({ "recovery_key": key }), text })
        }
        RecoveryCommand::Remove => remove(call, GuardKind::RecoveryKey, "recovery_key").await,
    }
}

async fn remove(call: &Call, kind: GuardKind, name: &str) -> Result<Report, Failure> {
    let authority = secrets::unlock(call.voice.language)?;
    call.locked_wallet().await?.0.remove_guard(authority, kind, "").await?;
    let text = text("wallet.guard.removed", call.voice.language);
    Ok(Report { json: json!({ "removed": name }), text })
}

fn done(call: &Call, name: &str, key: &str) -> Report {
    Report { json: json!({ "changed": name }), text: text(key, call.voice.language) }
}
