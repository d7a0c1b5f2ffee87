//! The page that shows a request and waits for the wallet.

use axum::http::StatusCode;
use axum::response::Response;
use wallet_core::present::dcql::{CredentialQuery, Meta};

use super::super::running::Shared;
use super::super::session::{Progress, Session};
use super::disclosed;
use super::html::Html;
use super::layout::Page;
use super::visitor::Visitor;
use crate::words::{self, Language};

/// Shows a request. `same_device` is the one behind the link, where the page has one of its own for it.
pub(super) fn render(
    shared: &Shared,
    visitor: &Visitor,
    session: &Session,
    same_device: Option<&Session>,
) -> Response {
    let language = visitor.language;
    let word = |key: &str| words::text(key, language);
    let fetched = [Some(session), same_device]
        .into_iter()
        .flatten()
        .any(|session| matches!(session.progress(), Progress::Fetched));
    let mut body = Html::default();
    body.markup("<div class=\"request\"><div><figure class=\"code\"><div role=\"img\"")
        .attribute("aria-label", &word("page.code.name"));
    body.markup(">");
    let drawn = body.qr_code(&session.asked.uri);
    body.markup("</div><figcaption>");
    body.text(&word(if drawn { "page.code.caption" } else { "page.code.too_long" }));
    body.markup("</figcaption></figure><p><a class=\"button\"");
    body.attribute("href", &same_device.unwrap_or(session).asked.uri);
    body.element(">", &word("page.open"), "</a></p>");

    body.markup("<p id=\"status\" role=\"status\"");
    body.attribute("data-state", if fetched { "fetched" } else { "waiting" });
    body.attribute("data-watch", &watch_address(session, same_device));
    body.attribute("data-fetched", &word("page.fetched"));
    body.element(">", &word(if fetched { "page.fetched" } else { "page.waiting" }), "</p></div><div>");
    asked(&mut body, session, language);
    body.markup("</div></div>");

    body.element("<details><summary>", &word("page.as_text"), "</summary><p><code>");
    body.text(&session.asked.uri).markup("</code></p></details>");
    body.markup("<p><a").attribute("href", &home(language)).element(">", &word("page.again"), "</a></p>");
    let heading = word("page.scan.heading");
    Page { visitor, name: &shared.name(), heading, outcome: None, body, waits: true }.render(StatusCode::OK)
}

/// Where the script looks for news.
fn watch_address(session: &Session, same_device: Option<&Session>) -> String {
    let address = format!("/requests/{}/state", session.id.as_str());
    match same_device {
        Some(same) => format!("{address}?also={}", same.id.as_str()),
        None => address,
    }
}

/// The first page, in this language.
pub(super) fn home(language: Language) -> String {
    format!("/?lang={}", language.tag())
}

/// What the request asks for, in words.
fn asked(body: &mut Html, session: &Session, language: Language) {
    body.element("<h2>", &words::text("page.asked.heading", language), "</h2>");
    if !session.asked.query.credential_sets().is_empty() {
        body.element("<p>", &words::text("page.asked.options", language), "</p>");
    }
    body.markup("<ul class=\"asked\">");
    for query in session.asked.query.credentials() {
        let type_id = type_id(query);
        let credential = wallet_core::words::credential_label(type_id, language.tag());
        body.element("<li><strong>", &credential, "</strong>");
        let labels: Vec<_> = query
            .claims()
            .iter()
            .map(|claim| disclosed::label(type_id, &disclosed::location(claim.path()), language))
            .collect();
        if !labels.is_empty() {
            body.text(&words::text("page.colon", language)).text(&labels.join(", "));
        }
        body.markup("</li>");
    }
    body.markup("</ul>");
}

fn type_id(query: &CredentialQuery) -> &str {
    let types = match query.meta() {
        Meta::MsoMdoc { doctype_values } => doctype_values,
        Meta::DcSdJwt { vct_values } => vct_values,
        Meta::Unsupported => return "",
    };
    types.first().map_or("", String::as_str)
}
