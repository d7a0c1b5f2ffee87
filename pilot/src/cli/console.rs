//! What is printed: words for people, or one JSON object a line.

use std::io::{self, Write};

use fast_qr::QRBuilder;
use serde::Serialize;
use serde_json::json;

/// Standard output and error.
pub(super) struct Console {
    json: bool,
}

impl Console {
    pub(super) fn new(json: bool) -> Self {
        Self { json }
    }

    /// Prints an event with `--json`.
    pub(super) fn event(&self, event: &impl Serialize) -> io::Result<()> {
        if !self.json {
            return Ok(());
        }
        let line = serde_json::to_string(event)?;
        let mut out = io::stdout().lock();
        writeln!(out, "{line}")?;
        // Whoever reads line by line waits for this one.
        out.flush()
    }

    /// Prints words without `--json`.
    pub(super) fn say(&self, words: &str) -> io::Result<()> {
        if self.json {
            return Ok(());
        }
        let mut out = io::stdout().lock();
        writeln!(out, "{words}")?;
        out.flush()
    }

    /// Draws a QR code without `--json`, where the content fits into one.
    pub(super) fn draw(&self, content: &str) -> io::Result<()> {
        match QRBuilder::new(content).build() {
            Ok(code) => self.say(&code.to_str()),
            Err(_) => Ok(()),
        }
    }

    /// Says on standard error what did not work; with `--json` as an event, too.
    pub(super) fn error(&self, what: &str) {
        let _ = self.event(&json!({ "event": "error", "message": what }));
        let _ = writeln!(io::stderr(), "pilot: {what}");
    }
}
