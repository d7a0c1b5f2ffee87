//! Dates as people write them. They are as CLDR has them: day, month and year in words, 24 hours; Canada puts the
//! month first in English, and writes the hour with an `h` in French. French says `1er` for the first of a month.

use jiff::civil;

use super::catalogue::fill;
use super::locale::Locale;
use crate::time::{self, UnixTime};

/// A `full-date` (`2026-11-22`) or a `tdate` (`2026-11-22T10:05:00Z`) in words; `None` for any other text.
///
/// Midnight UTC is how issuers write a day, so it is shown as one. Any other time keeps its hour and says that it is
/// UTC: on the phone's clock it may be another day.
#[must_use]
pub fn date_text(date: &str, locale: &str) -> Option<String> {
    shown(date, Locale::of(locale))
}

/// [`date_text`].
pub(super) fn shown(date: &str, locale: Locale) -> Option<String> {
    if time::is_full_date(date) {
        return Some(day(date.parse().ok()?, locale));
    }
    // The cheap look first: most texts are no dates.
    let (date_part, time_part) = date.split_once('T')?;
    UnixTime::from_tdate(date, "date").ok()?;
    let day = day(date_part.parse().ok()?, locale);
    let mut time = time_part.split(':');
    let (hour, minute) = (time.next()?, time.next()?);
    if time_part == "00:00:00Z" {
        return Some(day);
    }
    let time = fill(locale.own("format.time"), &[("hour", hour), ("minute", minute)]);
    Some(fill(locale.own("format.date_time"), &[("date", &day), ("time", &time)]))
}

/// A `dateint`, the number that AnonCreds predicates compare: `20261122`.
pub(super) fn dateint(digits: &str, locale: Locale) -> Option<String> {
    if digits.len() != 8 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (year, month_day) = digits.split_at_checked(4)?;
    let (month, day) = month_day.split_at_checked(2)?;
    shown(&format!("{year}-{month}-{day}"), locale)
}

/// A `NumericDate` of a JWT.
pub(super) fn numeric(seconds: i64, locale: Locale) -> Option<String> {
    shown(&UnixTime(seconds).to_tdate(), locale)
}

fn day(date: civil::Date, locale: Locale) -> String {
    let day = match date.day() {
        1 => locale.own("format.first_day").to_owned(),
        day => day.to_string(),
    };
    let month = locale.own(&format!("format.month.{}", date.month()));
    let year = date.year().to_string();
    fill(locale.own("format.date"), &[("day", &day), ("month", month), ("year", &year)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days() {
        for (locale, date, text) in [
            ("en", "2026-11-22", "22 November 2026"),
            ("en-IE", "2026-11-01", "1 November 2026"),
            ("en-CA", "2026-11-22", "November 22, 2026"),
            ("fr-FR", "2026-11-22", "22 novembre 2026"),
            ("fr-CA", "2026-11-22", "22 novembre 2026"),
            ("fr", "2026-08-01", "1er août 2026"),
        ] {
            assert_eq!(date_text(date, locale).as_deref(), Some(text), "{locale}");
        }
    }

    #[test]
    fn times() {
        for (locale, date, text) in [
            ("en", "2026-11-22T09:05:00Z", "22 November 2026, 09:05 UTC"),
            ("en-CA", "2026-11-22T21:05:30Z", "November 22, 2026, 21:05 UTC"),
            ("fr-FR", "2026-11-22T09:05:00Z", "22 novembre 2026 à 09:05 UTC"),
            ("fr-CA", "2026-11-22T09:05:00Z", "22 novembre 2026 à 09\u{a0}h\u{a0}05 UTC"),
            ("fr-CA", "2026-11-22T00:00:00Z", "22 novembre 2026"),
        ] {
            assert_eq!(date_text(date, locale).as_deref(), Some(text), "{locale}");
        }
    }

    #[test]
    fn anything_else_is_no_date() {
        for text in
            ["", "T", "2026-02-30", "2026-11-22T09:05:00+01:00", "2026-11-22T", "22.11.2026", "Toronto"]
        {
            assert_eq!(date_text(text, "en"), None, "{text}");
        }
        let english = Locale::of("en");
        assert_eq!(dateint("20071122", english).as_deref(), Some("22 November 2007"));
        for text in ["20070230", "2007112", "200711222", "2007112a", ""] {
            assert_eq!(dateint(text, english), None, "{text}");
        }
        assert_eq!(numeric(1_795_341_600, english).as_deref(), Some("22 November 2026, 10:00 UTC"));
        assert_eq!(numeric(i64::MAX, english), None);
    }
}
