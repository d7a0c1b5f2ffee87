//! The core's words: labels, values, errors, warnings. The locale of each call is a BCP 47 tag.

use std::collections::HashMap;

use crate::credential::path::ClaimLocation;
use crate::error::{Category, Code, Fault, Next, Result};
use crate::platform::KeyLevel;
use crate::present::Warning;
use crate::vault::model::Localized;
use crate::vault::status::Standing;
use crate::words;

/// What a claim is called.
///
/// # Errors
/// None today.
#[uniffi::export]
pub fn claim_label(type_id: String, location: ClaimLocation, locale: String) -> Result<String> {
    Ok(words::claim_label(&type_id, &location, &locale))
}

/// What a credential of a type is called, for an issuer that gives it no name of its own.
///
/// # Errors
/// None today.
#[uniffi::export]
pub fn credential_label(type_id: String, locale: String) -> Result<String> {
    Ok(words::credential_label(&type_id, &locale))
}

/// A text of the core with its arguments filled in; `None` for a key that does not exist.
///
/// # Errors
/// None today.
#[uniffi::export]
pub fn text(key: String, arguments: HashMap<String, String>, locale: String) -> Result<Option<String>> {
    let arguments: Vec<(&str, &str)> =
        arguments.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    Ok(words::text(&key, &arguments, &locale))
}

/// Of a text in several languages, that in the citizen's, else in English, else in the first there is; `None` when there is
/// none at all.
///
/// # Errors
/// None today.
#[uniffi::export]
pub fn localized_text(texts: Vec<Localized>, locale: String) -> Result<Option<String>> {
    Ok(Localized::best(&texts, &locale).map(str::to_owned))
}

/// What happened, in one or two sentences.
///
/// # Errors
/// None today.
#[uniffi::export]
pub fn fault_message(fault: Fault, locale: String) -> Result<String> {
    Ok(words::message(&fault, &locale))
}

/// What the citizen can do now, in one sentence.
///
/// # Errors
/// None today.
#[uniffi::export]
pub fn fault_action(fault: Fault, locale: String) -> Result<String> {
    Ok(words::action(&fault, &locale))
}

/// The id of a warning, which a consent acknowledges.
///
/// # Errors
/// None today.
#[uniffi::export]
pub fn warning_id(warning: Warning) -> Result<String> {
    Ok(warning.id())
}

/// What a warning says.
///
/// # Errors
/// [`Code::Internal`] when the words are missing, which a test rules out.
#[uniffi::export]
pub fn warning_text(warning: Warning, locale: String) -> Result<String> {
    warning.text(&locale).ok_or_else(|| Code::Internal.at("words"))
}

/// Where a credential's keys are.
///
/// # Errors
/// [`Code::Internal`] when the words are missing, which a test rules out.
#[uniffi::export]
pub fn key_level_text(level: KeyLevel, locale: String) -> Result<String> {
    words::text(level.words_key(), &[], &locale).ok_or_else(|| Code::Internal.at("words"))
}

/// Whether a credential counts, as far as its issuer says: not whether its validity is over.
///
/// # Errors
/// [`Code::Internal`] when the words are missing, which a test rules out.
#[uniffi::export]
pub fn standing_text(standing: Standing, locale: String) -> Result<String> {
    words::text(standing.words_key(), &[], &locale).ok_or_else(|| Code::Internal.at("words"))
}

/// What is known of an error code besides its words.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CodeDetails {
    /// The code.
    pub code: Code,
    /// As it is printed: `WC-2014`.
    pub printed: String,
    /// What the app does next.
    pub next: Next,
    /// What may leave the phone in a report.
    pub category: Category,
    /// The section of the standard that was broken, or `design`.
    pub spec: String,
    /// Whether the same call may succeed later without anyone doing anything else.
    pub retryable: bool,
    /// The OAuth error that an authenticated verifier is told, where it is told at all.
    pub told_to_verifier: Option<String>,
}

/// What is known of an error code besides its words.
///
/// # Errors
/// None today.
#[uniffi::export]
pub fn code_details(code: Code) -> Result<CodeDetails> {
    Ok(CodeDetails {
        code,
        printed: code.to_string(),
        next: code.next(),
        category: code.category(),
        spec: code.spec().to_owned(),
        retryable: code.retryable(),
        told_to_verifier: code.told_to_verifier().map(str::to_owned),
    })
}

/// The code with a number, as the history has it; `None` for one of a newer version.
///
/// # Errors
/// None today.
#[uniffi::export]
pub fn code_numbered(number: u16) -> Result<Option<Code>> {
    Ok(Code::ALL.iter().copied().find(|code| *code as u16 == number))
}

#[cfg(test)]
mod tests {
    use uniffi::{Lift, Lower};

    use super::*;
    use crate::UniFfiTag;

    /// An app gets a fault and gives it back to have it put into words.
    #[test]
    fn a_fault_crosses_out_and_back() {
        let fault = Code::NonceMissing.at("nonce").fault().clone();
        assert!(fault.place.is_some());
        let buffer = <Fault as Lower<UniFfiTag>>::lower_into_rust_buffer(fault.clone());
        let back = <Fault as Lift<UniFfiTag>>::try_lift_from_rust_buffer(buffer).unwrap();
        for locale in ["en", "fr"] {
            let message = fault_message(back.clone(), locale.to_owned()).unwrap();
            assert_eq!(message, fault_message(fault.clone(), locale.to_owned()).unwrap());
            assert!(!message.contains("nonce"));
        }
    }
}
