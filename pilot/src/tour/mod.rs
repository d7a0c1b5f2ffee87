//! The tour: an EU issuer, a Canadian issuer, an EU verifier, a Canadian verifier and one citizen's wallet play the main
//! job against each other, over TLS on this machine, through exactly the code that a phone would run.
//!
//! | file | concept |
//! | --- | --- |
//! | `stage` | who takes part |
//! | `receiving` | the steps in which the wallet receives |
//! | `presenting` | the steps in which it presents |
//! | `refusing` | the steps in which it says no |
//! | `attacker` | somebody who alters a verifier's request |
//! | `telling` | how each step is told, for people and for programs |

mod attacker;
mod presenting;
mod receiving;
mod refusing;
mod stage;
mod telling;

use std::process::ExitCode;

use clap::Args;

use crate::wallet::{Failure, Voice};
use stage::Stage;
use telling::Teller;

/// What can be typed after `pilot tour`.
#[derive(Debug, Args)]
#[command(after_help = "\
Needs nothing and leaves nothing behind: certificates, servers and wallet are made for the tour, on loopback only.
Exit codes: 0 every step went as it should; 1 one did not.")]
pub struct TourArguments {
    /// Prints one JSON object for each step instead of sentences.
    #[arg(long)]
    json: bool,
    /// The language: en or fr.
    #[arg(long, value_name = "TAG", value_parser = crate::wallet::language_tag, default_value = "en")]
    lang: String,
}

/// Plays all steps, one after another.
pub async fn run(arguments: TourArguments) -> ExitCode {
    let voice = Voice::new(arguments.json, &arguments.lang);
    let mut teller = Teller::new(&voice);
    match play(&mut teller, &voice).await {
        Ok(()) if teller.all_went_well() => {
            teller.end();
            ExitCode::SUCCESS
        }
        Ok(()) => {
            teller.end();
            ExitCode::from(1)
        }
        Err(failure) => {
            voice.complain(&failure);
            ExitCode::from(1)
        }
    }
}

async fn play(teller: &mut Teller<'_>, voice: &Voice) -> Result<(), Failure> {
    teller.begin();
    let stage = Stage::set().await?;
    teller.stage(&stage);
    receiving::run(&stage, teller, voice).await?;
    presenting::run(&stage, teller, voice).await?;
    refusing::run(&stage, teller, voice).await?;
    stage.clear().await;
    Ok(())
}
