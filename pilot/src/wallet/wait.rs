//! How long to wait before trying again, in words.

use crate::words::{Language, filled};

/// "You can try again in 5 minutes." Rounded up: whoever waits that long has waited long enough.
pub(super) fn sentence(seconds: i64, language: Language) -> String {
    let seconds = u64::try_from(seconds).unwrap_or(0).max(1);
    let (unit, length) = match seconds {
        ..=90 => ("seconds", 1),
        91..=5_400 => ("minutes", 60),
        _ => ("hours", 3_600),
    };
    let count = seconds.div_ceil(length);
    let form = if count == 1 { "one" } else { "other" };
    filled(&format!("wallet.wait.{unit}.{form}"), &[("count", &count.to_string())], language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_said_in_both_languages_and_never_too_short() {
        for (seconds, english, french) in [
            (-5, "1 second", "1 seconde"),
            (1, "1 second", "1 seconde"),
            (30, "30 seconds", "30 secondes"),
            (91, "2 minutes", "2 minutes"),
            (300, "5 minutes", "5 minutes"),
            (3_541, "60 minutes", "60 minutes"),
            (5_401, "2 hours", "2 heures"),
            (28_800, "8 hours", "8 heures"),
            (28_801, "9 hours", "9 heures"),
        ] {
            let expected = format!("You can try again in {english}.");
            assert_eq!(sentence(seconds, Language::English), expected, "{seconds}");
            let expected = format!("Vous pourrez réessayer dans {french}.");
            assert_eq!(sentence(seconds, Language::French), expected, "{seconds}");
        }
    }

    /// A gap in a catalogue would show as its key.
    #[test]
    fn each_unit_has_words_for_one_and_for_many() {
        for language in Language::ALL {
            for (unit, form) in
                ["seconds", "minutes", "hours"].into_iter().flat_map(|unit| [(unit, "one"), (unit, "other")])
            {
                let key = format!("wallet.wait.{unit}.{form}");
                let text = filled(&key, &[("count", "7")], language);
                assert!(text != key && text.contains('7'), "{key} in {language:?}");
            }
        }
    }
}
