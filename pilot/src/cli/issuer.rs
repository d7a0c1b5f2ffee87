//! `pilot issuer`

use std::collections::BTreeSet;
use std::time::Duration;

use clap::Args;
use serde_json::json;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::Instant;
use wallet_core::trust::{ListName, Side};

use super::console::Console;
use super::orders::{Lines, Order};
use super::server::{self, ServerArguments};
use super::signals::Signals;
use super::{CommandError, Outcome};
use crate::issuer::{Configuration, Issuer, IssuerEvent, IssuerOptions, Offer, OfferRequest, TxCode};

/// How long `--once` waits for word from the wallet after everything was given out. Wallets need not send any.
const NOTIFICATIONS: Duration = Duration::from_secs(5);

#[derive(Args)]
#[command(after_help = "\
Credentials: --side eu has pid-sd-jwt and pid-mdoc, --side ca has mdl and person. All people are invented.

Examples:
  Offer the European PID in both formats, and show link, QR code and transaction code:
    pilot issuer --side eu

  Offer a Canadian driver's licence without a code, for a script that reads the offer from the first line:
    pilot issuer --side ca --offer mdl --tx-code none --once --json

  Be reached by a phone in the same network:
    pilot issuer --side ca --listen 0.0.0.0:8443 --host laptop.local

While it runs, it reads lines from standard input: revoke, suspend or reinstate, alone for everything that was issued under
the offer that was taken last, or with the id of an offer. Revoking is for good. Wallets and verifiers that have just read the
status list see it within a minute. In the background of a terminal, start it with < /dev/null.

With --json: {\"event\":\"ready\",\"credential_offer\":…,\"tx_code\":…}, then {\"event\":\"issued\",…},
{\"event\":\"notified\",…} or {\"event\":\"refused\",…}; {\"event\":\"status\",\"offer\":…,\"status\":\"revoked\"};
{\"event\":\"offer\",…} when an offer was used and another is made.")]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) server: ServerArguments,
    /// What to offer; everything when not said
    #[arg(long, value_name = "CONFIG", value_delimiter = ',')]
    offer: Vec<String>,
    /// The code that the citizen must type, or `none`; random when not said
    #[arg(long, value_name = "CODE|none")]
    tx_code: Option<String>,
    /// The most copies in one request
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u8).range(1..=100))]
    batch: u8,
}

impl Arguments {
    fn offer_request(&self) -> Result<OfferRequest, CommandError> {
        let side = self.server.side();
        let all = Configuration::of(side);
        let known = |id: &String| {
            Configuration::from_id(id, side).ok_or_else(|| {
                let names = all.map(Configuration::id).join(", ");
                CommandError::Usage(format!("--offer: the {side} issuer has {names}, but no {id}"))
            })
        };
        let configurations = match self.offer.is_empty() {
            true => all.to_vec(),
            false => self.offer.iter().map(known).collect::<Result<_, _>>()?,
        };
        let tx_code = match self.tx_code.as_deref() {
            None => TxCode::Random,
            Some("none") => TxCode::None,
            Some("") => {
                return Err(CommandError::Usage("--tx-code: a code has at least one character".into()));
            }
            Some(code) => TxCode::Given(code.to_owned()),
        };
        Ok(OfferRequest::new(configurations).with_tx_code(tx_code))
    }
}

pub(super) async fn run(arguments: Arguments, console: &Console) -> Result<Outcome, CommandError> {
    let request = arguments.offer_request()?;
    let mut signals = Signals::listen()?;
    let mut lines = Lines::of_standard_input()?;
    let server = &arguments.server;
    let side = server.side();
    let pki = server.open_pki()?;
    let lists = [ListName::Tls, if side == Side::Eu { ListName::EuIssuers } else { ListName::CaIssuers }];
    let trust = server::trust_commands(&pki, &lists);
    let issuer = Issuer::start(IssuerOptions {
        side,
        listen: server.listen,
        host: server.host.clone(),
        pki,
        batch: usize::from(arguments.batch),
        insecure_http: server.insecure_http,
    })
    .await?;
    let mut events = issuer.events();
    let mut offer = issuer.offer(&request)?;
    console.say(&format!("The {side} issuer is ready at {}\nTo trust it:\n{trust}", issuer.url()))?;
    show("ready", &offer, &issuer, console)?;

    let mut once = Once::new(&offer);
    let outcome = loop {
        tokio::select! {
            event = events.recv() => match event {
                Ok(event) => {
                    tell(&event, console)?;
                    once.note(&event);
                }
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => break Outcome::Failed,
            },
            line = lines.next() => obey(&line, &issuer, console),
            () = once.patience_is_over() => once.over = Some(Outcome::Done),
            () = server.time_is_over() => {
                console.error("no wallet took the offer in time");
                break Outcome::Failed;
            }
            () = signals.told_to_end() => break if server.once { Outcome::Failed } else { Outcome::Done },
        }
        match once.over.take() {
            Some(outcome) if server.once => break outcome,
            Some(_) => {
                offer = issuer.offer(&request)?;
                show("offer", &offer, &issuer, console)?;
                once = Once::new(&offer);
            }
            None => {}
        }
    };
    issuer.stop().await;
    Ok(outcome)
}

