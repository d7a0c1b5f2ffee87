//! HTML, put together so that text from outside cannot become markup: markup is only ever `'static`, everything else is
//! escaped.

use fast_qr::QRBuilder;
use fast_qr::convert::svg::SvgBuilder;

/// A piece of a page.
#[derive(Default)]
pub(super) struct Html(String);

impl Html {
    /// Markup, as it stands in the source.
    pub(super) fn markup(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Text, escaped; good between tags and inside quoted attributes.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        for character in text.chars() {
            match character {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                other => self.0.push(other),
            }
        }
        self
    }

    /// An attribute, its value escaped: ` name="value"`.
    pub(super) fn attribute(&mut self, name: &'static str, value: &str) -> &mut Self {
        self.markup(" ").markup(name).markup("=\"").text(value).markup("\"")
    }

    /// `<tag>text</tag>`.
    pub(super) fn element(&mut self, open: &'static str, text: &str, close: &'static str) -> &mut Self {
        self.markup(open).text(text).markup(close)
    }

    /// A QR code, drawn; `false`, and nothing is drawn, when the content is too long for one.
    pub(super) fn qr_code(&mut self, content: &str) -> bool {
        let Ok(code) = QRBuilder::new(content).build() else { return false };
        // Numbers and fixed names only: the content becomes squares.
        self.0.push_str(&SvgBuilder::default().to_str(&code));
        true
    }

    pub(super) fn append(&mut self, other: &Self) -> &mut Self {
        self.0.push_str(&other.0);
        self
    }

    pub(super) fn finish(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        let mut html = Html::default();
        html.markup("<a").attribute("href", "\"><script>'&").markup(">").text("<b>&amp;").markup("</a>");
        assert_eq!(html.finish(), "<a href=\"&quot;&gt;&lt;script&gt;&#39;&amp;\">&lt;b&gt;&amp;amp;</a>");
    }

    #[test]
    fn a_code_shows_nothing_of_its_content_as_markup() {
        let mut html = Html::default();
        assert!(html.qr_code("openid4vp://?a=<script>"));
        let svg = html.finish();
        assert!(svg.starts_with("<svg") && !svg.contains("script") && !svg.contains("style"));
        assert!(!Html::default().qr_code(&"x".repeat(5000)));
    }
}
