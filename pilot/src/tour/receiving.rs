//! The steps in which the wallet receives.

use std::sync::Arc;

use serde_json::{Value, json};
use wallet_core::WalletError;
use wallet_core::present::Source;
use wallet_core::receive::Preview;
use wallet_core::trust::Side;
use wallet_core::wallet::Incoming;

use super::stage::Stage;
use super::telling::{Step, Teller};
use crate::issuer::{Configuration, Issuer, OfferRequest};
use crate::wallet::{Failure, Story, Voice, json as forms};

/// The EU PID in both formats, then a Canadian driving licence and a Person credential.
pub(super) async fn run(stage: &Stage, teller: &mut Teller<'_>, voice: &Voice) -> Result<(), Failure> {
    for (title, issuer, side) in
        [("tour.receive.eu", &stage.eu_issuer, Side::Eu), ("tour.receive.ca", &stage.ca_issuer, Side::Ca)]
    {
        teller.tell(receive(stage, voice, title, issuer, side).await?);
    }
    Ok(())
}

async fn receive(
    stage: &Stage,
    voice: &Voice,
    title: &'static str,
    issuer: &Issuer,
    side: Side,
) -> Result<Step, Failure> {
    let offer = issuer
        .offer(&OfferRequest::new(Configuration::of(side)))
        .map_err(|error| Failure::Usage(error.to_string()))?;
    let preview = open(stage, &offer.link, offer.tx_code.as_deref()).await?;
    let contents = preview.credentials().await?;
    let mut story = Story::new(voice);
    let mut received: Vec<Value> = Vec::new();
    for one in &contents {
        story.received(one);
        received.push(json!({
            "format": one.format.identifier(),
            "type": one.type_id,
            "issuer": forms::party(&one.issuer),
            "copies": one.copies,
            "claims": one.claims().map(|(location, _)| forms::path(location)).collect::<Vec<_>>(),
        }));
    }
    let kept = preview.keep().await?;
    story.line("tour.kept", &[]);
    // As an app does, so that it is known before anybody asks.
    let statuses = stage.wallet.refresh_statuses().await?;
    // One issuance, all formats, at least three copies each.
    let went_well = kept.len() == Configuration::of(side).len()
        && contents.iter().all(|one| one.copies >= 3)
        && statuses.failed.is_empty();
    Ok(Step {
        title,
        went_well,
        story: story.into_text(),
        json: json!({ "issuer": issuer.url(), "received": received, "kept": went_well }),
    })
}

async fn open(stage: &Stage, link: &str, tx_code: Option<&str>) -> Result<Arc<Preview>, WalletError> {
    match stage.wallet.open_link(link, Source::Scan).await? {
        Incoming::Offer { offer } => offer.accept(tx_code.map(str::to_owned), "").await,
        Incoming::Preview { preview } => Ok(preview),
        Incoming::Request { .. } => Err(wallet_core::Code::LinkNotUnderstood.error()),
    }
}
