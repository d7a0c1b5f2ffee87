//! Who looks: which language, which browser.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri, header};
use url::form_urlencoded;

use crate::words::Language;

/// The cookie that tells browsers apart; it knows nothing about who sits before them.
const COOKIE: &str = "pilot_browser";

/// Who looks at a page.
pub(super) struct Visitor {
    pub(super) language: Language,
    /// What the cookie says.
    pub(super) browser: Option<String>,
    /// The path that was asked for.
    path: String,
    /// The query that was asked for, without the language.
    parameters: Vec<(String, String)>,
}

impl Visitor {
    fn new(uri: &Uri, headers: &HeaderMap) -> Self {
        let pairs = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).into_owned();
        let (language, parameters): (Vec<_>, Vec<_>) = pairs.partition(|(name, _)| name == "lang");
        let field = |name| headers.get(name).and_then(|value: &header::HeaderValue| value.to_str().ok());
        let asked = language.first().and_then(|(_, tag)| Language::from_tag(tag));
        let accepted = || field(header::ACCEPT_LANGUAGE).and_then(Language::accepted);
        let cookies = field(header::COOKIE).unwrap_or_default();
        let browser = cookies.split(';').find_map(|cookie| {
            let (name, value) = cookie.trim().split_once('=')?;
            (name == COOKIE && !value.is_empty()).then(|| value.to_owned())
        });
        Self {
            language: asked.or_else(accepted).unwrap_or_default(),
            browser,
            path: uri.path().to_owned(),
            parameters,
        }
    }

    /// A parameter of the address.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The same page in a language.
    pub(super) fn in_language(&self, language: Language) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&self.parameters).append_pair("lang", language.tag());
        format!("{}?{}", self.path, query.finish())
    }
}

impl<S: Sync> FromRequestParts<S> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::new(&parts.uri, &parts.headers))
    }
}

/// The field that makes a browser remember its name, for as long as it is open.
pub(super) fn set_cookie(browser: &str, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    // Lax: the wallet sends the citizen back by a link from outside.
    format!("{COOKIE}={browser}; Path=/; HttpOnly; SameSite=Lax{secure}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visitor(uri: &str, headers: &[(&'static str, &'static str)]) -> Visitor {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, header::HeaderValue::from_static(value));
        }
        Visitor::new(&uri.parse().unwrap(), &map)
    }

    #[test]
    fn the_address_decides_then_the_browser() {
        let french = [("accept-language", "fr-CA")];
        assert_eq!(visitor("/?lang=en", &french).language, Language::English);
        assert_eq!(visitor("/", &french).language, Language::French);
        assert_eq!(visitor("/?lang=de", &[]).language, Language::English);
    }

    #[test]
    fn other_parameters_survive_a_change_of_language() {
        let visitor = visitor("/requests/x?also=a%26b&lang=en", &[]);
        assert_eq!(visitor.parameter("also"), Some("a&b"));
        assert_eq!(visitor.in_language(Language::French), "/requests/x?also=a%26b&lang=fr");
    }

    #[test]
    fn the_cookie_is_found_among_others() {
        assert_eq!(visitor("/", &[("cookie", "a=b; pilot_browser=x; c=d")]).browser.as_deref(), Some("x"));
        assert_eq!(visitor("/", &[("cookie", "not_pilot_browser=x")]).browser, None);
    }
}
