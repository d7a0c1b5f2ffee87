//! The page that shows what came of a request: the verdict, and what was disclosed.

use axum::http::StatusCode;
use axum::response::Response;
use serde_json::Value;
use wallet_core::credential::Format;
use wallet_core::credential::path::{ClaimLocation, Step};
use wallet_core::time::UnixTime;
use wallet_core::words as core_words;

use super::super::running::Shared;
use super::super::verdict::{PresentedCredential, Verdict, VerdictError};
use super::html::Html;
use super::layout::Page;
use super::visitor::Visitor;
use super::{image, waiting};
use crate::words::{self, Language};

pub(super) fn render(shared: &Shared, visitor: &Visitor, verdict: &Verdict) -> Response {
    let language = visitor.language;
    let word = |key: &str| words::text(key, language);
    let outcome = kind(verdict);
    let mut body = Html::default();
    body.markup("<p").attribute("class", outcome);
    body.markup(" role=\"status\">").text(&word(&format!("page.outcome.{outcome}.text"))).markup("</p>");
    if let Some(error) = &verdict.error {
        explain(&mut body, error, language);
    }
    for credential in &verdict.credentials {
        show(&mut body, credential, language);
    }
    again(&mut body, language);
    let heading = word(&format!("page.outcome.{outcome}.heading"));
    Page { visitor, name: &shared.name(), heading, body, waits: false }.render(StatusCode::OK)
}

/// A page that says one thing: not here, or not any more.
pub(super) fn notice(shared: &Shared, visitor: &Visitor, what: &str, status: StatusCode) -> Response {
    let language = visitor.language;
    let word = |part: &str| words::text(&format!("page.{what}.{part}"), language);
    let mut body = Html::default();
    body.element("<p>", &word("text"), "</p>");
    again(&mut body, language);
    Page { visitor, name: &shared.name(), heading: word("heading"), body, waits: false }.render(status)
}

/// What a claim is called. The wallet core speaks to the citizen; here somebody reads about them.
pub(super) fn label(type_id: &str, location: &ClaimLocation, language: Language) -> String {
    let age = match location.0.last() {
        Some(Step::Key(name)) => name.strip_prefix("age_over_").filter(|age| age.parse::<u8>().is_ok()),
        _ => None,
    };
    match age {
        Some(age) => words::filled("claim.age_over", &[("count", age)], language),
        None => core_words::claim_label(type_id, location, language.tag()),
    }
}

fn kind(verdict: &Verdict) -> &'static str {
    match &verdict.error {
        None => "accepted",
        Some(error) if error.code == VerdictError::TIMEOUT => "timeout",
        Some(error) if error.code == "access_denied" => "declined",
        Some(_) => "refused",
    }
}

fn explain(body: &mut Html, error: &VerdictError, language: Language) {
    match &error.fault {
        Some(fault) => {
            body.element("<p>", &core_words::message(fault, language.tag()), "</p>");
            body.markup("<p class=\"code\">").text(&error.message).markup("</p>");
        }
        // What the wallet wrote, as what it is.
        None if kind(&Verdict::refused(error.clone())) == "refused" => {
            let said = words::filled("page.outcome.said", &[("code", &error.code)], language);
            body.element("<p>", &said, "</p>");
        }
        None => {}
    }
}

fn show(body: &mut Html, credential: &PresentedCredential, language: Language) {
    let word = |key: &str| words::text(key, language);
    let type_id = &credential.type_id;
    body.markup("<section class=\"credential\">");
    body.element("<h2>", &core_words::credential_label(type_id, language.tag()), "</h2><dl>");
    for (location, value) in claims(credential) {
        body.element("<div><dt>", &label(type_id, &location, language), "</dt><dd>");
        let name = match location.0.last() {
            Some(Step::Key(name)) => name.as_str(),
            _ => "",
        };
        match value.as_str().and_then(|text| image::address(name, text)) {
            Some(address) => {
                body.markup("<img").attribute("src", &address);
                body.attribute("alt", &word("page.portrait")).markup(">");
            }
            None => {
                let text = core_words::value_text(value, type_id, &location, language.tag());
                for (at, line) in text.lines().enumerate() {
                    body.markup(if at == 0 { "" } else { "<br>" }).text(line);
                }
            }
        }
        body.markup("</dd></div>");
    }
    body.markup("</dl><p class=\"issuer\">");
    body.text(&words::filled("page.issued_by", &[("issuer", &credential.issuer)], language));
    let until = credential.valid_until.map(|seconds| UnixTime(seconds).to_date());
    if let Some(until) = until.and_then(|date| core_words::date_text(&date, language.tag())) {
        body.text(" ").text(&words::filled("page.valid_until", &[("date", &until)], language));
    }
    body.markup("</p></section>");
}

/// What was disclosed, each with its place: in an mdoc below its name space.
fn claims(credential: &PresentedCredential) -> Vec<(ClaimLocation, &Value)> {
    let members = credential.claims.iter();
    match credential.format {
        Format::DcSdJwt => {
            members.map(|(name, value)| (ClaimLocation::keys([name.as_str()]), value)).collect()
        }
        Format::MsoMdoc => members
            .filter_map(|(name_space, elements)| Some((name_space, elements.as_object()?)))
            .flat_map(|(name_space, elements)| {
                let place = move |name: &String| ClaimLocation::keys([name_space.as_str(), name.as_str()]);
                elements.iter().map(move |(name, value)| (place(name), value))
            })
            .collect(),
    }
}

fn again(body: &mut Html, language: Language) {
    body.markup("<p><a class=\"button\"").attribute("href", &waiting::home(language));
    body.element(">", &words::text("page.again", language), "</a></p>");
}
