//! `pilot verifier`

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};
use tokio::sync::broadcast::error::RecvError;
use wallet_core::credential::Format;
use wallet_core::credential::path::ClaimLocation;
use wallet_core::json as strict_json;
use wallet_core::profile::{ClientIdPrefix, ResponseMode};
use wallet_core::trust::{ListName, Side};
use wallet_core::words;

use super::console::Console;
use super::server::{self, ServerArguments};
use super::signals::Signals;
use super::{CommandError, Outcome};
use crate::verifier::{
    PresentedCredential, Registration, Request, RequestOptions, Verdict, Verifier, VerifierEvent,
    VerifierOptions,
};

#[derive(Args)]
#[command(after_help = "\
When nothing else is said, --side eu asks for family name and nationality of the PID by HAIP 1.0 (x509_hash, encrypted
response), --side ca for age_over_19 of the driver's licence by profile CA-1 (x509_san_dns, encrypted response).

Examples:
  Show link, QR code and the address of the web page, and print every verdict:
    pilot verifier --side eu

  Ask a wallet with a query of your own, and let a script read the verdict:
    pilot verifier --side ca --dcql query.json --response-mode direct_post --once --json

JSON API, for a relying party of your own:
  POST /api/requests           {\"dcql_query\":…} or {\"query\":\"either\"}; answers with id, uri, result
  GET  /api/requests/ID?wait=20  {\"status\":\"waiting\"|\"fetched\"|\"done\",\"result\":{\"verified\":…,…}}

With --json: {\"event\":\"ready\",…}, {\"event\":\"request\",\"uri\":…}, {\"event\":\"fetched\",…},
{\"event\":\"result\",\"verified\":…,\"credentials\":[…],\"error\":…}.")]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) server: ServerArguments,
    /// A file with the query to ask, as DCQL
    #[arg(long, value_name = "FILE")]
    dcql: Option<PathBuf>,
    /// How the response travels: direct_post.jwt (encrypted) or direct_post
    #[arg(long, value_name = "MODE", default_value = "direct_post.jwt", value_parser = response_mode)]
    response_mode: ResponseMode,
    /// How the verifier identifies itself: x509_hash, x509_san_dns, or redirect_uri (unsigned)
    #[arg(long, value_name = "PREFIX", value_parser = client_id_prefix)]
    client_id_prefix: Option<ClientIdPrefix>,
    /// What the EU verifier says it is registered to ask for: fitting, narrow (less than it asks), expired, or absent
    #[arg(long, value_name = "KIND", default_value = "fitting", value_parser = registration)]
    registration: Registration,
}

fn response_mode(text: &str) -> Result<ResponseMode, String> {
    ResponseMode::from_value(text).ok_or_else(|| "it is direct_post.jwt or direct_post".to_owned())
}

fn client_id_prefix(text: &str) -> Result<ClientIdPrefix, String> {
    ClientIdPrefix::from_prefix(text)
        .ok_or_else(|| "it is x509_hash, x509_san_dns or redirect_uri".to_owned())
}

fn registration(text: &str) -> Result<Registration, String> {
    Registration::from_name(text).ok_or_else(|| "it is fitting, narrow, expired or absent".to_owned())
}

impl Arguments {
    fn query(&self) -> Result<Option<Value>, CommandError> {
        let Some(path) = &self.dcql else { return Ok(None) };
        let wrong = |what: String| CommandError::Usage(format!("--dcql {}: {what}", path.display()));
        let text = std::fs::read(path).map_err(|error| wrong(error.to_string()))?;
        strict_json::parse(&text, "dcql_query").map(Some).map_err(|error| wrong(error.to_string()))
    }
}

