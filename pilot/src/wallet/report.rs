//! What a command says: one JSON document for programs, sentences for people.

use std::io::Write;

use serde_json::{Value, json};
use wallet_core::time::UnixTime;
use wallet_core::{Fault, words as core_words};

use super::exit::Failure;
use super::wait;
use crate::time;
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
        let complaint = match failure {
            Failure::Wallet(error) => Complaint::of(error.fault(), &self.locale),
            Failure::Usage(what) => Complaint {
                code: "usage".to_owned(),
                message: what.clone(),
                spec: "pilot wallet --help".to_owned(),
                action: text("wallet.usage.action", self.language),
                ..Complaint::default()
            },
            Failure::SaidNo => Complaint {
                code: "declined".to_owned(),
                message: text("wallet.said_no", self.language),
                spec: "design: consent".to_owned(),
                action: text("wallet.said_no.action", self.language),
                ..Complaint::default()
            },
            Failure::Damaged(report) => return self.say(report),
        };
        if self.json {
            print_line(&format!("{:#}", json!({ "error": complaint.json() })));
        } else {
            drop(writeln!(std::io::stderr(), "{}", complaint.text(time::now(), self.language)));
        }
    }

    /// Says to people what led to a failure, before it is told.
    pub(crate) fn explain(&self, text: &str) {
        if !self.json {
            drop(write!(std::io::stderr(), "{text}"));
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

/// What went wrong, in both forms.
#[derive(Default)]
struct Complaint {
    code: String,
    message: String,
    spec: String,
    action: String,
    /// Where attempts are counted.
    attempts_left: Option<u32>,
    /// From when on trying again makes sense, in seconds since 1970.
    retry_at: Option<i64>,
}

impl Complaint {
    fn of(fault: &Fault, locale: &str) -> Self {
        let place = fault.place.map(|place| format!(" ({place})")).unwrap_or_default();
        Self {
            code: fault.code.to_string(),
            message: core_words::message(fault, locale),
            spec: format!("{}{place}", fault.code.spec()),
            action: core_words::action(fault, locale),
            attempts_left: fault.attempts_left,
            retry_at: fault.retry_at,
        }
    }

    fn json(&self) -> Value {
        let texts = [
            ("code", &self.code),
            ("message", &self.message),
            ("spec", &self.spec),
            ("action", &self.action),
        ];
        let texts = texts.map(|(name, text)| (name, Value::from(text.as_str())));
        let numbers = [
            ("attempts_left", self.attempts_left.map(Value::from)),
            ("retry_at", self.retry_at.map(Value::from)),
        ];
        let known = numbers.into_iter().filter_map(|(name, number)| Some((name, number?)));
        texts.into_iter().chain(known).collect()
    }

    fn text(&self, now: UnixTime, language: Language) -> String {
        let wait = self.retry_at.map(|at| wait::sentence(at.saturating_sub(now.0), language));
        let wait = wait.map(|sentence| format!(" {sentence}")).unwrap_or_default();
        let Self { code, message, spec, action, .. } = self;
        format!("{message}{wait}\n{action}\n[{code}; {spec}]")
    }
}

/// A reader that has gone away, such as `head`, is no error.
fn print_line(line: &str) {
    drop(writeln!(std::io::stdout(), "{line}"));
}
