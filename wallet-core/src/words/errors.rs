//! What went wrong, and what to do now, as sentences.

use super::catalogue::fill;
use super::keys;
use super::locale::Locale;
use crate::error::{Code, Fault};
use crate::limits;

/// What happened: one sentence, and a second one with the attempts that are left where attempts are counted.
#[must_use]
pub fn message(error: &Fault, locale: &str) -> String {
    let sentence = sentence(error, Code::message_key, locale);
    let attempts = error
        .attempts_left
        .and_then(|left| super::counted(keys::ERROR_ATTEMPTS_LEFT, u64::from(left), &[], locale));
    match attempts {
        Some(attempts) => format!("{sentence} {attempts}"),
        None => sentence,
    }
}

/// What the person can do now: one sentence.
#[must_use]
pub fn action(error: &Fault, locale: &str) -> String {
    sentence(error, Code::action_key, locale)
}

fn sentence(error: &Fault, key: fn(Code) -> String, locale: &str) -> String {
    let locale = Locale::of(locale);
    // A test proves that every code has its words; should one lack them, the person still reads a sentence.
    let template = locale.text(&key(error.code)).unwrap_or_else(|| locale.own(&key(Code::Internal)));
    let minimum = limits::PASSPHRASE_MIN_CHARS.to_string();
    fill(template, &[("minimum", &minimum), ("digits", &limits::PIN_MIN_DIGITS.to_string())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_happened_and_what_to_do() {
        let fault = Code::RequestExpired.error().into_fault();
        assert_eq!(message(&fault, "en"), "This request has expired.");
        assert_eq!(message(&fault, "fr-CA"), "Cette demande a expiré.");
        assert_eq!(action(&fault, "en"), "Nothing was shared: ask the verifier for a new request.");
        assert_eq!(
            action(&fault, "fr"),
            "Rien n’a été communiqué\u{a0}: obtenez une nouvelle demande du vérificateur."
        );
    }

    #[test]
    fn says_how_many_attempts_are_left() {
        let mut fault = Code::PassphraseWrong.error().into_fault();
        for (left, english, french) in [
            (2, "2 attempts are left.", "Il reste 2 essais."),
            (1, "1 attempt is left.", "Il reste 1 essai."),
            (0, "No attempts are left.", "Il ne reste aucun essai."),
        ] {
            fault.attempts_left = Some(left);
            assert_eq!(
                message(&fault, "en"),
                format!("What you entered does not open the wallet. {english}")
            );
            assert!(message(&fault, "fr").ends_with(french));
        }
    }

    #[test]
    fn says_how_long_a_passphrase_must_be() {
        let fault = Code::PassphraseTooShort.error().into_fault();
        assert_eq!(action(&fault, "en"), "Choose one of at least 8 characters.");
    }
}
