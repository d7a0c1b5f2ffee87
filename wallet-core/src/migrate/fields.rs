//! Members of objects from outside: of the right type, bounded, and fit to be shown to a person. Whatever is not is
//! refused under the member's name.

use serde_json::{Map, Value};
use url::{Host, Url};

use crate::error::{Code, Result};
use crate::limits;

pub(super) type Object = Map<String, Value>;

/// The error at a member.
pub(super) fn invalid(member: &'static str) -> crate::WalletError {
    Code::MigrationInvalid.at(member)
}

/// An object.
pub(super) fn object<'a>(value: &'a Value, member: &'static str) -> Result<&'a Object> {
    value.as_object().ok_or_else(|| invalid(member))
}

/// An array that must be there, of at most `most` values.
pub(super) fn list<'a>(object: &'a Object, member: &'static str, most: usize) -> Result<&'a [Value]> {
    let list = object.get(member).and_then(Value::as_array).ok_or_else(|| invalid(member))?;
    if list.len() > most { Err(Code::BackupTooLarge.at(member)) } else { Ok(list) }
}

/// A text: not too long, and without characters that control a terminal or turn the direction of writing.
pub(super) fn text(value: &Value, member: &'static str) -> Result<String> {
    let text = value.as_str().ok_or_else(|| invalid(member))?;
    if text.len() > limits::MIGRATION_TEXT {
        return Err(Code::BackupTooLarge.at(member));
    }
    let unprintable =
        |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if text.chars().any(unprintable) { Err(invalid(member)) } else { Ok(text.to_owned()) }
}

/// A text that must be there and say something.
pub(super) fn required(object: &Object, member: &'static str) -> Result<String> {
    let text = text(object.get(member).unwrap_or(&Value::Null), member)?;
    if text.is_empty() { Err(invalid(member)) } else { Ok(text) }
}

/// Texts, or none where the member is missing. One text stands for a list of itself: the table of TS10 3.15 and its
/// examples write both.
pub(super) fn texts(object: &Object, member: &'static str) -> Result<Vec<String>> {
    match object.get(member) {
        None => Ok(Vec::new()),
        Some(Value::Array(list)) if list.len() > limits::MIGRATION_NAMES => {
            Err(Code::BackupTooLarge.at(member))
        }
        Some(Value::Array(list)) => list.iter().map(|value| text(value, member)).collect(),
        Some(one) => Ok(vec![text(one, member)?]),
    }
}

/// The first text of a `MultiLangString` (TS5 2.4.6); empty where the member is missing. TS10's table has an object, its
/// examples have a bare text, and names in several languages need an array.
pub(super) fn name(object: &Object, member: &'static str) -> Result<String> {
    let Some(value) = object.get(member) else { return Ok(String::new()) };
    let first = match value {
        Value::Array(list) => list.first().ok_or_else(|| invalid(member))?,
        one => one,
    };
    match first {
        Value::Object(localized) => text(localized.get("content").unwrap_or(&Value::Null), member),
        bare => text(bare, member),
    }
}

/// The first identifier of an `Identifier` (TS2), or of several; empty where the member is missing.
pub(super) fn identifier(object: &Object, member: &'static str) -> Result<String> {
    match object.get(member) {
        None => Ok(String::new()),
        Some(Value::Array(list)) => {
            let first = list.first().and_then(Value::as_object).ok_or_else(|| invalid(member))?;
            text(first.get("identifier").unwrap_or(&Value::Null), member)
        }
        Some(Value::Object(one)) => text(one.get("identifier").unwrap_or(&Value::Null), member),
        Some(_) => Err(invalid(member)),
    }
}

/// An address that a person may be sent to: https without user info, or http on this machine, as demo issuers are.
pub(super) fn address(object: &Object, member: &'static str) -> Result<String> {
    let address = required(object, member)?;
    let url = Url::parse(&address).map_err(|_| invalid(member))?;
    let loopback = match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => return Err(invalid(member)),
    };
    let scheme = url.scheme() == "https" || (url.scheme() == "http" && loopback);
    if scheme && url.username().is_empty() && url.password().is_none() {
        Ok(address)
    } else {
        Err(invalid(member))
    }
}
