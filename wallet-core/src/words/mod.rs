//! Every text of the core that a citizen may read, in English and in French as equals.
//!
//! The texts lie in `en.json` and `fr.json`, one line each, under the same keys in the same order. The language is a
//! BCP 47 tag in each call, so a change in the app shows at once. The language decides, then the region: `fr-CA` reads
//! French, and where `"key@CA"` stands beside `"key"` it reads that. Any other language reads English.
//!
//! Keys begin with what they are: `error.` (what happened, what to do now), `claim.` and `credential.` (labels),
//! `code.`, `country.`, `region.`, `unit.` and `value.` (values), `format.` (how texts are put together), and those of
//! [`keys`], which are asked for by name. A claim, code or unit that one name space or credential type words in its own
//! way has that name in the key: `claim.org.iso.18013.5.1.document_number`.
//!
//! What others wrote (names, claims) is shown without the characters that could reorder or hide the text around it.

mod catalogue;
mod dates;
mod errors;
mod foreign;
mod images;
pub mod keys;
mod labels;
mod locale;
mod place;
mod values;

#[cfg(test)]
mod tests;

pub use dates::date_text;
pub use errors::{action, message};
pub use labels::{claim_label, credential_label};
pub use values::value_text;

pub(crate) use foreign::plain;

use catalogue::fill;
use locale::Locale;

/// The text under one of [`keys::ALL`], with `{name}` replaced by the argument of that name; `None` for a key that does
/// not exist. A placeholder without argument stays as it is.
#[must_use]
pub fn text(key: &str, arguments: &[(&str, &str)], locale: &str) -> Option<String> {
    Locale::of(locale).text(key).map(|template| fill(template, arguments))
}

/// The text under one of [`keys::ALL_COUNTED`] for `count` things; `{count}` is filled in.
#[must_use]
pub fn counted(key: &str, count: u64, arguments: &[(&str, &str)], locale: &str) -> Option<String> {
    self::count(Locale::of(locale), key, count, arguments)
}

fn count(locale: Locale, key: &str, count: u64, arguments: &[(&str, &str)]) -> Option<String> {
    let template = locale.text(&format!("{key}.{}", locale.plural(count)))?;
    let count = count.to_string();
    let all: Vec<_> = [("count", count.as_str())].into_iter().chain(arguments.iter().copied()).collect();
    Some(fill(template, &all))
}
