//! `trust add` and `trust list`

use std::path::Path;

use serde_json::{Value, json};
use wallet_core::trust::{ListName, TrustAnchor};

use super::Call;
use crate::wallet::exit::Failure;
use crate::wallet::file;
use crate::wallet::report::Report;
use crate::words::filled;

pub(super) async fn add(call: &Call, list: ListName, file: &Path) -> Result<Report, Failure> {
    let name = file.display().to_string();
    let pem = std::fs::read_to_string(file)
        .map_err(|error| file::unusable("wallet.file.cannot", file, &error, call.voice.language))?;
    // The name is for people; the folder it lay in is nobody's business later.
    let source = file.file_name().map_or_else(|| name.clone(), |name| name.to_string_lossy().into_owned());
    let added = call.wallet().await?.add_trust_anchors(list, &pem, &source).await?;
    let (list, count) = (list.to_string(), added.to_string());
    Ok(Report {
        json: json!({ "list": list, "added": added }),
        text: filled("wallet.trust.added", &[("list", &list), ("count", &count)], call.voice.language),
    })
}

pub(super) async fn list(call: &Call) -> Result<Report, Failure> {
    let anchors = call.wallet().await?.trust_anchors().await?;
    let name = |anchor: &TrustAnchor| {
        ListName::ALL.into_iter().find(|list| (list.side(), list.role()) == (anchor.side(), anchor.role()))
    };
    let mut lines = String::new();
    let mut json_anchors: Vec<Value> = Vec::new();
    for anchor in &anchors {
        let list = name(anchor).map_or("", ListName::as_str);
        let certificate = anchor.certificate();
        let until = certificate.not_after().to_date();
        lines.push_str(&format!(
            "{list:13}  {}  ({}, {until})\n",
            certificate.display_name(),
            anchor.source()
        ));
        let fingerprint: String = certificate.sha256().iter().map(|byte| format!("{byte:02x}")).collect();
        json_anchors.push(json!({
            "list": list,
            "name": certificate.display_name(),
            "source": anchor.source(),
            "valid_until": certificate.not_after().0,
            "sha256": fingerprint,
        }));
    }
    Ok(Report { json: json!({ "anchors": json_anchors }), text: lines })
}
