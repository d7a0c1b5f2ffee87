//! The steps in which the wallet presents.

use serde_json::{Value, json};
use wallet_core::credential::CredentialId;
use wallet_core::present::dcql::Choice;
use wallet_core::present::{PresentationRequest, Source, Warning};
use wallet_core::profile::ResponseMode;
use wallet_core::wallet::Incoming;

use super::stage::Stage;
use super::telling::{self, Step, Teller};
use crate::verifier::{BuiltIn, RequestOptions, Verifier};
use crate::wallet::{Failure, Presentation, Story, Voice, json as forms};

/// What one step asks and how the citizen answers.
struct Ask<'a> {
    title: &'static str,
    verifier: &'a Verifier,
    query: BuiltIn,
    response_mode: ResponseMode,
    /// The query that the citizen picks, where there is a choice.
    pick: Option<&'static str>,
    /// What must reach the verifier, and nothing else: the query that is answered and its claims.
    expected: (&'static str, Value),
}

/// The EU verifier, the Canadian one, and one question that either credential answers.
pub(super) async fn run(stage: &Stage, teller: &mut Teller<'_>, voice: &Voice) -> Result<(), Failure> {
    use ResponseMode::{DirectPost, DirectPostJwt};
    let licence = json!({ "org.iso.18013.5.1": { "age_over_19": true } });
    let (eu, ca) = (&stage.eu_verifier, &stage.ca_verifier);
    let steps = [
        ("tour.present.eu_sd_jwt", eu, BuiltIn::EuPidSdJwt, DirectPostJwt, None, ("pid", eu_names("SD-JWT"))),
        ("tour.present.eu_mdoc", eu, BuiltIn::EuPidMdoc, DirectPostJwt, None, ("pid", eu_names("mdoc"))),
        ("tour.present.ca", ca, BuiltIn::CaAge19, DirectPostJwt, None, ("mdl", licence.clone())),
        ("tour.present.ca_plain", ca, BuiltIn::CaAge19, DirectPost, None, ("mdl", licence)),
        ("tour.present.either_eu", eu, BuiltIn::Either, DirectPostJwt, Some("pid"), ("pid", either("pid"))),
        ("tour.present.either_ca", eu, BuiltIn::Either, DirectPostJwt, Some("mdl"), ("mdl", either("mdl"))),
    ];
    for (title, verifier, query, response_mode, pick, expected) in steps {
        let ask = Ask { title, verifier, query, response_mode, pick, expected };
        teller.tell(present(stage, voice, &ask).await?);
    }
    Ok(())
}

/// The names of the claims that must arrive; their values are the issuer's.
fn eu_names(format: &str) -> Value {
    match format {
        "mdoc" => json!({ "eu.europa.ec.eudi.pid.1": { "family_name": null, "nationality": null } }),
        _ => json!({ "family_name": null, "nationalities": null }),
    }
}

fn either(query: &str) -> Value {
    let names = json!({ "given_name": null, "family_name": null });
    match query {
        "mdl" => json!({ "org.iso.18013.5.1": names }),
        _ => names,
    }
}

async fn present(stage: &Stage, voice: &Voice, ask: &Ask<'_>) -> Result<Step, Failure> {
    let options = RequestOptions::asking(ask.query.dcql()).response_mode(ask.response_mode);
    let made = ask.verifier.request(options).map_err(|error| Failure::Usage(error.to_string()))?;
    let request = match stage.wallet.open_link(&made.uri, Source::Scan).await? {
        Incoming::Request { request } => request,
        _ => return Err(wallet_core::Code::LinkNotUnderstood.error().into()),
    };
    let choice = choose(&request, ask.pick)?;
    let presentation = Presentation::gather(&stage.wallet, &request, &choice).await?;
    let warnings = request.warnings(&choice)?;

    let mut story = Story::new(voice);
    story.who_asks(&request);
    story.asked(&request);
    story.presentation(&presentation);
    for warning in &warnings {
        story.warning(warning);
    }
    let asked = forms::queries(&request);
    let verifier = forms::party(request.verifier());
    let encrypted = request.is_encrypted();
    let registration = request.registration().as_ref().map(forms::registration);
    let (shared, private) = presentation.json();

    let acknowledged: Vec<String> = warnings.iter().map(Warning::id).collect();
    let consent = request.consent(choice, &acknowledged)?;
    let receipt = request.send(consent, "").await?;
    story.receipt(&receipt);
    let verdict = ask.verifier.result(&made.id).await;
    let went_well = verdict.as_ref().is_some_and(|verdict| {
        let arrived = |one: &crate::verifier::PresentedCredential| {
            one.id == ask.expected.0 && same_names(&Value::Object(one.claims.clone()), &ask.expected.1)
        };
        verdict.verified && verdict.credentials.len() == 1 && verdict.credentials.iter().all(arrived)
    });
    if let Some(verdict) = &verdict {
        telling::verdict(&mut story, verdict);
    }
    Ok(Step {
        title: ask.title,
        went_well,
        story: story.into_text(),
        json: json!({
            "verifier": verifier,
            "encrypted": encrypted,
            "registration": registration,
            "asked": asked,
            "shared": shared,
            "stays_private": private,
            "warnings": acknowledged,
            "sent": { "http_status": receipt.http_status },
            "verdict": verdict.as_deref().map(telling::verdict_json),
        }),
    })
}

/// The citizen's pick, or the least that answers.
fn choose(request: &PresentationRequest, pick: Option<&'static str>) -> Result<Choice, Failure> {
    let evaluation = request.evaluation();
    let picks: Vec<(&str, CredentialId)> = pick
        .and_then(|query| {
            let candidate = evaluation.answer(query)?.candidates().first()?;
            Some((query, candidate.credential()))
        })
        .into_iter()
        .collect();
    Ok(evaluation.choose(&picks)?)
}

/// Whether both have the same members at every level; `null` stands for any value.
fn same_names(arrived: &Value, expected: &Value) -> bool {
    match (arrived, expected) {
        (_, Value::Null) => !arrived.is_null(),
        (Value::Object(arrived), Value::Object(expected)) => {
            arrived.len() == expected.len()
                && expected
                    .iter()
                    .all(|(name, value)| arrived.get(name).is_some_and(|arrived| same_names(arrived, value)))
        }
        _ => arrived == expected,
    }
}
