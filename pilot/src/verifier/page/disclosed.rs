//! What was disclosed, for somebody who reads about another person: in the order in which it was asked for, each part of
//! it in a line of its own.

use serde_json::Value;
use wallet_core::credential::Format;
use wallet_core::credential::path::{ClaimLocation, ClaimPath, PathElement, Step};
use wallet_core::present::dcql::Query;
use wallet_core::time::UnixTime;
use wallet_core::words as core_words;

use super::super::verdict::PresentedCredential;
use super::html::Html;
use super::image;
use crate::words::{self, Language};

/// One credential.
pub(super) fn show(body: &mut Html, credential: &PresentedCredential, query: &Query, language: Language) {
    let type_id = &credential.type_id;
    body.markup("<section class=\"credential\">");
    body.element("<h2>", &core_words::credential_label(type_id, language.tag()), "</h2><dl>");
    for (location, value) in claims(credential, query) {
        body.element("<div><dt>", &label(type_id, &location, language), "</dt><dd>");
        show_value(body, type_id, &location, value, language);
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

/// What a claim is called. The wallet core speaks to the citizen; here somebody reads about them.
pub(super) fn label(type_id: &str, location: &ClaimLocation, language: Language) -> String {
    match name(location).strip_prefix("age_over_").filter(|age| age.parse::<u8>().is_ok()) {
        Some(age) => words::filled("claim.age_over", &[("count", age)], language),
        None => core_words::claim_label(type_id, location, language.tag()),
    }
}

/// The place that a path names, as far as it names one.
pub(super) fn location(path: &ClaimPath) -> ClaimLocation {
    ClaimLocation::keys(path.elements().iter().map_while(|element| match element {
        PathElement::Key(key) => Some(key.as_str()),
        PathElement::Index(_) | PathElement::All => None,
    }))
}

fn show_value(body: &mut Html, type_id: &str, location: &ClaimLocation, value: &Value, language: Language) {
    match value.as_str().and_then(|text| image::address(name(location), text)) {
        Some(address) => {
            body.markup("<img").attribute("src", &address);
            body.attribute("alt", &words::text("page.portrait", language)).markup(">");
        }
        None => {
            let text = core_words::value_text(value, type_id, location, language.tag());
            for (at, line) in text.lines().enumerate() {
                body.markup(if at == 0 { "" } else { "<br>" }).text(line);
            }
        }
    }
}

/// The name of a claim, without where it stands.
fn name(location: &ClaimLocation) -> &str {
    match location.0.last() {
        Some(Step::Key(name)) => name,
        _ => "",
    }
}

/// What was disclosed, each with its place: in an mdoc below its name space. What nobody asked for comes last.
fn claims<'a>(credential: &'a PresentedCredential, query: &Query) -> Vec<(ClaimLocation, &'a Value)> {
    let mut claims: Vec<(ClaimLocation, &Value)> = Vec::new();
    for (name, value) in &credential.claims {
        let at = ClaimLocation::keys([name.as_str()]);
        match credential.format {
            Format::DcSdJwt => claims.push((at, value)),
            Format::MsoMdoc => claims.extend(members(&at, value)),
        }
    }
    let query = query.credentials().find(|one| one.id() == credential.id);
    let asked: Vec<_> = query.iter().flat_map(|one| one.claims()).map(|one| location(one.path())).collect();
    let place_in_query = |place: &ClaimLocation| asked.iter().position(|asked| asked.0.starts_with(&place.0));
    claims.sort_by_key(|(place, _)| place_in_query(place).unwrap_or(usize::MAX));
    let parts = |(place, value)| match members(&place, value) {
        parts if parts.is_empty() => vec![(place, value)],
        parts => parts,
    };
    claims.into_iter().flat_map(parts).collect()
}

/// The members of an object, each with its place.
fn members<'a>(at: &ClaimLocation, value: &'a Value) -> Vec<(ClaimLocation, &'a Value)> {
    let below = |name: &String| {
        let mut place = at.clone();
        place.0.push(Step::Key(name.clone()));
        place
    };
    value.as_object().into_iter().flatten().map(|(name, value)| (below(name), value)).collect()
}
