//! What a command says: one JSON document for programs, sentences for people.

use std::io::Write;

use serde_json::{Value, json};
use wallet_core::words as core_words;

use super::exit::Failure;
use crate::words::{Language, text};

/// The result of a command, in both forms.
pub(crate) struct Report {
    pub(crate) json: Value,
    pub(crate) text: String,
}

/// How to say it.
#[derive(Clone)]
pub(crate) struct Voice {
    /// One JSON document instead of sentences.
    pub(crate) json: bool,
    pub(crate) language: Language,
    /// The whole tag, for dates.
    pub(crate) locale: String,
}

impl Voice {
    pub(crate) fn new(json: bool, locale: &str) -> Self {
        let language = Language::from_tag(locale).unwrap_or_default();
        Self { json, language, locale: locale.to_owned() }
    }

    /// Prints a result.
    pub(crate) fn say(&self, report: &Report) {
        if self.json {
            print_line(&format!("{:#}", report.json));
        } else {
            print_line(report.text.trim_end());
        }
    }

    /// Prints a failure: on standard output as JSON, on standard error as sentences.
    pub(crate) fn complain(&self, failure: &Failure) {
        let (code, message, spec, action) = match failure {
            Failure::Wallet(error) => {
                let fault = error.fault();
                let place = fault.place.map(|place| format!(" ({place})")).unwrap_or_default();
                (
                    fault.code.to_string(),
                    core_words::message(fault, &self.locale),
                    format!("{}{place}", fault.code.spec()),
                    core_words::action(fault, &self.locale),
                )
            }
            Failure::Usage(what) => (
                "usage".to_owned(),
                what.clone(),
                "pilot wallet --help".to_owned(),
                text("wallet.usage.action", self.language),
            ),
            Failure::SaidNo => (
                "declined".to_owned(),
                text("wallet.said_no", self.language),
                "design: consent".to_owned(),
                text("wallet.said_no.action", self.language),
            ),
            Failure::Damaged(report) => return self.say(report),
        };
        if self.json {
            let error = json!({ "code": code, "message": message, "spec": spec, "action": action });
            print_line(&format!("{:#}", json!({ "error": error })));
        } else {
            drop(writeln!(std::io::stderr(), "{message}\n{action}\n[{code}; {spec}]"));
        }
    }

    /// Says what is going on, where a person waits.
    pub(crate) fn progress(&self, key: &str) {
        use std::io::IsTerminal;
        if !self.json && std::io::stderr().is_terminal() {
            drop(writeln!(std::io::stderr(), "{}", text(key, self.language)));
        }
    }
}

/// A reader that has gone away, such as `head`, is no error.
fn print_line(line: &str) {
    drop(writeln!(std::io::stdout(), "{line}"));
}
