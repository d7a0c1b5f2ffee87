//! The first page: what can be asked.

use axum::http::StatusCode;
use axum::response::Response;

use super::super::queries::BuiltIn;
use super::super::running::Shared;
use super::html::Html;
use super::layout::Page;
use super::visitor::Visitor;
use crate::words;

/// The name under which the operator's own query is asked for.
pub(super) const OWN: &str = "own";

pub(super) fn render(shared: &Shared, visitor: &Visitor) -> Response {
    let language = visitor.language;
    let word = |key: &str| words::text(key, language);
    let built_in = BuiltIn::of(shared.side).iter().map(|query| query.name());
    let own = (!shared.is_own_default).then_some(OWN);
    let mut body = Html::default();
    body.element("<p>", &word("page.home.intro"), "</p><ul class=\"choices\">");
    for name in own.into_iter().chain(built_in) {
        body.element("<li><h2>", &word(&format!("query.{name}.title")), "</h2>");
        body.element("<p>", &word(&format!("query.{name}.text")), "</p>");
        body.markup("<form method=\"post\" action=\"/requests\"><input type=\"hidden\" name=\"lang\"");
        body.attribute("value", language.tag());
        body.markup("><button name=\"query\"").attribute("value", name);
        // Several buttons with one text: what each is for is in its name.
        let label =
            words::filled("page.home.ask_for", &[("what", &word(&format!("query.{name}.title")))], language);
        body.attribute("aria-label", &label);
        body.element(">", &word("page.home.ask"), "</button></form></li>");
    }
    body.markup("</ul>");
    let heading = word("page.home.heading");
    Page { visitor, name: &shared.name(), heading, outcome: None, body, waits: false }.render(StatusCode::OK)
}
