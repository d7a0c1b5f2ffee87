//! The page that shows what came of a request: the verdict, and what was disclosed.

use axum::http::StatusCode;
use axum::response::Response;
use wallet_core::words as core_words;

use super::super::running::Shared;
use super::super::session::Session;
use super::super::verdict::{Verdict, VerdictError};
use super::html::Html;
use super::layout::Page;
use super::visitor::Visitor;
use super::{disclosed, waiting};
use crate::words::{self, Language};

pub(super) fn render(shared: &Shared, visitor: &Visitor, session: &Session, verdict: &Verdict) -> Response {
    let language = visitor.language;
    let word = |key: &str| words::text(key, language);
    let outcome = kind(verdict);
    let mut body = Html::default();
    body.element("<p role=\"status\">", &word(&format!("page.outcome.{outcome}.text")), "</p>");
    if let Some(error) = &verdict.error {
        explain(&mut body, error, outcome, language);
    }
    for credential in &verdict.credentials {
        disclosed::show(&mut body, credential, &session.asked.query, language);
    }
    again(&mut body, language);
    let heading = word(&format!("page.outcome.{outcome}.heading"));
    Page { visitor, name: &shared.name(), heading, outcome: Some(outcome), body, waits: false }
        .render(StatusCode::OK)
}

/// A page that says one thing: not here, or not any more.
pub(super) fn notice(shared: &Shared, visitor: &Visitor, what: &str, status: StatusCode) -> Response {
    let language = visitor.language;
    let word = |part: &str| words::text(&format!("page.{what}.{part}"), language);
    let mut body = Html::default();
    body.element("<p>", &word("text"), "</p>");
    again(&mut body, language);
    Page { visitor, name: &shared.name(), heading: word("heading"), outcome: None, body, waits: false }
        .render(status)
}

fn kind(verdict: &Verdict) -> &'static str {
    match &verdict.error {
        None => "accepted",
        Some(error) if error.code == VerdictError::TIMEOUT => "timeout",
        Some(error) if error.code == "access_denied" => "declined",
        // The wallet's own word, not a finding about what it sent.
        Some(error) if error.fault.is_none() => "unable",
        Some(_) => "refused",
    }
}

fn explain(body: &mut Html, error: &VerdictError, outcome: &str, language: Language) {
    match &error.fault {
        Some(fault) => {
            body.element("<p>", &core_words::message(fault, language.tag()), "</p>");
            body.markup("<p class=\"code\">").text(&error.message).markup("</p>");
        }
        // What the wallet wrote, as what it is.
        None if outcome == "unable" => {
            let said = words::filled("page.outcome.said", &[("code", &error.code)], language);
            body.element("<p>", &said, "</p>");
        }
        None => {}
    }
}

fn again(body: &mut Html, language: Language) {
    body.markup("<p><a class=\"button\"").attribute("href", &waiting::home(language));
    body.element(">", &words::text("page.again", language), "</a></p>");
}
