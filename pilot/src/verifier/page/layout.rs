//! What is around every page.

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::html::Html;
use super::visitor::Visitor;
use crate::words::{self, Language};

/// Nothing from elsewhere, no frames, no inline script or style; pictures among the claims come as `data:`.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; \
    img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A page.
pub(super) struct Page<'a> {
    pub(super) visitor: &'a Visitor,
    /// Who the verifier is.
    pub(super) name: &'a str,
    pub(super) heading: String,
    /// How a request ended, where the page is about that: it is to be seen at one look.
    pub(super) outcome: Option<&'static str>,
    /// What follows the heading.
    pub(super) body: Html,
    /// Whether it changes by itself, so that a browser without script must look again.
    pub(super) waits: bool,
}

impl Page<'_> {
    pub(super) fn render(&self, status: StatusCode) -> Response {
        let language = self.visitor.language;
        let word = |key: &str| words::text(key, language);
        let mut html = Html::default();
        html.markup("<!doctype html>\n<html").attribute("lang", language.tag());
        html.markup("><head><meta charset=\"utf-8\">")
            .markup("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
            .markup("<meta name=\"referrer\" content=\"no-referrer\">")
            .markup("<link rel=\"icon\" href=\"data:,\">")
            .markup("<link rel=\"stylesheet\" href=\"/assets/style.css\">");
        if self.waits {
            html.markup("<script src=\"/assets/page.js\" defer></script>")
                .markup("<noscript><meta http-equiv=\"refresh\" content=\"5\"></noscript>");
        }
        html.markup("<title>")
            .text(&self.heading)
            .text(" – ")
            .text(self.name)
            .markup("</title></head><body>");

        html.markup("<header><p class=\"name\">").text(self.name).markup("</p><nav");
        html.attribute("aria-label", &word("page.language")).markup("><ul>");
        for other in Language::ALL {
            html.markup("<li><a").attribute("href", &self.visitor.in_language(other));
            html.attribute("hreflang", other.tag()).attribute("lang", other.tag());
            if other == language {
                html.markup(" aria-current=\"true\"");
            }
            html.element(">", &words::text("page.this_language", other), "</a></li>");
        }
        html.markup("</ul></nav></header><main>");
        html.markup("<h1");
        if let Some(outcome) = self.outcome {
            html.attribute("class", outcome);
        }
        html.element(">", &self.heading, "</h1>").append(&self.body);
        html.markup("</main><footer>").element("<p>", &word("page.footer"), "</p></footer></body></html>\n");

        (status, headers(language), html.finish()).into_response()
    }
}

fn headers(language: Language) -> HeaderMap {
    let fields: [(HeaderName, &'static str); 8] = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_LANGUAGE, language.tag()),
        (header::VARY, "Accept-Language, Cookie"),
        (header::CACHE_CONTROL, "no-store"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::X_FRAME_OPTIONS, "DENY"),
    ];
    fields.into_iter().map(|(name, value)| (name, HeaderValue::from_static(value))).collect()
}