fn show(event: &str, offer: &Offer, issuer: &Issuer, console: &Console) -> Result<(), CommandError> {
    let ids: Vec<_> = offer.configurations.iter().map(|configuration| configuration.id()).collect();
    console.event(&json!({
        "event": event,
        "credential_issuer": issuer.url(),
        "credential_offer": offer.link,
        "credential_offer_by_reference": offer.link_by_reference,
        "credential_configuration_ids": ids,
        "tx_code": offer.tx_code,
        "offer": offer.id,
    }))?;
    let id = offer.id.as_str();
    console.say(&format!("Offered: {} (offer {id})\n\n{}\n", ids.join(", "), offer.link))?;
    console.draw(&offer.link_by_reference)?;
    if let Some(code) = &offer.tx_code {
        console.say(&format!("Transaction code: {code}"))?;
    }
    console.say("Waiting for a wallet. The offer is good for ten minutes. Ctrl-C ends.")?;
    console.say("Type revoke, suspend or reinstate to say so of what was issued last.")?;
    Ok(())
}

fn obey(line: &str, issuer: &Issuer, console: &Console) {
    match line.parse::<Order>() {
        // What it did comes back as an event.
        Ok(Order { status, offer }) => {
            if let Err(why) = issuer.set_status(offer.as_ref(), status) {
                console.error(&why.to_string());
            }
        }
        Err(what) => console.error(&what),
    }
}

fn tell(event: &IssuerEvent, console: &Console) -> Result<(), CommandError> {
    console.event(event)?;
    let words = match event {
        IssuerEvent::Issued { credential_configuration_id, format, copies, .. } => {
            format!(
                "Issued {credential_configuration_id} ({format}) in {copies} copies, each bound to its own key."
            )
        }
        IssuerEvent::Notified { credential_configuration_id, notification, .. } => {
            let what = match *notification {
                "credential_accepted" => "keeps",
                "credential_deleted" => "does not keep, by the citizen's wish,",
                _ => "could not keep",
            };
            format!("The wallet {what} {credential_configuration_id}.")
        }
        IssuerEvent::Status { offer, status } => {
            let (offer, status) = (offer.as_str(), status.as_str());
            format!("The status list says of everything that was issued under the offer {offer}: {status}.")
        }
        IssuerEvent::Refused { endpoint, error, description, .. } => {
            format!("Refused at the {endpoint} endpoint: {error} ({description}).")
        }
    };
    console.say(&words)?;
    Ok(())
}

/// Follows one offer to its end.
struct Once {
    offer: Offer,
    issued: BTreeSet<&'static str>,
    accepted: BTreeSet<&'static str>,
    /// Until when to wait for notifications.
    patience: Option<Instant>,
    /// How it ended.
    over: Option<Outcome>,
}

impl Once {
    fn new(offer: &Offer) -> Self {
        let (issued, accepted) = (BTreeSet::new(), BTreeSet::new());
        Self { offer: offer.clone(), issued, accepted, patience: None, over: None }
    }

    fn note(&mut self, event: &IssuerEvent) {
        match event {
            IssuerEvent::Issued { offer, credential_configuration_id, .. } if *offer == self.offer.id => {
                self.issued.insert(credential_configuration_id);
                if self.issued.len() == self.offer.configurations.len() {
                    self.patience.get_or_insert(Instant::now() + NOTIFICATIONS);
                }
            }
            IssuerEvent::Notified { offer, credential_configuration_id, notification }
                if *offer == self.offer.id =>
            {
                if *notification != "credential_accepted" {
                    self.over = Some(Outcome::Failed);
                    return;
                }
                self.accepted.insert(credential_configuration_id);
                if self.accepted.len() == self.offer.configurations.len() {
                    self.over = Some(Outcome::Done);
                }
            }
            // Of no offer at all: a wallet whose request could not even be placed.
            IssuerEvent::Refused { offer, may_retry: false, .. }
                if offer.as_ref().is_none_or(|offer| *offer == self.offer.id) =>
            {
                self.over = Some(Outcome::Failed);
            }
            _ => {}
        }
    }

    /// Waits until no notification is expected any more.
    async fn patience_is_over(&self) {
        match self.patience {
            Some(until) => tokio::time::sleep_until(until).await,
            None => std::future::pending().await,
        }
    }
}
