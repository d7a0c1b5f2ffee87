//! How each step is told: who asked and how that was verified, what was asked, what was shared, what stayed private, and
//! the other side's own verdict.

use std::io::Write;

use serde_json::{Value, json};

use super::stage::Stage;
use crate::verifier::Verdict;
use crate::wallet::{Story, Voice};
use crate::words::{filled, text};

/// Tells the steps, numbered, as they happen.
pub(super) struct Teller<'a> {
    voice: &'a Voice,
    steps: u32,
    failed: u32,
}

/// One step, in both forms.
pub(super) struct Step {
    /// The key of its title.
    pub(super) title: &'static str,
    /// Whether it went as it should.
    pub(super) went_well: bool,
    /// What happened, in sentences.
    pub(super) story: String,
    /// What happened, for programs.
    pub(super) json: Value,
}

impl<'a> Teller<'a> {
    pub(super) fn new(voice: &'a Voice) -> Self {
        Self { voice, steps: 0, failed: 0 }
    }

    pub(super) fn begin(&self) {
        self.say(&text("tour.begin", self.voice.language));
    }

    /// Who takes part.
    pub(super) fn stage(&self, stage: &Stage) {
        for (key, url) in [
            ("tour.stage.eu_issuer", stage.eu_issuer.url()),
            ("tour.stage.ca_issuer", stage.ca_issuer.url()),
            ("tour.stage.eu_verifier", stage.eu_verifier.url()),
            ("tour.stage.ca_verifier", stage.ca_verifier.url()),
        ] {
            self.say(&filled(key, &[("url", url)], self.voice.language));
        }
    }

    /// Tells one step.
    pub(super) fn tell(&mut self, step: Step) {
        self.steps += 1;
        self.failed += u32::from(!step.went_well);
        let title = text(step.title, self.voice.language);
        if self.voice.json {
            let mut object = json!({ "step": self.steps, "title": title, "ok": step.went_well });
            if let (Some(object), Value::Object(more)) = (object.as_object_mut(), step.json) {
                object.extend(more);
            }
            self.line(&object.to_string());
            return;
        }
        self.line(&format!("\n{}. {title}", self.steps));
        self.line(step.story.trim_end());
        if !step.went_well {
            self.line(&text("tour.step.failed", self.voice.language));
        }
    }

    pub(super) fn all_went_well(&self) -> bool {
        self.failed == 0
    }

    pub(super) fn end(&self) {
        let (steps, failed) = (self.steps.to_string(), self.failed.to_string());
        let key = if self.all_went_well() { "tour.end" } else { "tour.end.failed" };
        self.say(&filled(key, &[("steps", &steps), ("failed", &failed)], self.voice.language));
    }

    fn say(&self, line: &str) {
        if !self.voice.json {
            self.line(line);
        }
    }

    /// A reader that has gone away is no error.
    fn line(&self, line: &str) {
        let mut out = std::io::stdout().lock();
        drop(writeln!(out, "{line}"));
        drop(out.flush());
    }
}

/// The verifier's own word, in a sentence.
pub(super) fn verdict(story: &mut Story<'_>, verdict: &Verdict) {
    match &verdict.error {
        None if verdict.verified => story.line("tour.verdict.verified", &[]),
        None => story.line("tour.verdict.not_verified", &[("code", "")]),
        Some(error) => story.line("tour.verdict.not_verified", &[("code", &error.code)]),
    }
}

/// The verifier's own word, for programs: what it verified, claims and all.
pub(super) fn verdict_json(verdict: &Verdict) -> Value {
    serde_json::to_value(verdict).unwrap_or_default()
}
