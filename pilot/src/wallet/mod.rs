//! The command-line wallet: what a phone's app does, for scripts, tests and other people's software.
//!
//! - [`WalletArguments`]: what can be typed
//! - [`run`]: does it, and tells how it ended
//! - `commands`: one file a command, each giving a `report::Report` that both people and programs can read
//! - `file`: files that come and go beside the vault
//! - `home`: the folder with the vault, and the wallet in it
//! - `secrets`: what opens it; `folder_area`: a folder that plays a phone's secure hardware
//! - `report`: what a command says; `wait`: how long to wait, in words
//! - `story`: what happened, in words, shared with the tour

mod arguments;
mod clock;
mod commands;
mod exit;
mod file;
mod folder_area;
mod home;
pub(crate) mod json;
mod report;
mod secrets;
mod story;
mod wait;

pub(crate) use arguments::language_tag;
pub use arguments::{WalletArguments, WalletCommand};
pub use commands::{run, usage};
pub(crate) use exit::Failure;
pub(crate) use home::{desktop_ports, wallet_http};
pub(crate) use report::Voice;
pub(crate) use story::{Presentation, Story};