pub(super) async fn run(arguments: Arguments, console: &Console) -> Result<Outcome, CommandError> {
    let dcql = arguments.query()?;
    let mut signals = Signals::listen()?;
    let server = &arguments.server;
    let side = server.side();
    let pki = server.open_pki()?;
    let lists: &[ListName] = match side {
        Side::Eu => &[ListName::Tls, ListName::EuVerifiers, ListName::EuRegistrars],
        Side::Ca => &[ListName::Tls, ListName::CaVerifiers],
    };
    let trust = server::trust_commands(&pki, lists);
    let options = VerifierOptions::new(side, pki);
    let verifier = Verifier::start(VerifierOptions {
        listen: server.listen,
        host: server.host.clone(),
        response_mode: arguments.response_mode,
        client_id_prefix: arguments.client_id_prefix.unwrap_or(options.client_id_prefix),
        dcql,
        registration: arguments.registration,
        insecure_http: server.insecure_http,
        ..options
    })
    .await?;
    let mut events = verifier.events();
    console.event(&json!({ "event": "ready", "url": verifier.url(), "side": side.as_str() }))?;
    console.say(&format!("The {side} verifier is ready: {}\nTo trust it:\n{trust}", verifier.url()))?;

    let mut request = verifier.request(RequestOptions::default())?;
    show(&request, console)?;
    let outcome = loop {
        let mut over = None;
        tokio::select! {
            event = events.recv() => match event {
                Ok(event) => {
                    tell(&event, console)?;
                    if let VerifierEvent::Result { id, verdict } = event {
                        // Requests of the page and of the API count as well, but not those that nobody came for.
                        let counts = id == request.id || !verdict.is_timeout();
                        over = counts.then_some((id, verdict.verified));
                    }
                }
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => break Outcome::Failed,
            },
            () = server.time_is_over() => {
                tell(&VerifierEvent::Result { id: request.id, verdict: Verdict::timeout() }, console)?;
                break Outcome::Failed;
            }
            () = signals.told_to_end() => break if server.once { Outcome::Failed } else { Outcome::Done },
        }
        match over {
            Some((_, verified)) if server.once => {
                break if verified { Outcome::Done } else { Outcome::Failed };
            }
            Some((id, _)) if id == request.id => {
                request = verifier.request(RequestOptions::default())?;
                show(&request, console)?;
            }
            _ => {}
        }
    };
    verifier.stop().await;
    Ok(outcome)
}

fn show(request: &Request, console: &Console) -> Result<(), CommandError> {
    console.say(&format!("Request:\n\n{}\n", request.uri))?;
    console.draw(&request.uri)?;
    console.say("Waiting for a wallet. The request is good for ten minutes. Ctrl-C ends.")?;
    Ok(())
}

fn tell(event: &VerifierEvent, console: &Console) -> Result<(), CommandError> {
    console.event(event)?;
    match event {
        // The command's own is shown as a whole; those of page and API are shown there.
        VerifierEvent::Request { .. } => {}
        VerifierEvent::Fetched { .. } => console.say("A wallet fetched the request.")?,
        VerifierEvent::Refused { description } => console.say(&format!("Refused: {description}."))?,
        VerifierEvent::Result { verdict, .. } => console.say(&in_words(verdict))?,
    }
    Ok(())
}

fn in_words(verdict: &Verdict) -> String {
    match &verdict.error {
        Some(error) => {
            let of = error.id.as_ref().map_or(String::new(), |id| format!(" of {id}"));
            format!("Not verified{of}: {} ({})", error.code, error.message)
        }
        None => {
            let credentials: Vec<_> = verdict.credentials.iter().map(credential_in_words).collect();
            format!("Verified.\n{}", credentials.join("\n"))
        }
    }
}

fn credential_in_words(credential: &PresentedCredential) -> String {
    let PresentedCredential { type_id, issuer, claims, .. } = credential;
    let mut lines = vec![format!("{}, issued by {issuer}:", words::credential_label(type_id, "en"))];
    let mut line = |place: ClaimLocation, value: &Value| {
        let label = words::claim_label(type_id, &place, "en");
        lines.push(format!("  {label}: {}", words::value_text(value, type_id, &place, "en")));
    };
    for (name, value) in claims {
        match (credential.format, value) {
            (Format::MsoMdoc, Value::Object(elements)) => elements.iter().for_each(|(element, value)| {
                line(ClaimLocation::keys([name.as_str(), element.as_str()]), value);
            }),
            _ => line(ClaimLocation::keys([name.as_str()]), value),
        }
    }
    lines.join("\n")
}
