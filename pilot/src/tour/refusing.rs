//! The steps in which the wallet says no: for the citizen, and by itself.

use serde_json::json;
use wallet_core::Code;
use wallet_core::present::Source;

use super::attacker::Attacker;
use super::stage::Stage;
use super::telling::{self, Step, Teller};
use crate::verifier::{BuiltIn, RequestOptions};
use crate::wallet::{Failure, Story, Voice, json as forms};

/// A decline that reaches the verifier, and an attack that gets nothing.
pub(super) async fn run(stage: &Stage, teller: &mut Teller<'_>, voice: &Voice) -> Result<(), Failure> {
    teller.tell(decline(stage, voice).await?);
    teller.tell(attack(stage, voice).await?);
    Ok(())
}

async fn decline(stage: &Stage, voice: &Voice) -> Result<Step, Failure> {
    let options = RequestOptions::asking(BuiltIn::Portrait.dcql());
    let made = stage.eu_verifier.request(options).map_err(|error| Failure::Usage(error.to_string()))?;
    let wallet_core::wallet::Incoming::Request { request } =
        stage.wallet.open_link(&made.uri, Source::Scan).await?
    else {
        return Err(Code::LinkNotUnderstood.error().into());
    };
    let mut story = Story::new(voice);
    story.who_asks(&request);
    story.asked(&request);
    let verifier = forms::party(request.verifier());
    let asked = forms::queries(&request);
    request.decline().await?;
    story.line("wallet.declined", &[]);
    let verdict = stage.eu_verifier.result(&made.id).await;
    if let Some(verdict) = &verdict {
        telling::verdict(&mut story, verdict);
    }
    let told = verdict.as_ref().and_then(|verdict| verdict.error.as_ref()).map(|error| error.code.clone());
    Ok(Step {
        title: "tour.decline",
        went_well: told.as_deref() == Some("access_denied"),
        story: story.into_text(),
        json: json!({
            "verifier": verifier,
            "asked": asked,
            "shared": [],
            "declined": true,
            "verdict": verdict.as_deref().map(telling::verdict_json),
        }),
    })
}

/// Somebody takes the EU verifier's request, changes where the answer goes, and offers it as his own.
async fn attack(stage: &Stage, voice: &Voice) -> Result<Step, Failure> {
    let options = RequestOptions::asking(BuiltIn::Portrait.dcql());
    let made = stage.eu_verifier.request(options).map_err(|error| Failure::Usage(error.to_string()))?;
    let attacker = Attacker::alters(&made, &stage.pki).await?;
    let refused = stage.wallet.open_link(attacker.link(), Source::Scan).await;
    let code = refused.as_ref().err().map(wallet_core::WalletError::code);
    let received = attacker.received();
    attacker.stop().await;

    let history = stage.wallet.history().await?;
    let noted = history.unauthenticated_refusals.last().map(|refusal| refusal.code);
    let mut story = Story::new(voice);
    story.line("tour.attack.what", &[]);
    if let Err(error) = &refused {
        story.refusal(error);
    }
    let key = if received == 0 { "tour.attack.nothing" } else { "tour.attack.something" };
    story.line(key, &[]);
    let expected = Some(Code::RequestSignatureInvalid);
    Ok(Step {
        title: "tour.attack",
        went_well: code == expected && noted == expected.map(|code| code as u16) && received == 0,
        story: story.into_text(),
        json: json!({
            "refused": code.map(|code| code.to_string()),
            "reached_the_attacker": received,
            "in_history": noted.map(|code| format!("WC-{code:04}")),
        }),
    })
}
