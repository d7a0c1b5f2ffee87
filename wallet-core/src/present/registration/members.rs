//! Single members of a registration certificate: of the right type, bounded, and fit to be shown to a person. Texts lose
//! the characters that could act on a screen, as names in certificates do. An address that is not https, and a contact
//! that is no plain one, is left out: it is worth nothing to the citizen, and takes nothing from the rest.

use serde_json::{Map, Value};
use url::Url;

use crate::error::{Code, Result, WalletError};
use crate::limits;
use crate::vault::model::Localized;
use crate::words;

pub(super) type Object = Map<String, Value>;

pub(super) fn malformed(member: &'static str) -> WalletError {
    Code::RegistrationMalformed.at(member)
}

/// A member; null counts as none.
fn get<'a>(object: &'a Object, member: &'static str) -> Option<&'a Value> {
    object.get(member).filter(|value| !value.is_null())
}

/// An object, or none.
pub(super) fn object<'a>(from: &'a Object, member: &'static str) -> Result<Option<&'a Object>> {
    get(from, member).map(|value| value.as_object().ok_or_else(|| malformed(member))).transpose()
}

/// An array of at most `most` objects; empty when there is none.
pub(super) fn objects<'a>(from: &'a Object, member: &'static str, most: usize) -> Result<Vec<&'a Object>> {
    let Some(value) = get(from, member) else { return Ok(Vec::new()) };
    let list = value.as_array().ok_or_else(|| malformed(member))?;
    if list.len() > most {
        return Err(Code::RegistrationTooLarge.at(member));
    }
    list.iter().map(|one| one.as_object().ok_or_else(|| malformed(member))).collect()
}

/// A text as it was written, for comparing; none when there is none or it is empty.
pub(super) fn exact<'a>(from: &'a Object, member: &'static str) -> Result<Option<&'a str>> {
    let Some(value) = get(from, member) else { return Ok(None) };
    let text = value.as_str().ok_or_else(|| malformed(member))?;
    if text.len() > limits::REGISTRATION_TEXT {
        return Err(Code::RegistrationTooLarge.at(member));
    }
    Ok(Some(text).filter(|text| !text.is_empty()))
}

/// A text for a person.
pub(super) fn text(from: &Object, member: &'static str) -> Result<Option<String>> {
    let shown = |text: &str| words::plain(text).trim().to_owned();
    Ok(exact(from, member)?.map(shown).filter(|text| !text.is_empty()))
}

/// Texts by language: `[{lang, value}]`, or `[{lang, content}]` as the registers' interface has it (TS5 2.4.6).
pub(super) fn localized(from: &Object, member: &'static str) -> Result<Vec<Localized>> {
    let one = |entry: &Object| {
        let locale = exact(entry, "lang")?.filter(|tag| is_language_tag(tag));
        let locale = locale.ok_or_else(|| malformed(member))?.to_owned();
        let value = text(entry, "value")?.map_or_else(|| text(entry, "content"), |text| Ok(Some(text)))?;
        Ok(Localized { locale, text: value.ok_or_else(|| malformed(member))? })
    };
    objects(from, member, limits::REGISTRATION_LANGUAGES)?.into_iter().map(one).collect()
}

/// BCP 47 in its outer form; which languages there are is not for a wallet to know.
fn is_language_tag(tag: &str) -> bool {
    tag.len() <= 35
        && tag
            .split('-')
            .all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

/// An https address, in the one form in which a host cannot pass for another (RFC 3986; international names in ASCII).
pub(super) fn https(from: &Object, member: &'static str) -> Result<Option<String>> {
    Ok(exact(from, member)?.and_then(|text| {
        let url = Url::parse(text).ok().filter(|url| url.scheme() == "https" && url.has_host())?;
        (url.username().is_empty() && url.password().is_none()).then(|| url.into())
    }))
}

/// A plain e-mail address: nothing that a mail program could take for more than an address (RFC 6068).
pub(super) fn email(from: &Object, member: &'static str) -> Result<Option<String>> {
    let plain = |part: &str, besides: &[u8]| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || besides.contains(&b))
    };
    let is_address = |text: &&str| {
        text.split_once('@').is_some_and(|(user, host)| plain(user, b".-_+") && plain(host, b".-"))
    };
    Ok(exact(from, member)?.filter(is_address).map(str::to_owned))
}

/// A plain telephone number: digits and what stands between them, nothing that a dialler could take for a command.
pub(super) fn phone(from: &Object, member: &'static str) -> Result<Option<String>> {
    let is_number = |text: &&str| {
        let digits = text.strip_prefix('+').unwrap_or(text);
        digits.len() <= 32
            && digits.bytes().any(|b| b.is_ascii_digit())
            && digits.bytes().all(|b| b.is_ascii_digit() || b" ()-./".contains(&b))
    };
    Ok(exact(from, member)?.filter(is_number).map(str::to_owned))
}
